"""A focus ring for what paints itself: seen by who uses the keyboard, not after each click."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop_mmrag.gui.look import style

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class KeyFocus(QWidget):
    """To be inherited; `paint_focus` comes last in `paintEvent`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_keys = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The ring comes with the keyboard."""
        super().focusInEvent(event)
        self._by_keys = event.reason() in _BY_KEYS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A key is used: the ring comes."""
        self._by_keys = True
        self.update()
        super().keyPressEvent(event)

    def paint_focus(self, painter: QPainter) -> None:
        """The ring, if it is to be seen now."""
        if self.hasFocus() and self._by_keys:
            painter.setPen(QPen(QColor(style.tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, style.RADIUS_SMALL, style.RADIUS_SMALL)
