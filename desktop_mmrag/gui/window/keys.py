"""The keys that work everywhere in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from desktop_mmrag.gui.window.main_window import MainWindow

_VIEWS = 8


def bind_keys(window: MainWindow) -> None:
    """Binds them; those that need an open library do nothing before."""

    def folded() -> None:
        window.sidebar.set_narrow(not window.sidebar.narrow)

    def filled() -> None:
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    for keys, act in (("Ctrl+B", folded), ("F11", filled), ("Ctrl+Q", window.quit)):
        QShortcut(QKeySequence(keys), window, act)
    for keys, name in (
        ("Ctrl+F", "focus_box"),
        ("Ctrl+L", "focus_box"),
        ("Ctrl+O", "choose_folder"),
        ("Ctrl+,", "show_settings"),
        ("F1", "show_shortcuts"),
    ):
        QShortcut(QKeySequence(keys), window, lambda name=name: _ask_library(window, name))
    for number in range(1, _VIEWS + 1):
        QShortcut(
            QKeySequence(f"Ctrl+{number}"), window, lambda number=number: _view(window, number)
        )


def _ask_library(window: MainWindow, name: str) -> None:
    if window.library:
        getattr(window.library, name)()


def _view(window: MainWindow, number: int) -> None:
    names = window.sidebar.names()
    if window.library and number <= len(names):
        window.library.show_page(names[number - 1])
