"""Pictures and words in one space, on a real ONNX session with random weights."""

import numpy as np
import pytest

from desktop_mmrag.domain import PictureInput
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import Catalogue, Tokenisation
from desktop_mmrag.models.clip import ClipEncoder, OwnTextSide, ProjectedTextSide, picture_tensor
from desktop_mmrag.models.onnx_session import OnnxSession
from desktop_mmrag.models.text import SentenceEncoder
from tests.core.models.graphs import (
    DIMENSION,
    SIZE,
    image_text_model,
    text_model,
    vision_tower,
)


def pictures(count, size=SIZE):
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 3), dtype=np.uint8)


def encoder(tmp_path, **fields):
    entry = image_text_model(tmp_path, **fields)
    home = tmp_path / entry.id
    text = OwnTextSide(entry, home / "text.onnx", home / "tokenizer.json", threads=1)
    return ClipEncoder(entry, home / "image.onnx", text, threads=1)


@pytest.mark.parametrize("model_id", ["clip-vit-b32", "siglip2-base-fp16"])
def test_preprocessing_is_scale_then_mean_then_deviation(model_id):
    picture = Catalogue.load().get(model_id).picture
    pixels = pictures(2, size=24)
    expected = np.empty((2, 3, 24, 24))
    for image in range(2):
        for channel in range(3):
            values = pixels[image, :, :, channel] / 255.0
            values = (values - picture.mean[channel]) / picture.std[channel]
            expected[image, channel] = values
    tensor = picture_tensor(pixels, picture)
    assert tensor.dtype == np.float32
    np.testing.assert_allclose(tensor, expected, atol=2e-6)


def test_clip_and_siglip_cut_pictures_differently():
    catalogue = Catalogue.load()
    assert catalogue.get("clip-vit-b32").picture.input == PictureInput(224, "shortest")
    assert catalogue.get("siglip2-base-fp16").picture.input == PictureInput(224, "exact")


def test_pictures_become_unit_vectors(tmp_path):
    vectors = encoder(tmp_path).embed_pictures(pictures(11))
    assert vectors.shape == (11, DIMENSION) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_picture_has_the_same_vector_in_any_company(tmp_path):
    model, images = encoder(tmp_path), pictures(11)
    alone = np.concatenate([model.embed_pictures(images[i : i + 1]) for i in range(11)])
    np.testing.assert_allclose(model.embed_pictures(images), alone, atol=1e-6)


def test_vectors_are_those_of_the_graph(tmp_path):
    model, images = encoder(tmp_path), pictures(3)
    session = OnnxSession(tmp_path / "tiny-clip" / "image.onnx", threads=1)
    mean, std = np.array([0.48, 0.45, 0.40]), np.array([0.26, 0.25, 0.27])
    tensor = ((images / 255.0 - mean) / std).transpose(0, 3, 1, 2).astype(np.float32)
    raw = session.run({"pixel_values": tensor}, "image_embeds")
    expected = raw / np.linalg.norm(raw, axis=1, keepdims=True)
    np.testing.assert_allclose(model.embed_pictures(images), expected, atol=1e-5)


def test_a_half_precision_graph_gets_half_precision_pixels(tmp_path):
    entry = image_text_model(tmp_path)
    home = tmp_path / entry.id
    text = OwnTextSide(entry, home / "text.onnx", home / "tokenizer.json", threads=1)
    half = vision_tower(tmp_path / "half.onnx", half=True)
    full = ClipEncoder(entry, home / "image.onnx", text, threads=1).embed_pictures(pictures(3))
    found = ClipEncoder(entry, half, text, threads=1).embed_pictures(pictures(3))
    assert found.dtype == np.float32
    assert (found * full).sum(axis=1).min() > 0.999


def test_words_come_back_in_their_order(tmp_path):
    model = encoder(tmp_path)
    texts = ["a photo of the cat in the snow", "dog", "red bicycle", "a cat", "the street at night"]
    alone = np.concatenate([model.embed_texts([text]) for text in texts])
    together = encoder(tmp_path, batch=1).embed_texts(texts)
    np.testing.assert_allclose(together, alone, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-6)


def test_words_are_padded_as_in_training(tmp_path):
    # The test's text tower averages over padding too, as a tower without a mask sees it.
    fixed = encoder(tmp_path, tokenisation=Tokenisation(max_tokens=12, pad_to=12))
    texts = ["dog", "a photo of the cat"]
    alone = np.concatenate([fixed.embed_texts([text]) for text in texts])
    np.testing.assert_allclose(fixed.embed_texts(texts), alone, atol=1e-6)


def test_nothing_gives_no_vectors(tmp_path):
    model = encoder(tmp_path)
    assert model.embed_texts([]).shape == (0, DIMENSION)
    assert model.embed_pictures(pictures(0)).shape == (0, DIMENSION)


def test_pictures_of_another_size_are_refused(tmp_path):
    with pytest.raises(ValueError, match="32, 32, 3"):
        encoder(tmp_path).embed_pictures(pictures(1, size=40))


def test_another_text_side_leaves_the_space_as_it_is(tmp_path):
    entry, sentences = image_text_model(tmp_path), text_model(tmp_path)
    home, other = tmp_path / entry.id, tmp_path / sentences.id
    own = OwnTextSide(entry, home / "text.onnx", home / "tokenizer.json", threads=1)
    tower = SentenceEncoder(sentences, other / "text.onnx", other / "tokenizer.json", threads=1)
    turned = ProjectedTextSide(tower, lambda vectors: vectors[:, ::-1] * 3)
    first = ClipEncoder(entry, home / "image.onnx", own, threads=1)
    second = ClipEncoder(entry, home / "image.onnx", turned, threads=1)
    assert first.space == second.space
    expected = tower.embed(["the cat"])[:, ::-1]
    np.testing.assert_allclose(second.embed_texts(["the cat"]), expected, atol=1e-6)


def test_vectors_of_another_length_than_the_catalogue_says_are_refused(tmp_path):
    with pytest.raises(ModelDamaged):
        encoder(tmp_path, dimension=DIMENSION + 1).embed_pictures(pictures(1))
