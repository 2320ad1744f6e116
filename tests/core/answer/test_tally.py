"""Counting, listing and dating over the whole library."""

from __future__ import annotations

import pytest

from desktop_mmrag.answer.tally import Tally
from desktop_mmrag.answer.tally_request import Aim, compares_amounts, read_request
from desktop_mmrag.domain import Hit, Medium, Reason, Store, Whole

from .conftest import NOW, Shelf


@pytest.fixture
def tally(home: Shelf) -> Tally:
    return Tally(home.library, lambda words, limit, media: (), lambda: NOW)


@pytest.mark.parametrize(
    ("question", "compares"),
    [
        ("What is the total of all receipts?", True),
        ("What is the sum of my receipts in 2018?", True),
        ("Which receipt is the most expensive?", True),
        ("What was the total on the receipt from BLUE FJORD HARDWARE?", False),
        ("What is total liabilities for COSTCO in FY 2021?", False),
        ("How many receipts are there?", False),
    ],
)
def test_sums_over_many_files_are_recognised(question: str, compares: bool) -> None:
    assert compares_amounts(question) is compares


def test_counts_a_medium_in_a_year(tally: Tally) -> None:
    draft = tally.answer("How many photos did I take in 2019?")
    assert draft and draft.found
    assert draft.text.split("\n") == [
        "2 photos from 2019:",
        "8 September 2019, tram.jpg [1]",
        "3 July 2019, quay.jpg [2]",
    ]


def test_counts_a_medium_at_a_place(tally: Tally) -> None:
    draft = tally.answer("How many photos from Bergen?")
    assert draft and draft.text.startswith("1 photo near Bergen:")


def test_receipts_are_known_by_their_words_and_dated_by_what_is_printed(tally: Tally) -> None:
    draft = tally.answer("How many receipts are from March 2018?")
    assert draft and draft.text.startswith("1 receipt from March 2018:\n12 March 2018, brush.jpg")
    both = tally.answer("List all receipts")
    assert both and both.text.startswith("2 receipts:\n2 April 2019, coffee.jpg [1]\n12 March 2018")


def test_words_narrow_what_is_counted(tally: Tally) -> None:
    draft = tally.answer("How many notes mention the vet?")
    assert draft and draft.text.startswith("1 note that holds “vet”:")
    assert draft.citations[0].quote.startswith("The cat was at the vet")


def test_words_may_stand_in_different_segments_of_one_note(tally: Tally) -> None:
    draft = tally.answer("How many notes mention the chimney and the vet?")
    assert draft and draft.text.startswith("1 note ")


def test_nothing_to_count_is_not_found(tally: Tally) -> None:
    draft = tally.answer("How many photos from 1999?")
    assert draft and not draft.found
    assert draft.text == "Your library holds no photos from 1999."


def test_the_last_time_takes_its_day_from_the_heading(tally: Tally) -> None:
    draft = tally.answer("When was the last time Pixel was at the vet?")
    assert draft and draft.text.startswith("4 May 2026: Pixel was at the vet again")


def test_the_first_time_is_the_earliest(tally: Tally) -> None:
    draft = tally.answer("When was the first time Pixel was at the vet?")
    assert draft and draft.text.startswith("9 February 2026: The cat was at the vet: Pixel weighs")


def test_the_newest_of_a_medium(tally: Tally) -> None:
    draft = tally.answer("What is my latest photo from 2019?")
    assert draft and draft.text.startswith("8 September 2019: tram.jpg [1]")
    assert draft.citations[0].path.name == "tram.jpg"


@pytest.mark.parametrize(
    "question",
    [
        "How many membership warehouses did Costco operate in 2021?",
        "How many tickets were sold?",
        "How many kroner did the boiler cost?",
        "What papers did Turing publish?",
        "When was the last time the Broncos won?",
        "When was the boiler installed?",
        "Which museum would receive items on loan?",
    ],
)
def test_questions_about_facts_are_left_to_the_sources(tally: Tally, question: str) -> None:
    assert tally.answer(question) is None


def test_reads_what_is_counted() -> None:
    request = read_request("How many of my photos show a red bicycle?")
    assert request and (request.aim, request.noun) == (Aim.COUNT, "photos")
    assert request.media == {Medium.PHOTO}
    assert request.rest == "a red bicycle"
    listing = read_request("Which notes are about the boiler?")
    assert listing and listing.aim is Aim.LIST


@pytest.mark.parametrize(
    "question",
    [
        "Which recipes contain no eggs?",
        "List all recipes without eggs",
        "Which recipes do not use any eggs?",
        "Which recipes don't contain eggs?",
    ],
)
def test_what_must_be_missing_is_not_looked_for(tally: Tally, home: Shelf, question: str) -> None:
    home.note("recipes/omelette.md", "# Omelette\n\nIngredients: four eggs, butter.")
    home.note("recipes/soup.md", "# Pea soup\n\nIngredients: peas, an onion.")
    draft = tally.answer(question)
    assert draft and draft.text.startswith("1 recipe without “eggs”:\n")
    assert draft.text.endswith("soup.md [1]")


def test_days_and_places_beside_what_is_missing_narrow_the_count(tally: Tally) -> None:
    draft = tally.answer("How many photos without people from Bergen are there?")
    assert draft and draft.text.startswith("About 1 photo without “people” near Bergen:")


def test_a_picture_that_looks_like_the_words_is_still_of_its_own_day(home: Shelf) -> None:
    def alike(words: str, limit: int, media: frozenset[Medium]) -> list[Hit]:
        every = home.library.contents.describe(home.library.contents.selected(None))
        reason = Reason(Store.IMAGE_TEXT, 1, 0.3)
        return [
            Hit(1, id, id, content.paths[0], content.medium, Whole(), "", 0.9, True, (reason,))
            for id, content in every.items()
            if content.medium is Medium.PHOTO
        ]

    draft = Tally(home.library, alike, lambda: NOW).answer("How many photos of trams from 2019?")
    assert draft and draft.text.startswith("About 2 photos that match “trams” from 2019:")
    assert "brush.jpg" not in draft.text
