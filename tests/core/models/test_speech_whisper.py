"""Whisper and Moonshine through small graphs of the same shape: features, rules, times, the cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag.domain import SAMPLE_RATE, Spoken
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import Catalogue
from desktop_mmrag.models.speech_decoder import MergedDecoder
from desktop_mmrag.models.speech_mel import log_mel, mel_filters
from desktop_mmrag.models.speech_moonshine import MoonshineModel
from desktop_mmrag.models.speech_whisper import WhisperModel
from tests.core.models import speech_graphs as graphs
from tests.core.models.speech_graphs import Rows

WHISPER = Catalogue.load().get("whisper-tiny")
FIVE_SECONDS = np.zeros(5 * SAMPLE_RATE, np.float32)
STORY: Rows = {
    "<|startoftranscript|>": {"<|en|>": 5.0, "<|de|>": 8.0},
    # A word is likelier, and so is a stamp far into the sound: neither may come first.
    "<|transcribe|>": {"hello": 20.0, "5.0": 15.0, "0.0": 10.0},
    "0.0": {"hello": 10.0, "0.0": 9.0},
    "hello": {"world": 10.0},
    "world": {"2.0": 10.0},
    # Closed by one stamp, opened by another; then words go on.
    "2.0": {"again": 10.0, "2.0": 8.0, "1.0": 9.0},
    "again": {"3.5": 10.0},
    "3.5": {"<|endoftext|>": 10.0, "3.5": 5.0},
}


def whisper(folder: Path, rows: Rows) -> WhisperModel:
    return WhisperModel(
        WHISPER,
        graphs.whisper_encoder(folder / "encoder.onnx"),
        graphs.merged_decoder(folder / "decoder.onnx", rows),
        graphs.whisper_tokenizer(folder / "tokenizer.json"),
        threads=1,
    )


def test_what_is_said_comes_with_its_times(tmp_path: Path) -> None:
    told = list(whisper(tmp_path, STORY).transcribe(FIVE_SECONDS))
    assert told == [Spoken(0.0, 2.0, "hello world"), Spoken(2.0, 3.5, "again")]


def test_what_is_not_closed_ends_with_the_sound(tmp_path: Path) -> None:
    rows = {**STORY, "again": {"<|endoftext|>": 10.0}}
    told = list(whisper(tmp_path, rows).transcribe(FIVE_SECONDS))
    assert told[-1] == Spoken(2.0, 5.0, "again")


def test_where_nobody_speaks_nothing_is_written(tmp_path: Path) -> None:
    rows = {
        **STORY,
        "<|startoftranscript|>": {"<|nospeech|>": 12.0, "<|en|>": 5.0},
        # Every step is a guess among many.
        "0.0": {},
        "hello": {},
    }
    assert list(whisper(tmp_path, rows).transcribe(FIVE_SECONDS)) == []


def test_a_loop_ends_and_counts_once(tmp_path: Path) -> None:
    loop: Rows = {
        **STORY,
        "world": {f"{s:.1f}": 10.0 - s for s in range(1, 6)},
        **{f"{s:.1f}": {"hello": 10.0, f"{s:.1f}": 8.0} for s in range(1, 6)},
    }
    told = list(whisper(tmp_path, loop).transcribe(FIVE_SECONDS))
    assert [one.text for one in told] == ["hello world"]


def test_the_cache_grows_by_a_token_and_keeps_what_was_heard(tmp_path: Path) -> None:
    path = graphs.merged_decoder(tmp_path / "decoder.onnx", STORY)
    heard = np.zeros((1, 7, graphs.WIDTH), np.float32)
    writing = MergedDecoder(path, 1).begin(heard)
    for tokens in ([11, 10], [1], [2]):
        assert writing.read(tokens).shape == (graphs.VOCABULARY,)
    shapes = {name: value.shape for name, value in writing._cache.items()}
    assert shapes["past_key_values.1.decoder.value"] == (1, graphs.HEADS, 4, graphs.WIDTH)
    assert shapes["past_key_values.0.encoder.key"] == (1, graphs.HEADS, 7, graphs.WIDTH)


def test_other_files_are_refused_by_name(tmp_path: Path) -> None:
    encoder = graphs.whisper_encoder(tmp_path / "encoder.onnx")
    with pytest.raises(ModelDamaged, match=r"encoder\.onnx is no decoder"):
        MergedDecoder(encoder, 1)
    (tmp_path / "tokenizer.json").write_text('{"version": "1.0"}')
    decoder = graphs.merged_decoder(tmp_path / "decoder.onnx", STORY)
    with pytest.raises(ModelDamaged, match="not a tokenizer"):
        WhisperModel(WHISPER, encoder, decoder, tmp_path / "tokenizer.json", 1)


def test_moonshine_gives_one_phrase_as_long_as_the_sound(tmp_path: Path) -> None:
    tokenizer = tmp_path / "tokenizer.json"
    graphs.whisper_tokenizer(tokenizer)
    text = tokenizer.read_text().replace("<|startoftranscript|>", "<s>")
    tokenizer.write_text(text.replace("<|endoftext|>", "</s>"))
    rows: Rows = {
        "<|startoftranscript|>": {"hello": 5.0},
        "hello": {"world": 5.0},
        "world": {"<|endoftext|>": 5.0},
    }
    model = MoonshineModel(
        Catalogue.load().get("moonshine-tiny"),
        graphs.moonshine_encoder(tmp_path / "encoder.onnx"),
        graphs.merged_decoder(tmp_path / "decoder.onnx", rows),
        tokenizer,
        threads=1,
    )
    assert list(model.transcribe(FIVE_SECONDS)) == [Spoken(0.0, 5.0, "hello world")]
    assert list(model.transcribe(FIVE_SECONDS[:10])) == []


# --- features


def test_the_features_are_those_of_the_definition() -> None:
    """Against the definition written out: one window, its discrete Fourier transform, the bands."""
    rng = np.random.default_rng(4)
    samples = (0.1 * rng.standard_normal(SAMPLE_RATE)).astype(np.float32)
    features = log_mel(samples, 80)
    assert features.shape == (80, 3000) and features.dtype == np.float32
    frame = 37
    padded = np.concatenate([samples[200:0:-1], samples, np.zeros(29 * SAMPLE_RATE + 200)])
    window = [0.5 * (1 - np.cos(2 * np.pi * n / 400)) for n in range(400)]
    cut = padded[frame * 160 : frame * 160 + 400] * window
    turns = np.exp(-2j * np.pi * np.outer(np.arange(201), np.arange(400)) / 400)
    energy = mel_filters(80) @ np.abs(turns @ cut) ** 2
    plain = np.log10(np.maximum(energy, 1e-10))
    loudest = 4 * features.max() - 4
    expected = (np.maximum(plain, loudest - 8) + 4) / 4
    np.testing.assert_allclose(features[:, frame], expected, atol=1e-4)


def test_the_bands_are_slaneys() -> None:
    filters = mel_filters(80)
    assert filters.shape == (80, 201)
    # The first numbers of the table that comes with the reference implementation.
    np.testing.assert_allclose(filters[:2, 1], [0.02486259, 0.00199082], atol=1e-7)
    areas = filters.sum(axis=1) * 40
    np.testing.assert_allclose(areas[20:], 1.0, atol=0.15)
    assert mel_filters(128).shape == (128, 201)


def test_a_tone_lights_the_band_that_it_lies_in() -> None:
    times = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    features = log_mel(np.sin(2 * np.pi * 440 * times).astype(np.float32), 80)
    band = int(features[:, 50].argmax())
    assert mel_filters(80)[band, 11] > 0  # 440 Hz is the 11th of 201 frequencies
    assert features[:, 2000].max() == pytest.approx(features.min())
