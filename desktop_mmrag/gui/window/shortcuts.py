"""The page behind F1: keys, and the signs that the box understands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.gui.look import style

_SHORTCUTS = "shortcuts"
_KEY_WIDTH = 128
_FRAME = QSize(32, 64)
"""What the system draws round a window, and a little air."""


class ShortcutsPage(QDialog):
    """All keys and signs and what they do, in groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(_SHORTCUTS)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        close = style.kind(QPushButton(self.tr("Close")), "primary")
        close.setObjectName("closeShortcuts")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[style.PAGE_MARGIN] * 4)
        layout.setSpacing(style.PAGE_MARGIN)
        layout.addWidget(style.role(QLabel(self.tr("Keyboard shortcuts")), "title"))
        layout.addWidget(_Scrolling(self._columns()), 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        room = self.screen().availableSize() - _FRAME
        self.resize(self.sizeHint().boundedTo(room))

    def _columns(self) -> QWidget:
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(48)
        groups = self.groups()
        first = _first_column([keys for _, keys in groups])
        for part in (groups[:first], groups[first:]):
            column = QVBoxLayout()
            column.setSpacing(style.GAP_LARGE)
            for title, keys in part:
                column.addLayout(_group(title, keys))
            column.addStretch(1)
            columns.addLayout(column)
        return inside

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Titles with their keys, as Qt writes them, and what each does."""
        return [
            (
                self.tr("Everywhere"),
                [
                    ("Ctrl+F", self.tr("Go to the box")),
                    ("Ctrl+1 …", self.tr("Change the view")),
                    ("Ctrl+O", self.tr("Add a folder")),
                    ("Ctrl+B", self.tr("Narrow or widen the sidebar")),
                    ("Ctrl+,", self.tr("Settings")),
                    ("F1", self.tr("This page")),
                    ("F11", self.tr("Full screen")),
                    ("Ctrl+Q", self.tr("Quit")),
                ],
            ),
            (
                self.tr("The box"),
                [
                    ("Return", self.tr("Search; ask when it ends with a question mark")),
                    ("Ctrl+Return", self.tr("Ask")),
                    ("Down", self.tr("To the results")),
                    ("Ctrl+V", self.tr("Search by a picture from the clipboard")),
                    ("Ctrl+I", self.tr("Search by a picture or another file")),
                    ("Ctrl+H", self.tr("Recent searches")),
                    ("Ctrl+S", self.tr("Save the search in the sidebar")),
                    ("Esc", self.tr("Empty the box")),
                ],
            ),
            (
                self.tr("Results"),
                [
                    (self.tr("Arrows"), self.tr("Move")),
                    ("Space", self.tr("Look closely")),
                    ("Return", self.tr("Open with its own program")),
                    ("Ctrl+C", self.tr("Copy the file or picture")),
                    ("Ctrl+A", self.tr("Select all")),
                    ("Ctrl++ / −", self.tr("Larger and smaller pictures")),
                    ("Esc", self.tr("Back to the box")),
                ],
            ),
            (
                self.tr("What the box understands"),
                [
                    ('"…"', self.tr("Exactly these words")),
                    ("-…", self.tr("Without a word or a kind")),
                    ("… OR …", self.tr("One or the other, in capitals")),
                    ("type:photo", self.tr("Also note, document, audio and video")),
                    ("in:…", self.tr("With this in the folder’s or file’s name")),
                    ("before:2024-06", self.tr("And after:, also with words such as yesterday")),
                    ("near:…", self.tr("Taken at this place")),
                    ("camera:… rating:4", self.tr("By this camera; with so many stars or more")),
                ],
            ),
            (
                self.tr("Looking closely"),
                [
                    ("← / →", self.tr("Previous and next result")),
                    ("+ / −", self.tr("Larger and smaller")),
                    ("0 / 1", self.tr("Fit into the window, or full size")),
                    ("Page Up / Down", self.tr("Turn the pages of a document")),
                    ("I", self.tr("Facts")),
                    ("K", self.tr("Play and pause")),
                    ("J / L", self.tr("Back and forward in a recording")),
                    ("Esc", self.tr("Back to the results")),
                ],
            ),
            (
                self.tr("Map"),
                [
                    (self.tr("Arrows"), self.tr("Move")),
                    ("+ / −", self.tr("Nearer and further")),
                    ("Home", self.tr("All of the map")),
                    ("Return", self.tr("Look at what is in the middle")),
                    ("Ctrl+A", self.tr("Choose all in sight")),
                ],
            ),
        ]


class _Scrolling(QScrollArea):
    """All of it where the screen has room, such as with usual text; else it is scrolled."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(inside.sizeHint().width() + style.SCROLL_BAR)

    def sizeHint(self) -> QSize:  # noqa: N802
        """That of what is inside."""
        return QSize(self.minimumWidth(), self._inside.sizeHint().height())


def _first_column(groups: list[list[tuple[str, str]]]) -> int:
    """How many groups the first column has when both are about as long."""
    rows = [1 + len(keys) for keys in groups]
    return min(range(1, len(rows)), key=lambda at: max(sum(rows[:at]), sum(rows[at:])))


def _group(title: str, keys: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.PAGE_MARGIN)
    grid.setVerticalSpacing(style.GAP)
    grid.addWidget(style.role(QLabel(title), "heading"), 0, 0, 1, 2)
    for row, (key, does) in enumerate(keys, start=1):
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
        grid.addWidget(style.role(QLabel(shown), "badge"), row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(does), row, 1)
    # As wide in each group, so that all of a column begins at one line.
    grid.setColumnMinimumWidth(0, _KEY_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid
