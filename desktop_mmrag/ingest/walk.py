"""What lies in a source folder now: names, sizes and times, without opening a file."""

from __future__ import annotations

import os
import stat as modes
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop_mmrag.ingest.rules import Rules
from desktop_mmrag.library.catalog import Stat

# SQLite's integers have a sign; file ids of NTFS and ReFS use all 64 bits.
_POSITIVE = (1 << 63) - 1
_MOUNT_POINT = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT of winnt.h


@dataclass
class Seen:
    """Grows while the walk goes on. Paths are relative to the source folder, with forward slashes."""

    files: dict[str, Stat] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    """Subfolders that could not be listed to the end; what is known below them stays."""

    def covers(self, path: str) -> bool:
        """Whether a known path that was not seen is really gone."""
        return not any(
            above in ("", path) or path.startswith(f"{above}/") for above in self.unreadable
        )


def stat_of(found: os.stat_result) -> Stat:
    """The part of a stat that the library keeps."""
    return Stat(found.st_size, found.st_mtime_ns, found.st_ino & _POSITIVE)


def walk(folder: Path, under: str, rules: Rules, seen: Seen) -> Iterator[Path]:
    """Adds everything at and below `under` to `seen`; yields each subfolder it comes to.

    Links are not followed: what they point to is kept where it lies, and they may go in
    circles or out of the folder.
    """
    start = folder / under if under else folder
    if under and not rules.admits_above(under, folder):
        return
    try:
        found = start.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        seen.unreadable.append(under)
        return
    if modes.S_ISDIR(found.st_mode):
        if not under or rules.admits_folder(under, start.name, str(start)):
            yield from _walk_folders(str(start), under, rules, seen)
    elif rules.admits_stat(found) and rules.admits_file(under, start.name):
        seen.files[_storable(under)] = stat_of(found)


def _walk_folders(start: str, under: str, rules: Rules, seen: Seen) -> Iterator[Path]:
    waiting = [(start, under)]
    while waiting:
        path, relative = waiting.pop()
        yield Path(path)
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    below = f"{relative}/{entry.name}" if relative else entry.name
                    if _look(entry, below, rules, seen):
                        waiting.append((entry.path, below))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            seen.unreadable.append(relative)


def _look(entry: os.DirEntry[str], relative: str, rules: Rules, seen: Seen) -> bool:
    """Notes a file; says whether the entry is a subfolder to look into."""
    if entry.is_symlink():
        return False
    if entry.is_dir(follow_symlinks=False):
        return rules.admits_folder(relative, entry.name, entry.path) and (
            sys.platform == "linux" or _ordinary_folder(entry, rules)
        )
    if not rules.admits_file(relative, entry.name):
        return False
    try:
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:
        seen.unreadable.append(relative)
        return False
    if rules.admits_stat(found):
        seen.files[_storable(relative)] = stat_of(found)
    return False


def _ordinary_folder(entry: os.DirEntry[str], rules: Rules) -> bool:
    """False for Windows junctions, which are links, and for folders that the system hides."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return True
    junction = getattr(found, "st_reparse_tag", 0) == _MOUNT_POINT
    return not junction and not rules.hides(found)


def _storable(path: str) -> str:
    """A name whose bytes are no text gets U+FFFD in their place, so that it can be listed."""
    if path.isascii():
        return path
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in path)
