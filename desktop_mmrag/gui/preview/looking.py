"""Looks closely at a hit in the background: its facts and words at once, then its picture, sharper and sharper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QImage

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Box, Hit, Locator, Medium, Page, Role, TextSpan, TimeSpan, Whole
from desktop_mmrag.errors import ExtractorsClosed, FileFailure, FileNotKept, KnownError
from desktop_mmrag.gui.look.pictures import as_image
from desktop_mmrag.library.contents import KeptContent, KeptSegment
from desktop_mmrag.library.snippet import spans

SHARP, SHARPEST = 2048, 8192
"""Pixels on the longer side: for a large pane, and for looking at single pixels."""
_MOST_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a content's text."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """Characters [start, end) that matched."""
    here: bool
    """Whether this is the passage that the hit points at."""
    heading: str | None = None
    start_s: float | None = None
    """When it is said, in a recording."""


@dataclass(frozen=True, slots=True)
class Looked:
    """All that is known of a hit without opening its file."""

    hit: Hit
    content: KeptContent
    passages: tuple[Passage, ...]
    regions: tuple[Box, ...]
    """Boxes that matched, on the page that is shown or in the photo."""
    page: int | None
    """The page to show, counted from 1; None where there are no pages."""
    looks: tuple[str, ...] = ()
    """What it looks like to the encoder of pictures, in everyday words."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of it; `sharp` says whether it was read from the file itself."""

    image: QImage
    sharp: bool
    side: int = 0
    """The longest side that was asked for."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Boxes on the page: the lines of the passage, and the words in them."""

    lines: tuple[Box, ...]
    words: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """The file cannot be read now; what the library keeps is shown instead."""

    problem: KnownError


Sight = Looked | Drawn | Marked | Trouble


def look(application: Application, hit: Hit, page: int | None = None) -> Iterator[Sight]:
    """Everything about a hit, quickest first. `page` is another page than the hit's.

    Raises FileNotKept when the library no longer has it.
    """
    content = application.library.contents.describe([hit.content_id]).get(hit.content_id)
    if content is None:
        raise FileNotKept(f"{hit.path.name} is no longer in the library.")
    segments = application.library.contents.segments_of(hit.content_id)
    shown_page = page or _page_of(hit, content)
    looks = application.library.looks.of([hit.content_id]).get(hit.content_id, ())
    yield replace(_looked(hit, content, segments, shown_page), looks=looks)
    yield from _drawn(application, hit, content, shown_page)


def sharpen(application: Application, hit: Hit, page: int | None) -> Iterator[Sight]:
    """The picture with all its pixels."""
    try:
        pixels = application.extractors.picture(hit.path, SHARPEST, page, second=_second(hit))
        yield Drawn(as_image(pixels), True, SHARPEST)
    except ExtractorsClosed:
        return
    except FileFailure as problem:
        yield Trouble(problem)


def _looked(
    hit: Hit, content: KeptContent, segments: Sequence[KeptSegment], page: int | None
) -> Looked:
    return Looked(
        hit,
        content,
        tuple(_passages(hit, segments, page if content.medium is Medium.DOCUMENT else None)),
        tuple(box for box in _regions(hit) if box.page == page),
        page,
    )


def _page_of(hit: Hit, content: KeptContent) -> int | None:
    if isinstance(hit.locator, Page | Box) and hit.locator.page:
        return hit.locator.page
    # Sheets and running text have no pages to turn, however many their file counts.
    paged = content.medium is Medium.DOCUMENT and not isinstance(hit.locator, TextSpan)
    return 1 if paged and content.facts.pages else None


def _regions(hit: Hit) -> Iterator[Box]:
    boxes = [box for reason in hit.reasons for box in reason.boxes]
    if boxes:
        yield from boxes
    elif isinstance(hit.locator, Box):
        yield hit.locator


# --- words


