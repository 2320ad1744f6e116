"""The one box for finding and asking: searches as one types, completes, and takes pictures dropped or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QMenu, QWidget

from desktop_mmrag.domain import Medium
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.plain import name_clear_button
from desktop_mmrag.gui.window.drop_plan import can_be_searched_by

TYPING_PAUSE_MS = 220
HEIGHT = 40
"""In device-independent pixels; the main thing of the page is larger than other fields."""
_TALLER = (
    f"QLineEdit {{ min-height: {HEIGHT - 2}px; border-radius: {style.RADIUS}px; }}"
    f"QLineEdit:focus {{ min-height: {HEIGHT - 4}px; }}"
)
_SHOWN_SUGGESTIONS = 7
_RECENT_IN_MENU = 12
_OPERATORS = (
    *(f"type:{medium.value}" for medium in Medium),
    "in:",
    "before:",
    "after:",
    "near:",
    "camera:",
    "rating:",
)


class SearchBox(QLineEdit):
    """Enter finds, Ctrl+Enter or a question mark at the end asks."""

    searched = Signal(str)
    """What to search for: after a pause in typing, or at once with Enter."""
    settled = Signal(str)
    """Enter: the person meant exactly this, worth remembering."""
    asked = Signal(str)
    examples_given = Signal(object)
    """A list of Paths to search by."""
    picture_pasted = Signal(QImage)
    picture_wanted = Signal()
    """The person wants to pick a file to search by."""
    history_cleared = Signal()
    left_downwards = Signal()
    """The down key: to the results."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: list[str] = []
        self.setObjectName("box")
        self.setAccessibleName(self.tr("Find or ask"))
        self.setPlaceholderText(self.tr("Find anything, or ask a question"))
        self.setClearButtonEnabled(True)
        name_clear_button(self)
        self.setStyleSheet(_TALLER)
        self.setAcceptDrops(True)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._typing.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self._build_actions()
        self._suggestions = QStringListModel(self)
        self._complete()
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self._changed)

    def _build_actions(self) -> None:
        self._find = QAction(self.tr("Search"), self)
        self._find.triggered.connect(self._settle)
        self._pick = QAction(self.tr("Search by a picture"), self)
        self._recent = QAction(self.tr("Recent searches"), self)
        # Tab passes buttons within a field by.
        for action, keys in ((self._pick, "Ctrl+I"), (self._recent, "Ctrl+H")):
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({shown})")
        self._pick.triggered.connect(self.picture_wanted)
        self._recent.triggered.connect(self._show_recent)
        self.addAction(self._find, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._recent, QLineEdit.ActionPosition.TrailingPosition)
        self.addAction(self._pick, QLineEdit.ActionPosition.TrailingPosition)
        self._dress()

    def _dress(self) -> None:
        self._find.setIcon(style.icon("find", "quiet"))
        self._pick.setIcon(style.icon("photo", "quiet"))
        self._recent.setIcon(style.icon("history", "quiet"))
        style.dress_clear_button(self)

    def _complete(self) -> None:
        completer = QCompleter(self._suggestions, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_SHOWN_SUGGESTIONS)
        completer.activated.connect(self._chosen)
        self.setCompleter(completer)

    # --- what others set

    def put(self, text: str) -> None:
        """Sets the text without searching."""
        self.setText(text)
        self._typing.stop()

    def set_history(self, searches: Sequence[str]) -> None:
        """What was searched for lately, newest first."""
        self._history = list(searches)
        self._recent.setVisible(bool(self._history))

    # --- typing

    def _changed(self, text: str) -> None:
        self._typing.start()

    def _edited(self, text: str) -> None:
        self._suggestions.setStringList(suggestions(text, self._history))

    def _chosen(self, text: str) -> None:
        self.setText(text)
        if not text.endswith(":"):
            self._settle()

    def _settle(self) -> None:
        self._typing.stop()
        self.searched.emit(self.text().strip())
        if self.text().strip():
            self.settled.emit(self.text().strip())

    def ask(self) -> None:
        """Asks what stands here."""
        self._typing.stop()
        question = self.text().strip()
        if any(map(str.isalnum, question)):
            self.asked.emit(question)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter, Ctrl+Enter, the down key, Escape and pictures on the clipboard."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._hide_suggestions()
            self.ask()
        elif enter:
            self._hide_suggestions()
            self.ask() if self.text().strip().endswith(("?", "？")) else self._settle()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self._hide_suggestions():
            return
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._settle()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._took_picture():
            return
        else:
            super().keyPressEvent(event)

    def _hide_suggestions(self) -> bool:
        """Whether there were any."""
        completer = self.completer()
        popup = completer.popup() if completer else None
        if popup is None or not popup.isVisible():
            return False
        popup.hide()
        return True

    def _took_picture(self) -> bool:
        """Whether the clipboard held something to search by."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime.hasText() and not mime.hasUrls():
            return False
        return self._take(mime)

    # --- pictures

    def _take(self, mime: QMimeData) -> bool:
        if paths := files_in(mime):
            self.examples_given.emit(paths)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.picture_pasted.emit(image)
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files and pictures are searched by; text is typed."""
        if files_in(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
        elif event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """As when it came in."""
        if files_in(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
        elif event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Searches by what was dropped."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dropEvent(event)

    # --- history

    def _show_recent(self) -> None:
        menu = QMenu(self)
        for text in self._history[:_RECENT_IN_MENU]:
            menu.addAction(text.replace("&", "&&"), partial(self._chosen, text))
        menu.addSeparator()
        menu.addAction(self.tr("Clear recent searches"), self.history_cleared.emit)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Icons follow the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def suggestions(text: str, history: Sequence[str]) -> list[str]:
    """What the text may become: former searches that hold it, and operators for its last word."""
    typed = text.casefold().strip()
    if not typed:
        return []
    known = [old for old in history if typed in old.casefold() and old.casefold() != typed]
    start, _, last = text.rpartition(" ")
    word = last.casefold()
    operators = [
        f"{start} {operator}".lstrip()
        for operator in _OPERATORS
        if len(word) >= 2 and operator.startswith(word) and operator != word
    ]
    return [*operators[:5], *known[:_SHOWN_SUGGESTIONS]]


def files_in(mime: QMimeData) -> list[Path]:
    """The files that something dropped or pasted names; none when one cannot be searched by."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return paths if paths and all(map(can_be_searched_by, paths)) else []
