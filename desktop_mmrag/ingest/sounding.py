"""How recordings sound: windows that the encoder of sounds has not heard yet, kept by their vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from desktop_mmrag.domain import (
    AudioTextEncoder,
    Filters,
    Medium,
    Role,
    Segment,
    Sound,
    Space,
    TimeSpan,
    Vectors,
)
from desktop_mmrag.errors import FileFailure
from desktop_mmrag.ingest.compare import same_bytes
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.understand import look
from desktop_mmrag.library.keeping import Embedded
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import select

_RECORDINGS = Filters(media=frozenset({Medium.AUDIO, Medium.VIDEO}))
# Says that a recording was listened to and nothing is to be heard, so that it is not tried again.
_SILENT = Segment(Role.SOUND, TimeSpan(0.0, 0.0))


class HearsWindows(Protocol):
    """What decodes sound: `extract.worker.Extractors`."""

    def windows(self, path: Path, rate: int, window_s: float) -> Iterator[Sound]:
        """Windows of one length, silent ones left out. Raises FileFailure."""
        ...


@dataclass(frozen=True, slots=True)
class Sounds:
    """The windows of one recording with their vectors."""

    content_id: int
    segments: tuple[Segment, ...]
    vectors: Vectors


class UnheardContents:
    """Recordings of which no sound lies in a space; may be asked from several threads at once."""

    def __init__(self, library: Library, space: Space) -> None:
        ids = library.contents.selected(select(_RECORDINGS))
        self._ids = iter([id for id in ids if _unheard(library, space, id)])

    def take(self) -> int | None:
        """The next content, or None at the end."""
        # One step of a list's iterator is never interleaved with another thread's.
        return next(self._ids, None)


def _unheard(library: Library, space: Space, content_id: int) -> bool:
    kept = library.contents.segments_of(content_id, Role.SOUND)
    if any(one.segment.locator == _SILENT.locator for one in kept):
        return False
    vectors = library.vectors.vectors_of(space, [one.id for one in kept])
    return bool(np.isnan(vectors).any(axis=1).all())


def sounds_of(
    library: Library,
    extractors: HearsWindows,
    encoder: AudioTextEncoder,
    content_id: int,
    goes_on: Callable[[], bool],
) -> Iterator[Sounds]:
    """Embeds a recording, window by window; nothing when no file with this content can be read now."""
    for path, stat in library.catalog.reachable_files_of(content_id):
        segments: list[Segment] = []
        rows: list[Vectors] = []
        try:
            if not same_bytes(stat, look(path)):
                continue
            for sound in extractors.windows(path, encoder.rate, encoder.window_s):
                if not goes_on():
                    return
                span = TimeSpan(round(sound.start_s, 2), round(sound.until_s, 2))
                segments.append(Segment(Role.SOUND, span))
                rows.append(encoder.embed_sounds([sound.samples]))
        except FileFailure:
            continue
        empty = np.empty((0, encoder.space.dimension), np.float32)
        found = np.concatenate([empty, *rows])
        yield Sounds(content_id, tuple(segments) or (_SILENT,), found)
        return


class SoundKeeper:
    """Keeps each recording's windows in one transaction."""

    def __init__(self, library: Library, space: Space, meter: Meter) -> None:
        self._library, self._space, self._meter = library, space, meter

    def take(self, event: Sounds) -> None:
        """Raises DiskFull; the recording is then heard again."""
        positions: Sequence[int] = range(len(event.vectors))
        embedded = [Embedded(self._space, positions, event.vectors)] if len(positions) else []
        self._library.keeping.add_sounds(event.content_id, event.segments, embedded)
        self._meter.done += 1

    def embed(self, all_of_it: bool = False) -> None:
        """Everything is embedded already, where it was heard."""
