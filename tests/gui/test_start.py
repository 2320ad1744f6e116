"""The program as a person starts it: a process of its own, twice, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from desktop_mmrag.gui.start import load_translations

_PATIENCE_S = 60.0


def _run(library: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_mmrag", "--library", str(library), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "DESKTOP_MMRAG_MODELS": str(library.parent / "models"),
        },
    )


def _status(library: Path) -> dict[str, Any]:
    told, _ = _run(library, "status", "--json").communicate(timeout=_PATIENCE_S)
    answer: dict[str, Any] = json.loads(told)
    return answer


def _until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.3)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A library and the program that is running over it."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "settings.json").write_text('{"gentle": false}', encoding="utf-8")
    process = _run(library)
    _until(lambda: (library / "window.lock").exists())
    yield library, process
    process.kill()
    process.wait()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes there")
def test_a_second_start_adds_its_folder_to_the_first_and_a_signal_ends_it(
    running: tuple[Path, subprocess.Popen[str]], files: Path
) -> None:
    library, first = running
    second = _run(library, "window", str(files))
    assert second.wait(timeout=_PATIENCE_S) == 0
    _until(lambda: _status(library).get("media", {}).get("note") == 2)
    assert first.poll() is None
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=_PATIENCE_S) == 0
    assert not (library / "window.lock").exists()


def test_the_window_needs_no_heavy_room_to_come_up() -> None:
    """What takes a second to import is imported in the background, behind the window."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, desktop_mmrag.gui.start; print(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"numpy", "onnxruntime", "apsw", "desktop_mmrag.application", "desktop_mmrag.domain"}
    assert not heavy.intersection(said)


def test_without_a_display_it_says_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems always have one")
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "desktop_mmrag", "--library", str(tmp_path)],
        capture_output=True,
        text=True,
        env=bare,
        check=False,
    )
    assert done.returncode == 1
    assert "no display" in done.stderr


def test_chinese_comes_from_the_translation_file(qapp: QApplication) -> None:
    from desktop_mmrag import bundled

    if not (bundled.resources() / "translations" / "desktop_mmrag_zh_CN.qm").exists():
        pytest.skip("the translation is not compiled here")
    before = QLocale()
    installed = load_translations(qapp, "zh_CN")
    try:
        assert QCoreApplication.translate("Views", "Find") != "Find"
    finally:
        for translator in installed:
            qapp.removeTranslator(translator)
        QLocale.setDefault(before)
