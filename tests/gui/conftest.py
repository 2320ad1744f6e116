"""A real window over a real small library, without a display."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.look.style import Style
from desktop_mmrag.gui.window.garbage import Garbage
from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.gui.wiring import Wiring

WAIT_MS = 60_000


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


@pytest.fixture(scope="session", autouse=True)
def _garbage(qapp: QApplication) -> Iterator[None]:
    """Widgets die on the Qt thread alone, as in the program."""
    garbage = Garbage(qapp)
    garbage.spare_what_is_there()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _nothing_left(_garbage: None) -> Iterator[None]:
    """What a test leaves behind is gone before the next begins."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def style(qapp: QApplication) -> Style:
    """The program's look, for light and dark."""
    return Style(qapp)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two notes."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "cabin.md").write_text(
        "# The cabin\n\nThe spare key hangs behind the woodpile, in a coffee tin.", encoding="utf-8"
    )
    (folder / "garden.txt").write_text(
        "The tomatoes stand along the south wall and need water.", encoding="utf-8"
    )
    return folder


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    """An open library with nothing in it."""
    with Application(tmp_path / "library", tmp_path / "models") as application:
        yield application


@pytest.fixture
def kept_application(application: Application, files: Path) -> Application:
    """An open library that has understood `files`."""
    return _kept(application, files)


@pytest.fixture
def sample_application(application: Application) -> Application:
    """An open library that has understood the sample library: pictures, notes, a PDF."""
    return _kept(application, bundled.resources() / "sample" / "library")


def _kept(application: Application, folder: Path) -> Application:
    application.add_folder(folder)
    for _ in application.index():
        pass
    return application


@pytest.fixture
def wiring(application: Application, qtbot: QtBot, style: Style) -> Iterator[Wiring]:
    """What a page is handed; use it with `kept_application` or `sample_application` for files."""
    bridge = Bridge()
    wiring = Wiring(application, bridge)
    yield wiring
    wiring.keeping.stop()
    bridge.close()


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """Where the library of the window lies. It does not give way: other tests load the computer."""
    folder = tmp_path / "library"
    folder.mkdir(exist_ok=True)
    (folder / "settings.json").write_text('{"gentle": false}', encoding="utf-8")
    return folder


@pytest.fixture
def open_window(
    library_folder: Path, tmp_path: Path, qtbot: QtBot, style: Style
) -> Iterator[Callable[[], MainWindow]]:
    """Opens the window of the library once more; what is still open is closed at the end."""
    windows: list[MainWindow] = []

    def open_it() -> MainWindow:
        models = tmp_path / "models"
        window = MainWindow(library_folder, lambda: Application(library_folder, models))
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.opened, timeout=WAIT_MS):
            window.show()
        return window

    yield open_it
    for window in windows:
        window.quit()
    style.choose("light")


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    """The window of a library with nothing in it."""
    return open_window()


@pytest.fixture
def until_kept(qtbot: QtBot) -> Callable[[MainWindow, int], None]:
    """Waits until the line at the bottom says that so many files are kept and nothing is to do."""

    def wait(window: MainWindow, count: int) -> None:
        progress = window.findChild(QLabel, "progress")
        assert progress is not None
        wanted = "Up to date: 1 file" if count == 1 else f"Up to date: {count} files"
        qtbot.waitUntil(lambda: progress.text() == wanted, timeout=WAIT_MS)

    return wait


@pytest.fixture
def kept(
    window: MainWindow, files: Path, until_kept: Callable[[MainWindow, int], None]
) -> MainWindow:
    """The window once the folder of files has been understood."""
    window.take([files])
    until_kept(window, 2)
    return window
