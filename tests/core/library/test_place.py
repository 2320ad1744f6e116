"""A library lies in a private folder of this computer and is updated by one program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_mmrag.errors import LibraryInUse, LibraryOnNetworkDrive, LibraryUnusable
from desktop_mmrag.library import place

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home /home/ann/remote nfs4 rw 0 0
//box/share /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /home/ann/remote/usb ext4 rw 0 0
"""


def test_the_folder_is_made_and_private(tmp_path: Path) -> None:
    folder = place.prepare(tmp_path / "deep" / "library")
    assert folder.is_dir()
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("in the way")
    with pytest.raises(LibraryUnusable):
        place.prepare(tmp_path / "library")


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="the superuser may write everywhere",
)
def test_a_place_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(LibraryUnusable):
            place.prepare(tmp_path / "library")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/home/ann/library", False),
        ("/home/ann/remote/library", True),
        ("/home/ann/remote/usb/library", False),
        ("/mnt/my share/library", True),
    ],
)
def test_network_drives_are_recognised_by_the_innermost_mount(folder: str, network: bool) -> None:
    kind = place._file_system(Path(folder), MOUNTS)
    assert kind.startswith(place._NETWORK_FILE_SYSTEMS) == network


def test_a_library_on_a_network_drive_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "on_network_drive", lambda folder: True)
    with pytest.raises(LibraryOnNetworkDrive):
        place.prepare(tmp_path / "library")


def test_two_programs_cannot_update_one_library(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop_mmrag.library import place\n"
        f"with place.updating(Path({str(tmp_path)!r})):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=root,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LibraryInUse), place.updating(tmp_path):
            pass
        # A program that was killed leaves no lock behind.
        other.kill()
    with place.updating(tmp_path):
        pass


def test_what_fails_while_updating_is_raised_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the work itself"), place.updating(tmp_path):
        raise OSError("the work itself")
