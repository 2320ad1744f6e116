"""Hands files to the system: opens them, with a chosen program too, and shows them in their folder."""

from __future__ import annotations

import configparser
import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeDatabase, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_FIELD_CODES = ("%f", "%F", "%u", "%U")
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Program:
    """A program that says it opens a kind of file."""

    name: str
    command: tuple[str, ...]
    """Its words; the file comes last."""


def open_file(path: Path) -> bool:
    """Opens a file with the system's own program for it; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_with(path: Path, program: Program) -> bool:
    """Starts a program with the file; False when it could not be started."""
    first, *rest = program.command
    started, _ = QProcess.startDetached(first, [*rest, str(path)])
    return bool(started)


def ask_which(path: Path) -> bool:
    """The system's own dialog for choosing a program, where it has one: Windows."""
    if sys.platform != "win32":
        return False
    return open_with(path, Program("", ("rundll32.exe", "shell32.dll,OpenAs_RunDLL")))


def chosen_program(file: Path) -> Program:
    """A program that the person picked by its file."""
    if sys.platform == "darwin" and file.suffix == ".app":
        return Program(file.stem, ("open", "-a", str(file)))
    return Program(file.stem, (str(file),))


def show_in_folder(path: Path) -> bool:
    """Opens the file manager with the file selected; its folder where that is not possible."""
    if sys.platform == "win32":
        return open_with(Path(f"/select,{path}"), Program("", ("explorer.exe",)))
    if sys.platform == "darwin":
        return open_with(path, Program("", ("open", "-R")))
    return _shown_by_file_manager(path) or open_file(path.parent)


def _shown_by_file_manager(path: Path) -> bool:
    """Over D-Bus: https://www.freedesktop.org/wiki/Specifications/file-manager-interface/."""
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage
    except ImportError:
        return False
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    manager = "org.freedesktop.FileManager1"
    interface = QDBusInterface(manager, "/org/freedesktop/FileManager1", manager, bus)
    if not interface.isValid():
        return False
    uris = [QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)]
    answer = interface.call("ShowItems", uris, "")
    return answer.type() != QDBusMessage.MessageType.ErrorMessage


# --- programs of a Linux desktop


def programs_for(path: Path) -> list[Program]:
    """Programs that say they open this kind of file; reads the disk. Linux alone keeps such a list."""
    if sys.platform in ("win32", "darwin"):
        return []
    mime = QMimeDatabase().mimeTypeForFile(str(path))
    found: dict[str, Program] = {}
    for kind in (mime.name(), *mime.allAncestors()):
        for program in _declared(kind):
            found.setdefault(program.name, program)
    return list(found.values())[:_LISTED]


def _declared(kind: str) -> Iterator[Program]:
    """By the cache of the Desktop Menu and MIME specifications of freedesktop.org."""
    for folder in _application_folders():
        cache = configparser.RawConfigParser(strict=False, delimiters=("=",))
        try:
            cache.read(folder / "mimeinfo.cache", encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue
        names = cache.get("MIME Cache", kind, fallback="").split(";")
        for name in filter(None, names):
            if program := read_entry(folder / name):
                yield program


def _application_folders() -> Iterator[Path]:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (home, *shared.split(":")):
        if folder:
            yield Path(folder) / "applications"


def read_entry(path: Path) -> Program | None:
    """The program of a desktop entry; None when it is hidden, broken, or wants a terminal."""
    entry = configparser.RawConfigParser(strict=False, delimiters=("=",))
    try:
        entry.read(path, encoding="utf-8")
        section = entry["Desktop Entry"]
        words = shlex.split(section["Exec"])
    except (configparser.Error, KeyError, ValueError, OSError):
        return None
    off = (section.get(key, "false").lower() for key in ("NoDisplay", "Hidden", "Terminal"))
    if any(value == "true" for value in off):
        return None
    command = tuple(word for word in words if not word.startswith("%"))
    takes_files = any(code in words for code in _FIELD_CODES)
    return Program(section.get("Name", path.stem), command) if command and takes_files else None
