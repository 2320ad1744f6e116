"""Asking with a vision model in its real process: what it looked at, stopping it, when it gives up."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.errors import VisionModelDied
from desktop_mmrag.gui.ask.chat import AskPage
from desktop_mmrag.gui.ask.citation_cards import SeenPicture
from desktop_mmrag.gui.wiring import Wiring
from tests.gui.asking import WAIT_MS, ask, shown_page

MODEL = bundled.models() / "selftest-vision"
if importlib.util.find_spec("llama_cpp") is None:
    pytest.skip("llama-cpp-python is not installed", allow_module_level=True)
if not (MODEL / "selftest-vision.gguf").exists():
    pytest.skip("the self-test vision model is not bundled", allow_module_level=True)


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """One picture that the self-test model can read."""
    folder = tmp_path_factory.mktemp("seen")
    pictures = folder / "pictures"
    pictures.mkdir()
    (pictures / "word.png").write_bytes((MODEL / "word.png").read_bytes())
    (pictures / "word.md").write_text("The word that is printed: ![the word](word.png)")
    with Application(folder / "library", folder / "models") as application:
        application.add_folder(pictures)
        for _ in application.index():
            pass
        application.model_folder.import_files(sorted(MODEL.glob("*.gguf")))
        yield application


@pytest.fixture
def page_with_model(wiring: Wiring, qtbot: QtBot) -> AskPage:
    return shown_page(wiring, qtbot)


def test_the_pictures_that_the_model_looked_at_are_shown(
    page_with_model: AskPage, wiring: Wiring, qtbot: QtBot
) -> None:
    view = ask(page_with_model, "What word is printed in word.png?", qtbot)
    answer = page_with_model.talk.turns[-1].answer
    assert answer is not None and answer.engine.startswith("own-")
    assert view.findChild(QLabel, "writtenBy").text().startswith("Desktop MMRAG self-test")
    assert view.findChild(QFrame, "notice").isHidden()
    seen = view.findChild(SeenPicture, "seen1")
    assert seen.cited.path.name == "word.png"
    with qtbot.waitSignal(wiring.hit_opened) as opened:
        seen.click()
    assert opened.args[0].path.name == "word.png"


def test_the_model_is_stopped_and_the_next_question_is_answered(
    page_with_model: AskPage, qtbot: QtBot
) -> None:
    page = page_with_model
    page.ask("What word is printed in word.png?")
    stages: list[str] = []
    page.talk.changed.connect(lambda turn: stages.append(turn.stage))
    qtbot.waitUntil(lambda: any(s != "searching" for s in stages), timeout=WAIT_MS)
    qtbot.keyClick(page.findChild(QPlainTextEdit, "questionField"), Qt.Key.Key_Escape)
    assert page.talk.turns[-1].state == "stopped"
    ask(page, "What word is printed in word.png?", qtbot)
    assert page.talk.turns[-1].state == "answered"


def test_an_answer_says_when_the_model_gave_up(
    page_with_model: AskPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(self: object, turns: object, max_tokens: int) -> object:
        raise VisionModelDied("It ended with status 9.")

    monkeypatch.setattr("desktop_mmrag.models.vision_chat.LlamaVisionChat.stream", dies)
    view = ask(page_with_model, "What word is printed in word.png?", qtbot)
    words = view.findChild(QLabel, "noticeWords").text()
    assert words == "Quoted from your files. The model could not answer this."
    assert view.findChild(QPushButton, "getModel").isVisible()
