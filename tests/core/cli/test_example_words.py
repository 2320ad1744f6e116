"""Examples as they are typed: files, parts of files, weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_mmrag.cli.example_words import file_of, words_or_file
from desktop_mmrag.domain import Box, Page, TextSpan, TimeSpan
from desktop_mmrag.errors import QueryNotUnderstood
from desktop_mmrag.examples import Given


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("a.jpg", Given(Path("a.jpg"))),
        ("a.jpg=0.5", Given(Path("a.jpg"), weight=0.5)),
        ("a.pdf#page=3", Given(Path("a.pdf"), Page(3))),
        ("a.pdf#page=3=.25", Given(Path("a.pdf"), Page(3), 0.25)),
        ("a.jpg#box=0,0,0.5,1", Given(Path("a.jpg"), Box(0, 0, 0.5, 1))),
        ("a.pdf#page=2&box=0,0,0.5,1", Given(Path("a.pdf"), Box(0, 0, 0.5, 1, page=2))),
        ("a.mp4#t=12.5", Given(Path("a.mp4"), TimeSpan(7.5, 17.5))),
        ("a.mp4#t=10,20=2", Given(Path("a.mp4"), TimeSpan(10, 20), 2.0)),
        ("a.md#char=0,300", Given(Path("a.md"), TextSpan(0, 300))),
        ("song #1.mp3", Given(Path("song #1.mp3"))),
    ],
)
def test_a_file_and_its_part(typed: str, given: Given) -> None:
    assert file_of(typed) == given


def test_a_file_of_a_strange_name_is_that_file(tmp_path: Path) -> None:
    strange = tmp_path / "x#page=2=0.5"
    strange.touch()
    assert file_of(str(strange)) == Given(strange)


@pytest.mark.parametrize(
    "typed",
    [
        "a#page=0",
        "a#page=1.5",
        "a#box=1,0,0,1",
        "a#box=0,0,1",
        "a#t=1&char=2,3",
        "a#x=1&t=2",
        "a#t=,",
    ],
)
def test_what_is_no_part_is_refused(typed: str) -> None:
    with pytest.raises(QueryNotUnderstood):
        file_of(typed)


def test_words_where_there_is_no_file(tmp_path: Path) -> None:
    assert words_or_file("people", -0.5) == Given("people", weight=-0.5)
    there = tmp_path / "there.jpg"
    there.touch()
    assert words_or_file(str(there), -0.5) == Given(there, weight=-0.5)
