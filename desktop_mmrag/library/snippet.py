"""The piece of a text that shows best why it was found, and where in it the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_mmrag.library.tokens import UNSPACED_RUN, Token, Tokenizer, searchable


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    what: int
    """Which word or phrase stands here."""


def spans(text: str, words: Sequence[str], phrases: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Characters [start, end) of the text where the words, in any inflection, and the phrases stand.

    In order, without overlaps.
    """
    merged: list[tuple[int, int]] = []
    for span in _find(text, words, phrases):
        if merged and span.start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], span.end)
        else:
            merged.append((span.start, span.end))
    return merged


def snippet(
    text: str,
    words: Sequence[str],
    phrases: Sequence[str] = (),
    width: int = 160,
    tokenizer: Tokenizer | None = None,
) -> str:
    """At most `width` characters around the most of the words, on one line, "…" where it was cut.

    The beginning of the text when it holds none of them. `tokenizer` saves making one each time.
    """
    line = re.sub(r"\s+", " ", text).strip()
    if len(line) <= width:
        return line
    found = _find(line, words, phrases, tokenizer)
    start, end = _window(found, width - 2)
    middle = start - (width - 2 - (end - start)) // 2
    return _cut(line, max(0, min(middle, len(line) - width + 1)), width)


def _find(
    text: str, words: Sequence[str], phrases: Sequence[str], tokenizer: Tokenizer | None = None
) -> list[_Span]:
    """All occurrences in order."""
    if not words and not phrases:
        return []
    tokenizer = tokenizer or Tokenizer()
    tokens = tokenizer.tokens(text)
    places: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        places.setdefault(token.stem, []).append(at)
    found: list[_Span] = []
    for what, asked in enumerate((*words, *phrases)):
        if UNSPACED_RUN.search(asked):
            found += (_Span(*span, what) for span in _as_written(text, asked))
        elif stems := tokenizer.stems(searchable(asked)):
            found += (_Span(*span, what) for span in _in_a_row(tokens, places, stems))
    return sorted(found, key=lambda span: (span.start, span.end))


def _as_written(text: str, asked: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(asked), text, re.IGNORECASE):
        yield match.span()


def _in_a_row(
    tokens: list[Token], places: dict[str, list[int]], stems: tuple[str, ...]
) -> Iterator[tuple[int, int]]:
    for at in places.get(stems[0], ()):
        here = tokens[at : at + len(stems)]
        if tuple(token.stem for token in here) == stems:
            yield here[0].start, here[-1].end


def _window(found: list[_Span], width: int) -> tuple[int, int]:
    """The stretch of at most `width` characters with the most different words, then the most words."""
    best, window = (0, 0), (0, 0)
    first = 0
    for last, span in enumerate(found):
        while span.end - found[first].start > width and first < last:
            first += 1
        inside = found[first : last + 1]
        worth = len({item.what for item in inside}), len(inside)
        if worth > best:
            best, window = worth, (inside[0].start, span.end)
    return window


def _cut(line: str, start: int, width: int) -> str:
    """`width` characters from about `start`, not in the middle of a word where spaces allow."""
    room = width - (start > 0)
    end = min(len(line), start + room)
    if end < len(line):
        end = start + room - 1
        space = line.rfind(" ", start, end + 1)
        end = space if space > end - _LONGEST_STEP else end
    if start > 0:
        space = line.find(" ", start - 1, end)
        start = space + 1 if -1 < space < start + _LONGEST_STEP else start
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


# Backs off at most so far to reach a space; text without spaces is cut anywhere.
_LONGEST_STEP = 20
