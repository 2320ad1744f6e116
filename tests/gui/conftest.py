"""A real window over a real small library, without a display."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.gui.main_window import MainWindow


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
def window(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window of a library with nothing in it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with Application(tmp_path / "library", tmp_path / "models") as application:
        window = MainWindow(application)
        qtbot.addWidget(window)
        window.show()
        yield window
        window.close()
