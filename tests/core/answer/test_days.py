"""Diaries and lists of rows: questions about days, and answers that say theirs."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_mmrag.answer.days import asked_time, filed_under
from desktop_mmrag.answer.sources import Statement
from desktop_mmrag.domain import TextSpan

from .conftest import NOW, Converse, Shelf
from .test_converse import NOT_FOUND, answer_of


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Diary › 2026-05-02", date(2026, 5, 2)),
        ("Journal 2026 › 12 January", date(2026, 1, 12)),
        ("Chat with Ada › Tuesday 24 March 2026", date(2026, 3, 24)),
        ("Tagebuch › Dienstag, 24.03.2026", date(2026, 3, 24)),
        # A meeting of one day speaks of others.
        ("Kitchen planning, 14 September 2026", None),
        ("Journal 2026", None),
        ("", None),
    ],
)
def test_an_entry_is_headed_by_its_day_alone(heading: str, day: date | None) -> None:
    assert filed_under(Statement("All is well.", TextSpan(0, 12, heading))) == day


def test_a_question_asks_about_a_stretch_of_time_and_something_beside_it() -> None:
    asked = asked_time("What did Ada do in May 2026?", NOW)
    assert asked and asked.beside == ("ada",)
    assert asked.holds(date(2026, 5, 31)) and not asked.holds(date(2026, 6, 1))
    assert asked_time("Who was Ada?", NOW) is None


def test_what_happened_on_a_day_is_what_its_entry_says(converse: Converse) -> None:
    answer = answer_of(converse(), "What happened on 12 January 2026?")
    assert answer.text.startswith("12 January 2026: The chimney sweep came at eight. [1]")
    assert "damper is stiff" in answer.text
    assert "vet" not in answer.text


def test_what_was_done_in_a_month_is_its_entries_in_order(converse: Converse, home: Shelf) -> None:
    home.note(
        "notes/diary.md",
        "# Diary\n\n## 2026-03-30\n\nPainted the fence.\n\n## 2026-03-02\n\nSold the car.\n\n"
        "## 2026-04-01\n\nSlept until noon.\n",
    )
    answer = answer_of(converse(), "What did I do in March 2026?")
    assert answer.text == "2 March 2026: Sold the car. [1] 30 March 2026: Painted the fence. [2]"


def test_a_day_without_an_entry_is_told_nothing_about(converse: Converse) -> None:
    assert answer_of(converse(), "What happened on 13 January 2026?").text == NOT_FOUND


def test_when_is_answered_with_the_day_of_the_entry(converse: Converse) -> None:
    answer = answer_of(converse(), "When did the chimney sweep come?")
    assert answer.text.startswith("12 January 2026: The chimney sweep came at eight.")


def test_the_last_time_may_be_asked_in_other_words(converse: Converse, home: Shelf) -> None:
    home.note(
        "notes/diary.md",
        "# Diary\n\n## 2026-01-03\n\nDinner at the Golden Dragon with Jonas.\n\n"
        "## 2026-10-21\n\nDinner at the Golden Dragon again, Petra moves to Rome.\n",
    )
    answer = answer_of(converse(), "When did I last eat at the Golden Dragon?")
    assert answer.text.startswith("21 October 2026: Dinner at the Golden Dragon again")


def test_rows_of_other_days_do_not_answer(converse: Converse, home: Shelf) -> None:
    rows = "".join(f"| 2026-0{month}-11 | groceries | {month}0.50 |\n" for month in (3, 4, 5))
    home.note("notes/money.md", "# Spending\n\n| Date | For | EUR |\n|---|---|---|\n" + rows)
    answer = answer_of(converse(), "What were the groceries in April 2026?")
    assert "2026-04-11" in answer.text
    assert "2026-03-11" not in answer.text and "2026-05-11" not in answer.text
