"""Whether Linux would report the changes in one more folder: a person may watch only so many."""

from __future__ import annotations

import ctypes
import errno
import os
import sys

_ANY_FOLDER = b"/"
# include/uapi/linux/inotify.h
_CREATED = 0x100


def reached() -> str | None:
    """The limit that is reached, in the system's words; None while there is room.

    watchdog passes over subfolders that find no room, without a word.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_CLOEXEC)
    if descriptor < 0:
        return _named(ctypes.get_errno())
    try:
        added = libc.inotify_add_watch(descriptor, _ANY_FOLDER, _CREATED)
        return _named(ctypes.get_errno()) if added < 0 else None
    finally:
        os.close(descriptor)


def _named(number: int) -> str | None:
    """ENOSPC would be told as a disk without space; other errors say nothing of a limit."""
    return {
        errno.ENOSPC: "inotify watch limit reached",
        errno.EMFILE: "inotify instance limit reached",
    }.get(number)
