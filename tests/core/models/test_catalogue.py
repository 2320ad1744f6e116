"""The catalogue: complete pins, plain warnings, and nothing that disagrees with the bundled files."""

import json
import re
from pathlib import Path

import pytest

from desktop_mmrag import bundled
from desktop_mmrag.errors import ModelUnknown
from desktop_mmrag.models.catalogue import Catalogue, entry_from_json, entry_to_json
from desktop_mmrag.models.download import sha256_of

CATALOGUE = Catalogue.load()
PINS = Path(__file__).parents[4] / "shared" / "catalogue.json"
SIZE_UNKNOWN = {("clip-vit-b32", "text_model.onnx")}


@pytest.mark.parametrize("entry", CATALOGUE.entries, ids=lambda entry: entry.id)
def test_every_file_is_pinned(entry):
    for file in entry.files:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.name == Path(file.name).name
        assert file.bytes or (entry.id, file.name) in SIZE_UNKNOWN
        if not entry.bundled:
            assert file.url.startswith("https://")
            assert f"/{entry.revision}/" in file.url
            assert re.fullmatch(r"[0-9a-f]{40}", entry.revision)


@pytest.mark.parametrize("entry", CATALOGUE.entries, ids=lambda entry: entry.id)
def test_a_licence_that_forbids_business_is_said_in_a_warning(entry):
    said = any("commercial" in warning for warning in entry.warnings)
    assert said == (not entry.licence.commercial)


def test_ids_and_spaces_are_distinct():
    assert len({entry.id for entry in CATALOGUE}) == len(CATALOGUE.entries)
    spaces = [(e.family, e.revision, e.precision) for e in CATALOGUE if e.kind == "image-text"]
    assert len(set(spaces)) == len(spaces)


def test_what_each_kind_needs_is_there():
    roles = {
        "image-text": {"image", "text", "tokenizer"},
        "text": {"text", "tokenizer"},
        "text-tower": {"text", "tokenizer", "projection"},
        "reranker": {"text", "tokenizer"},
        "vision": {"model", "mmproj"},
    }
    for entry in CATALOGUE:
        if not entry.bundled and entry.kind in roles:
            assert {file.role for file in entry.files} == roles[entry.kind], entry.id
        if entry.kind == "image-text":
            assert entry.picture and entry.dimension, entry.id


def test_the_models_that_were_promised():
    promised = """clip-vit-b32 clip-vit-b32-int8 clip-vit-b32-fp16 clip-vit-b16-fp16
        siglip2-base-fp16 siglip2-base-int8 clip-vit-b32-multilingual all-minilm-l6-v2
        multilingual-e5-small bge-reranker-base smolvlm2-500m smolvlm2-2.2b qwen3-vl-2b
        qwen3-vl-4b gemma-3-4b"""
    for model_id in promised.split():
        assert CATALOGUE.get(model_id).offered


def test_an_8_bit_model_reads_one_text_at_a_time():
    # Its activations are scaled by batch, so neighbours would change a vector.
    for entry in CATALOGUE:
        if entry.precision == "int8":
            assert entry.batch == 1, entry.id


def test_a_text_tower_speaks_into_a_family_that_exists():
    families = {entry.family: entry.dimension for entry in CATALOGUE}
    for tower in CATALOGUE.of_kind("text-tower"):
        assert families[tower.speaks_into] == tower.dimension


def test_bundled_files_are_the_ones_in_the_catalogue():
    for entry in CATALOGUE:
        for file in entry.files if entry.bundled else ():
            path = bundled.models() / entry.id / file.name
            assert (path.stat().st_size, sha256_of(path)) == (file.bytes, file.sha256)


def test_an_entry_survives_being_written_and_read():
    for entry in CATALOGUE:
        assert entry_from_json(json.loads(json.dumps(entry_to_json(entry)))) == entry


def test_an_unknown_id_is_said_so():
    with pytest.raises(ModelUnknown):
        CATALOGUE.get("clip-vit-b64")


@pytest.mark.skipif(not PINS.exists(), reason="the researched pins lie beside the checkout only")
def test_pins_are_the_researched_ones():
    researched = {
        file["url"]: (file["bytes"], file["sha256"])
        for entry in json.loads(PINS.read_text())["entries"]
        for file in entry["files"]
        if file.get("url")
    }
    for entry in CATALOGUE:
        for file in entry.files if not entry.bundled else ():
            assert researched[file.url] == (file.bytes, file.sha256)
