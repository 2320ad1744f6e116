"""An exported chat to its passages and the captions of the pictures sent in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from desktop_mmrag.domain import ExtractRequest, Medium, Part, Summary
from desktop_mmrag.errors import FileDamaged, FileTooLarge
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.notes import telegram, telegram_page, whatsapp
from desktop_mmrag.extract.notes.chat import Chat, as_prose
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.notes.prose import segments

# Years of a busy group are some 30 MB; JSON of that size takes about 300 MB of memory to read.
_LARGEST = 60_000_000
_SEGMENTS_A_PAGE = 500


def extract(request: ExtractRequest, kind: Kind) -> Iterator[Part | None]:
    """Yields passages of neighbouring messages and captions, then the summary.

    None now and then, since years of messages may take long. Raises FileDamaged, FileTooLarge.
    """
    with explained(request.path):
        prose = as_prose(_read(request.path, kind))
        chunker = Chunker(request.tokenizer_file, request.max_tokens)
        for number, segment in zip(count(1), segments(prose, chunker), strict=False):
            yield segment
            if number % _SEGMENTS_A_PAGE == 0:
                yield None
    yield Summary(Medium.NOTE, prose.facts)


def _read(path: Path, kind: Kind) -> tuple[Chat, ...]:
    if path.stat().st_size > _LARGEST:
        raise FileTooLarge(
            f"{path.name} is a chat of more than 60 MB.", "Export the chat in parts, year by year."
        )
    text = decode(path.read_bytes())
    try:
        if kind is Kind.WHATSAPP:
            return (whatsapp.read(text, path),)
        is_page = text.lstrip("\ufeff \t\r\n").startswith("<")
        return telegram_page.read(text) if is_page else telegram.read(text)
    except ValueError as problem:
        raise FileDamaged(f"{path.name} begins like {kind} but cannot be read: {problem}.") from (
            problem
        )
