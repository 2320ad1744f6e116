"""Whatever the program writes into its library, nobody but the person may read it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_mmrag.application import Application

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of files")


@pytest.fixture
def generous() -> Iterator[None]:
    """A person whose programs let everybody read what they write."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_the_library_folder_is_0700_and_all_in_it_0600(tmp_path: Path, generous: None) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    for path in (folder / "harbour.png", folder / "note.md"):
        if path.suffix == ".png":
            Image.effect_noise((64, 64), 80).convert("RGB").save(path)
        else:
            path.write_text("The ferry leaves at nine.")
        os.utime(path, (1e9, 1e9))
    library = tmp_path / "library"
    with Application(library, tmp_path / "models") as application:
        application.add_folder(folder)
        for _ in application.index():
            pass
        application.apply(application.settings)
        found = {path: _mode(path) for path in [library, *library.rglob("*")]}
    assert any(path.suffix == ".jpg" for path in found)
    assert any(path.name.endswith("-wal") for path in found)
    wrong = {
        path.name: oct(mode)
        for path, mode in found.items()
        if mode != (0o700 if path.is_dir() else 0o600) and path.exists()
    }
    assert not wrong


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)
