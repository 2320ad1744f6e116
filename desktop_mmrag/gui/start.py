"""Starts the window: one Qt application, one library, one window, in the person's language."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_mmrag import bundled
from desktop_mmrag import settings as settings_file
from desktop_mmrag.errors import KnownError, LibraryUnusable, NoDisplay
from desktop_mmrag.gui.look.core_words import hint_of, message_of, title_of
from desktop_mmrag.gui.look.style import Style
from desktop_mmrag.gui.window.failure_dialog import Unforeseen
from desktop_mmrag.gui.window.garbage import Garbage
from desktop_mmrag.gui.window.log_file import start_log
from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.gui.window.one_window import OneWindow
from desktop_mmrag.gui.window.program import Program
from desktop_mmrag.settings import Settings

if TYPE_CHECKING:
    from desktop_mmrag.application import Application

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
# The Qt thread asks for the interpreter lock this often while others compute, in seconds.
_SWITCH_SECONDS = 0.0005


def open_window(folder: Path | None, paths: Sequence[Path] = (), in_tray: bool = False) -> int:
    """Opens the window and returns the exit status when it is closed.

    `paths`: folders and files to take in. `in_tray`: without showing the window, where the
    system has a tray. A second start hands its paths to the first and returns 0. Raises NoDisplay.
    """
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        raise NoDisplay("Neither DISPLAY nor WAYLAND_DISPLAY is set.")
    # A sound server that is not there is no news; the player says so where it matters.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    qt = Program()
    place = (folder or settings_file.default_folder()).expanduser().absolute()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = settings_file.load(place)
    except (KnownError, OSError) as problem:
        return _refuse(problem)
    one = OneWindow(place)
    if not one.first(paths):
        return 0
    try:
        return _show(qt, place, settings, one, paths, in_tray)
    finally:
        one.close()


def _show(
    qt: Program,
    place: Path,
    settings: Settings,
    one: OneWindow,
    paths: Sequence[Path],
    in_tray: bool,
) -> int:
    start_log(place)
    sys.setswitchinterval(_SWITCH_SECONDS)
    garbage = Garbage(qt)
    load_translations(qt, settings.language)
    Style(qt).choose(settings.appearance)
    window = MainWindow(place, lambda: _open_library(place))
    unforeseen = Unforeseen(window)
    unforeseen.happened.connect(window.tell_unforeseen)
    unforeseen.begin()
    one.asked.connect(window.come_forward)
    window.closing.connect(one.close)
    window.closed.connect(qt.quit)
    qt.end_wanted.connect(window.quit)
    window.opened.connect(garbage.spare_what_is_there)
    window.take(paths)
    if in_tray:
        window.begin_in_tray()
    else:
        window.show()
    return qt.exec()


def _open_library(place: Path) -> Application:
    from desktop_mmrag.application import Application

    return Application(place)


def _refuse(problem: KnownError | OSError) -> int:
    if isinstance(problem, OSError):
        problem = LibraryUnusable(f"{problem.filename} cannot be used: {problem.strerror}.")
    QMessageBox.critical(None, title_of(problem), f"{message_of(problem)}\n\n{hint_of(problem)}")
    return 1


def load_translations(qt: QApplication, language: str) -> list[QTranslator]:
    """Puts the window into a language: "system", or a locale such as "zh_CN"; English is built in.

    Returns what was installed.
    """
    locale = QLocale() if language == "system" else QLocale(language)
    QLocale.setDefault(locale)
    ours = str(bundled.resources() / "translations")
    qts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    installed: list[QTranslator] = []
    for name, folder in (("qtbase", qts), ("desktop_mmrag", ours)):
        translator = QTranslator(qt)
        if translator.load(locale, name, "_", folder):
            qt.installTranslator(translator)
            installed.append(translator)
    return installed
