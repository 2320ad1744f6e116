"""What can be done with hits: copying, programs to open them with, leaving them out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.find.open_with import Program, read_entry
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.wiring import Wiring

WAIT_MS = 60_000


def _row_of(page: SearchPage, name: str) -> int:
    hits = page.gallery.hits
    return next(row for row in range(hits.rowCount()) if hits.hit(row).path.name == name)


def _choose(page: SearchPage, *names: str) -> None:
    page.gallery.clearSelection()
    for name in names:
        index = page.gallery.hits.index(_row_of(page, name))
        page.gallery.selectionModel().select(
            index, page.gallery.selectionModel().SelectionFlag.Select
        )


def test_the_menu_offers_what_can_be_done(page: SearchPage) -> None:
    _choose(page, "red-bicycle.jpg")
    menu = page.acts.menu(page.gallery.chosen())
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "Open",
        "Open with",
        "Show in folder",
        "Copy file",
        "Copy picture",
        "Copy path",
        "Find similar",
        "Leave out of the library …",
    ]


def test_chosen_files_are_copied_in_the_order_they_are_shown(page: SearchPage, files: Path) -> None:
    _choose(page, "cabin.md", "boiler.md")
    shown = sorted(("cabin.md", "boiler.md"), key=lambda name: _row_of(page, name))
    page.acts.copy_files(page.gallery.chosen())
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [Path(url.toLocalFile()) for url in urls] == [files / "notes" / name for name in shown]


def test_a_drag_carries_the_files(page: SearchPage, files: Path) -> None:
    index = page.gallery.hits.index(_row_of(page, "boiler.md"))
    mime = page.gallery.hits.mimeData([index])
    assert [Path(url.toLocalFile()) for url in mime.urls()] == [files / "notes" / "boiler.md"]


def test_the_picture_itself_is_copied(page: SearchPage, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    page.acts.copy_picture(page.gallery.hits.hit(_row_of(page, "red-bicycle.jpg")))
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull(), timeout=WAIT_MS)


def test_what_is_left_out_is_found_no_more_and_stays_on_the_disk(
    page: SearchPage, wiring: Wiring, files: Path, qtbot: QtBot
) -> None:
    _choose(page, "gift-ideas.txt")
    QTimer.singleShot(0, lambda: _answer("Leave out"))
    page.acts.exclude(page.gallery.chosen())
    qtbot.waitUntil(
        lambda: all(
            page.gallery.hits.hit(row).path.name != "gift-ideas.txt"
            for row in range(page.gallery.hits.rowCount())
        ),
        timeout=WAIT_MS,
    )
    assert (files / "notes" / "gift-ideas.txt").exists()
    assert "/notes/gift-ideas.txt" in wiring.application.settings.exclude


def test_nothing_is_left_out_when_the_person_thinks_again(page: SearchPage, wiring: Wiring) -> None:
    _choose(page, "gift-ideas.txt")
    QTimer.singleShot(0, lambda: _answer("Cancel"))
    page.acts.exclude(page.gallery.chosen())
    assert wiring.application.settings.exclude == ()


def _answer(words: str) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    button = next(b for b in box.buttons() if b.text().replace("&", "") == words)
    button.click()


def test_programs_are_read_from_desktop_entries(tmp_path: Path) -> None:
    entry = tmp_path / "viewer.desktop"
    entry.write_text(
        "[Desktop Entry]\nName=Viewer\nExec=viewer --new-window %U\nType=Application\n",
        encoding="utf-8",
    )
    assert read_entry(entry) == Program("Viewer", ("viewer", "--new-window"))


@pytest.mark.parametrize("line", ["NoDisplay=true", "Terminal=true", "Hidden=true"])
def test_programs_that_hide_are_not_offered(tmp_path: Path, line: str) -> None:
    entry = tmp_path / "viewer.desktop"
    entry.write_text(f"[Desktop Entry]\nName=V\nExec=viewer %f\n{line}\n", encoding="utf-8")
    assert read_entry(entry) is None


def test_a_broken_entry_is_passed_over(tmp_path: Path) -> None:
    entry = tmp_path / "viewer.desktop"
    entry.write_text('[Desktop Entry]\nExec="viewer\n', encoding="utf-8")
    assert read_entry(entry) is None
    assert read_entry(tmp_path / "missing.desktop") is None
