"""Keeps the library up to date until cancelled: watch, discover, understand, over and over."""

from __future__ import annotations

import time
from collections.abc import Iterator

from desktop_mmrag.domain import Progress
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.discover import discover
from desktop_mmrag.ingest.pipeline import Pipeline
from desktop_mmrag.ingest.watch import Watch
from desktop_mmrag.library.library import Library
from desktop_mmrag.settings import Settings

_IDLE_SECONDS = 0.2


def follow(
    library: Library, watch: Watch, pipeline: Pipeline, settings: Settings, control: Control
) -> Iterator[Progress]:
    """Never ends by itself. Yields idle progress when there is nothing to do.

    Enrichment that takes hours is left for a moment as soon as a folder changes. Raises what
    `Pipeline.run` raises.
    """
    unfinished = False

    def interrupted() -> bool:
        nonlocal unfinished
        unfinished = unfinished or watch.has_changes()
        return unfinished

    while not control.cancelled:
        if not control.paused:
            for change in watch.pending():
                yield from discover(library, change.folder, settings, change.under, control)
                unfinished = True
        if unfinished and not control.paused:
            unfinished = False
            yield from pipeline.run(interrupted)
        else:
            yield Progress("idle", 0, 0, remarks=tuple(watch.messages()))
            time.sleep(_IDLE_SECONDS)
