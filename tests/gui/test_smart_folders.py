"""Saved searches in a real window: the star saves, the sidebar lists them and says what is new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.find import history
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.find.smart_folder_list import SmartFolderList
from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.library import saved_list

WAIT_MS = 30_000


def saved_buttons(window: MainWindow) -> list[str]:
    folders = window.findChild(SmartFolderList)
    assert folders is not None
    return [b.accessibleName() for b in folders.findChildren(QPushButton) if not b.isHidden()]


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person types a name and agrees."""
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Keys", True))


def test_a_search_is_saved_and_says_what_is_new(
    kept: MainWindow,
    files: Path,
    qtbot: QtBot,
    named: None,
    until_kept: Callable[[MainWindow, int], None],
) -> None:
    assert kept.library is not None
    page = kept.library.page("find")
    assert isinstance(page, SearchPage)
    page.box.setText("spare key")
    page.box.searched.emit("spare key")
    star = page.findChild(QPushButton, "saveSearch")
    assert star is not None
    star.click()
    qtbot.waitUntil(lambda: saved_buttons(kept) == ["Keys"], timeout=WAIT_MS)
    told: list[str] = []
    kept.library.wiring.message.connect(told.append)
    (files / "shed.md").write_text("The spare key of the shed hangs in the kitchen.")
    until_kept(kept, 3)
    qtbot.waitUntil(lambda: saved_buttons(kept) == ["Keys, 1 new"], timeout=WAIT_MS)
    assert "1 new in “Keys”" in told
    page.show_everything()
    folders = kept.findChild(SmartFolderList)
    assert folders is not None
    (badge,) = [b for b in folders.findChildren(QLabel) if b.objectName().startswith("new-")]
    assert badge.text() == "1"
    folders.findChildren(QPushButton)[-1].click()
    qtbot.waitUntil(lambda: page.box.text() == "spare key", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: saved_buttons(kept) == ["Keys"], timeout=WAIT_MS)


def test_a_saved_search_is_renamed_and_removed(kept: MainWindow, qtbot: QtBot) -> None:
    assert kept.library is not None
    application = kept.library.application
    search = application.smart_folders.add("Tomatoes", "tomatoes")
    folders = kept.findChild(SmartFolderList)
    assert folders is not None
    folders.refresh()
    qtbot.waitUntil(lambda: saved_buttons(kept) == ["Tomatoes"], timeout=WAIT_MS)
    folders.rename(search, "Vegetables")
    qtbot.waitUntil(lambda: saved_buttons(kept) == ["Vegetables"], timeout=WAIT_MS)
    kept.sidebar.set_narrow(True)
    assert folders.isHidden()
    kept.sidebar.set_narrow(False)
    assert not folders.isHidden()
    folders.remove(search)
    qtbot.waitUntil(folders.isHidden, timeout=WAIT_MS)


def test_nothing_is_saved_of_the_whole_library(kept: MainWindow, qtbot: QtBot) -> None:
    assert kept.library is not None
    page = kept.library.page("find")
    assert isinstance(page, SearchPage)
    star = page.findChild(QPushButton, "saveSearch")
    assert star is not None
    with qtbot.waitSignal(kept.library.wiring.message) as told:
        star.click()
    assert "first" in told.args[0]


def test_saved_searches_and_recent_ones_do_not_cost_each_other(
    kept: MainWindow, qtbot: QtBot
) -> None:
    assert kept.library is not None
    application = kept.library.application
    application.smart_folders.add("Tomatoes", "tomatoes")
    page = kept.library.page("find")
    assert isinstance(page, SearchPage)
    page.box.setText("woodpile")
    qtbot.keyClick(page.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: history.read(application.folder) == ["woodpile"], timeout=WAIT_MS)
    assert [search.name for search in saved_list.read(application.folder)] == ["Tomatoes"]


def test_tab_goes_down_the_sidebar_and_stays_while_files_are_kept(
    kept: MainWindow, qtbot: QtBot, named: None
) -> None:
    assert kept.library is not None
    with qtbot.waitActive(kept):
        kept.activateWindow()
    page = kept.library.page("find")
    assert isinstance(page, SearchPage)
    page.box.searched.emit("spare key")
    page.findChild(QPushButton, "saveSearch").click()
    qtbot.waitUntil(lambda: saved_buttons(kept) == ["Keys"], timeout=WAIT_MS)
    # The arrows go from view to view; Tab goes on from the one that is in front.
    kept.findChild(QPushButton, "view-find").setFocus()
    names = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    assert names[0].startswith("saved-")
    assert names[1:] == ["openSettings", "foldSidebar"]
    saved = kept.findChild(SmartFolderList).findChildren(QPushButton)[-1]
    saved.setFocus()
    kept.library.wiring.saved_changed.emit()
    qtbot.wait(1000)
    assert QApplication.focusWidget() is saved
