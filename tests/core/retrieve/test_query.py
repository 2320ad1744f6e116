from datetime import datetime

import pytest

from desktop_mmrag.domain import Filters, Medium
from desktop_mmrag.errors import QueryNotUnderstood
from desktop_mmrag.retrieve.query import literally, parse

NOW = datetime(2026, 7, 15, 12, 30)


def places() -> frozenset[str]:
    return frozenset({"Bergen", "Oslo", "New York", "York", "Norway"})


def test_words_phrases_and_exclusions_are_told_apart() -> None:
    query = parse('boiler "Elm Street" -invoice -"old house"', NOW)
    assert query.words == ("boiler",)
    assert query.phrases == ("Elm Street",)
    assert query.excluded == ("invoice", "old house")
    assert query.meaning == "boiler Elm Street"


def test_operators_become_filters() -> None:
    query = parse('type:picture in:"my docs" before:2024-06 after:2023 camera:Canon near:Oslo', NOW)
    assert query.filters == Filters(
        media=frozenset({Medium.PHOTO}),
        folders=("my docs",),
        after=datetime(2023, 1, 1),
        before=datetime(2024, 6, 1),
        near="Oslo",
        camera="Canon",
    )
    assert query.meaning == ""


def test_kinds_can_be_added_and_taken_away() -> None:
    assert parse("type:pdf,notes", NOW).filters.media == {Medium.DOCUMENT, Medium.NOTE}
    assert Medium.PHOTO not in parse("-type:photo", NOW).filters.media


def test_a_date_in_plain_words_becomes_a_filter_and_leaves_the_meaning() -> None:
    query = parse("red bicycle last summer", NOW)
    assert query.meaning == "red bicycle"
    assert query.filters.after == datetime(2025, 6, 1)
    assert query.guesses == ("last summer",)


def test_a_chinese_date_and_kind_are_filters_and_the_rest_is_words() -> None:
    query = parse("2023年5月的海滩", NOW)
    assert (query.meaning, query.filters.after) == ("海滩", datetime(2023, 5, 1))
    photos = parse("去年的照片", NOW)
    assert photos.filters.media == {Medium.PHOTO}
    assert photos.meaning == ""


def test_read_literally_nothing_is_guessed() -> None:
    query = literally("red bicycle last summer", NOW)
    assert query.meaning == "red bicycle last summer"
    assert query.filters == Filters()


def test_an_explicit_date_leaves_plain_dates_as_words() -> None:
    query = parse("summer 2019 after:2020", NOW)
    assert query.filters.before is None
    assert query.meaning == "summer 2019"


def test_a_quoted_date_stays_words() -> None:
    assert parse('"last summer"', NOW).filters == Filters()


def test_a_known_place_after_in_becomes_a_filter() -> None:
    query = parse("harbour in new york", NOW, places)
    assert query.filters.near == "New York"
    assert query.meaning == "harbour"


def test_a_place_without_a_preposition_and_an_unknown_place_are_words() -> None:
    assert parse("Bergen", NOW, places).filters.near is None
    assert parse("Bergen weekend", NOW, places).filters.near is None
    assert parse("hotel in Paris", NOW, places).filters.near is None


def test_a_kind_alone_beside_a_date_is_a_filter() -> None:
    query = parse("photos from last summer", NOW)
    assert query.filters.media == {Medium.PHOTO}
    assert query.meaning == ""
    assert parse("photos", NOW).filters == Filters()


def test_question_words_are_left_out_of_the_words_but_not_of_the_meaning() -> None:
    query = parse("What did the plumber say about the boiler?", NOW)
    assert query.words == ("plumber", "boiler")
    assert query.meaning == "What did the plumber say about the boiler?"


def test_when_every_word_is_common_all_are_searched() -> None:
    assert parse("to be or not to be", NOW).words == ("to", "be", "or", "not", "to", "be")


def test_stop_words_are_those_of_the_language() -> None:
    assert parse("was bedeutet die Musik", NOW).words == ("bedeutet", "Musik")
    assert parse("die hard", NOW).words == ("die", "hard")


def test_a_date_with_slashes_stays_one_word() -> None:
    query = literally("receipt dated 25/12/2018?", NOW)
    assert query.words == ("receipt", "dated", "25/12/2018")


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "((((", '"', '"" -', "* OR AND ^ :", "a:b:c", "in:", "before:", "\x00\x07", "🐕 🐈", "-", "%_\\"],
)  # fmt: skip
def test_odd_characters_are_never_an_error(typed: str) -> None:
    parse(typed, NOW, places)


def test_typographic_quotes_are_quotes() -> None:
    assert parse("“Elm Street”", NOW).phrases == ("Elm Street",)


@pytest.mark.parametrize("typed", ["before:soon", "type:banana", "-in:docs", "after:2024-13"])
def test_an_operator_with_a_bad_value_is_explained(typed: str) -> None:
    with pytest.raises(QueryNotUnderstood) as problem:
        parse(typed, NOW)
    assert problem.value.hint


def test_how_to_answer_is_not_searched_for() -> None:
    typed = "What does Costco rely on? Answer in millions, round to 2 decimal places."
    assert parse(typed, NOW).meaning == "What does Costco rely on?"
    assert parse("answer the phone", NOW).meaning == "answer the phone"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("when was the falcon photo taken?", ("falcon",)),
        ("Where did I take the picture of the falcon?", ("falcon",)),
        ("what camera took the falcon picture", ("falcon",)),
        ("photos taken", ("photos", "taken")),
        ("decisions taken by the board", ("decisions", "taken", "board")),
        ("photo of a falcon", ("photo", "falcon")),
    ],
)
def test_that_a_photo_was_taken_stands_in_no_photo(typed: str, words: tuple[str, ...]) -> None:
    assert parse(typed, NOW).words == words
