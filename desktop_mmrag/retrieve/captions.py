"""Follows the captions in notes to the pictures that they stand beside."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from desktop_mmrag.domain import Filters, Medium, Role, Store
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import Selection, select

_SAME_NAME = 20


def notes_for(filters: Filters) -> Selection | None:
    """Where to look for captions when photos are wanted and the notes that show them are not."""
    media = filters.media
    if Medium.PHOTO not in media or Medium.NOTE in media:
        return None
    return select(Filters(media=frozenset({Medium.NOTE})))


def follow(
    library: Library, segments: Mapping[int, KeptSegment], within: Selection | None = None
) -> dict[int, KeptSegment]:
    """The segments by id; a caption whose picture is in the library becomes a segment of the picture.

    It keeps its own words and carries the picture's place, so that the picture is found by
    them. A caption whose picture is not in the library stays a passage of its note. What does
    not lie `within` the selection is left out.
    """
    captions = [kept for kept in segments.values() if kept.segment.about]
    if not captions:
        return dict(segments)
    pictures = dict(_pictures(library, captions))
    wanted = {kept.content_id for kept in (*captions, *pictures.values())}
    admitted = wanted if within is None else _admitted(library, within, wanted)
    followed = {id: kept for id, kept in segments.items() if not kept.segment.about}
    for kept in captions:
        picture = pictures.get(kept.id)
        if picture is not None and picture.content_id in admitted:
            followed[kept.id] = _standing_for(picture, kept)
        elif kept.content_id in admitted:
            followed[kept.id] = kept
    return followed


def _pictures(
    library: Library, captions: Sequence[KeptSegment]
) -> Iterator[tuple[int, KeptSegment]]:
    """Each caption's id with the picture it stands beside, where the library has it."""
    notes = library.contents.describe({kept.content_id for kept in captions})
    for kept in captions:
        note = notes.get(kept.content_id)
        for path in note.paths if note else ():
            picture = _picture(library, path, str(kept.segment.about))
            if picture is not None:
                yield kept.id, picture
                break


def _admitted(library: Library, within: Selection, content_ids: set[int]) -> set[int]:
    ids = ", ".join(map(str, content_ids))
    narrowed = Selection(f"{within.contents} AND id IN ({ids})", within.parameters)
    return set(library.contents.selected(narrowed))


def _standing_for(picture: KeptSegment, caption: KeptSegment) -> KeptSegment:
    segment = replace(caption.segment, role=Role.PICTURE, locator=picture.segment.locator)
    return KeptSegment(picture.id, picture.content_id, segment)


def _picture(library: Library, note: Path, about: str) -> KeptSegment | None:
    for target in dict.fromkeys((about, unquote(about))):
        content_id = library.contents.by_path(_beside(note, target))
        if content_id is None and "/" not in target:
            content_id = _by_name(library, note, target)
        if content_id is not None:
            pictures = library.contents.segments_of(content_id, Role.PICTURE)
            return pictures[0] if pictures else None
    return None


def _beside(note: Path, target: str) -> Path:
    # Symbolic links are left as they are: the library knows files by the path they were found at.
    return Path(os.path.normpath(note.parent / target))


def _by_name(library: Library, note: Path, name: str) -> int | None:
    """Some note programs write the bare name of a picture that lies in a folder of attachments.

    Of several with the name, the one that shares most of its folders with the note.
    """
    matches = library.words.search(Store.FACTS, (), (Path(name).stem,), limit=_SAME_NAME)
    found = library.contents.describe(match.rowid for match in matches)
    named = [
        (len(Path(os.path.commonpath((path, note))).parts), content.id)
        for content in found.values()
        for path in content.paths
        if path.name == name and path.anchor == note.anchor
    ]
    return max(named)[1] if named else None
