"""A source folder on the screen: what it holds, how it stands, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import Medium, SourceFolder
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import Elided, as_markup, plain
from desktop_mmrag.library.folder_counts import FolderCounts


class FolderState(Enum):
    """How a folder stands."""

    WATCHING = "watching"
    INDEXING = "indexing"
    PAUSED = "paused"
    OFFLINE = "offline"
    REMOVING = "removing"


@dataclass(frozen=True, slots=True)
class FolderNow:
    """A folder with its counts."""

    folder: SourceFolder
    counts: FolderCounts

    def state(self, all_paused: bool) -> FolderState:
        """`all_paused`: whether the person paused all indexing."""
        if not self.folder.online:
            return FolderState.OFFLINE
        if self.folder.paused or (all_paused and self.counts.waiting):
            return FolderState.PAUSED
        return FolderState.INDEXING if self.counts.waiting else FolderState.WATCHING


class FolderCard(QFrame):
    """Shows one FolderNow."""

    pause_wanted = Signal(bool)
    remove_wanted = Signal()
    open_wanted = Signal()
    failures_wanted = Signal()

    def __init__(self, now: FolderNow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.surface(self, "card")
        self.setObjectName(f"folder{now.folder.id}")
        self.now = now
        self._icon = QLabel()
        self._name = Elided(now.folder.path.name or str(now.folder.path), "heading")
        self._place = Elided(
            in_words.folder(now.folder.path), "quiet", Qt.TextElideMode.ElideMiddle
        )
        self._badge = plain(role="badge", name="folderState")
        self._counts = plain(role="quiet", wrap=True, name="folderCounts")
        self._bar = QProgressBar(textVisible=False)
        self._failed = style.kind(QPushButton(), "link")
        self._failed.setObjectName("folderFailures")
        self._failed.clicked.connect(self.failures_wanted)
        self._build()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(style.GAP_SMALL)
        words.addWidget(self._name)
        words.addWidget(self._place)
        words.addWidget(self._bar)
        words.addWidget(self._counts)
        states = QVBoxLayout()
        states.setSpacing(style.GAP)
        states.addStretch(1)
        for widget in (self._badge, self._failed):
            states.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight)
        states.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP_LARGE, style.GAP + 4, style.GAP, style.GAP + 4)
        row.setSpacing(style.GAP_LARGE)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(states)
        row.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        name = self.now.folder.path.name
        self._pause = _button("pause", "pauseFolder")
        self._pause.clicked.connect(lambda: self.pause_wanted.emit(not self.now.folder.paused))
        open_ = _button("open", "openFolder")
        open_.clicked.connect(self.open_wanted)
        _say(open_, self.tr("Show {0} in the file manager").format(name))
        self._remove = _button("trash", "removeFolder")
        self._remove.clicked.connect(self.remove_wanted)
        _say(self._remove, self.tr("Forget {0} …").format(name))
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in (self._pause, open_, self._remove):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    # --- showing

    def show_now(self, now: FolderNow, state: FolderState) -> None:
        """Shows counts and state as they are now."""
        self.now = now
        paused = now.folder.paused
        words, tone = self._state_words(state)
        self._badge.setText(words)
        style.tone(self._badge, tone)
        offline = state is FolderState.OFFLINE
        style.set_pixmap(
            self._icon, "offline" if offline else "sources", "quiet" if offline else "accent", 24
        )
        self._show_progress(now.counts, state)
        self._counts.setText(self._sentence(now.counts, state))
        self._show_failed(now.counts.failed)
        style.set_icon(self._pause, "play" if paused else "pause", "quiet")
        name = now.folder.path.name
        said = self.tr("Go on watching {0}") if paused else self.tr("Pause {0}")
        _say(self._pause, said.format(name))
        self.setAccessibleName(f"{name}, {words}, {self._counts.text()}")
        self.setEnabled(state is not FolderState.REMOVING)

    def _state_words(self, state: FolderState) -> tuple[str, str]:
        return {
            FolderState.WATCHING: (self.tr("Watching"), ""),
            FolderState.INDEXING: (self.tr("Indexing"), "accent"),
            FolderState.PAUSED: (self.tr("Paused"), ""),
            FolderState.OFFLINE: (self.tr("Offline"), "warning"),
            FolderState.REMOVING: (self.tr("Being forgotten"), "accent"),
        }[state]

    def _show_progress(self, counts: FolderCounts, state: FolderState) -> None:
        kept = sum(counts.kept.values())
        self._bar.setVisible(state in (FolderState.INDEXING, FolderState.REMOVING))
        if state is FolderState.REMOVING:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, max(1, kept + counts.failed + counts.waiting))
            self._bar.setValue(kept + counts.failed)

    def _show_failed(self, failed: int) -> None:
        self._failed.setVisible(bool(failed))
        number = in_words.number(failed)
        self._failed.setText(self.tr("Skipped: {0}").format(number))
        self._failed.setAccessibleName(self.tr("Show the skipped files: {0}").format(number))

    def _sentence(self, counts: FolderCounts, state: FolderState) -> str:
        parts = [
            self.tr("{0}: {1}").format(in_words.media(medium), in_words.number(counts.kept[medium]))
            for medium in Medium
            if counts.kept.get(medium)
        ]
        if counts.waiting:
            parts.append(self.tr("still to read: {0}").format(in_words.number(counts.waiting)))
        told = " · ".join(parts) or self.tr("Nothing that can be kept was found in it.")
        if state is FolderState.OFFLINE:
            reason = self.tr("It cannot be reached now. What was kept of it is still found.")
            return f"{told}\n{reason}" if parts else reason
        if state is FolderState.INDEXING and not parts:
            return self.tr("Looking for files")
        return told


def _button(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    style.set_icon(button, icon, "quiet")
    return button


def _say(button: QToolButton, words: str) -> None:
    button.setToolTip(as_markup(words))
    button.setAccessibleName(words)
