"""Pictures of every page and state in light and dark, at 1x and 2x, from a real window over the sample library.

    python tests/gui/screenshots.py FOLDER [--only NAME]... [--scale N]... [--scheme light|dark]...
        [--language zh_CN] [--size 900x600] [--text 1.5] [--library DIR]

Each picture is named PAGE-SCHEME-SCALE.png; what is not usual (language, size, text) is in front
of the ending. `--library` keeps the library for the next run. Nothing is shown on a screen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

    from desktop_mmrag.gui.find.search_page import SearchPage
    from desktop_mmrag.gui.window.main_window import MainWindow
    from desktop_mmrag.gui.window.open_library import OpenLibrary

SIZE = "1240x800"
LONGEST_S = 240.0
UP_TO_DATE = ("Up to date", "已是最新")


@dataclass(frozen=True)
class Wanted:
    """What is photographed, and how."""

    folder: Path
    place: Path
    """Where the library, the files and the home folder of the run lie."""
    scale: int
    schemes: tuple[str, ...]
    only: tuple[str, ...]
    language: str
    size: tuple[int, int]
    text: float
    """How much larger the system's text is."""
    ending: str

    def wants(self, name: str) -> bool:
        """Whether a page is to be photographed."""
        return not self.only or any(name.startswith(wanted) for wanted in self.only)


def main() -> None:
    """Takes all pictures; one process for each scaling, for Qt learns it at its start."""
    arguments = _parser().parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.place:
        from tests.gui.screenshot_states import States

        States(Studio(_wanted(arguments))).take()
        return
    with tempfile.TemporaryDirectory(prefix="screenshots-") as temporary:
        place = (arguments.library or Path(temporary)).absolute()
        for scale in arguments.scale or (1, 2):
            again = [sys.executable, __file__, *sys.argv[1:], "--place", str(place)]
            again += ["--ratio", str(scale)]
            subprocess.run(again, check=True, env=_environment(place / "home", scale))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--scale", type=int, action="append", default=[])
    parser.add_argument("--scheme", action="append", default=[])
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default=SIZE)
    parser.add_argument("--text", type=float, default=1.0)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ratio", type=int, default=1, help=argparse.SUPPRESS)
    return parser


def _wanted(given: argparse.Namespace) -> Wanted:
    ending = "" if given.language == "en" else f"-{given.language}"
    ending += "" if given.size == SIZE else f"-{given.size}"
    ending += "" if given.text == 1.0 else f"-{given.text:.0%}".rstrip("%")
    width, height = (int(side) for side in given.size.split("x"))
    schemes = tuple(given.scheme) or ("light", "dark")
    only = tuple(given.only)
    return Wanted(
        given.folder, given.place, given.ratio, schemes, only, given.language, (width, height),
        given.text, ending,
    )  # fmt: skip


def _environment(home: Path, scale: int) -> dict[str, str]:
    """Of a person with a few folders, whose settings are not those of who runs this."""
    for name in ("Pictures", "Documents/Notes/.obsidian", "Desktop"):
        (home / name).mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "QT_LOGGING_RULES": "*=false",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
    }


class Studio:
    """A Qt program without a display: opens windows, waits, and takes pictures of them."""

    def __init__(self, wanted: Wanted) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop_mmrag.gui.look.style import Style
        from desktop_mmrag.gui.start import load_translations

        self.wanted = wanted
        qt = QApplication.instance() or QApplication([])
        assert isinstance(qt, QApplication)
        self._qt = qt
        qt.setQuitOnLastWindowClosed(False)
        font = qt.font()
        font.setPointSizeF(font.pointSizeF() * wanted.text)
        qt.setFont(font)
        load_translations(qt, wanted.language)
        self._style = Style(qt)

    def open_window(self, library: Path) -> MainWindow:
        """A window whose library is open."""
        window = self.new_window(library)
        opened: list[bool] = []
        window.opened.connect(lambda: opened.append(True))
        window.show()
        self.until(lambda: bool(opened))
        window.resize(*self.wanted.size)
        return window

    def new_window(self, library: Path) -> MainWindow:
        """A window that is not shown yet."""
        from desktop_mmrag.application import Application
        from desktop_mmrag.gui.window.main_window import MainWindow

        library.mkdir(exist_ok=True)
        (library / "settings.json").write_text('{"gentle": false}', encoding="utf-8")
        window = MainWindow(library, lambda: Application(library, self.wanted.place / "models"))
        window.resize(*self.wanted.size)
        return window

    def picture(self, name: str, shown: QWidget) -> None:
        """Takes it in all schemes."""
        for scheme in self.wanted.schemes:
            self._style.choose(scheme)
            self.wait(0.4)
            end = f"{scheme}-{self.wanted.scale}x{self.wanted.ending}.png"
            path = self.wanted.folder / f"{name}-{end}"
            shown.grab().save(str(path))
            print(path, flush=True)
        self._style.choose("light")

    def wait(self, seconds: float) -> None:
        """Lets the window work."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self._qt.processEvents()
            time.sleep(0.01)

    def until(self, true: Callable[[], bool]) -> None:
        """Lets the window work until something is so. Raises TimeoutError."""
        ends = time.monotonic() + LONGEST_S
        while not true():
            if time.monotonic() > ends:
                raise TimeoutError("the window never came so far")
            self.wait(0.1)
        self.wait(0.3)


def dialogs(window: MainWindow) -> list[QDialog]:
    """Those that are open, the newest first."""
    from PySide6.QtWidgets import QDialog

    return [dialog for dialog in reversed(window.findChildren(QDialog)) if dialog.isVisible()]


def opened(window: MainWindow) -> OpenLibrary:
    """The library of a window."""
    assert window.library
    return window.library


def find_page(window: MainWindow) -> SearchPage:
    """The page that finds."""
    from desktop_mmrag.gui.find.search_page import SearchPage

    page = opened(window).page("find")
    assert isinstance(page, SearchPage)
    return page


def child(parent: QWidget | None, name: str) -> QAbstractButton:
    """The button of this name that is seen."""
    from PySide6.QtWidgets import QAbstractButton

    assert parent is not None
    found = [one for one in parent.findChildren(QAbstractButton, name) if one.isVisible()]
    assert found, name
    return found[0]


def status(window: MainWindow) -> str:
    """What the line at the bottom says."""
    from PySide6.QtWidgets import QLabel

    label = window.findChild(QLabel, "progress")
    return label.text() if label else ""


def kept_some(window: MainWindow) -> bool:
    """Whether there is something to see while more is read."""
    kept = sum(opened(window).application.library.contents.count_by_medium().values())
    return kept > 8 or status(window).startswith(UP_TO_DATE)


if __name__ == "__main__":
    main()
