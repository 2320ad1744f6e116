"""A small turning arc beside what takes a while."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_mmrag.gui.look import style

_STEP_MS = 60
_STEP_DEGREES = 24


class Spinner(QWidget):
    """Turns while it is visible."""

    def __init__(self, size: int = style.ICON_SMALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._angle = size, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Working"))
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._turn)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A square."""
        return QSize(self._size, self._size)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begins to turn."""
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Costs nothing while it is not seen."""
        self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + _STEP_DEGREES) % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A quarter of a ring in the accent colour on a faint one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2.0, self._size / 8)
        ring = QRectF(self.rect()).adjusted(width, width, -width, -width)
        for colour, start, span in (
            (style.tokens().pressed, 0, 360),
            (style.tokens().accent, -self._angle, 100),
        ):
            pen = QPen(QColor(colour), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, start * 16, span * 16)
