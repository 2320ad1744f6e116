"""The scripts that make the starter encoder, end to end on a few pictures and a network of random weights."""

from __future__ import annotations

import importlib
import io
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.models.onnx_session import OnnxSession

TRAINING = Path(__file__).parents[3] / "models" / "training"
pytest.importorskip("onnx")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(TRAINING))
    yield importlib.import_module("train_starter")
    for name in [name for name in sys.modules if name.startswith(("starter_", "train_starter"))]:
        del sys.modules[name]


def random_weights(script: ModuleType) -> dict[str, np.ndarray]:
    """Of the published shapes, by asking the network for every name that it reads."""
    rng = np.random.default_rng(0)
    shapes = importlib.import_module("starter_network").shapes()
    weights = {
        name: (rng.normal(0, (2 / max(1, np.prod(shape[1:]))) ** 0.5, shape)).astype(np.float32)
        for name, shape in shapes.items()
    }
    for name in weights:
        if name.endswith("running_var") or (name.endswith(".weight") and weights[name].ndim == 1):
            weights[name] = np.ones_like(weights[name])
        if name.endswith(("running_mean", "bias")):
            weights[name] = np.zeros_like(weights[name])
    weights["_fc.weight"] = rng.normal(0, 0.05, (20, 1280)).astype(np.float32)
    weights["_fc.bias"] = np.zeros(20, np.float32)
    return weights


def write_set(folder: Path, name: str, labels: dict[str, tuple[int, int, int]], each: int) -> None:
    rng, stored, rows = np.random.default_rng(1), bytearray(), []
    for label, colour in labels.items():
        for _ in range(each):
            pixels = np.clip(np.array(colour) + rng.normal(0, 30, (48, 48, 3)), 0, 255)
            buffer = io.BytesIO()
            Image.fromarray(pixels.astype(np.uint8)).save(buffer, "WEBP")
            row = {"offset": len(stored), "size": len(buffer.getvalue())}
            rows.append(row | {"label": label, "captions": [f"a photo of a {label}"]})
            stored += buffer.getvalue()
    (folder / f"{name}.bin").write_bytes(bytes(stored))
    (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))


def write_photos(folder: Path, many: int) -> None:
    folder.mkdir()
    rng = np.random.default_rng(2)
    for at in range(many):
        noise = rng.integers(0, 255, (24, 32, 3)).astype(np.uint8)
        Image.fromarray(noise).resize((320, 240)).save(folder / f"{at:03}.jpg")


def test_both_models_are_written_and_agree(script: ModuleType, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    write_set(data, "tiny-imagenet-64", {"rose": (200, 30, 60), "leaf": (40, 160, 50)}, 12)
    write_set(data, "open-photos-112", {"lemon": (240, 220, 60)}, 24)
    write_set(data, "emoji-96", {"heart": (220, 20, 20)}, 12)
    write_photos(tmp_path / "photos", 12)
    rng = np.random.default_rng(3)
    meanings = rng.normal(size=(20, 384)).astype(np.float32)

    def embed(texts: list[str]) -> np.ndarray:
        rows = [np.random.default_rng(sum(map(ord, text))).normal(size=384) for text in texts]
        return np.stack([row / np.linalg.norm(row) for row in rows]).astype(np.float32)

    words = [
        "--data",
        str(data),
        "--photos",
        str(tmp_path / "photos"),
        "--out",
        str(tmp_path / "out"),
    ]
    args = script.parsed([*words, "--scenes", "24", "--steps", "12"])
    script.make(random_weights(script), meanings, embed, args)

    scenes = importlib.import_module("starter_scenes")
    drawn = [scenes.draw_scene(random.Random(7), script.SIZE).pixels for _ in range(4)]
    found = []
    for name in ("starter-image-text", "starter-image-text-int8"):
        file = tmp_path / "out" / name / "model.onnx"
        assert file.stat().st_size < 15_000_000
        session = OnnxSession(file, threads=1)
        vectors = session.run({"pixels": script.tensor(drawn)}, "vectors")
        assert vectors.shape == (4, 384)
        found.append(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    assert (found[0] * found[1]).sum(axis=1).min() > 0.9


def test_new_classes_learn_their_label_and_leave_other_photos_alone(script: ModuleType) -> None:
    head = importlib.import_module("starter_head")
    rng = np.random.default_rng(4)
    meanings = rng.normal(size=(5, 16)).astype(np.float32)
    first = head.Classes(
        rng.normal(size=(8, 5)).astype(np.float32) * 0.1, np.zeros(5, np.float32), meanings
    )
    labelled = rng.normal(2, 0.3, (60, 8)).astype(np.float32)
    others = rng.normal(-2, 0.3, (60, 8)).astype(np.float32)
    label = rng.normal(size=(1, 16)).astype(np.float32)
    lesson = head.Lesson(labelled, np.zeros(60, np.int64), label, others)

    learned = head.more_classes(first, np.zeros(16, np.float32), lesson, steps=60)

    assert learned.likelihoods(labelled)[:, 5].mean() > 0.1
    assert learned.likelihoods(others)[:, 5].mean() < 0.01


def test_a_scene_says_what_it_shows(script: ModuleType) -> None:
    scenes = importlib.import_module("starter_scenes")
    rng = random.Random(5)
    drawn = [scenes.draw_scene(rng, 96) for _ in range(60)]
    assert {scene.about for scene in drawn} == {"colour", "count", "position"}
    assert all(scene.caption not in scene.others for scene in drawn)
    assert all(scene.pixels.shape == (96, 96, 3) for scene in drawn)
    red = next(
        scene for scene in drawn if scene.caption.startswith("a red") and scene.about == "colour"
    )
    reds = (red.pixels[..., 0] > 190) & (red.pixels[..., 1] < 70)
    assert reds.mean() > 0.01
