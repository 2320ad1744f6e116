"""Pictures of every page in light and dark, at 1x and 2x, from a real window over the sample library.

    python tests/gui/screenshots.py FOLDER [--only NAME]...

Each picture is named PAGE-SCHEME-SCALE.png. Nothing is shown on a screen.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desktop_mmrag.gui.window.main_window import MainWindow

SIZE = (1240, 800)
SCALES = (1, 2)
SCHEMES = ("light", "dark")
LONGEST_S = 240.0


def main() -> None:
    """Takes all pictures; one process for each scaling, for Qt learns it at its start."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--scale", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--library", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.scale:
        Pictures(arguments.folder, arguments.scale, arguments.library, arguments.only).take()
        return
    with tempfile.TemporaryDirectory(prefix="screenshots-") as place:
        for scale in SCALES:
            only = [word for name in arguments.only for word in ("--only", name)]
            command = [
                sys.executable,
                __file__,
                str(arguments.folder),
                "--scale",
                str(scale),
                *only,
            ]
            command += ["--library", place]
            home = Path(place) / "home"
            for name in ("Pictures", "Documents/Notes/.obsidian", "Desktop"):
                (home / name).mkdir(parents=True, exist_ok=True)
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": str(scale),
                "HOME": str(home),
                "XDG_CONFIG_HOME": str(home / ".config"),
            }
            subprocess.run(command, check=True, env=environment)


