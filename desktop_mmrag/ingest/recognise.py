"""What kept photos are recognised by, made up for from their previews where it is lacking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from desktop_mmrag.domain import Fingerprint, Progress
from desktop_mmrag.errors import FileFailure
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.library.library import Library

_AT_ONCE = 64


class Recognises(Protocol):
    """What looks at a preview: `extract.worker.Extractors`."""

    def fingerprint(self, path: Path) -> Fingerprint | None:
        """None for a picture of one tone. Raises FileFailure."""
        ...


def fill_fingerprints(
    library: Library, extractors: Recognises, other_work: Callable[[], bool]
) -> Iterator[Progress]:
    """Until every kept photo has been looked at, or there is other work.

    Their own files are not opened: they may lie on a drive that is away.
    """
    meter, last = Meter("recognising", lambda: 0), 0
    while not other_work() and (waiting := library.fingerprints.missing(last, _AT_ONCE)):
        found = [
            (id, _of_preview(library.thumbnails.path(hash), extractors) if single else None)
            for id, hash, single in waiting
        ]
        library.fingerprints.add(found)
        last = waiting[-1][0]
        meter.done += len(found)
        if meter.due():
            yield meter.tell()


def _of_preview(preview: Path, extractors: Recognises) -> Fingerprint | None:
    try:
        return extractors.fingerprint(preview) if preview.exists() else None
    except FileFailure:
        return None
