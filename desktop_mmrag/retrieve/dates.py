"""Dates in plain English or German: finds them in a request and says which stretch of time they mean.

A person writes "last summer" in the same box as everything else, so only phrases that clearly
are dates count: a bare year is a word unless "in", "from" or the like stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop_mmrag.retrieve.moments import Moment, moments
from desktop_mmrag.retrieve.periods import Period


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date found in characters [start, end) of a text.

    `printable` dates name a year or a day and may as well be words on a page; the others
    ("last summer") only make sense to the one who says them.
    """

    start: int
    end: int
    period: Period
    printable: bool


def period_of(value: str, now: datetime) -> Period | None:
    """The stretch of time that a whole value such as 2024-06 or "last summer" names."""
    value = value.strip()
    for moment in moments(value, now):
        if (moment.start, moment.end) == (0, len(value)):
            return moment.period
    return None


def find_dates(text: str, now: datetime) -> list[DatePhrase]:
    """The phrases of a text that clearly are dates, with the prepositions before them."""
    return list(_cued(text, _ranges(text, sorted(moments(text, now), key=lambda m: m.start))))


# --- phrases around moments -----------------------------------------------------------

_RANGE_START = re.compile(r"\b(?:between|from|zwischen|von|vom)\s+(?:the\s+|dem\s+)?$", re.I)
_RANGE_MIDDLE = re.compile(r"^\s*(?:and|to|until|till|und|bis(?:\s+zum)?|-|–)\s*(?:the\s+)?$", re.I)
_CUE = re.compile(
    r"(?:\b(?:taken|made|written|dated|shot|recorded)\s+)?"
    r"\b(?P<cue>in|on|at|from|during|around|since|after|before|until|till|dated"
    r"|im|am|an|von|vom|aus|zu|während|seit|ab|nach|vor|bis)\s+"
    r"(?:the\s+|de[rmn]\s+)?(?:jahre?\s+)?$",
    re.I,
)
_THE = re.compile(r"\bthe\s+$", re.I)


def _ranges(text: str, moments: list[Moment]) -> list[Moment]:
    """Joins "between A and B" and "from A to B" into one moment."""
    joined: list[Moment] = []
    for moment in moments:
        before = joined[-1] if joined else None
        if before and _is_range(text, before, moment):
            opening = _RANGE_START.search(text[: before.start])
            start = opening.start() if opening else before.start
            period = Period(before.period.start, moment.period.end)
            printable = before.printable or moment.printable
            joined[-1] = Moment(start, moment.end, period, True, printable)
        else:
            joined.append(moment)
    return joined


def _is_range(text: str, first: Moment, second: Moment) -> bool:
    return bool(
        _RANGE_START.search(text[: first.start])
        and _RANGE_MIDDLE.match(text[first.end : second.start])
    )


def _cued(text: str, moments: list[Moment]) -> Iterator[DatePhrase]:
    for moment in moments:
        cue = _CUE.search(text[: moment.start])
        if not cue and not moment.alone:
            continue
        the = cue or _THE.search(text[: moment.start])
        word = cue["cue"].lower() if cue else ""
        period = _seen_from(word, moment.period)
        start = the.start() if the else moment.start
        yield DatePhrase(start, moment.end, period, moment.printable)


def _seen_from(cue: str, period: Period) -> Period:
    match cue:
        case "since" | "after" | "seit" | "ab" | "nach":
            return Period(period.start, None)
        case "before" | "vor":
            return Period(None, period.start)
        case "until" | "till" | "bis":
            return Period(None, period.end)
        case _:
            return period
