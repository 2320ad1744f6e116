"""What an extractor process can be asked; loads each medium's decoders on first use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_mmrag.domain import (
    Beside,
    Box,
    ExtractRequest,
    Facts,
    Fingerprint,
    Medium,
    Part,
    PictureInput,
    Pixels,
    Segment,
    Sound,
)
from desktop_mmrag.errors import FileUnsupported
from desktop_mmrag.extract.kinds import OFFICE, RECORDINGS, Kind, sniff

if TYPE_CHECKING:
    from PIL.Image import Image

    from desktop_mmrag.extract.pictures.ocr import TextReader


# An invoice in a message that was forwarded as an attachment lies two deep.
_DEEPEST = 3


class Desk:
    """Answers questions about one file at a time. None between pieces: a page is done."""

    def __init__(self, megapixels: int, reading_threads: int) -> None:
        self._megapixels = megapixels
        self._reading_threads = reading_threads

    def understand(self, request: ExtractRequest, depth: int = 0) -> Iterator[Part | None]:
        """The first pass: everything but text in pictures. `depth`: how many files it lies within."""
        kind = sniff(request.path)
        if depth > _DEEPEST:
            raise FileUnsupported(f"{request.path.name} lies within too many others.")
        if kind.is_sidecar:
            if depth:
                raise FileUnsupported(f"{request.path.name} only speaks of a picture beside it.")
            return iter((_beside(request.path, kind),))
        if kind.is_chat:
            from desktop_mmrag.extract.notes import chat_export

            return chat_export.extract(request, kind)
        if kind.medium is Medium.NOTE:
            from desktop_mmrag.extract.notes import note

            return note.extract(request, kind)
        self._limit_pixels()
        if kind in RECORDINGS:
            from desktop_mmrag.extract.recordings import video

            return video.extract(request, kind, self._megapixels)
        if kind in OFFICE:
            from desktop_mmrag.extract.documents import office

            return office.extract(request, kind, lambda inner: self.understand(inner, depth + 1))
        if kind is Kind.PDF:
            from desktop_mmrag.extract.documents import document

            return document.extract(request)
        from desktop_mmrag.extract.pictures import photo

        return photo.extract(request, kind)

    def read_text(self, path: Path, depth: int = 0) -> Iterator[Segment | None]:
        """The second pass: text in a photo, in a document's pictures, on a PDF's pages without any."""
        kind = sniff(path)
        if kind.medium is Medium.NOTE or depth > _DEEPEST:
            return iter(())
        self._limit_pixels()
        if kind in OFFICE:
            from desktop_mmrag.extract.documents import office_pictures

            return office_pictures.read_text(
                path, kind, lambda: self._reader, lambda inner: self.read_text(inner, depth + 1)
            )
        if kind is Kind.PDF:
            from desktop_mmrag.extract.documents import document

            return document.read_text(path, lambda: self._reader)
        from desktop_mmrag.extract.pictures import photo_parts

        return photo_parts.read_text(path, kind, self._reader)

    def listen(self, path: Path, start_s: float) -> Iterator[Sound | None]:
        """The second pass over a recording: what a speech model shall hear."""
        kind = sniff(path)
        if kind not in RECORDINGS:
            return iter(())
        from desktop_mmrag.extract.recordings import audio

        return audio.listen(path, kind, start_s)

    def words(self, path: Path) -> Iterator[Segment | None]:
        """The words that come with a recording: beside it, embedded or in its tags."""
        kind = sniff(path)
        if kind not in RECORDINGS:
            return iter(())
        from desktop_mmrag.extract.recordings import audio

        return audio.words(path, kind)

    def windows(self, path: Path, rate: int, window_s: float) -> Iterator[Sound | None]:
        """What an encoder of sounds shall hear of a recording."""
        kind = sniff(path)
        if kind not in RECORDINGS:
            return iter(())
        from desktop_mmrag.extract.recordings import audio

        return audio.windows(path, kind, rate, window_s)

    def picture(
        self,
        path: Path,
        longest_side: int,
        page: int | None,
        box: Box | None,
        second: float | None,
    ) -> Iterator[Pixels]:
        """Upright RGB of at most `longest_side` pixels a side."""
        from desktop_mmrag.extract.pictures.pixels import as_array

        yield as_array(self._load(path, longest_side, page, box, second))

    def fingerprint(self, path: Path) -> Iterator[Fingerprint]:
        """What a photo, or the preview of one, is recognised by."""
        from desktop_mmrag.extract.pictures import fingerprint, thumbnail

        small = thumbnail.small(self._load(path, thumbnail.LONGEST_SIDE, None, None, None))
        if (known_by := fingerprint.fingerprint(small)) is not None:
            yield known_by

    def places(
        self, path: Path, page: int, passage: str, words: tuple[str, ...]
    ) -> Iterator[tuple[list[Box], list[Box]]]:
        """Boxes of a passage's lines and of words on a page of a PDF; none elsewhere."""
        if sniff(path) is not Kind.PDF:
            return
        from desktop_mmrag.extract.documents import document

        yield document.places(path, page, passage, words)

    def prepared(
        self,
        path: Path,
        picture_input: PictureInput,
        page: int | None,
        box: Box | None,
        second: float | None,
    ) -> Iterator[Pixels]:
        """Pixels for an encoder."""
        from desktop_mmrag.extract.pictures.pixels import prepare

        loaded = self._load(path, 4 * picture_input.size, page, box, second)
        yield prepare(loaded, picture_input)

    def _load(
        self,
        path: Path,
        longest_side: int,
        page: int | None,
        box: Box | None,
        second: float | None,
    ) -> Image:
        kind = sniff(path)
        self._limit_pixels()
        if kind in RECORDINGS:
            from desktop_mmrag.extract.recordings import video

            return video.load_frame(path, kind, second, longest_side, box)
        if kind is Kind.PDF:
            from desktop_mmrag.extract.documents import document

            return document.load_page(path, page or 1, longest_side, box)
        if kind in OFFICE:
            from desktop_mmrag.extract.documents import office_pictures

            return office_pictures.load(path, kind, page, longest_side, box)
        if kind.medium is Medium.NOTE:
            raise FileUnsupported(f"{path.name} is {kind}, not a picture.")
        from desktop_mmrag.extract.pictures.pixels import load_photo

        return load_photo(path, kind, longest_side, box, page, second)

    def _limit_pixels(self) -> None:
        from desktop_mmrag.extract.pictures.pixels import limit_megapixels

        limit_megapixels(self._megapixels)

    @cached_property
    def _reader(self) -> TextReader:
        from desktop_mmrag.extract.pictures.ocr import TextReader

        return TextReader(self._reading_threads)


def _beside(path: Path, kind: Kind) -> Beside:
    if kind is Kind.WORDS:
        from desktop_mmrag.extract.recordings import subtitles

        # Read with the recording; here only those that cannot be are told.
        subtitles.require_words(path)
    if kind in (Kind.EDITS, Kind.WORDS):
        return Beside(Facts())
    if kind is Kind.XMP:
        from desktop_mmrag.extract.pictures import xmp

        return xmp.read(path)
    from desktop_mmrag.extract.pictures import takeout

    return takeout.read(path)
