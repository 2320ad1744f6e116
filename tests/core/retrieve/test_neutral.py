"""How words are put to encoders: a prompt for pictures, without what the prompt adds to all of them."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_mmrag.domain import Store
from desktop_mmrag.retrieve.neutral import Neutral
from tests.fakes import FakeEncoders, HashImageTextEncoder, of_words

from .conftest import Shelf


@pytest.fixture
def neutral(notes: Shelf) -> Neutral:
    return Neutral(FakeEncoders(notes.encoders.text(), HashImageTextEncoder()))


def test_what_a_prompt_adds_to_all_texts_is_taken_out(neutral: Neutral) -> None:
    dimension = HashImageTextEncoder().dimension
    prompt = of_words("a photo of", dimension)
    alone = of_words("a photo of bicycle", dimension) @ prompt
    # The sentences are longer than a word: of each of theirs the prompt is a smaller part.
    assert neutral.typed(Store.IMAGE_TEXT, "bicycle") @ prompt < 0.75 * alone


def test_a_whole_sentence_is_put_as_it_is(neutral: Neutral) -> None:
    said = "a man rides his bicycle through the snow"
    typed = neutral.typed(Store.IMAGE_TEXT, said)
    np.testing.assert_allclose(typed, of_words(said, len(typed)), atol=1e-6)


def test_neutral_sentences_are_worded_as_the_query_is(neutral: Neutral) -> None:
    short, long = (
        neutral.sentences(Store.IMAGE_TEXT, said)
        for said in ("bicycle", "a man rides his bicycle through the snow")
    )
    assert short.shape == long.shape
    np.testing.assert_allclose(np.linalg.norm(short, axis=1), 1, atol=1e-5)
    assert not np.allclose(short, long)
