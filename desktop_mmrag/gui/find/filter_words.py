"""The filters of a search as words for chips, and the typed text without one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop_mmrag.domain import Query
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.retrieve.dates import find_dates, period_of
from desktop_mmrag.retrieve.query import literally, parse

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class FilterWords:
    """One filter as a chip shows it."""

    icon: str
    words: str
    without: str
    """The typed text once the chip is taken away."""


def filters_in_words(query: Query, now: datetime) -> list[FilterWords]:
    """The filters that were typed, in the order a person reads them.

    Those chosen beside the box are shown where they were chosen, and go there.
    """
    typed = " ".join(query.typed.split())
    query = _as_typed(query, now)
    found = (
        FilterWords(icon, words, _without(query, operators, guess, now))
        for icon, words, operators, guess in _filters(query)
    )
    return [filter for filter in found if filter.without != typed]


def _as_typed(query: Query, now: datetime) -> Query:
    """The same reading, before a kind or a time chosen beside the box narrowed it."""
    near = query.filters.near
    places = frozenset({near} if near else ())
    alone = (
        parse(query.typed, now, lambda: places) if query.guesses else literally(query.typed, now)
    )
    said = alone.filters
    return replace(
        query,
        filters=replace(query.filters, media=said.media, after=said.after, before=said.before),
    )


def _filters(query: Query) -> Iterator[tuple[str, str, str, str]]:
    """Icon, words, the operators that may have said it, and what a guess must be to have said it."""
    f = query.filters
    if f.media:
        kinds = ", ".join(in_words.media(medium) for medium in sorted(f.media))
        yield "filter", kinds, "type", "kind"
    if f.after or f.before:
        yield "calendar", in_words.period(f.after, f.before), "after|before", "date"
    if f.near:
        yield "place", translate("Filters", "near {0}").format(f.near), "near", "place"
    if f.camera:
        yield "camera", f.camera, "camera", ""
    if f.rating:
        stars = translate("Filters", "{0} stars or more").format(f.rating)
        one = translate("Filters", "1 star or more")
        yield "star", one if f.rating == 1 else stars, "rating", ""
    for folder in f.folders:
        words = translate("Filters", "in {0}").format(folder)
        yield "sources", words, f'in:(?:"{re.escape(folder)}"?|{re.escape(folder)}(?!\\S))', ""


def _without(query: Query, operators: str, guess: str, now: datetime) -> str:
    pattern = operators if ":" in operators else rf'(?:{operators}):(?:"[^"]*"?|\S*)'
    left = re.sub(rf"(?<!\S)-?{pattern}", " ", query.typed, flags=re.IGNORECASE)
    for phrase in query.guesses:
        said = _kind_of(phrase, query, now)
        if said == guess:
            left = re.sub(re.escape(phrase), " ", left, count=1, flags=re.IGNORECASE)
        elif said == "kind" and query.filters.media:
            # Alone it would be a word like others.
            kept = f"type:{','.join(sorted(query.filters.media))}"
            left = re.sub(re.escape(phrase), kept, left, count=1, flags=re.IGNORECASE)
    return " ".join(left.split())


def _kind_of(phrase: str, query: Query, now: datetime) -> str:
    """What a plain phrase was read as."""
    near = query.filters.near
    if near and phrase.casefold().endswith(near.casefold()):
        return "place"
    return "date" if find_dates(phrase, now) or period_of(phrase, now) else "kind"
