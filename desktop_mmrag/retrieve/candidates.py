"""Asks every store by itself what it holds for a query: pictures and passages by meaning, words, facts, examples.

One after the other: asked from several threads at once they took 0.95 to 1.07 of the time on two
cores (tests/benchmarks/bench_search.py), since each spends much of it in Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_mmrag.domain import Encoders, Medium, Query, QueryVector, Space, Store, Vectors
from desktop_mmrag.library.fulltext import Match
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import Selection

DEPTH = 60
"""How many candidates each store gives. Deeper changed no measured hit among the first ten."""
# What photos are usually described with; CLIP was trained on captions (Radford et al. 2021, 3.1.4).
PICTURE_PROMPT = "a photo of {}"
_PROMPT_UP_TO_WORDS = 4
_STORE_OF_KIND = {"image-text": Store.IMAGE_TEXT, "text": Store.TEXT}
_WITH_PICTURES = frozenset({Medium.PHOTO, Medium.DOCUMENT, Medium.VIDEO})
_WORD_STORES = (Store.WORDS, Store.OCR, Store.SPEECH, Store.FACTS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A segment that one store offers. `score` is on that store's own scale."""

    segment_id: int
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one store offers, best first."""

    store: Store
    candidates: tuple[Candidate, ...]
    example: bool = False
    """Found by likeness to an example rather than by the words typed."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A vector to look for in one space."""

    store: Store
    space: Space
    vector: Vectors
    """Unit float32 [dimension]."""
    example: bool = False


def probes(encoders: Encoders, query: Query, examples: Sequence[QueryVector]) -> list[Probe]:
    """One for the words in each space there is, one for the examples in each of theirs.

    Examples of negative weight are subtracted from every vector of their space.
    """
    found = [
        Probe(store, space, _turned(vector, space, examples))
        for store, space, vector in _typed(encoders, query.meaning)
    ]
    for space in dict.fromkeys(e.space for e in examples if e.weight > 0):
        if store := _STORE_OF_KIND.get(space.kind):
            liked = sum(
                (e.weight * e.vector for e in examples if e.space == space and e.weight > 0),
                np.zeros(space.dimension, np.float32),
            )
            found.append(Probe(store, space, _turned(liked, space, examples), example=True))
    return found


def _typed(encoders: Encoders, meaning: str) -> Iterator[tuple[Store, Space, Vectors]]:
    if not meaning:
        return
    passages = encoders.text()
    yield Store.TEXT, passages.space, passages.embed_queries([meaning])[0]
    pictures = encoders.image_text()
    if pictures is not None:
        short = len(meaning.split()) <= _PROMPT_UP_TO_WORDS
        prompt = PICTURE_PROMPT.format(meaning) if short else meaning
        yield Store.IMAGE_TEXT, pictures.space, pictures.embed_texts([prompt])[0]


def _turned(vector: Vectors, space: Space, examples: Sequence[QueryVector]) -> Vectors:
    """Away from the examples that are not wanted."""
    turned = vector / max(float(np.linalg.norm(vector)), 1e-12)
    for example in examples:
        if example.space == space and example.weight < 0:
            turned = turned + example.weight * example.vector
    length = float(np.linalg.norm(turned))
    # A query that its own exclusion cancels leaves nothing to look for but the query.
    return np.asarray(turned / length if length > 1e-6 else vector, np.float32)


def gather(
    library: Library,
    query: Query,
    probes: Sequence[Probe],
    within: Selection | None,
    of_notes: bool = False,
) -> list[Ranking]:
    """A ranking of each store that may hold something; `of_notes` asks those of written words only."""
    asked = [probe for probe in probes if _worth_asking(probe, query, of_notes)]
    rankings = [by_meaning(library, probe, within) for probe in asked]
    stores = (Store.WORDS,) if of_notes else _WORD_STORES
    return rankings + list(by_words(library, query, within, stores))


def _worth_asking(probe: Probe, query: Query, of_notes: bool) -> bool:
    """Looking for pictures costs most, and is in vain where only media without pictures are wanted."""
    if probe.store is not Store.IMAGE_TEXT:
        return True
    media = query.filters.media
    return not of_notes and (not media or bool(media & _WITH_PICTURES))


def by_meaning(library: Library, probe: Probe, within: Selection | None) -> Ranking:
    """The segments whose vectors lie nearest."""
    neighbours = library.vectors.nearest(probe.space, probe.vector, DEPTH, within)
    found = tuple(Candidate(n.segment_id, n.similarity) for n in neighbours)
    return Ranking(probe.store, found, probe.example)


def by_words(
    library: Library,
    query: Query,
    within: Selection | None,
    stores: Sequence[Store] = _WORD_STORES,
) -> Iterator[Ranking]:
    """A ranking for each word store. In facts a content's first segment stands for it."""
    if not query.words and not query.phrases:
        return
    for store in stores:
        matches = library.words.search(
            store, query.words, query.phrases, query.excluded, DEPTH, within
        )
        if store is Store.FACTS:
            matches = _with_segments(library, matches)
        yield Ranking(store, tuple(Candidate(m.rowid, m.score, m.words) for m in matches))


def _with_segments(library: Library, matches: list[Match]) -> list[Match]:
    first = library.contents.first_segments(match.rowid for match in matches)
    return [
        Match(first[match.rowid], match.score, match.words)
        for match in matches
        if match.rowid in first
    ]
