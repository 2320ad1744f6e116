"""The timeline above the results: shown when wanted, it counts what there is and narrows to a time."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.wiring import SearchRequest, Wiring

WAIT_MS = 60_000
_DAYS = {"oak.txt": (2021, 3, 4), "elm.txt": (2021, 3, 20), "fir.txt": (2023, 8, 9)}
_MARCH_2021 = (12 * 2021 + 2, 12 * 2021 + 3)


@pytest.fixture
def trees(wiring: Wiring, tmp_path: Path, application: Application, qtbot: QtBot) -> SearchPage:
    """A library of notes on trees, from two months, and the page with its timeline."""
    for folder in application.library.catalog.folders():
        application.remove_folder(folder.path)
    place = tmp_path / "trees"
    place.mkdir()
    for name, day in _DAYS.items():
        note = place / name
        note.write_text(f"A tall tree stands here: {name}.", encoding="utf-8")
        os.utime(note, (datetime(*day).timestamp(),) * 2)
    application.add_folder(place)
    for _ in application.index():
        pass
    page = SearchPage(wiring)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitUntil(lambda: page.gallery.hits.rowCount() == len(_DAYS), timeout=WAIT_MS)
    return page


def _names(page: SearchPage) -> set[str]:
    hits = page.gallery.hits
    return {hits.hit(row).path.name for row in range(hits.rowCount())}


def _chips(page: SearchPage) -> list[str]:
    chips = page.chips.findChildren(QPushButton, "filterChip")
    return [chip.text().removesuffix("  ×") for chip in chips if not chip.isHidden()]


def _show_timeline(page: SearchPage, qtbot: QtBot) -> None:
    button = page.findChild(QToolButton, "timeline-toggle")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.shown is not None and page.shown.months is not None, timeout=WAIT_MS
    )


def _choose_march(page: SearchPage, qtbot: QtBot) -> None:
    place = page.timeline.place_of(_MARCH_2021[0])
    qtbot.mouseClick(page.timeline, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(
        lambda: page.shown is not None and page.shown.wanted.span == _MARCH_2021, timeout=WAIT_MS
    )


def test_it_shows_when_it_is_wanted_and_is_remembered(
    trees: SearchPage, wiring: Wiring, qtbot: QtBot
) -> None:
    assert not trees.timeline.isVisible()
    _show_timeline(trees, qtbot)
    assert trees.timeline.isVisible()
    again = SearchPage(wiring)
    qtbot.addWidget(again)
    assert again.bar.wants_timeline
    assert not again.timeline.isHidden()


def test_a_chosen_month_narrows_the_library_and_is_a_chip(trees: SearchPage, qtbot: QtBot) -> None:
    _show_timeline(trees, qtbot)
    _choose_march(trees, qtbot)
    assert _names(trees) == {"oak.txt", "elm.txt"}
    assert _chips(trees) == ["March 2021"]
    # The other months stay in sight, to be chosen next.
    assert trees.shown is not None and trees.shown.months is not None
    assert len(trees.shown.months) == len(_DAYS)


def test_a_chosen_month_narrows_a_search_that_goes_on(trees: SearchPage, qtbot: QtBot) -> None:
    _show_timeline(trees, qtbot)
    _choose_march(trees, qtbot)
    qtbot.keyClicks(trees.box, "tall tree")
    qtbot.waitUntil(
        lambda: trees.shown is not None and trees.shown.wanted.text == "tall tree",
        timeout=WAIT_MS,
    )
    assert _names(trees) == {"oak.txt", "elm.txt"}
    assert trees.box.text() == "tall tree"
    assert trees.shown is not None
    assert trees.shown.wanted.typed() == "tall tree after:2021-03-01 before:2021-04-01"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("tall tree before:2023", "before 2023"), ("tall tree from 2021", "2021")],
)
def test_a_date_that_was_typed_keeps_its_own_chip(
    trees: SearchPage, qtbot: QtBot, typed: str, said: str
) -> None:
    """The month beside it narrows further; each can be taken away."""
    _show_timeline(trees, qtbot)
    trees.timeline.choose(_MARCH_2021)
    qtbot.keyClicks(trees.box, typed)
    qtbot.waitUntil(
        lambda: trees.shown is not None and trees.shown.wanted.text == typed, timeout=WAIT_MS
    )
    assert _names(trees) == {"oak.txt", "elm.txt"}
    qtbot.waitUntil(lambda: _chips(trees) == [said, "March 2021"])


def test_taking_the_chip_away_shows_all_time(trees: SearchPage, qtbot: QtBot) -> None:
    _show_timeline(trees, qtbot)
    _choose_march(trees, qtbot)
    chip = trees.chips.findChild(QPushButton, "filterChip")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(_names(trees)) == len(_DAYS), timeout=WAIT_MS)
    assert trees.timeline.range is None
    assert _chips(trees) == []


def test_the_keyboard_chooses_too(trees: SearchPage, qtbot: QtBot) -> None:
    _show_timeline(trees, qtbot)
    trees.timeline.setFocus()
    qtbot.keyClick(trees.timeline, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: _names(trees) == {"oak.txt", "elm.txt"}, timeout=WAIT_MS)
    qtbot.keyClick(trees.timeline, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(_names(trees)) == len(_DAYS), timeout=WAIT_MS)


def test_a_month_with_nothing_in_it_says_so(trees: SearchPage, qtbot: QtBot) -> None:
    _show_timeline(trees, qtbot)
    trees.timeline.choose((12 * 2022, 12 * 2022 + 1))
    qtbot.waitUntil(lambda: "Nothing from January 2022" in trees.empty.text(), timeout=WAIT_MS)


def test_another_request_is_about_all_time(trees: SearchPage, wiring: Wiring, qtbot: QtBot) -> None:
    _show_timeline(trees, qtbot)
    _choose_march(trees, qtbot)
    wiring.search_wanted.emit(SearchRequest())
    qtbot.waitUntil(lambda: len(_names(trees)) == len(_DAYS), timeout=WAIT_MS)
    assert trees.timeline.range is None
