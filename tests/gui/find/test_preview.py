"""Looking closely at hits: the passage on its page, the match in its note, words in a picture, facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Answer, Citation, Hit
from desktop_mmrag.gui.ask.citation_cards import hit_of
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.preview.preview import Preview
from desktop_mmrag.gui.wiring import Wiring

WAIT_MS = 60_000


@pytest.fixture
def preview(wiring: Wiring, qtbot: QtBot) -> Preview:
    window = QWidget()
    preview = Preview(wiring, HitActions(wiring, window))
    qtbot.addWidget(window)
    qtbot.addWidget(preview)
    preview.resize(420, 800)
    preview.show()
    return preview


def _best(application: Application, typed: str) -> Hit:
    return application.search(typed).hits[0]


def test_a_passage_is_marked_on_its_page(
    preview: Preview, application: Application, qtbot: QtBot
) -> None:
    hit = _best(application, "excess for water damage")
    assert hit.path.name == "home-insurance.pdf"
    preview.show_hit(hit)
    qtbot.waitUntil(lambda: len(preview.stage.picture.marked) > 3, timeout=WAIT_MS)
    assert preview.stage.picture.isVisible()
    assert all(box.page == 2 for box in preview.stage.picture.marked)


def test_pages_can_be_turned(preview: Preview, application: Application, qtbot: QtBot) -> None:
    preview.show_hit(_best(application, "excess for water damage"))
    after = preview.findChild(QToolButton, "chevron-right")
    qtbot.waitUntil(lambda: after.isVisible() and after.isEnabled(), timeout=WAIT_MS)
    after.click()
    qtbot.waitUntil(
        lambda: "How to make a claim" in preview.stage.passage.toPlainText(), timeout=WAIT_MS
    )
    assert not after.isEnabled()


def test_the_match_in_a_note_is_marked_and_its_markup_is_text(
    preview: Preview, application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "light.txt").write_text(
        "The <img src='http://example.org/x.png'> lighthouse <b>keeper</b>.", encoding="utf-8"
    )
    application.add_folder(folder)
    for _ in application.index([folder]):
        pass
    preview.show_hit(_best(application, "lighthouse keeper"))
    words = preview.stage.passage
    qtbot.waitUntil(lambda: "<img" in words.toPlainText(), timeout=WAIT_MS)
    found = words.document().find("lighthouse")
    found.setPosition(found.selectionEnd(), QTextCursor.MoveMode.MoveAnchor)
    assert found.charFormat().background().color().alpha() == 255
    assert not words.document().find("The").charFormat().fontWeight() > 500


def test_what_an_answer_quotes_is_marked_in_a_note(
    preview: Preview, application: Application, qtbot: QtBot
) -> None:
    cited = _cited(application, "What does a new boiler cost?", "boiler.md")
    preview.show_hit(hit_of(cited))
    words = preview.stage.passage
    qtbot.waitUntil(lambda: "24,500" in words.toPlainText(), timeout=WAIT_MS)
    assert "24,500" in cited.quote and "cracked" not in cited.quote
    assert _is_marked(words, "24,500 kroner")
    assert not _is_marked(words, "cracked")


def test_what_an_answer_quotes_is_marked_on_its_page(
    preview: Preview, application: Application, qtbot: QtBot
) -> None:
    cited = _cited(application, "What is the excess for water damage?", "home-insurance.pdf")
    preview.show_hit(hit_of(cited))
    qtbot.waitUntil(lambda: len(preview.stage.picture.marked) > 0, timeout=WAIT_MS)
    assert all(box.page == 2 for box in preview.stage.picture.marked)


def _is_marked(words: QTextEdit, said: str) -> bool:
    found = words.document().find(said)
    assert found.hasSelection()
    found.setPosition(found.selectionEnd(), QTextCursor.MoveMode.MoveAnchor)
    return found.charFormat().background().style() != Qt.BrushStyle.NoBrush


def _cited(application: Application, question: str, name: str) -> Citation:
    answers = [event for event in application.ask(question) if isinstance(event, Answer)]
    return next(cited for cited in answers[-1].citations if cited.path.name == name)


def test_words_in_a_picture_are_framed(
    preview: Preview, application: Application, qtbot: QtBot
) -> None:
    hit = _best(application, "studded tyres type:photo")
    preview.show_hit(hit)
    qtbot.waitUntil(lambda: len(preview.stage.picture.regions) > 0, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "can be read in the picture" in preview.facts.text(), timeout=WAIT_MS)


def test_facts_are_said_in_words(preview: Preview, application: Application, qtbot: QtBot) -> None:
    preview.show_hit(_best(application, "excess for water damage"))
    qtbot.waitUntil(lambda: "Fjord Mutual" in preview.facts.text(), timeout=WAIT_MS)
    assert "Why it matched" in preview.facts.text()
    assert "“water”" in preview.facts.text()


def test_a_file_that_is_gone_shows_what_was_kept_and_says_so(
    preview: Preview, application: Application, qtbot: QtBot, tmp_path: Path, files: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    copy = folder / "bicycle.jpg"
    # Other bytes than the library knows, so that it is a content of its own.
    copy.write_bytes((files / "pictures" / "red-bicycle.jpg").read_bytes() + b"\0")
    application.add_folder(folder)
    for _ in application.index([folder]):
        pass
    hit = next(hit for hit in application.search("type:photo").hits if hit.path == copy)
    copy.unlink()
    preview.show_hit(hit)
    trouble = preview.findChild(QLabel, "trouble")
    qtbot.waitUntil(lambda: "small picture" in trouble.text(), timeout=WAIT_MS)
    assert preview.stage.picture.isVisible()
