"""How fast a model is, measured on the models themselves."""

import importlib.util

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag import bundled
from desktop_mmrag.errors import ModelUnknown
from desktop_mmrag.models import speed as module
from desktop_mmrag.models.catalogue import Catalogue
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.speed import measurable, measure, remembered
from desktop_mmrag.settings import Settings
from tests.core.models.graphs import cross_encoder, entry, image_text_model, word_tokenizer


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(module, "_SECONDS", 0.1)


def picture():
    with Image.open(bundled.models() / "selftest-vision" / "word.png") as drawn:
        return np.asarray(drawn.convert("RGB"))


def last(folder, model):
    speeds = list(measure(folder, Settings(), model, picture))
    assert remembered(folder.folder)[model.id] == speeds[-1]
    return speeds[-1]


def test_pictures_and_passages_a_second(tmp_path):
    home = tmp_path / "models"
    cross_encoder(home / "judge" / "text.onnx")
    word_tokenizer(home / "judge" / "tokenizer.json")
    judge = entry(home / "judge", "reranker", "judge")
    folder = ModelFolder(
        home, bundled.models(), Catalogue((image_text_model(home, "clip-a"), judge))
    )
    assert last(folder, folder.entry("clip-a")).unit == "pictures"
    assert last(folder, judge).unit == "passages"
    assert set(remembered(home)) == {"clip-a", "judge"}


def test_the_bundled_text_model(tmp_path):
    folder = ModelFolder(tmp_path, bundled.models())
    speed = last(folder, folder.entry("all-minilm-l6-v2"))
    assert speed.unit == "passages" and speed.per_second > 1


@pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="no llama.cpp")
def test_tokens_a_second_and_the_wait_for_the_first(tmp_path):
    folder = ModelFolder(tmp_path, bundled.models())
    model = folder.import_files(sorted((bundled.models() / "selftest-vision").glob("*.gguf")))
    speed = last(folder, model)
    assert speed.unit == "tokens" and speed.first_s is not None and speed.first_s > 0


def test_a_kind_that_nothing_runs_is_not_measured(tmp_path):
    folder = ModelFolder(tmp_path, bundled.models())
    assert not measurable("audio-text")
    with pytest.raises(ModelUnknown):
        list(measure(folder, Settings(), folder.entry("clap-htsat"), picture))


def test_a_broken_list_of_speeds_is_no_list(tmp_path):
    (tmp_path / "speeds.json").write_text('{"a": {"unit": "pictures", "wrong": 1}}')
    assert remembered(tmp_path) == {}
