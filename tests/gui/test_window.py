"""What a person does in the whole window: find, look, ask, add, pause, close; no page is left out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_mmrag.domain import Progress
from desktop_mmrag.gui.ask.citation_cards import CitationCard
from desktop_mmrag.gui.preview.viewer import Viewer
from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.gui.wiring import SearchRequest
from desktop_mmrag.ingest.control import Control

WAIT_MS = 60_000


def _box(window: MainWindow) -> QLineEdit:
    box = window.findChild(QLineEdit, "box")
    assert box is not None
    return box


def _results(window: MainWindow) -> QAbstractItemView:
    results = window.findChild(QAbstractItemView, "results")
    assert results is not None
    return results


def _first(window: MainWindow) -> str:
    model = _results(window).model()
    return str(model.index(0, 0).data()) if model.rowCount() else ""


def _find(window: MainWindow, qtbot: QtBot, words: str, name: str) -> None:
    _box(window).setText(words)
    qtbot.waitUntil(lambda: _first(window).startswith(name), timeout=WAIT_MS)


def _said(widget: QWidget) -> str:
    """All text that is to be seen in a widget, and what its buttons are called."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    texts = [text.toPlainText() for text in widget.findChildren(QTextBrowser) if text.isVisible()]
    buttons = [button.accessibleName() for button in widget.findChildren(QAbstractButton)]
    return "\n".join(labels + texts + buttons)


def test_from_the_first_sight_to_the_first_result(
    window: MainWindow, files: Path, qtbot: QtBot
) -> None:
    """Nothing waits for the indexing to end."""
    window.take([files])
    qtbot.waitUntil(lambda: _results(window).model().rowCount() == 2, timeout=WAIT_MS)
    assert _box(window).isVisible()
    _find(window, qtbot, "woodpile", "cabin.md")


