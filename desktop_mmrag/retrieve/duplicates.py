"""Folds near-duplicates: the same picture in another size, the same words in another file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Box, Role, Space
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.cosines import of_all
from desktop_mmrag.retrieve.fuse import Find
from desktop_mmrag.retrieve.likeness import are_copies

# For frames, which have no fingerprint: a picture saved again keeps a cosine of 0.98 and more with
# itself in CLIP's space; another shot of the same scene mostly lies below.
SAME_PICTURE = 0.98
# Shorter texts ("Page 3") are alike without being the same thing.
_LEAST_WORDS = 8


def fold(library: Library, space: Space | None, finds: Sequence[Find]) -> list[Find]:
    """The finds without those that repeat a better one, whose `also` names their contents.

    Photos are compared by their fingerprints, frames of videos in `space`; None when no image
    encoder is installed.
    """
    twins = _same_pictures(library, space, finds)
    kept: list[int] = []
    of_text: dict[tuple[bool, tuple[str, ...]], int] = {}
    for at, find in enumerate(finds):
        words = tuple(find.text.split())
        twin = twins.get(at)
        if twin is None and len(words) >= _LEAST_WORDS:
            # A picture in a note of few words has the note's own words for its caption.
            first = of_text.setdefault((_picture(find) is not None, words), at)
            twin = first if first != at else None
        same = twin is not None and finds[twin].content_id == find.content_id
        if same and _is_frame(find):
            # A shot that the video comes back to.
            continue
        if twin is None or same:
            kept.append(at)
        else:
            also = finds[twin].also
            also += [id for id in (find.content_id, *find.also) if id not in also]
    return [finds[at] for at in kept]


def _same_pictures(library: Library, space: Space | None, finds: Sequence[Find]) -> dict[int, int]:
    """For each find that repeats the picture of a better one, that one. By position."""
    pictures = {at: id for at, find in enumerate(finds) if (id := _picture(find)) is not None}
    if len(pictures) < 2:
        return {}
    places = list(pictures)
    alike = _near_in_space(library, space, list(pictures.values()))
    _judge_by_prints(library, [finds[at] for at in places], alike)
    twins: dict[int, int] = {}
    for row in range(1, len(places)):
        for other in np.flatnonzero(alike[row, :row]):
            if places[other] not in twins:
                twins[places[row]] = places[other]
                break
    return twins


def _near_in_space(
    library: Library, space: Space | None, segment_ids: Sequence[int]
) -> NDArray[np.bool_]:
    """Which pictures look the same to the encoder, [n, n]."""
    if space is None:
        return np.zeros((len(segment_ids), len(segment_ids)), np.bool_)
    vectors = library.vectors.vectors_of(space, segment_ids)
    with np.errstate(invalid="ignore"):  # NaN where a picture has no vector yet
        alike: NDArray[np.bool_] = of_all(vectors, vectors) >= SAME_PICTURE
    return alike


def _judge_by_prints(library: Library, finds: Sequence[Find], alike: NDArray[np.bool_]) -> None:
    """Where both have a fingerprint it decides: encoders put some copies far, some others near."""
    whole = [row for row, find in enumerate(finds) if not _is_frame(find)]
    prints = library.fingerprints.of({finds[row].content_id for row in whole})
    print_of = {int(id): at for at, id in enumerate(prints.content_ids)}
    known = [row for row in whole if finds[row].content_id in print_of]
    rows = np.array(known, np.int64)
    at = np.array([print_of[finds[row].content_id] for row in known], np.int64)
    for row, print_row in zip(known, at.tolist(), strict=True):
        alike[row, rows] = are_copies(prints, print_row, at)


def _is_frame(find: Find) -> bool:
    return find.key[1].startswith("frame ")


def _picture(find: Find) -> int | None:
    """The picture segment of a find; pages are told apart by their words, not their looks."""
    if find.key[1] and not _is_frame(find):
        return None
    return next((s.id for s in find.segments if _is_whole_picture(s)), None)


def _is_whole_picture(kept: KeptSegment) -> bool:
    """False for a part of a panorama, which may well look like another photo."""
    return kept.segment.role is Role.PICTURE and not isinstance(kept.segment.locator, Box)
