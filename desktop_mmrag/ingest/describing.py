"""Asks the vision model for a sentence about each photo: only when the person wants it, for it takes long."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator

from desktop_mmrag.domain import (
    ChatTurn,
    PictureSource,
    Progress,
    TextEncoder,
    VisionChat,
)
from desktop_mmrag.errors import FileFailure, PromptTooLong
from desktop_mmrag.ingest.compare import same_bytes
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.understand import look
from desktop_mmrag.library.catalog import Reading
from desktop_mmrag.library.library import Library

_LOG = logging.getLogger(__name__)
QUESTION = (
    "Describe this photo in one sentence: who or what is seen, what happens and where. "
    "Say only what can be seen."
)
# What most vision models look at, at most, without cutting a picture into tiles.
_LONGEST_SIDE = 672
_TOKENS = 80
_LONGEST_TEXT = 600


def describe(
    library: Library,
    pictures: PictureSource,
    vision: VisionChat,
    text: TextEncoder,
    stopped: Callable[[], bool],
    only: Collection[int] | None = None,
) -> Iterator[Progress]:
    """One photo after another until all, or those of `only`, have a sentence; or `stopped`.

    Each is kept at once, so that another run goes on where this one ended. A photo that cannot be
    read now is left for another day. Raises VisionModelUnavailable, VisionModelDied.
    """
    waiting = library.descriptions
    meter, last = Meter("describing", lambda: waiting.waiting_count(only)), 0
    while not stopped() and (batch := waiting.waiting(last, 1, only)):
        (photo,) = batch
        meter.current, last = photo.path, photo.content_id
        said: str | None = ""
        for piece in _said(photo, pictures, vision, stopped):
            said = piece
            if meter.due():
                yield meter.tell()
        if said is None or stopped():
            continue
        vector = text.embed_passages([said]) if said else None
        waiting.put(photo.content_id, said, vision.model_id, text.space, vector)
        meter.done += 1
        yield meter.tell()


def _said(
    photo: Reading, pictures: PictureSource, vision: VisionChat, stopped: Callable[[], bool]
) -> Iterator[str | None]:
    """The sentence as it grows, the whole of it last; None when the photo cannot be read now."""
    try:
        if not same_bytes(photo.stat, look(photo.path)):
            yield None
            return
        pixels = pictures.picture(photo.path, _LONGEST_SIDE)
    except FileFailure:
        yield None
        return
    text = ""
    answer = vision.stream([ChatTurn("user", QUESTION, (pixels,))], _TOKENS)
    try:
        for piece in answer:
            text += piece
            if stopped() or len(text) > _LONGEST_TEXT:
                break
            yield _cleaned(text)
    except PromptTooLong:
        _LOG.warning("a photo does not fit into the context of %s", vision.model_id)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    yield _cleaned(text)


def _cleaned(text: str) -> str:
    """One line; control characters and what is not text left out."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(kept.replace("\ufffd", " ").split())
