"""The Qt application: its name and icon, and every way in which a system asks a program to end."""

from __future__ import annotations

import signal
import socket
import sys
from types import FrameType

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop_mmrag import bundled


class Program(QApplication):
    """One for each process."""

    end_wanted = Signal()
    """The person's menu, the end of the session, or a signal: closing must not mean the tray."""

    def __init__(self) -> None:
        super().__init__(sys.argv[:1])
        self.setApplicationName("Desktop MMRAG")
        self.setDesktopFileName("desktop-mmrag")
        self.setQuitOnLastWindowClosed(False)
        self.setWindowIcon(QIcon(str(bundled.resources() / "icons" / "desktop-mmrag.svg")))
        self.commitDataRequest.connect(lambda _: self.end_wanted.emit())
        self._signals = _Signals(self)

    def event(self, event: QEvent) -> bool:
        """Quitting by the system's menu closes windows first; they have to know why."""
        if event.type() == QEvent.Type.Quit:
            self.end_wanted.emit()
        return super().event(event)


class _Signals(QObject):
    """Ctrl-C and SIGTERM: Python only sees them when it runs, and Qt sleeps; a socket wakes it."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._ours, self._wakes = socket.socketpair()
        for end in (self._ours, self._wakes):
            end.setblocking(False)
        signal.set_wakeup_fd(self._wakes.fileno())
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._ours.recv(64))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._caught)

    def _caught(self, number: int, frame: FrameType | None) -> None:
        self._program.end_wanted.emit()
