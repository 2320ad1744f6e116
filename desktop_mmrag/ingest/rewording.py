"""Reads the words of a recording again when a file of words was put beside it, changed or taken away."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from desktop_mmrag.domain import Encoders, Progress, Segment
from desktop_mmrag.errors import FileFailure
from desktop_mmrag.ingest.drafts import Draft, Embedding
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.second_pass import require_same
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.words_beside import Outdated, outdated

_LOG = logging.getLogger(__name__)


class ReadsWords(Protocol):
    """What reads the words that come with a recording: `extract.worker.Extractors`."""

    def words(self, path: Path) -> Iterator[Segment]:
        """SPEECH segments. Raises FileFailure."""
        ...


def reword(
    library: Library, extractors: ReadsWords, encoders: Encoders, other_work: Callable[[], bool]
) -> Iterator[Progress]:
    """One recording after another; neither its pictures nor its sound are understood anew.

    What cannot be read now is left for another day. Raises what is no fault of a file, such as
    ModelDamaged.
    """
    waiting = list(outdated(library.database))
    meter = Meter("listening", lambda: len(waiting) - meter.done)
    for recording in waiting:
        if other_work():
            return
        meter.current = recording.reading.path
        try:
            _reword(library, extractors, encoders, recording)
        except FileFailure as problem:
            _LOG.info("the words of a recording were not read again: %s", problem.title)
        meter.done += 1
        yield meter.tell()


def _reword(
    library: Library, extractors: ReadsWords, encoders: Encoders, recording: Outdated
) -> None:
    require_same(recording.reading)
    embedding, draft = Embedding[Outdated](encoders), Draft(recording)
    embedding.add(draft, list(extractors.words(recording.reading.path)))
    embedding.embed(all_of_it=True)
    if draft.problem is None:
        library.keeping.replace_words(
            recording.reading.content_id, draft.segments, draft.embedded(), recording.beside
        )
