"""What a person does in the window: add a folder, find, look, ask, pause, close."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.main_window import MainWindow

WAIT_MS = 60_000


def _box(window: MainWindow) -> QLineEdit:
    return window.findChild(QLineEdit, "box")


def _results(window: MainWindow) -> QListView:
    return window.findChild(QListView, "results")


def _answer(window: MainWindow) -> QTextBrowser:
    return window.findChild(QTextBrowser, "answer")


@pytest.fixture
def kept(window: MainWindow, files: Path, qtbot: QtBot) -> MainWindow:
    """The window once the folder of files has been understood."""
    window.add_folders([files])
    qtbot.waitUntil(
        lambda: "Up to date" in window.findChild(QLabel, "progress").text(), timeout=WAIT_MS
    )
    return window


def test_the_first_sight_says_what_to_do(window: MainWindow) -> None:
    assert "Add a folder" in window.findChild(QLabel, "welcome").text()


def test_typing_finds(kept: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(_box(kept), "woodpile")
    model = _results(kept).model()
    qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=WAIT_MS)
    assert model.index(0, 0).data().startswith("cabin.md")


def test_a_hit_is_shown_closely(kept: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(_box(kept), "woodpile")
    results = _results(kept)
    qtbot.waitUntil(lambda: results.model().rowCount() > 0, timeout=WAIT_MS)
    results.setCurrentIndex(results.model().index(0, 0))
    words = kept.findChild(QTextBrowser, "facts")
    qtbot.waitUntil(lambda: "coffee tin" in words.toPlainText(), timeout=WAIT_MS)


def test_a_question_is_answered_with_its_source(kept: MainWindow, qtbot: QtBot) -> None:
    _box(kept).setText("Where is the spare key?")
    qtbot.keyClick(_box(kept), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "[1] cabin.md" in _answer(kept).toPlainText(), timeout=WAIT_MS)
    assert "woodpile" in _answer(kept).toPlainText()
    assert "Quoted from your files" in _answer(kept).toPlainText()


def test_what_is_not_there_is_said(kept: MainWindow, qtbot: QtBot) -> None:
    _box(kept).setText("type:video")
    welcome = kept.findChild(QLabel, "welcome")
    qtbot.waitUntil(lambda: "Nothing was found" in welcome.text(), timeout=WAIT_MS)


def test_a_dropped_folder_is_watched(window: MainWindow, files: Path, qtbot: QtBot) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(files))])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    progress = window.findChild(QLabel, "progress")
    qtbot.waitUntil(lambda: "Up to date" in progress.text(), timeout=WAIT_MS)


def test_new_files_are_found_while_the_window_is_open(
    kept: MainWindow, files: Path, qtbot: QtBot
) -> None:
    (files / "boat.txt").write_text("The boat needs a new anchor rope.", encoding="utf-8")
    model = _results(kept).model()

    def found() -> bool:
        _box(kept).setText("")
        _box(kept).setText("anchor rope")
        qtbot.wait(1000)
        return model.rowCount() > 0 and model.index(0, 0).data().startswith("boat.txt")

    qtbot.waitUntil(found, timeout=WAIT_MS)


def test_work_can_be_paused_and_goes_on(kept: MainWindow, files: Path, qtbot: QtBot) -> None:
    pause = kept.findChild(QPushButton, "pause")
    pause.click()
    assert pause.text() == "Resume"
    pause.click()
    assert pause.text() == "Pause"


def test_text_from_files_is_shown_as_it_is(kept: MainWindow, files: Path, qtbot: QtBot) -> None:
    """Markup in a note is data: it must not be drawn as markup."""
    (files / "markup.txt").write_text(
        "The <img src='http://example.org/x.png'> lighthouse keeper.", encoding="utf-8"
    )
    results = _results(kept)

    def found() -> bool:
        _box(kept).setText("")
        _box(kept).setText("lighthouse keeper")
        qtbot.wait(1000)
        return results.model().rowCount() > 0 and results.model().index(0, 0).data().startswith(
            "markup"
        )

    qtbot.waitUntil(found, timeout=WAIT_MS)
    results.setCurrentIndex(results.model().index(0, 0))
    words = kept.findChild(QTextBrowser, "facts")
    qtbot.waitUntil(lambda: "<img" in words.toPlainText(), timeout=WAIT_MS)
