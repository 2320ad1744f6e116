from datetime import datetime

import pytest

from desktop_mmrag.cli.filter_words import filter_words
from desktop_mmrag.domain import Filters
from desktop_mmrag.retrieve.query import parse

NOW = datetime(2026, 7, 15, 12, 30)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("photos from 2010", "photos, from 2010"),
        ("boats in March 2021", "from March 2021"),
        ("boats in summer 2019", "from June 2019 to August 2019"),
        ("boats between 2015 and 2018", "from 2015 to 2018"),
        ("boats on 3 May 2020", "from 3 May 2020"),
        ("boats last week", "from 6 July 2026 to 12 July 2026"),
        ("boats after:2024-06-01", "from 1 June 2024 on"),
        ("boats before:2015", "before 1 January 2015"),
        (
            "type:note,pdf in:taxes rating:4",
            "documents and notes, rated 4 stars or more, in “taxes”",
        ),
        ('boats near:Oslo camera:"Canon R5"', "near Oslo, taken with Canon R5"),
    ],
)
def test_filters_are_told_in_words(typed: str, words: str) -> None:
    assert filter_words(parse(typed, NOW).filters) == words


def test_no_filters_need_no_words() -> None:
    assert filter_words(Filters()) == ""
