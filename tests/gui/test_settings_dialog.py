"""The settings dialog: found by a word, checked where they are typed, saved, in use at once."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.errors import DiskFull
from desktop_mmrag.gui.settings.settings_dialog import SettingRow, SettingsDialog
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.settings import FILE_NAME, Settings

WAIT_MS = 30_000


@pytest.fixture
def dialog(wiring: Wiring, qtbot: QtBot) -> Iterator[SettingsDialog]:
    dialog = SettingsDialog(wiring)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog


def line(dialog: SettingsDialog, name: str) -> QLineEdit:
    return dialog.findChild(QLineEdit, name)


def save(dialog: SettingsDialog, wiring: Wiring, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wiring.settings_changed, timeout=WAIT_MS):
        dialog.findChild(QPushButton, "saveSettings").click()


def shown(dialog: SettingsDialog) -> list[str]:
    rows = dialog.findChildren(SettingRow)
    return [row.editor.field.objectName() for row in rows if row.isVisible()]


def test_every_setting_has_a_named_field_with_its_help(dialog: SettingsDialog) -> None:
    for item in dataclasses.fields(Settings):
        field = dialog.findChild(QWidget, item.name)
        assert field.accessibleName() == item.metadata["title"]
        assert field.accessibleDescription() == item.metadata["help"]
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_setting_stands_in_a_section() -> None:
    assert dataclasses.fields(Settings)[0].metadata.get("section")


def test_a_word_finds_settings(dialog: SettingsDialog, qtbot: QtBot) -> None:
    search = dialog.findChild(QLineEdit, "settingsSearch")
    qtbot.keyClicks(search, "megapixels")
    assert shown(dialog) == ["largest_picture_megapixels"]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    search.setText("no such word")
    assert shown(dialog) == [] and dialog.findChild(QLabel, "noSetting").isVisible()
    search.clear()
    assert len(shown(dialog)) == len(dataclasses.fields(Settings))


def test_what_is_saved_is_in_use_and_on_disk(
    dialog: SettingsDialog, application: Application, wiring: Wiring, qtbot: QtBot
) -> None:
    line(dialog, "hits").setText("33")
    dialog.findChild(QPlainTextEdit, "exclude").setPlainText("*.tmp\n\n  drafts  \n")
    dialog.findChild(QCheckBox, "hidden_files").click()
    before = application.finder
    save(dialog, wiring, qtbot)
    assert application.settings.hits == 33
    assert application.settings.exclude == ("*.tmp", "drafts")
    assert application.finder is not before
    stored = json.loads((application.folder / FILE_NAME).read_text())
    assert stored == {"hits": 33, "exclude": ["*.tmp", "drafts"], "hidden_files": True}
    assert not dialog.isVisible()


def test_what_concerns_the_window_alone_interrupts_nothing(
    dialog: SettingsDialog, application: Application, wiring: Wiring, qtbot: QtBot
) -> None:
    before = application.extractors
    dialog.findChild(QCheckBox, "keep_when_closed").click()
    save(dialog, wiring, qtbot)
    assert application.settings.keep_when_closed
    assert application.extractors is before


def test_there_is_nothing_to_save_before_something_changed(dialog: SettingsDialog) -> None:
    button = dialog.findChild(QPushButton, "saveSettings")
    assert not button.isEnabled()
    line(dialog, "hits").setText("33")
    assert button.isEnabled()
    line(dialog, "hits").setText("20")
    assert not button.isEnabled()


@pytest.mark.parametrize(
    ("typed", "reason"), [("0", "at least 1"), ("5000", "at most 1000"), ("many", "whole number")]
)
def test_what_cannot_be_is_said_beside_the_field(
    dialog: SettingsDialog, typed: str, reason: str
) -> None:
    line(dialog, "hits").setText(typed)
    assert reason in dialog.findChild(QLabel, "hitsProblem").text()
    assert dialog.findChild(QLabel, "hitsProblem").isVisible()
    assert not dialog.findChild(QPushButton, "saveSettings").isEnabled()
    dialog.findChild(QToolButton, "hitsDefault").click()
    assert line(dialog, "hits").text() == "20"
    assert not dialog.findChild(QLabel, "hitsProblem").isVisible()


def test_all_defaults_come_back_together(dialog: SettingsDialog) -> None:
    line(dialog, "hits").setText("33")
    line(dialog, "poll_seconds").setText("2,5")
    dialog.findChild(QPushButton, "restoreAll").click()
    assert (line(dialog, "hits").text(), line(dialog, "poll_seconds").text()) == ("20", "0")


def test_installed_models_are_offered_by_title(
    application: Application, wiring: Wiring, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(wiring)
    qtbot.addWidget(dialog)
    box = dialog.findChild(QComboBox, "text_model")
    qtbot.waitUntil(lambda: box.findText("all-MiniLM-L6-v2") > 0, timeout=WAIT_MS)
    assert box.itemText(0) == "The best one installed"
    box.setCurrentText("all-MiniLM-L6-v2")
    save(dialog, wiring, qtbot)
    assert application.settings.text_model == "all-minilm-l6-v2"
    assert application.models.chosen("text").id == "all-minilm-l6-v2"


def test_a_model_that_is_gone_is_still_named(
    application: Application, wiring: Wiring, qtbot: QtBot
) -> None:
    application.apply(application.settings.replace(vision_model="removed-one"))
    dialog = SettingsDialog(wiring)
    qtbot.addWidget(dialog)
    qtbot.wait(200)
    assert dialog.findChild(QComboBox, "vision_model").currentText() == "removed-one"


def test_a_choice_made_elsewhere_meanwhile_is_kept(
    dialog: SettingsDialog, application: Application, wiring: Wiring, qtbot: QtBot
) -> None:
    line(dialog, "hits").setText("33")
    application.apply(application.settings.replace(largest_file_mb=9))
    save(dialog, wiring, qtbot)
    assert (application.settings.hits, application.settings.largest_file_mb) == (33, 9)


def test_a_disk_that_is_full_is_told_in_the_dialog(
    dialog: SettingsDialog,
    application: Application,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(settings: Settings) -> None:
        raise DiskFull("No space is left.")

    monkeypatch.setattr(application, "apply", full)
    line(dialog, "hits").setText("33")
    dialog.findChild(QPushButton, "saveSettings").click()
    words = dialog.findChild(QLabel, "bannerWords")
    qtbot.waitUntil(lambda: "No space is left" in words.text(), timeout=WAIT_MS)
    assert dialog.isVisible() and dialog.isEnabled()
