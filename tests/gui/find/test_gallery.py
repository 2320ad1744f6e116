"""The gallery: choosing with keys and mouse, what screen readers hear, pictures in bounded memory, frames."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_mmrag.domain import Hit, Medium, Reason, Store, Whole
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.find.arrangement import Grouping, arrange
from desktop_mmrag.gui.find.gallery import Gallery
from desktop_mmrag.gui.find.glimpse import Glimpse
from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.look.pictures import cut
from desktop_mmrag.gui.look.style import Style
from desktop_mmrag.library.library import open_library

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scrolling import measure_scrolling

KEYS, LEFT = Qt.Key, Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def _hit(number: int, strong: bool = True) -> Hit:
    return Hit(
        number, number, number, Path(f"/pictures/IMG_{number}.jpg"), Medium.PHOTO, Whole(), "",
        1.0, strong, (Reason(Store.WORDS, 1, 1.0),),
    )  # fmt: skip


@pytest.fixture
def gallery(tmp_path: Path, qtbot: QtBot, style: Style) -> Iterator[Gallery]:
    """Twelve hits in rows of three, of which the last four are weak."""
    library, bridge = open_library(tmp_path), Bridge()
    gallery = Gallery(Thumbnails(bridge, library.listing))
    qtbot.addWidget(gallery)
    gallery.resize(680, 700)
    gallery.show_arrangement(arrange([_hit(n, strong=n <= 8) for n in range(1, 13)], Grouping.NONE))
    gallery.show()
    gallery.setFocus()
    yield gallery
    bridge.close()
    library.close()


def _numbers(gallery: Gallery) -> list[int]:
    return [hit.content_id for hit in gallery.chosen()]


def _middle(gallery: Gallery, row: int) -> QPoint:
    return gallery.visualRect(gallery.hits.index(row)).center()


def test_no_picture_is_begun_while_the_gallery_paints(
    tmp_path: Path, qtbot: QtBot, style: Style
) -> None:
    library, bridge = open_library(tmp_path), Bridge()
    thumbnails = Thumbnails(bridge, library.listing)
    arrived: list[set[int]] = []
    thumbnails.arrived.connect(arrived.append)
    with thumbnails.painting():
        thumbnails.want([Glimpse(1)])
        qtbot.wait(40)
        assert not arrived
    qtbot.waitUntil(lambda: arrived == [{1}])
    bridge.close()
    library.close()


def test_arrows_go_through_rows_and_over_the_divider(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.setCurrentIndex(gallery.hits.index(0))
    for key, expected in (
        (KEYS.Key_Right, 2),
        (KEYS.Key_Down, 5),
        (KEYS.Key_Down, 8),
        (KEYS.Key_Down, 10),
        (KEYS.Key_End, 12),
        (KEYS.Key_Home, 1),
    ):
        qtbot.keyClick(gallery, key)
        assert _numbers(gallery) == [expected]


def test_shift_chooses_a_stretch_and_ctrl_single_ones(gallery: Gallery, qtbot: QtBot) -> None:
    qtbot.mouseClick(gallery.viewport(), LEFT, pos=_middle(gallery, 1))
    qtbot.mouseClick(gallery.viewport(), LEFT, SHIFT, _middle(gallery, 4))
    assert _numbers(gallery) == [2, 3, 4, 5]
    qtbot.mouseClick(gallery.viewport(), LEFT, CTRL, _middle(gallery, 2))
    assert _numbers(gallery) == [2, 4, 5]
    qtbot.keyClick(gallery, KEYS.Key_A, CTRL)
    assert len(_numbers(gallery)) == 12


def test_shift_and_arrows_grow_what_is_chosen(gallery: Gallery, qtbot: QtBot) -> None:
    qtbot.mouseClick(gallery.viewport(), LEFT, pos=_middle(gallery, 0))
    qtbot.keyClick(gallery, KEYS.Key_Down, SHIFT)
    assert _numbers(gallery) == [1, 2, 3, 4]


def test_enter_opens_and_space_enlarges(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.setCurrentIndex(gallery.hits.index(3))
    with qtbot.waitSignal(gallery.opened) as opened:
        qtbot.keyClick(gallery, KEYS.Key_Return)
    assert opened.args[0].content_id == 4
    with qtbot.waitSignal(gallery.enlarged):
        qtbot.keyClick(gallery, KEYS.Key_Space)


def test_what_was_chosen_stays_chosen_when_more_comes(gallery: Gallery) -> None:
    gallery.setCurrentIndex(gallery.hits.index(3))
    told: list[Hit] = []
    gallery.looked_at.connect(told.append)
    more = arrange([_hit(n) for n in (99, *range(1, 13))], Grouping.NONE)
    gallery.show_arrangement(more, keep_place=True)
    assert _numbers(gallery) == [4]
    assert gallery.currentIndex().row() == 4
    assert told == []  # nothing new is looked at


def test_screen_readers_hear_name_kind_and_reasons(gallery: Gallery) -> None:
    told = QAccessible.queryAccessibleInterface(gallery)
    assert told.role() == QAccessible.Role.List
    assert told.childCount() == 12
    words = told.child(11).text(QAccessible.Text.Name)
    assert words == "IMG_12.jpg, Photo, Words, weaker match"


def test_a_picture_fills_its_place_exactly(tmp_path: Path) -> None:
    path = tmp_path / "wide.jpg"
    wide = QImage(600, 200, QImage.Format.Format_RGB32)
    wide.fill(QColor("blue"))
    wide.save(str(path))
    small = cut(path, QSize(120, 90), 6)
    assert small is not None
    assert small.size() == QSize(120, 90)
    assert small.pixelColor(60, 45).blue() > 200
    assert small.pixelColor(0, 0).alpha() < 40  # a round corner


def test_a_broken_preview_is_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8\xff and nothing more")
    assert cut(path, QSize(120, 90), 6) is None


@pytest.mark.slow
@pytest.mark.parametrize("as_rows", [False, True])
def test_a_hundred_thousand_scroll_without_a_stutter(
    qapp: QApplication, style: Style, as_rows: bool
) -> None:
    frames = measure_scrolling(frames=200, as_rows=as_rows)
    assert frames.worst_at_work < 33
    assert frames.shown > 5
