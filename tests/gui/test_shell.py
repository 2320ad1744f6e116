"""The frame of the window: first run, drops, pause, failures, closing and coming back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Progress
from desktop_mmrag.errors import LibraryDamaged
from desktop_mmrag.gui.look.style import Style, is_dark
from desktop_mmrag.gui.window import intake
from desktop_mmrag.gui.window.drop import DropOverlay
from desktop_mmrag.gui.window.failure_dialog import FailureDialog
from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.gui.window.shortcuts import ShortcutsPage
from desktop_mmrag.gui.window.status_line import StatusLine
from desktop_mmrag.library import place

WAIT_MS = 60_000
UntilKept = Callable[[MainWindow, int], None]


def _button(window: QWidget, name: str) -> QPushButton:
    button = window.findChild(QPushButton, name)
    assert button is not None, name
    return button


def _text(window: QWidget, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None, name
    return label.text()


def _dragged(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def _drag_over(window: MainWindow, data: QMimeData) -> DropOverlay:
    window.dragEnterEvent(
        QDragEnterEvent(
            QPoint(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    overlay = window.findChild(DropOverlay)
    assert overlay is not None
    return overlay


def _drop(window: MainWindow, data: QMimeData) -> None:
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


# --- the first run


def test_the_first_sight_says_what_this_is_and_offers_a_sample(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.library
    assert "nothing leaves it" in _text(window, "whatThisIs")
    _button(window, "trySample").click()
    contents = window.library.application.library.contents
    qtbot.waitUntil(lambda: sum(contents.count_by_medium().values()) == 18, timeout=WAIT_MS)
    shown = window.pages.currentWidget()
    assert shown is not None and shown.findChild(QLabel, "whatThisIs") is None


def test_ticked_suggestions_are_watched(
    open_window: Callable[[], MainWindow],
    files: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    until_kept: UntilKept,
) -> None:
    home = tmp_path / "home"
    vault = home / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "tea.md").write_text("Oolong is steeped for three minutes.", encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    window = open_window()
    begin = _button(window, "begin")
    qtbot.waitUntil(lambda: window.findChild(QCheckBox, "folder-vault") is not None)
    assert not begin.isEnabled(), "nothing is ticked for the person"
    box = window.findChild(QCheckBox, "folder-vault")
    assert box is not None
    box.click()
    begin.click()
    until_kept(window, 1)


def test_a_folder_is_looked_for_from_home_and_then_beside_the_last(
    window: MainWindow, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def choose(parent: QWidget, title: str, begin: str) -> str:
        begun.append(begin)
        return str(files)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    for _ in range(2):
        _button(window, "chooseFolder").click()
    assert begun == [QDir.homePath(), str(files.parent)]
    assert window.focusWidget() is _button(window, "begin")


def test_models_are_offered_with_size_and_licence(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.findChild(QLabel, "offerFacts") is not None)
    facts = _text(window, "offerFacts")
    assert "MB" in facts or "GB" in facts
    assert "Apache-2.0" in facts


# --- dropping


def test_the_overlay_says_that_a_folder_will_be_watched(
    window: MainWindow, files: Path, qtbot: QtBot, until_kept: UntilKept
) -> None:
    overlay = _drag_over(window, _dragged(files))
    qtbot.waitUntil(lambda: "Watch files" in overlay.text())
    assert overlay.isVisible()
    _drop(window, _dragged(files))
    assert not overlay.isVisible()
    until_kept(window, 2)


def test_a_drag_that_leaves_changes_nothing(window: MainWindow, files: Path, qtbot: QtBot) -> None:
    overlay = _drag_over(window, _dragged(files))
    window.dragLeaveEvent(QDragLeaveEvent())
    qtbot.wait(200)
    assert not overlay.isVisible()
    assert window.library
    assert not window.library.application.library.catalog.folders()


def test_a_file_in_a_watched_folder_is_looked_at_again(
    kept: MainWindow, files: Path, qtbot: QtBot, until_kept: UntilKept
) -> None:
    fresh = files / "boat.txt"
    fresh.write_text("The boat needs a new anchor rope.", encoding="utf-8")
    overlay = _drag_over(kept, _dragged(fresh))
    qtbot.waitUntil(lambda: "Watched already" in overlay.text())
    _drop(kept, _dragged(fresh))
    until_kept(kept, 3)


def _asked(window: MainWindow, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "addFiles") is not None)
    box = window.findChild(QMessageBox, "addFiles")
    assert box is not None
    return box


def _choose(box: QMessageBox, words: str) -> None:
    next(button for button in box.buttons() if button.text() == words).click()


def test_a_file_outside_is_added_by_watching_its_folder(
    window: MainWindow, files: Path, qtbot: QtBot, until_kept: UntilKept
) -> None:
    _drop(window, _dragged(files / "cabin.md"))
    _choose(_asked(window, qtbot), "Watch the folder")
    until_kept(window, 2)


def test_a_file_outside_is_added_alone_as_a_copy(
    window: MainWindow,
    files: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    until_kept: UntilKept,
) -> None:
    copies = tmp_path / "Documents" / "Desktop MMRAG"
    monkeypatch.setattr(intake, "folder_for_copies", lambda: copies)
    _drop(window, _dragged(files / "cabin.md"))
    _choose(_asked(window, qtbot), "Copy the files")
    until_kept(window, 1)
    assert (copies / "cabin.md").read_bytes() == (files / "cabin.md").read_bytes()


def test_copies_never_overwrite(files: Path, tmp_path: Path) -> None:
    for _ in range(2):
        intake.copy_into([files / "cabin.md"], tmp_path / "copies")
    assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == [
        "cabin 2.md",
        "cabin.md",
    ]


def test_what_is_refused_says_why(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    program = tmp_path / "tool.exe"
    program.write_bytes(b"MZ" + bytes(500))
    overlay = _drag_over(window, _dragged(program))
    qtbot.waitUntil(lambda: "Not taken: tool.exe is a program" in overlay.text())
    _drop(window, _dragged(program))
    qtbot.waitUntil(lambda: "tool.exe is a program" in _text(window, "bannerWords"))
    assert "tool.exe: tool.exe" not in _text(window, "bannerWords")


def test_what_is_dragged_from_the_internet_is_refused_with_a_reason(
    window: MainWindow, qtbot: QtBot
) -> None:
    link = QMimeData()
    link.setUrls([QUrl("https://example.org/cat.jpg")])
    overlay = _drag_over(window, link)
    qtbot.waitUntil(lambda: "Only files and folders of this computer" in overlay.text())
    _drop(window, link)
    qtbot.waitUntil(lambda: "Only files and folders" in _text(window, "bannerWords"))


def test_a_picture_of_another_program_is_for_the_box(kept: MainWindow, qtbot: QtBot) -> None:
    box = kept.findChild(QLineEdit, "box")
    assert box is not None
    pixels = QMimeData()
    pixels.setImageData(kept.grab().toImage())
    overlay = _drag_over(kept, pixels)
    qtbot.waitUntil(lambda: "can be dropped on the box" in overlay.text())
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    over = QDragEnterEvent(QPoint(5, 5), copy, pixels, left, plain.NoModifier)
    QApplication.sendEvent(box, over)
    assert overlay.text() == "Search for what is like this picture"


def test_a_model_over_the_box_is_installed_and_not_searched_by(
    kept: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    fake = tmp_path / "great.gguf"
    fake.write_bytes(b"GGUF" + bytes(100))
    overlay = _drop_on_box(kept, fake, qtbot, "Install the model great.gguf")
    qtbot.waitUntil(
        lambda: "no model this program knows" in _text(kept, "bannerWords"), timeout=WAIT_MS
    )
    assert not overlay.isVisible()
    assert kept.findChild(QWidget, "exampleChip") is None


def test_a_note_over_the_box_is_a_query_as_the_overlay_says(
    kept: MainWindow, files: Path, qtbot: QtBot
) -> None:
    _drop_on_box(kept, files / "cabin.md", qtbot, "Search for what is like cabin.md")
    qtbot.waitUntil(lambda: kept.findChild(QWidget, "exampleChip") is not None)


def _drop_on_box(window: MainWindow, path: Path, qtbot: QtBot, said: str) -> DropOverlay:
    box = window.findChild(QLineEdit, "box")
    overlay = window.findChild(DropOverlay)
    assert box is not None and overlay is not None
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    data = _dragged(path)
    QApplication.sendEvent(box, QDragEnterEvent(QPoint(5, 5), copy, data, left, plain.NoModifier))
    qtbot.waitUntil(lambda: said in overlay.text())
    QApplication.sendEvent(box, QDropEvent(QPointF(5, 5), copy, data, left, plain.NoModifier))
    return overlay


def test_a_file_that_is_no_model_is_refused_by_the_models_room(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    fake = tmp_path / "great.gguf"
    fake.write_bytes(b"GGUF" + bytes(100))
    overlay = _drag_over(window, _dragged(fake))
    qtbot.waitUntil(lambda: "Install the model great.gguf" in overlay.text())
    _drop(window, _dragged(fake))
    qtbot.waitUntil(
        lambda: "no model this program knows" in _text(window, "bannerWords"), timeout=WAIT_MS
    )


def test_a_picture_over_the_box_is_a_query(kept: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    picture = tmp_path / "like this.png"
    kept.grab().save(str(picture))
    box = kept.findChild(QLineEdit, "box")
    overlay = kept.findChild(DropOverlay)
    assert box is not None and overlay is not None
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    data = _dragged(picture)
    QApplication.sendEvent(box, QDragEnterEvent(QPoint(5, 5), copy, data, left, plain.NoModifier))
    qtbot.waitUntil(lambda: "Search for what is like like this.png" in overlay.text())
    QApplication.sendEvent(box, QDropEvent(QPointF(5, 5), copy, data, left, plain.NoModifier))
    assert not overlay.isVisible()
    qtbot.waitUntil(lambda: kept.findChild(QWidget, "exampleChip") is not None)


# --- keeping


def test_another_program_that_keeps_the_library_is_said(
    open_window: Callable[[], MainWindow],
    library_folder: Path,
    files: Path,
    qtbot: QtBot,
    until_kept: UntilKept,
) -> None:
    with place.updating(library_folder):
        window = open_window()
        window.take([files])
        qtbot.waitUntil(lambda: "Another program" in _text(window, "progress"))
    assert window.library
    window.library.wiring.keeping.start()
    until_kept(window, 2)


def test_work_can_be_paused_and_goes_on(
    kept: MainWindow, files: Path, qtbot: QtBot, until_kept: UntilKept
) -> None:
    pause = _button(kept, "pause")
    pause.click()
    assert pause.text() == "Resume"
    assert "Paused" in _text(kept, "progress")
    (files / "late.txt").write_text("The ferry leaves at seven.", encoding="utf-8")
    qtbot.wait(2500)
    assert "Paused" in _text(kept, "progress")
    pause.click()
    assert pause.text() == "Pause"
    until_kept(kept, 3)


def test_skipped_files_are_counted_and_lead_to_their_reasons(
    window: MainWindow, files: Path, qtbot: QtBot, until_kept: UntilKept
) -> None:
    (files / "torn.jpg").write_bytes(b"\xff\xd8\xff" + bytes(300))
    window.take([files])
    until_kept(window, 2)
    skipped = _button(window, "skipped")
    qtbot.waitUntil(lambda: skipped.text() == "1 skipped")
    assert window.library
    with qtbot.waitSignal(window.library.wiring.failures_wanted):
        skipped.click()


# --- failures


def test_an_unforeseen_failure_is_told_in_one_dialog_without_the_query(
    window: MainWindow, library_folder: Path, qtbot: QtBot
) -> None:
    query = "my secret" + " search"

    def fails() -> list[object]:
        raise ValueError(f"no such column: '{query}'")

    for _ in range(2):
        window.bridge.run(fails, lambda _: None)
    dialog = window.findChild(FailureDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.details().count("ValueError: no such column") == 2)
    assert dialog.isVisible()
    assert query not in dialog.details()
    assert str(library_folder / "log") in _text(dialog, "logPlace")
    _button(dialog, "copyDetails").click()
    assert "ValueError" in QGuiApplication.clipboard().text()
    assert dialog.findChild(QPlainTextEdit) is not None
    dialog.accept()


def test_a_library_that_cannot_be_opened_says_so_and_is_tried_again(
    library_folder: Path, tmp_path: Path, qtbot: QtBot, style: Style
) -> None:
    (library_folder / "settings.json").write_text("{", encoding="utf-8")
    window = MainWindow(library_folder, lambda: Application(library_folder, tmp_path / "models"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: "settings.json cannot be read" in _text(window, "openingWords"))
    (library_folder / "settings.json").unlink()
    with qtbot.waitSignal(window.opened, timeout=WAIT_MS):
        _button(window, "openAgain").click()
    window.quit()


def test_no_button_has_the_keys_while_the_library_is_opened(
    tmp_path: Path, qtbot: QtBot, style: Style
) -> None:
    goes_on = threading.Event()

    def slow() -> Application:
        goes_on.wait(WAIT_MS / 1000)
        raise LibraryDamaged("It is damaged.")

    window = MainWindow(tmp_path, slow)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: _text(window, "openingWords") == "Opening the library …")
    assert not isinstance(window.focusWidget(), QPushButton)
    goes_on.set()
    qtbot.waitUntil(lambda: window.focusWidget() is _button(window, "openAgain"))


def test_why_it_cannot_be_opened_is_never_cut(tmp_path: Path, qtbot: QtBot, style: Style) -> None:
    """Paths of any length; and a name from a file system is no markup."""

    def fail() -> Application:
        where = "/".join(["a rather long name of a folder <b>"] * 9)
        raise LibraryDamaged(f"{where} is damaged; it was moved to {where}.damaged.")

    window = MainWindow(tmp_path, fail)
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    window.show()
    words = window.findChild(QLabel, "openingWords")
    assert words is not None
    qtbot.waitUntil(lambda: "<b>" in words.text())
    assert words.textFormat() == Qt.TextFormat.PlainText
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert words.width() < window.pages.width()


@pytest.mark.parametrize(
    ("per_second", "said"), [(13.71, "13.7 a second"), (1.0, "1.0 a second"), (0.12, "8 s each")]
)
def test_slow_work_is_told_by_how_long_each_takes(
    qtbot: QtBot, style: Style, per_second: float, said: str
) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_progress(Progress("reading", 2, 133, per_second=per_second))
    assert _text(line, "progress").endswith(f"2 / 133 · {said}")


# --- closing and coming back


def test_size_and_sidebar_are_remembered(open_window: Callable[[], MainWindow]) -> None:
    window = open_window()
    window.resize(760, 640)
    _button(window, "foldSidebar").click()
    assert window.sidebar.narrow
    window.close()
    again = open_window()
    assert (again.width(), again.height()) == (760, 640)
    assert again.sidebar.narrow


def test_the_library_goes_on_where_it_stopped(
    open_window: Callable[[], MainWindow], files: Path, until_kept: UntilKept
) -> None:
    window = open_window()
    window.take([files])
    until_kept(window, 2)
    window.close()
    (files / "new.txt").write_text("Bought while the program slept.", encoding="utf-8")
    until_kept(open_window(), 3)


def test_closing_does_not_wait_for_the_work_under_way(window: MainWindow, qtbot: QtBot) -> None:
    """Reading the text in one picture takes seconds; it is read again at the next start."""
    _button(window, "trySample").click()
    qtbot.waitUntil(lambda: "Reading text" in _text(window, "progress"), timeout=WAIT_MS)
    began = time.monotonic()
    window.quit()
    assert time.monotonic() - began < 5


def test_f1_lists_the_shortcuts_and_what_the_box_understands(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    page = QApplication.activeModalWidget()
    assert page is not None
    assert page.objectName() == "shortcuts"
    shown = [label.text() for label in page.findChildren(QLabel)]
    assert "Ctrl+B" in shown and "… OR …" in shown
    page.close()


def test_the_shortcuts_fit_on_the_screen_in_large_text(style: Style, qtbot: QtBot) -> None:
    usual = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(2 * usual.pointSizeF())
    try:
        QApplication.setFont(large)
        page = ShortcutsPage()
        qtbot.addWidget(page)
        page.show()
        assert page.height() < page.screen().availableSize().height()
        close = _button(page, "closeShortcuts")
        assert page.rect().contains(close.geometry())
        bar = page.findChild(QScrollArea).verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
    finally:
        QApplication.setFont(usual)


def test_the_colours_change_at_once_with_the_setting(window: MainWindow, qtbot: QtBot) -> None:
    assert window.library and not is_dark()
    wiring = window.library.wiring
    wiring.apply_settings(wiring.application.settings.replace(appearance="dark"))
    qtbot.waitUntil(is_dark)
