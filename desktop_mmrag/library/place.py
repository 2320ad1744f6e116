"""Where a library may lie: its folder, private to the person, on a drive of this computer, updated by one program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_mmrag.errors import LibraryInUse, LibraryOnNetworkDrive, LibraryUnusable

_NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "afp", "fuse.sshfs", "9p", "davfs", "webdav")


def prepare(folder: Path) -> Path:
    """Makes the folder if need be, readable by its owner alone.

    Raises LibraryUnusable where it cannot be made or written, LibraryOnNetworkDrive.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as problem:
        raise LibraryUnusable(f"{folder} cannot be used: {problem.strerror}.") from problem
    if not os.access(folder, os.W_OK):
        raise LibraryUnusable(f"{folder} cannot be written to.")
    if on_network_drive(folder):
        raise LibraryOnNetworkDrive(
            f"{folder} lies on a network drive, where SQLite may lose data."
        )
    return folder


def on_network_drive(folder: Path) -> bool:
    """Whether the folder lies on a drive of another computer, as far as the system tells."""
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4  # DRIVE_REMOTE of GetDriveTypeW
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.resolve().anchor) == drive_remote)
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    return _file_system(folder.resolve(), mounts.read_text()).startswith(_NETWORK_FILE_SYSTEMS)


def _file_system(folder: Path, mounts: str) -> str:
    """The type of the innermost mount above `folder`."""
    found, length = "", -1
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) > length:
            found, length = kind, len(point)
    return found


def _private(path: str, flags: int) -> int:
    """An opener of files that only the person may read."""
    return os.open(path, flags, 0o600)


@contextmanager
def updating(folder: Path) -> Iterator[None]:
    """Holds the right to update the library. The system gives it back if the program dies.

    Raises LibraryInUse when another process holds it.
    """
    with open(folder / "updating.lock", "a+b", opener=_private) as lock:
        try:
            _lock(lock.fileno())
        except OSError as problem:
            raise LibraryInUse(f"The library in {folder} is being updated already.") from problem
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
