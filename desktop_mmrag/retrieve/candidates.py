"""Asks every store by itself what it holds for a query: pictures and passages by meaning, words, facts, examples.

One after the other: asked from several threads at once they took 0.95 to 1.07 of the time on two
cores (tests/benchmarks/bench_search.py), since each spends much of it in Python.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_mmrag.domain import Encoders, Medium, Query, QueryVector, Space, Store, Vectors
from desktop_mmrag.library.fulltext import Match
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import Selection
from desktop_mmrag.retrieve.neutral import Neutral

DEPTH = 60
"""How many candidates each store gives. Deeper changed no measured hit among the first ten."""
_STORE_OF_KIND = {"image-text": Store.IMAGE_TEXT, "text": Store.TEXT, "audio-text": Store.SOUND}
# Nine pictures of animals and eight notes, bundled encoders: notes about what a picture shows had a
# cosine of 0.29 to 0.47 with it (one 0.22), others 0.23 at most. Without a limit the least unlike
# of a few passages would stand beside the most alike of pictures.
_SAYS_WHAT_IS_SEEN = 0.25
# Only these media hold what such a store ranks.
_MEDIA_OF = {
    Store.IMAGE_TEXT: frozenset({Medium.PHOTO, Medium.DOCUMENT, Medium.VIDEO}),
    Store.SOUND: frozenset({Medium.AUDIO, Medium.VIDEO}),
}
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
    across: bool = False
    """The example is of another kind than what was found."""
    space: Space | None = None
    """Where vectors were compared; None for words."""
    guessed: bool = False
    """Words that an encoder chose, which nobody wrote."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A vector to look for in one space."""

    store: Store
    space: Space
    vector: Vectors
    """Unit float32 [dimension]."""
    example: bool = False
    across: bool = False
    """No example of this space's own kind is in it."""


def probes(
    encoders: Encoders, neutral: Neutral, query: Query, examples: Sequence[QueryVector]
) -> list[Probe]:
    """One for the words in each space there is, one for the examples in each of theirs.

    Words typed beside examples are added to theirs: this picture, but at night. Examples of
    negative weight are subtracted from every vector of their space.
    """
    typed = list(_typed(encoders, neutral, query.meaning))
    found = [
        Probe(store, space, _turned(vector, space, examples)) for store, space, vector in typed
    ]
    said = {space: vector for _, space, vector in typed}
    for space in dict.fromkeys(e.space for e in examples if e.weight > 0):
        if store := _STORE_OF_KIND.get(space.kind):
            liked = [e for e in examples if e.space == space and e.weight > 0]
            total = sum((e.weight * e.vector for e in liked), said.get(space, np.float32(0)))
            vector = _turned(np.asarray(total, np.float32), space, examples)
            across = all(e.across for e in liked)
            found.append(Probe(store, space, vector, example=True, across=across))
    return found


def _typed(
    encoders: Encoders, neutral: Neutral, meaning: str
) -> Iterator[tuple[Store, Space, Vectors]]:
    if not meaning:
        return
    yield Store.TEXT, encoders.text().space, neutral.typed(Store.TEXT, meaning)
    if (pictures := encoders.image_text()) is not None:
        yield Store.IMAGE_TEXT, pictures.space, neutral.typed(Store.IMAGE_TEXT, meaning)
    if (sounds := encoders.audio_text()) is not None:
        yield Store.SOUND, sounds.space, neutral.typed(Store.SOUND, meaning)


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
    stores: Collection[Store],
    within: Selection | None,
    of_notes: bool = False,
) -> list[Ranking]:
    """A ranking of each of `stores` that may hold something; `of_notes` asks written words only."""
    asked = [probe for probe in probes if _worth_asking(probe, query, of_notes)]
    rankings = [by_meaning(library, probe, within) for probe in asked]
    of_words = (Store.WORDS,) if of_notes else _WORD_STORES
    worded = [store for store in of_words if store in stores]
    return rankings + list(by_words(library, query, within, worded))


def _worth_asking(probe: Probe, query: Query, of_notes: bool) -> bool:
    """Looking for pictures costs most, and is in vain where only media without pictures are wanted."""
    if probe.store not in _MEDIA_OF:
        return True
    media = query.filters.media
    return not of_notes and (not media or bool(media & _MEDIA_OF[probe.store]))


def by_meaning(library: Library, probe: Probe, within: Selection | None) -> Ranking:
    """The segments whose vectors lie nearest."""
    unlikely = probe.across and probe.store is Store.TEXT
    least = _SAYS_WHAT_IS_SEEN if unlikely else -1.0
    neighbours = library.vectors.nearest(probe.space, probe.vector, DEPTH, within, least)
    found = tuple(Candidate(n.segment_id, n.similarity) for n in neighbours)
    return Ranking(probe.store, found, probe.example, probe.across, probe.space)


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
    if query.words and Store.FACTS in stores:
        looks = _with_segments(library, library.words.search_looks(query.words, DEPTH, within))
        found = tuple(Candidate(m.rowid, m.score, m.words) for m in looks)
        yield Ranking(Store.FACTS, found, guessed=True)


def by_name(library: Library, words: Sequence[str], within: Selection | None) -> Ranking:
    """Files named for what an example is called, which nobody typed."""
    matches = library.words.search(Store.FACTS, words, limit=DEPTH, within=within)
    found = (Candidate(m.rowid, m.score, m.words) for m in _with_segments(library, matches))
    return Ranking(Store.FACTS, tuple(found), example=True, across=True, guessed=True)


def _with_segments(library: Library, matches: list[Match]) -> list[Match]:
    first = library.contents.first_segments(match.rowid for match in matches)
    return [
        Match(first[match.rowid], match.score, match.words)
        for match in matches
        if match.rowid in first
    ]
