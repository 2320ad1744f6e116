"""Pages of documents other than PDF, drawn to be looked at, and the words in their pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from PIL import Image

from desktop_mmrag.domain import Box, ExtractRequest, Locator, Part, Role, Segment, TextSpan
from desktop_mmrag.errors import FileVanished
from desktop_mmrag.extract.documents import embedded, office
from desktop_mmrag.extract.documents.body import Enclosed, captions
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.notes.prose import HEADING_JOIN
from desktop_mmrag.extract.pictures import ocr
from desktop_mmrag.extract.pictures.ocr import TextReader
from desktop_mmrag.extract.pictures.pixels import as_array, crop, shrink

# About a passage: a token of English has four characters, one of a table three.
_PASSAGE = 480
_MOST_READ = 300

ReadInside = Callable[[Path], Iterator[Segment | None]]
"""Reads the words in a file that was attached."""


def load(
    path: Path, kind: Kind, page: int | None, longest_side: int, box: Box | None
) -> Image.Image:
    """A slide, a sheet or the first page, drawn from its text and first picture; or the cover.

    RGB of at most `longest_side` a side. Raises FileVanished where there is no such page, and the
    other file failures.
    """
    with explained(path), office.opened(_request(path), kind, _fits, _nothing) as document:
        cover = office.cover_of(document, longest_side) if page in (None, 1) else None
        if cover is not None:
            return shrink(crop(cover, box), longest_side)
        for leaf in islice(document.leaves, (page or 1) - 1, None):
            shown = (_decoded(leaf.load(one.path)) for one in leaf.prose.pictures)
            picture = next((one for one in shown if one is not None), None)
            drawn = office.page_of(leaf, picture, document.wide, longest_side)
            return shrink(crop(drawn, box), longest_side)
    raise FileVanished(f"{path.name} has no page {page or 1} any more.")


def read_text(
    path: Path, kind: Kind, reader: Callable[[], TextReader], inside: ReadInside
) -> Iterator[Segment | None]:
    """OCR segments of the pictures, None after each leaf.

    Headings and slides are those of the first pass; characters are counted without the encoder,
    so that behind a table of several passages they may be some hundred off.
    """
    seen: set[bytes] = set()
    offset = 0

    def attached(request: ExtractRequest) -> Iterator[Part | None]:
        return iter(inside(request.path))

    with explained(path), office.opened(_request(path), kind, _fits, attached) as document:
        for leaf in document.leaves:
            for shown, around in captions(leaf, offset):
                data = leaf.load(shown.path)
                mark = hashlib.sha256(data or b"").digest()
                picture = None if mark in seen or len(seen) >= _MOST_READ else _decoded(data)
                seen.add(mark)
                if picture is not None:
                    yield from _words(picture, around.locator, reader())
            offset += len(leaf.prose.text) + office.APART
            for enclosed in leaf.enclosed:
                yield from _of_enclosed(enclosed, offset)
                offset += office.APART
            yield None


def _words(picture: Image.Image, locator: Locator, reader: TextReader) -> Iterator[Segment]:
    for region in reader.segments(as_array(picture)):
        # Boxes within a picture within a document are no place in the document.
        yield Segment(Role.OCR, locator, region.text)


def _of_enclosed(enclosed: Enclosed, offset: int) -> Iterator[Segment]:
    for part in enclosed.parts:
        if isinstance(part, Segment):
            within = office.place_within(part.locator)
            heading = HEADING_JOIN.join(filter(None, (enclosed.heading, within)))
            yield replace(part, locator=TextSpan(offset, offset, heading), lines=())


def _decoded(data: bytes | None) -> Image.Image | None:
    return None if data is None else embedded.picture(data, longest=ocr.LONGEST_SIDE)


def _request(path: Path) -> ExtractRequest:
    return ExtractRequest(path, None, Path(), 0)


def _fits(text: str) -> bool:
    return len(text) <= _PASSAGE


def _nothing(request: ExtractRequest) -> Iterator[Part | None]:
    return iter(())
