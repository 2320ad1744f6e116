"""Rows of the list: words and chips keep apart, at any size of text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from desktop_mmrag.domain import Hit, Medium, Reason, Store, Whole
from desktop_mmrag.gui.find.hit_painter import HitPainter, Look
from desktop_mmrag.gui.look.style import MARGIN
from desktop_mmrag.gui.look.tokens import LIGHT

WIDTH = 640


def _row(points: float, *stores: Store) -> tuple[QImage, HitPainter, QRect, Hit]:
    """A row as it is painted, of a file deep in folders."""
    place = Path("/pictures") / "/".join(["holidays at the sea"] * 12) / "IMG_1.jpg"
    reasons = tuple(Reason(store, 1, 1.0) for store in stores)
    hit = Hit(1, 1, 1, place, Medium.NOTE, Whole(), "", 1.0, True, reasons)
    font = QFont()
    font.setPointSizeF(points)
    painter = HitPainter(font, LIGHT)
    cell = QRect(0, 0, WIDTH, painter.row().caption)
    image = QImage(cell.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.window))
    on = QPainter(image)
    painter.paint_row(on, cell, hit, None, Look())
    on.end()
    return image, painter, cell, hit


@pytest.mark.parametrize("points", [9.0, 14.0, 20.0])
@pytest.mark.usefixtures("style")
def test_the_words_of_a_row_end_before_its_chips(points: float) -> None:
    image, painter, cell, hit = _row(points, Store.TEXT, Store.WORDS, Store.FACTS)
    room = cell.right() - painter.picture_of(cell, as_row=True).right() - 1 - 2 * MARGIN
    chips = min(painter._chips_width(hit), room // 2)
    between = cell.right() - MARGIN - chips - MARGIN // 2
    ground = QColor(LIGHT.window)
    assert all(image.pixelColor(between, y) == ground for y in range(cell.height()))
    # There are words to the left of it, and chips to the right.
    left = range(between - 3 * MARGIN, between)
    right = range(between + 1, between + 3 * MARGIN)
    for part in (left, right):
        assert any(image.pixelColor(x, y) != ground for x in part for y in range(cell.height()))


@pytest.mark.usefixtures("style")
def test_rows_grow_with_the_text() -> None:
    small, large = (_row(points, Store.TEXT)[2].height() for points in (9.0, 24.0))
    assert large > small
