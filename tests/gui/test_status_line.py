"""The line at the bottom says when changes are seen late."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_mmrag.domain import Progress
from desktop_mmrag.gui.window.keeping import _without_repeats
from desktop_mmrag.gui.window.status_line import StatusLine

LATE = "The system does not report changes in /things (inotify watch limit reached); it is looked at every 60 seconds instead."
IDLE = Progress("idle", 0, 0)


def test_folders_that_are_looked_at_now_and_then_are_told(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    words = line.findChild(QLabel, "progress")
    assert words is not None
    line.show_progress(IDLE)
    assert "late" not in words.text() and words.toolTip() == ""
    line.show_progress(Progress("idle", 0, 0, remarks=(LATE,)))
    assert "some changes are seen late" in words.text() and words.toolTip() == LATE


def test_idle_is_told_again_when_there_is_something_to_say() -> None:
    late = Progress("idle", 0, 0, remarks=(LATE,))
    assert list(_without_repeats([IDLE, IDLE, late, late, IDLE])) == [IDLE, late, IDLE]
