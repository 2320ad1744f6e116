"""Makes examples of what is known of an item, its looks and its words, in every space that they reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_mmrag.domain import (
    Encoders,
    Facts,
    ImageTextEncoder,
    Locator,
    Medium,
    Page,
    QueryVector,
    Role,
    Segment,
    Space,
    Store,
    TextSpan,
    TimeSpan,
    Vectors,
    Whole,
)
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.neutral import Neutral

# A film is known by its first scenes, a book by its first pages.
_SCENES = 16
_PASSAGES = 48
# Text sides of picture encoders read a sentence or two of each; a few say what it is about.
_PICTURED = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What an item is known by."""

    looks: Vectors | None = None
    """[n, dimension] in the space of pictures."""
    passages: Vectors | None = None
    """[n, dimension] in the space of text."""
    texts: tuple[str, ...] = ()
    """The words of the passages."""
    sounds: Vectors | None = None
    """[n, dimension] in the space of sounds."""
    named: str = ""
    """Words about it that stand in no passage."""
    seen: bool = False
    """Whether it is a picture first, and its words only say something of it."""


def vectors(encoders: Encoders, known: Known, weight: float) -> list[QueryVector]:
    """One example in each space that can say something; none when nothing is known."""
    pictures, text = encoders.image_text(), encoders.text()
    said = known.passages
    if known.named and (said is None or not len(said)):
        said = text.embed_passages([known.named])
    found = _among_sounds(encoders, known, weight)
    if pictures is not None:
        found += _among_pictures(pictures, text.space, known, weight)
        if _some(known.looks) and pictures.text_space == text.space:
            found += _mean(text.space, known.looks, weight, across=True)
    return found + _mean(text.space, said, weight, across=known.seen)


def in_words(encoders: Encoders, neutral: Neutral, words: str, weight: float) -> list[QueryVector]:
    """Words as an example, put to each encoder as typed ones are."""
    pictures, text = encoders.image_text(), encoders.text()
    found = _mean(text.space, text.embed_queries([words]), weight)
    if pictures is not None:
        seen = neutral.typed(Store.IMAGE_TEXT, words)
        found += _mean(pictures.space, seen[np.newaxis], weight, across=True)
    if (sounds := encoders.audio_text()) is not None:
        heard = neutral.typed(Store.SOUND, words)
        found += _mean(sounds.space, heard[np.newaxis], weight, across=True)
    return found


def _among_pictures(
    pictures: ImageTextEncoder, text_space: Space, known: Known, weight: float
) -> list[QueryVector]:
    if _some(known.looks):
        return _mean(pictures.space, known.looks, weight)
    if _some(known.passages) and pictures.text_space == text_space:
        return _mean(pictures.space, known.passages, weight, across=True)
    texts = [text for text in known.texts if text.strip()][:_PICTURED]
    if not texts:
        return []
    return _mean(pictures.space, pictures.embed_texts(texts), weight, across=True)


def _among_sounds(encoders: Encoders, known: Known, weight: float) -> list[QueryVector]:
    """What it sounds like; what words about it would sound like."""
    encoder = encoders.audio_text()
    if encoder is None:
        return []
    if _some(known.sounds):
        return _mean(encoder.space, known.sounds, weight)
    texts = [text for text in known.texts if text.strip()][:_PICTURED]
    return _mean(encoder.space, encoder.embed_texts(texts), weight, across=True) if texts else []


def _some(rows: Vectors | None) -> bool:
    return rows is not None and len(rows) > 0


def _mean(
    space: Space, rows: Vectors | None, weight: float, across: bool = False
) -> list[QueryVector]:
    if rows is None or not len(rows):
        return []
    mean = rows.mean(axis=0)
    length = float(np.linalg.norm(mean))
    # Opposite vectors cancel; their mean points nowhere.
    if length < 1e-6:
        return []
    return [QueryVector(space, np.asarray(mean / length, np.float32), weight, across)]


# --- what the library knows -------------------------------------------------------------


def of_content(
    library: Library, encoders: Encoders, content_id: int, part: Locator | None = None
) -> Known:
    """A content of the library by its stored vectors, so that its drive may be away.

    `part` narrows to a page, a passage or a moment; None is the whole.
    """
    part = part or Whole()
    content = library.contents.describe([content_id]).get(content_id)
    segments = [
        kept
        for kept in library.contents.segments_of(content_id)
        if lies_in(kept.segment.locator, part)
    ]
    written = [kept for kept in segments if kept.segment.text.strip()][:_PASSAGES]
    drawn = [kept for kept in segments if kept.segment.role is Role.PICTURE][:_SCENES]
    medium = content.medium if content else Medium.NOTE
    if medium is Medium.PHOTO:
        # The first is the whole of it, the others are parts of a panorama or frames.
        drawn = drawn[:1]
    elif medium is not Medium.VIDEO and written:
        # A page, a slide, a note is what it says.
        drawn = []
    encoder, hearing = encoders.image_text(), encoders.audio_text()
    heard = [kept for kept in segments if kept.segment.role is Role.SOUND][:_PASSAGES]
    return Known(
        _stored(library, encoder.space, drawn) if encoder else None,
        _stored(library, encoders.text().space, written),
        tuple(kept.segment.text for kept in written),
        _stored(library, hearing.space, heard) if hearing else None,
        named_by(content.facts) if content else "",
        seen=medium is Medium.PHOTO and bool(drawn),
    )


def named_by(facts: Facts) -> str:
    """What a person called it."""
    return ". ".join(filter(None, (facts.title, facts.description, ", ".join(facts.keywords))))


def _stored(library: Library, space: Space, segments: Sequence[KeptSegment]) -> Vectors:
    rows = library.vectors.vectors_of(space, [kept.id for kept in segments])
    return rows[~np.isnan(rows).any(axis=1)]


def parts_in(segments: Iterable[Segment], part: Locator) -> Iterator[Segment]:
    """The segments that lie in a part of their file."""
    return (segment for segment in segments if lies_in(segment.locator, part))


def lies_in(locator: Locator, part: Locator) -> bool:
    """Whether a segment belongs to a page, a passage or a moment; everything does to the whole."""
    match part:
        case Page(page=page):
            return getattr(locator, "page", None) == page
        case TextSpan(start, end):
            if not isinstance(locator, TextSpan | Page) or locator.start is None:
                return False
            return locator.start < end and start < (end if locator.end is None else locator.end)
        case TimeSpan(start, end):
            return isinstance(locator, TimeSpan) and _heard_or_seen(locator, start, end)
        case _:
            return True


def _heard_or_seen(locator: TimeSpan, start_s: float, end_s: float) -> bool:
    return locator.start_s <= end_s and start_s <= max(locator.end_s, locator.start_s)
