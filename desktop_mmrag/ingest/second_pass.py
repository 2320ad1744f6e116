"""The second pass over one content: text in its pictures. What runs in feeder threads writes nothing."""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from desktop_mmrag.domain import Medium, Segment
from desktop_mmrag.errors import FileFailure, FileNotUnderstood, FileVanished, KnownError
from desktop_mmrag.ingest.compare import same_bytes
from desktop_mmrag.ingest.drafts import Draft, Embedding
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.understand import look
from desktop_mmrag.library.catalog import Catalog, Reading
from desktop_mmrag.library.library import Library

_LOG = logging.getLogger(__name__)
_PAGE = 64
_LOOK_SECONDS = 0.5


class SecondPass(Protocol):
    """What reads text in pictures: `extract.worker.Extractors`."""

    def read_text(self, path: Path) -> Iterator[Segment]:
        """OCR segments. Raises FileFailure."""
        ...


@dataclass(frozen=True, slots=True)
class Read:
    """A content was read; `problem` says why not."""

    reading: Reading
    segments: list[Segment]
    problem: KnownError | None = None


class Readings:
    """Which content is read next, likeliest to hold text first; None as soon as files wait."""

    def __init__(
        self,
        catalog: Catalog,
        files_wait: Callable[[], bool],
        media: Collection[Medium],
    ) -> None:
        self._catalog = catalog
        self._files_wait = files_wait
        self._media = media
        self._lock = threading.Lock()
        self._page: list[Reading] = []
        self._taken: set[int] = set()
        self._looked = 0.0
        self._over = False

    def take(self) -> Reading | None:
        """May be asked from several threads at once."""
        with self._lock:
            if self._over or self._interrupted():
                self._over = True
                return None
            if not self._page:
                self._page = self._catalog.readings(_PAGE, self._taken, self._media)[::-1]
            if not self._page:
                self._over = True
                return None
            reading = self._page.pop()
            self._taken.add(reading.content_id)
            return reading

    def _interrupted(self) -> bool:
        if time.monotonic() - self._looked < _LOOK_SECONDS:
            return False
        self._looked = time.monotonic()
        return self._files_wait()


def read(extractors: SecondPass, reading: Reading) -> Iterator[Read]:
    """Raises only what is no fault of the file."""
    try:
        require_same(reading)
        segments = list(extractors.read_text(reading.path))
        require_same(reading)
        yield Read(reading, segments)
    except FileFailure as problem:
        yield Read(reading, [], problem)
    except KnownError:
        raise
    except Exception as problem:
        _LOG.exception("text in a picture was not read")
        yield Read(reading, [], FileNotUnderstood(f"{reading.path.name}: {problem!r}."))


def require_same(reading: Reading) -> None:
    """Raises FileVanished: the words of other bytes must not be taken for this content's."""
    if not same_bytes(reading.stat, look(reading.path)):
        raise FileVanished(f"{reading.path.name} has changed.")


class Found(Protocol):
    """What was found in a content, or the problem why not."""

    @property
    def reading(self) -> Reading:
        """The content, by one of its files."""
        ...

    @property
    def segments(self) -> Sequence[Segment]:
        """What to keep; empty when there is a problem."""
        ...

    @property
    def problem(self) -> KnownError | None:
        """Why nothing was found out."""
        ...


SomeFound = TypeVar("SomeFound", bound=Found)


class FoundKeeper(ABC, Generic[SomeFound]):
    """Embeds what was found, in batches across contents, and writes each in one transaction."""

    def __init__(self, library: Library, embedding: Embedding[SomeFound], meter: Meter) -> None:
        self._library = library
        self._embedding = embedding
        self._meter = meter

    def take(self, event: SomeFound) -> None:
        """Raises DiskFull; the content is then looked at again."""
        self._meter.current = event.reading.path
        if event.problem is not None:
            self._fail(event.reading, event.problem)
            return
        draft = Draft(event)
        self._embedding.add(draft, event.segments)
        draft.extracted = True
        if draft.complete:
            self._keep(draft)

    def embed(self, all_of_it: bool = False) -> None:
        """Embeds full batches, or everything, and keeps what is complete then."""
        for draft in self._embedding.embed(all_of_it):
            self._keep(draft)

    @abstractmethod
    def _write(self, draft: Draft[SomeFound]) -> None:
        """Keeps a draft that lacks nothing."""

    def _keep(self, draft: Draft[SomeFound]) -> None:
        if draft.problem is not None:
            self._fail(draft.subject.reading, draft.problem)
        else:
            self._write(draft)

    def _fail(self, reading: Reading, problem: KnownError) -> None:
        # A file that moved or changed is met again by discovery; its content stays waiting.
        if not isinstance(problem, FileVanished):
            self._library.catalog.fail_reading(reading.content_id, problem)
            self._meter.failed += 1
            self._meter.done += 1


class ReadingKeeper(FoundKeeper[Read]):
    """Keeps the words read in pictures."""

    def _write(self, draft: Draft[Read]) -> None:
        content_id = draft.subject.reading.content_id
        self._library.keeping.add_reading(content_id, draft.segments, draft.embedded())
        self._meter.done += 1
