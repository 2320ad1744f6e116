"""Days that statements are filed under, as in a diary or a chat, and the stretch of time a question asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_mmrag.answer.draft import Claim, evidence_of
from desktop_mmrag.answer.sentences import shortened
from desktop_mmrag.answer.sources import Source, Statement, in_words
from desktop_mmrag.answer.values import ValueKind, find_values, first_date
from desktop_mmrag.answer.wording import informative, words
from desktop_mmrag.domain import TextSpan
from desktop_mmrag.retrieve.dates import find_dates
from desktop_mmrag.retrieve.periods import Period

_MOST_ENTRIES = 10
# "What happened ...", "what did I do ..." ask for everything that is told of those days.
_ANYTHING = frozenset(
    words("happen happened do did done doing go went going event events entry diary journal")
)
_LEVELS = " › "
_WEEKDAY = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
    r"(?:\w*day|s|nes|rs|ur)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The stretch of time that a question asks about, and the stems it has beside it."""

    period: Period
    beside: tuple[str, ...]

    def has_entry(self, statement: Statement) -> bool:
        """Whether a statement stands in an entry of these days."""
        day = filed_under(statement)
        return day is not None and self.holds(day)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        start, end, moment = self.period.start, self.period.end, datetime.combine(day, time())
        return (start is None or moment >= start) and (end is None or moment < end)


def asked_time(question: str, now: datetime) -> AskedTime | None:
    """None for a question about no stretch of time, or about several."""
    phrases = find_dates(question, now)
    if len(phrases) != 1:
        return None
    (phrase,) = phrases
    rest = f"{question[: phrase.start]} {question[phrase.end :]}"
    return AskedTime(phrase.period, tuple(w for w in informative(rest) if w not in _ANYTHING))


def told_day(statement: Statement) -> date | None:
    """The day that a sentence names, or the heading that it stands under."""
    return first_date(statement.text) or first_date(_heading(statement))


def filed_under(statement: Statement) -> date | None:
    """The day of the diary entry that a statement stands in: its last heading says nothing else."""
    heading = _heading(statement)
    last = heading.rsplit(_LEVELS, 1)[-1]
    found = find_values(ValueKind.DATE, last)
    if len(found) != 1:
        return None
    rest = _WEEKDAY.sub("", last[: found[0].start] + last[found[0].end :])
    # The year of "12 January" may stand in the heading above.
    return None if words(rest) else first_date(last) or first_date(heading)


def is_heading(statement: Statement) -> bool:
    """Whether it is one of the headings above it, which say where something stands and not what."""
    heading = _heading(statement)
    return statement.text in heading.split(_LEVELS) or (
        bool(heading) and heading.endswith(statement.text)
    )


def only_at(asked: AskedTime, statements: Sequence[Statement]) -> list[bool]:
    """Which statements may answer: rows of other days do not, nor entries beside one of these days."""
    days = [filed_under(statement) for statement in statements]
    told = any(day is not None and asked.holds(day) for day in days)
    return [
        _row_fits(asked, statement) and (day is None or not told or asked.holds(day))
        for statement, day in zip(statements, days, strict=True)
    ]


def entries_at(asked: AskedTime | None, sources: Sequence[Source]) -> list[Claim]:
    """All that is filed under the days asked for, in their order, when nothing narrower is asked."""
    if asked is None or asked.beside:
        return []
    told = sorted(_entries(asked, sources), key=lambda entry: entry[0])
    claims: list[Claim] = []
    before: date | None = None
    for day, source, statement in told[:_MOST_ENTRIES]:
        said = shortened(statement.text)
        text = said if day == before else f"{in_words(day)}: {said}"
        claims.append(Claim(text, (evidence_of(source, statement),)))
        before = day
    return claims


def _entries(
    asked: AskedTime, sources: Sequence[Source]
) -> Iterator[tuple[date, Source, Statement]]:
    for source in sources:
        for statement in source.sentences:
            day = filed_under(statement)
            if day is not None and asked.holds(day) and not is_heading(statement):
                yield day, source, statement


def _row_fits(asked: AskedTime, statement: Statement) -> bool:
    day = first_date(statement.text) if statement.is_row else None
    return day is None or asked.holds(day)


def _heading(statement: Statement) -> str:
    locator = statement.locator
    return (locator.heading or "") if isinstance(locator, TextSpan) else ""
