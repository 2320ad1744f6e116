"""The starter encoder that comes with the program: its card's numbers on a sample, and real photos found by words."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag import bundled
from desktop_mmrag.domain import ImageTextEncoder
from desktop_mmrag.models.catalogue import Catalogue
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.loaded import Models
from desktop_mmrag.settings import Settings

TRAINING = Path(__file__).parents[3] / "models" / "training"
DATA = Path(__file__).parents[4] / "shared" / "data"
ON_DATA = pytest.mark.skipif(
    not DATA.exists(), reason="needs the development data beside the checkout"
)
STARTERS = ("starter-image-text", "starter-image-text-int8")


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TRAINING))
    return importlib.import_module("measure_starter")


@pytest.fixture(params=STARTERS)
def encoder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ImageTextEncoder]:
    folder = ModelFolder(tmp_path, bundled.models())
    models = Models(folder, Settings(image_text_model=request.param))
    found = models.image_text()
    assert found is not None
    yield found


def photos(*names: str) -> list[Path]:
    data = pytest.importorskip("skimage.data")
    return [Path(data.__file__).parent / name for name in names]


def prepared(path: Path, size: int) -> np.ndarray:
    image = Image.open(path).convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    square = image.crop((left, top, left + side, top + side))
    return np.asarray(square.resize((size, size), Image.Resampling.BICUBIC))


def test_a_fresh_installation_uses_the_starter(tmp_path: Path) -> None:
    models = Models(ModelFolder(tmp_path, bundled.models()), Settings())
    chosen = models.chosen("image-text")
    assert chosen is not None
    assert chosen.id == "starter-image-text"
    assert "starter" in chosen.title.lower()


def test_photos_are_found_by_what_they_show(encoder: ImageTextEncoder) -> None:
    shown = {"a photo of a cat": "chelsea.png", "a cup of coffee on a table": "coffee.png",
             "a rocket": "rocket.jpg", "coins": "coins.png"}  # fmt: skip
    pixels = [prepared(path, encoder.picture_input.size) for path in photos(*shown.values())]
    similarity = encoder.embed_texts(list(shown)) @ encoder.embed_pictures(np.stack(pixels)).T
    # Each photo against its own average, for some photos are near to everything.
    best = (similarity - similarity.mean(axis=0)).argmax(axis=1)
    assert best[:3].tolist() == [0, 1, 2]


def test_colours_counts_and_positions_beat_guessing(
    encoder: ImageTextEncoder, measure: ModuleType
) -> None:
    for about, result in measure.by_drawings(encoder, 120).items():
        assert result["right"] > 1.4 * result["chance"], about


def test_every_file_is_small_enough_to_come_with_the_program() -> None:
    for name in STARTERS:
        size = Catalogue.load().get(name).size
        assert size is not None and size < 15_000_000


@ON_DATA
@pytest.mark.slow
def test_the_card_is_right_about_human_captions(
    encoder: ImageTextEncoder, measure: ModuleType
) -> None:
    found = measure.by_captions(encoder, DATA / "photos-captioned")
    assert found["R@10"] > 0.49
    assert found["R@1"] > 0.14


@ON_DATA
@pytest.mark.slow
def test_the_card_is_right_about_labels_set_aside(
    encoder: ImageTextEncoder, measure: ModuleType
) -> None:
    free = measure.by_labels(encoder, DATA / "train", "open-photos-112", 400)
    assert free["R@10"] > 0.7
