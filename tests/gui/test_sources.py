"""The Sources page: folders with their counts, forgetting one, pausing one, skipped files tried again, what is left out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Failure
from desktop_mmrag.gui.sources.failure_list import FailureList, by_reason
from desktop_mmrag.gui.sources.folder_card import FolderCard
from desktop_mmrag.gui.sources.sources import SourcesPage
from desktop_mmrag.gui.wiring import Wiring

WAIT_MS = 20_000


@pytest.fixture
def failing(application: Application, files: Path) -> Application:
    """Two notes are kept; a picture is too large for the settings, another is empty."""
    application.apply(application.settings.replace(largest_file_mb=1, read_text_in_pictures=False))
    Image.effect_noise((800, 800), 90).convert("RGB").save(files / "large <b>.bmp")
    (files / "empty.png").touch()
    application.add_folder(files)
    for _ in application.index():
        pass
    return application


@pytest.fixture
def page(wiring: Wiring, qtbot: QtBot) -> SourcesPage:
    page = SourcesPage(wiring)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


def card(page: SourcesPage, qtbot: QtBot) -> FolderCard:
    qtbot.waitUntil(lambda: len(page.findChildren(FolderCard)) == 1, timeout=WAIT_MS)
    return page.findChildren(FolderCard)[0]


def counts(page: SourcesPage, qtbot: QtBot) -> str:
    return card(page, qtbot).findChild(QLabel, "folderCounts").text()


def state(page: SourcesPage, qtbot: QtBot) -> str:
    return card(page, qtbot).findChild(QLabel, "folderState").text()


def reasons(page: SourcesPage, qtbot: QtBot) -> FailureList:
    """The list of skipped files once it has been read."""
    page.show_failures()
    model = page.findChild(QTreeView, "failures").model()
    qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=WAIT_MS)
    assert isinstance(model, FailureList)
    return model


def choose(page: SourcesPage, row: int, of_reason: int | None = None) -> None:
    tree = page.findChild(QTreeView, "failures")
    parent = tree.rootIndex() if of_reason is None else tree.model().index(of_reason, 0)
    tree.setCurrentIndex(tree.model().index(row, 0, parent))


def press(page: QWidget, name: str) -> None:
    page.findChild(QPushButton, name).click()


def test_without_folders_it_says_what_to_do(page: SourcesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.findChild(QLabel, "noFolders").isVisible, timeout=WAIT_MS)


def test_a_folder_shows_what_it_holds(
    kept_application: Application, page: SourcesPage, qtbot: QtBot
) -> None:
    assert counts(page, qtbot) == "Notes: 2"
    assert state(page, qtbot) == "Watching"
    assert "files, Watching, Notes: 2" in card(page, qtbot).accessibleName()


def test_side_cars_are_counted_with_their_pictures(
    application: Application, files: Path, wiring: Wiring, qtbot: QtBot
) -> None:
    Image.new("RGB", (64, 48), "navy").save(files / "sky.jpg")
    (files / "sky.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>',
        encoding="utf-8",
    )
    application.add_folder(files)
    for _ in application.index():
        pass
    page = SourcesPage(wiring)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: counts(page, qtbot) == "Photos: 1 · Notes: 2", timeout=WAIT_MS)


def test_files_that_wait_are_counted_until_they_are_kept(
    application: Application, files: Path, page: SourcesPage, wiring: Wiring, qtbot: QtBot
) -> None:
    wiring.add_folders([files])
    qtbot.waitUntil(lambda: bool(page.findChildren(FolderCard)), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: counts(page, qtbot) == "Notes: 2", timeout=WAIT_MS)
    assert state(page, qtbot) == "Watching"


def test_a_folder_is_forgotten_after_a_question(
    kept_application: Application, page: SourcesPage, files: Path, wiring: Wiring, qtbot: QtBot
) -> None:
    card(page, qtbot).findChild(QToolButton, "removeFolder").click()
    box = page.findChild(QMessageBox, "forgetFolder")
    assert "2 files" in box.informativeText() and "stay where they are" in box.informativeText()
    # Both texts are shown letter by letter.
    assert box.textFormat() is Qt.TextFormat.PlainText and "<" not in box.informativeText()
    with qtbot.waitSignal(wiring.message, timeout=WAIT_MS):
        box.findChild(QPushButton, "confirmForget").click()
    qtbot.waitUntil(lambda: not page.findChildren(FolderCard, "folder1"), timeout=WAIT_MS)
    assert kept_application.status().folders == ()
    assert sorted(path.name for path in files.iterdir()) == ["cabin.md", "garden.txt"]


def test_a_folder_of_one_file_is_spoken_of_as_such(
    application: Application, files: Path, page: SourcesPage, wiring: Wiring, qtbot: QtBot
) -> None:
    (files / "garden.txt").unlink()
    wiring.add_folders([files])
    qtbot.waitUntil(lambda: bool(page.findChildren(FolderCard)), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: counts(page, qtbot) == "Notes: 1", timeout=WAIT_MS)
    card(page, qtbot).findChild(QToolButton, "removeFolder").click()
    box = page.findChild(QMessageBox, "forgetFolder")
    assert "the one file in" in box.informativeText()
    box.reject()


def test_a_folder_is_forgotten_while_it_is_being_watched(
    application: Application, files: Path, page: SourcesPage, wiring: Wiring, qtbot: QtBot
) -> None:
    wiring.add_folders([files])
    with qtbot.waitSignal(wiring.message, timeout=WAIT_MS) as said:
        page._remove(card(page, qtbot).now.folder)
    assert "forgotten" in said.args[0]
    assert application.library.catalog.folders() == []


def test_whoever_does_not_confirm_forgets_nothing(
    kept_application: Application, page: SourcesPage, qtbot: QtBot
) -> None:
    card(page, qtbot).findChild(QToolButton, "removeFolder").click()
    box = page.findChild(QMessageBox, "forgetFolder")
    box.button(QMessageBox.StandardButton.Cancel).click()
    qtbot.wait(100)
    assert len(kept_application.status().folders) == 1


def test_one_folder_is_paused_and_goes_on(
    kept_application: Application, page: SourcesPage, qtbot: QtBot
) -> None:
    pause = card(page, qtbot).findChild(QToolButton, "pauseFolder")
    pause.click()
    qtbot.waitUntil(lambda: state(page, qtbot) == "Paused", timeout=WAIT_MS)
    assert kept_application.library.catalog.folders()[0].paused
    assert pause.accessibleName().startswith("Go on")
    pause.click()
    qtbot.waitUntil(lambda: state(page, qtbot) == "Watching", timeout=WAIT_MS)


def test_a_folder_that_cannot_be_reached_is_offline(
    kept_application: Application, page: SourcesPage, qtbot: QtBot
) -> None:
    catalog = kept_application.library.catalog
    catalog.set_online(catalog.folders()[0], False)
    page.refresh()
    qtbot.waitUntil(lambda: state(page, qtbot) == "Offline", timeout=WAIT_MS)
    assert "still found" in counts(page, qtbot)


def test_names_are_never_markup(failing: Application, page: SourcesPage, qtbot: QtBot) -> None:
    """A file or folder may be called <b> or worse."""
    model = reasons(page, qtbot)
    index = model.index(0, 0, model.index(1, 0))
    assert index.data() == "large <b>.bmp"
    assert "large &lt;b&gt;.bmp" in index.data(Qt.ItemDataRole.ToolTipRole)
    choose(page, 0, of_reason=1)
    message = page.findChild(QLabel, "failureMessage")
    assert message.textFormat() == Qt.TextFormat.PlainText


def test_skipped_files_are_grouped_by_reason_and_explained(
    failing: Application, page: SourcesPage, qtbot: QtBot
) -> None:
    model = reasons(page, qtbot)
    titles = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert titles == ["The file is empty (1)", "The file is larger than the limit (1)"]
    choose(page, 0, of_reason=1)
    assert page.findChild(QLabel, "failureTitle").text() == "The file is larger than the limit"
    assert "large <b>.bmp" in page.findChild(QLabel, "failureMessage").text()
    assert "Raise the limit" in page.findChild(QLabel, "failureHint").text()
    assert page.findChild(QTabBar, "sourceTabs").tabText(1) == "Skipped files (2)"


def test_files_of_one_reason_stand_together_whatever_helps_them() -> None:
    def failure(name: str, hint: str, title: str = "The file is damaged") -> Failure:
        return Failure(Path(name), title, f"{name} is damaged.", hint, datetime(2026, 11, 20))

    found = by_reason(
        [
            failure("b.heic", "Restore it."),
            failure("c.txt", "Remove it.", "The file is empty"),
            failure("a.jpg", "Give it the ending of what it is."),
        ]
    )
    assert [(reason.title, [file.path.name for file in reason.files]) for reason in found] == [
        ("The file is damaged", ["a.jpg", "b.heic"]),
        ("The file is empty", ["c.txt"]),
    ]


def test_one_file_is_tried_again(
    failing: Application, page: SourcesPage, wiring: Wiring, qtbot: QtBot
) -> None:
    model = reasons(page, qtbot)
    failing.apply(failing.settings.replace(largest_file_mb=100))
    choose(page, 0, of_reason=1)
    with qtbot.waitSignal(wiring.message) as said:
        press(page, "tryAgain")
    assert said.args == ["1 file is tried again."]

    def kept() -> bool:
        return [failure.path.name for failure in failing.library.catalog.failures()] == [
            "empty.png"
        ] and failing.library.catalog.waiting_count() == 0

    qtbot.waitUntil(kept, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Photos: 1" in counts(page, qtbot), timeout=WAIT_MS)


def test_a_reason_chosen_tries_all_its_files(
    failing: Application, page: SourcesPage, wiring: Wiring, files: Path, qtbot: QtBot
) -> None:
    reasons(page, qtbot)
    choose(page, 0)
    with qtbot.waitSignal(wiring.message) as said:
        press(page, "tryAgain")
    assert said.args == ["1 file is tried again."]


def test_all_are_tried_again(
    failing: Application, page: SourcesPage, wiring: Wiring, qtbot: QtBot
) -> None:
    reasons(page, qtbot)
    with qtbot.waitSignal(wiring.message) as said:
        press(page, "tryAllAgain")
    assert said.args == ["2 files are tried again."]


def test_the_details_can_be_copied(failing: Application, page: SourcesPage, qtbot: QtBot) -> None:
    reasons(page, qtbot)
    choose(page, 0, of_reason=1)
    press(page, "copyFailure")
    copied = QGuiApplication.clipboard().text()
    assert "large <b>.bmp" in copied and "Raise the limit" in copied and "Desktop MMRAG" in copied


def test_the_status_line_leads_to_the_skipped_files(
    failing: Application, page: SourcesPage, wiring: Wiring, qtbot: QtBot
) -> None:
    wiring.failures_wanted.emit()
    assert page.findChild(QTabBar, "sourceTabs").currentIndex() == 1


def test_patterns_take_files_out_of_the_library(
    kept_application: Application, page: SourcesPage, wiring: Wiring, qtbot: QtBot
) -> None:
    page.findChild(QTabBar, "sourceTabs").setCurrentIndex(2)
    apply = page.findChild(QPushButton, "applyLeftOut")
    assert not apply.isEnabled()
    page.findChild(QPlainTextEdit, "exclude").setPlainText("garden*")
    with qtbot.waitSignal(wiring.settings_changed, timeout=WAIT_MS):
        apply.click()
    assert kept_application.settings.exclude == ("garden*",)
    assert not apply.isEnabled()
    page.findChild(QTabBar, "sourceTabs").setCurrentIndex(0)
    qtbot.waitUntil(lambda: counts(page, qtbot) == "Notes: 1", timeout=WAIT_MS)


def test_everything_can_be_reached_and_named(
    failing: Application, page: SourcesPage, qtbot: QtBot
) -> None:
    reasons(page, qtbot)
    for kind in (QPushButton, QToolButton):
        for widget in page.findChildren(kind):
            assert widget.objectName() and (widget.accessibleName() or widget.text()), widget
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()
