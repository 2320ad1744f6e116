"""The full window: the keys belong to what is looked at, and Tab goes through all of its buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.find import open_with
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.look.plain import Elided

WAIT_MS = 60_000


def _enlarge(page: SearchPage, qtbot: QtBot, name: str) -> None:
    hits = page.gallery.hits
    row = next(row for row in range(hits.rowCount()) if hits.hit(row).path.name == name)
    page.gallery.setCurrentIndex(hits.index(row))
    page.activateWindow()
    page.gallery.setFocus()
    qtbot.keyClick(page.gallery, Qt.Key.Key_Space)


def _has_keys(widget: QWidget) -> bool:
    return QApplication.focusWidget() is widget


def test_the_arrows_lead_from_words_to_a_picture_that_then_has_the_keys(
    page: SearchPage, qtbot: QtBot
) -> None:
    stage = page.viewer.stage
    _enlarge(page, qtbot, "boiler.md")
    qtbot.waitUntil(lambda: _has_keys(stage.passage), timeout=WAIT_MS)
    hits = page.gallery.hits
    names = [hits.hit(row).path.name for row in range(hits.rowCount())]
    for _ in range(names.index("boiler.md"), names.index("red-bicycle.jpg")):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    for _ in range(names.index("red-bicycle.jpg"), names.index("boiler.md")):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert stage.hit is not None and stage.hit.path.name == "red-bicycle.jpg"
    qtbot.waitUntil(lambda: _has_keys(stage.picture), timeout=WAIT_MS)
    qtbot.keyClick(stage.picture, Qt.Key.Key_Space)
    assert not page.viewer.isVisible()


def test_tab_goes_round_through_every_button(page: SearchPage, qtbot: QtBot) -> None:
    _enlarge(page, qtbot, "red-bicycle.jpg")
    picture = page.viewer.stage.picture
    qtbot.waitUntil(lambda: _has_keys(picture) and picture.isVisible(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.viewer.facts.text() != "", timeout=WAIT_MS)
    reached = []
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert page.viewer.isAncestorOf(focus)
        if focus is picture:
            break
        reached.append(focus.objectName())
    assert {"viewer-arrow-left", "open", "sources", "similar", "more", "zoom-in"} <= set(reached)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_enter_on_a_button_presses_it_and_opens_nothing(
    page: SearchPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(page.acts, "open", opened.append)
    _enlarge(page, qtbot, "red-bicycle.jpg")
    info = page.viewer.findChild(QToolButton, "viewer-info")
    info.setFocus()
    qtbot.keyClick(info, Qt.Key.Key_Return)
    assert info.isChecked()
    assert not opened
    page.viewer.stage.main.setFocus()
    qtbot.keyClick(page.viewer, Qt.Key.Key_Return)
    assert len(opened) == 1


def test_what_became_of_an_act_is_said_where_it_is_seen(
    page: SearchPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window's own line lies below."""
    monkeypatch.setattr(open_with, "open_file", lambda path: False)
    _enlarge(page, qtbot, "red-bicycle.jpg")
    page.viewer.stage.main.setFocus()
    qtbot.keyClick(page.viewer, Qt.Key.Key_Return)
    said = page.viewer.findChild(Elided, "viewerMessage")
    assert said.isVisible() and said.whole == "No program opens red-bicycle.jpg."
    page.viewer.leave()
    assert said.whole == ""


def test_words_stand_in_a_column_that_is_read_easily(page: SearchPage, qtbot: QtBot) -> None:
    page.resize(1900, 800)
    passage = page.viewer.stage.passage
    _enlarge(page, qtbot, "boiler.md")
    qtbot.waitUntil(lambda: passage.isVisible() and "boiler" in passage.toPlainText().lower(),
                    timeout=WAIT_MS)  # fmt: skip
    shape = passage.document().rootFrame().frameFormat()
    words = passage.viewport().width() - shape.leftMargin() - shape.rightMargin()
    assert passage.viewport().width() > 1800 and 600 < words <= 720
    assert shape.leftMargin() == shape.rightMargin()
    assert passage.horizontalScrollBar().maximum() == 0
    page.resize(600, 800)
    qtbot.waitUntil(lambda: passage.viewport().width() < 620, timeout=WAIT_MS)
    assert passage.document().rootFrame().frameFormat().leftMargin() < 10
