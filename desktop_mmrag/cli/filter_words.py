"""The filters of a search as words that a person reads: "photos, from March 2021, near Oslo"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from desktop_mmrag.domain import Filters, Medium

_NAMES = {
    Medium.PHOTO: "photos",
    Medium.NOTE: "notes",
    Medium.DOCUMENT: "documents",
    Medium.AUDIO: "recordings",
    Medium.VIDEO: "videos",
}


def filter_words(filters: Filters) -> str:
    """All filters in one line; empty when there are none."""
    return ", ".join(_filters(filters))


def _filters(filters: Filters) -> Iterator[str]:
    if filters.media:
        yield " and ".join(_NAMES[medium] for medium in sorted(filters.media))
    if filters.after or filters.before:
        yield period_words(filters.after, filters.before)
    if filters.near:
        yield f"near {filters.near}"
    if filters.camera:
        yield f"taken with {filters.camera}"
    if filters.rating:
        yield f"rated {filters.rating} stars or more"
    for folder in filters.folders:
        yield f"in “{folder}”"


def period_words(after: datetime | None, before: datetime | None) -> str:
    """The time from `after` up to but not including `before`; None where it is open."""
    if after is None or before is None:
        start = f"from {_day(after)} on" if after else ""
        return start or (f"before {_day(before)}" if before else "")
    last = before - timedelta(microseconds=1)
    if (after.year, after.month, after.day) == (last.year, last.month, last.day):
        return f"from {_day(after)}"
    whole_months = after.day == 1 and before.day == 1
    if whole_months and (after.month, last.month) == (1, 12):
        return f"from {after:%Y}" if after.year == last.year else f"from {after:%Y} to {last:%Y}"
    if whole_months and (after.year, after.month) == (last.year, last.month):
        return f"from {after:%B %Y}"
    if whole_months:
        return f"from {after:%B %Y} to {last:%B %Y}"
    return f"from {_day(after)} to {_day(last)}"


def _day(moment: datetime) -> str:
    # No strftime code gives a day without its zero on every system.
    return f"{moment.day} {moment:%B %Y}"
