"""A library of sixty drawn photos and twelve notes on three subjects; each test works on a copy."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Facts, Medium, Role, Segment, Space, Summary, TextSpan, Whole
from desktop_mmrag.gui.map.map_page import MapPage
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.library.catalog import Changes, Stat
from desktop_mmrag.library.keeping import Embedded, Understood
from desktop_mmrag.library.library import Library
from tests.fakes import of_words

WAIT_MS = 60_000
PHOTOS, NOTES = 60, 12
PICTURES = Space("image-text", "drawn", "1", "fp32", 64)
WORDS = Space("text", "drawn", "1", "fp32", 64)
SUBJECTS = {"forest": (40, 120, 50), "beach": (220, 200, 140), "night": (20, 25, 60)}


@pytest.fixture(scope="session")
def drawn_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files are in `files`, the library in `library`; years 2010 to 2019, six photos each."""
    place = tmp_path_factory.mktemp("drawn")
    (place / "files").mkdir()
    with Application(place / "library", place / "models") as application:
        folder = application.library.catalog.add_folder(place / "files")
        for number in range(PHOTOS):
            name = list(SUBJECTS)[number % len(SUBJECTS)]
            picture = _picture(SUBJECTS[name], number)
            path = place / "files" / f"{name}-{number:02}.jpg"
            path.write_bytes(picture)
            taken = Facts(taken_at=datetime(2010 + number // 6, 1 + number % 6, 10))
            segment = Segment(Role.PICTURE, Whole())
            vector = of_words(f"{name} {name} {name} extra{number}", 64)
            embedded = Embedded(PICTURES, [0], vector[np.newaxis])
            summary = Summary(Medium.PHOTO, taken, picture)
            _keep(application.library, folder, path, summary, segment, embedded)
        for number in range(NOTES):
            text = f"Note {number} about the {list(SUBJECTS)[number % 3]}."
            path = place / "files" / f"note-{number:02}.md"
            path.write_text(text, encoding="utf-8")
            segment = Segment(Role.PASSAGE, TextSpan(0, len(text)), text)
            embedded = Embedded(WORDS, [0], of_words(text, 64)[np.newaxis])
            facts = Facts(taken_at=datetime(2020, 1, 10))
            _keep(application.library, folder, path, Summary(Medium.NOTE, facts), segment, embedded)
    return place


def _picture(colour: tuple[int, int, int], number: int) -> bytes:
    shades = np.random.default_rng(number).integers(-20, 20, (6, 8, 3)) + np.array(colour)
    image = Image.fromarray(shades.clip(0, 255).astype(np.uint8)).resize((320, 240))
    target = io.BytesIO()
    image.save(target, "JPEG")
    return target.getvalue()


def _keep(
    library: Library, folder: object, path: Path, summary: Summary, segment: Segment, of: Embedded
) -> None:
    found = path.stat()
    stat = Stat(found.st_size, found.st_mtime_ns, found.st_ino)
    library.catalog.apply(folder, Changes({path.name: stat}, {}, {}, frozenset()))  # type: ignore[arg-type]
    (waiting,) = library.catalog.waiting()
    hash = hashlib.sha256(path.read_bytes()).digest()
    library.keeping.keep(Understood(waiting, hash, summary, [segment], [of]))


@pytest.fixture
def application(tmp_path: Path, drawn_library: Path) -> Iterator[Application]:
    shutil.copytree(drawn_library / "library", tmp_path / "library")
    with Application(tmp_path / "library", tmp_path / "models") as application:
        yield application


@pytest.fixture
def page(wiring: Wiring, qtbot: QtBot) -> Iterator[MapPage]:
    """The Map page with the photos on it."""
    page = MapPage(wiring)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitUntil(lambda: page.shown is not None, timeout=WAIT_MS)
    yield page
    page.viewer.leave()
