"""What a person does on the map: wander, look, draw a lasso, choose a time, leave a kind out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.look.style import Style, tokens
from desktop_mmrag.gui.map.map_bar import MapBar
from desktop_mmrag.gui.map.map_colours import Colouring
from desktop_mmrag.gui.map.map_page import MapPage
from desktop_mmrag.gui.wiring import SearchRequest, Wiring
from desktop_mmrag.retrieve.maps import Side
from tests.gui.map.conftest import NOTES, PHOTOS, PICTURES, WORDS

WAIT_MS = 60_000


def _id_of(page: MapPage, application: Application, name: str) -> int:
    (folder,) = application.library.catalog.folders()
    found = application.library.contents.by_path(folder.path / name)
    assert found is not None
    return found


def _point(page: MapPage, content_id: int) -> QPointF:
    place = page.view.point_of(content_id)
    assert place is not None
    return place


def _count(page: MapPage) -> str:
    label = page.findChild(QLabel, "mapCount")
    assert label is not None
    return label.accessibleName()


def _wheel(page: MapPage, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at,
        page.view.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    page.view.wheelEvent(event)


def _go_near(page: MapPage, content_id: int) -> None:
    """So near that nothing covers it."""
    for _ in range(14):
        _wheel(page, _point(page, content_id), 1)
    page.view.repaint()


def _lasso(
    page: MapPage,
    qtbot: QtBot,
    corners: list[QPoint],
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.ShiftModifier,
) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(page.view, left, keys, corners[0])
    for corner in corners[1:]:
        qtbot.mouseMove(page.view, corner)
    qtbot.mouseRelease(page.view, left, keys, corners[-1])


def _around(page: MapPage, content_ids: list[int], margin: int = 4) -> list[QPoint]:
    """Corners of the rectangle that holds these contents."""
    at = [_point(page, id) for id in content_ids]
    left, right = min(p.x() for p in at) - margin, max(p.x() for p in at) + margin
    top, bottom = min(p.y() for p in at) - margin, max(p.y() for p in at) + margin
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return [QPointF(x, y).toPoint() for x, y in corners]


def test_all_photos_are_on_the_map_and_it_says_so(page: MapPage) -> None:
    assert page.shown is not None
    assert page.shown.side is Side.PICTURES and len(page.shown) == PHOTOS
    assert page.view.accessibleName() == "Map of 60 items"
    assert _count(page) == "60 items · 12 without a picture"


def test_dots_are_painted_where_the_points_are(page: MapPage) -> None:
    assert page.shown is not None
    seen = page.view.grab().toImage()
    photo = tokens().medium("photo")
    hits = sum(
        seen.pixelColor(_point(page, int(id)).toPoint()).name() == photo
        for id in page.shown.content_ids
    )
    assert hits > PHOTOS // 2  # the others are under small pictures


def test_the_wheel_zooms_at_the_pointer(page: MapPage, application: Application) -> None:
    id = _id_of(page, application, "beach-01.jpg")
    before, scale = _point(page, id), page.view.camera.scale
    _wheel(page, before, 3)
    after = _point(page, id)
    assert page.view.camera.scale > 1.5 * scale
    assert (after - before).manhattanLength() < 1


def test_a_drag_moves_the_map(page: MapPage, qtbot: QtBot, application: Application) -> None:
    id = _id_of(page, application, "beach-01.jpg")
    before = _point(page, id)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(page.view, left, none, QPoint(300, 200))
    qtbot.mouseMove(page.view, QPoint(340, 230))
    qtbot.mouseRelease(page.view, left, none, QPoint(340, 230))
    moved = _point(page, id) - before
    assert (round(moved.x()), round(moved.y())) == (40, 30)


def test_keys_pan_zoom_and_fit(page: MapPage, qtbot: QtBot) -> None:
    view, whole = page.view, page.view.camera
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.scale > whole.scale
    x = view.camera.x
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.x > x
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.camera == whole


def test_small_pictures_come_where_there_is_room(
    page: MapPage, qtbot: QtBot, application: Application
) -> None:
    id = _id_of(page, application, "night-02.jpg")
    _go_near(page, id)
    place = _point(page, id).toPoint()

    def dark_blue() -> bool:
        colour = page.view.grab().toImage().pixelColor(place)
        return colour.red() < 60 and colour.blue() > colour.red()

    qtbot.waitUntil(dark_blue, timeout=WAIT_MS)


def test_hovering_names_the_item(page: MapPage, qtbot: QtBot, application: Application) -> None:
    id = _id_of(page, application, "forest-00.jpg")
    _go_near(page, id)
    qtbot.mouseMove(page.view, _point(page, id).toPoint())
    qtbot.waitUntil(lambda: page.view.card.name == "forest-00.jpg", timeout=WAIT_MS)
    assert page.view.rect().contains(page.view.card.geometry())
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    assert not page.view.card.isVisible()


def test_a_click_shows_the_item_beside_the_map(
    page: MapPage, qtbot: QtBot, application: Application
) -> None:
    id = _id_of(page, application, "beach-04.jpg")
    _go_near(page, id)
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=_point(page, id).toPoint())
    qtbot.waitUntil(page.preview.isVisible, timeout=WAIT_MS)
    assert page.preview.hit is not None and page.preview.hit.path.name == "beach-04.jpg"
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.preview.isVisible()


def test_enter_shows_what_lies_in_the_middle(page: MapPage, qtbot: QtBot) -> None:
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    qtbot.waitUntil(page.preview.isVisible, timeout=WAIT_MS)
    assert page.preview.hit is not None


def test_a_lasso_with_shift_chooses_what_is_inside(
    page: MapPage, qtbot: QtBot, application: Application
) -> None:
    wanted = [_id_of(page, application, f"forest-{n:02}.jpg") for n in range(0, PHOTOS, 3)]
    corners = _around(page, wanted)
    _lasso(page, qtbot, corners)
    qtbot.waitUntil(page.chosen.isVisible, timeout=WAIT_MS)
    names = {page.chosen.gallery.hits.hit(row).path.name for row in range(page.chosen.count)}
    assert {f"forest-{n:02}.jpg" for n in range(0, PHOTOS, 3)} <= names
    assert page.chosen.count < PHOTOS
    assert page.view.chosen_ids() is not None
    close = page.findChild(QToolButton, "mapChosenClose")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert page.view.chosen_ids() is None and not page.chosen.isVisible()


def test_the_lasso_tool_needs_no_key(page: MapPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.findChild(QToolButton, "mapLasso"), Qt.MouseButton.LeftButton)
    right, bottom = page.view.width() - 9, page.view.height() - 9
    corners = [QPoint(9, 9), QPoint(right, 9), QPoint(right, bottom), QPoint(9, bottom)]
    _lasso(page, qtbot, corners, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: page.chosen.count == PHOTOS, timeout=WAIT_MS)


def test_a_lasso_around_nothing_lets_go(page: MapPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.chosen.count == PHOTOS, timeout=WAIT_MS)
    _lasso(page, qtbot, [QPoint(1, 1), QPoint(9, 1), QPoint(9, 9)])
    assert page.view.chosen_ids() is None and page.chosen.count == 0


def test_a_dragged_time_narrows_the_map(page: MapPage, qtbot: QtBot) -> None:
    left, line = Qt.MouseButton.LeftButton, page.timeline
    none = Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(line, left, none, line.place_of(12 * 2012))
    qtbot.mouseMove(line, line.place_of(12 * 2013 + 11))
    qtbot.mouseRelease(line, left, none, line.place_of(12 * 2013 + 11))
    assert _count(page).startswith("12 of 60 items")
    qtbot.mouseClick(page.findChild(QPushButton, "mapAllTime"), left)
    assert _count(page).startswith("60 items")


def test_a_chosen_time_can_be_searched(page: MapPage, wiring: Wiring, qtbot: QtBot) -> None:
    page.timeline.choose((12 * 2012, 12 * 2014))
    with qtbot.waitSignal(wiring.search_wanted) as asked:
        qtbot.mouseClick(page.findChild(QPushButton, "mapFind"), Qt.MouseButton.LeftButton)
    assert asked.args == [SearchRequest("after:2012-01-01 before:2014-01-01")]


def test_what_is_left_out_can_not_be_hovered_or_chosen(
    page: MapPage, qtbot: QtBot, application: Application
) -> None:
    id = _id_of(page, application, "forest-00.jpg")
    page.timeline.choose((12 * 2015, 12 * 2016))
    qtbot.mouseMove(page.view, _point(page, id).toPoint())
    assert page.view.card.content_id != id
    qtbot.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.chosen.count == 6, timeout=WAIT_MS)


def test_the_map_of_words_shows_the_notes(page: MapPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, "mapSide-words"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _count(page).startswith("12 items"), timeout=WAIT_MS)
    assert page.shown is not None and len(page.shown) == NOTES
    qtbot.mouseClick(page.findChild(QPushButton, "mapKind-note"), Qt.MouseButton.LeftButton)
    assert _count(page).startswith("0 of 12 items")


def test_the_map_follows_the_library(
    page: MapPage, wiring: Wiring, qtbot: QtBot, application: Application
) -> None:
    (folder,) = application.library.catalog.folders()
    application.library.catalog.remove_folder(folder)
    application.library.keeping.sweep()
    wiring.library_changed.emit()
    qtbot.waitUntil(page.empty.isVisible, timeout=WAIT_MS)
    assert "Nothing is kept yet" in page.empty.text()


def test_an_empty_library_says_so(tmp_path: Path, qtbot: QtBot, style: Style) -> None:
    with Application(tmp_path / "other", tmp_path / "models") as application:
        assert "Nothing is kept yet" in _said_by_page_of(application, qtbot)


def test_a_library_without_vectors_says_so(application: Application, qtbot: QtBot) -> None:
    with application.library.database.writing() as connection:
        for space in (PICTURES, WORDS):
            application.library.vectors.drop(connection, space)
    assert "Nothing to map yet" in _said_by_page_of(application, qtbot)


def _said_by_page_of(application: Application, qtbot: QtBot) -> str:
    bridge = Bridge()
    page = MapPage(Wiring(application, bridge))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.empty.isVisible, timeout=WAIT_MS)
    bridge.close()
    return page.empty.text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_kind_year_and_scheme(
    page: MapPage, qtbot: QtBot, style: Style, scheme: str
) -> None:
    style.choose(scheme)
    grabbed: list[QImage] = []
    for by in Colouring:
        page.bar.colouring_chosen.emit(by)
        grabbed.append(page.view.grab().toImage())
    style.choose("light")
    assert _colours(grabbed[1]) > _colours(grabbed[0])


def _colours(image: QImage) -> int:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32)
    return len(np.unique(pixels))


def test_everything_can_be_reached_by_tab(page: MapPage) -> None:
    reach: Callable[[object], bool] = lambda w: w.focusPolicy() != Qt.FocusPolicy.NoFocus  # type: ignore[attr-defined]  # noqa: E731
    for widget in [page.view, page.timeline, *page.bar.findChildren(QToolButton)]:
        assert reach(widget) and widget.accessibleName() and widget.objectName()


def test_a_double_click_opens_the_file(
    page: MapPage, qtbot: QtBot, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(page.acts, "open", lambda hits: opened.extend(h.path.name for h in hits))
    id = _id_of(page, application, "beach-04.jpg")
    _go_near(page, id)
    place = _point(page, id).toPoint()
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: opened == ["beach-04.jpg"], timeout=WAIT_MS)


def test_what_is_looked_at_stays_in_sight_when_the_pane_comes(
    page: MapPage, qtbot: QtBot, application: Application
) -> None:
    id = _id_of(page, application, "beach-04.jpg")
    _go_near(page, id)
    page.view.pan(_point(page, id).x() - page.view.width() + 60, 0)
    page.view.repaint()
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=_point(page, id).toPoint())
    qtbot.waitUntil(page.preview.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.view.width() < 900, timeout=WAIT_MS)
    assert page.view.rect().contains(_point(page, id).toPoint())


def test_no_word_of_the_bar_is_cut_where_there_is_little_room(qtbot: QtBot, style: Style) -> None:
    bar = MapBar()
    qtbot.addWidget(bar)
    colours = bar.findChild(QComboBox, "mapColours")
    assert colours is not None
    bar.show()
    for width, both in ((900, True), (420, False)):
        bar.resize(width, bar.sizeHint().height())
        qtbot.wait(20)
        assert colours.isVisible() is both
        for button in bar.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width()
