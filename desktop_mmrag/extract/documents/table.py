"""A table as lines of cells that read by themselves: cut into passages, the header repeated in each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Cells = Sequence[str]
Numbered = tuple[int, Cells]
"""A row with its number in the table, from 1."""

_LONGEST_CELL = 2_000
_LONGEST_NAME = 80
_SURE = 0.95
_NEVER = 1 << 30
_NUMBER = re.compile(r"[-+(]?\s?[^\w\s]{0,3}\s?\d[\d.,' ]*\s?(?:%|[^\W\d_]{0,3}|[€$£¥])\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a table that make one passage, and the rows that they hold."""

    text: str
    first: int
    last: int


def line(cells: Cells) -> str:
    """ "| Rent | 950 |  | 980": each cell after a bar, empty ones kept between others."""
    clean = [" ".join(cell[:_LONGEST_CELL].replace("|", "/").split()) for cell in cells]
    while clean and not clean[-1]:
        clean.pop()
    return "| " + " | ".join(clean)


def groups(
    rows: Iterable[Numbered], fits: Callable[[str], bool], title: str = ""
) -> Iterator[Group]:
    """The table in groups that fit; `title` and the header stand above each.

    A row of one cell among wider ones is a line of its own; an empty row ends a header's reach
    where another header follows. A row too wide for a passage is told cell by cell.
    """
    filler = _Filler(fits, title)
    waiting: Numbered | None = None
    gap = True
    for row in _framed(rows):
        if waiting is not None:
            yield from filler.take(waiting, _is_header(waiting[1], row[1], filler.header, gap))
            gap = sum(map(bool, waiting[1])) < 2
        waiting = row
    if waiting is not None:
        yield from filler.take(waiting, False)
    yield from filler.flush()


class _Filler:
    """Collects rows until one more would be too much."""

    def __init__(self, fits: Callable[[str], bool], title: str) -> None:
        self._fits = fits
        self._title = title
        self.header: Cells = ()
        self._lines: list[str] = []
        self._first = self._last = 0
        self._longest = 0
        self._too_long = _NEVER

    def take(self, row: Numbered, header: bool) -> Iterator[Group]:
        """A row; gives the group that it did not fit into any more."""
        number, cells = row
        if not any(cells):
            return
        if header:
            yield from self.flush()
            self.header, self._longest, self._too_long = cells, 0, _NEVER
            self._first = self._last = number
            return
        filled = [cell for cell in cells if cell]
        written = line(cells) if len(filled) > 1 or len(self.header) == 1 else filled[0]
        if self._lines and not self._still_fits(self._text([*self._lines, written])):
            yield from self.flush()
        if not self._lines and self.header and not self._fits(self._text([written])):
            yield from self._told(number, cells)
            return
        self._first = self._first or number
        self._last = number
        self._lines.append(written)

    def _still_fits(self, text: str) -> bool:
        """Rows of a table are alike: only what is about as long as a full group is measured."""
        if len(text) < _SURE * self._longest or len(text) >= self._too_long:
            return len(text) < self._too_long
        fits = self._fits(text)
        if fits:
            self._longest = max(self._longest, len(text))
        else:
            self._too_long = min(self._too_long, len(text))
        return fits

    def flush(self) -> Iterator[Group]:
        """The group that is being collected, if it holds anything."""
        if self._lines:
            yield Group(self._text(self._lines), self._first, self._last)
        self._lines = []
        self._first = 0

    def _text(self, lines: Sequence[str]) -> str:
        lead = [self._title] if self._title else []
        return "\n".join([*lead, *([line(self.header)] if self.header else []), *lines])

    def _told(self, number: int, cells: Cells) -> Iterator[Group]:
        """ "Rent, March: 980", a line for each cell of a wide row."""
        name = next(cell for cell in cells if cell)[:_LONGEST_NAME]
        told = [
            f"{name}, {column}: {cell}" if cell[:_LONGEST_NAME] != name else f"{column}: {cell}"
            for column, cell in zip(self.header, cells, strict=False)
            if cell and column
        ]
        lead = [self._title] if self._title else []
        held: list[str] = []
        for item in told:
            item = " ".join(item[:_LONGEST_CELL].split())
            if held and not self._fits("\n".join([*lead, *held, item])):
                yield Group("\n".join([*lead, *held]), number, number)
                held = []
            held.append(item)
        if held:
            yield Group("\n".join([*lead, *held]), number, number)


def _framed(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    """Rows with white space trimmed from their cells; runs of empty rows become one."""
    empty = True
    for number, cells in rows:
        trimmed = tuple(cell.strip() for cell in cells)
        if any(trimmed) or not empty:
            yield number, trimmed
        empty = not any(trimmed)


def _is_header(row: Cells, below: Cells, before: Cells, gap: bool) -> bool:
    """Whether a row names the columns below it: words or years, not figures, each once."""
    names = [cell for cell in row if cell]
    if not gap or len(names) < 2 or len(set(names)) < len(names):
        return False
    if any(is_figure(name) or len(name) > _LONGEST_NAME for name in names):
        return False
    filled = sum(map(bool, below))
    if filled < 2 or len(names) < 0.6 * filled:
        return False
    # Words above words may be rows like any other, once a header is known.
    return not before or (any(map(is_figure, below)) and not any(map(is_figure, row)))


def is_figure(cell: str) -> bool:
    """A number, an amount or a percentage, but not a year."""
    return bool(_NUMBER.fullmatch(cell)) and not _YEAR.fullmatch(cell)
