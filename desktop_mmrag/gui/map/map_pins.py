"""Small pictures in place of dots where there is room for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_mmrag.gui.find.glimpse import Glimpse
from desktop_mmrag.gui.find.hit_painter import first_line
from desktop_mmrag.gui.find.thumbnails import Small, Thumbnails
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.map.camera import Camera
from desktop_mmrag.gui.map.map_layer import Points

PIN = QSize(84, 63)
RADIUS_PIN = 5
# Pictures come once the points in sight lie so far apart on average, in pixels.
_SPACING = 52
# Of other points that a picture may lie on: in a crowd dots tell more.
_HIDDEN = 3
_GAP = 3
# Beyond this many, telling what they cover would take longer than a frame.
_MOST = 500
_WORDS_SIZE = 0.8


@dataclass(frozen=True, slots=True)
class Pin:
    """A point of the map with the place of its picture."""

    index: int
    rect: QRect


class Pins:
    """The pictures in sight."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        self._thumbnails = thumbnails
        self._pins: list[Pin] = []

    def at(self, place: QPoint) -> int | None:
        """The point whose picture lies at a pixel."""
        return next((pin.index for pin in self._pins if pin.rect.contains(place)), None)

    def rect_of(self, index: int) -> QRect | None:
        """Where the picture of a point lies; None while it is a dot."""
        return next((pin.rect for pin in self._pins if pin.index == index), None)

    def paint(
        self, painter: QPainter, points: Points, ids: NDArray[np.int64], camera: Camera, view: QSize
    ) -> None:
        """Places and paints them. `ids`: the content of each point."""
        indexes = np.flatnonzero(points.in_sight(camera, view, PIN.width()))
        at = camera.to_screen(points.at[indexes], view.width(), view.height())
        self._pins = place_pins(at, indexes, view)
        if not self._pins:
            return
        ratio = painter.device().devicePixelRatio()
        self._thumbnails.cut_to(PIN * ratio, RADIUS_PIN * ratio)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * _WORDS_SIZE)
        painter.setFont(font)
        for pin in self._pins:
            colour = QColor(*points.palette[points.colours[pin.index]].tolist())
            paint_pin(painter, pin.rect, self._thumbnails.get(Glimpse(int(ids[pin.index]))), colour)
        self._thumbnails.want([Glimpse(int(ids[pin.index])) for pin in self._pins])


def place_pins(at: NDArray[np.float64], indexes: NDArray[np.int64], view: QSize) -> list[Pin]:
    """Pictures that do not overlap for some of the points at pixels [n, 2]; none when crowded.

    The earlier in `indexes` the sooner a point gets one, so that the same points keep theirs
    while the map is moved.
    """
    area = view.width() * view.height()
    if len(indexes) * _SPACING**2 > area or len(indexes) > _MOST:
        return []
    half = np.array([PIN.width() / 2, PIN.height() / 2])
    covered = (np.abs(at[:, np.newaxis] - at) < half).all(axis=2).sum(axis=1) - 1
    taken: dict[tuple[int, int], list[QRect]] = {}
    pins = []
    for (x, y), index, hidden in zip(at, indexes, covered, strict=True):
        if hidden > _HIDDEN:
            continue
        rect = QRect(QPoint(0, 0), PIN)
        rect.moveCenter(QPoint(round(x), round(y)))
        spaced = rect.adjusted(-_GAP, -_GAP, _GAP, _GAP)
        if not any(spaced.intersects(other) for other in _around(taken, rect)):
            pins.append(Pin(int(index), rect))
            taken.setdefault(_cell(rect), []).append(rect)
    return pins


def _cell(rect: QRect) -> tuple[int, int]:
    return rect.x() // (PIN.width() + _GAP), rect.y() // (PIN.height() + _GAP)


def _around(taken: dict[tuple[int, int], list[QRect]], rect: QRect) -> Iterator[QRect]:
    column, row = _cell(rect)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield from taken.get((column + dx, row + dy), ())


def paint_pin(painter: QPainter, rect: QRect, small: Small | None, colour: QColor) -> None:
    """A picture, else its first words on paper, framed in the colour of its dot."""
    now = style.tokens()
    frame = QRectF(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.raised if small else now.hover))
    painter.drawRoundedRect(frame, RADIUS_PIN, RADIUS_PIN)
    if small and small.image:
        painter.drawImage(frame, small.image)
    elif small and small.words:
        painter.setPen(QColor(now.quiet))
        _paint_words(painter, rect.adjusted(7, 5, -6, -5), small.words)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2))
    painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), RADIUS_PIN - 1, RADIUS_PIN - 1)


def _paint_words(painter: QPainter, paper: QRect, words: str) -> None:
    """As many lines as there is room for; the last is cut short where more follows."""
    metrics, rest, top = painter.fontMetrics(), words, paper.y() + painter.fontMetrics().ascent()
    for left in reversed(range(max(1, paper.height() // metrics.lineSpacing()))):
        if left:
            line, rest = first_line(rest, paper.width(), metrics)
        else:
            line, rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, paper.width()), ""
        painter.drawText(paper.x(), top, line)
        top += metrics.lineSpacing()