def test_nobody_is_asked_for_a_folder_while_the_first_is_read(
    window: MainWindow, files: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    assert window.library
    application, goes_on = window.library.application, threading.Event()
    watch = application.watch

    def slow(control: Control) -> Iterator[Progress]:
        yield Progress("idle", 0, 0)
        goes_on.wait(WAIT_MS / 1000)
        yield from watch(control)

    monkeypatch.setattr(application, "watch", slow)
    window.take([files])
    empty = window.findChild(QWidget, "empty")
    assert empty is not None
    qtbot.waitUntil(empty.isVisible, timeout=WAIT_MS)
    assert "Your files are being read" in _said(empty)
    assert not any(button.isVisible() for button in empty.findChildren(QPushButton))
    qtbot.wait(200)
    assert "Your files are being read" in _said(empty)
    goes_on.set()
    qtbot.waitUntil(lambda: _results(window).model().rowCount() == 2, timeout=WAIT_MS)


def test_a_folder_with_nothing_in_it_leaves_nothing_kept(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    window.take([bare])
    empty = window.findChild(QWidget, "empty")
    assert empty is not None
    qtbot.waitUntil(empty.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Nothing is kept yet" in _said(empty), timeout=10_000)


def test_typing_finds(kept: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(_box(kept), "woodpile")
    qtbot.waitUntil(lambda: _first(kept).startswith("cabin.md"), timeout=WAIT_MS)


def test_a_hit_is_shown_closely(kept: MainWindow, qtbot: QtBot) -> None:
    _find(kept, qtbot, "woodpile", "cabin.md")
    results = _results(kept)
    results.setCurrentIndex(results.model().index(0, 0))
    preview = kept.findChild(QWidget, "preview")
    assert preview is not None
    qtbot.waitUntil(lambda: "coffee tin" in _said(preview), timeout=WAIT_MS)


def test_a_question_in_the_box_is_answered_with_its_source(kept: MainWindow, qtbot: QtBot) -> None:
    _box(kept).setText("Where is the spare key?")
    qtbot.keyClick(_box(kept), Qt.Key.Key_Return)
    assert kept.library
    page = kept.library.page("ask")
    assert page is not None
    qtbot.waitUntil(lambda: kept.pages.currentWidget() is page)
    qtbot.waitUntil(lambda: "cabin.md" in _said(page), timeout=WAIT_MS)
    assert "woodpile" in _said(page)
    assert "Quoted from your files" in _said(page)


def test_a_source_is_looked_at_over_the_answer(kept: MainWindow, qtbot: QtBot) -> None:
    """In a window with no room for a preview, too; and Escape goes back to the answer."""
    assert kept.library
    kept.resize(760, 520)
    kept.library.wiring.question_asked.emit("Where is the spare key?")
    asked = kept.library.page("ask")
    assert asked is not None
    qtbot.waitUntil(lambda: asked.findChild(CitationCard) is not None, timeout=WAIT_MS)
    card = asked.findChild(CitationCard)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    viewer = kept.findChild(Viewer)
    assert viewer is not None and viewer.isVisible() and viewer.size() == kept.size()
    qtbot.waitUntil(lambda: "coffee tin" in viewer.stage.passage.toPlainText(), timeout=WAIT_MS)
    # There is nothing to step to; the results of a search before are no neighbours.
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.stage.hit is not None and viewer.stage.hit.path.name == "cabin.md"
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert kept.pages.currentWidget() is asked
    assert kept.focusWidget() is card


def test_a_change_of_view_uncovers_it(kept: MainWindow, qtbot: QtBot) -> None:
    assert kept.library
    _find(kept, qtbot, "woodpile", "cabin.md")
    results = _results(kept)
    results.setCurrentIndex(results.model().index(0, 0))
    qtbot.keyClick(results, Qt.Key.Key_Space)
    viewer = kept.findChild(Viewer)
    assert viewer is not None and viewer.isVisible()
    qtbot.keyClick(kept, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert not viewer.isVisible()
    assert kept.pages.currentWidget() is kept.library.page("ask")


def test_when_a_chip_is_gone_the_keys_are_in_the_box(kept: MainWindow, qtbot: QtBot) -> None:
    """Not at some button at the side, which comes next."""
    assert kept.library
    with qtbot.waitActive(kept):
        kept.activateWindow()
    kept.library.wiring.search_wanted.emit(SearchRequest("woodpile type:note before:2031"))
    qtbot.waitUntil(lambda: len(kept.findChildren(QPushButton, "filterChip")) == 2, timeout=WAIT_MS)
    chip = kept.findChild(QPushButton, "filterChip")
    assert chip is not None
    qtbot.waitUntil(chip.isVisible)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not isValid(chip), timeout=WAIT_MS)
    assert _box(kept).text() == "woodpile before:2031"
    assert QApplication.focusWidget() is _box(kept)


def test_what_is_not_there_is_said(kept: MainWindow, qtbot: QtBot) -> None:
    _box(kept).setText("type:video")
    empty = kept.findChild(QWidget, "empty")
    assert empty is not None
    qtbot.waitUntil(lambda: "Nothing was found" in _said(empty), timeout=WAIT_MS)


def test_new_files_are_found_while_the_window_is_open(
    kept: MainWindow, files: Path, qtbot: QtBot
) -> None:
    _box(kept).setText("anchor rope")
    (files / "boat.txt").write_text("The boat needs a new anchor rope.", encoding="utf-8")
    qtbot.waitUntil(lambda: _first(kept).startswith("boat.txt"), timeout=WAIT_MS)


def test_a_file_that_is_there_twice_is_two_files_everywhere(
    kept: MainWindow, files: Path, qtbot: QtBot, until_kept: Callable[[MainWindow, int], None]
) -> None:
    (files / "copy.md").write_bytes((files / "cabin.md").read_bytes())
    until_kept(kept, 3)
    assert kept.library
    kept.library.show_page("sources")
    page = kept.library.page("sources")
    assert page is not None
    qtbot.waitUntil(lambda: "Notes: 3" in _said(page), timeout=WAIT_MS)


def test_text_from_files_is_shown_as_it_is(kept: MainWindow, files: Path, qtbot: QtBot) -> None:
    """Markup in a note is data: it must not be drawn as markup."""
    (files / "markup.txt").write_text(
        "The <img src='http://example.org/x.png'> lighthouse keeper.", encoding="utf-8"
    )
    _find(kept, qtbot, "lighthouse keeper", "markup.txt")
    results = _results(kept)
    results.setCurrentIndex(results.model().index(0, 0))
    preview = kept.findChild(QWidget, "preview")
    assert preview is not None
    qtbot.waitUntil(
        lambda: any("<img" in text.toPlainText() for text in preview.findChildren(QTextBrowser)),
        timeout=WAIT_MS,
    )


# --- the window as a whole


class _Windows(QObject):
    """Notes every window that is ever shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            name = f"{type(watched).__name__} {watched.objectName()}"
            if watched.isWindow() and name not in self.shown:
                self.shown.append(name)
        return False


def test_no_other_window_flashes_up(
    open_window: Callable[[], MainWindow], qapp: QApplication, qtbot: QtBot
) -> None:
    windows = _Windows()
    qapp.installEventFilter(windows)
    window = open_window()
    assert window.library
    for name in window.sidebar.names():
        window.library.show_page(name)
        qtbot.wait(100)
    qapp.removeEventFilter(windows)
    assert windows.shown == ["MainWindow "]


def test_keys_change_the_view(kept: MainWindow, qtbot: QtBot) -> None:
    assert kept.library
    for number, name in enumerate(kept.sidebar.names()):
        key = Qt.Key(Qt.Key.Key_1.value + number)
        qtbot.keyClick(kept, key, Qt.KeyboardModifier.ControlModifier)
        assert kept.pages.currentWidget() is kept.library.page(name), name
    qtbot.keyClick(kept, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert kept.pages.currentWidget() is kept.library.page("find")
    assert kept.focusWidget() is _box(kept)


def test_enter_presses_the_button_that_has_the_keys(kept: MainWindow, qtbot: QtBot) -> None:
    assert kept.library
    with qtbot.waitActive(kept):
        kept.activateWindow()
    button = kept.findChild(QPushButton, "view-sources")
    assert button is not None
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert kept.pages.currentWidget() is kept.library.page("sources")


_FOR_FINGERS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QTextBrowser,
)


def _own(widget: QWidget) -> bool:
    """Parts that Qt makes for itself, such as the button that empties a field, have its names."""
    parent = widget.parentWidget()
    return not isinstance(parent, QLineEdit | QComboBox | QAbstractSpinBox) and not (
        widget.objectName().startswith("qt_") or "QTabBar" in type(parent).__name__
    )


def test_everything_is_named_and_can_be_reached_by_tab(kept: MainWindow, qtbot: QtBot) -> None:
    assert kept.library
    qtbot.waitUntil(lambda: _results(kept).model().rowCount() == 2, timeout=WAIT_MS)
    for name in kept.sidebar.names():
        kept.library.show_page(name)
        qtbot.wait(300)
        for widget in kept.findChildren(QWidget):
            if not (isinstance(widget, _FOR_FINGERS) and widget.isVisible() and _own(widget)):
                continue
            told = f"{name}: {type(widget).__name__} {widget.objectName()}"
            words = widget.accessibleName() or (
                widget.text() if isinstance(widget, QAbstractButton) else ""
            )
            assert words, f"no accessible name: {told}"
            assert widget.objectName(), f"no object name: {told} {words}"
            if widget.isEnabled():
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus or _by_arrows(widget), told


def _by_arrows(widget: QWidget) -> bool:
    """Buttons of a group share one stop for Tab."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None


def test_models_and_settings_can_be_opened(kept: MainWindow, qtbot: QtBot) -> None:
    button = kept.findChild(QPushButton, "openSettings")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.objectName() == "settings"
    dialog.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_paints_in_both_schemes(
    kept: MainWindow, qtbot: QtBot, scheme: str, request: pytest.FixtureRequest
) -> None:
    from desktop_mmrag.gui.look.style import tokens

    request.getfixturevalue("style").choose(scheme)
    assert kept.library
    for name in kept.sidebar.names():
        kept.library.show_page(name)
        qtbot.wait(100)
        image = kept.grab().toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 8)
            for y in range(0, image.height(), 8)
        }
        assert tokens().window in colours, name
        assert len(colours) > 3, f"{name} is empty"
