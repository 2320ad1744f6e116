"""Which models are in use, and that each is loaded once."""

import importlib.util
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag import bundled
from desktop_mmrag.errors import ModelDamaged, ModelMissing, ModelUnknown
from desktop_mmrag.models import loaded as module
from desktop_mmrag.models.catalogue import Catalogue
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.loaded import Models
from desktop_mmrag.settings import Settings
from tests.core.models.graphs import (
    DIMENSION,
    PICTURE,
    SIZE,
    cross_encoder,
    entry,
    image_text_model,
    text_model,
    vision_tower,
    word_tokenizer,
)
from tests.core.models.test_installed import gguf_file
from tests.core.models.test_projection import safetensors


@pytest.fixture
def folder(tmp_path):
    """A catalogue whose models are all installed, but for `absent`."""
    home = tmp_path / "models"
    cross_encoder(home / "judge" / "text.onnx")
    word_tokenizer(home / "judge" / "tokenizer.json")
    absent = text_model(tmp_path / "elsewhere", "absent")
    entries = (
        image_text_model(home, "clip-a"),
        image_text_model(home, "clip-b"),
        absent,
        text_model(home, "text-a"),
        tower(home),
        entry(home / "judge", "reranker", "judge"),
    )
    return ModelFolder(home, bundled.models(), Catalogue(entries))


def tower(home: Path):
    """A text tower that speaks into the space of clip-b, with its numbers turned round."""
    described = text_model(home, "tower")
    turned = np.eye(DIMENSION, dtype=np.float32)[::-1]
    safetensors(home / "tower" / "projection.safetensors", weight=turned)
    return entry(
        home / "tower",
        "text-tower",
        "tower",
        pooling="mean",
        dimension=described.dimension,
        speaks_into="clip-b",
    )


def models(folder, **settings):
    return Models(folder, Settings(threads=1, **settings))


def test_with_nothing_installed_the_bundled_models_are_used(tmp_path):
    found = models(ModelFolder(tmp_path, bundled.models()))
    assert found.text().space.model == "all-minilm-l6-v2"
    assert found.text().tokenizer_file.exists()
    assert found.image_text().space.model == "starter-image-text"
    assert found.reranker() is None
    assert found.vision() is None
    assert found.why_no_vision() == "No answering model is installed."


def test_the_best_installed_is_taken_unless_the_settings_name_another(folder):
    assert models(folder).image_text().space.model == "clip-a"
    assert models(folder, image_text_model="clip-b").image_text().space.model == "clip-b"
    assert models(folder, image_text_model="off").image_text() is None
    assert models(folder).text().space.model == "text-a"


def test_a_reranker_is_off_unless_asked_for(folder):
    assert models(folder).reranker() is None
    judge = models(folder, reranker="judge").reranker()
    assert judge.score("cat", ["dog", "cat"]).tolist() == [0, 1]


def test_a_model_that_is_named_but_not_there_is_said_so(folder):
    with pytest.raises(ModelMissing, match="absent"):
        models(folder, text_model="absent").text()
    with pytest.raises(ModelUnknown):
        models(folder, text_model="never-heard-of").text()
    with pytest.raises(ModelUnknown, match="reranker"):
        models(folder, text_model="judge").text()


def test_a_text_tower_takes_the_place_of_the_words_and_not_of_the_space(folder):
    own = models(folder, image_text_model="clip-b").image_text()
    turned = models(folder, image_text_model="tower").image_text()
    assert turned.space == own.space
    sentences = models(folder, text_model="text-a").text().embed_queries(["the cat"])
    np.testing.assert_allclose(turned.embed_texts(["the cat"]), sentences[:, ::-1], atol=1e-6)
    assert abs(own.embed_texts(["the cat"]) - turned.embed_texts(["the cat"])).max() > 0.01


def test_a_text_tower_is_used_by_itself_only_for_its_own_family(folder):
    folder.remove("clip-a")
    alone = models(folder).image_text()
    named = models(folder, image_text_model="tower").image_text()
    np.testing.assert_array_equal(alone.embed_texts(["cat"]), named.embed_texts(["cat"]))
    folder.remove("clip-b")
    with pytest.raises(ModelMissing, match="clip-b"):
        models(folder, image_text_model="tower").image_text()


