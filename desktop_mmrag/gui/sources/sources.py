"""The Sources page: the folders that are watched, the files that were skipped, what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import SourceFolder
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.choose_folder import choose_folder
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.question import question
from desktop_mmrag.gui.look.scrolling import scrolling
from desktop_mmrag.gui.sources.failures_view import FailuresView
from desktop_mmrag.gui.sources.folder_card import FolderCard, FolderNow, FolderState
from desktop_mmrag.gui.sources.left_out import LeftOut
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.library.folder_counts import FolderCounts, folder_counts

_REFRESH_MS = 2000
FOLDERS, FAILURES, LEFT_OUT = range(3)


class SourcesPage(QWidget):
    """Three views behind tabs; counts follow the indexing."""

    icon = "sources"

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._cards: dict[int, FolderCard] = {}
        self._removing: set[int] = set()
        self._reading = self._stale = False
        # Counting all files takes a while in a large library: not at each of many changes.
        self._soon = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._build()
        wiring.library_changed.connect(self._library_changed)
        wiring.keeping.paused_changed.connect(lambda _: self._library_changed())
        wiring.failures_wanted.connect(self.show_failures)

    @property
    def title(self) -> str:
        """The page's name."""
        return self.tr("Sources")

    # --- building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            style.PAGE_MARGIN, style.GAP_LARGE, style.PAGE_MARGIN, style.MARGIN
        )
        layout.setSpacing(style.GAP)
        layout.addLayout(self._build_header())
        self._tabs = QTabBar()
        self._tabs.setObjectName("sourceTabs")
        self._tabs.setAccessibleName(self.tr("Sources"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for words in (self.tr("Folders"), self.tr("Skipped files"), self.tr("Left out")):
            self._tabs.addTab(words)
        layout.addWidget(self._tabs)
        self._failures = FailuresView(self._wiring)
        self._views = QStackedWidget()
        for view in (self._build_folders(), self._failures, scrolling(LeftOut(self._wiring))):
            self._views.addWidget(view)
        layout.addWidget(self._views, 1)
        self._tabs.currentChanged.connect(self._choose)

    def _build_header(self) -> QHBoxLayout:
        add = style.kind(QPushButton(self.tr("Add folder …")), "primary")
        add.setObjectName("addFolder")
        style.set_icon(add, "folder-plus", "on_accent")
        add.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.addWidget(plain(self.title, "title"), 1)
        row.addWidget(add)
        return row

    def _build_folders(self) -> QWidget:
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, style.GAP, 0, 0)
        self._list.setSpacing(style.GAP + style.GAP_SMALL)
        self._list.addStretch(1)
        self._folder_pages = QStackedWidget()
        self._folder_pages.addWidget(scrolling(inside))
        self._folder_pages.addWidget(self._build_empty())
        return self._folder_pages

    def _build_empty(self) -> QWidget:
        page, icon = QWidget(), QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        style.set_pixmap(icon, "folder-plus", "accent", style.ICON_LARGE)
        heading = plain(self.tr("No folder is watched yet"), "title", name="noFolders")
        words = plain(
            self.tr(
                "Add folders with photos, notes, documents or recordings, or drop them here. "
                "They are only read, never changed."
            ),
            "quiet",
            wrap=True,
        )
        column = QVBoxLayout(page)
        column.setSpacing(style.GAP)
        column.addStretch(2)
        column.addWidget(icon)
        for label in (heading, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        return page

    # --- showing

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What changed while it was not seen is read now."""
        super().showEvent(event)
        self.refresh()

    def show_failures(self) -> None:
        """Brings the skipped files to the front."""
        self._tabs.setCurrentIndex(FAILURES)

    def _choose(self, tab: int) -> None:
        self._views.setCurrentIndex(tab)
        self.refresh()

    def _library_changed(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Reads folders and counts anew."""
        if self._tabs.currentIndex() == FAILURES:
            self._failures.refresh()
        # What changes during a reading is seen by the next.
        self._stale = self._reading
        if self._reading:
            return
        self._reading = True
        library = self._wiring.application.library

        def work() -> Iterator[list[FolderNow]]:
            counts = folder_counts(library.database)
            yield [
                FolderNow(folder, counts.get(folder.id, FolderCounts()))
                for folder in library.catalog.folders()
            ]

        self._wiring.bridge.run(work, self._show_folders, self._read)

    def _read(self) -> None:
        self._reading = False
        if self._stale:
            self.refresh()

    def _show_folders(self, folders: list[FolderNow]) -> None:
        ids = {now.folder.id for now in folders}
        for gone in self._cards.keys() - ids:
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        for now in folders:
            if now.folder.id not in self._cards:
                self._add_card(now)
            state = now.state(self._wiring.keeping.paused)
            if now.folder.id in self._removing:
                state = FolderState.REMOVING
            self._cards[now.folder.id].show_now(now, state)
        self._folder_pages.setCurrentIndex(0 if folders else 1)
        skipped = sum(now.counts.failed for now in folders)
        words = self.tr("Skipped files")
        self._tabs.setTabText(
            FAILURES, f"{words} ({in_words.number(skipped)})" if skipped else words
        )

    def _add_card(self, now: FolderNow) -> None:
        card = FolderCard(now)
        folder = now.folder
        card.pause_wanted.connect(lambda paused: self._pause(folder, paused))
        card.remove_wanted.connect(lambda: self._ask_removal(card))
        card.open_wanted.connect(lambda: _open(folder.path))
        card.failures_wanted.connect(self.show_failures)
        self._cards[folder.id] = card
        self._list.insertWidget(self._list.count() - 1, card)

    # --- doing

    def _choose_folder(self) -> None:
        if chosen := choose_folder(self, self.tr("Choose a folder to watch")):
            self._wiring.dropped.emit([chosen])

    def _pause(self, folder: SourceFolder, paused: bool) -> None:
        catalog = self._wiring.application.library.catalog

        def work() -> Iterator[None]:
            catalog.set_paused(folder, paused)
            yield

        self._wiring.bridge.run(work, lambda _: None, self.refresh)

    def _ask_removal(self, card: FolderCard) -> None:
        folder, counts = card.now.folder, card.now.counts
        count = sum(counts.kept.values()) + counts.failed + counts.waiting
        files = in_words.number(count)
        asked = self.tr("Forget “{0}”?").format(folder.path.name)
        told = self.tr(
            "The library forgets all it knows of the {0} files in {1}: their words, previews "
            "and vectors. They are no longer found or used in answers.\n\n"
            "The files themselves stay where they are."
        )
        if count == 1:
            told = self.tr(
                "The library forgets all it knows of the one file in {1}: its words, preview "
                "and vectors. It is no longer found or used in answers.\n\n"
                "The file itself stays where it is."
            )
        box = question(
            self,
            "forgetFolder",
            self.tr("Forget a folder"),
            asked,
            told.format(files, in_words.folder(folder.path)),
        )
        forget = box.addButton(self.tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        forget.setObjectName("confirmForget")
        style.kind(forget, "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        forget.clicked.connect(lambda: self._remove(folder))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _remove(self, folder: SourceFolder) -> None:
        self._removing.add(folder.id)
        self.refresh()

        def work() -> Iterator[None]:
            self._wiring.application.remove_folder(folder.path)
            yield

        def done(_: None) -> None:
            self._wiring.message.emit(self.tr("{0} is forgotten.").format(folder.path.name))

        def ended() -> None:
            self._removing.discard(folder.id)
            self.refresh()

        self._wiring.keeping.alone(work, done, ended, self._failed)

    def _failed(self, problem: KnownError) -> None:
        self._wiring.failure.emit(problem)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
