"""What is said of a hit where there is little room: its words, its place and day, its signs."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_mmrag.domain import Hit, Medium, Store, TextSpan, TimeSpan
from desktop_mmrag.gui.find.thumbnails import Small
from desktop_mmrag.gui.look import in_words

_WRITTEN = frozenset({Store.WORDS, Store.TEXT, Store.OCR, Store.SPEECH})


def marked_words(hit: Hit) -> list[str]:
    """Words that matched, as they are found in a lowered line."""
    return sorted({word.lower() for reason in hit.reasons for word in reason.words})


def words_say_more(hit: Hit) -> bool:
    """Whether a passage inside a document tells more than the picture of its first page."""
    return hit.medium is Medium.DOCUMENT and _is_written(hit) and bool(in_words.place(hit))


def shown_words(hit: Hit, small: Small | None) -> str:
    """What is written where it was found; a snippet of bare facts stands in other lines already."""
    found = " ".join(hit.snippet.split()) if _is_written(hit) else ""
    title = _title(hit)
    if title and found.startswith(f"{title} "):
        found = f"{title} · {found.removeprefix(title).lstrip()}"
    return found or (small.words if small else "")


def _title(hit: Hit) -> str:
    """The heading right above a passage."""
    heading = hit.locator.heading if isinstance(hit.locator, TextSpan) else None
    return (heading or "").rpartition(" › ")[2]


def _is_written(hit: Hit) -> bool:
    return any(reason.store in _WRITTEN for reason in hit.reasons)


def where_and_when(hit: Hit) -> str:
    """The heading or page and the day; the kind where neither says anything."""
    where = "" if isinstance(hit.locator, TimeSpan) else in_words.place(hit)
    when = in_words.date_of(hit.dated_at) if hit.dated_at else ""
    said = " · ".join(part for part in (where, when) if part)
    return said or in_words.medium(hit.medium)


def badge(hit: Hit) -> str:
    """The moment or page over the picture."""
    if isinstance(hit.locator, TimeSpan):
        return moment(hit)
    return in_words.place(hit) if hit.medium is Medium.DOCUMENT and not words_say_more(hit) else ""


def moment(hit: Hit) -> str:
    """Where in a recording; empty for the very beginning, and for what has no time."""
    if isinstance(hit.locator, TimeSpan) and hit.locator.start_s >= 1:
        return in_words.clock(hit.locator.start_s)
    return ""


def marks(hit: Hit) -> Iterator[str]:
    """Icons over the picture."""
    if not hit.online:
        yield "offline"
    if hit.medium is Medium.VIDEO:
        yield "play"
    if hit.medium is Medium.AUDIO:
        yield "audio"
