"""A recording as an example to search by: what its scenes look like, and what is said in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path

import numpy as np

from desktop_mmrag.domain import (
    Encoders,
    ExtractRequest,
    Part,
    Pixels,
    QueryVector,
    Segment,
    Space,
    SpeechModel,
    Vectors,
)
from desktop_mmrag.errors import FileUnsupported
from desktop_mmrag.extract.worker import Extractors

# A film is known by its first scenes, a talk by its first minutes.
_PARTS = 48
_SCENES = 16
_LISTENED_S = 90.0


def vectors_of(
    path: Path,
    weight: float,
    extractors: Extractors,
    encoders: Encoders,
    speech: SpeechModel | None,
) -> tuple[QueryVector, ...]:
    """One in the space of pictures for its scenes, one in that of text for its words.

    Raises FileUnsupported when there are neither, and the other file failures.
    """
    pictures, text = encoders.image_text(), encoders.text()
    wanted = pictures.picture_input if pictures else None
    request = ExtractRequest(path, wanted, text.tokenizer_file, text.max_tokens)
    parts = list(islice(extractors.understand(request), _PARTS))
    found = []
    scenes = list(islice(_pixels(parts), _SCENES))
    if pictures is not None and scenes:
        found.append(_mean(pictures.space, pictures.embed_pictures(np.stack(scenes)), weight))
    words = [part.text for part in parts if isinstance(part, Segment) and part.text]
    words = words or (_heard(path, extractors, speech) if speech else [])
    if words:
        found.append(_mean(text.space, text.embed_passages(words), weight))
    if not found:
        raise FileUnsupported(
            f"{path.name} holds neither scenes nor words to search by.",
            "A sound is searched by what is said in it.",
        )
    return tuple(found)


def _pixels(parts: Sequence[Part]) -> Iterator[Pixels]:
    for part in parts:
        if isinstance(part, Segment) and part.pixels is not None:
            yield part.pixels


def _heard(path: Path, extractors: Extractors, speech: SpeechModel) -> list[str]:
    early = takewhile(lambda sound: sound.start_s < _LISTENED_S, extractors.listen(path))
    phrases = [one.text for s in early if len(s.samples) for one in speech.transcribe(s.samples)]
    return [" ".join(phrases)] if phrases else []


def _mean(space: Space, vectors: Vectors, weight: float) -> QueryVector:
    mean = vectors.mean(axis=0)
    return QueryVector(space, np.asarray(mean / np.linalg.norm(mean), np.float32), weight)
