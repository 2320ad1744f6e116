"""Where on a PDF page words stand, and the lines of a passage: boxes to be marked in its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from pypdfium2 import PdfiumError, PdfPage, PdfTextPage

from desktop_mmrag.domain import Box

_MOST_BOXES = 400
# Enough of a passage's ends to find them on a page that holds it once.
_END = 24


def boxes_of(page: PdfPage, number: int, words: Sequence[str]) -> list[Box]:
    """Boxes of all occurrences of these words, written exactly so but for case."""
    text_page = page.get_textpage()
    try:
        return [
            box
            for word in words
            for start, count in _occurrences(text_page, word)
            for box in _boxes(page, text_page, number, start, count)
        ][:_MOST_BOXES]
    except (PdfiumError, AssertionError):
        return []
    finally:
        text_page.close()


def lines_of(page: PdfPage, number: int, passage: str) -> list[Box]:
    """Boxes of the lines of a passage; none when the page writes it in another order."""
    text_page = page.get_textpage()
    try:
        found = _stretch(text_page.get_text_range(), passage)
        return _boxes(page, text_page, number, *found)[:_MOST_BOXES] if found else []
    except (PdfiumError, AssertionError):
        return []
    finally:
        text_page.close()


def _occurrences(text_page: PdfTextPage, word: str) -> Iterator[tuple[int, int]]:
    if not word.strip():
        return
    search = text_page.search(word, match_case=False, match_whole_word=True)
    with suppress(PdfiumError):
        while found := search.get_next():
            yield found


def _stretch(raw: str, passage: str) -> tuple[int, int] | None:
    """Start and length of a passage in the page's text, white space and hyphenation aside."""
    places = [at for at, sign in enumerate(raw) if sign.isalnum()]
    bare = "".join(raw[at] for at in places)
    sought = "".join(sign for sign in passage if sign.isalnum())
    start = bare.find(sought[:_END])
    if not sought or start < 0:
        return None
    end = bare.find(sought[-_END:], start)
    last = end + len(sought[-_END:]) if end >= 0 else min(len(bare), start + len(sought))
    return places[start], places[last - 1] + 1 - places[start]


def _boxes(page: PdfPage, text_page: PdfTextPage, number: int, start: int, count: int) -> list[Box]:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        return []
    rects = (text_page.get_rect(at) for at in range(text_page.count_rects(start, count)))
    return [_box(rect, page, width, height, number) for rect in rects]


def _box(
    rect: tuple[float, float, float, float],
    page: PdfPage,
    width: float,
    height: float,
    number: int,
) -> Box:
    """From points with their origin at the lower left of the crop box, upright, to fractions."""
    left, bottom, right, top = _turned(rect, page, width, height)
    x0, x1 = sorted((left / width, right / width))
    y0, y1 = sorted((1 - top / height, 1 - bottom / height))
    return Box(_clamped(x0), _clamped(y0), _clamped(x1), _clamped(y1), number)


def _turned(
    rect: tuple[float, float, float, float], page: PdfPage, width: float, height: float
) -> tuple[float, float, float, float]:
    """Coordinates of the page as it is drawn: moved to its crop box and turned as it is."""
    x, y, *_ = page.get_cropbox()
    left, bottom, right, top = rect[0] - x, rect[1] - y, rect[2] - x, rect[3] - y
    match page.get_rotation():
        case 90:
            return bottom, height - right, top, height - left
        case 180:
            return width - right, height - top, width - left, height - bottom
        case 270:
            return width - top, left, width - bottom, right
    return left, bottom, right, top


def _clamped(fraction: float) -> float:
    return min(1.0, max(0.0, fraction))
