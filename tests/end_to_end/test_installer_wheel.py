"""A built wheel carries the models and the resources and finds them from any folder."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from desktop_mmrag import __version__

CHECKOUT = Path(__file__).resolve().parents[2]

QUESTION = """
import json
import desktop_mmrag
from desktop_mmrag import bundled

def held(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())

print(json.dumps({
    "package": desktop_mmrag.__file__,
    "models": [str(bundled.models()), held(bundled.models())],
    "resources": [str(bundled.resources()), held(bundled.resources())],
}))
"""


def _run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps")
    here = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    try:
        _run(*pip, *here, "--wheel-dir", folder, CHECKOUT, cwd=folder)
    except AssertionError as problem:
        # Where it is not installed, pip fetches it, which fails with the network cut off.
        if "hatchling" in str(problem):
            pytest.skip("the build back end, hatchling, cannot be fetched")
        raise
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel and today's dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = _run(
        python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=folder
    )
    target = Path(site.strip())
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps")
    _run(*pip, wheel, cwd=folder)
    (target / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    return python


@pytest.mark.slow
def test_a_wheel_brings_its_models_and_resources(installed: Path, tmp_path: Path) -> None:
    told = json.loads(_run(installed, "-c", QUESTION, cwd=tmp_path))
    package = Path(told["package"]).resolve().parent
    assert CHECKOUT not in package.parents
    for name in ("models", "resources"):
        folder, files = told[name]
        assert package in Path(folder).resolve().parents
        assert files, f"the wheel holds no {name}"
    assert "sample/questions.json" in told["resources"][1]
    assert any(name.endswith(".onnx") for name in told["models"][1])


@pytest.mark.slow
def test_the_command_of_a_wheel_starts_from_another_folder(installed: Path, tmp_path: Path) -> None:
    printed = _run(installed, "-m", "desktop_mmrag", "--version", cwd=tmp_path)
    assert printed.strip() == __version__
