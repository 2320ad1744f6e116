"""A library that turns out damaged while the window is open is set aside when the program ends."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from desktop_mmrag.errors import LibraryDamaged
from desktop_mmrag.gui.window.main_window import MainWindow


def _folder(window: MainWindow) -> Path:
    assert window.library
    return window.library.application.folder


def _damage(library: Path) -> None:
    """Overwrites a page in the midst of the file, which the open program has not read yet."""
    file = library / "library.sqlite"
    data = bytearray(file.read_bytes())
    data[8192 * 3 : 8192 * 5] = b"\xff" * 8192 * 2
    file.write_bytes(data)


def _written_in_vain(window: MainWindow) -> LibraryDamaged:
    """What whoever writes is told when SQLite finds damage."""
    assert window.library
    database = window.library.application.library.database
    with pytest.raises(LibraryDamaged) as raised, database.writing():
        raise apsw.CorruptError("database disk image is malformed")
    return raised.value


@pytest.mark.parametrize("writing", [True, False])
def test_it_is_set_aside_at_the_end(window: MainWindow, writing: bool) -> None:
    folder = _folder(window)
    assert window.library
    window.library.application.library.database.shrink()
    if writing:
        window.bridge.failed.emit(_written_in_vain(window))
    else:
        window.bridge.crashed.emit(apsw.CorruptError("database disk image is malformed"))
    assert not list(folder.glob("*.damaged-*")), "work goes on in the file while the window is open"
    _damage(folder)
    window.quit()
    assert list(folder.glob("*.damaged-*"))


def test_other_failures_do_not_cost_the_library(window: MainWindow) -> None:
    folder = _folder(window)
    window.bridge.crashed.emit(RuntimeError("a fault of the program"))
    window.quit()
    assert not list(folder.glob("*.damaged-*"))


def test_a_library_that_is_sound_stays(window: MainWindow) -> None:
    folder = _folder(window)
    window.bridge.crashed.emit(apsw.CorruptError("told in error"))
    window.quit()
    assert not list(folder.glob("*.damaged-*")) and (folder / "library.sqlite").exists()
