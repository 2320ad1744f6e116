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
        # No instance is left to ask with; those that listen already keep theirs.
        return None
    try:
        added = libc.inotify_add_watch(descriptor, _ANY_FOLDER, _CREATED)
        # The system's own words for it would be that the disk has no space.
        full = added < 0 and ctypes.get_errno() == errno.ENOSPC
        return "inotify watch limit reached" if full else None
    finally:
        os.close(descriptor)
