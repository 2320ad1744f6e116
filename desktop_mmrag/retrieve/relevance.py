"""Judges, query by query, how likely each find is what was asked for, and where the weaker matches begin.

Cosines do not mean the same in two queries or two encoders, so a similarity is measured against
how similar the query is to what it has nothing to do with: most of the library, and a few neutral
sentences that keep the measure sound in a small library or one about a single subject.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Page, Query, Space, Store, Vectors
from desktop_mmrag.retrieve.cosines import of_all, with_one
from desktop_mmrag.retrieve.fuse import Evidence, Find

STRONG = 0.5
"""A find that is more likely wanted than not is strong."""
LOOKS_AND_SOUNDS = (Store.IMAGE_TEXT, Store.SOUND)
"""Stores that compare words with what is no text."""
SAMPLE = 1024
"""How many vectors of the library a query is measured against."""
_FEW_PICTURES = 16
ITSELF = 0.98
"""From this cosine with an example on, a find is the example itself or a copy of it (see duplicates)."""

# Logistic regression over how far a passage stands out (in deviations) and the share of the
# query's words it holds: 452 questions against the half of XQuAD's articles that holds their
# paragraph and the half that does not; 95.4 % of both judged right.
_STANDS_OUT = 0.90
_SHARE = 7.9
_BIAS = -7.85
# Many words are enough by themselves, whatever the encoder thinks of a receipt or another language:
# of 452 questions without an answer in the library 1 % had half of their words in the first find.
_WORDS_ALONE = 10.0
_ENOUGH_WORDS = 0.6
_PICTURE_STANDS_OUT = 1.6
"""How fast the chance rises with each deviation; where it is even, each encoder says."""
# The share of the way from what has nothing to do with an example (0) to itself (1). Of 150
# captioned photos, starter encoder, 91 % of the pairs beyond 0.7 had a subject in common and 75 %
# of those beyond 0.5; counted in deviations 84 % and 70 % of as many. Of 100 paragraphs (XQuAD)
# 86 % of the pairs beyond 0.33 were from one article, 96 % beyond 0.4.
_LIKE_A_PICTURE = 0.7
_LIKE_A_PASSAGE = 0.35
# Pages look alike, and the emptier ones like anything pale: one must be nearly the same.
_LIKE_A_PAGE = 0.9
_LIKE = 12.0
_SURER_ACROSS = 1.6
"""Among many of another kind some lie near by chance: passages by a photo of a dog at 5.7 deviations."""
_BESIDE_AN_EXAMPLE = 0.49
"""The most that words can do for what is not like the example that they stand beside."""
# Of the words that an encoder tells of photos four in five are right (see ingest/tagging.py).
_GUESSED_RIGHT = 0.6
_LEAST_SPREAD = 0.01
# Encoders put a text of fewer letters and digits anywhere.
_LEAST_SIGNS = 4


@dataclass(frozen=True, slots=True)
class Background:
    """How similar a query is to what it has nothing to do with."""

    middle: float
    spread: float
    strong_from: float = 4.0
    """Deviations at which a picture is as likely wanted as not."""

    def stands_out(self, similarity: float) -> float:
        """By how many deviations a similarity lies above the background."""
        return (similarity - self.middle) / self.spread

    def of_the_way(self, similarity: float) -> float:
        """How far from the background to the same thing a similarity is, 0 to 1."""
        return (similarity - self.middle) / max(1.0 - self.middle, _LEAST_SPREAD)


def background(similarities: Iterable[NDArray[np.float32]]) -> Background:
    """From similarities of the query with unrelated things, float32 [n] each.

    The deviation is taken below the median only: above it lie the very hits that are to be judged.
    """
    values = np.concatenate([np.ravel(part) for part in similarities])
    if not len(values):
        return Background(0.0, 1.0)
    middle = float(np.median(values))
    below = values[values <= middle] - middle
    return Background(middle, max(float(np.sqrt(np.mean(below**2))), _LEAST_SPREAD))


def of_passages(query: Vectors, sample: Vectors, neutral: Vectors) -> Background:
    """`query` [dimension] against passages of the library and neutral sentences, [n, dimension] each."""
    return background([with_one(sample, query), with_one(neutral, query)])


def of_pictures(query: Vectors, sample: Vectors, neutral: Vectors) -> Background:
    """`query` [dimension] and neutral sentences against pictures of the library, [n, dimension] each.

    Sentences and pictures fill different parts of their space, so the sentences are compared
    with the pictures, never with the query.
    """
    few = sample[:_FEW_PICTURES]
    return background([with_one(sample, query), of_all(few, neutral)])


def of_likes(query: Vectors, sample: Vectors) -> Background:
    """`query` [dimension] against what is of its own kind in the library, [n, dimension].

    How alike those are among themselves keeps the measure sound where there are few.
    """
    few = sample[:_FEW_PICTURES]
    pairs = of_all(few, few)[np.triu_indices(len(few), 1)]
    return background([with_one(sample, query), pairs])


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the finds of one query."""

    query: Query
    passages: Background | None = None
    looks_and_sounds: Mapping[Store, Background] = field(default_factory=dict)
    likeness: Mapping[Space, Background] = field(default_factory=dict)
    """Of the examples, by the space that they are compared in."""

    def chance(self, find: Find, passage_similarity: float | None) -> float:
        """How likely the find is wanted, 0 to 1.

        `passage_similarity` is the cosine of its text with the query, where both have vectors.
        """
        by_text = self._by_text(find, passage_similarity)
        if self.likeness and not any(e.example and not e.across for e in find.evidence):
            by_text = min(by_text, _BESIDE_AN_EXAMPLE)
        return max(by_text, self._by_sight(find), self._by_guess(find))

    def _by_guess(self, find: Find) -> float:
        """Of a photo that an encoder told every word of the query of, and finds by it as well."""
        asked = {*self.query.words, *self.query.phrases}
        if not asked or self.likeness or not asked <= find.words:
            return 0.0
        seen = any(item.store is Store.IMAGE_TEXT for item in find.evidence)
        return _GUESSED_RIGHT if seen else 0.0

    def _by_text(self, find: Find, similarity: float | None) -> float:
        share = share_held(self.query, find)
        by_words = _logistic(_WORDS_ALONE * (share - _ENOUGH_WORDS)) if share else 0.0
        if similarity is None or self.passages is None or math.isnan(similarity):
            return by_words
        stands_out = self.passages.stands_out(similarity)
        return max(by_words, _logistic(_STANDS_OUT * stands_out + _SHARE * share + _BIAS))

    def _by_sight(self, find: Find) -> float:
        chances = [0.0]
        for item in find.evidence:
            if item.example and item.space and item.score >= ITSELF:
                return 1.0
            sought = item.space and self.likeness.get(item.space)
            # Beside an example, words only tilt it; the example's own vector holds them already.
            typed = None if self.likeness else self.looks_and_sounds.get(item.store)
            if item.example and sought:
                chances.append(_alike(item, sought))
            elif typed:
                chances.append(_stands_out(item, typed, typed.strong_from))
        return max(chances)


