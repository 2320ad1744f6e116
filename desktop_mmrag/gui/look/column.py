"""A column in the middle of a page: lines stay readable on wide screens."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_mmrag.gui.look import style

_WIDEST = 880


class Column(QWidget):
    """Its content is centred and never wider than a page."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._free = 0
        self._row = QHBoxLayout(self)
        self._row.addWidget(inside)
        self._centre()

    def leave_free(self, width: int) -> None:
        """So much on the right belongs to a scroll bar that this column does not have."""
        self._free = width
        self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Equal margins left and right."""
        super().resizeEvent(event)
        # After this event: a layout must not change while it is being applied.
        QTimer.singleShot(0, self, self._centre)

    def _centre(self) -> None:
        spare = max(style.PAGE_MARGIN, (self.width() - self._free - _WIDEST) // 2)
        margins = QMargins(spare, 0, spare + self._free, 0)
        if self._row.contentsMargins() != margins:
            self._row.setContentsMargins(margins)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """May be narrower than the widest card."""
        return QSize(320, super().minimumSizeHint().height())