def test_a_bundled_picture_model_may_borrow_the_words_of_a_sentence_encoder(tmp_path):
    shipped = tmp_path / "bundled"
    vision_tower(shipped / "starter" / "image.onnx")
    safetensors(shipped / "starter" / "projection.safetensors", weight=np.ones((DIMENSION, 384)))
    starter = entry(
        shipped / "starter",
        "image-text",
        "starter",
        bundled=True,
        text_tower="all-minilm-l6-v2",
        dimension=DIMENSION,
        picture=PICTURE,
        tokenisation=None,
    )
    shutil.copytree(bundled.models() / "all-minilm-l6-v2", shipped / "all-minilm-l6-v2")
    minilm = Catalogue.load().get("all-minilm-l6-v2")
    found = models(ModelFolder(tmp_path / "models", shipped, Catalogue((starter, minilm))))
    encoder = found.image_text()
    assert encoder.embed_texts(["a cat", "a dog"]).shape == (2, DIMENSION)
    assert encoder.embed_pictures(np.zeros((1, SIZE, SIZE, 3), np.uint8)).shape == (1, DIMENSION)


def test_a_model_is_loaded_once_however_many_threads_ask(folder, monkeypatch):
    loads = []
    real = module.ClipEncoder

    def counted(*arguments):
        loads.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(module, "ClipEncoder", counted)
    found, gate = models(folder), threading.Barrier(8)

    def ask(_):
        gate.wait()
        return found.image_text()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(map(id, pool.map(ask, range(8))))) == 1
    assert len(loads) == 1


def test_many_threads_get_the_vectors_that_one_gets(folder):
    encoder = models(folder).text()
    texts = ["the cat", "a dog in the snow", "red bicycle at night"] * 5
    expected = encoder.embed_passages(texts)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(encoder.embed_passages, [texts] * 16):
            np.testing.assert_array_equal(found, expected)


def test_an_altered_file_is_a_damaged_model(folder):
    path = folder.folder / "clip-a" / "image.onnx"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ModelDamaged):
        models(folder).image_text()


def test_without_llama_cpp_there_is_a_reason_and_no_failure(tmp_path, monkeypatch):
    folder = ModelFolder(tmp_path / "models", bundled.models())
    files = [
        gguf_file(tmp_path / "a.gguf", "llama", "L"),
        gguf_file(tmp_path / "b.gguf", "clip", "p"),
    ]
    folder.import_files(files)
    find_spec = importlib.util.find_spec

    def without(name, *rest):
        return None if name == "llama_cpp" else find_spec(name, *rest)

    monkeypatch.setattr(module.vision_engine.importlib.util, "find_spec", without)
    found = models(folder)
    assert found.vision() is None
    assert "llama-cpp-python" in found.why_no_vision()


def test_a_damaged_vision_model_is_a_reason_and_no_failure(tmp_path, monkeypatch):
    folder = ModelFolder(tmp_path / "models", bundled.models())
    files = [
        gguf_file(tmp_path / "a.gguf", "llama", "L"),
        gguf_file(tmp_path / "b.gguf", "clip", "p"),
    ]
    made = folder.import_files(files)
    (folder.folder / made.id / "model.gguf").write_bytes(b"GGUF")
    monkeypatch.setattr(module.vision_engine.importlib.util, "find_spec", lambda *_: object())
    found = models(folder)
    assert found.vision() is None
    assert "damaged" in found.why_no_vision()


def test_a_vision_model_is_handed_out_with_its_settings(tmp_path):
    pytest.importorskip("llama_cpp")
    folder = ModelFolder(tmp_path / "models", bundled.models())
    files = [
        gguf_file(tmp_path / "a.gguf", "llama", "L"),
        gguf_file(tmp_path / "b.gguf", "clip", "p"),
    ]
    made = folder.import_files(files)
    found = models(folder)
    assert found.vision().model_id == made.id
    assert found.why_no_vision() is None
    assert models(folder, vision_model="off").why_no_vision() == (
        "The answering model is switched off in the settings."
    )
