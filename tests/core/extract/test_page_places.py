"""Where the words of a passage stand on a PDF page."""

from __future__ import annotations

from pathlib import Path

from desktop_mmrag import bundled
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.settings import Settings

INSURANCE = bundled.resources() / "sample" / "library" / "documents" / "home-insurance.pdf"


def test_words_and_the_lines_of_their_passage_are_found_on_the_page(tmp_path: Path) -> None:
    with Extractors(Limits.of(Settings()), 1) as extractors:
        passage = "Report the damage within 14 days. Telephone 22 90 11 04 on weekdays from"
        lines, words = extractors.places(INSURANCE, 3, passage, ("damage",))
        (line,), (word,) = lines, words
        # The word stands within its line, near its beginning.
        assert line.overlaps(word)
        assert line.x0 < word.x0 < word.x1 < line.x0 + (line.x1 - line.x0) / 3
        assert word.page == 3


def test_a_passage_that_is_not_there_marks_nothing(tmp_path: Path) -> None:
    with Extractors(Limits.of(Settings()), 1) as extractors:
        assert extractors.places(INSURANCE, 1, "Nobody wrote this.", ("zebra",)) == ([], [])
        assert extractors.places(INSURANCE, 99, "Report the damage", ("damage",)) == ([], [])


def test_a_note_has_no_places(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Report the damage.", encoding="utf-8")
    with Extractors(Limits.of(Settings()), 1) as extractors:
        assert extractors.places(note, 1, "Report", ("damage",)) == ([], [])
