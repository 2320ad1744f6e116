"""Puts words found in a picture into rows and columns, as a person would read them."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, sin
from statistics import median

# Two boxes are on one row when their centres differ by less than this part of their height.
_SAME_ROW = 0.5
_MOST_OVERLAP = 0.3
# A column of prose: this many lines of this many words, this wide in the picture.
_COLUMN_LINES, _COLUMN_WORDS, _COLUMN_WIDTH = 5, 4, 0.2


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text found at once, with its corners in pixels, clockwise from the top left."""

    text: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word's extent once the slant of the whole picture is taken out."""

    word: Word
    x0: float
    x1: float
    y: float
    height: float


def rows(words: list[Word], width: int) -> list[list[Word]]:
    """Rows from top to bottom, each from left to right; a column of prose is read to its end first.

    `width`: of the picture, in pixels.
    """
    slant = _slant(words)
    placed = [_place(word, slant) for word in words]
    return [[p.word for p in row] for column in _columns(placed, width) for row in _rows(column)]


def _slant(words: list[Word]) -> float:
    """Radians by which lines of text fall to the right; long lines tell it best."""
    angles = [
        atan2(right[1] - left[1], right[0] - left[0])
        for left, right, *_ in (word.corners for word in words)
        if right[0] - left[0] > 3 * abs(right[1] - left[1])
    ]
    return median(angles) if angles else 0.0


def _place(word: Word, slant: float) -> _Placed:
    turned = [
        (x * cos(slant) + y * sin(slant), y * cos(slant) - x * sin(slant)) for x, y in word.corners
    ]
    x, y = [point[0] for point in turned], [point[1] for point in turned]
    return _Placed(word, min(x), max(x), (min(y) + max(y)) / 2, max(max(y) - min(y), 1.0))


def _rows(placed: list[_Placed]) -> list[list[_Placed]]:
    found: list[list[_Placed]] = []
    for item in sorted(placed, key=lambda p: p.y):
        row = next((row for row in reversed(found[-4:]) if _belongs(item, row)), None)
        if row is None:
            found.append([item])
        else:
            row.append(item)
    found.sort(key=lambda row: sum(p.y for p in row) / len(row))
    return [sorted(row, key=lambda p: p.x0) for row in found]


def _belongs(item: _Placed, row: list[_Placed]) -> bool:
    # Against the nearest word of the row: paper bends, so a row drifts from left to right.
    near = min(row, key=lambda p: max(p.x0 - item.x1, item.x0 - p.x1))
    if abs(item.y - near.y) >= _SAME_ROW * min(item.height, near.height):
        return False
    return all(_overlap(item, p) <= _MOST_OVERLAP * min(_span(item), _span(p)) for p in row)


def _overlap(a: _Placed, b: _Placed) -> float:
    return max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0))


def _span(a: _Placed) -> float:
    return max(a.x1 - a.x0, 1.0)


def _columns(placed: list[_Placed], width: int) -> list[list[_Placed]]:
    """Split at a gutter with prose on both sides; tables and receipts have none and stay whole."""
    prose = [
        p
        for p in placed
        if _span(p) > _COLUMN_WIDTH * width and len(p.word.text.split()) >= _COLUMN_WORDS
    ]
    for gutter in sorted({p.x0 for p in prose}):
        left = [p for p in prose if p.x1 <= gutter]
        right = [p for p in prose if p.x0 >= gutter - 1]
        crossing = [p for p in placed if p.x0 < gutter - 1 and p.x1 > gutter + 1]
        if min(len(left), len(right)) >= _COLUMN_LINES and _beside(left, right) and not crossing:
            before = [p for p in placed if p.x1 <= gutter + 1]
            after = [p for p in placed if p.x1 > gutter + 1]
            return _columns(before, width) + _columns(after, width)
    return [placed]


def _beside(left: list[_Placed], right: list[_Placed]) -> bool:
    top = max(min(p.y for p in left), min(p.y for p in right))
    bottom = min(max(p.y for p in left), max(p.y for p in right))
    return sum(top <= p.y <= bottom for p in left) >= _COLUMN_LINES
