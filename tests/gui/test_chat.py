"""Asking in the window: answers with sources to open, stopping, asking again, other conversations, export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.domain import (
    Answer,
    Citation,
    Hit,
    Medium,
    Page,
    Seen,
    TextSpan,
    TimeSpan,
    Whole,
)
from desktop_mmrag.gui.ask.answer_text import AnswerText
from desktop_mmrag.gui.ask.chat import AskPage
from desktop_mmrag.gui.ask.citation_cards import (
    CitationCard,
    SeenPicture,
    fill_pictures,
    hit_of,
    pictures_of,
)
from desktop_mmrag.gui.ask.export import as_markdown, file_name
from desktop_mmrag.gui.ask.talk import Turn
from desktop_mmrag.gui.ask.turns import TurnView
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.look.style import Style
from desktop_mmrag.gui.wiring import Wiring
from tests.gui.asking import WAIT_MS, answer_in, ask, shown_page

KEY = "Where does the spare key hang?"
NOTES = {
    "cabin.md": "# The cabin\n\nThe spare key hangs behind the woodpile, in a coffee tin.",
    "garden.txt": "The tomatoes stand along the south wall and need water.",
}


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """One library of two notes for all: asking changes nothing in it."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "files").mkdir()
    for name, text in NOTES.items():
        (folder / "files" / name).write_text(text, encoding="utf-8")
    with Application(folder / "library", folder / "models") as application:
        application.add_folder(folder / "files")
        for _ in application.index():
            pass
        yield application


@pytest.fixture
def page(wiring: Wiring, qtbot: QtBot) -> AskPage:
    return shown_page(wiring, qtbot)


def test_an_answer_comes_with_its_sources_and_says_why_it_is_quoted(
    page: AskPage, qtbot: QtBot
) -> None:
    view = ask(page, KEY, qtbot)
    assert "woodpile" in answer_in(view) and "[1]" in answer_in(view)
    card = view.findChild(CitationCard, "citation1")
    assert card.cited.path.name == "cabin.md"
    assert "The cabin" in card.accessibleName() and "woodpile" in card.accessibleName()
    notice = view.findChild(QLabel, "noticeWords").text()
    assert "Quoted from your files" in notice and "No answering model" in notice


def test_what_is_not_found_is_not_called_a_quote(page: AskPage, qtbot: QtBot) -> None:
    view = ask(page, "How high is the lighthouse of Alexandria?", qtbot)
    assert "Nothing in your files" in answer_in(view)
    notice = view.findChild(QLabel, "noticeWords").text()
    assert "No answering model" in notice and "Quoted" not in notice


def test_the_remedy_leads_to_the_models(page: AskPage, wiring: Wiring, qtbot: QtBot) -> None:
    view = ask(page, KEY, qtbot)
    with qtbot.waitSignal(wiring.page_wanted) as wanted:
        view.findChild(QPushButton, "getModel").click()
    assert wanted.args == ["models"]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_source_opens_at_its_place(
    page: AskPage, wiring: Wiring, qtbot: QtBot, by_key: bool
) -> None:
    card = ask(page, KEY, qtbot).findChild(CitationCard, "citation1")
    with qtbot.waitSignal(wiring.hit_opened) as opened:
        if by_key:
            qtbot.keyClick(card, Qt.Key.Key_Return)
        else:
            qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    (hit,) = opened.args
    assert isinstance(hit, Hit) and isinstance(hit.locator, TextSpan)
    assert (hit.path.name, hit.locator.heading) == ("cabin.md", "The cabin")


def test_a_number_in_the_answer_is_a_link(page: AskPage, wiring: Wiring, qtbot: QtBot) -> None:
    text = ask(page, KEY, qtbot).findChild(AnswerText, "answer")
    end = text.document().characterCount() - 3
    cursor = text.textCursor()
    cursor.setPosition(end)
    place = text.cursorRect(cursor).center() + QPoint(2, 0)
    with qtbot.waitSignal(wiring.hit_opened) as opened:
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args[0].path.name == "cabin.md"


def test_markup_in_an_answer_is_shown_as_it_is(qtbot: QtBot) -> None:
    text = AnswerText()
    qtbot.addWidget(text)
    text.show_text("<img src=x> <b>bold</b> [1] [2](http://example.org)", frozenset({1}))
    assert text.toPlainText() == "<img src=x> <b>bold</b> [1] [2](http://example.org)"
    assert text.toHtml().count("href=") == 1


