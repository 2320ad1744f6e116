"""The saved searches under Find in the sidebar: a click makes one again, a number says what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.wiring import Like, SearchRequest, Wiring
from desktop_mmrag.library.saved import SavedSearch
from desktop_mmrag.smart_folders import News

_REFRESH_MS = 4000
_INDENT = 20
_LONGEST = 18


class SmartFolderList(QWidget):
    """Hidden while nothing is saved. Looks again a little after the library changed."""

    renewed = Signal()
    """All buttons are others now."""

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._working: Stop | None = None
        self._busy = self._stale = False
        self._news: dict[int, News] = {}
        self._rows: list[tuple[SavedSearch, int]] = []
        """What is shown: the searches, and how much is new in each."""
        self.setObjectName("smartFolders")
        self.setAccessibleName(self.tr("Saved searches"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_INDENT, 0, 0, 0)
        self._column.setSpacing(0)
        self._soon = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        wiring.library_changed.connect(self._later)
        wiring.models_changed.connect(self._later)
        wiring.saved_changed.connect(self.refresh)
        self.hide()
        self._wide = True
        self.refresh()

    def set_narrow(self, narrow: bool) -> None:
        """There is no room for names beside icons."""
        self._wide = not narrow
        self.setVisible(self._wide and bool(self._news))

    # --- what is new

    def _later(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Makes the saved searches again in the background, one round at a time."""
        self._stale = self._busy
        if self._busy:
            return
        self._busy = True
        folders = self._wiring.application.smart_folders

        def work() -> Iterator[list[News]]:
            news: list[News] = []
            for search in folders.all():
                try:
                    news.append(folders.news_of(search))
                except KnownError:
                    # As while a model is missing: it stays in the list.
                    news.append(News(search, (), frozenset()))
            yield news

        self._working = self._wiring.bridge.run(work, self._show, self._ended)

    def _ended(self) -> None:
        self._busy = False
        if self._stale:
            self.refresh()

    def _show(self, news: list[News]) -> None:
        before, self._news = self._news, {one.search.id: one for one in news}
        for one in news:
            known = before.get(one.search.id)
            if known is not None and (fresh := one.new - known.new):
                self._tell(one.search, len(fresh))
        rows = [(one.search, len(one.new)) for one in news]
        if rows != self._rows:
            # Else whoever stands on one stays there, however often the library changes.
            self._rows = rows
            self._build(news)

    def _build(self, news: list[News]) -> None:
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for one in news:
            self._column.addWidget(self._row(one))
        self.set_narrow(not self._wide)
        self.renewed.emit()

    def _tell(self, search: SavedSearch, fresh: int) -> None:
        said = self.tr("{0} new in “{1}”")
        self._wiring.message.emit(said.format(in_words.number(fresh), search.name))

    # --- how it looks

    def _row(self, news: News) -> QWidget:
        search, count = news.search, len(news.new)
        shown = search.name if len(search.name) <= _LONGEST else f"{search.name[:_LONGEST]}…"
        button = style.kind(QPushButton(f" {shown}"), "nav")
        style.set_icon(button, "bookmark", "quiet", style.ICON_SMALL)
        button.setObjectName(f"saved-{search.id}")
        said = self.tr("{0}, {1} new").format(search.name, count) if count else search.name
        button.setAccessibleName(said)
        button.setToolTip(search.words if search.words != search.name else search.name)
        button.clicked.connect(lambda: self._open(search))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(
            lambda at: self._menu(search).popup(button.mapToGlobal(QPoint(at)))
        )
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(button, 1)
        if count:
            badge = plain(in_words.number(count), "badge", name=f"new-{search.id}")
            line.addWidget(style.tone(badge, "accent"), 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _menu(self, search: SavedSearch) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("savedMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(style.icon("find"), self.tr("Search"), lambda: self._open(search))
        menu.addAction(style.icon("edit"), self.tr("Rename …"), lambda: self._ask_name(search))
        menu.addSeparator()
        remove = self.tr("Remove this search")
        menu.addAction(style.icon("trash", "danger"), remove, lambda: self.remove(search))
        return menu

    # --- acts

    def _open(self, search: SavedSearch) -> None:
        folders = self._wiring.application.smart_folders
        news = self._news.get(search.id)

        def work() -> Iterator[SearchRequest]:
            likes = tuple(
                Like(given.shown, given.weight > 0, given.part)
                for given in folders.givens(search)
                if not isinstance(given.shown, str)
            )
            kinds = " ".join(f"type:{medium}" for medium in sorted(search.media))
            yield SearchRequest(f"{search.words} {kinds}".strip(), likes)
            if news is not None:
                folders.mark_seen(news)

        self._wiring.bridge.run(work, self._wiring.search_wanted.emit, self.refresh)

    def _ask_name(self, search: SavedSearch) -> None:
        name, agreed = QInputDialog.getText(
            self.window(), self.tr("Rename"), self.tr("Name:"), text=search.name
        )
        if agreed and name.strip() and name.strip() != search.name:
            self.rename(search, name)

    def rename(self, search: SavedSearch, name: str) -> None:
        """Calls a saved search by another name; a taken one is told as a failure."""
        self._change(lambda: self._wiring.application.library.saved.rename(search, name))

    def remove(self, search: SavedSearch) -> None:
        """Forgets a saved search."""
        self._change(lambda: self._wiring.application.library.saved.remove(search))

    def _change(self, change: Callable[[], None]) -> None:
        def work() -> Iterator[None]:
            change()
            yield

        self._wiring.bridge.run(work, lambda _: None, self._wiring.saved_changed.emit)
