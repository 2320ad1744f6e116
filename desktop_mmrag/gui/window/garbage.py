"""Garbage collection in a window with threads: on the Qt thread alone, and never for so long that a hand notices."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

# Python collects on whichever thread allocates, and a widget that dies on another thread than its
# own takes the process with it. So it is told not to, and a timer here does it in its place.
_TICK_MS = 200
# A full collection over a listed library of 100,000 items was measured to take 0.1 to 0.4 s, and
# nothing else runs meanwhile. Young objects are looked at often, which takes 1 to 2 ms.
_YOUNG, _MIDDLE = 2_000, 20
# Everything is looked at while the person works in another window, or after 20 minutes.
_LOOK_MS = 30_000
_OVERDUE = 40


class Garbage(QObject):
    """Takes collecting over from Python, for good. To be made before the first thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._every(_TICK_MS, self._collect_young)
        self._every(_LOOK_MS, self._collect_all)

    def spare_what_is_there(self) -> None:
        """What exists now lasts and is never looked at again. To be called when all is built."""
        gc.freeze()

    def _every(self, milliseconds: int, act: Callable[[], None]) -> None:
        timer = QTimer(self, interval=milliseconds)
        timer.timeout.connect(act)
        timer.start()

    def _collect_young(self) -> None:
        young, middle, _ = gc.get_count()
        if middle > _MIDDLE:
            gc.collect(1)
        elif young > _YOUNG:
            gc.collect(0)

    def _collect_all(self) -> None:
        self._looks += 1
        if QGuiApplication.focusWindow() is None or self._looks >= _OVERDUE:
            self._looks = 0
            gc.collect()
