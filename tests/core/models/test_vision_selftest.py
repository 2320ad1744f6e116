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
    assert card["all"] >= 0.95 and min(card.values()) >= 0.9
    for kind, share in card.items():
        count = each * (len(card) - 1) if kind == "all" else each
        # Three deviations of a sample; of few trials one may always go wrong.
        slack = 3 * (share * (1 - share) / count) ** 0.5 + 1 / count
        assert shares[kind] >= share - slack, (kind, shares)


def test_an_answer_cites_its_source():
    asked = "[1] The key is under the mat. Question: where is the key?"
    assert _said(MODEL, asked, 20) == "under the mat [1]"


@pytest.mark.slow
def test_training_runs_end_to_end(tmp_path, monkeypatch):
    torch = pytest.importorskip("torch", reason="PyTorch trains the model")
    script = TRAINING / "train_selftest.py"
    subprocess.run([sys.executable, script, "--steps", "8", "--out", tmp_path], check=True)
    monkeypatch.syspath_prepend(str(TRAINING))
    network = importlib.import_module("selftest_network")
    saved = torch.load(tmp_path / "checkpoint.pt")
    trained = network.SelfTestModel(network.Size(**saved["size"]))
    trained.load_state_dict(saved["weights"])
    pixels = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
    ready = (torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255 - 0.5) / 0.5
    with torch.no_grad():
        seen = trained.seeing(ready)[0].numpy()
    told = _seen_by_llama(tmp_path, pixels).reshape(seen.shape)
    # All blocks and nothing but them: leaving one out moves this by a third.
    assert np.linalg.norm(told - seen) < 0.05 * np.linalg.norm(seen)


def _said(folder: Path, question: str, most: int) -> str:
    model, mmproj = folder / "selftest-vision.gguf", folder / "mmproj-selftest-vision.gguf"
    chat = LlamaVisionChat("selftest-vision", model, mmproj, 2048, 1, 60)
    try:
        return "".join(chat.stream([ChatTurn("user", question)], most)).strip()
    finally:
        chat.unload()


def _seen_by_llama(folder: Path, pixels: np.ndarray) -> np.ndarray:
    from desktop_mmrag.models.vision_model import VisionModel
    from desktop_mmrag.models.vision_prompt import Turn

    model, mmproj = folder / "selftest-vision.gguf", folder / "mmproj-selftest-vision.gguf"
    vision = VisionModel(model, mmproj, 512, 1, lambda: False)
    list(vision.answer([Turn("user", "What is in the picture?", (0,))], [pixels], 1))
    assert vision._encoder is not None
    (remembered,) = vision._encoder._remembered.values()
    return remembered.encoded[0]
