"""Joins phrases that follow one another into passages long enough to mean something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_mmrag.domain import Role, Segment, Spoken, TimeSpan

# A thought takes this long to say; a hit still begins near what was searched for.
_LEAST_S = 15.0
_MOST_S = 30.0
# After a silence as long as this something else is spoken of.
_PAUSE_S = 4.0
# About 180 tokens: encoders read the whole of it.
_MOST_LETTERS = 700
_ENDS = (".", "!", "?", "…", "。", "！", "？", '."', '!"', '?"')


def passages(phrases: Iterable[Spoken]) -> Iterator[Segment]:
    """SPEECH segments of about 15 to 30 seconds, ended at a sentence or a pause where there is one.

    A phrase is never cut: one that is longer makes a passage of its own.
    """
    joined: list[Spoken] = []
    for phrase in phrases:
        if joined and _is_full(joined, phrase):
            yield _passage(joined)
            joined = []
        joined.append(phrase)
    if joined:
        yield _passage(joined)


def _is_full(joined: list[Spoken], phrase: Spoken) -> bool:
    start, end = joined[0].start_s, joined[-1].end_s
    letters = sum(len(one.text) + 1 for one in joined) + len(phrase.text)
    if phrase.end_s - start > _MOST_S or letters > _MOST_LETTERS:
        return True
    if phrase.start_s - end >= _PAUSE_S:
        return True
    return end - start >= _LEAST_S and joined[-1].text.endswith(_ENDS)


def _passage(joined: list[Spoken]) -> Segment:
    span = TimeSpan(round(joined[0].start_s, 2), round(max(p.end_s for p in joined), 2))
    text = " ".join(phrase.text for phrase in joined)
    return Segment(Role.SPEECH, span, text, phrases=tuple(joined))
