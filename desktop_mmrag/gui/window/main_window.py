"""The window's frame: sidebar, views, status, and one bridge; the library is opened behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_mmrag.errors import KnownError, LibraryUnusable
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.look.banner import Banner
from desktop_mmrag.gui.look.enter import pressed_by_enter
from desktop_mmrag.gui.window.failure_dialog import FailureDialog
from desktop_mmrag.gui.window.keys import bind_keys
from desktop_mmrag.gui.window.log_file import log_path
from desktop_mmrag.gui.window.opening import OpeningView
from desktop_mmrag.gui.window.sidebar import Sidebar
from desktop_mmrag.gui.window.status_line import StatusLine

if TYPE_CHECKING:
    # Importing the application takes longer than the window may: it is done in the background.
    from desktop_mmrag.application import Application
    from desktop_mmrag.gui.window.open_library import OpenLibrary

_SIZE = (1240, 800)
_SMALLEST = (720, 480)


class MainWindow(QMainWindow):
    """Up at once; `opened` comes when its library is."""

    opened = Signal()
    closing = Signal()
    """It is gone from the screen; another start shall not wait for it."""
    closed = Signal()

    def __init__(self, folder: Path, open_application: Callable[[], Application]) -> None:
        """`folder`: the library's. `open_application` runs in the background and may raise."""
        super().__init__()
        self._folder = folder
        self._open_application = open_application
        self.bridge = Bridge(self)
        self.library: OpenLibrary | None = None
        self._given: list[Path] = []
        self._quitting = self._begun = self._damaged = False
        self.setWindowTitle("Desktop MMRAG")
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self._build()
        self._remembered = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self._restore()
        self.bridge.crashed.connect(self.tell_unforeseen)
        self.bridge.failed.connect(self.banner.tell)
        for failing in (self.bridge.failed, self.bridge.crashed):
            failing.connect(self._note_damage)
        bind_keys(self)

    def _build(self) -> None:
        self.sidebar = Sidebar()
        self.pages = QStackedWidget()
        self.status = StatusLine()
        self.banner = Banner()
        self.banner.setObjectName("windowBanner")
        self._opening = OpeningView()
        self._opening.again_wanted.connect(self.open_library)
        self._opening.quit_wanted.connect(self.quit)
        self.pages.addWidget(self._opening)
        self._failure = FailureDialog(log_path(self._folder), self)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget, stretch in ((self.banner, 0), (self.pages, 1)):
            right.addWidget(widget, stretch)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addLayout(right, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)

    # --- opening

    def open_library(self) -> None:
        """Opens the library in the background and then builds the views."""
        self._begun = True
        self.pages.setCurrentWidget(self._opening)
        self._opening.begin()

        def work() -> Iterator[Application]:
            # Heavy imports happen here, away from the Qt thread.
            from desktop_mmrag.gui.preview.player_view import multimedia
            from desktop_mmrag.gui.window import open_library  # noqa: F401

            multimedia()
            yield self._open_application()

        def ended() -> None:
            if self.library is None and self._opening.waiting:
                hint = self.tr("Try again; the log says more: {0}").format(log_path(self._folder))
                self._opening.tell(LibraryUnusable(self.tr("Something unexpected happened."), hint))

        self.bridge.run(work, self._attach, ended, self._opening.tell)

    def _attach(self, application: Application) -> None:
        from desktop_mmrag.gui.window.open_library import OpenLibrary

        self.bridge.failed.disconnect(self.banner.tell)
        self.library = OpenLibrary(application, self)
        self.library.ready.connect(self._ready)

    def _ready(self) -> None:
        given, self._given = self._given, []
        self.opened.emit()
        if given:
            self.take(given)

    def take(self, paths: Sequence[Path]) -> None:
        """Takes in files and folders that were dropped or given; now, or when the library is open."""
        if self.library:
            self.library.intake.take(paths)
        else:
            self._given.extend(paths)

    def come_forward(self, paths: Sequence[Path] = ()) -> None:
        """Another start asked for this window."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        if paths:
            self.take(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """What no view has taken: Enter on a button."""
        if not pressed_by_enter(event):
            super().keyPressEvent(event)

    # --- failures

    def tell_unforeseen(self, problem: BaseException) -> None:
        """Shows a failure nobody foresaw."""
        if isinstance(problem, KnownError):
            self.banner.tell(problem)
        else:
            self._failure.add(problem)

    def _note_damage(self, problem: BaseException) -> None:
        if self.library and self.library.application.tells_of_damage(problem):
            self._damaged = True

    # --- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Everything may be dropped anywhere; the overlay says what will happen."""
        dragged = event.mimeData()
        if self.library and (dragged.hasUrls() or dragged.hasImage()):
            event.acceptProposedAction()
            self.library.drag_entered(event.mimeData())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Nothing is dropped after all."""
        if self.library:
            self.library.drag_left()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Takes in what was dropped."""
        if self.library:
            event.acceptProposedAction()
            self.library.dropped(event.mimeData())

    # --- being closed and coming back

    def _restore(self) -> None:
        self.resize(*_SIZE)
        if geometry := self._remembered.value("geometry"):
            self.restoreGeometry(geometry)
        self.sidebar.set_narrow(bool(self._remembered.value("narrow", False, type=bool)))

    def _remember(self) -> None:
        self._remembered.setValue("geometry", self.saveGeometry())
        self._remembered.setValue("narrow", self.sidebar.narrow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The library is opened when the window is first seen."""
        super().showEvent(event)
        if not self._begun:
            self.open_library()

    def begin_in_tray(self) -> None:
        """Opens the library without the window, if the system has a tray to call it from."""
        self.opened.connect(self._stay_in_tray)
        self.open_library()

    def _stay_in_tray(self) -> None:
        if not (self.library and self.library.show_in_tray()):
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Goes on in the tray if the person wants that; else everything ends. What was done is kept."""
        self._remember()
        if not self._quitting and self.library and self.library.stays_in_tray():
            self.hide()
            event.ignore()
            return
        self.hide()
        self.closing.emit()
        self.bridge.stop()
        if self.library:
            self.library.stop()
            # Without its child processes, work that takes minutes ends at once.
            self.library.application.renew()
        self.bridge.close()
        if self.library:
            application = self.library.application
            # While the window is open, its work would go on in a file that was moved.
            (application.close_damaged if self._damaged else application.close)()
        event.accept()
        self.closed.emit()

    def quit(self) -> None:
        """Ends the program whatever the setting for closing says; a second time does nothing."""
        if not self._quitting:
            self._quitting = True
            # A hidden window is closed too: in the tray it is nothing else.
            self.close()
