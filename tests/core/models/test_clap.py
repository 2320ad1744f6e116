"""CLAP: the picture that it has of a sound, and the two sides of its space."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models import clap_mel
from desktop_mmrag.models.catalogue import Licence, ModelEntry, Tokenisation
from desktop_mmrag.models.clap import ClapEncoder
from desktop_mmrag.models.clip import OwnTextSide

from . import graphs

RATE, LENGTH, HOP, BANDS = 48_000, 1024, 480, 64


def hertz_of(mel: float) -> float:
    """Slaney's scale as the Auditory Toolbox writes it."""
    return mel * 200 / 3 if mel < 15 else 1000 * math.exp(math.log(6.4) / 27 * (mel - 15))


def mel_of(hertz: float) -> float:
    return hertz * 3 / 200 if hertz < 1000 else 15 + 27 * math.log(hertz / 1000) / math.log(6.4)


def reference(samples: NDArray[np.float64], frame: int, band: int) -> float:
    """One value of the features, term by term: window, transform, triangle, decibels."""
    mirrored = np.pad(samples, LENGTH // 2, mode="reflect")
    lowest, highest = mel_of(50), mel_of(14_000)
    edges = [hertz_of(lowest + (highest - lowest) * n / (BANDS + 1)) for n in range(BANDS + 2)]
    left, middle, right = edges[band : band + 3]
    energy = 0.0
    for k in range(LENGTH // 2 + 1):
        hertz = k * RATE / LENGTH
        height = max(0.0, min((hertz - left) / (middle - left), (right - hertz) / (right - middle)))
        if height:
            turn = -2j * np.pi * k * np.arange(LENGTH) / LENGTH
            window = 0.5 * (1 - np.cos(2 * np.pi * np.arange(LENGTH) / LENGTH))
            part = mirrored[frame * HOP : frame * HOP + LENGTH] * window
            energy += height * 2 / (right - left) * abs(np.sum(part * np.exp(turn))) ** 2
    return 10 * math.log10(max(energy, 1e-10))


@pytest.fixture(scope="module")
def noise() -> NDArray[np.float32]:
    return np.random.default_rng(5).uniform(-0.5, 0.5, 3 * RATE).astype(np.float32)


def test_features_are_those_of_the_reference(noise: NDArray[np.float32]) -> None:
    features = clap_mel.features(noise)
    assert features.shape == (1, 1001, 64) and features.dtype == np.float32
    # Three seconds are heard three times over, then there is silence.
    whole = np.concatenate([noise, noise, noise, np.zeros(RATE, np.float32)]).astype(np.float64)
    for frame, band in ((0, 0), (1, 10), (299, 63), (300, 5), (650, 30), (899, 63), (900, 20)):
        wanted = reference(whole, frame, band)
        assert features[0, frame, band] == pytest.approx(wanted, abs=1e-3)


def test_silence_is_the_floor(noise: NDArray[np.float32]) -> None:
    assert np.all(clap_mel.features(np.zeros(RATE, np.float32)) == -100)
    assert np.all(clap_mel.features(noise)[0, 905:] == -100)


def test_a_longer_sound_is_heard_from_its_beginning(noise: NDArray[np.float32]) -> None:
    long = np.tile(noise, 5)
    np.testing.assert_array_equal(clap_mel.features(long), clap_mel.features(long[: 10 * RATE]))


# --- the networks ---------------------------------------------------------------------


def sound_tower(path: Path) -> Path:
    """The mean over time of every band, projected."""
    weights = np.random.default_rng(6).standard_normal((BANDS, graphs.DIMENSION)) * 0.01
    nodes = [
        helper.make_node("ReduceMean", ["input_features"], ["bands"], axes=[1, 2], keepdims=0),
        helper.make_node("MatMul", ["bands", "weights"], ["audio_embeds"]),
    ]
    windows: list[str | int | None] = ["n", 1, "frames", BANDS]
    heard = helper.make_tensor_value_info("input_features", TensorProto.FLOAT, windows)
    shape: list[str | int | None] = ["n", graphs.DIMENSION]
    result = helper.make_tensor_value_info("audio_embeds", TensorProto.FLOAT, shape)
    constants = {"weights": weights.astype(np.float32)}
    return graphs.save(path, nodes, [heard], [result], constants)


def clap_entry(dimension: int = graphs.DIMENSION) -> ModelEntry:
    return ModelEntry(
        id="tiny-clap",
        title="Tiny",
        kind="audio-text",
        good_for="tests",
        revision="1",
        precision="fp32",
        files=(),
        licence=Licence("MIT"),
        family="tiny-clap",
        dimension=dimension,
        tokenisation=Tokenisation(max_tokens=16, pad_id=1),
        tensors={"text": "text_embeds"},
        batch=2,
    )


def clap(folder: Path, entry: ModelEntry) -> ClapEncoder:
    tokenizer = graphs.word_tokenizer(folder / "tokenizer.json")
    text = OwnTextSide(entry, graphs.text_tower(folder / "text.onnx"), tokenizer, 1)
    return ClapEncoder(entry, sound_tower(folder / "audio.onnx"), text, 1)


def test_sounds_and_words_lie_in_one_space(tmp_path: Path, noise: NDArray[np.float32]) -> None:
    encoder = clap(tmp_path, clap_entry())
    sounds = encoder.embed_sounds([noise, noise[:RATE], noise * 0.1])
    words = encoder.embed_texts(["a cat", "a dog"])
    assert encoder.space.kind == "audio-text"
    assert sounds.shape == (3, graphs.DIMENSION) and words.shape == (2, graphs.DIMENSION)
    np.testing.assert_allclose(
        np.linalg.norm(np.concatenate([sounds, words]), axis=1), 1, atol=1e-5
    )
    np.testing.assert_allclose(encoder.embed_sounds([noise])[0], sounds[0], atol=1e-6)
    assert float(sounds[0] @ sounds[2]) < 0.9999


def test_a_model_of_another_size_is_damaged(tmp_path: Path, noise: NDArray[np.float32]) -> None:
    with pytest.raises(ModelDamaged, match="not of 8"):
        clap(tmp_path, clap_entry(dimension=8)).embed_sounds([noise])
