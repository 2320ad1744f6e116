"""Notices that something changed in the source folders: by the system's events, and by looking."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from desktop_mmrag.domain import SourceFolder
from desktop_mmrag.ingest import watch_limit
from desktop_mmrag.ingest.discover import is_reachable
from desktop_mmrag.ingest.rules import Rules
from desktop_mmrag.library.library import Library
from desktop_mmrag.settings import Settings

_LOG = logging.getLogger(__name__)
# Reading a file gives events too; a folder's own change comes with those of its files.
_CHANGING = frozenset({"created", "modified", "moved", "deleted", "closed"})


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the watch reacts, in seconds, and how many paths are worth telling apart."""

    quiet: float = 1.0
    """So long nothing may happen to a path before it is looked at."""
    longest: float = 60.0
    """A path that never comes to rest is looked at nevertheless."""
    rescan: float = 3600.0
    """Events get lost without a word, so everything is looked at now and then."""
    poll: float = 60.0
    """How often everything is looked at where the system gives no events."""
    look: float = 5.0
    """How often drives are looked for."""
    burst: int = 2000
    """More changed paths than this are answered by looking at everything."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What has to be discovered anew: paths relative to the folder; "" is all of it."""

    folder: SourceFolder
    under: frozenset[str]


@dataclass
class _Unsettled:
    """Paths of one folder that something happened to: when first, when last."""

    paths: dict[str, tuple[float, float]] = field(default_factory=dict)
    too_many: bool = False

    def note(self, path: str, now: float, burst: int) -> None:
        if self.too_many:
            path = ""
        first, _ = self.paths.get(path, (now, now))
        self.paths[path] = (first, now)
        if len(self.paths) > burst:
            first = min(begun for begun, _ in self.paths.values())
            self.paths, self.too_many = {"": (first, now)}, True

    def due(self, now: float, pace: Pace) -> list[str]:
        return [
            path
            for path, (first, last) in self.paths.items()
            if now - last >= pace.quiet or now - first >= pace.longest
        ]

    def forget(self, paths: list[str]) -> None:
        for path in paths:
            del self.paths[path]
        self.too_many = self.too_many and bool(self.paths)


class _Events(FileSystemEventHandler):
    """Notes the paths of one folder; runs in the observer's thread."""

    def __init__(self, watched: _Watched) -> None:
        self._watched = watched

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGING:
            return
        if event.is_directory and event.event_type == "modified":
            return
        for path in (event.src_path, event.dest_path):
            if path:
                # Windows says of a deleted folder that it was a file.
                either = sys.platform == "win32" and event.event_type == "deleted"
                self._watched.happened(os.fsdecode(path), None if either else event.is_directory)


