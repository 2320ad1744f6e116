"""The Duplicates page over real photos: groups with the best marked, looked at closely, nothing deleted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.gui.groups.duplicates_card import DuplicatesCard
from desktop_mmrag.gui.groups.duplicates_page import DuplicatesPage
from desktop_mmrag.gui.wiring import Wiring


def photo(seed: int, side: int) -> Image.Image:
    light = np.random.default_rng(seed).integers(0, 255, (5, 7, 3), dtype=np.uint8)
    return Image.fromarray(light).resize((side, side * 3 // 4), Image.Resampling.BICUBIC)


def keep(application: Application, folder: Path, photos: dict[str, Image.Image]) -> None:
    folder.mkdir(exist_ok=True)
    for name, picture in photos.items():
        picture.save(folder / name)
    application.add_folder(folder)
    for _ in application.index():
        pass


def texts(page: DuplicatesPage, name: str) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel, name)]


def test_a_group_marks_its_best_and_shows_a_copy(
    application: Application, wiring: Wiring, qtbot: QtBot, tmp_path: Path
) -> None:
    keep(
        application,
        tmp_path / "photos",
        {"beach.jpg": photo(1, 900), "beach-small.jpg": photo(1, 400), "hill.jpg": photo(2, 900)},
    )
    page = DuplicatesPage(wiring)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    qtbot.waitUntil(lambda: len(page.findChildren(DuplicatesCard)) == 1, timeout=30_000)
    assert texts(page, "bestCopy") == ["Best"]
    card = page.findChild(DuplicatesCard)
    assert card is not None and card.accessibleName() == "Copies of beach.jpg"
    shown = card.findChildren(QToolButton, "copy-eye")
    with qtbot.waitSignal(wiring.hit_opened) as told:
        shown[1].click()
    assert told.args[0].path.name == "beach-small.jpg"
    assert sorted(path.name for path in (tmp_path / "photos").iterdir()) == [
        "beach-small.jpg",
        "beach.jpg",
        "hill.jpg",
    ]


def test_a_library_without_copies_says_so(
    application: Application, wiring: Wiring, qtbot: QtBot, tmp_path: Path
) -> None:
    keep(application, tmp_path / "photos", {"beach.jpg": photo(1, 600), "hill.jpg": photo(2, 600)})
    page = DuplicatesPage(wiring)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: texts(page, "noDuplicates") == ["No duplicates"], timeout=30_000)


def test_while_files_are_read_nobody_says_that_there_are_none(
    application: Application, wiring: Wiring, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    photo(1, 600).save(tmp_path / "photos" / "beach.jpg")
    application.add_folder(tmp_path / "photos")
    wiring.keeping.start()
    page = DuplicatesPage(wiring)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: texts(page, "noDuplicates") == ["No duplicates so far"], timeout=30_000)
