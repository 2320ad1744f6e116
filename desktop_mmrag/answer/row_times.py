"""The days, months or years that rows of a table are of, and which of them lie in the time asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_mmrag.answer.values import dates_in, printed_days
from desktop_mmrag.answer.wording import words
from desktop_mmrag.retrieve.dates import period_of
from desktop_mmrag.retrieve.periods import Period, of_day

_DAY = timedelta(days=1)
_MONTH = timedelta(days=31)
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{2}){1,2}\b")
# When something was, not when it ends or is due.
_OF_TIME = frozenset(
    words("date day month year when time week bought ordered paid datum tag monat jahr quarter")
)


@dataclass(frozen=True, slots=True)
class RowTime:
    """When a row was."""

    period: Period
    yearless: bool
    """Whether it is "March" of any year."""

    def within(self, asked: Period) -> bool:
        """Whether all of it lies in a stretch of time."""
        start, end = self.period.start, self.period.end
        assert start is not None and end is not None
        if self.yearless:
            return (
                is_one_month(asked) and asked.start is not None and asked.start.month == start.month
            )
        return (asked.start is None or start >= asked.start) and (
            asked.end is None or end <= asked.end
        )

    def part(self, unit: str) -> tuple[int, ...] | None:
        """The day, month or year it is of; None when it is longer than that."""
        start, end = self.period.start, self.period.end
        assert start is not None and end is not None
        most = {"day": _DAY, "month": _MONTH, "year": timedelta(days=366)}[unit]
        whole = (start.year, start.month, start.day)
        return whole[: ("year", "month", "day").index(unit) + 1] if end - start <= most else None


def names_time(header: str) -> bool:
    """Whether a column is headed as the time of its rows."""
    return bool(_OF_TIME & set(words(header)))


def is_one_month(asked: Period) -> bool:
    """Whether a stretch of time is a month or less."""
    start, end = asked.start, asked.end
    return (
        start is not None
        and end is not None
        and end - start <= _MONTH
        and ((end - _DAY).month == start.month)
    )


def read_times(cells: Sequence[str], now: datetime) -> tuple[RowTime | None, ...] | None:
    """The time of each cell, None for an empty one; None for a column that holds other things."""
    month_first = _month_first(cells)
    if month_first is None:
        return None
    times = [_read(cell, month_first, now) if cell else None for cell in cells]
    filled = sum(map(bool, cells))
    return tuple(times) if filled and sum(map(bool, times)) == filled else None


def _month_first(cells: Sequence[str]) -> bool | None:
    """Whether 04/23/2026 shows that months stand first; None when the cells disagree."""
    pairs = [(int(m[1]), int(m[2])) for cell in cells if (m := _NUMERIC.match(cell))]
    months, days = any(b > 12 for _, b in pairs), any(a > 12 for a, _ in pairs)
    return None if months and days else months


def _read(cell: str, month_first: bool, now: datetime) -> RowTime | None:
    days = printed_days(cell)
    if days:
        others = dates_in(cell) - {days[0]} if month_first else None
        day = next(iter(others), days[0]) if others else days[0]
        return RowTime(of_day(day.year, day.month, day.day), False)
    period = period_of(cell, now)
    if period is None or period.start is None or period.end is None:
        return None
    yearless = not any(map(str.isdigit, cell))
    # "Monday" and "last week" are no months of any year.
    if yearless and not (is_one_month(period) and period.end - period.start > 27 * _DAY):
        return None
    return RowTime(period, yearless)
