"""Rows of the list: words and chips keep apart, at any size of text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from desktop_mmrag.domain import Hit, Locator, Medium, Reason, Store, TimeSpan, Whole
from desktop_mmrag.gui.find.hit_painter import HitPainter, Look
from desktop_mmrag.gui.find.thumbnails import Small
from desktop_mmrag.gui.look.style import MARGIN
from desktop_mmrag.gui.look.tokens import LIGHT

WIDTH = 640


def _row(points: float, *stores: Store) -> tuple[QImage, HitPainter, QRect, Hit]:
    """A row as it is painted, of a file deep in folders."""
    place = Path("/pictures") / "/".join(["holidays at the sea"] * 12) / "IMG_1.jpg"
    reasons = tuple(Reason(store, 1, 1.0) for store in stores)
    hit = Hit(1, 1, 1, place, Medium.NOTE, Whole(), "", 1.0, True, reasons)
    image, painter, cell = _painted(points, hit, None)
    return image, painter, cell, hit


def _painted(points: float, hit: Hit, small: Small | None) -> tuple[QImage, HitPainter, QRect]:
    font = QFont()
    font.setPointSizeF(points)
    painter = HitPainter(font, LIGHT)
    cell = QRect(0, 0, WIDTH, painter.row().caption)
    image = QImage(cell.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.window))
    on = QPainter(image)
    painter.paint_row(on, cell, hit, small, Look())
    on.end()
    return image, painter, cell


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


def _words_stand_at(words: str) -> tuple[float, float]:
    """The middle of what is written in a row, and that of its picture."""
    hit = Hit(1, 1, 1, Path("/n/I.jpg"), Medium.NOTE, Whole(), "", 1.0, True, ())
    image, painter, cell = _painted(11.0, hit, Small(None, words))
    ground = QColor(LIGHT.window)
    left = painter.picture_of(cell, as_row=True).right() + 2
    written = [
        y
        for y in range(cell.height())
        if any(image.pixelColor(x, y) != ground for x in range(left, WIDTH))
    ]
    picture = painter.picture_of(cell, as_row=True)
    return (written[0] + written[-1]) / 2, (picture.top() + picture.bottom()) / 2


@pytest.mark.parametrize("words", ["", "The key hangs behind the woodpile."])
@pytest.mark.usefixtures("style")
def test_two_lines_and_three_stand_in_the_middle_of_their_picture(words: str) -> None:
    written, picture = _words_stand_at(words)
    assert abs(written - picture) <= 3


def _on_picture(medium: Medium, place: Locator) -> QImage:
    """What is painted over the green picture of a row."""
    hit = Hit(1, 1, 1, Path("/v/a.mp4"), medium, place, "", 1.0, True, ())
    green = QImage(72, 72, QImage.Format.Format_RGB32)
    green.fill(QColor("#00ff00"))
    image, painter, cell = _painted(11.0, hit, Small(green, ""))
    return image.copy(painter.picture_of(cell, as_row=True))


def _covered(image: QImage, part: QRect) -> int:
    """How many points of a part are not the picture's own."""
    part = part & image.rect().adjusted(3, 3, -3, -3)
    return sum(
        image.pixelColor(x, y) != QColor("#00ff00")
        for x in range(part.left(), part.right() + 1)
        for y in range(part.top(), part.bottom() + 1)
    )


@pytest.mark.usefixtures("style")
def test_rows_of_recordings_show_their_kind_and_moment() -> None:
    right_top, left_bottom = QRect(36, 0, 36, 36), QRect(0, 36, 36, 36)
    later = TimeSpan(83.0, 90.0)
    for medium in (Medium.VIDEO, Medium.AUDIO):
        assert _covered(_on_picture(medium, later), right_top)
        assert _covered(_on_picture(medium, later), left_bottom)
        assert not _covered(_on_picture(medium, TimeSpan(0.0, 5.0)), left_bottom)
    photo = _on_picture(Medium.PHOTO, Whole())
    assert not _covered(photo, right_top)
    assert not _covered(photo, left_bottom)
