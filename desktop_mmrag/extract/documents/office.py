"""Documents other than PDF: each kind's reader, and what it read as segments, preview and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from desktop_mmrag.domain import (
    ExtractRequest,
    Locator,
    Medium,
    Page,
    Part,
    Role,
    Segment,
    Summary,
    TextSpan,
    Whole,
)
from desktop_mmrag.errors import FileEmpty
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.documents import drawn_page, embedded
from desktop_mmrag.extract.documents.body import Document, Enclosed, Leaf, captions, passages
from desktop_mmrag.extract.documents.embedded import Embedded
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.notes.prose import HEADING_JOIN
from desktop_mmrag.extract.pictures import thumbnail

APART = 2
"""Characters between the texts of two leaves."""
_MOST_CHARACTERS = 20_000_000
# Covers this small are made for lists of files; a drawn page shows more.
_SMALLEST_COVER = 160
# Half of the pictures in documents are diagrams and screenshots.
_HOLDS_WORDS = 0.5

Fits = Callable[[str], bool]
Attached = Callable[[ExtractRequest], Iterator[Part | None]]
"""Reads a file that was attached to another: segments, then a summary."""


@dataclass(slots=True)
class _First:
    """What the preview is drawn from."""

    leaf: Leaf | None = None
    picture: Image.Image | None = None


@dataclass(slots=True)
class _Reading:
    pictures: Embedded
    chunker: Chunker
    first: _First = field(default_factory=_First)
    offset: int = 0
    found: bool = False
    to_read: float | None = None
    """How likely the pictures hold words, as for a photo."""


def extract(request: ExtractRequest, kind: Kind, attached: Attached) -> Iterator[Part | None]:
    """Per leaf its passages and pictures and None; at last the summary. Raises file failures."""
    chunker = Chunker(request.tokenizer_file, request.max_tokens)
    reading = _Reading(Embedded(request.picture_input), chunker)
    with explained(request.path), opened(request, kind, chunker.fits, attached) as document:
        for leaf in document.leaves:
            yield from _segments(leaf, reading)
            yield None
            if reading.offset > _MOST_CHARACTERS:
                yield _cut_short(reading.offset)
                break
        if not reading.found:
            raise FileEmpty(f"{request.path.name} holds no words and no pictures.")
        facts, preview = document.facts(), _preview(document, reading.first)
    yield Summary(Medium.DOCUMENT, facts, preview, reading.to_read)


def opened(
    request: ExtractRequest, kind: Kind, fits: Fits, attached: Attached
) -> AbstractContextManager[Document]:
    """The document, read by the reader of its kind. `fits`: whether a text is one passage."""
    if kind in (Kind.EML, Kind.MBOX):
        from desktop_mmrag.extract.documents import mail

        return mail.opened(request, kind is Kind.MBOX, fits, attached)
    return _reader(kind)(request.path, fits)


def _reader(kind: Kind) -> Callable[[Path, Fits], AbstractContextManager[Document]]:
    """Loaded on first use: each brings libraries of its own."""
    match kind:
        case Kind.DOCX:
            from desktop_mmrag.extract.documents.word import opened
        case Kind.PPTX:
            from desktop_mmrag.extract.documents.slides import opened
        case Kind.XLSX:
            from desktop_mmrag.extract.documents.workbook import opened
        case Kind.EPUB:
            from desktop_mmrag.extract.documents.book import opened
        case Kind.RTF:
            from desktop_mmrag.extract.documents.rich_text import opened
        case Kind.CSV:
            from desktop_mmrag.extract.documents.delimited import opened
        case _:
            from desktop_mmrag.extract.documents.opendocument import opened
    return opened


def _segments(leaf: Leaf, reading: _Reading) -> Iterator[Segment | None]:
    for segment in passages(leaf, reading.chunker, reading.offset):
        reading.found = True
        yield segment
    for shown, around in captions(leaf, reading.offset):
        data = leaf.load(shown.path)
        kept, pixels = reading.pictures.pixels(data)
        if not kept or data is None:
            continue
        if reading.first.leaf is None and reading.first.picture is None:
            reading.first.picture = embedded.picture(data, longest=thumbnail.LONGEST_SIDE)
        reading.found = True
        reading.to_read = max(reading.to_read or 0.0, _HOLDS_WORDS)
        yield Segment(Role.PICTURE, around.locator, pixels=pixels)
        if around.text:
            yield around
    reading.offset += len(leaf.prose.text) + APART
    for enclosed in leaf.enclosed:
        yield from _enclosed(enclosed, reading)
    if reading.first.leaf is None and (leaf.prose.text or leaf.prose.pictures):
        reading.first.leaf = leaf


def _enclosed(enclosed: Enclosed, reading: _Reading) -> Iterator[Segment | None]:
    """What another file inside this one holds, its places told as places of this one's text."""
    base = start = reading.offset
    for part in enclosed.parts:
        if part is None:
            yield None
            continue
        if isinstance(part, Summary):
            if part.reading_priority is not None:
                reading.to_read = max(reading.to_read or 0.0, part.reading_priority)
            if reading.first.picture is None and part.preview and part.medium is Medium.PHOTO:
                reading.first.picture = embedded.picture(part.preview)
            continue
        if isinstance(part.locator, TextSpan):
            start = base + part.locator.start
            reading.offset = max(reading.offset, base + part.locator.end)
        elif part.role in (Role.PASSAGE, Role.PICTURE):
            start = reading.offset
            reading.offset += len(part.text)
        end = base + part.locator.end if isinstance(part.locator, TextSpan) else reading.offset
        heading = HEADING_JOIN.join(filter(None, (enclosed.heading, place_within(part.locator))))
        locator = TextSpan(start, end, heading)
        reading.found = True
        yield replace(part, locator=locator, about=None)
        if part.role is Role.PICTURE and isinstance(part.locator, Whole) and enclosed.words:
            yield Segment(Role.CAPTION, locator, enclosed.words)
    reading.offset += APART


def place_within(locator: Locator) -> str:
    """In words, for the heading of what lies inside another file."""
    match locator:
        case TextSpan(heading=heading):
            return (heading or "").rpartition(HEADING_JOIN)[2]
        case Page(page=page):
            return f"page {page}"
    return ""


def _is_blank(image: Image.Image) -> bool:
    """Templates carry a picture of their own empty first page."""
    return all(high - low < 8 for low, high in image.getextrema())  # type: ignore[misc]


def _cut_short(offset: int) -> Segment:
    said = "The rest of this file is not read: it is longer than twenty million characters."
    return Segment(Role.PASSAGE, TextSpan(offset, offset + len(said)), said)


def _preview(document: Document, first: _First) -> bytes | None:
    cover = cover_of(document, thumbnail.LONGEST_SIDE)
    if cover is not None:
        return thumbnail.jpeg(thumbnail.small(cover))
    if first.leaf is None:
        return None
    return thumbnail.jpeg(page_of(first.leaf, first.picture, document.wide))


def cover_of(document: Document, longest_side: int) -> Image.Image | None:
    """The picture of itself that a document carries, if it shows anything."""
    data = document.cover()
    image = embedded.picture(data, longest=longest_side) if data else None
    if image is None or max(image.size) < _SMALLEST_COVER or _is_blank(image):
        return None
    return image


def page_of(
    leaf: Leaf, picture: Image.Image | None, wide: bool, longest_side: int = thumbnail.LONGEST_SIDE
) -> Image.Image:
    """The leaf as a page with its title, text and picture."""
    titles = frozenset(heading.title for heading in leaf.prose.headings)
    return drawn_page.draw(leaf.prose.text, titles, picture, wide, longest_side)