def test_an_answer_grows_without_being_written_anew(qtbot: QtBot) -> None:
    text = AnswerText()
    qtbot.addWidget(text)
    text.resize(300, 40)
    text.show_text("The key")
    low = text.height()
    text.show_text("The key hangs\nbehind the woodpile,\nin a tin.")
    assert text.toPlainText() == "The key hangs\nbehind the woodpile,\nin a tin."
    assert text.height() > low
    text.show_text("Nothing.")
    assert text.toPlainText() == "Nothing."


def test_a_follow_up_builds_on_the_question_before(page: AskPage, qtbot: QtBot) -> None:
    ask(page, KEY, qtbot)
    view = ask(page, "and in what kind of tin?", qtbot)
    assert "coffee tin" in answer_in(view)
    assert len(page.findChildren(TurnView)) == 2


def test_asking_again_replaces_the_last_turn(page: AskPage, qtbot: QtBot) -> None:
    first, second = ask(page, KEY, qtbot), ask(page, "What needs water?", qtbot)
    assert not first.findChild(QToolButton, "askAgain").isVisible()
    second.findChild(QToolButton, "askAgain").click()
    qtbot.waitUntil(lambda: not page.talk.busy, timeout=WAIT_MS)
    assert [turn.question for turn in page.talk.turns] == [KEY, "What needs water?"]
    assert "tomatoes" in answer_in(page._views[-1])


def test_a_stopped_question_says_so_and_the_next_is_answered(page: AskPage, qtbot: QtBot) -> None:
    page.ask(KEY)
    button = page.findChild(QPushButton, "send")
    assert button.text() == "Stop"
    button.click()
    view = page.findChildren(TurnView)[-1]
    assert view.findChild(QLabel, "noticeWords").text() == "Stopped."
    assert button.text() == "Ask"
    assert "tomatoes" in answer_in(ask(page, "What needs water?", qtbot))
    assert answer_in(view) == ""


def test_copying_takes_the_sources_along(page: AskPage, wiring: Wiring, qtbot: QtBot) -> None:
    view = ask(page, KEY, qtbot)
    with qtbot.waitSignal(wiring.message):
        view.findChild(QToolButton, "copyAnswer").click()
    copied = QGuiApplication.clipboard().text()
    assert "woodpile" in copied and "cabin.md" in copied.splitlines()[-1]


def test_a_new_conversation_keeps_the_one_before(page: AskPage, qtbot: QtBot) -> None:
    ask(page, KEY, qtbot)
    page.findChild(QToolButton, "newConversation").click()
    assert page.talk.turns == []
    ask(page, "What needs water?", qtbot)
    menu = page.findChild(QToolButton, "conversations").menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions()]
    assert titles == ["What needs water?", KEY]
    menu.actions()[1].trigger()
    assert [turn.question for turn in page.talk.turns] == [KEY]
    assert "woodpile" in answer_in(page._views[-1])


def test_a_question_from_the_box_begins_a_conversation(
    page: AskPage, wiring: Wiring, qtbot: QtBot
) -> None:
    ask(page, KEY, qtbot)
    wiring.question_asked.emit("What needs water?")
    qtbot.waitUntil(lambda: not page.talk.busy, timeout=WAIT_MS)
    assert [turn.question for turn in page.talk.turns] == ["What needs water?"]


