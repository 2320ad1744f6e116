"""OR in the box: what either side leads to, in one ranking."""

from __future__ import annotations

import pytest

from desktop_mmrag.domain import Medium
from desktop_mmrag.retrieve.alternatives import split
from desktop_mmrag.retrieve.find import Finder

from .conftest import Shelf


@pytest.mark.parametrize(
    ("typed", "sides"),
    [
        ("cat OR dog", ("cat", "dog")),
        ("black cat OR dog OR red fox", ("black cat", "dog", "red fox")),
        ("cat OR dog type:photo -snow", ("cat type:photo -snow", "dog type:photo -snow")),
        ('"spare key" OR lock', ('"spare key"', "lock")),
        # These ask for one thing.
        ("cat or dog", ("cat or dog",)),
        ("cat OR", ("cat OR",)),
        ("OR dog", ("OR dog",)),
        ('"cat OR dog"', ('"cat OR dog"',)),
        ("in:OR cat", ("in:OR cat",)),
        ("type:photo OR type:note", ("type:photo OR type:note",)),
    ],
)
def test_a_request_is_split_at_or(typed: str, sides: tuple[str, ...]) -> None:
    assert split(typed) == sides


def test_both_sides_are_found_strongly(notes: Shelf, finder: Finder) -> None:
    result = finder.find("plumber boiler OR cabin key")
    assert {hit.path.name for hit in result.hits if hit.strong} >= {"boiler.md", "cabin.md"}
    assert result.query.typed == "plumber boiler OR cabin key"


def test_each_is_one_hit_and_ranks_and_relevances_fall(notes: Shelf, finder: Finder) -> None:
    hits = finder.find("plumber OR boiler").hits
    assert len({hit.path for hit in hits if hit.strong}) == sum(hit.strong for hit in hits)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.relevance for hit in hits] == sorted((h.relevance for h in hits), reverse=True)
    assert [hit.strong for hit in hits] == sorted((hit.strong for hit in hits), reverse=True)


def test_what_both_sides_lead_to_comes_first(notes: Shelf, finder: Finder) -> None:
    assert finder.find("cabin OR boiler OR plumber").hits[0].path.name == "boiler.md"


def test_the_limit_holds_for_all_of_it(notes: Shelf, finder: Finder) -> None:
    assert len(finder.find("plumber boiler OR cabin key", limit=1).hits) == 1


def test_filters_of_all_sides_are_told_and_those_of_one_are_not(
    notes: Shelf, finder: Finder
) -> None:
    query = finder.find("boiler from 2019 OR cabin type:note").query
    assert query.filters.media == {Medium.NOTE}
    assert query.filters.after is None