class Pictures:
    """Leads a window from its first sight through all pages."""

    def __init__(self, folder: Path, scale: int, place: Path, only: list[str]) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop_mmrag.gui.look.style import Style

        self._folder, self._scale, self._only, self._place = folder, scale, only, place
        qt = QApplication.instance() or QApplication([])
        assert isinstance(qt, QApplication)
        self._qt = qt
        qt.setQuitOnLastWindowClosed(False)
        self._style = Style(qt)

    def take(self) -> None:
        """All of them."""
        if not self._only or "first-run" in self._only or not (self._place / "library").exists():
            self._first_run()
        library = self._place / "library"
        window = self._window(library)
        self._until(lambda: "Up to date" in _status(window))
        for name, steps in self._pages().items():
            if not self._only or any(name.startswith(wanted) for wanted in self._only):
                self._tidy(window)
                steps(window)
                self._picture(name, window)
        window.quit()

    def _tidy(self, window: MainWindow) -> None:
        """As after the start."""
        from desktop_mmrag.gui.wiring import SearchRequest

        assert window.library
        for dialog in self._dialogs(window):
            dialog.close()
        window.banner.hide()
        window.library.drag_left()
        window.resize(*SIZE)
        window.sidebar.set_narrow(False)
        window.library.wiring.search_wanted.emit(SearchRequest())
        window.library.focus_box()
        self._wait(0.3)

    def _first_run(self) -> None:
        from desktop_mmrag import bundled

        empty = self._window(self._place / f"empty-{self._scale}")
        self._wait(1.5)
        self._picture("first-run", empty)
        empty.quit()
        library = self._place / "library"
        torn = self._place / "files"
        if not torn.exists():
            torn.mkdir()
            (torn / "torn.jpg").write_bytes(b"\xff\xd8\xff" + bytes(300))
            (torn / "empty.pdf").write_bytes(b"")
        window = self._window(library)
        if self._scale == 1:
            window.take([bundled.resources() / "sample" / "library", torn])
            self._until(lambda: "Reading" in _status(window) or "Up to date" in _status(window))
            self._picture("busy", window)
            self._until(lambda: "Up to date" in _status(window))
        window.quit()

    # --- the pages

    def _pages(self) -> dict[str, Callable[[MainWindow], None]]:
        return {
            "find": lambda window: self._wait(1),
            "find-results": lambda window: self._search(window, "boiler"),
            "find-preview": self._preview,
            "find-filters": lambda window: self._search(window, "type:photo receipt"),
            "find-nothing": lambda window: self._search(window, "type:video"),
            "find-narrow": self._narrow,
            "ask": lambda window: self._page(window, "ask"),
            "ask-answer": self._answer,
            "map": lambda window: self._page(window, "map", 4),
            "sources": lambda window: self._page(window, "sources"),
            "sources-failures": self._failures,
            "models": lambda window: self._page(window, "models", 2),
            "settings": self._settings,
            "shortcuts": self._shortcuts,
            "drop": self._drop,
            "error": self._error,
            "unforeseen": self._unforeseen,
        }

    def _page(self, window: MainWindow, name: str, seconds: float = 1.0) -> None:
        assert window.library
        window.library.show_page(name)
        self._wait(seconds)

    def _search(self, window: MainWindow, words: str) -> None:
        from PySide6.QtWidgets import QLineEdit

        box = window.findChild(QLineEdit, "box")
        assert box is not None
        box.setText(words)
        self._wait(2.5)

    def _preview(self, window: MainWindow) -> None:
        from PySide6.QtWidgets import QAbstractItemView

        self._search(window, "receipt tyres")
        results = window.findChild(QAbstractItemView, "results")
        assert results is not None
        results.setCurrentIndex(results.model().index(0, 0))
        results.setFocus()
        self._wait(2.5)

    def _narrow(self, window: MainWindow) -> None:
        window.resize(760, 600)
        window.sidebar.set_narrow(True)
        self._wait(1)

    def _answer(self, window: MainWindow) -> None:
        assert window.library
        window.library.wiring.question_asked.emit("Where is the spare key of the cabin?")
        self._wait(4)

    def _failures(self, window: MainWindow) -> None:
        assert window.library
        window.library.wiring.failures_wanted.emit()
        self._wait(1)

    def _settings(self, window: MainWindow) -> None:
        assert window.library
        window.library.show_settings()
        self._wait(1)

    def _shortcuts(self, window: MainWindow) -> None:
        assert window.library
        window.library.show_shortcuts()
        self._wait(0.5)

    def _drop(self, window: MainWindow) -> None:
        from PySide6.QtCore import QMimeData, QUrl

        folder, program = self._place / "Holiday", self._place / "setup.exe"
        folder.mkdir(exist_ok=True)
        program.write_bytes(b"MZ" + bytes(100))
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in (folder, program)])
        assert window.library
        window.library.drag_entered(dragged)
        self._wait(0.7)

    def _error(self, window: MainWindow) -> None:
        from desktop_mmrag.errors import DiskFull

        assert window.library
        window.library.wiring.failure.emit(DiskFull("No space is left for the library."))
        self._wait(0.5)

    def _unforeseen(self, window: MainWindow) -> None:
        try:
            json.loads("{")
        except ValueError as problem:
            window.tell_unforeseen(problem)
        self._wait(0.5)

    # --- the work

    def _window(self, library: Path) -> MainWindow:
        from desktop_mmrag.application import Application
        from desktop_mmrag.gui.window.main_window import MainWindow

        library.mkdir(exist_ok=True)
        (library / "settings.json").write_text('{"gentle": false}', encoding="utf-8")
        window = MainWindow(library, lambda: Application(library, self._place / "models"))
        opened: list[bool] = []
        window.opened.connect(lambda: opened.append(True))
        window.show()
        self._until(lambda: bool(opened))
        window.resize(*SIZE)
        return window

    def _picture(self, name: str, window: MainWindow) -> None:
        for scheme in SCHEMES:
            self._style.choose(scheme)
            self._wait(0.4)
            shown = next(iter(self._dialogs(window)), window)
            path = self._folder / f"{name}-{scheme}-{self._scale}x.png"
            shown.grab().save(str(path))
            print(path)
        self._style.choose("light")

    def _dialogs(self, window: MainWindow) -> list[QDialog]:
        from PySide6.QtWidgets import QDialog

        return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]

    def _wait(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self._qt.processEvents()
            time.sleep(0.01)

    def _until(self, true: Callable[[], bool]) -> None:
        ends = time.monotonic() + LONGEST_S
        while not true():
            if time.monotonic() > ends:
                raise TimeoutError("the window never came so far")
            self._wait(0.1)
        self._wait(0.3)


def _status(window: MainWindow) -> str:
    from PySide6.QtWidgets import QLabel

    label = window.findChild(QLabel, "progress")
    return label.text() if label else ""


if __name__ == "__main__":
    main()
