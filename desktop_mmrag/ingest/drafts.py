"""Segments on their way into the library, and their vectors, made in batches across files."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Encoders, Pixels, Role, Segment, Space, Vectors
from desktop_mmrag.errors import FileNotUnderstood, KnownError
from desktop_mmrag.library.keeping import Embedded

# Batches above 8 gain nothing: measured with ViT-B/32 on 2 cores.
PICTURES = 8
PASSAGES = 64
TEXT_ROLES = frozenset({Role.PASSAGE, Role.CAPTION, Role.OCR, Role.SPEECH})

Subject = TypeVar("Subject")


@dataclass
class Draft(Generic[Subject]):
    """What is known so far of one file or one reading; `subject` says of which."""

    subject: Subject
    segments: list[Segment] = field(default_factory=list)
    rows: dict[Space, tuple[list[int], list[NDArray[np.float32]]]] = field(default_factory=dict)
    pending: int = 0
    """Segments whose vector is not made yet."""
    extracted: bool = False
    """Whether no more segments will come."""
    problem: KnownError | None = None

    @property
    def complete(self) -> bool:
        """Whether it can be written."""
        return self.extracted and not self.pending

    def embedded(self) -> list[Embedded]:
        """Its vectors, as the library takes them."""
        return [
            Embedded(space, positions, np.stack(rows))
            for space, (positions, rows) in self.rows.items()
        ]

    def put(self, space: Space, position: int, row: NDArray[np.float32]) -> None:
        """Adds the vector of the segment at this position."""
        positions, rows = self.rows.setdefault(space, ([], []))
        positions.append(position)
        rows.append(row)


@dataclass(frozen=True, slots=True)
class _Wanted(Generic[Subject]):
    draft: Draft[Subject]
    position: int
    pixels: Pixels | None = None


class Embedding(Generic[Subject]):
    """Collects pictures and passages of many drafts until there is a batch."""

    def __init__(self, encoders: Encoders) -> None:
        self._encoders = encoders
        self._pictures: deque[_Wanted[Subject]] = deque()
        self._passages: deque[_Wanted[Subject]] = deque()

    def add(self, draft: Draft[Subject], segments: Sequence[Segment]) -> None:
        """Takes segments into a draft; pixels are let go of as soon as they are embedded."""
        for segment in segments:
            position = len(draft.segments)
            if segment.pixels is not None:
                if self._encoders.image_text() is not None:
                    self._pictures.append(_Wanted(draft, position, segment.pixels))
                    draft.pending += 1
                segment = dataclasses.replace(segment, pixels=None)
            draft.segments.append(segment)
            if segment.text.strip() and segment.role in TEXT_ROLES:
                self._passages.append(_Wanted(draft, position))
                draft.pending += 1

    def embed(self, all_of_it: bool = False) -> list[Draft[Subject]]:
        """Embeds full batches, or everything; returns the drafts that lack nothing any more.

        A draft that cannot be embedded gets a problem. Raises ModelDamaged and its like, which
        are no fault of a file.
        """
        touched: list[Draft[Subject]] = []
        while len(self._pictures) >= PICTURES or (all_of_it and self._pictures):
            touched += self._embed(_batch(self._pictures, PICTURES), self._embed_pictures)
        while len(self._passages) >= PASSAGES or (all_of_it and self._passages):
            touched += self._embed(_batch(self._passages, PASSAGES), self._embed_passages)
        unique = {id(draft): draft for draft in touched}
        return [draft for draft in unique.values() if draft.complete]

    def _embed(
        self,
        batch: list[_Wanted[Subject]],
        encode: Callable[[list[_Wanted[Subject]]], tuple[Space, Vectors]],
    ) -> list[Draft[Subject]]:
        try:
            space, vectors = encode(batch)
        except KnownError:
            raise
        except Exception as problem:
            if len(batch) > 1:
                # One at a time, so that only the files that cause it are skipped.
                return [draft for item in batch for draft in self._embed([item], encode)]
            batch[0].draft.problem = FileNotUnderstood(f"It could not be embedded: {problem!r}.")
        else:
            for item, row in zip(batch, vectors, strict=True):
                item.draft.put(space, item.position, row)
        for item in batch:
            item.draft.pending -= 1
        return [item.draft for item in batch]

    def _embed_pictures(self, batch: list[_Wanted[Subject]]) -> tuple[Space, Vectors]:
        encoder = self._encoders.image_text()
        assert encoder is not None
        pixels = np.stack([item.pixels for item in batch if item.pixels is not None])
        return encoder.space, encoder.embed_pictures(pixels)

    def _embed_passages(self, batch: list[_Wanted[Subject]]) -> tuple[Space, Vectors]:
        encoder = self._encoders.text()
        texts = [item.draft.segments[item.position].text for item in batch]
        return encoder.space, encoder.embed_passages(texts)


def _batch(waiting: deque[_Wanted[Subject]], most: int) -> list[_Wanted[Subject]]:
    return [waiting.popleft() for _ in range(min(most, len(waiting)))]
