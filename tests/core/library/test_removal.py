"""A removed folder leaves nothing behind, whenever the removal is broken off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_mmrag.application import Application
from desktop_mmrag.errors import DiskFull
from desktop_mmrag.library import folder_list, removal
from desktop_mmrag.library.catalog import Changes, Stat
from desktop_mmrag.library.keeping import Keeping
from desktop_mmrag.library.library import Library, open_library
from tests.core.library.test_keeping import understood

SECRET = "xylophonesecret"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of one folder, whose one file has a secret name."""
    opened = open_library(tmp_path / "library")
    folder = opened.catalog.add_folder(Path("/things"))
    folder_list.write(opened.folder, [folder.path])
    opened.catalog.apply(folder, Changes({f"{SECRET}.jpg": Stat(9, 9, 9)}, {}, {}, frozenset()))
    (file,) = opened.catalog.waiting()
    opened.keeping.keep(understood(file))
    yield opened
    opened.close()


def reopened(library: Library) -> Library:
    library.close()
    return open_library(library.folder)


def anywhere(library: Library, words: str) -> bool:
    files = (path for path in library.folder.rglob("*") if path.is_file())
    return any(words.encode() in path.read_bytes() for path in files)


def test_nothing_is_left_and_nothing_comes_back(library: Library) -> None:
    assert anywhere(library, SECRET)
    removal.remove(library, library.catalog.folders()[0])
    assert not anywhere(library, SECRET) and not anywhere(library, "things")
    again = reopened(library)
    assert again.catalog.folders() == []
    again.close()


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["sweep", "erase"])
def test_a_removal_that_is_killed_is_finished_later(
    library: Library, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Keeping, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            removal.remove(library, library.catalog.folders()[0])
    again = reopened(library)
    assert again.catalog.folders() == [], "the only folder was taken for one that was lost"
    removal.finish(again)
    assert not anywhere(again, SECRET)
    assert not (again.folder / "removing").exists()
    again.close()


def test_a_full_disk_leaves_the_rest_for_later(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("There is no room.")

    with monkeypatch.context() as broken:
        broken.setattr(Keeping, "erase", full)
        with pytest.raises(DiskFull):
            removal.remove(library, library.catalog.folders()[0])
        removal.finish(library)
        assert (library.folder / "removing").exists()
    removal.finish(library)
    assert not anywhere(library, SECRET)


def test_a_library_without_a_removal_is_not_rebuilt(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Keeping, "erase", _killed)
    removal.finish(library)


def test_a_damaged_library_that_was_set_aside_goes_too(library: Library) -> None:
    aside = library.folder / "library.sqlite.damaged-20240101-000000"
    aside.write_text(f"what was known of {SECRET}")
    removal.remove(library, library.catalog.folders()[0])
    assert not aside.exists()


def test_the_next_run_of_the_program_finishes_it(library: Library) -> None:
    library.catalog.remove_folder(library.catalog.folders()[0])
    folder_list.write(library.folder, [])
    (library.folder / "removing").touch()
    library.close()
    with Application(library.folder, library.folder / "models") as application:
        for _ in application.index():
            pass
        assert not anywhere(application.library, SECRET)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_list_that_finds_no_room_is_told(tmp_path: Path) -> None:
    (tmp_path / "folders.json.new").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        folder_list.write(tmp_path, [Path("/things")])