class _Watched:
    """One source folder."""

    def __init__(self, folder: SourceFolder, rules: Rules, pace: Pace) -> None:
        self.folder = folder
        self.message: str | None = None
        self._rules, self._pace = rules, pace
        self._lock = threading.Lock()
        self._unsettled = _Unsettled()
        self._observer: BaseObserver | None = None
        self._next_scan = time.monotonic()
        self._every = pace.rescan

    def happened(self, path: str, is_folder: bool | None) -> None:
        """Something happened to an absolute path; None when nobody knows what it was."""
        try:
            relative = Path(path).relative_to(self.folder.path).as_posix()
        except ValueError:
            return
        if relative == ".":
            relative = ""
        elif not self._admits(relative, is_folder):
            return
        with self._lock:
            self._unsettled.note(relative, time.monotonic(), self._pace.burst)

    def _admits(self, relative: str, is_folder: bool | None) -> bool:
        root, name, rules = self.folder.path, relative.rpartition("/")[2], self._rules
        return rules.admits_above(relative, root) and (
            (is_folder is not False and rules.admits_folder(relative, name, str(root / relative)))
            or (is_folder is not True and rules.admits_file(relative, name))
        )

    def take_due(self) -> frozenset[str]:
        """Paths that came to rest; "" when it is time to look at everything."""
        now = time.monotonic()
        with self._lock:
            due = self._unsettled.due(now, self._pace)
            self._unsettled.forget(due)
        if now >= self._next_scan or "" in due:
            self._next_scan = now + self._every
            return frozenset({""})
        return frozenset(due)

    def any_due(self) -> bool:
        """Whether `take_due` would give something."""
        now = time.monotonic()
        with self._lock:
            return now >= self._next_scan or bool(self._unsettled.due(now, self._pace))

    def scan_soon(self) -> None:
        """Everything is to be looked at."""
        self._next_scan = time.monotonic()

    def start(self, poll: float) -> None:
        """Listens for events; looks every so often where there are none, or `poll` is given."""
        self.stop()
        self._every, self.message = poll or self._pace.rescan, None
        if poll:
            return
        observer: BaseObserver | None = None
        try:
            observer = Observer()
            observer.schedule(_Events(self), str(self.folder.path), recursive=True)
            observer.start()
        except OSError as problem:
            # Too many watches or instances (ENOSPC, EMFILE), or a drive that knows no events.
            if observer is not None:
                observer.stop()
            self._fall_back(str(problem.strerror))
            return
        self._observer = observer
        self.require_room()

    def require_room(self) -> None:
        """Looks instead of listening where the system has no room for another subfolder."""
        if self._observer is not None and (limit := watch_limit.reached()):
            # Without its watches, others have room; some of its subfolders have none anyway.
            self.stop()
            self._fall_back(limit)

    def _fall_back(self, why: str) -> None:
        self._every = self._pace.poll
        self._next_scan = min(self._next_scan, time.monotonic() + self._every)
        self.message = (
            f"The system does not report changes in {self.folder.path} ({why}); "
            f"it is looked at every {self._every:.0f} seconds instead."
        )
        _LOG.warning("no events from a folder: %s", why)

    def stop(self) -> None:
        """Ends the observer's thread."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(5)
            self._observer = None


class Watch:
    """All source folders that are not paused. A context manager; one thread asks it."""

    def __init__(self, library: Library, settings: Settings, pace: Pace | None = None) -> None:
        self._library, self._settings = library, settings
        self._pace = pace or Pace()
        self._watched: dict[Path, _Watched] = {}
        self._reachable: dict[Path, bool] = {}
        self._stopped = threading.Event()
        self._next_look = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def stop(self) -> None:
        """Ends `changes`, from any thread."""
        self._stopped.set()

    def close(self) -> None:
        """Ends all observers."""
        self.stop()
        for watched in self._watched.values():
            watched.stop()
        self._watched.clear()

    def messages(self) -> list[str]:
        """What the person should know: folders that can only be looked at now and then."""
        return [watched.message for watched in self._watched.values() if watched.message]

    def changes(self) -> Iterator[Changed]:
        """Waits for changes until stopped. Begins with all of every folder."""
        while not self._stopped.wait(0.1):
            yield from self.pending()

    def pending(self) -> Iterator[Changed]:
        """What came to rest until now, without waiting."""
        self._look()
        for watched in list(self._watched.values()):
            if due := watched.take_due():
                yield Changed(watched.folder, due)

    def has_changes(self) -> bool:
        """Whether `pending` would give something."""
        self._look()
        return any(watched.any_due() for watched in self._watched.values())

    def _look(self) -> None:
        """Notices folders that were added, removed, unplugged or plugged in."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + self._pace.look
        folders = {f.path: f for f in self._library.catalog.folders() if not f.paused}
        for path in self._watched.keys() - folders.keys():
            self._watched.pop(path).stop()
            self._reachable.pop(path, None)
        for folder in folders.values():
            self._look_at(folder)
        for watched in self._watched.values():
            # New subfolders need room too.
            watched.require_room()

    def _look_at(self, folder: SourceFolder) -> None:
        watched = self._watched.get(folder.path)
        if watched is None:
            rules = Rules(self._settings, self._library.folder)
            watched = self._watched[folder.path] = _Watched(folder, rules, self._pace)
        watched.folder = folder
        reachable = is_reachable(self._library, folder)
        if reachable == self._reachable.get(folder.path):
            return
        self._reachable[folder.path] = reachable
        watched.scan_soon()
        if reachable:
            watched.start(self._settings.poll_seconds)
        else:
            watched.stop()
