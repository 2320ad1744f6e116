"""Cuts text into passages at headings and sentences, measured in an encoder's tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

# Short passages keep one thought each; encoders blur longer ones.
_AIM = 160
_FULL_ENOUGH = 0.6
# The marks an encoder adds at both ends.
_SPECIAL_TOKENS = 2
# The splitter's time grows faster than the text; blocks of this size keep it linear.
_BLOCK = 20_000
_LONGEST_WORD = 1_000


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a text."""

    start: int
    end: int


class Chunker:
    """Cuts with the tokenizer of one encoder. Not for several threads at once."""

    def __init__(self, tokenizer_file: Path, max_tokens: int) -> None:
        """`max_tokens`: the longest passage with the encoder's two special tokens.

        Raises OSError or ValueError when the tokenizer cannot be read.
        """
        most = max(8, min(max_tokens - _SPECIAL_TOKENS, _AIM))
        self._splitter = _splitter(tokenizer_file, int(most * _FULL_ENOUGH), most)
        self._tokenizer_file, self._most = tokenizer_file, most

    def fits(self, text: str) -> bool:
        """Whether a text is no longer than one passage may be."""
        filled = _splitter(self._tokenizer_file, self._most, self._most)
        return sum(1 for _ in islice(filled.chunk_indices(text), 2)) < 2

    def spans(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Passages that tile text[start:end] exactly; white space belongs to the passage before."""
        end = len(text) if end is None else end
        for block in _blocks(text, start, end):
            for offset, piece in self._splitter.chunk_indices(text[block.start : block.end]):
                yield Span(block.start + offset, block.start + offset + len(piece))


@lru_cache(maxsize=4)
def _splitter(tokenizer_file: Path, least: int, most: int) -> Any:
    from semantic_text_splitter import TextSplitter

    # A tokenizer set to truncate or pad would report its own limit as every length.
    tokenizer = json.loads(tokenizer_file.read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    return TextSplitter.from_huggingface_tokenizer_str(
        json.dumps(tokenizer), (least, most), trim=False
    )


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = end if end - start <= _BLOCK else _block_end(text, start, start + _BLOCK)
        yield Span(start, stop)
        start = stop


def _block_end(text: str, start: int, limit: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        found = text.rfind(mark, start + _BLOCK // 2, limit)
        if found > 0:
            return found + len(mark)
    return start + _LONGEST_WORD
