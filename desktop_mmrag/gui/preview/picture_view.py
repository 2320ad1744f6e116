"""A picture to look at closely: zoom, pan, regions that matched, and a part drawn to search for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QPushButton, QWidget

from desktop_mmrag.domain import Box
from desktop_mmrag.gui.look import style

_LARGEST_SCALE = 16.0
_STEP = 1.25
_LEAST_PART = 0.02
_FINGER = 6.0


class PictureView(QWidget):
    """The wheel zooms, a drag moves; where nothing can move, or with Shift, it draws a part."""

    part_wanted = Signal(object)
    """A Box to search for."""
    sharper_wanted = Signal()
    """More pixels would be seen than there are."""
    zoomed = Signal(float)
    """Screen pixels for each pixel of the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._full = QSize()
        self._lines: tuple[Box, ...] = ()
        self._regions: tuple[Box, ...] = ()
        self._words: tuple[Box, ...] = ()
        self._scale: float | None = None
        self._centre = QPointF(0.5, 0.5)
        self._grabbed: QPointF | None = None
        self._drawn: QRectF | None = None
        self._from: QPointF | None = None
        self._page: int | None = None
        self._asked_sharper = False
        self.setObjectName("picture")
        self.setAccessibleName(self.tr("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 90)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._search = style.kind(QPushButton(self.tr("Find this part"), self), "primary")
        self._search.setObjectName("findPart")
        style.set_icon(self._search, "crop", "on_accent", style.ICON_SMALL)
        self._search.clicked.connect(self._want_part)
        self._search.hide()

    # --- what is shown

    def clear(self) -> None:
        """Shows nothing."""
        self._image, self._lines, self._words, self._regions = QImage(), (), (), ()
        self._full, self._asked_sharper = QSize(), False
        self._forget_part()
        self.fit()

    def show_image(self, image: QImage, full: QSize | None = None, page: int | None = None) -> None:
        """Shows a picture; a sharper one of the same takes the place of the other unnoticed.

        `full`: how many pixels there are in the file, if it is known. `page`: what a drawn
        part says it lies on.
        """
        self._image, self._page = image, page
        self._full = full if full and full.width() >= image.width() else image.size()
        self.update()

    def set_regions(
        self, regions: Sequence[Box], lines: Sequence[Box] = (), words: Sequence[Box] = ()
    ) -> None:
        """Frames around what matched; a tint over the lines of a passage, a stroke over words."""
        self._regions, self._lines, self._words = tuple(regions), tuple(lines), tuple(words)
        self.update()

    @property
    def marked(self) -> tuple[Box, ...]:
        """The lines and words that are tinted."""
        return (*self._lines, *self._words)

    @property
    def regions(self) -> tuple[Box, ...]:
        """The frames that are shown."""
        return self._regions

    # --- zoom

    def scale(self) -> float:
        """Screen pixels (device-independent) for each pixel of the full picture."""
        return self._scale if self._scale is not None else self._fitting()

    def fit(self) -> None:
        """All of the picture."""
        self._scale, self._centre = None, QPointF(0.5, 0.5)
        self._changed()

    def actual_size(self, at: QPointF | None = None) -> None:
        """One pixel of the picture on one pixel of the screen."""
        self._zoom_to(1 / self.devicePixelRatioF(), at)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller; what is at the point stays there."""
        self._zoom_to(self.scale() * factor, at)

    @property
    def is_fit(self) -> bool:
        """Whether all of the picture is seen."""
        return self._scale is None

    def _zoom_to(self, scale: float, at: QPointF | None) -> None:
        at = at or QPointF(self.rect().center())
        if scale <= self._fitting():
            self.fit()
            return
        fixed = self._on_picture(at)
        self._scale = min(scale, _LARGEST_SCALE)
        target = self._target()
        moved = QPointF(
            fixed.x() - (at.x() - self.width() / 2) / target.width(),
            fixed.y() - (at.y() - self.height() / 2) / target.height(),
        )
        self._centre = self._kept_inside(moved)
        self._changed()

    def _changed(self) -> None:
        self._place_button()
        self.update()
        self.zoomed.emit(self.scale() * self.devicePixelRatioF())
        if not self._image.isNull() and self._needs_more() and not self._asked_sharper:
            self._asked_sharper = True
            self.sharper_wanted.emit()

    def _needs_more(self) -> bool:
        there = self._image.width()
        shown = self._target().width() * self.devicePixelRatioF()
        return shown > 1.05 * there and self._full.width() >= there and self._scale is not None

    def _fitting(self) -> float:
        if self._full.isEmpty():
            return 1.0
        fits = min(self.width() / self._full.width(), self.height() / self._full.height())
        # Small pictures are shown larger, but not so much that their pixels are all one sees.
        return max(1e-6, min(fits, 2.0))

    # --- places

    def _target(self) -> QRectF:
        """Where the whole picture lies, on the widget."""
        scale = self.scale()
        width, height = self._full.width() * scale, self._full.height() * scale
        x = self.width() / 2 - self._centre.x() * width
        y = self.height() / 2 - self._centre.y() * height
        return QRectF(x, y, max(width, 1e-6), max(height, 1e-6))

    def _on_picture(self, at: QPointF) -> QPointF:
        """Fractions of the picture's width and height."""
        target = self._target()
        return QPointF(
            (at.x() - target.x()) / target.width(), (at.y() - target.y()) / target.height()
        )

    def _on_widget(self, box: Box) -> QRectF:
        t = self._target()
        return QRectF(
            t.x() + box.x0 * t.width(),
            t.y() + box.y0 * t.height(),
            (box.x1 - box.x0) * t.width(),
            (box.y1 - box.y0) * t.height(),
        )

    def _kept_inside(self, centre: QPointF) -> QPointF:
        target = self._target()

        def kept(value: float, room: float, size: float) -> float:
            half = room / 2 / size
            return 0.5 if half >= 0.5 else min(1 - half, max(half, value))

        return QPointF(
            kept(centre.x(), self.width(), target.width()),
            kept(centre.y(), self.height(), target.height()),
        )

    def _can_move(self) -> bool:
        target = self._target()
        return target.width() > self.width() + 1 or target.height() > self.height() + 1

    # --- the mouse

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zooms around the pointer."""
        turned = event.angleDelta().y() or event.pixelDelta().y()
        if turned and not self._image.isNull():
            self.zoom_by(_STEP ** (turned / 120), event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """All of it, or its own pixels."""
        if self.is_fit:
            self.actual_size(event.position())
        else:
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begins to move, or to draw a part."""
        if event.button() != Qt.MouseButton.LeftButton or self._image.isNull():
            event.ignore()
            return
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._forget_part()
        if self._can_move() and not shift:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self._from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Moves, or draws."""
        at = event.position()
        if self._grabbed is not None:
            target = self._target()
            moved = QPointF(
                self._centre.x() - (at.x() - self._grabbed.x()) / target.width(),
                self._centre.y() - (at.y() - self._grabbed.y()) / target.height(),
            )
            self._centre, self._grabbed = self._kept_inside(moved), at
            self.update()
        elif self._from is not None:
            drawn = QRectF(self._from, at).normalized().intersected(self._target())
            if max(drawn.width(), drawn.height()) > _FINGER:
                self._drawn = drawn
                self.update()
        else:
            can_move = self._can_move()
            shape = Qt.CursorShape.OpenHandCursor if can_move else Qt.CursorShape.CrossCursor
            self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A part that was drawn gets its button."""
        self._grabbed = self._from = None
        self.unsetCursor()
        if self._drawn is not None and self.part() is None:
            self._forget_part()
        self._place_button()

    def event(self, event: QEvent) -> bool:
        """Two fingers zoom."""
        if event.type() == QEvent.Type.Gesture:
            pinch = cast(QGestureEvent, event).gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom_by(pinch.scaleFactor(), at)
                return True
        if event.type() == QEvent.Type.NativeGesture:
            native = cast(QNativeGestureEvent, event)
            if native.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + native.value(), native.position())
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Plus, minus, 0 and 1; Escape forgets a part that was drawn."""
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        elif event.key() == Qt.Key.Key_1:
            self.actual_size()
        elif event.key() == Qt.Key.Key_Escape and self._drawn is not None:
            self._forget_part()
        else:
            super().keyPressEvent(event)

    # --- a part

    def part(self) -> Box | None:
        """The part that was drawn, in fractions of the picture; None when there is none."""
        if self._drawn is None:
            return None
        one, other = (
            self._on_picture(p) for p in (self._drawn.topLeft(), self._drawn.bottomRight())
        )
        x0, y0, x1, y1 = (
            min(1.0, max(0.0, value)) for value in (one.x(), one.y(), other.x(), other.y())
        )
        if min(x1 - x0, y1 - y0) < _LEAST_PART:
            return None
        return Box(x0, y0, x1, y1, self._page)

    def _want_part(self) -> None:
        if box := self.part():
            self._forget_part()
            self.part_wanted.emit(box)

    def _forget_part(self) -> None:
        self._drawn = self._from = None
        self._search.hide()
        self.update()

    def _place_button(self) -> None:
        if self._drawn is None or self.part() is None:
            self._search.hide()
            return
        size = self._search.sizeHint()
        x = self._drawn.center().x() - size.width() / 2
        y = self._drawn.bottom() + style.GAP
        if y + size.height() > self.height():
            y = max(style.GAP, self._drawn.bottom() - size.height() - style.GAP)
        x = min(max(style.GAP_SMALL, x), max(style.GAP_SMALL, self.width() - size.width() - 4))
        self._search.setGeometry(round(x), round(y), size.width(), size.height())
        self._search.show()
        self._search.raise_()

    # --- painting

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Stays where it was looked at."""
        self._forget_part()
        self._centre = self._kept_inside(self._centre)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The picture, then what is marked in it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.tokens().surface))
        if self._image.isNull():
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        smooth = self.scale() * self.devicePixelRatioF() < 4
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(self._target(), self._image)
        self._paint_marks(painter)
        if self._drawn is not None:
            self._paint_part(painter, self._drawn)
        if self.hasFocus():
            painter.setPen(QPen(QColor(style.tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        region = QColor(style.tokens().region)
        tint = QColor(region)
        tint.setAlphaF(0.14)
        for box in self._lines:
            painter.fillRect(self._on_widget(box).adjusted(-2, -1, 2, 1), tint)
        stroke = QColor(region)
        stroke.setAlphaF(0.4)
        for box in self._words:
            painter.fillRect(self._on_widget(box).adjusted(-1, -1, 1, 1), stroke)
        painter.setBrush(tint)
        painter.setPen(QPen(region, 2))
        for box in self._regions:
            painter.drawRoundedRect(self._on_widget(box).adjusted(-3, -3, 3, 3), 3, 3)

    def _paint_part(self, painter: QPainter, drawn: QRectF) -> None:
        veil = QPainterPath()
        veil.addRect(self._target())
        inside = QPainterPath()
        inside.addRect(drawn)
        painter.fillPath(veil - inside, QColor(0, 0, 0, 110))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#ffffff"), 2))
        painter.drawRect(drawn)
