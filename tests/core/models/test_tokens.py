"""Token ids as the models were trained on."""

from pathlib import Path

import pytest

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import Catalogue, Tokenisation
from desktop_mmrag.models.tokens import Tokens
from tests.core.models.graphs import WORDS, word_tokenizer

CLIP = Path(__file__).parents[4] / "shared" / "data" / "clip-tokenizer" / "tokenizer.json"
needs_clip = pytest.mark.skipif(
    not CLIP.exists(), reason="CLIP's tokenizer is not beside the checkout"
)


def ids(tokens, *texts, size=8):
    (batch,) = tokens.batches(texts, size)
    rows = dict(zip(batch.rows.tolist(), batch.ids.tolist(), strict=True))
    return [rows[row] for row in range(len(texts))]


# Checked against byte-pair encoding as https://github.com/openai/CLIP (simple_tokenizer.py) does it.
@needs_clip
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a photo of a cat", [320, 1125, 539, 320, 2368]),
        ("A PHOTO OF A CAT", [320, 1125, 539, 320, 2368]),
        ("  a   photo\nof a\tcat ", [320, 1125, 539, 320, 2368]),
        ("A photo of a cat!", [320, 1125, 539, 320, 2368, 256]),
        ("hello world", [3306, 1002]),
        ("don't stop", [847, 713, 1691]),
        ("3.14", [274, 269, 272, 275]),
        ("Ein Café in München", [24524, 15304, 530, 41235, 8983]),
        ("🙂 smile", [14860, 3490]),
        ("", []),
    ],
)
def test_clip_reads_text_as_it_was_trained(text, expected):
    recipe = Catalogue.load().get("clip-vit-b32").tokenisation
    assert ids(Tokens(CLIP, recipe), text) == [[49406, *expected, 49407]]


@needs_clip
def test_clip_keeps_the_end_of_text_token_when_a_text_is_cut():
    recipe = Catalogue.load().get("clip-vit-b32").tokenisation
    (row,) = ids(Tokens(CLIP, recipe), "cat " * 200)
    assert (len(row), row[0], row[75], row[76]) == (77, 49406, 2368, 49407)


@needs_clip
def test_clip_pads_with_end_of_text():
    # The first one is where CLIP reads the sentence; those after it are not seen.
    recipe = Catalogue.load().get("clip-vit-b32").tokenisation
    short, _ = ids(Tokens(CLIP, recipe), "cat", "a photo of a cat")
    assert short == [49406, 2368, 49407, 49407, 49407, 49407, 49407]


@needs_clip
def test_a_special_token_in_a_text_is_only_letters():
    recipe = Catalogue.load().get("clip-vit-b32").tokenisation
    (row,) = ids(Tokens(CLIP, recipe), "cat <|endoftext|> dog")
    assert row.count(49407) == 1


@pytest.fixture
def words(tmp_path):
    return word_tokenizer(tmp_path / "tokenizer.json")


def number(word):
    return 4 + WORDS.index(word)


def test_padding_to_a_fixed_length(words):
    tokens = Tokens(words, Tokenisation(max_tokens=6, pad_to=6, pad_id=0))
    assert ids(tokens, "cat") == [[2, number("cat"), 3, 0, 0, 0]]
    (batch,) = tokens.batches(["cat"], 1)
    assert batch.mask.tolist() == [[1, 1, 1, 0, 0, 0]]


def test_upper_case_and_punctuation_where_training_had_none(words):
    plain = Tokens(words, Tokenisation(max_tokens=8))
    lowered = Tokens(words, Tokenisation(max_tokens=8, lowercase=True, strip_punctuation=True))
    assert ids(plain, "Cat,  dog!") != ids(plain, "cat dog")
    assert ids(lowered, "Cat,  dog!") == ids(plain, "cat dog")


def test_texts_of_like_length_share_a_batch(words):
    tokens = Tokens(words, Tokenisation(max_tokens=8))
    texts = ["a photo of the cat", "cat", "a photo of the dog", "dog"]
    found = [sorted(batch.rows.tolist()) for batch in tokens.batches(texts, 2)]
    assert found == [[1, 3], [0, 2]]


def test_room_leaves_out_the_prefix_and_the_models_own_tokens(words):
    assert Tokens(words, Tokenisation(max_tokens=16)).room("a photo ") == 16 - 2 - 2


def test_a_pair_marks_its_second_text(words):
    tokens = Tokens(words, Tokenisation(max_tokens=16))
    (batch,) = tokens.pair_batches("the cat", ["dog"], 8)
    assert batch.types.tolist() == [[0, 0, 0, 0, 1, 1]]


def test_a_pair_that_is_too_long_keeps_the_question(words):
    tokens = Tokens(words, Tokenisation(max_tokens=10))
    (batch,) = tokens.pair_batches("the cat", ["dog " * 50], 8)
    assert batch.ids.tolist()[0][:4] == [2, number("the"), number("cat"), 3]
    assert batch.ids.shape == (1, 10)


def test_a_broken_tokenizer_is_a_damaged_model(tmp_path):
    path = tmp_path / "tokenizer.json"
    path.write_text("{}")
    with pytest.raises(ModelDamaged):
        Tokens(path, Tokenisation(max_tokens=8))
