"""One waiting file to what the library is to be told of it; runs in a feeder thread and writes nothing."""

from __future__ import annotations

import hashlib
import logging
import stat as modes
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_mmrag.domain import Beside, ExtractRequest, Facts, Part, Segment, Summary
from desktop_mmrag.errors import (
    FileFailure,
    FileNotUnderstood,
    FileTooLarge,
    FileVanished,
    KnownError,
)
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import RECORDINGS, Kind, sniff
from desktop_mmrag.ingest.compare import same_bytes
from desktop_mmrag.ingest.queue_of_files import QueueOfFiles
from desktop_mmrag.ingest.walk import stat_of
from desktop_mmrag.library.catalog import Stat, WaitingFile
from desktop_mmrag.library.contents import Contents

_LOG = logging.getLogger(__name__)
_MEGABYTE = 1_000_000
# Segments travel in lots: one lot of pictures is what an encoder takes at once.
_LOT = 8
_FRESH_SECONDS = 2.0


class FirstPass(Protocol):
    """What understands a file: `extract.worker.Extractors`."""

    def understand(self, request: ExtractRequest) -> Iterator[Part]:
        """Segments, then one Summary. Raises FileFailure."""
        ...


@dataclass(frozen=True, slots=True)
class Cut:
    """How segments are cut for the encoders in use: an ExtractRequest without its file."""

    request: ExtractRequest

    def of(self, path: Path) -> ExtractRequest:
        """The request for one file."""
        plain = self.request
        return ExtractRequest(path, plain.picture_input, plain.tokenizer_file, plain.max_tokens)


@dataclass(frozen=True, slots=True)
class Begun:
    """A file is being extracted."""

    file: WaitingFile
    hash: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """Some segments of a file that was begun."""

    file: WaitingFile
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Extracted:
    """All segments of a file were found."""

    file: WaitingFile
    summary: Summary


@dataclass(frozen=True, slots=True)
class SidecarRead:
    """A file that has no content of its own was read: it speaks of the picture beside it."""

    file: WaitingFile
    beside: Beside


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """The library knows these bytes."""

    file: WaitingFile
    hash: bytes


@dataclass(frozen=True, slots=True)
class Altered:
    """The file is not what discovery saw; it has to be looked at again."""

    file: WaitingFile
    now: Stat


@dataclass(frozen=True, slots=True)
class Failed:
    """The file cannot be understood."""

    file: WaitingFile
    problem: KnownError


Event = Begun | Found | Extracted | SidecarRead | AlreadyKnown | Altered | Failed


class Claims:
    """Who is understanding which bytes, so that the same content in flight is understood once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._followers: dict[bytes, list[WaitingFile]] = {}

    def claim(self, hash: bytes, file: WaitingFile) -> bool:
        """Whether the file is the first with these bytes; others wait for its outcome."""
        with self._lock:
            if hash in self._followers:
                self._followers[hash].append(file)
                return False
            self._followers[hash] = []
            return True

    def release(self, hash: bytes) -> list[WaitingFile]:
        """The files that waited for this content."""
        with self._lock:
            return self._followers.pop(hash, [])


class Understanding:
    """The first pass over one file. May be used by several threads at once."""

    def __init__(
        self,
        extractors: FirstPass,
        contents: Contents,
        files: QueueOfFiles,
        claims: Claims,
        cut: Cut,
        largest_file_mb: int,
        largest_recording_mb: int,
    ) -> None:
        self._extractors = extractors
        self._contents = contents
        self._files = files
        self._claims = claims
        self._cut = cut
        self._largest = largest_file_mb
        self._largest_recording = largest_recording_mb

    def understand(self, file: WaitingFile) -> Iterator[Event]:
        """Raises only what is no fault of the file, such as a model that cannot be loaded."""
        before = file.stat
        try:
            before = look(file.path)
            if not _fresh(before) or self._files.settled(file, before):
                yield from self._understand(file, before)
        except FileFailure as problem:
            yield self._failed(file, before, problem)
        except KnownError:
            raise
        except Exception as problem:
            _LOG.exception("a file was not understood")
            named = FileNotUnderstood(f"{file.path.name}: {problem!r}.")
            yield self._failed(file, before, named)

    def _failed(self, file: WaitingFile, before: Stat, problem: FileFailure) -> Event:
        """A file that changed while it was read is looked at again before it is called broken."""
        try:
            now = look(file.path)
        except FileFailure:
            return Failed(file, problem)
        return Failed(file, problem) if same_bytes(before, now) else Altered(file, now)

    def _understand(self, file: WaitingFile, before: Stat) -> Iterator[Event]:
        if not same_bytes(file.stat, before):
            file = WaitingFile(file.id, file.path, before)
            yield Altered(file, before)
        if self._kind(file).is_sidecar:
            yield from self._read_sidecar(file, before)
            return
        hash = self._hash(file.path)
        if self._contents.by_hash(hash) is not None:
            yield AlreadyKnown(file, hash)
        elif self._claims.claim(hash, file):
            yield Begun(file, hash)
            yield from self._extract(file, before)

    def _extract(self, file: WaitingFile, before: Stat) -> Iterator[Event]:
        lot: list[Segment] = []
        summary: Summary | None = None
        for part in self._extractors.understand(self._cut.of(file.path)):
            if isinstance(part, Summary):
                summary = part
            elif isinstance(part, Segment):
                lot.append(part)
            if len(lot) == _LOT:
                yield Found(file, lot)
                lot = []
        if lot:
            yield Found(file, lot)
        now = look(file.path)
        if not same_bytes(before, now):
            yield Altered(file, now)
        elif summary is None:
            raise FileNotUnderstood(f"Reading {file.path.name} came to no end.")
        else:
            yield Extracted(file, summary)

    def _read_sidecar(self, file: WaitingFile, before: Stat) -> Iterator[Event]:
        parts = list(self._extractors.understand(self._cut.of(file.path)))
        now = look(file.path)
        if not same_bytes(before, now):
            yield Altered(file, now)
            return
        beside = next((part for part in parts if isinstance(part, Beside)), Beside(Facts()))
        yield SidecarRead(file, beside)

    def _kind(self, file: WaitingFile) -> Kind:
        """Turns files away that need not be read to the end to know that they cannot be kept."""
        kind = sniff(file.path)
        # Recordings are read a little at a time, however long they are.
        limit = self._largest_recording if kind in RECORDINGS else self._largest
        if file.stat.size > limit * _MEGABYTE:
            size = file.stat.size // _MEGABYTE
            raise FileTooLarge(f"{file.path.name} has {size} MB; the limit is {limit} MB.")
        return kind

    def _hash(self, path: Path) -> bytes:
        with explained(path), path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").digest()


def look(path: Path) -> Stat:
    """What the file is now. Raises FileVanished, FileNotPermitted.

    Since it was discovered, a link out of the folder or a pipe may have taken its place: the one
    must not be followed, and opening the other would wait for ever.
    """
    with explained(path):
        found = path.lstat()
    if not modes.S_ISREG(found.st_mode):
        raise FileVanished(f"{path.name} is no longer an ordinary file.")
    return stat_of(found)


def _fresh(stat: Stat) -> bool:
    """Whether a file was written so recently that its writer may not have finished."""
    return -_FRESH_SECONDS < time.time() - stat.mtime_ns / 1e9 < _FRESH_SECONDS
