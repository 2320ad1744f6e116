"""What a person does on the Find page: wander, search, narrow, ask, search by a picture, look closely."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop_mmrag.domain import Medium
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.wiring import Like, SearchRequest, Wiring

WAIT_MS = 60_000


def _names(page: SearchPage) -> list[str]:
    hits = page.gallery.hits
    return [hits.hit(row).path.name for row in range(hits.rowCount())]


def _settled(page: SearchPage, text: str) -> Callable[[], bool]:
    """Whether the search for this text is what is shown."""
    return lambda: page.shown is not None and page.shown.wanted.text == text


def _search(page: SearchPage, qtbot: QtBot, text: str) -> None:
    page.box.clear()
    qtbot.keyClicks(page.box, text)
    qtbot.waitUntil(_settled(page, text), timeout=WAIT_MS)


def test_without_words_the_whole_library_is_shown_by_month(page: SearchPage) -> None:
    assert set(_names(page)) == {
        "boiler.md",
        "cabin.md",
        "gift-ideas.txt",
        "home-insurance.pdf",
        "red-bicycle.jpg",
        "elm-street-cycles.png",
    }
    assert all(section.title for section in page.gallery.hits.sections)


def test_a_kind_narrows_the_library(page: SearchPage, qtbot: QtBot) -> None:
    button = page.findChild(QPushButton, "kind-document")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _names(page) == ["home-insurance.pdf"], timeout=WAIT_MS)


def test_a_kind_that_there_is_none_of_is_said(page: SearchPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, "kind-video"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "No Video in the library" in page.empty.text(), timeout=WAIT_MS)
    assert page.empty.isVisible()


def test_typing_searches_after_a_pause(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "water damage")
    assert _names(page)[0] == "home-insurance.pdf"


def test_weaker_matches_stand_below_a_divider(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "water damage")
    assert page.gallery.hits.sections[-1].weaker
    assert page.gallery.hits.sections[-1].title == "Weaker matches below"


def test_a_filter_becomes_a_chip_and_goes_with_it(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "insurance type:document")
    chip = page.chips.findChild(QPushButton, "filterChip")
    assert chip.text().startswith("Documents")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(_settled(page, "insurance"), timeout=WAIT_MS)
    assert page.box.text() == "insurance"
    assert not page.chips.isVisible()


def test_a_repeated_search_leaves_the_keys_on_a_chip(
    page: SearchPage, wiring: Wiring, qtbot: QtBot
) -> None:
    """Searches are repeated all the time while files are kept."""
    with qtbot.waitActive(page):
        page.activateWindow()
    wiring.search_wanted.emit(SearchRequest("insurance type:document"))
    qtbot.waitUntil(_settled(page, "insurance type:document"), timeout=WAIT_MS)
    chip = page.chips.findChild(QPushButton, "filterChip")
    qtbot.waitUntil(chip.isVisible)
    chip.setFocus()
    shown = page.shown
    wiring.models_changed.emit()
    qtbot.waitUntil(lambda: page.shown is not shown, timeout=WAIT_MS)
    assert QApplication.focusWidget() is chip


def test_dates_are_said_in_words(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "key after:2024-06-01")
    assert page.chips.findChild(QPushButton, "filterChip").text().startswith("since 1 June 2024")


def test_a_search_that_finds_nothing_says_so(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "type:video")
    assert "Nothing was found for “type:video”" in page.empty.text()


def test_an_operator_that_cannot_be_is_explained(page: SearchPage, qtbot: QtBot) -> None:
    page.box.setText("before:blue")
    qtbot.waitUntil(lambda: "before:blue is no date" in page.empty.text(), timeout=WAIT_MS)


def test_enter_on_a_question_asks(page: SearchPage, wiring: Wiring, qtbot: QtBot) -> None:
    page.box.setText("Where is the key?")
    with qtbot.waitSignal(wiring.question_asked) as asked:
        qtbot.keyClick(page.box, Qt.Key.Key_Return)
    assert asked.args == ["Where is the key?"]


def test_ctrl_enter_asks_without_a_question_mark(
    page: SearchPage, wiring: Wiring, qtbot: QtBot
) -> None:
    page.box.setText("boiler price")
    with qtbot.waitSignal(wiring.question_asked):
        qtbot.keyClick(page.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_after_a_question_the_page_shows_what_its_words_lead_to(
    page: SearchPage, wiring: Wiring, qtbot: QtBot
) -> None:
    page.box.setText("where is the spare key?")
    qtbot.keyClick(page.box, Qt.Key.Key_Return)
    qtbot.waitUntil(_settled(page, "where is the spare key?"), timeout=WAIT_MS)
    assert _names(page)[0] == "cabin.md"


def test_a_question_mark_alone_asks_nothing(page: SearchPage, wiring: Wiring, qtbot: QtBot) -> None:
    page.box.setText("?")
    with qtbot.assertNotEmitted(wiring.question_asked):
        qtbot.keyClick(page.box, Qt.Key.Key_Return)


def test_searches_are_remembered_until_they_are_cleared(
    page: SearchPage, wiring: Wiring, qtbot: QtBot
) -> None:
    file = wiring.application.folder / "searches.json"
    page.box.setText("woodpile")
    qtbot.keyClick(page.box, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: file.exists() and json.loads(file.read_text("utf-8")) == ["woodpile"],
        timeout=WAIT_MS,
    )
    page.box.history_cleared.emit()
    qtbot.waitUntil(lambda: not file.exists(), timeout=WAIT_MS)


def test_a_dropped_file_becomes_a_chip_that_can_be_turned_round(
    page: SearchPage, files: Path, qtbot: QtBot
) -> None:
    note = files / "notes" / "boiler.md"
    _drop(page, note)
    qtbot.waitUntil(lambda: page.chips.examples() == (Like(note),), timeout=WAIT_MS)
    sign = page.chips.findChild(QToolButton, "exampleSign")
    qtbot.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert page.chips.examples() == (Like(note, wanted=False),)


def test_find_similar_leaves_out_the_file_itself(
    page: SearchPage, wiring: Wiring, files: Path, qtbot: QtBot
) -> None:
    note = files / "notes" / "boiler.md"
    wiring.search_wanted.emit(SearchRequest("", (Like(note),)))
    qtbot.waitUntil(
        lambda: page.shown is not None and page.shown.wanted.likes == (Like(note),),
        timeout=WAIT_MS,
    )
    assert "boiler.md" not in _names(page)
    assert _names(page)


def test_a_pasted_picture_is_searched_by(page: SearchPage, qtbot: QtBot) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    page.box.setFocus()
    qtbot.keyClick(page.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.chips.examples()) == 1, timeout=WAIT_MS)
    assert page.chips.examples()[0].path.suffix == ".png"


def test_arrows_look_at_hits_and_space_enlarges(page: SearchPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "water damage")
    qtbot.keyClick(page.box, Qt.Key.Key_Down)
    assert page.gallery.hasFocus()
    first = page.gallery.current()
    qtbot.keyClick(page.gallery, Qt.Key.Key_Right)
    assert page.gallery.current() != first
    assert page.preview.hit == page.gallery.current()
    qtbot.keyClick(page.gallery, Qt.Key.Key_Space)
    assert page.viewer.isVisible()
    qtbot.keyClick(page.viewer, Qt.Key.Key_Left)
    assert page.gallery.current() == first
    assert page.viewer.stage.hit == first
    qtbot.keyClick(page.viewer, Qt.Key.Key_Escape)
    assert not page.viewer.isVisible()


def test_escape_leads_back_to_the_box(page: SearchPage, qtbot: QtBot) -> None:
    page.gallery.setFocus()
    qtbot.keyClick(page.gallery, Qt.Key.Key_Escape)
    assert page.box.hasFocus()


def test_letters_typed_at_the_results_go_to_the_box(page: SearchPage, qtbot: QtBot) -> None:
    page.gallery.setFocus()
    qtbot.keyClicks(page.gallery, "w")
    assert page.box.text() == "w"


def test_grouping_by_kind_has_a_heading_for_each(page: SearchPage, qtbot: QtBot) -> None:
    page.bar.grouping_chosen.emit(page.bar.groupings()[-1])
    titles = lambda: {section.title for section in page.gallery.hits.sections}  # noqa: E731
    qtbot.waitUntil(lambda: titles() == {"Notes", "Photos", "Documents"}, timeout=WAIT_MS)


def test_new_files_show_without_being_asked_for(
    page: SearchPage, wiring: Wiring, qtbot: QtBot, tmp_path: Path
) -> None:
    _keep_a_boat(wiring, tmp_path / "more")
    wiring.library_changed.emit()
    qtbot.waitUntil(lambda: "boat.txt" in _names(page), timeout=WAIT_MS)


def test_nothing_is_listed_anew_while_the_person_scrolls(
    page: SearchPage, wiring: Wiring, qtbot: QtBot, tmp_path: Path
) -> None:
    _keep_a_boat(wiring, tmp_path / "more")
    bar = page.gallery.verticalScrollBar()
    bar.setRange(0, 1000)
    wiring.library_changed.emit()
    for step in range(25):
        bar.setValue(step)
        qtbot.wait(100)
        assert "boat.txt" not in _names(page)
    qtbot.waitUntil(lambda: "boat.txt" in _names(page), timeout=WAIT_MS)


def test_list_and_grid_show_the_same(page: SearchPage, qtbot: QtBot) -> None:
    before = _names(page)
    qtbot.mouseClick(page.findChild(QToolButton, "asList"), Qt.MouseButton.LeftButton)
    first = page.gallery.visualRect(page.gallery.hits.index(0))
    assert first.width() > 600
    assert _names(page) == before


def test_kinds_are_those_of_the_medium(page: SearchPage) -> None:
    for medium in Medium:
        assert page.findChild(QPushButton, f"kind-{medium.value}") is not None


def _keep_a_boat(wiring: Wiring, folder: Path) -> None:
    folder.mkdir()
    (folder / "boat.txt").write_text("The boat needs a new anchor rope.", encoding="utf-8")
    wiring.application.add_folder(folder)
    list(wiring.application.index([folder]))


def _drop(page: SearchPage, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    page.box.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_another_search_empties_the_preview(page: SearchPage, qtbot: QtBot) -> None:
    page.gallery.setCurrentIndex(page.gallery.hits.index(0))
    qtbot.waitUntil(lambda: page.preview.hit is not None, timeout=WAIT_MS)
    page.box.setText("spare key")
    qtbot.waitUntil(lambda: page.preview.hit is None, timeout=WAIT_MS)
    # As none of the new results is chosen.
    qtbot.waitUntil(lambda: not page.gallery.chosen(), timeout=WAIT_MS)


def test_the_button_of_the_preview_is_there_where_there_is_room(
    page: SearchPage, qtbot: QtBot
) -> None:
    button = page.findChild(QToolButton, "preview-toggle")
    assert button.isVisible() and page.preview.isVisible()
    page.resize(700, 600)
    qtbot.waitUntil(lambda: not page.preview.isVisible() and not button.isVisible())
    page.resize(1200, 800)
    qtbot.waitUntil(lambda: page.preview.isVisible() and button.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not page.preview.isVisible()
