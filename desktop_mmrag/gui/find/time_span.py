"""Months of results: counted for the timeline, and the stretch of them that was chosen there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.find.arrangement import Item
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.gui.map.timeline import moment
from desktop_mmrag.retrieve.periods import Period

Months = tuple[int, int]
"""The first month and the one after the last, each counted since the year 0."""


def period_of_months(span: Months) -> Period:
    """The same stretch as times."""
    return Period(moment(span[0]), moment(span[1]))


def in_plain_words(span: Months) -> str:
    """The same stretch as a person says it."""
    return in_words.period(moment(span[0]), moment(span[1]))


def months_of(items: Sequence[Item]) -> NDArray[np.int32]:
    """Months [n], those without a date left out; of a search the weaker hits are left out too."""
    strong = [item for item in items if not isinstance(item, Hit) or item.strong]
    months = (_month(item) for item in strong or items)
    return np.array([month for month in months if month is not None], np.int32)


def inside_months(items: Sequence[Item], span: Months | None) -> Sequence[Item]:
    """The items of these months, or all."""
    if span is None:
        return items
    return [item for item in items if (at := _month(item)) is not None and span[0] <= at < span[1]]


def _month(item: Item) -> int | None:
    if isinstance(item, Hit):
        then = item.dated_at
        return 12 * then.year + then.month - 1 if then else None
    # ISO 8601 begins with the year and the month.
    return 12 * int(item.dated_at[:4]) + int(item.dated_at[5:7]) - 1
