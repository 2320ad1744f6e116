"""Starting at login: a small entry where each system looks for it, written and removed at the person's wish."""

from __future__ import annotations

import plistlib
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

_NAME = "desktop-mmrag"
_LABEL = "io.github.desktop-mmrag"


def command(library: Path) -> list[str]:
    """What starts the program in the tray for this library."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [_windowless(sys.executable), "-m", "desktop_mmrag"]
    return [*program, "--library", str(library), "window", "--in-tray"]


def set_start_at_login(wanted: bool, library: Path) -> None:
    """Writes or removes the entry of this user. Raises OSError."""
    if sys.platform == "win32":
        _set_run_key(wanted, command(library))
        return
    place = entry_path()
    if not wanted:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(_entry(command(library)))


def entry_path() -> Path:
    """The entry's file on Linux (XDG autostart) and macOS (launch agents)."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    return platformdirs.user_config_path() / "autostart" / f"{_NAME}.desktop"


def _entry(arguments: Sequence[str]) -> bytes:
    if sys.platform == "darwin":
        return launch_agent(arguments)
    return desktop_entry(arguments).encode()


def desktop_entry(arguments: Sequence[str]) -> str:
    """An XDG desktop entry (Desktop Entry Specification 1.5)."""
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=Desktop MMRAG\n"
        f"Exec={' '.join(_exec_quoted(argument) for argument in arguments)}\n"
        "Icon=desktop-mmrag\n"
        "X-GNOME-Autostart-enabled=true\n"
        "NoDisplay=true\n"
    )


def launch_agent(arguments: Sequence[str]) -> bytes:
    """A property list for launchd (launchd.plist(5))."""
    return plistlib.dumps({"Label": _LABEL, "ProgramArguments": list(arguments), "RunAtLoad": True})


def _exec_quoted(argument: str) -> str:
    """Quoting of the key Exec: backslash, quote, dollar and backtick escaped; % doubled."""
    if shlex.quote(argument) == argument and "%" not in argument:
        return argument
    escaped = argument
    for sign in ("\\", '"', "`", "$"):
        escaped = escaped.replace(sign, "\\" + sign)
    # The value is a string of the entry, where each backslash is written twice.
    escaped = escaped.replace("\\", "\\\\").replace("%", "%%")
    return f'"{escaped}"'


def _windowless(python: str) -> str:
    """Python without a console on Windows."""
    other = Path(python).with_name("pythonw.exe")
    return str(other) if sys.platform == "win32" and other.exists() else python


def _set_run_key(wanted: bool, arguments: Sequence[str]) -> None:
    if sys.platform != "win32":
        return
    import subprocess
    import winreg

    key = r"Software\Microsoft\Windows\CurrentVersion\Run"
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as run:
        if wanted:
            line = subprocess.list2cmdline(list(arguments))
            winreg.SetValueEx(run, _NAME, 0, winreg.REG_SZ, line)
            return
        try:
            winreg.DeleteValue(run, _NAME)
        except FileNotFoundError:
            return
