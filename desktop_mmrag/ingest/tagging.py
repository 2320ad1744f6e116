"""Says in everyday words what photos look like, from vectors that the library holds already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from desktop_mmrag import bundled
from desktop_mmrag.domain import ImageTextEncoder, Progress, Vectors
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.library.library import Library

# What photos are usually described with; CLIP was trained on captions (Radford et al. 2021, 3.1.4).
_PROMPT = "a photo of a {}"
_AT_ONCE = 512
# A word is told when it stands out from the others by so many deviations, and is near the best.
# Measured with the starter encoder on 342 captioned photos: at 4.75 and 0.5 four of five words
# stand in the captions that people wrote, and 29 % of the photos get one; at 4.25 and 1.0 two of
# three and 40 %, most of the wrong ones being wolves beside dogs.
_STANDS_OUT = 4.75
_NEAR_BEST = 0.5
_MOST_WORDS = 3


@cache
def vocabulary() -> tuple[str, ...]:
    """The everyday words that come with the program."""
    file = bundled.resources() / "vocabulary" / "everyday.txt"
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def looks_like(pictures: Vectors, words: Vectors) -> list[tuple[int, ...]]:
    """For each picture, [n, dimension], which of the words, [w, dimension], say what it shows.

    Zero-shot labels (Radford et al. 2021, 3.1) with a threshold on how far a word's similarity
    stands out from all words', since cosines themselves mean another thing in each encoder.
    """
    similarities = pictures @ words.T
    middle = similarities.mean(axis=1, keepdims=True)
    spread = np.maximum(similarities.std(axis=1, keepdims=True), 1e-6)
    standing_out = (similarities - middle) / spread
    best = np.argsort(-standing_out, axis=1)[:, :_MOST_WORDS]
    return [
        tuple(int(at) for at in row if ranks[at] >= max(_STANDS_OUT, ranks[row[0]] - _NEAR_BEST))
        for row, ranks in zip(best, standing_out, strict=True)
    ]


class Tagger:
    """Asks about photos that nobody has asked about in the space in use."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._words: tuple[str, Vectors] | None = None
        asked = (*vocabulary(), f"{_STANDS_OUT} {_NEAR_BEST}")
        self._version = hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]

    def run(
        self, encoder: ImageTextEncoder | None, other_work: Callable[[], bool]
    ) -> Iterator[Progress]:
        """Until every photo with a vector has its words, or there is other work."""
        if encoder is None:
            return
        looks, space = self._library.looks, encoder.space
        meter, last = Meter("tagging", lambda: 0), 0
        while not other_work() and (waiting := looks.missing(space, self._version, last, _AT_ONCE)):
            vectors = self._library.vectors.vectors_of(space, [picture for _, picture in waiting])
            known = np.flatnonzero(~np.isnan(vectors).any(axis=1))
            if len(known):
                chosen = looks_like(vectors[known], self._embedded(encoder))
                found = {
                    waiting[row][0]: tuple(vocabulary()[at] for at in words)
                    for row, words in zip(known.tolist(), chosen, strict=True)
                }
                looks.put(space, self._version, found)
                meter.done += len(found)
            last = waiting[-1][0]
            if meter.due():
                yield meter.tell()

    def _embedded(self, encoder: ImageTextEncoder) -> Vectors:
        if self._words is None or self._words[0] != encoder.space.key:
            prompts = [_PROMPT.format(word) for word in vocabulary()]
            self._words = encoder.space.key, encoder.embed_texts(prompts)
        return self._words[1]
