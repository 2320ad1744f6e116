"""The second pass over one content: text in its pictures. What runs in feeder threads writes nothing."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_mmrag.domain import Medium, Segment
from desktop_mmrag.errors import FileFailure, FileNotUnderstood, FileVanished, KnownError
from desktop_mmrag.extract.isolation.process import ExtractorsClosed
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
        # The words of other bytes must not be taken for this content's.
        if not same_bytes(reading.stat, look(reading.path)):
            raise FileVanished(f"{reading.path.name} has changed.")
        segments = list(extractors.read_text(reading.path))
        if not same_bytes(reading.stat, look(reading.path)):
            raise FileVanished(f"{reading.path.name} has changed.")
        yield Read(reading, segments)
    except FileFailure as problem:
        yield Read(reading, [], problem)
    except (KnownError, ExtractorsClosed):
        raise
    except Exception as problem:
        _LOG.exception("text in a picture was not read")
        yield Read(reading, [], FileNotUnderstood(f"{reading.path.name}: {problem!r}."))


class ReadingKeeper:
    """Embeds what was read, in batches across contents, and writes each in one transaction."""

    def __init__(self, library: Library, embedding: Embedding[Reading], meter: Meter) -> None:
        self._library = library
        self._embedding = embedding
        self._meter = meter

    def take(self, event: Read) -> None:
        """Raises DiskFull; the content is then read again."""
        self._meter.current = event.reading.path
        if event.problem is not None:
            self._fail(event.reading, event.problem)
            return
        draft = Draft(event.reading)
        self._embedding.add(draft, event.segments)
        draft.extracted = True
        if draft.complete:
            self._keep(draft)

    def embed(self, all_of_it: bool = False) -> None:
        """Embeds full batches, or everything, and keeps what is complete then."""
        for draft in self._embedding.embed(all_of_it):
            self._keep(draft)

    def _keep(self, draft: Draft[Reading]) -> None:
        if draft.problem is not None:
            self._fail(draft.subject, draft.problem)
            return
        content_id = draft.subject.content_id
        self._library.keeping.add_reading(content_id, draft.segments, draft.embedded())
        self._meter.done += 1

    def _fail(self, reading: Reading, problem: KnownError) -> None:
        # A file that moved or changed is met again by discovery; its content stays to be read.
        if not isinstance(problem, FileVanished):
            self._library.catalog.fail_reading(reading.content_id, problem)
            self._meter.failed += 1
            self._meter.done += 1
