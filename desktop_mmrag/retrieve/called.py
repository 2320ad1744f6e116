"""What a picture that is shown is likely called: by the words of the photos most like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from desktop_mmrag.domain import Filters, Medium, Store
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import select
from desktop_mmrag.retrieve import candidates
from desktop_mmrag.retrieve.candidates import Probe

# So many of the nearest are looked at, and a word counts that so many of them have in common.
_NEAREST = 5
_COMMON = 2
# What has no looks of its own to be compared by.
_UNSEEN = frozenset({Medium.AUDIO, Medium.NOTE})


def named_alike(
    library: Library, filters: Filters, probes: Sequence[Probe]
) -> list[candidates.Ranking]:
    """Sounds and notes named for what the pictures shown are likely called; often there are none."""
    media = filters.media & _UNSEEN if filters.media else _UNSEEN
    if not media or not (called := words(library, probes)):
        return []
    return [candidates.by_name(library, called, select(replace(filters, media=media)))]


def words(library: Library, probes: Sequence[Probe]) -> tuple[str, ...]:
    """Everyday words that the photos nearest to the pictures shown share.

    Filters do not matter: where sounds are sought, photos say the word.
    """
    counted: Counter[str] = Counter()
    for probe in probes:
        if probe.store is Store.IMAGE_TEXT and probe.example and not probe.across:
            near = library.vectors.nearest(probe.space, probe.vector, _NEAREST)
            found = library.contents.segments(one.segment_id for one in near)
            looks = library.looks.of(kept.content_id for kept in found.values())
            counted.update(word for said in looks.values() for word in said)
    return tuple(word for word, count in counted.items() if count >= _COMMON)
