"""Tables of a content: rows under one header, brought together from all the passages they were cut into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_mmrag.answer.figures import is_figure
from desktop_mmrag.answer.sources import Statement, page_of
from desktop_mmrag.answer.values import dates_in
from desktop_mmrag.domain import TextSpan

Cells = tuple[str, ...]

# As many as are read of a sheet: the rows after them are missing.
_MOST_ROWS = 20_000
_WIDE = 3
# What the passages of one sheet are headed by, beside its name.
_ROWS_NAMED = re.compile(r"(?:^|\s›\s)rows?\s\d+(?:–\d+)?$")


@dataclass(frozen=True, slots=True)
class Table:
    """A header and all rows under it."""

    header: Cells
    rows: tuple[Statement, ...]
    above: str
    """Its title or the line above it, and the headings it stands under."""

    def column(self, at: int) -> list[str]:
        """The cells of one column from top to bottom, empty where a row is shorter."""
        return [row.cells[at] if at < len(row.cells) else "" for row in self.rows]


@dataclass(slots=True)
class _Growing:
    """A table while its passages are read."""

    header: Cells
    section: str
    title: str
    ends: int
    rows: list[Statement] = field(default_factory=list)
    whole: bool = True


def tables_in(lines: Sequence[Statement]) -> list[Table]:
    """The tables of all lines of a content; one whose rows are not all there is left out."""
    found: list[_Growing] = []
    for start, run in _runs(lines):
        _take(found, lines, start, run)
    if found:
        _doubt(found[-1], lines[found[-1].ends :])
    return [
        Table(table.header, tuple(table.rows), f"{table.title}\n{table.section}")
        for table in found
        if table.whole and 0 < len(table.rows) < _MOST_ROWS
    ]


def headers_in(statements: Sequence[Statement]) -> frozenset[Cells]:
    """The cells of the rows that only name the columns below them."""
    return frozenset(
        header
        for _, run in _runs(statements)
        if (header := _header_of(run)) and _names_columns(header, run)
    )


def _take(
    found: list[_Growing], lines: Sequence[Statement], start: int, run: Sequence[Statement]
) -> None:
    header, section = _header_of(run), _section(run[0])
    last = found[-1] if found else None
    between = lines[last.ends : start] if last else ()
    if last:
        _doubt(last, between)
    if header is None:
        # Rows that go on after a line of words may belong to the table above.
        if last and last.section == section:
            last.whole = False
        return
    goes_on = last and last.header == header and last.section == section
    if not (last and goes_on and all(line.text == last.title for line in between)):
        above = lines[start - 1].text if start and _section(lines[start - 1]) == section else ""
        told = bool(last and goes_on and not last.whole)
        last = _Growing(header, section, above, 0, whole=not told)
        found.append(last)
    last.ends = start + len(run)
    last.rows += [row for row in run if row.cells != header]


def _doubt(table: _Growing, after: Sequence[Statement]) -> None:
    """A row too wide for a passage is told cell by cell, and is none of the rows."""
    names = [f"{name}: " for name in table.header if name]
    told = [line for line in after if _section(line) == table.section]
    if any(name in line.text for line in told for name in names):
        table.whole = False


def _runs(lines: Sequence[Statement]) -> Iterator[tuple[int, Sequence[Statement]]]:
    """Rows that follow one another, with where they begin."""
    start = 0
    for position in range(len(lines) + 1):
        if position < len(lines) and lines[position].is_row:
            continue
        if position > start:
            yield start, lines[start:position]
        start = position + 1


def _header_of(run: Sequence[Statement]) -> Cells | None:
    """The first row, when it holds no figures and others follow."""
    first = run[0].cells
    return None if len(run) < 2 or any(map(is_figure, first)) else first


def _names_columns(header: Cells, run: Sequence[Statement]) -> bool:
    """Whether figures or days stand below; two columns of words may be a list of names and values."""
    rows = [row.cells for row in run[1:] if row.cells != header]
    columns = [[cells[at] for cells in rows if at < len(cells)] for at in range(len(header))]
    below = [[cell for cell in column if cell] for column in columns]
    known = any(cells and all(is_figure(c) or dates_in(c) for c in cells) for cells in below)
    return known or len(header) >= _WIDE or len(rows) < len(run) - 1


def _section(line: Statement) -> str:
    """The headings that a line stands under, without which rows of a sheet it is among."""
    locator = line.locator
    if isinstance(locator, TextSpan):
        return _ROWS_NAMED.sub("", locator.heading or "")
    page = page_of(locator)
    return "" if page is None else f"page {page}"
