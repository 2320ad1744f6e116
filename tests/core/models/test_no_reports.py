"""The runtime of the networks reports nothing to its maker, and keeps nothing to report later."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# What its maker's own tests and build servers set, where it is silent anyway.
_SILENT = ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "GITHUB_ACTIONS", "TF_BUILD")

_LOADING = """
from pathlib import Path
from desktop_mmrag.models.onnx_session import OnnxSession
OnnxSession(Path("models/starter-image-text/model.onnx"), 1)
"""
_READING = """
import desktop_mmrag.extract.isolation.child
import rapidocr, onnxruntime
onnxruntime.InferenceSession("models/starter-image-text/model.onnx")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reports go through the system there")
@pytest.mark.parametrize("code", [_LOADING, _READING], ids=["encoders", "extractors"])
def test_nothing_is_written_to_report_later(tmp_path: Path, code: str) -> None:
    places = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    known = {name: value for name, value in os.environ.items() if name not in _SILENT}
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**known, **places}, check=True, timeout=120
    )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
