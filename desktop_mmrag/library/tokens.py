"""Text as the word index sees it: normal forms, scripts without spaces cut into pairs, stems."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import apsw

# Kana, Han, Bopomofo, Hangul, Thai, Lao, Myanmar, Khmer: written without spaces, or with
# particles joined to words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u3130-\u318f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
# SQLite ends a text at NUL, and UTF-8 has no halves of surrogate pairs.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

_ENGLISH = """
a about after all also am an and any are as at be been before being but by can could did do does
doing for from had has have he her here hers him his how i if in into is it its just me more most my
no nor not of on or our out over please she should show so some such than that the their them then
there these they this those to too up was we were what when where which who whom whose why will with
would you your
"""
STOP_WORDS = frozenset(_ENGLISH.split())
"""English words that tell nothing of what is sought."""


def searchable(text: str) -> str:
    """The text as it is indexed and asked for: NFKC, and runs of unspaced script as overlapping pairs.

    Pairs make every substring of two or more characters findable as a phrase.
    """
    plain = _UNSTORABLE.sub(" ", unicodedata.normalize("NFKC", text))
    return UNSPACED_RUN.sub(lambda run: f" {' '.join(pairs(run.group()))} ", plain)


def pairs(run: str) -> list[str]:
    """Each two neighbouring characters; a single one stands alone."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@dataclass(frozen=True, slots=True)
class Token:
    """A stem, and the characters [start, end) that it was made from."""

    stem: str
    start: int
    end: int


class Tokenizer:
    """The tokenizer that the migration gives the FTS5 tables. Belongs to one thread."""

    def __init__(self) -> None:
        self._connection = apsw.Connection(":memory:")
        self._tokenize = self._connection.fts5_tokenizer(
            "porter", ["unicode61", "remove_diacritics", "2"]
        )

    def tokens(self, text: str) -> list[Token]:
        """All tokens in order."""
        data = text.encode("utf-8", "replace")
        found: Any = self._tokenize(
            data, apsw.FTS5_TOKENIZE_DOCUMENT, None, include_colocated=False
        )
        if len(data) == len(text):
            return [Token(stem, start, end) for start, end, stem in found]
        position = _characters(data)
        return [Token(stem, position[start], position[end]) for start, end, stem in found]

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems alone."""
        return tuple(token.stem for token in self.tokens(text))


def _characters(data: bytes) -> list[int]:
    """For each byte of UTF-8, and the end, the index of the character that it begins or continues."""
    positions: list[int] = []
    at = -1
    for byte in data:
        at += (byte & 0xC0) != 0x80
        positions.append(at)
    return [*positions, at + 1]
