"""What an extractor process may do: its limits, and the hook that refuses network and writes."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop_mmrag.extract.isolation.failures import ActionRefused

_MB = 1 << 20
# Address space of libraries and network weights that are loaded on first use.
_LIBRARIES_MB = 1024

_REFUSED = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "http.client.connect",
    "ftplib.connect", "smtplib.connect", "imaplib.open", "poplib.connect",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.forkpty", "os.startfile", "os.kill", "os.killpg", "pty.spawn", "webbrowser.open",
    "winreg.CreateKey", "winreg.DeleteKey", "winreg.SetValue", "winreg.SaveKey",
    "ctypes.set_exception", "shutil.chown", "shutil.unpack_archive",
)  # fmt: skip
# Events whose leading arguments are the paths that would change.
_CHANGING = {
    "os.remove": 1, "os.rmdir": 1, "os.mkdir": 1, "os.rename": 2, "os.link": 2, "os.symlink": 2,
    "os.truncate": 1, "os.chmod": 1, "os.chown": 1, "os.utime": 1, "os.setxattr": 1,
    "os.removexattr": 1, "os.chflags": 1, "os.mkfifo": 1, "os.mknod": 1, "shutil.rmtree": 1,
    "sqlite3.connect": 1,
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def limit_resources(memory_mb: int) -> None:
    """Caps the address space at what is in use now plus `memory_mb`; no core files. POSIX only."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # macOS knows the limit but does not keep it; it may refuse to set it.
    with suppress(ValueError, OSError):
        most = _address_space() + (memory_mb + _LIBRARIES_MB) * _MB
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return 512 * _MB
    return pages * os.sysconf("SC_PAGE_SIZE")


def refuse_network_and_writes(scratch: Path) -> None:
    """From now on Python code of this process that connects or writes gets ActionRefused.

    Writing beneath `scratch` stays allowed. A hook cannot be taken back.
    """
    tempfile.tempdir = str(scratch)
    sys.dont_write_bytecode = True
    inside = os.path.realpath(scratch) + os.sep
    sys.addaudithook(lambda event, arguments: _judge(event, arguments, inside))


def _judge(event: str, arguments: tuple[Any, ...], inside: str) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITING and not _may_change(path, inside):
            raise ActionRefused(f"writing {path!r}")
    elif event in _CHANGING:
        for path in arguments[: _CHANGING[event]]:
            if not _may_change(path, inside):
                raise ActionRefused(f"{event} {path!r}")
    elif event in _REFUSED:
        raise ActionRefused(event)


def _may_change(path: Any, inside: str) -> bool:
    # An open descriptor was judged when it was opened.
    if isinstance(path, int):
        return True
    name = os.fsdecode(path)
    return name == os.devnull or os.path.realpath(name).startswith(inside)