def _passages(hit: Hit, segments: Sequence[KeptSegment], page: int | None) -> Iterator[Passage]:
    words, quote = _words_of(hit), _quote_of(hit)
    left = _MOST_CHARACTERS
    for kept in segments:
        segment = kept.segment
        where = getattr(segment.locator, "page", None)
        # Of a note; what a model said of a photo has no `about` and lies nowhere in a text.
        beside = segment.role is Role.CAPTION and not isinstance(segment.locator, Whole)
        if not segment.text or beside or (page and where != page):
            continue
        left -= len(segment.text)
        if left < 0:
            return
        here = kept.id == hit.segment_id or _holds(segment.locator, hit.locator)
        marks = spans(segment.text, words) if words else []
        if here and quote:
            marks = _places_of(quote, segment.text)
        yield Passage(
            segment.text,
            tuple(marks),
            here,
            _heading(segment.locator),
            segment.locator.start_s if isinstance(segment.locator, TimeSpan) else None,
        )


def _words_of(hit: Hit) -> list[str]:
    return sorted({word for reason in hit.reasons for word in reason.words})


def _holds(passage: Locator, place: Locator) -> bool:
    """Whether a place is this passage, or one sentence of it, as an answer quotes."""
    match passage, place:
        case TextSpan(), TextSpan():
            return passage.start <= place.start and place.end <= passage.end
        case Page(_, int(start), int(end)), Page(_, int(first), int(last)):
            return passage.page == place.page and start <= first and last <= end
        case TimeSpan(), TimeSpan():
            return passage.start_s <= place.start_s and place.end_s <= passage.end_s
    return passage == place


def _quote_of(hit: Hit) -> str:
    """What an answer took from it; a hit of a search is marked by what matched instead."""
    return "" if hit.reasons else hit.snippet.strip("… \n")


def _places_of(quote: str, text: str) -> list[tuple[int, int]]:
    """Characters [start, end) of a quote, which stands on one line, wherever the text breaks."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return [found.span()] if found else []


def _heading(locator: Locator) -> str | None:
    return locator.heading if isinstance(locator, TextSpan) else None


# --- pictures


def _drawn(
    application: Application, hit: Hit, content: KeptContent, page: int | None
) -> Iterator[Sight]:
    preview = application.library.thumbnails.path(content.hash)
    if page in (None, 1) and preview.exists():
        image = QImage(str(preview))
        if not image.isNull():
            yield Drawn(image, False)
    if not content.online or not _has_picture(content):
        return
    path = content.paths[0]
    try:
        pixels = application.extractors.picture(path, SHARP, page, second=_second(hit))
        yield Drawn(as_image(pixels), True, SHARP)
        if page:
            yield _marked(application, hit, page)
    except ExtractorsClosed:
        # Settings changed meanwhile; the preview is there.
        return
    except FileFailure as problem:
        yield Trouble(problem)


def _has_picture(content: KeptContent) -> bool:
    if content.medium is Medium.DOCUMENT:
        return bool(content.facts.pages)
    return content.medium in (Medium.PHOTO, Medium.VIDEO)


def _second(hit: Hit) -> float | None:
    return hit.locator.start_s if isinstance(hit.locator, TimeSpan) else None


def _marked(application: Application, hit: Hit, page: int) -> Marked:
    """Where the passage or the quote and its words stand on a page that has its own text."""
    quote = _quote_of(hit)
    if quote and getattr(hit.locator, "page", None) == page:
        lines, _ = application.extractors.places(hit.path, page, quote, ())
        return Marked(tuple(lines), ())
    kept = application.library.contents.segments([hit.segment_id]).get(hit.segment_id)
    text = kept.segment.text if kept and kept.segment.role is Role.PASSAGE else ""
    on_this_page = kept is not None and getattr(kept.segment.locator, "page", None) == page
    if not on_this_page or not text:
        return Marked((), ())
    written = tuple(dict.fromkeys(text[a:b] for a, b in spans(text, _words_of(hit))))
    lines, words = application.extractors.places(hit.path, page, text, written)
    return Marked(tuple(lines), tuple(words))
