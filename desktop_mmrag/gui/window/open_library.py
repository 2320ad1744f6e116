"""Everything in the window that needs an open library: views, drops, status, tray, settings that act at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Progress
from desktop_mmrag.errors import CommandFailed
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.find.smart_folder_list import SmartFolderList
from desktop_mmrag.gui.look.choose_folder import choose_folder
from desktop_mmrag.gui.look.style import Style
from desktop_mmrag.gui.settings.settings_dialog import SettingsDialog
from desktop_mmrag.gui.welcome.onboarding import Onboarding
from desktop_mmrag.gui.window import login
from desktop_mmrag.gui.window.drop import DropOverlay, paths_in
from desktop_mmrag.gui.window.drop_plan import Plan, a_picture, plan_drop
from desktop_mmrag.gui.window.gentle import Computer, Gentle, Reason
from desktop_mmrag.gui.window.intake import Intake
from desktop_mmrag.gui.window.pages import PageKind, page_kinds
from desktop_mmrag.gui.window.shortcuts import ShortcutsPage
from desktop_mmrag.gui.window.tray import Tray
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.library.folder_counts import folder_counts

if TYPE_CHECKING:
    from desktop_mmrag.gui.window.main_window import MainWindow

_COUNT_AGAIN_MS = 3000


@dataclass(frozen=True, slots=True)
class _Totals:
    """What the library holds: watched folders, kept files, skipped files."""

    folders: int
    kept: int
    skipped: int


class OpenLibrary(QObject):
    """One for each window whose library is open."""

    ready = Signal()
    """All views are built."""

    def __init__(self, application: Application, window: MainWindow) -> None:
        super().__init__(window)
        self.application, self._window = application, window
        self.wiring = Wiring(application, window.bridge, self)
        self.intake = Intake(self.wiring, window)
        self._pages: dict[str, QWidget] = {}
        self._kinds = {kind.name: kind for kind in page_kinds()}
        self._unbuilt = [kind for kind in self._kinds.values() if kind.listens]
        self._onboarding: Onboarding | None = None
        self._front = "find"
        self._totals: _Totals | None = None
        self._planning: Stop | None = None
        self._overlay = DropOverlay(window)
        self._tray = Tray(window.windowIcon() or QApplication.windowIcon(), self)
        self._gentle = Gentle(self.wiring.keeping, window.bridge, Computer(), self)
        self._recount = QTimer(self, singleShot=True, interval=_COUNT_AGAIN_MS)
        self._recount.timeout.connect(self._count)
        self._starts_at_login = application.settings.start_at_login
        self._connect()
        self._settings_changed()
        for kind in self._kinds.values():
            window.sidebar.add(kind.name, kind.title, kind.icon)
        self._smart_folders = SmartFolderList(self.wiring)
        self._smart_folders.set_narrow(window.sidebar.narrow)
        window.sidebar.toggled.connect(self._smart_folders.set_narrow)
        window.sidebar.put_under("find", self._smart_folders)
        self._smart_folders.renewed.connect(window.sidebar.order)
        self._build_next()

    def _connect(self) -> None:
        wiring, window, keeping = self.wiring, self._window, self.wiring.keeping
        wiring.library_changed.connect(self._library_changed)
        wiring.settings_changed.connect(self._settings_changed)
        wiring.failure.connect(window.banner.tell)
        wiring.message.connect(window.status.say)
        wiring.page_wanted.connect(self.show_page)
        wiring.dropped.connect(self.intake.take)
        wiring.search_wanted.connect(lambda _: self.show_page("find"))
        wiring.question_asked.connect(lambda _: self.show_page("ask"))
        wiring.failures_wanted.connect(lambda: self.show_page("sources"))
        keeping.progressed.connect(self._progressed)
        keeping.paused_changed.connect(window.status.show_paused)
        keeping.paused_changed.connect(self._tray.show_paused)
        keeping.busy_elsewhere.connect(lambda _: window.status.show_elsewhere())
        window.status.pause_wanted.connect(self._pause)
        window.status.failures_wanted.connect(wiring.failures_wanted)
        window.sidebar.chosen.connect(self.show_page)
        window.sidebar.settings_wanted.connect(self.show_settings)
        self._tray.open_wanted.connect(window.come_forward)
        self._tray.pause_wanted.connect(self._pause)
        self._tray.quit_wanted.connect(window.quit)
        self._gentle.changed.connect(self._gives_way)

    # --- views

    def _build_next(self) -> None:
        """One view for each turn of the event loop, so that no turn takes long."""
        if not self._unbuilt:
            self._count()
            return
        self._build(self._unbuilt.pop(0))
        QTimer.singleShot(0, self._build_next)

    def _build(self, kind: PageKind) -> None:
        page = kind.make(self.wiring)
        self._pages[kind.name] = page
        self._window.pages.addWidget(page)
        if isinstance(page, SearchPage):
            page.box.installEventFilter(self)

    def show_page(self, name: str) -> None:
        """Brings a view to the front, or opens the settings."""
        if name == "settings":
            self.show_settings()
            return
        page = self._onboarding if name == "find" and self._onboarding else self.page(name)
        if page is None:
            return
        self._front = name
        find = self._pages.get("find")
        if isinstance(find, SearchPage):
            find.viewer.leave()
        self._window.pages.setCurrentWidget(page)
        self._window.sidebar.mark(name)

    def page(self, name: str) -> QWidget | None:
        """A view by its name; made now if nobody wanted it before."""
        if name not in self._pages and name in self._kinds and not self._kinds[name].listens:
            self._build(self._kinds[name])
        return self._pages.get(name)

    def focus_box(self) -> None:
        """Brings the box to the front."""
        self.show_page("find")
        page = self._pages.get("find")
        if isinstance(page, SearchPage):
            page.focus_box()

    # --- what the keys and buttons do

    def choose_folder(self) -> None:
        """Asks for a folder to watch."""
        title = self.tr("Choose a folder to watch")
        if chosen := choose_folder(self._window, title):
            self.intake.take([chosen])

    def show_settings(self) -> None:
        """Opens the settings."""
        self._show_dialog(SettingsDialog(self.wiring, self._window))

    def show_shortcuts(self) -> None:
        """Opens the page of shortcuts."""
        self._show_dialog(ShortcutsPage(self._window))

    def _show_dialog(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _pause(self, paused: bool) -> None:
        keeping = self.wiring.keeping
        (keeping.pause if paused else keeping.resume)()

    # --- what is kept

    def _progressed(self, progress: Progress) -> None:
        self._window.status.show_progress(progress)
        if progress.stage == "idle":
            self._count()

    def _library_changed(self) -> None:
        if not self._recount.isActive():
            self._recount.start()
        if self._totals is None or not self._totals.folders:
            self._count()

    def _count(self) -> None:
        def work() -> Iterator[_Totals]:
            library = self.application.library
            # As Sources counts them: a file that is there twice is two files.
            counts = folder_counts(library.database).values()
            yield _Totals(
                len(library.catalog.folders()),
                sum(sum(folder.kept.values()) for folder in counts),
                sum(folder.failed for folder in counts),
            )

        self.wiring.bridge.run(work, self._counted)

    def _counted(self, totals: _Totals) -> None:
        first, before = self._totals is None, self._totals
        self._totals = totals
        self._window.status.show_totals(totals.kept, totals.skipped)
        if first or (before and bool(before.folders) != bool(totals.folders)):
            self._begin_or_leave_onboarding(totals)
        if first:
            self.ready.emit()

    def _begin_or_leave_onboarding(self, totals: _Totals) -> None:
        if not totals.folders:
            self._onboarding = Onboarding(self.wiring)
            self._window.pages.addWidget(self._onboarding)
        elif self._onboarding:
            self._window.pages.removeWidget(self._onboarding)
            self._onboarding.deleteLater()
            self._onboarding = None
        self.show_page(self._front)
        if self._onboarding:
            self._onboarding.setFocus()
        if totals.folders:
            self.wiring.keeping.start()
            if self._front == "find":
                self.focus_box()

    def _gives_way(self, reason: Reason) -> None:
        words = {
            Reason.NONE: "",
            Reason.BATTERY: self.tr("slower on battery"),
            Reason.OTHERS: self.tr("giving way to other programs"),
        }
        self._window.status.show_slow(words[reason])

    # --- settings that act at once

    def _settings_changed(self) -> None:
        settings = self.application.settings
        for look in QApplication.instance().findChildren(Style):  # type: ignore[union-attr]
            look.choose(settings.appearance)
        self._gentle.set_wanted(settings.gentle)
        (self._tray.show if settings.keep_when_closed else self._tray.hide)()
        if settings.start_at_login != self._starts_at_login:
            self._starts_at_login = settings.start_at_login
            self._set_login(settings.start_at_login)

    def _set_login(self, wanted: bool) -> None:
        folder = self.application.folder

        def work() -> Iterator[None]:
            try:
                login.set_start_at_login(wanted, folder)
            except OSError as problem:
                raise CommandFailed(
                    f"Starting at login cannot be set: {problem.strerror}.",
                    "Add the program to your system's own list of programs that start at login.",
                ) from problem
            yield

        self.wiring.bridge.run(work, lambda _: None)

    def stays_in_tray(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        return self.application.settings.keep_when_closed and self._tray.available

    def show_in_tray(self) -> bool:
        """Puts the icon into the tray; whether there is one."""
        self._tray.show()
        return self._tray.available

    # --- dropping

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Says over the box that a picture there is searched by; the box does the rest."""
        if isinstance(event, QDragEnterEvent) and isinstance(watched, QWidget):
            if event.mimeData().hasUrls() or event.mimeData().hasImage():
                self.drag_entered(event.mimeData(), watched)
        elif isinstance(event, QDragLeaveEvent | QDropEvent):
            self.drag_left()
        return super().eventFilter(watched, event)

    def drag_entered(self, dragged: QMimeData, box: QWidget | None = None) -> None:
        """Covers the window but the box, and says what a drop will do."""
        paths, on_box = paths_in(dragged), box is not None
        self._overlay.begin(box)
        if self._planning:
            self._planning.ask()
        if on_box and not paths and dragged.hasImage():
            self._overlay.show_plan(a_picture())
            return

        def work() -> Iterator[Plan]:
            yield plan_drop(self.application, paths, on_box)

        self._planning = self.wiring.bridge.run(work, self._overlay.show_plan)

    def drag_left(self) -> None:
        """Uncovers the window."""
        if self._planning:
            self._planning.ask()
        self._overlay.hide()

    def dropped(self, dropped: QMimeData) -> None:
        """Takes in what was dropped."""
        self.drag_left()
        self.intake.take(paths_in(dropped))

    def stop(self) -> None:
        """Ends keeping and takes the tray's icon away."""
        self._tray.hide()
        self._gentle.set_wanted(False)
        self.wiring.keeping.stop()
