"""The self-test vision model that ships, in the real process: what its card says, on a sample."""

import importlib.util
import sys
from pathlib import Path

import pytest

from desktop_mmrag import bundled

if importlib.util.find_spec("llama_cpp") is None:
    pytest.skip("llama-cpp-python is not installed", allow_module_level=True)
if not (bundled.models() / "selftest-vision" / "selftest-vision.gguf").exists():
    pytest.skip("the self-test vision model is not bundled", allow_module_level=True)

TRAINING = Path(__file__).parents[3] / "models" / "training"


@pytest.fixture
def measure_selftest(monkeypatch):
    monkeypatch.syspath_prepend(str(TRAINING))
    before = set(sys.modules)
    yield __import__("measure_selftest")
    for name in set(sys.modules) - before:
        if name.startswith(("selftest_", "measure_selftest")):
            del sys.modules[name]


def test_both_files_together_are_small():
    files = (bundled.models() / "selftest-vision").glob("*.gguf")
    assert sum(file.stat().st_size for file in files) < 12_000_000


def test_it_answers_from_pictures_and_sources_that_it_has_not_seen(measure_selftest):
    shares = measure_selftest.measure(bundled.models() / "selftest-vision", each=8, show=0)
    assert shares["all"] > 0.9, shares


def test_training_runs_end_to_end(tmp_path):
    pytest.importorskip("torch", reason="PyTorch trains the model")
    import subprocess

    script = TRAINING / "train_selftest.py"
    subprocess.run([sys.executable, script, "--steps", "3", "--out", tmp_path], check=True)
    assert (tmp_path / "selftest-vision.gguf").stat().st_size > 1_000_000
