"""Stretches of time: a day, a week, months, years, and how far back one lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time [start, end); None where it is open."""

    start: datetime | None
    end: datetime | None


def of_day(year: int, month: int, day: int) -> Period:
    """One day. Raises ValueError for one that there is not."""
    start = datetime(year, month, day)
    return Period(start, start + timedelta(days=1))


def of_month(year: int, month: int, count: int = 1) -> Period:
    """`count` whole months from the first of this one."""
    last = year * 12 + month - 1 + count
    return Period(datetime(year, month, 1), datetime(last // 12, last % 12 + 1, 1))


def of_year(year: int, count: int = 1) -> Period:
    """`count` whole years."""
    return Period(datetime(year, 1, 1), datetime(year + count, 1, 1))


def of_week(moment: datetime) -> Period:
    """Monday to Sunday."""
    start = midnight(moment) - timedelta(days=moment.weekday())
    return Period(start, start + timedelta(days=7))


def midnight(moment: datetime) -> datetime:
    """The beginning of its day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


def back(count: int, unit: str, now: datetime) -> datetime:
    """So many days, weeks, months or years ago."""
    if unit in ("day", "week"):
        return now - timedelta(days=count * (7 if unit == "week" else 1))
    months = now.year * 12 + now.month - 1 - count * (12 if unit == "year" else 1)
    return now.replace(year=months // 12, month=months % 12 + 1, day=min(now.day, 28))


def whole(unit: str, moment: datetime) -> Period:
    """The calendar day, week, month or year that holds a moment."""
    match unit:
        case "day":
            return of_day(moment.year, moment.month, moment.day)
        case "week":
            return of_week(moment)
        case "month":
            return of_month(moment.year, moment.month)
        case _:
            return of_year(moment.year)
