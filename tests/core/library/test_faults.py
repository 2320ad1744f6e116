"""A drive that fails at the worst moment, played by a file system that counts SQLite's calls."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from desktop_mmrag.errors import DiskFull, DriveFailed
from desktop_mmrag.library.catalog import Changes
from desktop_mmrag.library.database import known_failure
from desktop_mmrag.library.library import Library, open_library
from tests.core.library.test_keeping import counts, understood, waiting

BASE = "unix"
# A step that shares no factor with the calls of a page: all kinds of call are struck.
STRIDE = 7


class Drive(apsw.VFS):
    """Passes every call on, and fails the one that is asked for."""

    def __init__(self) -> None:
        super().__init__("failing", BASE, makedefault=True)
        self.calls = 0
        self.fails_at: int | None = None

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return DriveFile(self, name, flags)

    def call(self) -> None:
        self.calls += 1
        if self.calls == self.fails_at:
            raise apsw.IOError("the drive is broken")


class DriveFile(apsw.VFSFile):
    def __init__(self, drive: Drive, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__(BASE, name, flags)
        self._drive = drive

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self._drive.call()
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._drive.call()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._drive.call()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._drive.call()
        super().xTruncate(size)


@pytest.fixture
def drive() -> Iterator[Drive]:
    if BASE not in apsw.vfs_names():
        pytest.skip("this system has another file system layer")
    before = apsw.vfs_names()[0]
    failing = Drive()
    yield failing
    apsw.set_default_vfs(before)
    failing.unregister()


def keep_and_remove(library: Library, hash: bytes) -> None:
    """Every kind of writing: rows, words, vectors, removal, rebuilding."""
    (file,) = waiting(library, "two.jpg")
    library.keeping.keep(understood(file, hash))
    library.catalog.apply(library.catalog.folders()[0], Changes({}, {}, {}, frozenset({file.id})))
    library.keeping.sweep()
    library.keeping.erase()


def test_an_error_at_any_call_costs_nothing_that_was_kept(tmp_path: Path, drive: Drive) -> None:
    library = open_library(tmp_path / "first")
    (file,) = waiting(library, "one.jpg")
    library.keeping.keep(understood(file))
    library.close()
    struck, at = 0, 1
    while True:
        folder = shutil.copytree(tmp_path / "first", tmp_path / str(at))
        library = open_library(folder)
        drive.calls, drive.fails_at = 0, at
        try:
            keep_and_remove(library, b"z" * 32)
            break
        except (DriveFailed, apsw.IOError):
            struck += 1
        finally:
            drive.fails_at = None
            library.close()
        library = open_library(folder)
        found = counts(library)
        assert library.database.check() == []
        assert found["content"] in (1, 2)
        assert found["segment"] == 2 * found["content"]
        assert {found[one] for one in ("words", "facts", "text", "image-text")} == {
            found["content"]
        }
        library.close()
        at += STRIDE
    assert struck > 20


def test_a_library_whose_drive_fails_at_opening_is_not_taken_for_a_damaged_one(
    tmp_path: Path, drive: Drive
) -> None:
    library = open_library(tmp_path)
    waiting(library, "one.jpg")
    library.close()
    for at in range(1, 12):
        drive.calls, drive.fails_at = 0, at
        try:
            open_library(tmp_path).close()
        except (DriveFailed, apsw.IOError):
            continue
        finally:
            drive.fails_at = None
    assert not list(tmp_path.glob("*.damaged-*"))
    library = open_library(tmp_path)
    assert library.catalog.waiting_count() == 1
    library.close()


def test_what_is_written_to_a_failing_drive_is_told_as_no_fault_of_the_file(
    tmp_path: Path, drive: Drive
) -> None:
    library = open_library(tmp_path)
    (file,) = waiting(library, "one.jpg")
    drive.calls, drive.fails_at = 0, 1
    with pytest.raises(DriveFailed, match="could not read or write"):
        library.keeping.keep(understood(file))
    drive.fails_at = None
    library.keeping.keep(understood(file))
    assert library.catalog.waiting_count() == 0
    library.close()


def test_what_is_read_from_a_failing_drive_is_told_as_no_fault_of_the_file(
    tmp_path: Path, drive: Drive
) -> None:
    library = open_library(tmp_path)
    drive.calls, drive.fails_at = 0, 1
    library.database.leave()
    with pytest.raises(DriveFailed, match="could not read or write"):
        library.contents.by_hash(b"h" * 32)
    drive.fails_at = None
    assert library.contents.by_hash(b"h" * 32) is None
    library.close()


def test_a_share_of_the_disk_that_is_used_up_is_a_full_disk(tmp_path: Path) -> None:
    told = known_failure(apsw.IOError("disk I/O error"), tmp_path, errno.EDQUOT)
    assert isinstance(told, DiskFull)
