"""Looking closely at a picture: zoom, pan, and a part drawn to search for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_mmrag.domain import Box
from desktop_mmrag.gui.preview.picture_view import PictureView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    """A view of 400 x 300 with a picture of 800 x 600."""
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    view.show_image(image)
    return view


def _turn_wheel(view: PictureView, at: QPointF, by: int) -> None:
    event = QWheelEvent(
        at, QPointF(view.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, by),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)


def test_all_of_it_is_seen_at_first(view: PictureView) -> None:
    assert view.is_fit
    assert view.scale() == pytest.approx(0.5)


def test_the_wheel_zooms_around_the_pointer(view: PictureView, qtbot: QtBot) -> None:
    at = QPointF(100, 75)
    _turn_wheel(view, at, 120)
    assert view.scale() > 0.5
    # What was under the pointer still is: a part drawn there names the same place.
    qtbot.mousePress(view, LEFT, Qt.KeyboardModifier.ShiftModifier, QPoint(100, 75))
    qtbot.mouseMove(view, QPoint(200, 150))
    box = view.part()
    assert box is not None
    assert (box.x0, box.y0) == pytest.approx((0.25, 0.25), abs=0.01)


def test_a_double_click_goes_to_single_pixels_and_back(view: PictureView, qtbot: QtBot) -> None:
    qtbot.mouseDClick(view, LEFT)
    assert view.scale() * view.devicePixelRatioF() == pytest.approx(1.0)
    qtbot.mouseDClick(view, LEFT)
    assert view.is_fit


def test_zooming_beyond_the_pixels_there_are_asks_for_more(view: PictureView, qtbot: QtBot) -> None:
    small = QImage(400, 300, QImage.Format.Format_RGB32)
    view.show_image(small, QSize(4000, 3000))
    with qtbot.waitSignal(view.sharper_wanted):
        view.actual_size()


def test_a_drawn_part_is_searched_for(view: PictureView, qtbot: QtBot) -> None:
    qtbot.mousePress(view, LEFT, pos=QPoint(200, 150))
    qtbot.mouseMove(view, QPoint(300, 225))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(300, 225))
    button = view.findChild(QPushButton, "findPart")
    assert button.isVisible()
    with qtbot.waitSignal(view.part_wanted) as wanted:
        qtbot.mouseClick(button, LEFT)
    box = wanted.args[0]
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((0.5, 0.5, 0.75, 0.75), abs=0.01)
    assert not button.isVisible()


def test_a_click_draws_nothing(view: PictureView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view, LEFT, pos=QPoint(200, 150))
    assert view.part() is None
    assert not view.findChild(QPushButton, "findPart").isVisible()


def test_a_drag_moves_a_large_picture_and_never_out_of_sight(
    view: PictureView, qtbot: QtBot
) -> None:
    view.actual_size()
    qtbot.mousePress(view, LEFT, pos=QPoint(10, 10))
    qtbot.mouseMove(view, QPoint(390, 290))
    qtbot.mouseMove(view, QPoint(3900, 2900))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(390, 290))
    qtbot.mousePress(view, LEFT, Qt.KeyboardModifier.ShiftModifier, QPoint(1, 1))
    qtbot.mouseMove(view, QPoint(200, 150))
    box = view.part()
    assert box is not None
    assert (box.x0, box.y0) == pytest.approx((0.0, 0.0), abs=0.01)


def test_marked_regions_are_painted(view: PictureView) -> None:
    before = view.grab().toImage()
    view.set_regions([Box(0.25, 0.25, 0.5, 0.5)])
    assert view.grab().toImage() != before
