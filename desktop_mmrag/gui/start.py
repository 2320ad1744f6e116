"""Starts the window: one Qt application, one library, one window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.errors import KnownError, NoDisplay
from desktop_mmrag.gui.main_window import MainWindow

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def open_window(folder: Path | None) -> int:
    """Opens the library and the window; returns the exit status when it is closed.

    Raises NoDisplay.
    """
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        raise NoDisplay("Neither DISPLAY nor WAYLAND_DISPLAY is set.")
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Desktop MMRAG")
    qt.setWindowIcon(QIcon(str(bundled.resources() / "icons" / "desktop-mmrag.svg")))
    try:
        application = Application(folder)
    except KnownError as problem:
        QMessageBox.critical(None, problem.title, f"{problem.message}\n\n{problem.hint}")
        return 1
    with application:
        window = MainWindow(application)
        window.show()
        return qt.exec()
