"""Transcripts as sources: statements with their seconds, times in a prompt, and passages spread over the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from desktop_mmrag.answer.sentences import Place, sentences
from desktop_mmrag.domain import Locator, Segment, Spoken, TimeSpan

Item = TypeVar("Item")

# Words that were written down by ear may have no full stops; a statement then ends at a pause.
_WORDS_A_STATEMENT = 12
_SENTENCE_END = re.compile(r"[.!?。！？](?:\s|$)")


def statements_in_speech(passage: Segment) -> Iterator[Place]:
    """Characters [start, end) of what is said at once."""
    if _SENTENCE_END.search(passage.text) or len(passage.phrases) < 2:
        yield from sentences(passage.text)
        return
    begin: int | None = None
    for start, end, _ in _places(passage):
        begin = start if begin is None else begin
        if len(passage.text[begin:end].split()) >= _WORDS_A_STATEMENT:
            yield begin, end
            begin = None
    if begin is not None:
        yield begin, len(passage.text)


def when_said(passage: Segment, start: int, end: int) -> Locator:
    """The seconds of characters [start, end) of a passage."""
    said = [phrase for at, to, phrase in _places(passage) if at < end and to > start]
    return TimeSpan(said[0].start_s, said[-1].end_s) if said else passage.locator


def _places(passage: Segment) -> Iterator[tuple[int, int, Spoken]]:
    """Each phrase with where its text stands in the passage."""
    position = 0
    for phrase in passage.phrases:
        found = passage.text.find(phrase.text, position)
        if found >= 0:
            position = found + len(phrase.text)
            yield found, position, phrase


def with_time(passage: Segment) -> str:
    """The text as a prompt shows it: "(1:05) And so we left."."""
    text = passage.text.strip("\n")
    span = passage.locator
    return f"({clock(span.start_s)}) {text}" if isinstance(span, TimeSpan) else text


def clock(seconds: float) -> str:
    """ "1:05", "1:00:05"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many, evenly over all of them, the first among them."""
    if len(items) <= most:
        return list(items)
    return [items[round(n * (len(items) - 1) / max(1, most - 1))] for n in range(most)]
