"""The self-test vision model that ships, in the real process: what its card says, on a sample."""

import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag import bundled
from desktop_mmrag.domain import ChatTurn
from desktop_mmrag.models.vision_chat import LlamaVisionChat

if importlib.util.find_spec("llama_cpp") is None:
    pytest.skip("llama-cpp-python is not installed", allow_module_level=True)
MODEL = bundled.models() / "selftest-vision"
if not (MODEL / "selftest-vision.gguf").exists():
    pytest.skip("the self-test vision model is not bundled", allow_module_level=True)

TRAINING = Path(__file__).parents[3] / "models" / "training"


@pytest.fixture
def measure_selftest(monkeypatch):
    monkeypatch.syspath_prepend(str(TRAINING))
    before = set(sys.modules)
    yield importlib.import_module("measure_selftest")
    for name in set(sys.modules) - before:
        if name.startswith(("selftest_", "measure_selftest")):
            del sys.modules[name]


def said_by_card() -> dict[str, float]:
    """The rows of the table of measurements, and `all` of them together."""
    rows = re.findall(r"^\| (.+?) \| (\d\.\d\d) \|$", (MODEL / "README.md").read_text(), re.M)
    return {kind: float(share) for kind, share in rows}


def test_both_files_together_are_small():
    assert sum(file.stat().st_size for file in MODEL.glob("*.gguf")) < 12_000_000


def test_a_sample_gives_what_the_card_says(measure_selftest):
    card = said_by_card()
    each = 12
    shares = measure_selftest.measure(MODEL, each=each, show=0)
    assert set(shares) == set(card)
    for kind, share in card.items():
        count = each * (len(card) - 1) if kind == "all" else each
        # Three deviations of a sample; of few trials one may always go wrong.
        slack = 3 * (share * (1 - share) / count) ** 0.5 + 1 / count
        assert shares[kind] >= share - slack, (kind, shares)


@pytest.mark.slow
def test_training_runs_end_to_end(tmp_path):
    pytest.importorskip("torch", reason="PyTorch trains the model")
    script = TRAINING / "train_selftest.py"
    subprocess.run([sys.executable, script, "--steps", "8", "--out", tmp_path], check=True)
    model, mmproj = tmp_path / "selftest-vision.gguf", tmp_path / "mmproj-selftest-vision.gguf"
    chat = LlamaVisionChat("selftest-vision", model, mmproj, 2048, 1, 60)
    picture = np.zeros((64, 64, 3), np.uint8)
    try:
        # It has learnt nothing yet; but llama.cpp takes it and reads pictures with it.
        list(chat.stream([ChatTurn("user", "What is in the picture?", (picture,))], 4))
    finally:
        chat.unload()
