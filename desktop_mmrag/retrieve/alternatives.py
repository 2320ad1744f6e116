"""Requests with OR in them: "cat OR dog" asks twice, and what either leads to is one ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from desktop_mmrag.domain import Filters, Hit, Query, SearchResult
from desktop_mmrag.retrieve.fuse import SMOOTHING
from desktop_mmrag.retrieve.query import TOKEN, printable

# In capitals, as everywhere: "or" is a word.
_OR = "OR"
_MOST = 8

_Key = tuple[int, int]
"""A content's id and a segment's."""


def split(typed: str) -> tuple[str, ...]:
    """The requests that OR stands between, each with the operators and exclusions of the whole.

    "cat OR dog type:photo" gives "cat type:photo" and "dog type:photo". Only what was typed where
    nothing stands on one side.
    """
    shared: list[str] = []
    sides: list[list[str]] = [[]]
    for token in TOKEN.finditer(printable(typed)):
        if token["word"] == _OR and not token["minus"]:
            sides.append([])
        elif token["operator"] or token["minus"]:
            shared.append(token[0])
        else:
            sides[-1].append(token[0])
    sides = [side for side in sides if side][:_MOST]
    return tuple(" ".join([*side, *shared]) for side in sides) if len(sides) > 1 else (typed,)


def merged(typed: str, results: Sequence[SearchResult], limit: int) -> SearchResult:
    """One result: strong hits first, by reciprocal rank; what several lead to counts for each."""
    best: dict[_Key, Hit] = {}
    strong: defaultdict[_Key, float] = defaultdict(float)
    votes: defaultdict[_Key, float] = defaultdict(float)
    for hit in (hit for result in results for hit in result.hits):
        key = hit.content_id, hit.segment_id
        vote = 1 / (SMOOTHING + hit.rank)
        votes[key] += vote
        # A weak match beside a strong one is chance.
        strong[key] += vote if hit.strong else 0.0
        known = best.get(key)
        if known is None or (hit.strong, hit.relevance) > (known.strong, known.relevance):
            best[key] = hit
    ordered = sorted(best, key=lambda key: (-strong[key], -votes[key]))[:limit]
    return SearchResult(
        replace(_common(results), typed=typed),
        tuple(_falling([best[key] for key in ordered])),
        sum(result.took_ms for result in results),
        tuple(dict.fromkeys(word for result in results for word in result.dropped)),
    )


def _falling(hits: Sequence[Hit]) -> list[Hit]:
    """Ranked anew; relevances keep their figures and never rise with the rank."""
    relevances = sorted((hit.relevance for hit in hits), reverse=True)
    return [
        replace(hit, rank=rank, relevance=relevance)
        for rank, (hit, relevance) in enumerate(zip(hits, relevances, strict=True), start=1)
    ]


def _common(results: Sequence[SearchResult]) -> Query:
    """What holds for every side: a filter guessed on one side alone narrows only that one."""
    first, *others = (result.query for result in results)
    shared: dict[str, Any] = {}
    for field in fields(Filters):
        value = getattr(first.filters, field.name)
        if all(getattr(other.filters, field.name) == value for other in others):
            shared[field.name] = value
    guesses = tuple(g for g in first.guesses if all(g in other.guesses for other in others))
    return replace(first, filters=Filters(**shared), guesses=guesses)
