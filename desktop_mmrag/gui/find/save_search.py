"""The star beside the box: keeps what is searched for as a smart folder in the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QInputDialog, QPushButton, QWidget

from desktop_mmrag.examples import UNWANTED, Given
from desktop_mmrag.gui.find.finding import Wanted
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.library.saved import SavedSearch


class SaveSearch(QPushButton):
    """Asks for a name. Ctrl+S does the same anywhere on the page."""

    def __init__(self, wiring: Wiring, wanted: Callable[[], Wanted], page: QWidget) -> None:
        """`wanted` gives what is searched for now; `page` is where Ctrl+S works."""
        super().__init__()
        self._wiring, self._wanted = wiring, wanted
        style.kind(self, "quiet")
        style.set_icon(self, "star")
        self.setObjectName("saveSearch")
        self.setAccessibleName(self.tr("Save this search"))
        self.setToolTip(self.tr("Save this search in the sidebar (Ctrl+S)"))
        self.clicked.connect(self._ask_name)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), page)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self._ask_name)

    def _ask_name(self) -> None:
        wanted = self._wanted()
        if not (wanted.is_search or wanted.media or wanted.span):
            self._wiring.message.emit(self.tr("Search for something first, then save it."))
            return
        name, agreed = QInputDialog.getText(
            self.window(),
            self.tr("Save this search"),
            self.tr("It stays in the sidebar and says when something new is found.\n\nName:"),
            text=wanted.text,
        )
        if agreed and name.strip():
            self.save(name, wanted)

    def save(self, name: str, wanted: Wanted) -> None:
        """Saves what is searched for; a failure is told at the top of the window."""
        folders = self._wiring.application.smart_folders
        givens = [
            Given(like.path, like.part, 1.0 if like.wanted else UNWANTED) for like in wanted.likes
        ]

        def work() -> Iterator[SavedSearch]:
            yield folders.add(name, wanted.typed(), wanted.media, givens)

        def saved(search: SavedSearch) -> None:
            self._wiring.message.emit(self.tr("Saved as “{0}”.").format(search.name))
            self._wiring.saved_changed.emit()

        self._wiring.bridge.run(work, saved)
