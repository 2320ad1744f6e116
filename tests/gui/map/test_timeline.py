"""Bars of months and years, and a time chosen with mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.look.style import Style
from desktop_mmrag.gui.map.timeline import Timeline, bars_of

JANUARY = 12 * 2020
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def timeline(qtbot: QtBot, style: Style) -> Timeline:
    """Two items in January 2020, one in March, four in December."""
    line = Timeline()
    qtbot.addWidget(line)
    line.resize(600, 88)
    months = [0, 0, 2, 11, 11, 11, 11]
    line.show_months(np.array(months, np.int32) + JANUARY)
    line.show()
    return line


def test_bars_are_as_fine_as_there_is_room() -> None:
    months = np.array([JANUARY, JANUARY + 14], np.int32)
    assert bars_of(months, 15).counts.tolist() == [1, *[0] * 13, 1]
    quarters = bars_of(months, 14)
    assert (quarters.step, quarters.counts.tolist()) == (3, [1, 0, 0, 0, 1])
    assert bars_of(months, 2).step == 12


def test_a_long_time_has_few_bars_and_no_items_have_none() -> None:
    months = np.array([12 * 1850, 12 * 2024], np.int32)
    assert len(bars_of(months, 40).counts) <= 40
    assert len(bars_of(np.empty(0, np.int32), 40).counts) == 0


def test_bars_say_their_time_and_count(timeline: Timeline) -> None:
    assert timeline.words(0) == "January 2020: 2 item(s)"
    assert timeline.words(11) == "December 2020: 4 item(s)"


def test_a_drag_chooses_and_a_click_on_it_lets_go(timeline: Timeline, qtbot: QtBot) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(timeline, left, none, timeline.place_of(JANUARY + 4))
    qtbot.mouseMove(timeline, timeline.place_of(JANUARY + 2))
    qtbot.mouseRelease(timeline, left, none, timeline.place_of(JANUARY + 2))
    assert timeline.range == (JANUARY + 2, JANUARY + 5)
    qtbot.mouseClick(timeline, left, none, timeline.place_of(JANUARY))
    assert timeline.range == (JANUARY, JANUARY + 1)
    qtbot.mouseClick(timeline, left, none, timeline.place_of(JANUARY))
    assert timeline.range is None


def test_keys_walk_widen_and_let_go(timeline: Timeline, qtbot: QtBot) -> None:
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.range == (JANUARY, JANUARY + 1)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.range == (JANUARY + 1, JANUARY + 2)
    for _ in range(3):
        qtbot.keyClick(timeline, Qt.Key.Key_Right, _SHIFT)
    assert timeline.range == (JANUARY + 1, JANUARY + 5)
    qtbot.keyClick(timeline, Qt.Key.Key_Left, _SHIFT)
    assert timeline.range == (JANUARY + 1, JANUARY + 4)
    assert timeline.accessibleDescription().startswith("February 2020 – April 2020")
    qtbot.keyClick(timeline, Qt.Key.Key_Escape)
    assert timeline.range is None


def test_an_empty_timeline_does_no_harm(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.show_months(np.empty(0, np.int32))
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    timeline.grab()
    assert timeline.range is None


def test_a_single_month_is_a_bar_and_no_slab(timeline: Timeline) -> None:
    timeline.show_months(np.array([JANUARY] * 3, np.int32))
    image = timeline.grab().toImage()
    bar = image.pixelColor(timeline.place_of(JANUARY))
    row = timeline.place_of(JANUARY).y()
    painted = sum(image.pixelColor(x, row) == bar for x in range(image.width()))
    assert 10 < painted < 60


def test_a_chosen_time_stays_in_sight_where_nothing_is_of_it(
    timeline: Timeline, qtbot: QtBot
) -> None:
    march_2019 = (JANUARY - 10, JANUARY - 9)
    timeline.choose(march_2019)
    timeline.show_months(np.array([JANUARY, JANUARY + 3], np.int32))
    ground = timeline.grab().toImage().pixelColor(timeline.width() - 2, 20)
    band = timeline.grab().toImage().pixelColor(timeline.place_of(march_2019[0]))
    assert band != ground
    # A click on it lets it go, and bars take the room again.
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline.place_of(march_2019[0]))
    assert timeline.range is None
    assert timeline.words(0).startswith("January 2020")
