"""A line drawn around some points of the map: while it is drawn, what it holds, and afterwards."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from desktop_mmrag.gui.look.style import tokens
from desktop_mmrag.gui.map.camera import Camera

_STEP = 3


class Lasso:
    """Begins empty; kept where it was drawn on the map, so that it moves and grows with it."""

    def __init__(self) -> None:
        self._drawing: list[QPointF] | None = None
        self._kept: NDArray[np.float64] | None = None

    @property
    def drawing(self) -> bool:
        """Whether it is being drawn now."""
        return self._drawing is not None

    def begin(self, place: QPointF) -> None:
        """Begins at a pixel."""
        self._drawing = [place]

    def go_on(self, place: QPointF) -> bool:
        """Goes on to a pixel; whether that changed anything."""
        if self._drawing is None or (place - self._drawing[-1]).manhattanLength() < _STEP:
            return False
        self._drawing.append(place)
        return True

    def end(self, camera: Camera, view: QSize) -> QPolygonF | None:
        """What was drawn, in pixels; None when it holds nothing. From now on it lies on the map."""
        drawn, self._drawing = self._drawing, None
        if drawn is None or len(drawn) < 3:
            return None
        size = (view.width(), view.height())
        self._kept = np.array([camera.to_world(p.x(), p.y(), *size) for p in drawn])
        return QPolygonF(drawn)

    def drop(self) -> None:
        """Forgets it."""
        self._drawing = self._kept = None

    def paint(self, painter: QPainter, camera: Camera, view: QSize) -> None:
        """Dashed, and faintly filled."""
        corners = self._drawing
        if corners is None and self._kept is not None:
            at = camera.to_screen(self._kept, view.width(), view.height())
            corners = [QPointF(x, y) for x, y in at]
        if not corners:
            return
        colour = QColor(tokens().accent)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
        colour.setAlpha(24)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(corners))


def inside(lasso: QPolygonF, at: NDArray[np.float64], view: QSize) -> NDArray[np.bool_]:
    """Which pixels [n, 2] of a view lie in a lasso; found by painting it and looking there."""
    mask = QImage(view, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    painter = QPainter(mask)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawPolygon(lasso)
    painter.end()
    rows = np.frombuffer(mask.constBits(), np.uint8).reshape(mask.height(), -1)
    held: NDArray[np.bool_] = np.all((at >= 0) & (at < (view.width(), view.height())), axis=1)
    x, y = at[held].astype(np.intp).T
    held[held] = rows[y, x] > 0
    return held
