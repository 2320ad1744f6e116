"""How hits are printed for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_mmrag.cli.output import print_hits
from desktop_mmrag.domain import Hit, Medium, Query, Reason, SearchResult, Store, TimeSpan, Whole


def printed(capsys: pytest.CaptureFixture[str], *hits: Hit) -> list[str]:
    print_hits(SearchResult(Query(""), hits, 1.0))
    return capsys.readouterr().out.splitlines()


def test_a_hit_by_filters_alone_has_no_empty_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    hit = Hit(1, 1, 1, Path("/a.jpg"), Medium.PHOTO, Whole(), "", 1.0, True, ())
    assert printed(capsys, hit) == ["  1  /a.jpg"]


def test_a_pair_is_told_with_its_other_half(capsys: pytest.CaptureFixture[str]) -> None:
    reasons = (Reason(Store.SPEECH, 2, 0.5, ("harbour",)),)
    others = tuple(Path(f"/{number}.mov") for number in range(5))
    span = TimeSpan(3605.0, 3606.0)
    hit = Hit(1, 1, 1, Path("/a.jpg"), Medium.PHOTO, span, "x", 1.0, True, reasons, also_at=others)
    assert printed(capsys, hit) == [
        "  1  /a.jpg, at 1:00:05  (speech 2 “harbour”)",
        "       x",
        "       also: /0.mov, /1.mov, /2.mov and 2 more",
    ]
