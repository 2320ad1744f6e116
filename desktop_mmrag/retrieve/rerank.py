"""Sorts the first finds that have text once more, with a network that reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_mmrag.domain import Reranker
from desktop_mmrag.retrieve.fuse import Find

DEPTH = 30
"""How many finds are read; each costs a pass of the network."""


def rerank(reranker: Reranker | None, question: str, finds: Sequence[Find]) -> list[Find]:
    """The finds with those that have text in the reranker's order; pictures keep their places."""
    if reranker is None or not question:
        return list(finds)
    places = [at for at, find in enumerate(finds[:DEPTH]) if find.text]
    if len(places) < 2:
        return list(finds)
    scores = reranker.score(question, [finds[at].text for at in places])
    best = sorted(range(len(places)), key=lambda n: (-float(scores[n]), n))
    sorted_finds = list(finds)
    for at, n in zip(places, best, strict=True):
        sorted_finds[at] = finds[places[n]]
    return sorted_finds
