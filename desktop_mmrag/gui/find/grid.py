"""Where cells and headings lie in a scrolled gallery: numbers only, quick for any number of cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Shape:
    """How large things are, in pixels; `columns` 0 takes as many as fit."""

    cell_width: int
    caption: int
    """Height below the picture."""
    aspect: float
    """Height of the picture over its width; 0 for rows of a fixed height of `caption`."""
    gap: int
    margin: int
    heading: int
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in the coordinates of the whole, unscrolled gallery."""

    x: int
    y: int
    width: int
    height: int


class Grid:
    """Cells of one size in sections; each section begins a new row, below its heading."""

    def __init__(self, shape: Shape, width: int, sections: Sequence[tuple[bool, int]]) -> None:
        """`sections`: whether there is a heading, and how many cells."""
        self.shape = shape
        room = max(1, width - 2 * shape.margin)
        fits = (room + shape.gap) // (shape.cell_width + shape.gap)
        self.columns = shape.columns or max(1, fits)
        self.cell_width = max(1, (room - shape.gap * (self.columns - 1)) // self.columns)
        self.cell_height = round(self.cell_width * shape.aspect) + shape.caption
        self._headed = [headed for headed, _ in sections]
        self._first = list(accumulate((count for _, count in sections), initial=0))
        heights = (self._height(headed, count) for headed, count in sections)
        self._tops = list(accumulate(heights, initial=shape.margin))
        self.count = self._first[-1]
        self.height = self._tops[-1] + shape.margin if self.count else 0

    def _height(self, headed: bool, count: int) -> int:
        rows = -(-count // self.columns)
        return headed * self.shape.heading + rows * (self.cell_height + self.shape.gap)

    def cell(self, index: int) -> Rect:
        """Where a cell lies."""
        section = self.section_of(index)
        row, column = divmod(index - self._first[section], self.columns)
        top = self._tops[section] + self._headed[section] * self.shape.heading
        return Rect(
            self.shape.margin + column * (self.cell_width + self.shape.gap),
            top + row * (self.cell_height + self.shape.gap),
            self.cell_width,
            self.cell_height,
        )

    def section_of(self, index: int) -> int:
        """The section that a cell lies in."""
        return bisect_right(self._first, index) - 1

    def section_at(self, y: int) -> int:
        """The section at a height; the nearest one outside."""
        return max(0, min(bisect_right(self._tops, y) - 1, len(self._headed) - 1))

    def cells_in(self, top: int, bottom: int) -> range:
        """Cells that may be seen between two heights; a few more at the edges."""
        if not self.count or bottom <= top:
            return range(0)
        return range(self._row_start(top), self._row_end(bottom))

    def _row_start(self, y: int) -> int:
        section = self.section_at(y)
        return self._first[section] + self._row(section, y) * self.columns

    def _row_end(self, y: int) -> int:
        section = self.section_at(y)
        end = self._first[section] + (self._row(section, y) + 1) * self.columns
        return min(end, self._first[section + 1])

    def _row(self, section: int, y: int) -> int:
        top = self._tops[section] + self._headed[section] * self.shape.heading
        count = self._first[section + 1] - self._first[section]
        rows = -(-count // self.columns)
        return max(0, min((y - top) // (self.cell_height + self.shape.gap), max(0, rows - 1)))

    def headings_in(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """Sections whose headings may be seen, with the heights of their upper edges."""
        for section in range(self.section_at(top), len(self._headed)):
            if self._tops[section] > bottom:
                return
            if self._headed[section]:
                yield section, self._tops[section]

    def at(self, x: int, y: int) -> int | None:
        """The cell at a point."""
        if not self.count:
            return None
        for index in self.cells_in(y, y + 1):
            rect = self.cell(index)
            if rect.x <= x < rect.x + rect.width and rect.y <= y < rect.y + rect.height:
                return index
        return None

    def below(self, index: int, rows: int) -> int:
        """The cell so many rows further down, or up for a negative number; the nearest there is."""
        while rows:
            step = 1 if rows > 0 else -1
            further = self._next_row(index, step)
            if further == index:
                return index
            index, rows = further, rows - step
        return index

    def _next_row(self, index: int, step: int) -> int:
        section = self.section_of(index)
        first, end = self._first[section], self._first[section + 1]
        column = (index - first) % self.columns
        row_start = index - column
        if step > 0:
            if row_start + self.columns < end:
                return min(row_start + self.columns + column, end - 1)
            return min(end + column, self._section_end(end) - 1) if end < self.count else index
        if row_start > first:
            return index - self.columns
        if first == 0:
            return index
        above = self.section_of(first - 1)
        last_row = (first - 1 - self._first[above]) // self.columns
        return min(self._first[above] + last_row * self.columns + column, first - 1)

    def _section_end(self, index: int) -> int:
        return self._first[self.section_of(index) + 1]
