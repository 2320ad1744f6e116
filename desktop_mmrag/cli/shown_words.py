"""What is known of one file, in lines that a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop_mmrag.answer.speech import clock
from desktop_mmrag.cli.place_words import extent_words
from desktop_mmrag.domain import Facts, Role, Segment
from desktop_mmrag.library.standing import Shown

_ROLES = {
    Role.PICTURE: "picture",
    Role.PASSAGE: "text",
    Role.CAPTION: "words around a picture",
    Role.OCR: "words in a picture",
    Role.SPEECH: "spoken",
    Role.SOUND: "sound",
}
_LONGEST_TEXT = 160


def shown_lines(shown: Shown) -> Iterator[str]:
    """Its paths, what it is, its facts, and each segment with its place."""
    content = shown.content
    yield from map(str, content.paths)
    if not content.online:
        yield "  on a drive that is not there now"
    yield f"  {content.medium.value}, {_size(content.size)}, {_day(content.dated_at)}"
    for name, value in _facts(content.facts):
        yield f"  {name}: {value}"
    if shown.preview:
        yield f"  preview: {shown.preview}"
    for kept in shown.segments:
        yield f"  - {_segment(kept.segment)}"


def _facts(facts: Facts) -> Iterator[tuple[str, str]]:
    for name in ("title", "description", "author", "camera"):
        if value := getattr(facts, name):
            yield name, " ".join(str(value).split())
    if facts.keywords:
        yield "keywords", ", ".join(facts.keywords)
    if facts.rating is not None:
        yield "rating", f"{facts.rating} of 5 stars"
    if facts.place or facts.latitude is not None:
        yield "place", _place(facts)
    if facts.width and facts.height:
        yield "pixels", f"{facts.width} × {facts.height}"
    if facts.pages:
        yield "pages", str(facts.pages)
    if facts.duration_s is not None:
        yield "length", clock(round(facts.duration_s))


def _place(facts: Facts) -> str:
    position = f"{facts.latitude:.5g}, {facts.longitude:.5g}" if facts.latitude is not None else ""
    return f"{facts.place} ({position})" if facts.place and position else facts.place or position


def _segment(segment: Segment) -> str:
    where = extent_words(segment.locator)
    words = " ".join(segment.text.split())
    if len(words) > _LONGEST_TEXT:
        words = f"{words[:_LONGEST_TEXT].rstrip()}…"
    named = f"{_ROLES[segment.role]}, {where}" if where else _ROLES[segment.role]
    return f"{named}: {words}" if words else named


def _day(moment: datetime) -> str:
    clock_time = f", {moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else ""
    return f"{moment.day} {moment:%B %Y}{clock_time}"


def _size(count: int) -> str:
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"
