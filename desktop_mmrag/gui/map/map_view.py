"""The map itself: wander with wheel, drag and arrows, look at points, draw a lasso around some."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.gui.look.style import tokens
from desktop_mmrag.gui.map import map_colours
from desktop_mmrag.gui.map.camera import WORLD, Camera, fitted, nearest_scale
from desktop_mmrag.gui.map.key_focus import KeyFocus
from desktop_mmrag.gui.map.map_card import MapCard
from desktop_mmrag.gui.map.map_colours import Colouring
from desktop_mmrag.gui.map.map_lasso import Lasso, inside
from desktop_mmrag.gui.map.map_layer import NO_POINTS, Layer, paint_layer, points_of
from desktop_mmrag.gui.map.map_pins import PIN, RADIUS_PIN, Pins
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.retrieve.maps import LibraryMap

_WHEEL_STEP = 1.2
_KEY_ZOOM, _KEY_PAN = 1.4, 80
_NEAR, _CLICK_WITHIN = 12, 4
_RING = 8
_PAN_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOM_KEYS = {
    Qt.Key.Key_Plus: _KEY_ZOOM,
    Qt.Key.Key_Equal: _KEY_ZOOM,
    Qt.Key.Key_Minus: 1 / _KEY_ZOOM,
}
_NOTHING = -1


class MapView(KeyFocus):
    """Shows a LibraryMap. Contents are spoken of by their ids."""

    looked_at = Signal(int)
    """A content that was clicked; 0 for a click beside all of them."""
    opened = Signal(int)
    """A content that was double-clicked."""
    menu_wanted = Signal(int, QPoint)
    """A content, and a point of the screen."""
    lassoed = Signal(object)
    """Ids of the contents inside a lasso, or in sight after Ctrl+A, as a list."""

    def __init__(
        self, wiring: Wiring, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._map: LibraryMap | None = None
        self._points = NO_POINTS
        self._by = Colouring.KIND
        self._eligible = np.empty(0, bool)
        self._chosen: NDArray[np.bool_] | None = None
        self.camera, self._fits = Camera(), True
        self._layer: Layer | None = None
        self._pins = Pins(thumbnails)
        self._current = _NOTHING
        self._pressed: QPointF | None = None
        self._panned = False
        self._lasso = Lasso()
        self._always_lasso = False
        self.card = MapCard(wiring, self)
        self.setObjectName("map")
        self.setMouseTracking(True)
        self.setMinimumSize(240, 160)
        self.setAccessibleDescription(
            self.tr(
                "Arrows move the map, plus and minus zoom, Home shows all of it,"
                " Enter shows the item in the middle, Ctrl+A chooses all in sight."
            )
        )
        thumbnails.arrived.connect(lambda _: self.update())

    # --- what is shown

    def show_map(self, shown: LibraryMap) -> None:
        """Another map, or the same after the library changed: then one stays where one is."""
        current, before = self._id(self._current), self._map
        self._map = shown
        self._current = self._index_of(current)
        self._eligible = np.ones(len(shown), bool)
        self._chosen = None
        if before is None or before.side is not shown.side:
            self._fits = True
        words = self.tr("Map of 1 item") if len(shown) == 1 else self.tr("Map of {0} items")
        self.setAccessibleName(words.format(in_words.number(len(shown))))
        self._renew()

    def colour_by(self, by: Colouring) -> None:
        """Colours points by kind or year."""
        self._by = by
        self._renew()

    def narrow(self, eligible: NDArray[np.bool_]) -> None:
        """Leaves all other points faint and out of reach; [n] of the map."""
        self._eligible = eligible
        self._renew()

    def choose(self, content_ids: list[int] | None) -> None:
        """Leaves all others faint; None ends that."""
        if content_ids is None or self._map is None:
            self._chosen = None
            self._lasso.drop()
        else:
            self._chosen = np.isin(self._map.content_ids, content_ids)
        self._renew()

    def chosen_ids(self) -> list[int] | None:
        """What `choose` was told and is still there."""
        if self._chosen is None or self._map is None:
            return None
        return [int(id) for id in self._map.content_ids[self._chosen]]

    def mark(self, content_id: int) -> None:
        """Draws a ring around a content; 0 takes it away."""
        self._current = self._index_of(content_id)
        self.update()

    def lasso_always(self, on: bool) -> None:
        """Whether a drag draws a lasso without Shift too."""
        self._always_lasso = on
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def _renew(self) -> None:
        self._layer = None
        self.card.leave()
        if self._map is not None:
            chosen = self._eligible if self._chosen is None else self._eligible & self._chosen
            self._points = points_of(
                self._map.at * WORLD,
                map_colours.colours_of(self._map, self._by),
                map_colours.palette(self._by),
                chosen,
            )
        self.update()

    # --- wandering

    def fit(self) -> None:
        """All of the map."""
        self._fits = True
        self._go(fitted(self.width(), self.height()))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer or further; what lies at `at`, or in the middle, stays there."""
        whole = fitted(self.width(), self.height()).scale
        most = nearest_scale(len(self._points.at), PIN.width())
        scale = min(max(self.camera.scale * factor, whole / 2), most)
        at = at or QPointF(self.width() / 2, self.height() / 2)
        self._fits = False
        self._go(self.camera.zoomed(scale, at.x(), at.y(), self.width(), self.height()))

    def pan(self, dx: float, dy: float) -> None:
        """So many pixels of the map further right and down."""
        self._fits = False
        self._go(self.camera.moved(dx, dy))

    def _go(self, camera: Camera) -> None:
        self.camera = camera
        self.card.leave()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """What was seen whole stays so; else nothing moves, and the marked point stays in sight."""
        super().resizeEvent(event)
        self._layer = None
        if self._fits:
            self.fit()
            return
        more = event.size() - event.oldSize()
        self.camera = self.camera.moved(more.width() / 2, more.height() / 2)
        if self._current >= 0:
            place = self._on_screen(self._current)
            if not self.rect().contains(place.toPoint()):
                self.pan(place.x() - self.width() / 2, place.y() - self.height() / 2)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another scheme: other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew()

    # --- what lies where

    def point_of(self, content_id: int) -> QPointF | None:
        """Where a content lies in the view."""
        index = self._index_of(content_id)
        return self._on_screen(index) if index >= 0 else None

    def _index_of(self, content_id: int) -> int:
        if self._map is None:
            return _NOTHING
        return next(iter(np.flatnonzero(self._map.content_ids == content_id).tolist()), _NOTHING)

    def _on_screen(self, index: int) -> QPointF:
        ((x, y),) = self.camera.to_screen(
            self._points.at[index : index + 1], self.width(), self.height()
        )
        return QPointF(x, y)

    def _index_at(self, place: QPointF, within: float = _NEAR) -> int:
        if (pinned := self._pins.at(place.toPoint())) is not None:
            return pinned
        nearest = self._points.nearest(place, self.camera, self.size(), within)
        return _NOTHING if nearest is None else nearest

    def _id(self, index: int) -> int:
        return int(self._map.content_ids[index]) if self._map and index >= 0 else 0

    # --- the mouse

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zooms at the pointer."""
        self.zoom(_WHEEL_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers on a touch pad zoom."""
        pinched = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinched:
            self.zoom(1 + event.value(), event.position())
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begins a drag or, with Shift, a lasso."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._panned = event.position(), False
        if self._always_lasso or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso.begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Moves the map, goes on with the lasso, or tells what is under the pointer."""
        place = event.position()
        if self._lasso.drawing:
            if self._lasso.go_on(place):
                self.update()
        elif self._pressed is not None:
            moved = place - self._pressed
            if self._panned or moved.manhattanLength() > _CLICK_WITHIN:
                self._panned, self._pressed = True, place
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.pan(-moved.x(), -moved.y())
        else:
            self._hover(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Ends the drag or the lasso; without either it was a click."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        self.lasso_always(self._always_lasso)
        self._lasso.go_on(event.position())
        if not self._end_lasso() and not self._panned:
            self._current = self._index_at(event.position())
            self.looked_at.emit(self._id(self._current))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Opens what is there, or goes nearer where nothing is."""
        # Its first click has marked the point; what it opened may have moved the map since.
        if self._current >= 0:
            self.opened.emit(self._id(self._current))
        else:
            self.zoom(2, event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """What can be done with the point under the pointer, or the marked one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self._current if by_key else self._index_at(QPointF(event.pos()))
        if index >= 0:
            place = self._on_screen(index).toPoint() if by_key else event.pos()
            self.menu_wanted.emit(self._id(index), self.mapToGlobal(place))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self.card.leave()

    def _hover(self, place: QPointF) -> None:
        index = self._index_at(place)
        if index < 0:
            self.card.leave()
        else:
            self.card.tell(self._id(index), self._place_of(index))

    def _place_of(self, index: int) -> QRect:
        if (pinned := self._pins.rect_of(index)) is not None:
            return pinned
        middle = self._on_screen(index).toPoint()
        return QRect(middle.x() - _RING, middle.y() - _RING, 2 * _RING, 2 * _RING)

    def _end_lasso(self) -> bool:
        lasso = self._lasso.end(self.camera, self.size())
        if lasso is None or self._map is None:
            return False
        at = self.camera.to_screen(self._points.at, self.width(), self.height())
        held = inside(lasso, at, self.size()) & self._eligible
        self.lassoed.emit(self._map.content_ids[held].tolist())
        return True

    # --- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows, plus, minus and Home wander; Enter looks, Ctrl+A chooses, Escape lets go."""
        self._by_keys = True
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _PAN_KEYS and not control:
            dx, dy = _PAN_KEYS[key]
            self.pan(_KEY_PAN * dx, _KEY_PAN * dy)
            self._mark_middle()
        elif key in _ZOOM_KEYS:
            self.zoom(_ZOOM_KEYS[key])
            self._mark_middle()
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._current < 0:
                self._mark_middle()
            self.looked_at.emit(self._id(self._current))
        elif key == Qt.Key.Key_A and control and self._map:
            seen = self._points.in_sight(self.camera, self.size())
            self.lassoed.emit(self._map.content_ids[seen].tolist())
        elif key == Qt.Key.Key_Escape:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _mark_middle(self) -> None:
        """The point nearest to the middle is the one that Enter looks at."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        self._current = self._index_at(middle, within=max(self.width(), self.height()))
        if self._current >= 0 and self.rect().contains(self._on_screen(self._current).toPoint()):
            self.card.tell(self._id(self._current), self._place_of(self._current))

    def _let_go(self) -> None:
        self._lasso.drop()
        self.mark(0)
        self.card.leave()
        self.looked_at.emit(0)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The dots as one picture, then small pictures where there is room, then what is marked."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().window))
        self._paint_dots(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._map is not None:
            ids = self._map.content_ids
            self._pins.paint(painter, self._points, ids, self.camera, self.size())
        self._lasso.paint(painter, self.camera, self.size())
        self._paint_ring(painter)
        self.paint_focus(painter)
        painter.end()

    def _paint_dots(self, painter: QPainter) -> None:
        if not len(self._points.at):
            return
        offset = self._layer.offset(self.camera) if self._layer else None
        if self._layer is None or offset is None:
            ratio = self.devicePixelRatioF()
            self._layer = paint_layer(self._points, self.camera, self.size(), ratio)
            offset = self._layer.offset(self.camera)
        assert offset is not None
        painter.drawImage(offset, self._layer.picture.image)

    def _paint_ring(self, painter: QPainter) -> None:
        if self._current < 0:
            return
        place = self._place_of(self._current)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((tokens().window, 5), (tokens().focus, 3)):
            painter.setPen(QPen(QColor(colour), width))
            if place.size() == PIN:
                painter.drawRoundedRect(place, RADIUS_PIN, RADIUS_PIN)
            else:
                painter.drawEllipse(place)
