"""What `show` prints is read by people: places in words, no JSON, no endless fractions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from desktop_mmrag.answer.speech import clock
from desktop_mmrag.cli.place_words import extent_words, place_words
from desktop_mmrag.cli.shown_words import shown_lines
from desktop_mmrag.domain import (
    Box,
    Facts,
    Locator,
    Medium,
    Page,
    Role,
    Segment,
    TextSpan,
    TimeSpan,
    Whole,
)
from desktop_mmrag.library.contents import KeptContent, KeptSegment
from desktop_mmrag.library.standing import Shown


@pytest.mark.parametrize(
    ("locator", "begins", "covers"),
    [
        (Whole(), "", ""),
        (Page(3), "page 3", "page 3"),
        (TextSpan(0, 9, "Costs"), "“Costs”", "“Costs”"),
        (TimeSpan(1.0, 9.9), "at 0:01", "0:01–0:09"),
        (TimeSpan(3725.0, 3725.4), "at 1:02:05", "at 1:02:05"),
        (Box(0.1, 0.25, 0.5, 1.0, 2), "page 2", "page 2, 10%–50% across, 25%–100% down"),
    ],
)
def test_places_are_told_in_words(locator: Locator, begins: str, covers: str) -> None:
    assert (place_words(locator), extent_words(locator)) == (begins, covers)


def test_an_hour_has_its_own_place() -> None:
    assert [clock(s) for s in (0, 59.9, 61, 3600)] == ["0:00", "0:59", "1:01", "1:00:00"]


def test_a_file_is_shown_in_lines_without_json() -> None:
    facts = Facts(title="Regatta", rating=4, duration_s=29.655063, width=640, height=480)
    content = KeptContent(
        1, b"h", 102_016, Medium.VIDEO, datetime(1998, 5, 4), facts, (Path("/a/b.mp4"),), True
    )
    said = Segment(Role.SPEECH, TimeSpan(0, 9), "The harbour\nopened " + "in 1904 " * 40)
    seen = Segment(Role.PICTURE, TimeSpan(0.0, 4.0))
    shown = Shown(content, (KeptSegment(1, 1, seen), KeptSegment(2, 1, said)), None)
    lines = list(shown_lines(shown))
    assert lines[:2] == ["/a/b.mp4", "  video, 102.0 KB, 4 May 1998"]
    assert "  rating: 4 of 5 stars" in lines and "  length: 0:30" in lines
    assert "  - picture, 0:00–0:04" in lines
    assert lines[-1].startswith("  - spoken, 0:00–0:09: The harbour opened in 1904")
    assert lines[-1].endswith("…") and not any("{" in line for line in lines)
