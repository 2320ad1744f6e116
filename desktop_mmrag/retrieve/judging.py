"""Gathers what is needed to judge finds: samples of the library, neutral sentences, missing similarities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_mmrag.domain import Encoders, Query, Store, Vectors
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.candidates import Probe
from desktop_mmrag.retrieve.cosines import with_one
from desktop_mmrag.retrieve.fuse import Find
from desktop_mmrag.retrieve.neutral import Neutral
from desktop_mmrag.retrieve.relevance import (
    LOOKS_AND_SOUNDS,
    SAMPLE,
    Background,
    Judge,
    of_likes,
    of_passages,
    of_pictures,
)


class Judging:
    """Judges finds of one library."""

    def __init__(self, library: Library, encoders: Encoders, neutral: Neutral) -> None:
        self._library = library
        self._encoders = encoders
        self._neutral = neutral

    def judge(self, query: Query, probes: Sequence[Probe], finds: Sequence[Find]) -> None:
        """Sets the chance of each find."""
        passages = next((p for p in probes if p.store is Store.TEXT and not p.example), None)
        judge = Judge(
            query,
            self._of_passages(passages) if passages else None,
            {
                probe.store: self._of_pictures(probe, query.meaning)
                for probe in probes
                if probe.store in LOOKS_AND_SOUNDS and not probe.example
            },
            {
                probe.space: self._of_example(probe, query.meaning)
                for probe in probes
                if probe.example
            },
        )
        similarities = self._similarities(passages, finds)
        for find, similarity in zip(finds, similarities, strict=True):
            find.chance = judge.chance(find, similarity)

    def _of_passages(self, probe: Probe) -> Background:
        neutral = self._neutral.sentences(Store.TEXT, "")
        return of_passages(probe.vector, self._sample(probe), neutral)

    def _of_pictures(self, probe: Probe, meaning: str) -> Background:
        neutral = self._neutral.sentences(probe.store, meaning)
        found = of_pictures(probe.vector, self._sample(probe), neutral)
        encoder = self._encoders.image_text() if probe.store is Store.IMAGE_TEXT else None
        return replace(found, strong_from=encoder.strong_from) if encoder else found

    def _of_example(self, probe: Probe, meaning: str) -> Background:
        """Each space has its own: how near pictures lie says nothing of how near passages do."""
        if probe.store is Store.TEXT:
            return self._of_passages(probe)
        if probe.across:
            return self._of_pictures(probe, meaning)
        return of_likes(probe.vector, self._sample(probe))

    def _sample(self, probe: Probe) -> Vectors:
        return self._library.vectors.sample(probe.space, SAMPLE)

    def _similarities(self, probe: Probe | None, finds: Sequence[Find]) -> list[float | None]:
        """The cosine of each find's text with the query: what the store said, else computed now."""
        if probe is None:
            return [None] * len(finds)
        said = [
            max(
                (e.score for e in f.evidence if e.store is Store.TEXT and not e.example),
                default=None,
            )
            for f in finds
        ]
        speaking = {
            at: spoken[0].segment.id
            for at, find in enumerate(finds)
            if said[at] is None and (spoken := find.speaking())
        }
        vectors = self._library.vectors.vectors_of(probe.space, list(speaking.values()))
        for at, similarity in zip(speaking, with_one(vectors, probe.vector), strict=True):
            said[at] = float(similarity)
        return said
