"""Vectors that kept segments lack in the spaces in use, as after a change of models."""

from __future__ import annotations

import itertools
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desktop_mmrag.domain import (
    ImageTextEncoder,
    Locator,
    Pixels,
    Role,
    Segment,
    Space,
    TextEncoder,
)
from desktop_mmrag.errors import FileFailure
from desktop_mmrag.ingest.compare import same_bytes
from desktop_mmrag.ingest.drafts import PASSAGES, PICTURES, TEXT_ROLES
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.understand import Cut, FirstPass, look
from desktop_mmrag.library.library import Library

_SEGMENTS_AT_ONCE = 500


def fill_texts(library: Library, encoder: TextEncoder) -> Iterator[int]:
    """Embeds stored texts; yields how many were added, batch by batch."""
    missing = library.vectors.missing(encoder.space, TEXT_ROLES)
    while ids := list(itertools.islice(missing, PASSAGES)):
        segments = library.contents.segments(ids)
        texts = {
            id: kept.segment.text for id, kept in segments.items() if kept.segment.text.strip()
        }
        if texts:
            vectors = encoder.embed_passages(list(texts.values()))
            library.keeping.add_vectors(encoder.space, list(texts), vectors)
        yield len(texts)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A content of which some pictures lack a vector."""

    content_id: int
    segments: dict[Locator, int]
    """Segment ids by where the pictures lie."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels for a kept segment."""

    segment_id: int
    pixels: Pixels


class UnseenContents:
    """Contents whose pictures lack a vector in a space; may be asked from several threads at once."""

    def __init__(self, library: Library, space: Space) -> None:
        self._library = library
        # At once, for the cursor belongs to this thread; a million ids take 40 MB.
        self._missing = iter(list(library.vectors.missing(space, (Role.PICTURE,))))
        self._lock = threading.Lock()
        self._next: list[Unseen] = []

    def take(self) -> Unseen | None:
        """The next content, or None at the end."""
        with self._lock:
            while not self._next:
                ids = list(itertools.islice(self._missing, _SEGMENTS_AT_ONCE))
                if not ids:
                    return None
                self._next = self._grouped(ids)
            return self._next.pop()

    def _grouped(self, ids: list[int]) -> list[Unseen]:
        found = self._library.contents.segments(ids).values()
        of_contents: dict[int, dict[Locator, int]] = defaultdict(dict)
        for kept in found:
            of_contents[kept.content_id][kept.segment.locator] = kept.id
        return [Unseen(content_id, segments) for content_id, segments in of_contents.items()]


def pictures_of(
    library: Library, extractors: FirstPass, cut: Cut, content: Unseen
) -> Iterator[Picture]:
    """Decodes the pictures once more; nothing when no file with this content can be read now."""
    for path, stat in library.catalog.reachable_files_of(content.content_id):
        try:
            if not same_bytes(stat, look(path)):
                continue
            for part in extractors.understand(cut.of(path)):
                if (picture := _wanted(part, content)) is not None:
                    yield picture
            return
        except FileFailure:
            continue


def _wanted(part: object, content: Unseen) -> Picture | None:
    if not isinstance(part, Segment) or part.role is not Role.PICTURE or part.pixels is None:
        return None
    id = content.segments.get(part.locator)
    return None if id is None else Picture(id, part.pixels)


class PictureFiller:
    """Embeds pictures of kept segments in batches and adds their vectors."""

    def __init__(self, library: Library, encoder: ImageTextEncoder, meter: Meter) -> None:
        self._library = library
        self._encoder = encoder
        self._meter = meter
        self._pictures: dict[int, Pixels] = {}

    def take(self, event: Picture) -> None:
        """Adds a picture to the batch."""
        self._pictures[event.segment_id] = event.pixels

    def embed(self, all_of_it: bool = False) -> None:
        """Embeds a full batch, or what there is."""
        if len(self._pictures) >= PICTURES or (all_of_it and self._pictures):
            vectors = self._encoder.embed_pictures(np.stack(list(self._pictures.values())))
            self._library.keeping.add_vectors(self._encoder.space, list(self._pictures), vectors)
            self._meter.done += len(self._pictures)
            self._pictures.clear()
