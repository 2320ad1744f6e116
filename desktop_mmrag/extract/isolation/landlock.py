"""Linux's Landlock by its system calls: this process may read files, but write in one folder only."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

# System call numbers are the same on all architectures (Linux 5.13 and newer).
_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH, _PR_SET_NO_NEW_PRIVS = 1, 1, 38

# include/uapi/linux/landlock.h
_EXECUTE, _WRITE_FILE, _TRUNCATE, _REFER, _IOCTL_DEVICE = 1 << 0, 1 << 1, 1 << 14, 1 << 13, 1 << 15
_MAKE_AND_REMOVE = sum(1 << bit for bit in range(4, 13))
_NETWORK_TCP = 0b11
_SCOPE_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scope", ctypes.c_uint64),
    )


class _BeneathPath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def confine(scratch: Path) -> bool:
    """No program started, no TCP, no signal to others, no write outside `scratch`.

    Binds the calling thread and those it starts: call it before any other thread runs. Returns
    False, having changed nothing, where the kernel does not offer Landlock.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)
    if version < 1:
        return False
    ruleset = _ruleset(libc, version)
    if ruleset < 0:
        return False
    try:
        writing = _WRITE_FILE | (_TRUNCATE if version >= 3 else 0)
        _allow(libc, ruleset, scratch, writing | _MAKE_AND_REMOVE)
        _allow(libc, ruleset, Path(os.devnull), writing)
        # Without this flag only root may restrict itself.
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            return False
        return bool(libc.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _ruleset(libc: ctypes.CDLL, version: int) -> int:
    files = _EXECUTE | _WRITE_FILE | _MAKE_AND_REMOVE
    files |= _REFER if version >= 2 else 0
    files |= _TRUNCATE if version >= 3 else 0
    files |= _IOCTL_DEVICE if version >= 5 else 0
    wanted = _Ruleset(files, _NETWORK_TCP, _SCOPE_SOCKETS_AND_SIGNALS)
    # An older kernel refuses a longer structure than it knows.
    size = 8 if version < 4 else 16 if version < 6 else 24
    return int(libc.syscall(_CREATE, ctypes.byref(wanted), ctypes.c_size_t(size), 0))


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _BeneathPath(rights, folder)
        libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(folder)
