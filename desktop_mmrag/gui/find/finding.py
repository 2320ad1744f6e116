"""What the page wants to see, and the work in the background that finds and arranges it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Medium, SearchResult, Whole
from desktop_mmrag.examples import UNWANTED, Given
from desktop_mmrag.gui.find.arrangement import Arrangement, Grouping, Item, arrange
from desktop_mmrag.gui.find.filter_words import FilterWords, filters_in_words
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

    @property
    def is_search(self) -> bool:
        """False when the whole library is listed."""
        return bool(self.text or self.likes)

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
        Given(like.path, like.box or Whole(), 1.0 if like.wanted else UNWANTED)
        for like in wanted.likes
    ]
    example = application.examples.of_all(givens)
    typed = f"{wanted.text} {example.words}".strip()
    # Whoever looks for what is like a file has that file already.
    without = [like.path for like in wanted.likes] if len(wanted.likes) == 1 else []
    result = application.search(typed, wanted.limit, wanted.media, example.vectors, without)
    return Found(
        wanted,
        arrange(result.hits, wanted.by()),
        result,
        tuple(filters_in_words(result.query, datetime.now())) if wanted.text else (),
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
            yield Found(wanted, arrange(items, wanted.by()), complete=not page)
    if not items:
        yield Found(wanted, Arrangement())
