"""Every state of the window that is photographed, by the name of its picture."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QTabBar,
    QTreeView,
    QWidget,
)

from desktop_mmrag.domain import Medium
from desktop_mmrag.errors import DiskFull, LibraryUnusable
from desktop_mmrag.gui.find.arrangement import Grouping
from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.gui.wiring import Like, SearchRequest
from tests.gui.screenshot_download import SlowDownload
from tests.gui.screenshot_files import write_files
from tests.gui.screenshots import (
    UP_TO_DATE,
    Studio,
    child,
    dialogs,
    find_page,
    kept_some,
    opened,
    status,
)

_EMPTY_PAGES = ("ask", "map", "duplicates", "sources", "models")
_DOWNLOADED = "siglip2-base-int8"


class States:
    """Leads windows from their first sight through all pages."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._place = studio.wanted.place
        self._wants = studio.wanted.wants
        self._family, self._camera = (self._place / "home" / name for name in ("Family", "Camera"))

    def take(self) -> None:
        """All of them."""
        self._opening()
        self._empty()
        window = self._kept()
        try:
            self._all_of(window)
        finally:
            # Else its threads keep the process.
            window.quit()

    def _all_of(self, window: MainWindow) -> None:
        for name, steps in {**self._found(), **self._looked(), **self._others()}.items():
            if self._wants(name):
                self._tidy(window)
                steps(window)
                self._studio.picture(name, next(iter(dialogs(window)), window))
        self._menus(window)

    # --- before there is anything

    def _opening(self) -> None:
        if not self._wants("opening"):
            return
        window = self._studio.new_window(self._place / "empty")
        window.open_library = lambda: None  # type: ignore[method-assign]
        window.show()
        window._opening.begin()
        self._studio.wait(1.5)
        self._studio.picture("opening", window)
        window._opening.tell(LibraryUnusable("The library is on a drive that cannot be written."))
        self._studio.wait(0.3)
        self._studio.picture("opening-failed", window)
        window.quit()

    def _empty(self) -> None:
        names = [f"empty-{name}" for name in _EMPTY_PAGES]
        if not any(map(self._wants, ("first-run", *names))):
            return
        window = self._studio.open_window(self._place / "empty")
        self._studio.wait(1.5)
        if self._wants("first-run"):
            self._studio.picture("first-run", window)
        for page, name in zip(_EMPTY_PAGES, names, strict=True):
            if self._wants(name):
                self._page(window, page)
                self._studio.picture(name, window)
        window.quit()

    def _kept(self) -> MainWindow:
        library = self._place / "library"
        write_files(self._family, self._camera)
        fresh = not library.exists()
        window = self._studio.open_window(library)
        if fresh:
            window.take([self._family, self._camera])
            self._studio.until(lambda: kept_some(window))
            if self._wants("busy"):
                self._studio.picture("busy", window)
        self._studio.until(lambda: status(window).startswith(UP_TO_DATE))
        return window

    def _tidy(self, window: MainWindow) -> None:
        """As after the start."""
        library, page = opened(window), find_page(window)
        for dialog in dialogs(window):
            dialog.close()
        window.banner.hide()
        library.drag_left()
        library.wiring.keeping.resume()
        window.resize(*self._studio.wanted.size)
        window.sidebar.set_narrow(False)
        page.viewer.leave()
        page.bar.set_rows(False)
        page.bar.set_preview(True)
        page.bar.grouping_chosen.emit(Grouping.NONE)
        library.wiring.search_wanted.emit(SearchRequest())
        page.bar.grouping_chosen.emit(Grouping.MONTH)
        page.preview.clear()
        library.focus_box()
        self._studio.wait(0.4)

    # --- found

    def _found(self) -> dict[str, Callable[[MainWindow], None]]:
        request = SearchRequest
        picture = self._family / "pictures" / "red-bicycle.jpg"
        unlike = Like(picture, wanted=False)
        return {
            "find": lambda window: self._studio.wait(1),
            "find-results": lambda window: self._search(window, "boiler"),
            "find-list": self._list,
            "find-grouped": self._grouped,
            "find-chosen": self._chosen,
            "find-filters": lambda window: self._search(window, "type:photo receipt"),
            "find-like": lambda window: self._ask_for(window, request("", (Like(picture),))),
            "find-minus": lambda window: self._ask_for(window, request("snow", (unlike,))),
            "find-nothing": lambda window: self._search(window, "type:note before:1990 boiler"),
            "find-kind": lambda window: find_page(window).bar.kind_chosen.emit(Medium.DOCUMENT),
            "find-saved": self._saved,
            "find-no-preview": self._without_preview,
            "find-narrow": self._narrow,
        }

    def _search(self, window: MainWindow, words: str) -> None:
        find_page(window).box.setText(words)
        self._studio.wait(2.5)

    def _ask_for(self, window: MainWindow, request: SearchRequest) -> None:
        opened(window).wiring.search_wanted.emit(request)
        self._studio.wait(2.5)

    def _list(self, window: MainWindow) -> None:
        find_page(window).bar.set_rows(True)
        self._search(window, "boiler")

    def _grouped(self, window: MainWindow) -> None:
        find_page(window).bar.grouping_chosen.emit(Grouping.FOLDER)
        self._studio.wait(1)

    def _chosen(self, window: MainWindow) -> None:
        gallery = find_page(window).gallery
        for row in (0, 1, 3):
            index = gallery.model().index(row, 0)
            gallery.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        gallery.setFocus(Qt.FocusReason.TabFocusReason)
        self._studio.wait(1)

    def _saved(self, window: MainWindow) -> None:
        library = opened(window)
        if not library.application.smart_folders.all():
            library.application.smart_folders.add("Receipts", "receipt", frozenset(), [])
            library.application.smart_folders.add("Snow and winter", "snow", frozenset(), [])
        library.wiring.saved_changed.emit()
        self._studio.wait(1)

    def _without_preview(self, window: MainWindow) -> None:
        find_page(window).bar.set_preview(False)
        self._search(window, "receipt")

    def _narrow(self, window: MainWindow) -> None:
        window.resize(760, 600)
        window.sidebar.set_narrow(True)
        self._studio.wait(1)

    # --- looked at

    def _looked(self) -> dict[str, Callable[[MainWindow], None]]:
        return {
            "preview-region": lambda window: self._look(window, "receipt tyres", "elm-street"),
            "preview-looks": self._looks,
            "preview-note": lambda window: self._look(window, "spare key", "cabin.md"),
            "preview-document": lambda window: self._look(window, "insurance", "home-insurance"),
            "preview-recording": lambda window: self._look(window, "type:audio", "Interview"),
            "preview-video": lambda window: self._look(window, "harbour lights quay", "winter"),
            "viewer-photo": lambda window: self._view(window, "receipt tyres", "elm-street"),
            "viewer-note": lambda window: self._view(window, "spare key", "cabin.md"),
            "viewer-facts": lambda window: self._view(window, "bicycle in snow", "red-", True),
            "viewer-video": lambda window: self._view(window, "harbour lights quay", "winter"),
        }

    def _look(self, window: MainWindow, words: str, name: str) -> None:
        page = find_page(window)
        self._search(window, words)
        hits = page.gallery.hits
        row = next(at for at in range(hits.rowCount()) if hits.hit(at).path.name.startswith(name))
        page.gallery.setCurrentIndex(page.gallery.model().index(row, 0))
        page.gallery.setFocus(Qt.FocusReason.TabFocusReason)
        self._studio.wait(3)

    def _looks(self, window: MainWindow) -> None:
        """What the encoder is sure of in photos; it is never sure of drawn ones."""
        application = opened(window).application
        encoder = application.models.image_text()
        drawn = application.library.contents.by_path(self._family / "pictures" / "red-bicycle.jpg")
        assert encoder is not None and drawn is not None
        words = ("bicycle", "snow", "house", "christmas tree")
        application.library.looks.put(encoder.space, "by hand", {drawn: words})
        self._look(window, "bicycle in the snow", "red-bicy")

    def _view(self, window: MainWindow, words: str, name: str, facts: bool = False) -> None:
        self._look(window, words, name)
        QTest.keyClick(find_page(window).gallery, Qt.Key.Key_Space)
        self._studio.wait(1.5)
        if facts:
            QTest.keyClick(find_page(window).viewer, Qt.Key.Key_I)
        self._studio.wait(0.5)

    # --- the other pages

    def _others(self) -> dict[str, Callable[[MainWindow], None]]:
        return {
            "ask": lambda window: self._page(window, "ask"),
            "ask-answer": lambda window: self._answer(
                window, "Where is the spare key of the cabin?"
            ),
            "ask-several": lambda window: self._answer(
                window, "What did the plumber say the new boiler costs?"
            ),
            "ask-none": lambda window: self._answer(window, "Who won the chess game in Paris?"),
            "map": lambda window: self._page(window, "map", 4),
            "map-words": self._map_words,
            "map-chosen": self._map_chosen,
            "duplicates": lambda window: self._page(window, "duplicates", 3),
            "sources": lambda window: self._page(window, "sources"),
            "sources-failures": self._failures,
            "sources-left-out": self._left_out,
            "sources-forget": lambda window: self._click(window, "sources", "removeFolder"),
            "paused": self._paused,
            "models": lambda window: self._page(window, "models", 2),
            "models-terms": lambda window: self._click(window, "models", "download"),
            "models-paused": self._download,
            "settings": lambda window: self._settings(window, ""),
            "settings-search": lambda window: self._settings(window, "pictures 图片"),
            "settings-nothing": lambda window: self._settings(window, "zzz zzz"),
            "shortcuts": self._shortcuts,
            "drop": lambda window: self._drop(window, False),
            "drop-box": lambda window: self._drop(window, True),
            "error": self._error,
            "unforeseen": self._unforeseen,
        }

    def _page(self, window: MainWindow, name: str, seconds: float = 1.0) -> None:
        opened(window).show_page(name)
        self._studio.wait(seconds)

    def _answer(self, window: MainWindow, question: str) -> None:
        opened(window).wiring.question_asked.emit(question)
        self._studio.wait(4)

    def _map_words(self, window: MainWindow) -> None:
        self._page(window, "map", 1)
        child(window, "mapSide-words").click()
        self._studio.wait(3)

    def _map_chosen(self, window: MainWindow) -> None:
        self._page(window, "map", 3)
        view = window.findChild(QWidget, "map")
        view.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._studio.wait(2)

    def _failures(self, window: MainWindow) -> None:
        opened(window).wiring.failures_wanted.emit()
        self._studio.wait(2)
        tree = window.findChild(QTreeView, "failures")
        tree.setFocus(Qt.FocusReason.TabFocusReason)
        tree.setCurrentIndex(tree.model().index(0, 0, tree.model().index(0, 0)))
        self._studio.wait(0.5)

    def _left_out(self, window: MainWindow) -> None:
        self._page(window, "sources")
        for bar in opened(window).page("sources").findChildren(QTabBar):
            bar.setCurrentIndex(2)
        self._studio.wait(0.5)

    def _paused(self, window: MainWindow) -> None:
        self._page(window, "sources")
        opened(window).wiring.keeping.pause()
        self._studio.wait(1)

    def _click(self, window: MainWindow, page: str, name: str) -> None:
        self._page(window, page, 2)
        for bar in window.findChildren(QTabBar):
            bar.setCurrentIndex(0)
        child(opened(window).page(page), name).click()
        self._studio.wait(1)

    def _download(self, window: MainWindow) -> None:
        """Photographed while it runs, and left when it is paused."""
        library = opened(window)
        slow = SlowDownload(_DOWNLOADED, library.application.model_folder.folder)
        library.application.model_folder = slow.folder
        self._page(window, "models", 2)
        page = library.page("models")
        page.downloads.start(slow.entry)
        self._studio.wait(4)
        self._studio.picture("models-running", window)
        page.downloads.pause(_DOWNLOADED)
        self._studio.wait(2)
        slow.stop()

    def _settings(self, window: MainWindow, words: str) -> None:
        opened(window).show_settings()
        self._studio.wait(0.5)
        english, _, chinese = words.partition(" ")
        field = dialogs(window)[0].findChild(QLineEdit, "settingsSearch")
        field.setText(english if self._studio.wanted.language == "en" else chinese)
        self._studio.wait(0.5)

    def _shortcuts(self, window: MainWindow) -> None:
        opened(window).show_shortcuts()
        self._studio.wait(0.5)

    def _drop(self, window: MainWindow, on_box: bool) -> None:
        folder, program = self._place / "Holiday", self._place / "setup.exe"
        folder.mkdir(exist_ok=True)
        program.write_bytes(b"MZ" + bytes(100))
        paths = [self._family / "pictures" / "red-bicycle.jpg"] if on_box else [folder, program]
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        opened(window).drag_entered(dragged, find_page(window).box if on_box else None)
        self._studio.wait(0.7)

    def _error(self, window: MainWindow) -> None:
        opened(window).wiring.failure.emit(DiskFull("No space is left for the library."))
        self._studio.wait(0.5)

    def _unforeseen(self, window: MainWindow) -> None:
        try:
            json.loads("{")
        except ValueError as problem:
            window.tell_unforeseen(problem)
        self._studio.wait(0.5)

    # --- what lies over the window for a moment

    def _menus(self, window: MainWindow) -> None:
        for name, steps in {
            "menu-hit": self._hit_menu,
            "menu-history": self._history,
            "menu-words": self._completed,
            "dialog-save": lambda window: child(window, "saveSearch").click(),
        }.items():
            if self._wants(name):
                self._tidy(window)
                self._search(window, "receipt")
                QTimer.singleShot(6000, lambda name=name: self._popup(name))
                steps(window)
                self._studio.wait(7)

    def _popup(self, name: str) -> None:
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        if shown := qt.activePopupWidget() or qt.activeModalWidget():
            self._studio.picture(name, shown)
            shown.close()

    def _hit_menu(self, window: MainWindow) -> None:
        page = find_page(window)
        page.gallery.setCurrentIndex(page.gallery.model().index(0, 0))
        page.acts.show_menu(page.gallery.chosen(), page.gallery.mapToGlobal(page.pos()))

    def _history(self, window: MainWindow) -> None:
        self._answer(window, "How many photos do I have?")
        child(opened(window).page("ask"), "conversations").click()

    def _completed(self, window: MainWindow) -> None:
        box = find_page(window).box
        box.clear()
        QTest.keyClicks(box, "ty")
        self._studio.wait(0.5)
