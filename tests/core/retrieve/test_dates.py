from datetime import datetime

import pytest

from desktop_mmrag.retrieve.dates import find_dates, period_of

NOW = datetime(2026, 7, 15, 12, 30)  # a Wednesday


def meant(text: str) -> tuple[str, str]:
    """The one date of a text as two days; an open end is "-"."""
    [phrase] = find_dates(text, NOW)
    ends = phrase.period.start, phrase.period.end
    first, last = (end.date().isoformat() if end else "-" for end in ends)
    return first, last


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("beach last summer", "2025-06-01", "2025-09-01"),
        ("the summer of 2019", "2019-06-01", "2019-09-01"),
        ("last winter", "2025-12-01", "2026-03-01"),
        ("winter 2020", "2020-12-01", "2021-03-01"),
        ("in March 2019", "2019-03-01", "2019-04-01"),
        ("in Sept. 2019", "2019-09-01", "2019-10-01"),
        ("in October", "2025-10-01", "2025-11-01"),
        ("last July", "2025-07-01", "2025-08-01"),
        ("yesterday", "2026-07-14", "2026-07-15"),
        ("the day before yesterday", "2026-07-13", "2026-07-14"),
        ("two weeks ago", "2026-06-29", "2026-07-06"),
        ("3 days ago", "2026-07-12", "2026-07-13"),
        ("a couple of years ago", "2024-01-01", "2025-01-01"),
        ("the last 3 months", "2026-04-15", "2026-07-16"),
        ("last weekend", "2026-07-11", "2026-07-13"),
        ("on Monday", "2026-07-13", "2026-07-14"),
        ("last Wednesday", "2026-07-08", "2026-07-09"),
        ("from 2017", "2017-01-01", "2018-01-01"),
        ("Fotos von 2010", "2010-01-01", "2011-01-01"),
        ("im März 2021", "2021-03-01", "2021-04-01"),
        ("2023年5月的照片", "2023-05-01", "2023-06-01"),
        ("2023 年 5 月 3 日的发票", "2023-05-03", "2023-05-04"),
        ("2019年拍的", "2019-01-01", "2020-01-01"),
        ("去年8月的海滩", "2025-08-01", "2025-09-01"),
        ("12月25日", "2025-12-25", "2025-12-26"),
        ("昨天的笔记", "2026-07-14", "2026-07-15"),
        ("上个月", "2026-06-01", "2026-07-01"),
        ("2020年以前的信", "-", "2020-01-01"),
        ("2020年以后", "2020-01-01", "-"),
        ("am 3. Mai 2020", "2020-05-03", "2020-05-04"),
        ("im Mai", "2026-05-01", "2026-06-01"),
        ("Dez. 2020", "2020-12-01", "2021-01-01"),
        ("am Strand letzten Sommer", "2025-06-01", "2025-09-01"),
        ("im Herbst 2019", "2019-09-01", "2019-12-01"),
        ("letztes Jahr", "2025-01-01", "2026-01-01"),
        ("diese Woche", "2026-07-13", "2026-07-20"),
        ("gestern", "2026-07-14", "2026-07-15"),
        ("vor zwei Wochen", "2026-06-29", "2026-07-06"),
        ("vor 3 Jahren", "2023-01-01", "2024-01-01"),
        ("vor einem Monat", "2026-06-01", "2026-07-01"),
        ("letzten Mittwoch", "2026-07-08", "2026-07-09"),
        ("Weihnachten 2019", "2019-12-24", "2019-12-27"),
        ("aus dem Jahr 2011", "2011-01-01", "2012-01-01"),
        ("vor 2015", "-", "2015-01-01"),
        ("seit Januar 2024", "2024-01-01", "-"),
        ("zwischen 2015 und 2018", "2015-01-01", "2019-01-01"),
        ("von März 2015 bis Mai 2016", "2015-03-01", "2016-06-01"),
        ("between 2015 and 2018", "2015-01-01", "2019-01-01"),
        ("from March 2015 to May 2016", "2015-03-01", "2016-06-01"),
        ("on 25/12/2018", "2018-12-25", "2018-12-26"),
        ("dated 29-12-2017", "2017-12-29", "2017-12-30"),
        ("on 12/31/2019", "2019-12-31", "2020-01-01"),
        ("on 2019-05-03", "2019-05-03", "2019-05-04"),
        ("3rd of May 2020", "2020-05-03", "2020-05-04"),
        ("May 3, 2020", "2020-05-03", "2020-05-04"),
        ("photos from the 90s", "1990-01-01", "2000-01-01"),
        ("Christmas 2018", "2018-12-24", "2018-12-27"),
        ("last christmas", "2025-12-24", "2025-12-27"),
        ("since 2020", "2020-01-01", "-"),
        ("before 2010", "-", "2010-01-01"),
        ("until June 2010", "-", "2010-07-01"),
    ],
)
def test_a_plain_date_means_a_stretch_of_time(text: str, start: str, end: str) -> None:
    assert meant(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "march of the penguins",
        "what may happen",
        "report 2017",
        "31/02/2019",
        "version 1.2.2017-3",
        "the 3 year old",
        "room 2019b",
        "fall down",
        "monday.com",
    ],
)
def test_what_is_not_clearly_a_date_stays_words(text: str) -> None:
    assert find_dates(text, NOW) == []


def test_the_preposition_belongs_to_the_phrase() -> None:
    text = "sailing in the summer of 2019 with Ada"
    [phrase] = find_dates(text, NOW)
    assert text[phrase.start : phrase.end] == "in the summer of 2019"


def test_dates_with_a_year_may_be_printed_on_a_page_and_last_summer_may_not() -> None:
    assert find_dates("on 25/12/2018", NOW)[0].printable
    assert not find_dates("last summer", NOW)[0].printable


def test_a_whole_value_is_a_period_only_when_all_of_it_is_a_date() -> None:
    assert period_of("2024", NOW) is not None
    assert period_of("soon", NOW) is None
    assert period_of("2024 or so", NOW) is None
