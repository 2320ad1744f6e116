"""Finds out what changed in a source folder, reading no file, and notes it in the catalog."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterable, Iterator

from desktop_mmrag.domain import Progress, SourceFolder
from desktop_mmrag.ingest.compare import compare
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.rules import Rules
from desktop_mmrag.ingest.walk import Seen, stat_of, walk
from desktop_mmrag.library.catalog import Changes, KnownFile, Stat
from desktop_mmrag.library.library import Library
from desktop_mmrag.settings import Settings

_PROGRESS_SECONDS = 0.25
NOTHING = Changes({}, {}, {}, frozenset())


def discover(
    library: Library,
    folder: SourceFolder,
    settings: Settings,
    under: str | Iterable[str] = "",
    control: Control | None = None,
) -> Generator[Progress, None, Changes]:
    """Brings the catalog to what lies at and below `under` now; returns what was different.

    `under` is one or several paths relative to the folder, with forward slashes; "" is all of
    it. A folder that cannot be reached is marked offline and keeps its files. A cancelled walk
    changes nothing.
    """
    starts = _outermost([under] if isinstance(under, str) else under)
    now = next((one for one in library.catalog.folders() if one.id == folder.id), None)
    if now is None:
        return NOTHING
    folder = now
    if not is_reachable(library, folder):
        library.catalog.set_online(folder, False)
        return NOTHING
    rules, seen, due = Rules(settings, library.folder), Seen(), 0.0
    for start in starts:
        for place in walk(folder.path, start, rules, seen):
            if control is not None and control.cancelled:
                return NOTHING
            if time.monotonic() >= due:
                due = time.monotonic() + _PROGRESS_SECONDS
                yield Progress("discovering", len(seen.files), 0, current=place)
    known = _known(library, folder, starts)
    # Once more: a drive may have been unplugged during the walk, or only its mount point be left.
    if not is_reachable(library, folder) or (
        known and not seen.files and _is_another_folder(library, folder)
    ):
        library.catalog.set_online(folder, False)
        return NOTHING
    _complete(folder, seen, known)
    changes = compare(known, seen)
    _write(library, folder, seen, changes)
    yield Progress("discovering", len(seen.files), len(seen.files))
    return changes


def is_reachable(library: Library, folder: SourceFolder) -> bool:
    """False for a folder that is not there, cannot be listed, or is only an empty mount point."""
    try:
        with os.scandir(folder.path) as entries:
            empty = next(entries, None) is None
    except OSError:
        return False
    return not (empty and _is_another_folder(library, folder))


def _is_another_folder(library: Library, folder: SourceFolder) -> bool:
    """Whether the folder is not the one in which files were last seen, but bears its name."""
    known = library.catalog.inode_of(folder)
    return known != 0 and _inode(folder) != known


def _inode(folder: SourceFolder) -> int:
    try:
        return stat_of(folder.path.stat()).inode
    except OSError:
        return 0


def _outermost(starts: Iterable[str]) -> list[str]:
    """Paths of which none lies below another, so that nothing is walked twice."""
    kept: list[str] = []
    for start in sorted(set(starts), key=lambda path: path.split("/")):
        if "" in kept or (kept and start.startswith(f"{kept[-1]}/")):
            continue
        kept.append(start)
    return kept


def _known(library: Library, folder: SourceFolder, starts: list[str]) -> dict[str, KnownFile]:
    known: dict[str, KnownFile] = {}
    for start in starts:
        known.update(library.catalog.files_of(folder, start))
    return known


def _complete(folder: SourceFolder, seen: Seen, known: dict[str, KnownFile]) -> None:
    """Windows lists folders without inodes: asks for those of files that are new or changed."""
    for path, stat in seen.files.items():
        if stat.inode:
            continue
        was = known.get(path)
        if was is None or (was.stat.size, was.stat.mtime_ns) != (stat.size, stat.mtime_ns):
            seen.files[path] = _asked_again(folder, path, seen)


def _asked_again(folder: SourceFolder, path: str, seen: Seen) -> Stat:
    try:
        return stat_of((folder.path / path).lstat())
    except OSError:
        return seen.files[path]


def _write(library: Library, folder: SourceFolder, seen: Seen, changes: Changes) -> None:
    catalog = library.catalog
    if not folder.online:
        catalog.set_online(folder, True)
    if seen.files and catalog.inode_of(folder) != _inode(folder):
        catalog.set_inode(folder, _inode(folder))
    if changes:
        catalog.apply(folder, changes)
        library.keeping.refresh_names()


def discover_all(
    library: Library, settings: Settings, control: Control | None = None
) -> Iterator[Progress]:
    """Every source folder that is not paused, one after the other."""
    for folder in library.catalog.folders():
        if not folder.paused and not (control is not None and control.cancelled):
            yield from discover(library, folder, settings, control=control)
