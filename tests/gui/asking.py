"""Asking on the Ask page as a person does it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.ask.answer_text import AnswerText
from desktop_mmrag.gui.ask.chat import AskPage
from desktop_mmrag.gui.ask.turns import TurnView
from desktop_mmrag.gui.wiring import Wiring

WAIT_MS = 60_000


def shown_page(wiring: Wiring, qtbot: QtBot) -> AskPage:
    """The page on the screen."""
    page = AskPage(wiring)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


def ask(page: AskPage, question: str, qtbot: QtBot) -> TurnView:
    """Types a question and waits for its answer."""
    before = len(page.talk.turns)
    field = page.findChild(QPlainTextEdit, "questionField")
    qtbot.keyClicks(field, question)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.talk.turns) > before and not page.talk.busy, timeout=WAIT_MS)
    return page.findChildren(TurnView)[-1]


def answer_in(view: TurnView) -> str:
    return view.findChild(AnswerText, "answer").toPlainText()
