"""The sentence encoder: the bundled one, and the ways of pooling."""

import json
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag import bundled
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import Catalogue, Tokenisation
from desktop_mmrag.models.text import SentenceEncoder, pool, unit_length
from tests.core.models.graphs import DIMENSION, text_model

QUESTIONS = Path(__file__).parents[4] / "shared" / "data" / "passages-questions" / "xquad.en.json"


@pytest.fixture(scope="module")
def minilm():
    entry = Catalogue.load().get("all-minilm-l6-v2")
    home = bundled.models() / entry.id
    return SentenceEncoder(entry, home / "model.onnx", home / "tokenizer.json", threads=2)


def test_the_bundled_model_knows_what_sentences_mean(minilm):
    passages = [
        "The boiler was replaced in March and cost 4,200 euros.",
        "Our cat sleeps on the window sill all afternoon.",
        "The train to Vienna leaves at half past eight.",
    ]
    questions = ["What did the new heating cost?", "Where is the kitten?", "When do we depart?"]
    scores = minilm.embed_queries(questions) @ minilm.embed_passages(passages).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_bundled_model_is_close_to_the_original(minilm):
    reference = json.loads(Path(__file__).with_name("minilm_reference.json").read_text())
    for text, expected in reference["vectors"].items():
        (found,) = minilm.embed_passages([text])
        assert float(found @ np.array(expected, np.float32)) > 0.995


def test_a_text_has_the_same_vector_in_any_company(minilm):
    texts = ["A cat.", "A much longer sentence about a cat that sat upon a mat.", "Rain " * 90]
    alone = np.concatenate([minilm.embed_passages([text]) for text in texts])
    np.testing.assert_allclose(minilm.embed_passages(texts), alone, atol=1e-5)


def test_vectors_are_of_unit_length_and_in_order(minilm):
    texts = ["one two three", "one", "one two"]
    vectors = minilm.embed_passages(texts)
    assert vectors.shape == (3, 384) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[1], minilm.embed_passages(["one"])[0], atol=1e-5)


def test_no_texts_give_no_vectors(minilm):
    assert minilm.embed_passages([]).shape == (0, 384)


def test_a_passage_of_max_tokens_is_read_to_its_end(minilm):
    words = ["rain"] * (minilm.max_tokens - 1)
    whole = minilm.embed_passages([" ".join([*words, "sun"])])
    assert abs(whole - minilm.embed_passages([" ".join([*words, "rain"])])).max() > 1e-4
    longer = minilm.embed_passages([" ".join([*words, "sun", "snow"])])
    np.testing.assert_allclose(longer, whole, atol=1e-5)


def test_empty_text_and_odd_characters_are_no_failure(minilm):
    vectors = minilm.embed_passages(["", "\x00\ufffd", "🙂" * 500, "[SEP] [PAD]"])
    assert np.isfinite(vectors).all()


def test_its_space_names_the_model(minilm):
    assert (minilm.space.kind, minilm.space.model, minilm.space.dimension) == (
        "text",
        "all-minilm-l6-v2",
        384,
    )


@pytest.mark.slow
@pytest.mark.skipif(not QUESTIONS.exists(), reason="the questions lie beside the checkout only")
def test_the_right_paragraph_is_among_the_first_five(minilm):
    paragraphs, questions, right = [], [], []
    for article in json.loads(QUESTIONS.read_text())["data"]:
        for paragraph in article["paragraphs"]:
            paragraphs.append(paragraph["context"])
            for asked in paragraph["qas"][:2]:
                questions.append(asked["question"])
                right.append(len(paragraphs) - 1)
    scores = minilm.embed_queries(questions) @ minilm.embed_passages(paragraphs).T
    first = np.argsort(-scores, axis=1)[:, :5]
    assert (first == np.array(right)[:, None]).any(axis=1).mean() >= 0.93


STATES = np.array([[[3, 0], [0, 4], [9, 9]], [[1, 1], [1, 1], [1, 1]]], np.float32)
MASK = np.array([[1, 1, 0], [1, 1, 1]])


def test_the_mean_leaves_padding_out():
    assert pool(STATES, MASK, "mean").tolist() == [[1.5, 2.0], [1.0, 1.0]]


def test_cls_takes_the_first_token():
    assert pool(STATES, MASK, "cls").tolist() == [[3, 0], [1, 1]]


def test_numbers_that_are_not_finite_are_a_damaged_model():
    with pytest.raises(ModelDamaged):
        unit_length(np.array([[1.0, np.nan]], np.float32))


def test_prefixes_go_before_questions_and_passages(tmp_path):
    recipe = Tokenisation(max_tokens=16, query_prefix="cat ", passage_prefix="dog ")
    entry = text_model(tmp_path, tokenisation=recipe)
    home = tmp_path / entry.id
    model = SentenceEncoder(entry, home / "text.onnx", home / "tokenizer.json", threads=1)
    np.testing.assert_array_equal(model.embed_queries(["snow"]), model.embed(["cat snow"]))
    np.testing.assert_array_equal(model.embed_passages(["snow"]), model.embed(["dog snow"]))
    assert model.max_tokens == 16 - 2 - 1
    assert model.space.dimension == DIMENSION


def test_a_graph_of_another_dimension_is_refused(tmp_path):
    entry = text_model(tmp_path, dimension=DIMENSION * 2)
    home = tmp_path / entry.id
    with pytest.raises(ModelDamaged):
        SentenceEncoder(entry, home / "text.onnx", home / "tokenizer.json", threads=1)
