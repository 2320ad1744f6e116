"""Models on this computer: verified, imported, removed."""

import os
import shutil

import gguf
import numpy as np
import pytest

from desktop_mmrag import bundled
from desktop_mmrag.errors import (
    ModelBuiltIn,
    ModelDamaged,
    ModelMissing,
    ModelUnknown,
    ModelUnrecognised,
)
from desktop_mmrag.models import installed as module
from desktop_mmrag.models.catalogue import Catalogue
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.text import SentenceEncoder
from tests.core.models.graphs import (
    cross_encoder,
    image_text_model,
    sentence_encoder,
    text_model,
    text_tower,
    vision_tower,
    word_tokenizer,
)

BUNDLED = ["starter-image-text", "starter-image-text-int8", "all-minilm-l6-v2"]
"""What comes with the program, of the kinds compared here."""


@pytest.fixture
def catalogue(tmp_path):
    """Two small models, whose files lie in `source`."""
    source = tmp_path / "source"
    return Catalogue((image_text_model(source), text_model(source)))


@pytest.fixture
def folder(tmp_path, catalogue):
    return ModelFolder(tmp_path / "models", tmp_path / "bundled", catalogue)


def own_folder(tmp_path):
    return ModelFolder(tmp_path / "models", bundled.models())


def ids(folder):
    """Of models with files of their own."""
    return [entry.id for entry in folder.installed() if entry.package is None]


def test_the_bundled_model_is_always_there(tmp_path):
    folder = own_folder(tmp_path)
    assert ids(folder) == BUNDLED
    assert folder.path(folder.entry("all-minilm-l6-v2"), "text").name == "model.onnx"
    folder.verify("all-minilm-l6-v2")
    with pytest.raises(ModelBuiltIn):
        folder.remove("all-minilm-l6-v2")


def test_files_are_recognised_whatever_they_are_called(folder, tmp_path):
    elsewhere = tmp_path / "downloads"
    elsewhere.mkdir()
    for number, path in enumerate((tmp_path / "source" / "tiny-clip").iterdir()):
        shutil.copy(path, elsewhere / f"file-{number}.bin")
    entry = folder.import_files([elsewhere])
    assert entry == folder.catalogue.get("tiny-clip")
    assert ids(folder) == ["tiny-clip"]
    folder.verify("tiny-clip")
    assert folder.path(entry, "image").name == "image.onnx"


def test_a_part_of_a_known_model_says_what_is_missing(folder, tmp_path):
    with pytest.raises(ModelUnrecognised, match=r"tiny-clip.*text\.onnx, tokenizer\.json"):
        folder.import_files([tmp_path / "source" / "tiny-clip" / "image.onnx"])
    assert ids(folder) == []


