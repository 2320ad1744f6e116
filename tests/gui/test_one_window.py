"""A second start focuses the first window and hands its paths on, also after a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.gui.window.one_window import OneWindow, _name_of

_SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_mmrag.gui.window.one_window import OneWindow
qt = QCoreApplication([])
one = OneWindow(Path(sys.argv[1]))
first = one.first([Path(path) for path in sys.argv[2:]])
print("first" if first else "told the first")
if "crash" in sys.argv[2:]:
    import os
    os._exit(3)
"""


def _start_again(folder: Path, *paths: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _SECOND_START, str(folder), *paths],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def test_a_second_start_hands_its_paths_to_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    one = OneWindow(tmp_path)
    assert one.first()
    with qtbot.waitSignal(one.asked, timeout=20_000) as asked:
        second = _start_again(tmp_path, "/somewhere/notes", "/somewhere/tea.md")
    assert asked.args == [[Path("/somewhere/notes"), Path("/somewhere/tea.md")]]
    assert second.communicate(timeout=20)[0].strip() == "told the first"
    one.close()


def test_another_library_has_its_own_window(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one, other = OneWindow(tmp_path / "a"), OneWindow(tmp_path / "b")
    assert one.first()
    assert other.first()
    one.close()
    other.close()


def test_after_a_crash_the_next_start_is_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    crashed = _start_again(tmp_path, "crash")
    assert crashed.communicate(timeout=20)[0].strip() == "first"
    assert crashed.returncode == 3
    one = OneWindow(tmp_path)
    assert one.first()
    with qtbot.waitSignal(one.asked, timeout=20_000):
        _start_again(tmp_path)
    one.close()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes leave nothing behind there")
def test_a_socket_file_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    server = QLocalServer()
    assert server.listen(_name_of(tmp_path))
    left = Path(server.fullServerName())
    kept = left.with_name("kept")
    left.rename(kept)
    server.close()
    kept.rename(left)
    one = OneWindow(tmp_path)
    assert one.first()
    one.close()
    assert not left.exists()


def test_the_window_takes_in_what_a_second_start_was_given(
    window: MainWindow, files: Path, qtbot: QtBot
) -> None:
    window.hide()
    window.come_forward([files])
    assert window.isVisible()
    assert window.library
    catalog = window.library.application.library.catalog
    qtbot.waitUntil(lambda: [folder.path for folder in catalog.folders()] == [files.resolve()])
