"""Starts the window: one Qt application, one library, one window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.main_window import MainWindow


def open_window(folder: Path | None) -> int:
    """Opens the library and the window; returns the exit status when it is closed."""
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