def test_an_export_holds_questions_answers_and_sources(
    page: AskPage, tmp_path: Path, wiring: Wiring, qtbot: QtBot
) -> None:
    ask(page, KEY, qtbot)
    with qtbot.waitSignal(wiring.message):
        page.export_to(tmp_path / "talk.md")
    text = (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert text.startswith(f"## {KEY}")
    assert "1. [cabin.md](<file:///" in text and "Quoted from your files" in text


def test_an_export_to_where_nothing_can_be_written_is_told(
    page: AskPage, tmp_path: Path, wiring: Wiring, qtbot: QtBot
) -> None:
    ask(page, KEY, qtbot)
    with qtbot.waitSignal(wiring.failure) as failed:
        page.export_to(tmp_path / "nowhere" / "talk.md")
    assert "cannot be written" in failed.args[0].message


def test_markdown_from_files_stays_text() -> None:
    citation = Citation(
        1, Path("/a/b [c].md"), Medium.DOCUMENT, Page(3), "# <b>*x*</b>\n1. y", content_id=1
    )
    answer = Answer("q", "1. *a* <i> [1]\n- b", True, "extractive", (citation,))
    text = as_markdown([Turn("Is <b> so?", "answered", text=answer.text, answer=answer)])
    assert "## Is \\<b\\> so?" in text
    assert "1\\. \\*a\\* \\<i\\> \\[1\\]" in text and "\n\\- b" in text
    assert "[b \\[c\\].md](<file:///a/b%20%5Bc%5D.md>), page 3" in text
    assert "“\\# \\<b\\>\\*x\\*\\</b\\> 1. y”" in text


def test_a_file_name_is_made_of_the_question() -> None:
    assert file_name("What did she say: <yes/no>?") == "What-did-she-say-yesno.md"
    assert file_name("???") == "conversation.md"


def test_an_empty_library_says_so(tmp_path: Path, style: Style, qtbot: QtBot) -> None:
    with Application(tmp_path / "library", tmp_path / "models") as empty:
        bridge = Bridge()
        wiring = Wiring(empty, bridge)
        page = shown_page(wiring, qtbot)
        words = page.findChild(QLabel, "askWelcome")
        qtbot.waitUntil(lambda: "none in the library" in words.text(), timeout=WAIT_MS)
        with qtbot.waitSignal(wiring.page_wanted) as wanted:
            page.findChild(QPushButton, "chooseFolders").click()
        assert wanted.args == ["sources"]
        bridge.close()


def test_everything_can_be_reached_and_named(page: AskPage, qtbot: QtBot) -> None:
    ask(page, KEY, qtbot)
    for kind in (QPushButton, QToolButton, CitationCard):
        for widget in page.findChildren(kind):
            if widget.isVisible():
                assert widget.accessibleName() or widget.text(), widget
                assert widget.objectName(), widget
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()


def test_a_conversation_goes_on_after_the_models_changed(
    page: AskPage, wiring: Wiring, qtbot: QtBot
) -> None:
    ask(page, KEY, qtbot)
    with qtbot.waitSignal(wiring.models_changed, timeout=WAIT_MS):
        wiring.change_models(lambda: None)
    assert "coffee tin" in answer_in(ask(page, "and in what kind of tin?", qtbot))


def test_places_of_sources_are_opened_where_they_are(qtbot: QtBot) -> None:
    video = Seen(Path("/a/b.mp4"), Medium.VIDEO, 1, second=72.0)
    assert hit_of(video).locator == TimeSpan(72.0, 72.0)
    assert SeenPicture(video, print).accessibleName() == "The model looked at b.mp4, at 1:12"
    assert hit_of(Seen(Path("/a/b.pdf"), Medium.DOCUMENT, 1, page=3)).locator == Page(3)
    assert hit_of(Seen(Path("/a/b.jpg"), Medium.PHOTO, 1)).locator == Whole()


def test_a_page_further_back_is_drawn_from_the_file(tmp_path: Path) -> None:
    folder = bundled.resources() / "sample" / "library" / "documents"
    with Application(tmp_path / "library", tmp_path / "models") as other:
        other.add_folder(folder)
        for _ in other.index():
            pass
        path = folder / "home-insurance.pdf"
        content = other.library.contents.by_path(path)
        assert content is not None
        cited = [Citation(n, path, Medium.DOCUMENT, Page(n), "", content) for n in (1, 2, 99)]
        pictures = dict(pictures_of(other, cited))
    # The first has its preview, the second is drawn, and there is no page 99.
    assert set(pictures) == {0, 1}
    assert pictures[0] != pictures[1] and pictures[1].width() == pictures[1].height() == 144


def test_pictures_that_come_after_their_conversation_went_do_no_harm(
    page: AskPage, wiring: Wiring, qtbot: QtBot
) -> None:
    crashed: list[object] = []
    wiring.bridge.crashed.connect(crashed.append)
    ask(page, KEY, qtbot)
    card = page.findChild(CitationCard, "citation1")
    page.new_conversation()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(card)
    fill_pictures([card], 0, QImage(8, 8, QImage.Format.Format_RGB888))
    qtbot.wait(200)
    assert crashed == []
