"""Folds near-duplicates: the same picture in another size, the same words in another file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop_mmrag.domain import Role, Space
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.cosines import of_all
from desktop_mmrag.retrieve.fuse import Find

# A picture saved again smaller or as another format keeps a cosine of 0.98 and more with itself in
# CLIP's space; another shot of the same scene mostly lies below.
SAME_PICTURE = 0.98
# Shorter texts ("Page 3") are alike without being the same thing.
_LEAST_WORDS = 8


def fold(library: Library, space: Space | None, finds: Sequence[Find]) -> list[Find]:
    """The finds without those that repeat a better one, whose `also` names their contents.

    `space` is where pictures are compared; None when no image encoder is installed.
    """
    twins = _same_pictures(library, space, finds)
    kept: list[int] = []
    of_text: dict[tuple[str, ...], int] = {}
    for at, find in enumerate(finds):
        words = tuple(find.text.split())
        twin = twins.get(at)
        if twin is None and len(words) >= _LEAST_WORDS:
            first = of_text.setdefault(words, at)
            twin = first if first != at else None
        if twin is None or finds[twin].content_id == find.content_id:
            kept.append(at)
        elif find.content_id not in finds[twin].also:
            finds[twin].also.append(find.content_id)
    return [finds[at] for at in kept]


def _same_pictures(library: Library, space: Space | None, finds: Sequence[Find]) -> dict[int, int]:
    """For each find that repeats the picture of a better one, that one. By position."""
    pictures = {at: id for at, find in enumerate(finds) if (id := _picture(find)) is not None}
    if space is None or len(pictures) < 2:
        return {}
    places = list(pictures)
    vectors = library.vectors.vectors_of(space, list(pictures.values()))
    with np.errstate(invalid="ignore"):  # NaN where a picture has no vector yet
        alike = of_all(vectors, vectors) >= SAME_PICTURE
    twins: dict[int, int] = {}
    for row in range(1, len(places)):
        for other in np.flatnonzero(alike[row, :row]):
            if places[other] not in twins:
                twins[places[row]] = places[other]
                break
    return twins


def _picture(find: Find) -> int | None:
    """The picture segment of a find; pages are told apart by their words, not their looks."""
    if find.key[1]:
        return None
    return next((s.id for s in find.segments if s.segment.role is Role.PICTURE), None)
