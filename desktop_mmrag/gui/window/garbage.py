"""Keeps Python's garbage collection from stopping the window: what is there at the start is never looked at again."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

# A full collection over a listed library of 100,000 items was measured to take 0.1 to 0.4 s, and
# nothing else runs meanwhile. Young objects are looked at often, which takes 1 to 2 ms.
_YOUNG, _MIDDLE, _NEVER = 2_000, 20, 1_000_000
_LOOK_MS = 30_000
_OVERDUE = 40


class Garbage(QObject):
    """Collects everything only while the person works in another window, or after 20 minutes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = 0
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """To be called when all that lasts has been built."""
        gc.freeze()
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
        self._timer.start()

    def _look(self) -> None:
        self._looks += 1
        if QGuiApplication.focusWindow() is None or self._looks >= _OVERDUE:
            self._looks = 0
            gc.collect()
