"""Find similar on a page, a passage or a moment searches by that part; what an example lacks is said."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop_mmrag.domain import Box, Hit, Locator, Medium, Page, TextSpan, TimeSpan, Whole
from desktop_mmrag.gui.find.hit_actions import part_of
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.wiring import Like, SearchRequest, Wiring

WAIT_MS = 60_000


def _search(page: SearchPage, qtbot: QtBot, text: str) -> None:
    page.box.clear()
    qtbot.keyClicks(page.box, text)
    qtbot.waitUntil(
        lambda: page.shown is not None and page.shown.wanted.text == text, timeout=WAIT_MS
    )


def _look_at(page: SearchPage, qtbot: QtBot, name: str) -> Hit:
    hits = page.gallery.hits
    row = next(row for row in range(hits.rowCount()) if hits.hit(row).path.name == name)
    at = page.gallery.visualRect(hits.index(row)).center()
    qtbot.mouseClick(page.gallery.viewport(), Qt.MouseButton.LeftButton, pos=at)
    return hits.hit(row)


def _find_similar(page: SearchPage, qtbot: QtBot) -> tuple[Like, ...]:
    button = page.preview.findChild(QToolButton, "similar")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.shown is not None and bool(page.shown.wanted.likes), timeout=WAIT_MS
    )
    assert page.shown is not None
    return page.shown.wanted.likes


def _chip(page: SearchPage) -> str:
    chip = page.chips.findChild(QToolButton, "exampleSign").parentWidget()
    return "".join(label.text() for label in chip.findChildren(QLabel))


def test_find_similar_on_a_page_searches_by_that_page(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "water damage")
    hit = _look_at(page, qtbot, "home-insurance.pdf")
    assert _find_similar(page, qtbot) == (Like(hit.path, part=Page(2)),)
    assert _chip(page) == "like home-insurance.pdf, page 2"
    assert page.gallery.hits.rowCount() > 0


def test_find_similar_on_a_passage_searches_by_that_passage(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "spare key coffee tin")
    hit = _look_at(page, qtbot, "cabin.md")
    assert isinstance(hit.locator, TextSpan)
    assert _find_similar(page, qtbot) == (Like(hit.path, part=hit.locator),)
    assert _chip(page) == "like this passage of cabin.md"


@pytest.mark.parametrize(
    ("medium", "found", "part"),
    [
        (Medium.VIDEO, TimeSpan(12.0, 15.0), TimeSpan(12.0, 15.0)),
        (Medium.VIDEO, TimeSpan(12.0, 12.0), TimeSpan(7.0, 17.0)),
        (Medium.DOCUMENT, Page(3, 0, 90), Page(3)),
        (Medium.DOCUMENT, Box(0, 0, 1, 0.5, page=4), Page(4)),
        (Medium.PHOTO, Box(0, 0, 1, 0.5), Whole()),
        (Medium.NOTE, Whole(), Whole()),
    ],
)
def test_a_hit_stands_for_its_part(medium: Medium, found: Locator, part: Locator) -> None:
    hit = Hit(1, 1, 1, Path("x"), medium, found, "", 1.0, True, ())
    assert part_of(hit) == part


def test_a_moment_is_searched_by_and_can_be_turned_round(
    page: SearchPage, wiring: Wiring, files: Path, qtbot: QtBot
) -> None:
    moment = Like(files / "notes" / "boiler.md", part=TimeSpan(65, 70))
    page.chips.show_examples((moment,))
    assert _chip(page) == "like boiler.md, at 1:05"
    with qtbot.waitSignal(page.chips.examples_changed) as told:
        page.chips.findChild(QToolButton, "exampleSign").click()
    assert told.args == [(Like(moment.path, wanted=False, part=moment.part),)]
    assert _chip(page) == "not like boiler.md, at 1:05"


def test_files_that_are_searched_by_are_no_hits_however_many(
    page: SearchPage, wiring: Wiring, files: Path, qtbot: QtBot
) -> None:
    likes = tuple(Like(files / "notes" / name) for name in ("boiler.md", "cabin.md"))
    wiring.search_wanted.emit(SearchRequest("", likes))
    qtbot.waitUntil(
        lambda: page.shown is not None and page.shown.wanted.likes == likes, timeout=WAIT_MS
    )
    hits = page.gallery.hits
    shown = {hits.hit(row).path for row in range(hits.rowCount())}
    assert shown
    assert shown.isdisjoint(like.path for like in likes)


def test_what_an_example_lacks_is_said(page: SearchPage, tmp_path: Path, qtbot: QtBot) -> None:
    sound = tmp_path / "bicycle bell.wav"
    _ring(sound)
    page.box.examples_given.emit([sound])
    notice = page.findChild(QLabel, "notice")
    qtbot.waitUntil(
        lambda: "No model that understands sounds is installed" in notice.text(), timeout=WAIT_MS
    )
    assert notice.isVisible()
    page.chips.findChild(QToolButton, "exampleRemove").click()
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=WAIT_MS)


def _ring(path: Path) -> None:
    times = np.arange(16_000) / 16_000
    ringing = (8000 * np.sin(2 * np.pi * 1200 * times)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(ringing.tobytes())


def test_a_kind_chosen_beside_the_box_has_no_chip(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "boiler")
    qtbot.mouseClick(page.findChild(QPushButton, "kind-note"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.shown is not None and bool(page.shown.wanted.media), timeout=WAIT_MS
    )
    # Its × would do nothing: the kind was not typed.
    assert not page.chips.isVisible()


def test_one_star_is_one_star(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "bicycle rating:1")
    assert page.chips.findChild(QPushButton, "filterChip").text().startswith("1 star or more")


def test_escape_closes_the_suggestions_and_leaves_the_words(page: SearchPage, qtbot: QtBot) -> None:
    page.box.set_history(["boiler price"])
    page.box.setFocus()
    qtbot.keyClicks(page.box, "boil")
    popup = page.box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert page.box.text() == "boil"


def test_the_buttons_in_the_box_have_names_and_keys(page: SearchPage, qtbot: QtBot) -> None:
    buttons = page.box.findChildren(QToolButton)
    assert len(buttons) == 4
    assert all(button.defaultAction().text() for button in buttons)
    page.box.set_history(["boiler price"])
    page.box.setFocus()
    qtbot.keyClick(page.box, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    menu = page.box.findChild(type(page.acts.menu([_any_hit(page)])))
    qtbot.waitUntil(menu.isVisible)
    assert menu.actions()[0].text() == "boiler price"
    menu.close()


def _any_hit(page: SearchPage) -> Hit:
    return page.gallery.hits.hit(0)
