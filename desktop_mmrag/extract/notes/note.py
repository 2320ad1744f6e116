"""A note to its passages, the captions of the pictures it shows, and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_mmrag.domain import ExtractRequest, Medium, Part, Summary
from desktop_mmrag.errors import FileEmpty, FileTooLarge
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.notes.prose import Prose, segments

_LARGEST_NOTE = 20_000_000
# Markup parsers take seconds a megabyte; what is longer than a book is read as plain text.
_LARGEST_MARKUP = 8_000_000


def extract(request: ExtractRequest, kind: Kind) -> Iterator[Part]:
    """Yields passages and captions in reading order, then the summary. Raises file failures."""
    with explained(request.path):
        prose = read(request.path, kind)
        chunker = Chunker(request.tokenizer_file, request.max_tokens)
        if not prose.text and not prose.pictures:
            raise FileEmpty(f"{request.path.name} holds no words.")
        yield from segments(prose, chunker)
    yield Summary(Medium.NOTE, prose.facts)


def read(path: Path, kind: Kind) -> Prose:
    """The note's readable text. Raises FileTooLarge above 20 MB."""
    if path.stat().st_size > _LARGEST_NOTE:
        raise FileTooLarge(f"{path.name} is a text of more than 20 MB.", "Split it into parts.")
    text = decode(path.read_bytes(), html=kind is Kind.HTML)
    if len(text) > _LARGEST_MARKUP:
        kind = Kind.PLAIN
    return _reader(kind)(text)


def _reader(kind: Kind) -> Callable[[str], Prose]:
    if kind is Kind.MARKDOWN:
        from desktop_mmrag.extract.notes import markdown

        return markdown.read
    if kind is Kind.HTML:
        from desktop_mmrag.extract.notes import webpage

        return webpage.read
    from desktop_mmrag.extract.notes import outline

    return {Kind.ORG: outline.read_org, Kind.RST: outline.read_rst}.get(kind, outline.read_plain)
