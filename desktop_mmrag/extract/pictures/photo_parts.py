"""Parts of a photo that are found by themselves: tiles of a panorama, moments, pages of a TIFF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_mmrag.domain import Box, Locator, Page, PictureInput, Role, Segment, TextLine, Whole
from desktop_mmrag.errors import FileDamaged
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.pictures import animation, tiff_chain
from desktop_mmrag.extract.pictures.animation import Frame
from desktop_mmrag.extract.pictures.ocr import LONGEST_SIDE, TextReader, as_segments
from desktop_mmrag.extract.pictures.pixels import (
    Decoded,
    crop,
    decode,
    open_picture,
    prepare,
    shrink,
)

# Phones' screenshots are 2.2 times as tall as wide; an encoder sees the middle of anything wider.
_PANORAMA = 2.5
# Of a tile's side from one to the next: what is cut by one lies whole in its neighbour.
_STEP = 0.8
_MOST_TILES = 12
_MOST_PAGES = 200
_SUBFILE_TYPE = 254
_REDUCED = 1


def whole(decoded: Decoded, path: Path, wanted: PictureInput | None) -> Iterator[Segment]:
    """The photo as one, and of a panorama also its tiles."""
    with explained(path):
        upright = decoded.upright(decoded.image)
        yield _segment(upright, wanted, Whole())
        for box in _tiles(*decoded.full_size):
            yield _segment(crop(upright, box), wanted, box)


def frames(image: Image.Image, path: Path, kind: Kind, shortest: int, longest: int) -> list[Frame]:
    """The frames of a picture that moves; none when it stands still."""
    if kind not in animation.MOVING or animation.frame_count(image) < 2:
        return []
    found = animation.frames(image, path, shortest, longest)
    return found if len(found) > 1 else []


def moments(frames: Sequence[Frame], path: Path, wanted: PictureInput | None) -> Iterator[Segment]:
    """A segment for each frame."""
    for frame in frames:
        with explained(path):
            yield _segment(frame.decoded.upright(frame.decoded.image), wanted, frame.span)


def page_numbers(image: Image.Image, path: Path) -> list[int]:
    """Pages of an opened TIFF, from 1, without reduced copies; leaves it at the first.

    Raises FileDamaged when pages are missing at its end.
    """
    numbers = []
    with explained(path):
        if tiff_chain.is_cut(path):
            raise FileDamaged(f"{path.name} is cut off: its end is missing.")
        for number in range(min(animation.frame_count(image), _MOST_PAGES)):
            image.seek(number)
            if not int(getattr(image, "tag_v2", {}).get(_SUBFILE_TYPE, 0)) & _REDUCED:
                numbers.append(number + 1)
        image.seek(0)
    return numbers or [1]


def pages(
    image: Image.Image,
    path: Path,
    numbers: Sequence[int],
    wanted: PictureInput | None,
    sizes: tuple[int, int],
) -> Iterator[Segment | None]:
    """A segment for each page of a TIFF, and None after it. `sizes`: as in `pixels.decode`."""
    for number in numbers:
        with explained(path):
            image.seek(number - 1)
            decoded = decode(image, path, *sizes)
            upright = decoded.upright(decoded.image)
            yield _segment(upright, wanted, Page(number))
        yield None


def read_text(path: Path, kind: Kind, reader: TextReader) -> Iterator[Segment | None]:
    """OCR segments of a photo, or of each page of a TIFF; None after each page.

    A long picture, such as a screenshot of a whole conversation, is read tile by tile: small as
    one it could not be read at all.
    """
    with open_picture(path, kind) as image:
        numbers = page_numbers(image, path) if kind is Kind.TIFF else [1]
        for number in numbers:
            page = number if len(numbers) > 1 else None
            if page is not None:
                with explained(path):
                    image.seek(number - 1)
            yield from as_segments(list(_lines(image, path, reader, page)))
            yield None


def _lines(
    image: Image.Image, path: Path, reader: TextReader, page: int | None
) -> Iterator[TextLine]:
    boxes = list(_tiles(*image.size))
    longest = LONGEST_SIDE * (min(max(image.size) // min(image.size), _MOST_TILES) if boxes else 1)
    decoded = decode(image, path, longest=longest)
    upright = shrink(decoded.upright(decoded.image), longest)
    # Now the right way up.
    boxes = list(_tiles(*upright.size))
    if not boxes:
        yield from reader.read(np.array(upright), page)
    for number, box in enumerate(boxes):
        tile = shrink(crop(upright, box), LONGEST_SIDE)
        for line in reader.read(np.array(tile), page):
            placed = replace(line, box=_within(line.box, box))
            if _nearest(placed.box, boxes) == number:
                yield placed


def _within(part: Box, box: Box) -> Box:
    """Fractions of a tile as fractions of the picture that `box` lies in."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    return Box(
        round(box.x0 + part.x0 * width, 5),
        round(box.y0 + part.y0 * height, 5),
        round(box.x0 + part.x1 * width, 5),
        round(box.y0 + part.y1 * height, 5),
        part.page,
    )


def _nearest(line: Box, boxes: Sequence[Box]) -> int:
    """The tile in whose middle a line lies: where tiles overlap it is read twice, and cut once."""

    def distance(box: Box) -> float:
        across = abs(line.x0 + line.x1 - box.x0 - box.x1)
        return across + abs(line.y0 + line.y1 - box.y0 - box.y1)

    return min(range(len(boxes)), key=lambda number: distance(boxes[number]))


def _segment(upright: Image.Image, wanted: PictureInput | None, locator: Locator) -> Segment:
    pixels = prepare(upright, wanted) if wanted else None
    return Segment(Role.PICTURE, locator, pixels=pixels)


def _tiles(width: int, height: int) -> Iterator[Box]:
    """Squares that cover a long picture from end to end, overlapping evenly."""
    long, short = max(width, height), min(width, height)
    if long < _PANORAMA * short:
        return
    count = min(ceil((long / short - 1) / _STEP) + 1, _MOST_TILES)
    share = max(short / long, 1 / count)
    for number in range(count):
        start = round(number * (1 - share) / (count - 1), 4)
        end = round(min(1.0, start + share), 4)
        yield Box(start, 0.0, end, 1.0) if width >= height else Box(0.0, start, 1.0, end)
