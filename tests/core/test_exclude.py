"""A file that a person leaves out is found no more, and stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_mmrag import settings
from desktop_mmrag.application import Application
from desktop_mmrag.ingest.rules import Rules, pattern_for
from desktop_mmrag.settings import Settings


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    folder = tmp_path / "notes"
    (folder / "old").mkdir(parents=True)
    for name in ("plan.txt", "old/plan.txt", "odd [1].txt"):
        (folder / name).write_text(f"The plan of {name}.", encoding="utf-8")
    with Application(tmp_path / "library", tmp_path / "models") as application:
        application.add_folder(folder)
        for _ in application.index():
            pass
        yield application


def _kept(application: Application) -> set[str]:
    return {listed.relative for page in application.library.listing.newest() for listed in page}


def test_only_the_file_at_this_path_is_left_out(application: Application, tmp_path: Path) -> None:
    for _ in application.exclude([tmp_path / "notes" / "plan.txt"]):
        pass
    assert _kept(application) == {"old/plan.txt", "odd [1].txt"}
    assert (tmp_path / "notes" / "plan.txt").exists()


def test_it_stays_left_out_after_a_restart(application: Application, tmp_path: Path) -> None:
    for _ in application.exclude([tmp_path / "notes" / "odd [1].txt"]):
        pass
    assert settings.load(application.folder).exclude == application.settings.exclude
    for _ in application.index():
        pass
    assert _kept(application) == {"plan.txt", "old/plan.txt"}


def test_a_pattern_with_a_slash_in_front_means_one_path(tmp_path: Path) -> None:
    rules = Rules(Settings(exclude=(pattern_for("a/b.txt"), "/top.txt")), tmp_path)
    assert not rules.admits_file("a/b.txt", "b.txt")
    assert rules.admits_file("c/a/b.txt", "b.txt")
    assert not rules.admits_file("top.txt", "top.txt")
    assert rules.admits_file("a/top.txt", "top.txt")
