"""A library of a few files of the sample, understood once; each test works on a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.wiring import Wiring

WAIT_MS = 60_000
_FILES = (
    "notes/boiler.md",
    "notes/cabin.md",
    "notes/gift-ideas.txt",
    "documents/home-insurance.pdf",
    "pictures/red-bicycle.jpg",
    "receipts/elm-street-cycles.png",
)


@dataclass(frozen=True)
class Understood:
    """A library that was made once, and the files that it knows."""

    library: Path
    files: Path


@pytest.fixture(scope="session")
def understood(tmp_path_factory: pytest.TempPathFactory) -> Understood:
    place = tmp_path_factory.mktemp("understood")
    for name in _FILES:
        copy = place / "files" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(bundled.resources() / "sample" / "library" / name, copy)
    with Application(place / "library", place / "models") as application:
        application.add_folder(place / "files")
        for _ in application.index():
            pass
    return Understood(place / "library", place / "files")


@pytest.fixture
def application(tmp_path: Path, understood: Understood) -> Iterator[Application]:
    shutil.copytree(understood.library, tmp_path / "library")
    with Application(tmp_path / "library", tmp_path / "models") as application:
        yield application


@pytest.fixture
def files(understood: Understood) -> Path:
    return understood.files


@pytest.fixture
def page(wiring: Wiring, qtbot: QtBot) -> Iterator[SearchPage]:
    """The Find page, showing the whole library."""
    page = SearchPage(wiring)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitUntil(lambda: page.gallery.hits.rowCount() == len(_FILES), timeout=WAIT_MS)
    yield page
    page.viewer.leave()
