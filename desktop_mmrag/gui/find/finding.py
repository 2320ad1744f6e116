"""What the page wants to see, and the work in the background that finds and arranges it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Medium, SearchResult
from desktop_mmrag.examples import UNWANTED, Given
from desktop_mmrag.gui.find.arrangement import Arrangement, Grouping, Item, arrange
from desktop_mmrag.gui.find.filter_words import FilterWords, filters_in_words
from desktop_mmrag.gui.find.time_span import Months, inside_months, months_of, period_of_months
from desktop_mmrag.gui.map.timeline import moment
from desktop_mmrag.gui.wiring import Like
from desktop_mmrag.library.listing import Listed

FIRST_HITS = 60
MOST_HITS = 4000
_MORE = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that decides what is shown."""

    text: str = ""
    likes: tuple[Like, ...] = ()
    media: frozenset[Medium] = frozenset()
    grouping: Grouping = Grouping.NONE
    """Of a search: without groups it is the ranking."""
    listed_by: Grouping = Grouping.MONTH
    """Of the whole library."""
    limit: int = FIRST_HITS
    span: Months | None = None
    """The months that were chosen in the timeline: first, and the one after the last."""
    counted: bool = False
    """Whether the timeline is shown and wants to know the months of all there is."""

    @property
    def is_search(self) -> bool:
        """False when the whole library is listed."""
        return bool(self.text or self.likes)

    def typed(self) -> str:
        """The text, with the time that was chosen beside the box written as filters."""
        if self.span is None:
            return self.text
        # `before:` leaves its day out, as the end of the months does.
        first, end = moment(self.span[0]), moment(self.span[1])
        return f"{self.text} after:{first:%Y-%m-%d} before:{end:%Y-%m-%d}".strip()

    def by(self) -> Grouping:
        """The grouping in use."""
        return self.grouping if self.is_search else self.listed_by

    def more(self) -> int | None:
        """The limit of the next, longer search; None when there is no longer one."""
        return self.limit * _MORE if self.limit < MOST_HITS else None


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to show. `result` is None for the whole library."""

    wanted: Wanted
    arrangement: Arrangement
    result: SearchResult | None = None
    filters: tuple[FilterWords, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences on what of the examples could not be taken into account."""
    months: NDArray[np.int32] | None = None
    """Months [n] since the year 0 of all there is, also outside of the chosen ones; None where
    nobody counts them."""
    complete: bool = True
    """Whether nothing more can be found with a higher limit, and all pages are there."""


def find(application: Application, wanted: Wanted) -> Iterator[Found]:
    """Searches, or lists the whole library page by page. Raises what searching raises."""
    if wanted.is_search:
        yield _searched(application, wanted)
    else:
        yield from _listed(application, wanted)


def _searched(application: Application, wanted: Wanted) -> Found:
    givens = [
        Given(like.path, like.part, 1.0 if like.wanted else UNWANTED) for like in wanted.likes
    ]
    example = application.examples.of_all(givens)
    typed = f"{wanted.text} {example.words}".strip()
    # Whoever looks for what is like a file has that file already.
    without = [like.path for like in wanted.likes]

    def search(span: Months | None) -> SearchResult:
        time_span = period_of_months(span) if span else None
        return application.search(
            typed, wanted.limit, wanted.media, example.vectors, without, time_span
        )

    result = search(wanted.span)
    months = None
    if wanted.counted:
        months = months_of((search(None) if wanted.span else result).hits)
    return Found(
        wanted,
        arrange(result.hits, wanted.by()),
        result,
        tuple(filters_in_words(result.query, datetime.now())) if wanted.text else (),
        example.notes,
        months,
        complete=len(result.hits) < wanted.limit,
    )


def _listed(application: Application, wanted: Wanted) -> Iterator[Found]:
    """The first page at once, then everything."""
    items: list[Item] = []
    pages: Iterator[list[Listed]] = application.library.listing.newest(wanted.media)
    page = next(pages, [])
    while page:
        first = not items
        items += page
        page = next(pages, [])
        if first or not page:
            inside = inside_months(items, wanted.span)
            months = months_of(items) if wanted.counted else None
            yield Found(wanted, arrange(inside, wanted.by()), months=months, complete=not page)
    if not items:
        yield Found(wanted, Arrangement(), months=months_of(()))
