"""Rows of printed tables: a label followed by figures, in columns that a line above names by year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_mmrag.answer.sources import Statement

_FIGURE = r"(?:[$€£]\s?)?\(?-?(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?\)?(?:\s?%)?"
_CELL = rf"(?:{_FIGURE}|(?:[$€£]\s?)?[—–-])"
_ROW = re.compile(rf"(?P<label>.*?[^\W\d_].*?)[\s.:]+(?P<cells>{_CELL}(?:\s+{_CELL})*)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What may stand beside the years of a heading, besides days and footnote signs.
_HEADING_WORDS = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|fiscal|years?|ended|ending|weeks?"
    r"|months?|quarters?|as|at|of|on|the|fy|in|millions|thousands|notes?|change|increase|decrease)\b"
    r"|[\W\d_]+",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\bin\s+(?:thousands|millions|billions|lacs|lakhs|crores)\b", re.IGNORECASE)
_MOST_LINES_ABOVE = 80


@dataclass(frozen=True, slots=True)
class TableRow:
    """A label, its cells from left to right, and what years head them, if any do."""

    label: str
    cells: tuple[str, ...]
    years: tuple[str, ...]

    def cell_of(self, asked: str) -> str | None:
        """The figure in the column of the one year that `asked` names, else the first.

        None when it names a year that heads no column, or the cell is empty.
        """
        wanted = set(_YEAR.findall(asked))
        if len(wanted) > 1:
            return None
        year = next(iter(wanted), self.years[0])
        if year not in self.years:
            return None
        cell = self.cells[self.years.index(year)]
        return cell if any(map(str.isdigit, cell)) else None


def table_row(lines: Sequence[Statement], position: int) -> TableRow | None:
    """The row at this line, if years above head as many columns as it has figures."""
    match = _ROW.fullmatch(lines[position].text)
    if match is None:
        return None
    cells = tuple(cell.strip() for cell in re.findall(_CELL, match["cells"]))
    years = _years_above(lines, position, len(cells))
    return TableRow(match["label"], cells, years) if years else None


def scale_of(lines: Sequence[Statement]) -> str:
    """ "in millions" where the page says so, else nothing."""
    found = (_SCALE.search(line.text) for line in lines)
    return next((match[0].lower() for match in found if match), "")


def _years_above(lines: Sequence[Statement], position: int, columns: int) -> tuple[str, ...]:
    """The nearest run of heading lines above with as many years; each may hold one or all."""
    years: list[str] = []
    for line in reversed(lines[max(0, position - _MOST_LINES_ABOVE) : position]):
        if _is_heading(line.text):
            years = [*_YEAR.findall(line.text), *years]
        elif years:
            if len(years) == columns:
                break
            years = []
    return tuple(years) if len(years) == columns and columns > 1 else ()


def _is_heading(text: str) -> bool:
    """Only dates and words of dates: "August 29," above "2021" is a heading of two lines."""
    dated = re.search(r"\d", text) is not None
    return dated and not _HEADING_WORDS.sub("", text) and not _ROW.fullmatch(_without_dates(text))


def _without_dates(text: str) -> str:
    return _HEADING_WORDS.sub(" ", text)