def test_what_is_no_model_is_not_recognised(folder, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    for paths in ([tmp_path / "letter.txt"], [tmp_path / "nowhere"], []):
        with pytest.raises(ModelUnrecognised):
            folder.import_files(paths)
    (tmp_path / "fake.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelUnrecognised):
        folder.import_files([tmp_path / "fake.onnx"])


def test_one_altered_byte_is_refused(folder, tmp_path):
    entry = folder.import_files([tmp_path / "source" / "tiny-text"])
    path = folder.path(entry, "text")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelDamaged):
        folder.path(entry, "text")
    with pytest.raises(ModelDamaged):
        folder.verify("tiny-text")


def test_an_altered_byte_is_noticed_though_size_and_date_are_kept(folder, tmp_path):
    entry = folder.import_files([tmp_path / "source" / "tiny-text"])
    path = folder.path(entry, "text")
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(ModelDamaged):
        folder.verify("tiny-text")


def test_a_file_is_read_once_and_again_only_when_it_changed(folder, tmp_path, monkeypatch):
    read = []

    def counted(path):
        read.append(path)
        return sha256_of(path)

    sha256_of = module.sha256_of
    entry = folder.import_files([tmp_path / "source" / "tiny-text"])
    monkeypatch.setattr(module, "sha256_of", counted)
    path = folder.path(entry, "text")
    folder.path(entry, "text")
    # Another start of the program.
    ModelFolder(folder.folder, tmp_path / "bundled", folder.catalogue).path(entry, "text")
    assert read == [path]
    os.utime(path, ns=(1, 1))
    folder.path(entry, "text")
    assert read == [path, path]


def test_a_broken_list_of_what_was_verified_costs_one_reading(folder, tmp_path):
    entry = folder.import_files([tmp_path / "source" / "tiny-text"])
    folder.path(entry, "text")
    (folder.folder / "verified.json").write_text("{{{")
    assert folder.path(entry, "text").exists()


def test_removing_leaves_nothing(folder, tmp_path):
    entry = folder.import_files([tmp_path / "source" / "tiny-text"])
    folder.path(entry, "text")
    folder.remove("tiny-text")
    assert ids(folder) == []
    assert not (folder.folder / "tiny-text").exists()
    assert "tiny-text" not in (folder.folder / "verified.json").read_text()
    with pytest.raises(ModelMissing):
        folder.remove("tiny-text")
    with pytest.raises(ModelMissing):
        folder.path(entry, "text")
    with pytest.raises(ModelUnknown):
        folder.remove("never-heard-of")


def test_an_incomplete_folder_is_not_installed(folder, tmp_path):
    entry = folder.import_files([tmp_path / "source" / "tiny-text"])
    folder.path(entry, "tokenizer").unlink()
    assert not folder.is_installed("tiny-text")
    with pytest.raises(ModelMissing):
        folder.require("tiny-text")


# --- models of one's own ----------------------------------------------------------------


def test_ones_own_sentence_encoder_is_recognised_by_its_shape(tmp_path):
    sentence_encoder(tmp_path / "Mine" / "model.onnx")
    word_tokenizer(tmp_path / "Mine" / "tokenizer.json")
    folder = own_folder(tmp_path)
    entry = folder.import_files([tmp_path / "Mine"])
    assert (entry.kind, entry.dimension, entry.pooling) == ("text", 16, "mean")
    assert entry.id.startswith("own-mine-") and entry.warnings
    assert ids(own_folder(tmp_path)) == [entry.id, *BUNDLED]
    assert folder.entry(entry.id) == entry
    model = SentenceEncoder(
        entry, folder.path(entry, "text"), folder.path(entry, "tokenizer"), threads=1
    )
    assert model.embed_passages(["the cat"]).shape == (1, 16)
    folder.remove(entry.id)
    assert ids(folder) == BUNDLED


def test_ones_own_reranker_is_recognised_by_its_shape(tmp_path):
    cross_encoder(tmp_path / "judge" / "model.onnx")
    word_tokenizer(tmp_path / "judge" / "tokenizer.json")
    assert own_folder(tmp_path).import_files([tmp_path / "judge"]).kind == "reranker"


def test_a_pair_of_towers_needs_a_tokenizer_that_is_known(tmp_path):
    vision_tower(tmp_path / "clip" / "visual.onnx")
    text_tower(tmp_path / "clip" / "textual.onnx")
    word_tokenizer(tmp_path / "clip" / "tokenizer.json")
    with pytest.raises(ModelUnrecognised, match="tokenizer"):
        own_folder(tmp_path).import_files([tmp_path / "clip"])


def test_ones_own_clip_is_recognised_by_its_shape(tmp_path):
    vision_tower(tmp_path / "clip" / "visual.onnx")
    text_tower(tmp_path / "clip" / "textual.onnx")
    clip_sized_tokenizer(tmp_path / "clip" / "tokenizer.json")
    entry = own_folder(tmp_path).import_files([tmp_path / "clip"])
    assert (entry.kind, entry.dimension, entry.picture.input.size) == ("image-text", 16, 32)
    assert entry.tokenisation.max_tokens == 77
    assert entry.tensors == {"image": "image_embeds", "text": "text_embeds"}


def clip_sized_tokenizer(path):
    from tokenizers import Tokenizer, models

    vocabulary = {f"w{number}": number for number in range(49407)} | {"<|endoftext|>": 49407}
    Tokenizer(models.WordLevel(vocabulary, unk_token="<|endoftext|>")).save(str(path))


def gguf_file(path, architecture, name):
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name(name)
    writer.add_tensor("t", np.zeros((2, 2), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_ones_own_vision_model_is_a_pair_of_gguf_files(tmp_path):
    model = gguf_file(tmp_path / "a.gguf", "llama", "My Seeing Llama")
    pictures = gguf_file(tmp_path / "b.gguf", "clip", "projector")
    folder = own_folder(tmp_path)
    entry = folder.import_files([pictures, model])
    assert entry.kind == "vision" and entry.id.startswith("own-my-seeing-llama-")
    assert folder.path(entry, "model").read_bytes() == model.read_bytes()
    assert folder.path(entry, "mmproj").read_bytes() == pictures.read_bytes()
    with pytest.raises(ModelUnrecognised, match="mmproj"):
        folder.import_files([model])


def test_an_own_entry_that_points_out_of_its_folder_is_ignored(tmp_path):
    model = gguf_file(tmp_path / "a.gguf", "llama", "Llama")
    folder = own_folder(tmp_path)
    entry = folder.import_files([model, gguf_file(tmp_path / "b.gguf", "clip", "p")])
    path = folder.folder / entry.id / "model.json"
    path.write_text(path.read_text().replace('"model.gguf"', '"../../a.gguf"'))
    assert entry.id not in ids(folder)
    path.write_text("nonsense")
    assert entry.id not in ids(folder)
