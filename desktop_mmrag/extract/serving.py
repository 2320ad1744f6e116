"""What an extractor process can be asked; loads each medium's decoders on first use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_mmrag.domain import (
    Box,
    ExtractRequest,
    Medium,
    Part,
    PictureInput,
    Pixels,
    Segment,
)
from desktop_mmrag.errors import FileUnsupported
from desktop_mmrag.extract.kinds import Kind, sniff

if TYPE_CHECKING:
    from PIL.Image import Image

    from desktop_mmrag.extract.ocr import TextReader


class Desk:
    """Answers questions about one file at a time. None between pieces: a page is done."""

    def __init__(self, megapixels: int, reading_threads: int) -> None:
        self._megapixels = megapixels
        self._reading_threads = reading_threads

    def understand(self, request: ExtractRequest) -> Iterator[Part | None]:
        """The first pass: everything but text in pictures."""
        kind = sniff(request.path)
        if kind.medium is Medium.NOTE:
            from desktop_mmrag.extract import note

            return note.extract(request, kind)
        self._limit_pixels()
        if kind is Kind.PDF:
            from desktop_mmrag.extract import document

            return document.extract(request)
        from desktop_mmrag.extract import photo

        return photo.extract(request, kind)

    def read_text(self, path: Path) -> Iterator[Segment | None]:
        """The second pass: text in a photo, or on a PDF's pages that have none of their own."""
        kind = sniff(path)
        if kind.medium is Medium.NOTE:
            return iter(())
        self._limit_pixels()
        if kind is Kind.PDF:
            from desktop_mmrag.extract import document

            return document.read_text(path, lambda: self._reader)
        from desktop_mmrag.extract import ocr, pixels

        picture = pixels.load_photo(path, kind, ocr.LONGEST_SIDE)
        return iter(self._reader.segments(pixels.as_array(picture)))

    def picture(
        self, path: Path, longest_side: int, page: int | None, box: Box | None
    ) -> Iterator[Pixels]:
        """Upright RGB of at most `longest_side` pixels a side."""
        from desktop_mmrag.extract.pixels import as_array

        yield as_array(self._load(path, longest_side, page, box))

    def prepared(
        self, path: Path, picture_input: PictureInput, page: int | None, box: Box | None
    ) -> Iterator[Pixels]:
        """Pixels for an encoder."""
        from desktop_mmrag.extract.pixels import prepare

        loaded = self._load(path, 4 * picture_input.size, page, box)
        yield prepare(loaded, picture_input)

    def _load(self, path: Path, longest_side: int, page: int | None, box: Box | None) -> Image:
        kind = sniff(path)
        self._limit_pixels()
        if kind is Kind.PDF:
            from desktop_mmrag.extract import document

            return document.load_page(path, page or 1, longest_side, box)
        if kind.medium is Medium.NOTE:
            raise FileUnsupported(f"{path.name} is {kind}, not a picture.")
        from desktop_mmrag.extract.pixels import load_photo

        return load_photo(path, kind, longest_side, box)

    def _limit_pixels(self) -> None:
        from desktop_mmrag.extract.pixels import limit_megapixels

        limit_megapixels(self._megapixels)

    @cached_property
    def _reader(self) -> TextReader:
        from desktop_mmrag.extract.ocr import TextReader

        return TextReader(self._reading_threads)
