"""Asking of files themselves: who wrote one, when one was taken, a number that stands in prose."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop_mmrag.answer.converse import Conversation
from desktop_mmrag.domain import Answer, Facts

GARDEN = """---
title: Garden plan
author: Ingrid Solheim
---
# Garden plan

Plant the beans in May and the roses along the fence.
"""


def answer_of(conversation: Conversation, question: str) -> Answer:
    *_, answer = conversation.ask(question)
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the note on the garden plan?",
        "who is the author of the garden note",
        "Wer hat die Notiz Garden plan geschrieben?",
    ],
)
def test_who_wrote_a_note_is_answered_by_its_author(converse, home, question: str) -> None:
    home.note("garden.md", GARDEN)
    answer = answer_of(converse(), question)
    assert answer.text == "Ingrid Solheim [1]"
    assert answer.citations[0].path.name == "garden.md"


@pytest.mark.parametrize(
    "question",
    ["Who wrote the roses along the fence?", "Who wrote the note on the sailing boat's engine?"],
)
def test_the_author_of_another_file_is_no_answer(converse, home, question: str) -> None:
    home.note("garden.md", GARDEN)
    assert "Ingrid" not in answer_of(converse(), question).text


def test_when_a_photo_was_taken_is_known_from_the_photo(converse, home) -> None:
    home.photo("falcon.jpg", facts=Facts(taken_at=datetime(2019, 6, 2, 10, 11)))
    answer = answer_of(converse(), "When was the falcon photo taken?")
    assert "2 June 2019" in answer.text
    assert answer.citations[0].path.name == "falcon.jpg"


def test_a_photo_is_known_by_what_was_written_beside_it(converse, home) -> None:
    taken = datetime(2021, 6, 12, 15)
    home.photo("1.jpg", facts=Facts(taken_at=taken, description="Grandma turns ninety"))
    assert "12 June 2021" in answer_of(converse(), "When did Grandma turn ninety?").text
    home.photo("2.jpg", facts=Facts(taken_at=taken, keywords=("kayak",)))
    assert "12 June 2021" in answer_of(converse(), "When was the kayak picture taken?").text


def test_a_day_or_place_that_is_not_known_is_not_answered_by_another(converse, home) -> None:
    home.photo("1.jpg", facts=Facts(keywords=("sourdough",)))
    home.photo("2.jpg", facts=Facts(taken_at=datetime(2021, 6, 12), keywords=("kayak",)))
    for question in (
        "When was the sourdough photo taken?",
        "Where was the kayak picture taken?",
        "When was the photo of the moon landing taken?",
    ):
        assert not answer_of(converse(), question).found, question


def test_a_phone_number_in_prose_is_found_without_a_label(converse, home) -> None:
    home.note(
        "leak.md",
        "# The leak\n\nThe tap dripped all week.\n\n"
        "Olsen, the plumber, came on Tuesday; call 22 44 66 88 if it leaks again.",
    )
    answer = answer_of(converse(), "What is the plumber's phone number?")
    assert "22 44 66 88" in answer.text
