"""Asks for a folder, beginning at home: a program that was started from a menu runs anywhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

_LAST = "lastFolder"


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """The folder that the person chose. The next time it begins where that one lies."""
    window = parent.window()
    begin = str(window.property(_LAST) or QDir.homePath())
    chosen = QFileDialog.getExistingDirectory(parent, title, begin)
    if not chosen:
        return None
    window.setProperty(_LAST, str(Path(chosen).parent))
    return Path(chosen)
