"""Enter presses the button that has the keys, as Space does: Qt leaves that to each desktop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from shiboken6 import isValid

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def pressed_by_enter(event: QKeyEvent) -> bool:
    """Whether this key was Enter on a button, which it then pressed."""
    button = QApplication.focusWidget()
    if event.key() not in _ENTER or not isinstance(button, QPushButton | QToolButton):
        return False
    # As Space, for a button with a menu opens it then. What it does may take the button away.
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        if isValid(button) and not event.isAutoRepeat():
            space = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(button, space)
    return True
