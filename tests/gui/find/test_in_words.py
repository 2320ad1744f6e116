"""Dates, filters, places and kinds as a person says them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from desktop_mmrag.domain import Box, Page, TextSpan, TimeSpan, Whole
from desktop_mmrag.gui.find.filter_words import filters_in_words
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.retrieve.query import parse

NOW = datetime(2026, 11, 20, 12)


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.mark.parametrize(
    ("after", "before", "words"),
    [
        (datetime(2024, 1, 1), datetime(2025, 1, 1), "2024"),
        (datetime(2020, 1, 1), datetime(2023, 1, 1), "2020 – 2022"),
        (datetime(2025, 3, 1), datetime(2025, 4, 1), "March 2025"),
        (datetime(2026, 6, 1), datetime(2026, 9, 1), "June 2026 – August 2026"),
        (datetime(2025, 3, 14), datetime(2025, 3, 15), "14 March 2025"),
        (datetime(2025, 3, 14), datetime(2025, 4, 2), "14 March 2025 – 1 April 2025"),
        (datetime(2024, 1, 1), None, "since 2024"),
        (None, datetime(2024, 6, 1), "before 1 June 2024"),
    ],
)
def test_a_period_is_said_as_short_as_it_can_be(
    after: datetime | None, before: datetime | None, words: str
) -> None:
    assert in_words.period(after, before) == words


def test_days_near_today_have_names() -> None:
    today = date(2026, 11, 20)
    assert in_words.day("2026-11-20", today) == "Today"
    assert in_words.day("2026-11-19", today) == "Yesterday"
    assert in_words.day("2025-03-14", today) == "Friday, 14 March 2025"
    assert in_words.day("", today) == "No date"


def test_places_in_files() -> None:
    assert in_words.locator(Page(5)) == "page 5"
    assert in_words.locator(Box(0, 0, 1, 1, page=2)) == "page 2"
    assert in_words.locator(TextSpan(0, 5, "Heating")) == "Heating"
    assert in_words.locator(TimeSpan(62.4, 70)) == "at 1:02"
    assert in_words.locator(Whole()) == ""


def test_a_folder_at_home_begins_with_a_tilde() -> None:
    assert in_words.folder(Path.home() / "Pictures") == str(Path("~/Pictures"))


@pytest.mark.parametrize(
    ("typed", "chips"),
    [
        (
            "photos from last summer",
            {"Photos": "from last summer", "June 2026 – August 2026": "type:photo"},
        ),
        ("red bicycle type:photo", {"Photos": "red bicycle"}),
        ('key in:"My Stuff" in:Old', {"in My Stuff": "key in:Old", "in Old": 'key in:"My Stuff"'}),
        (
            "boats in Bergen yesterday",
            {"near Bergen": "boats yesterday", "19 November 2026": "boats in Bergen"},
        ),
        ("dog after:2020 before:2022 camera:Nikon", {
            "2020 – 2021": "dog camera:Nikon",
            "Nikon": "dog after:2020 before:2022",
        }),
        ("plain words", {}),
    ],
)  # fmt: skip
def test_each_filter_is_a_chip_and_taking_it_away_leaves_the_rest(
    typed: str, chips: dict[str, str]
) -> None:
    query = parse(typed, NOW, lambda: frozenset({"Bergen"}))
    assert {f.words: f.without for f in filters_in_words(query, NOW)} == chips


def test_a_day_alone_has_no_time_of_day() -> None:
    assert in_words.date_and_time(datetime(2025, 10, 12)) == "12 October 2025"
    assert in_words.date_and_time(datetime(2025, 10, 12, 8, 5)) == "12 October 2025, 08:05"


def test_a_title_stays_apart_from_what_follows_it() -> None:
    assert in_words.one_line("The boiler\n\nIt stopped\ntwice.\n\nThen it rained.") == (
        "The boiler · It stopped twice. Then it rained."
    )
    assert in_words.one_line("标题\n\n第一句。\n\n第二句。") == "标题 · 第一句。 第二句。"
    assert in_words.one_line(" \n\n") == ""
