"""The icon in the system's tray: opens the window, pauses, and ends the program."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon


class Tray(QObject):
    """Does nothing where the system has no tray."""

    open_wanted = Signal()
    pause_wanted = Signal(bool)
    quit_wanted = Signal()

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self._paused = False
        open_window = QAction(self.tr("Open Desktop MMRAG"), self._menu)
        open_window.triggered.connect(self.open_wanted)
        self._pause = QAction(self.tr("Pause"), self._menu)
        self._pause.triggered.connect(lambda: self.pause_wanted.emit(not self._paused))
        leave = QAction(self.tr("Quit"), self._menu)
        leave.triggered.connect(self.quit_wanted)
        for action in (open_window, self._pause, leave):
            self._menu.addAction(action)
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setToolTip("Desktop MMRAG")
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)

    @property
    def available(self) -> bool:
        """Whether the system has a tray to be found in."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Puts the icon there."""
        if self.available:
            self._icon.show()

    def hide(self) -> None:
        """Takes it away."""
        self._icon.hide()

    def tell(self, words: str) -> None:
        """What is being done, when the pointer rests on the icon."""
        self._icon.setToolTip(f"Desktop MMRAG\n{words}" if words else "Desktop MMRAG")

    def show_paused(self, paused: bool) -> None:
        """Whether keeping is paused."""
        self._paused = paused
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.open_wanted.emit()