def _alike(item: Evidence, background: Background) -> float:
    """How likely it is wanted for its likeness to an example."""
    if item.across:
        return _stands_out(item, background, _SURER_ACROSS * background.strong_from)
    return _logistic(_LIKE * (background.of_the_way(item.score) - _even(item)))


def _even(item: Evidence) -> float:
    """So far of the way it is as likely wanted as not."""
    if item.store is Store.TEXT:
        return _LIKE_A_PASSAGE
    return _LIKE_A_PAGE if isinstance(item.segment.segment.locator, Page) else _LIKE_A_PICTURE


def _stands_out(item: Evidence, background: Background, strong_from: float) -> float:
    return _logistic(_PICTURE_STANDS_OUT * (background.stands_out(item.score) - strong_from))


def share_held(query: Query, find: Find) -> float:
    """The share of the query's informative words and phrases that the find holds, 0 to 1."""
    asked = {*query.words, *query.phrases}
    return len(asked & find.written) / len(asked) if asked else 0.0


def says_something(find: Find) -> bool:
    """False for a weak find that is a mark or two and holds no word of the query: a lone "x", a rule."""
    if find.chance >= STRONG or find.page_named or find.words:
        return True
    if any(item.store is not Store.TEXT or item.example for item in find.evidence):
        return True
    return sum(map(str.isalnum, find.text)) >= _LEAST_SIGNS


def strong_first(finds: Sequence[Find]) -> list[Find]:
    """Finds below the cut after those above it, each in the order they had; named pages stay first."""
    return sorted(finds, key=lambda find: (not find.page_named, find.chance < STRONG))


def relevances(finds: Sequence[Find]) -> list[float]:
    """A figure for each find, 0 to 1 and never rising with the rank, at least 0.5 for strong ones.

    The chances themselves, sorted: the order of the finds stays that of the fused ranks.
    """
    return sorted((find.chance for find in finds), reverse=True)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))
