"""Folds what is one thing: the halves of a live photo or of a raw picture, and moving pictures' frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_mmrag.domain import Medium, Role, TimeSpan
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.pairs import Half
from desktop_mmrag.retrieve.fuse import Find


def fold(library: Library, finds: Sequence[Find]) -> list[Find]:
    """The finds with one for each pair and each moving picture; `also` names the other half.

    The better find stays, but for a picture's looks the still is shown before film and raw.
    """
    partners = library.pairs.partners({find.content_id for find in finds})
    frames = _of_photos(library, finds)
    kept: list[Find] = []
    places: dict[int, int] = {}
    for find in finds:
        place = places.get(find.content_id)
        others = partners.get(find.content_id, {})
        if place is None or not (others or find.content_id in frames):
            place = next((places[other] for other in others if other in places), None)
        if place is None:
            place = len(kept)
            kept.append(find)
        elif _is_shown_before(find, kept[place], partners):
            kept[place] = _instead(find, kept[place])
        places.setdefault(find.content_id, place)
        _name_others(kept[place], find.content_id, others)
    return kept


def _of_photos(library: Library, finds: Sequence[Find]) -> set[int]:
    """Photos of which frames were found: all of them are one hit."""
    of_frames = {find.content_id for find in finds if _is_frame(find)}
    described = library.contents.describe(of_frames)
    return {id for id, content in described.items() if content.medium is Medium.PHOTO}


def _is_frame(find: Find) -> bool:
    return any(isinstance(segment.segment.locator, TimeSpan) for segment in find.segments)


def _is_shown_before(find: Find, shown: Find, partners: Mapping[int, Mapping[int, Half]]) -> bool:
    half = partners.get(shown.content_id, {}).get(find.content_id)
    return half is Half.STILL and all(
        segment.segment.role is Role.PICTURE for segment in shown.segments
    )


def _instead(find: Find, shown: Find) -> Find:
    find.score = max(find.score, shown.score)
    find.also = [id for id in (shown.content_id, *shown.also) if id != find.content_id]
    return find


def _name_others(shown: Find, content_id: int, others: Mapping[int, Half]) -> None:
    for other in (content_id, *others):
        if other != shown.content_id and other not in shown.also:
            shown.also.append(other)
