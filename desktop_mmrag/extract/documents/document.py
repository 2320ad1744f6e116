"""A PDF to its pages' pictures and passages, one page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError, PdfPage
from pypdfium2.raw import FPDF_ERR_PASSWORD

from desktop_mmrag.domain import (
    Box,
    ExtractRequest,
    Facts,
    Medium,
    Page,
    Part,
    PictureInput,
    Role,
    Segment,
    Summary,
)
from desktop_mmrag.errors import FileDamaged, FileLocked, FileVanished
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.documents import page_places
from desktop_mmrag.extract.documents.page_text import text_of
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.pictures import thumbnail
from desktop_mmrag.extract.pictures.ocr import PAGE_SIDE, TextReader
from desktop_mmrag.extract.pictures.pixels import as_array, crop, prepare, shrink
from desktop_mmrag.extract.times import parse_pdf_time

_OVERSAMPLE = 2
# Fewer letters than this are a page number or a stamp on a scan, not the page's text.
_LEAST_LETTERS = 16
_LARGEST_SIDE = 8000


def extract(request: ExtractRequest) -> Iterator[Part | None]:
    """Per page its picture, its passages and None; at last the summary.

    Raises FileLocked, FileDamaged and the other file failures. A broken page among sound ones
    is left out.
    """
    chunker = Chunker(request.tokenizer_file, request.max_tokens)
    preview: bytes | None = None
    to_read = sound = 0
    with _opened(request.path) as pdf:
        for number, page in _pages(pdf):
            text = text_of(page)
            picture = _rendered(page, request.picture_input, first=number == 1)
            sound += 1
            to_read += not has_text(text) and not _is_blank(page, picture)
            if number == 1 and picture is not None:
                preview = thumbnail.jpeg(thumbnail.small(picture))
            yield _picture(number, picture, request.picture_input)
            for span in chunker.spans(text):
                locator = Page(number, span.start, span.end)
                yield Segment(Role.PASSAGE, locator, text[span.start : span.end])
            yield None
        if not sound:
            raise FileDamaged(f"{request.path.name} has no page that can be read.")
        facts = _facts(pdf)
    yield Summary(Medium.DOCUMENT, facts, preview, 1.0 if to_read else None)


def read_text(path: Path, reader: Callable[[], TextReader]) -> Iterator[Segment | None]:
    """OCR segments of the pages that have no text of their own; None after each page."""
    with _opened(path) as pdf:
        for number, page in _pages(pdf):
            if not has_text(text_of(page)):
                picture = render(page, PAGE_SIDE)
                if not _uniform(picture):
                    yield from reader().segments(as_array(picture), number)
            yield None


def load_page(path: Path, number: int, longest_side: int, box: Box | None) -> Image.Image:
    """A page (from 1) or the part in `box`, RGB, of at most `longest_side` pixels a side."""
    with _opened(path) as pdf:
        if not 1 <= number <= len(pdf):
            raise FileVanished(f"{path.name} has no page {number} any more.")
        with explained(path):
            page = pdf[number - 1]
            part = max(box.x1 - box.x0, box.y1 - box.y0, 0.01) if box else 1.0
            whole = render(page, min(_LARGEST_SIDE, int(longest_side / part)))
            return shrink(crop(whole, box), longest_side)


def places(
    path: Path, number: int, passage: str, words: Sequence[str]
) -> tuple[list[Box], list[Box]]:
    """On a page (from 1) the lines of a passage, and all occurrences of words."""
    with _opened(path) as pdf:
        if not 1 <= number <= len(pdf):
            return [], []
        page = pdf[number - 1]
        lines = page_places.lines_of(page, number, passage)
        return lines, page_places.boxes_of(page, number, words)


def has_text(text: str) -> bool:
    """Whether a page's own text is more than a page number."""
    return len(text) >= _LEAST_LETTERS and len(re.sub(r"[\W_]+", "", text)) >= _LEAST_LETTERS


@contextmanager
def _opened(path: Path) -> Iterator[PdfDocument]:
    with explained(path):
        # PDFium tells a missing file and a broken one alike.
        path.open("rb").close()
        try:
            pdf = PdfDocument(path)
            pages = len(pdf)
        except PdfiumError as problem:
            if problem.err_code == FPDF_ERR_PASSWORD:
                raise FileLocked(f"{path.name} opens with a password only.") from problem
            raise FileDamaged(f"{path.name} is not a PDF that can be opened.") from problem
        try:
            if not pages:
                raise FileDamaged(f"{path.name} has no pages.")
            yield pdf
        finally:
            pdf.close()


def _pages(pdf: PdfDocument) -> Iterator[tuple[int, PdfPage]]:
    """Pages that can be loaded, counted from 1, each closed before the next is opened."""
    forms = bool(pdf.get_formtype())
    if forms:
        pdf.init_forms()
    for number in range(1, len(pdf) + 1):
        try:
            page = _with_filled_fields(pdf, number - 1) if forms else pdf[number - 1]
        except PdfiumError:
            continue
        try:
            yield number, page
        finally:
            page.close()


def _with_filled_fields(pdf: PdfDocument, index: int) -> PdfPage:
    """What a person wrote into a form becomes text of the page, in memory only."""
    page = pdf[index]
    with suppress(PdfiumError):
        page.flatten()
    page.close()
    return pdf[index]


def _rendered(page: PdfPage, wanted: PictureInput | None, first: bool) -> Image.Image | None:
    """None when nobody needs the picture: no encoder, and not the preview's page."""
    if wanted is None and not first:
        return None
    width, height = page.get_size()
    shortest = min(width, height)
    side = thumbnail.LONGEST_SIDE
    if wanted is not None and shortest > 0:
        side = max(side, int(_OVERSAMPLE * wanted.size * max(width, height) / shortest))
    return render(page, min(side, _LARGEST_SIDE))


def render(page: PdfPage, longest_side: int) -> Image.Image:
    """A page as RGB on white, its longer side `longest_side` pixels."""
    width, height = page.get_size()
    scale = longest_side / max(width, height, 1e-3)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture
    finally:
        bitmap.close()


def _picture(number: int, picture: Image.Image | None, wanted: PictureInput | None) -> Segment:
    pixels = None if picture is None or wanted is None else prepare(picture, wanted)
    return Segment(Role.PICTURE, Page(number), pixels=pixels)


def _is_blank(page: PdfPage, picture: Image.Image | None) -> bool:
    if picture is not None:
        return _uniform(picture)
    return next(iter(page.get_objects(max_depth=1)), None) is None


def _uniform(picture: Image.Image) -> bool:
    return all(high - low < 8 for low, high in picture.getextrema())  # type: ignore[misc]


def _facts(pdf: PdfDocument) -> Facts:
    try:
        said = {key: value.strip("\x00 ") for key, value in pdf.get_metadata_dict().items()}
    except (PdfiumError, UnicodeError):
        said = {}
    words = (word.strip() for word in said.get("Keywords", "").replace(";", ",").split(","))
    return Facts(
        title=said.get("Title", "").removeprefix("Microsoft Word - ") or None,
        author=said.get("Author") or None,
        taken_at=parse_pdf_time(said.get("CreationDate")),
        keywords=tuple(dict.fromkeys(word for word in words if word)),
        pages=len(pdf),
    )
