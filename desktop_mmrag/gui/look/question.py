"""Boxes that ask before something is done: one look, and names of files never taken for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_mmrag.gui.look import style

_ICON = 40


def question(parent: QWidget, name: str, title: str, asked: str, told: str) -> QMessageBox:
    """A box without buttons. `name`: its object name; `asked`: in one line; `told`: what follows."""
    box = QMessageBox(parent)
    box.setObjectName(name)
    # Both texts are shown as they are: this holds for the informative text too.
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIconPixmap(style.pixmap("question", _ICON, "accent", parent.devicePixelRatioF()))
    box.setWindowTitle(title)
    box.setText(asked)
    box.setInformativeText(told)
    return box
