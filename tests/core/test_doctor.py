"""The doctor on real parts, sound ones and broken ones."""

from __future__ import annotations

import sys
from importlib import util
from pathlib import Path

import pytest

from desktop_mmrag import doctor
from desktop_mmrag.application import Application
from desktop_mmrag.doctor import Check, examine
from desktop_mmrag.library.database import try_engine
from desktop_mmrag.models import vision_engine

NO_LLAMA = util.find_spec("llama_cpp") is None or util.find_spec("gguf") is None
VISION = "Answers by a vision model"


@pytest.fixture(autouse=True)
def own_models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("DESKTOP_MMRAG_MODELS", str(folder))
    return folder


def checked(folder: Path) -> dict[str, Check]:
    return {check.name: check for check in examine(folder)}


def import_tiny_model(models: Path, tmp_path: Path) -> str:
    """Imports a real model with random weights; its id."""
    from tests.tiny_vision_model import write_tiny_vision_model

    (tmp_path / "gguf").mkdir()
    tiny = write_tiny_vision_model(tmp_path / "gguf", width=32, layers=1)
    with Application(tmp_path / "library", models) as application:
        return application.model_folder.import_files([tiny.model, tiny.mmproj]).id


def test_every_part_is_tried_and_a_sound_installation_works(tmp_path: Path) -> None:
    checks = checked(tmp_path / "library")
    needed = ["Python", "Disk", "Database", "Library", "Models", "Text search", "Reading files"]
    for name in [*needed, "Text in pictures"]:
        assert checks[name].state == "works", checks[name]
    assert checks[VISION].state == "missing"
    assert checks[VISION].hint
    assert "all-minilm-l6-v2" in checks["Models"].detail
    assert checks["Models"].detail.endswith("every file is what it should be")
    assert checks["Speech in recordings"].state == "works"


def test_the_database_names_versions_that_may_be_trusted() -> None:
    sqlite, vectors = try_engine()
    assert tuple(map(int, sqlite.split("."))) >= (3, 51, 3)
    assert vectors.startswith("v")


def test_a_library_that_cannot_be_opened_is_said_and_nothing_raised(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file where the folder should be")
    checks = checked(tmp_path / "library")
    assert checks["Library"].state == "broken"
    assert checks["Library"].hint
    assert checks["Python"].state == "works"


def test_settings_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "settings.json").write_text('{"hits": "many"}')
    assert checked(tmp_path / "library")["Library"].state == "broken"


def test_a_failure_of_any_kind_is_a_line() -> None:
    def fails(_: None) -> Check:
        raise ZeroDivisionError("no luck")

    check = doctor._tried("Luck", fails, None)
    assert (check.state, check.detail) == ("broken", "ZeroDivisionError: no luck")
    assert check.line().startswith("NO  Luck: ")


def test_the_reason_the_installer_noted_is_told_with_its_remedy(tmp_path: Path) -> None:
    noted = tmp_path / "vision-unavailable.txt"
    noted.write_text(
        "llama-cpp-python could not be installed, so no vision model can run.\n"
        "Install the compiler with: sudo apt-get install g++. Then run: python3 installer/run.py"
        " --retry-vision\n\nThe last lines of the log:\nline one\nCMake Error: no C++ compiler\n",
        encoding="utf-8",
    )
    lacking = vision_engine.as_noted(noted)
    assert lacking.message.startswith("llama-cpp-python could not be installed")
    assert "The log ends: CMake Error: no C++ compiler" in lacking.message
    assert lacking.hint.startswith("Install the compiler with: sudo apt-get install g++.")


def test_without_a_note_the_remedy_is_the_installer(tmp_path: Path) -> None:
    lacking = vision_engine.as_noted(tmp_path / "vision-unavailable.txt")
    assert "llama-cpp-python is not installed" in lacking.message
    assert "--retry-vision" in lacking.hint


def test_the_note_is_looked_for_where_the_installer_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vision-unavailable.txt").write_text("No compiler was found.\nInstall one.\n\n")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with Application(tmp_path / "library") as application:
        check = doctor._engine(application)
    assert check.detail.startswith("No compiler was found.")
    assert check.hint == "Install one."


@pytest.mark.skipif(NO_LLAMA, reason="llama-cpp-python or gguf is not installed")
def test_the_engine_reads_a_drawn_word(tmp_path: Path) -> None:
    with Application(tmp_path / "library") as application:
        check = doctor._engine(application)
    assert check.state == "works", check
    assert "read a drawn word" in check.detail


@pytest.mark.skipif(NO_LLAMA, reason="llama-cpp-python or gguf is not installed")
def test_a_vision_model_is_run_on_a_picture(own_models_folder: Path, tmp_path: Path) -> None:
    model_id = import_tiny_model(own_models_folder, tmp_path)
    checks = checked(tmp_path / "library")
    assert model_id in checks["Models"].detail
    assert checks[VISION].state == "works", checks[VISION]
    assert checks[VISION].detail.startswith(f"{model_id}: ")
    assert "s to the first token, then" in checks[VISION].detail
    assert "tokens a second" in checks[VISION].detail


@pytest.mark.skipif(NO_LLAMA, reason="llama-cpp-python or gguf is not installed")
def test_an_altered_model_file_is_named(own_models_folder: Path, tmp_path: Path) -> None:
    model_id = import_tiny_model(own_models_folder, tmp_path)
    with (own_models_folder / model_id / "mmproj.gguf").open("r+b") as file:
        file.seek(-8, 2)
        file.write(b"altered!")
    checks = checked(tmp_path / "library")
    assert checks["Models"].state == "broken"
    assert "mmproj.gguf" in checks["Models"].detail
    assert "install it again" in checks["Models"].hint
    assert checks["Text search"].state == "works"
