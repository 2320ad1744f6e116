"""A library of the sample folder, kept once by the real command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Place:
    """A library folder beside a folder of files, and the command that works on it."""

    library: Path
    files: Path

    def run(self, *arguments: str | Path, timeout: float = 120, **variables: str) -> Ran:
        environment = {
            **os.environ,
            "DESKTOP_MMRAG_MODELS": str(self.library / "models"),
            "QT_QPA_PLATFORM": "offscreen",
            **variables,
        }
        done = subprocess.run(
            [sys.executable, "-m", "desktop_mmrag", "--library", self.library, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=environment,
            timeout=timeout,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The sample folder, kept. Tests must not change it."""
    folder = tmp_path_factory.mktemp("sample")
    place = Place(folder / "library", folder / "files")
    shutil.copytree(ROOT / "resources" / "sample" / "library", place.files)
    ran = place.run("add", place.files)
    assert ran.status == 0, ran.err
    return place


@pytest.fixture
def empty(tmp_path: Path) -> Place:
    """A library with nothing in it."""
    (tmp_path / "files").mkdir()
    return Place(tmp_path / "library", tmp_path / "files")


Write = Callable[[str, str], Path]


@pytest.fixture
def write(empty: Place) -> Write:
    """Writes a note into the folder of files."""

    def _write(name: str, text: str) -> Path:
        path = empty.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return _write
