"""The gallery: a scrolled grid or list of hits that paints only what is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.find.arrangement import Arrangement, Key, key_of
from desktop_mmrag.gui.find.cell_view import CellView
from desktop_mmrag.gui.find.drag_picture import drag_picture
from desktop_mmrag.gui.find.glimpse import glimpse_of
from desktop_mmrag.gui.find.grid import Grid
from desktop_mmrag.gui.find.hit_list import HitList, HitsOfRows, files_as_mime
from desktop_mmrag.gui.find.hit_painter import (
    RADIUS_PICTURE,
    HitPainter,
    Look,
    picture_pixels,
)
from desktop_mmrag.gui.find.scroll_hint import ScrollHint
from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.look.style import tokens

CARD_WIDTHS = (120, 400)
"""The narrowest and the widest card, in device-independent pixels."""
USUAL_WIDTH = 192
_KEPT_CHOSEN = 200


class Gallery(CellView):
    """Arrows move, Space looks closely, Enter opens; files can be dragged out."""

    looked_at = Signal(object)
    """The Hit that is the current one now."""
    enlarged = Signal(object)
    """A Hit to be seen in the full window: Space, or the middle button."""
    opened = Signal(object)
    """A Hit to open with the system's own program: Enter, or a double click."""
    typed = Signal(str)
    """Letters typed here belong into the box."""
    width_wanted = Signal(int)
    """The person turned the wheel with Ctrl: cards of this width."""
    end_reached = Signal()
    """The last row is on the screen."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self.hits = HitList()
        self._painter = HitPainter(QFont(), tokens())
        super().__init__(Grid(self._painter.card(USUAL_WIDTH, False), 1, ()), parent)
        self._thumbnails = thumbnails
        self._as_rows = False
        self._card_width = USUAL_WIDTH
        self._with_reasons = False
        self._hovered = -1
        self._restoring = False
        self.setModel(self.hits)
        self.setObjectName("results")
        self.setAccessibleName(self.tr("Results"))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        thumbnails.arrived.connect(self._repaint_contents)
        ScrollHint(self, self._title_in_sight)

    # --- what is shown

    def show_arrangement(self, arrangement: Arrangement, keep_place: bool = False) -> None:
        """Replaces what is shown; `keep_place` keeps scroll and selection where that is possible."""
        height, chosen, current = self._place() if keep_place else (0, [], None)
        self._with_reasons = any(getattr(item, "reasons", ()) for item in arrangement.items[:1])
        self._hovered = -1
        self.hits.show(arrangement)
        self._renew_grid()
        self._restoring = True
        self._restore(chosen, current)
        self._restoring = False
        self.verticalScrollBar().setValue(height)
        self.viewport().update()

    def _place(self) -> tuple[int, list[Key], Key | None]:
        # More would take long to select again, and nobody notices.
        chosen = [key_of(self.hits.item(row)) for row in self._chosen_rows()[:_KEPT_CHOSEN]]
        current = self.currentIndex()
        here = key_of(self.hits.item(current.row())) if current.isValid() else None
        return self.verticalScrollBar().value(), chosen, here

    def _restore(self, chosen: list[Key], current: Key | None) -> None:
        flag = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for row in self.hits.rows_of(chosen):
            selection.select(self.hits.index(row), self.hits.index(row))
        self.selectionModel().select(selection, flag.Select)
        if current and (rows := self.hits.rows_of([current])):
            self.selectionModel().setCurrentIndex(self.hits.index(rows[0]), flag.NoUpdate)

    def show_as(self, way: Literal["grid", "list"]) -> None:
        """Cards or rows; what was at the top stays there."""
        self._as_rows = way == "list"
        self._keep_in_sight()

    def set_card_width(self, width: int) -> None:
        """About how wide cards are; they grow to fill the row."""
        self._card_width = max(CARD_WIDTHS[0], min(width, CARD_WIDTHS[1]))
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        anchor = self.currentIndex() if self.currentIndex().isValid() else self._first_in_sight()
        self._renew_grid()
        if anchor.isValid():
            self.scrollTo(anchor)
        self.viewport().update()

    def chosen(self) -> Sequence[Hit]:
        """The selected hits in the order they are shown; the current one if none is selected.

        Each is made when it is asked for: there may be 100,000.
        """
        rows = self._chosen_rows()
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return HitsOfRows(self.hits, rows)

    def _chosen_rows(self) -> list[int]:
        # By ranges: an index for each row would take long.
        selection = self.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.count()))
        return sorted(row for one in ranges for row in range(one.top(), one.bottom() + 1))

    def current(self) -> Hit | None:
        """The hit that the keyboard is at."""
        index = self.currentIndex()
        return self.hits.hit(index.row()) if index.isValid() else None

    def step(self, rows: int) -> Hit | None:
        """Goes to the next hit, or the one before for -1; None at the ends."""
        index = self.currentIndex()
        row = index.row() + rows if index.isValid() else 0
        if not 0 <= row < self.hits.rowCount():
            return None
        self.setCurrentIndex(self.hits.index(row))
        return self.hits.hit(row)

    def _renew_grid(self) -> None:
        sections = [(bool(section.title), section.count) for section in self.hits.sections]
        shape = (
            self._painter.row()
            if self._as_rows
            else self._painter.card(self._card_width, self._with_reasons)
        )
        self._grid = Grid(shape, self.viewport().width(), sections)
        cell = QRect(0, 0, self._grid.cell_width, self._grid.cell_height)
        ratio = self.devicePixelRatioF()
        size = picture_pixels(self._painter.picture_of(cell, self._as_rows), ratio)
        self._thumbnails.cut_to(size, RADIUS_PICTURE * ratio)
        self.updateGeometries()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another font or scheme: sizes and colours follow."""
        super().changeEvent(event)
        kinds = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)
        if event.type() in kinds:
            self._painter.dress(self.font(), tokens())
            self._renew_grid()
            self.viewport().update()

    # --- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space and Enter act on the current hit; Escape goes to whoever is around."""
        hit = self.current()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() == Qt.Key.Key_Space and plain:
            if hit:
                self.enlarged.emit(hit)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if hit:
                self.opened.emit(hit)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Letters go to the box."""
        if search.strip():
            self.typed.emit(search)

    def currentChanged(  # noqa: N802
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Says what is looked at."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and not self._restoring:
            self.looked_at.emit(self.hits.hit(current.row()))

    # --- the mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """What is under the pointer is tinted."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Opens the file."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.hits.hit(index.row()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """With Ctrl, cards grow and shrink."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.width_wanted.emit(self._card_width + (24 if event.angleDelta().y() > 0 else -24))
            event.accept()
            return
        super().wheelEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N802, N803
        """Files leave as copies: the person's own stay where they are."""
        hits = self.chosen()
        if not hits:
            return
        drag = QDrag(self)
        drag.setMimeData(files_as_mime(hit.path for hit in hits))
        small = self._thumbnails.get(glimpse_of(hits[0]))
        image = small.image if small else None
        drag.setPixmap(drag_picture(image, len(hits), tokens(), self.font()))
        drag.exec(Qt.DropAction.CopyAction)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Only what lies in the part that is to be painted."""
        with self._thumbnails.painting():
            self._paint(event.rect(), event.region())
        self._want()

    def _paint(self, part: QRect, region: QRegion) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(part, QColor(tokens().window))
        top = part.top() + self.verticalOffset()
        cells = self._grid.cells_in(top, top + part.height())
        self._paint_headings(painter, top, top + part.height())
        for row in cells:
            self._paint_cell(painter, row, region)
        painter.end()

    def _paint_headings(self, painter: QPainter, top: int, bottom: int) -> None:
        margin, height = self._grid.shape.margin, self._grid.shape.heading
        for number, y in self._grid.headings_in(top - height, bottom):
            section = self.hits.sections[number]
            width = self.viewport().width() - 2 * margin
            place = QRect(margin, y - self.verticalOffset(), width, height)
            self._painter.paint_heading(painter, place, section.title, section.weaker)

    def _paint_cell(self, painter: QPainter, row: int, part: QRegion) -> None:
        cell = self._on_screen(self._grid.cell(row))
        if not part.intersects(cell):
            return
        hit = self.hits.hit(row)
        look = Look(
            chosen=self.selectionModel().isSelected(self._at(row)),
            current=self.hasFocus() and self.currentIndex().row() == row,
            hovered=row == self._hovered,
        )
        small = self._thumbnails.get(glimpse_of(self.hits.item(row)))
        paint = self._painter.paint_row if self._as_rows else self._painter.paint_card
        paint(painter, cell, hit, small, look)

    def _title_in_sight(self) -> str:
        if not self._grid.count:
            return ""
        return self.hits.sections[self._grid.section_at(self.verticalOffset())].title

    def _repaint_contents(self, content_ids: set[int]) -> None:
        top = self.verticalOffset()
        for row in self._grid.cells_in(top, top + self.viewport().height()):
            if self.hits.content_id(row) in content_ids:
                self.viewport().update(self._on_screen(self._grid.cell(row)))

    def _want(self) -> None:
        """Asks for the pictures on the screen, then for those a screen further down and up."""
        top, height = self.verticalOffset(), self.viewport().height()
        here = self._grid.cells_in(top, top + height)
        below = self._grid.cells_in(top + height, top + 2 * height)
        above = self._grid.cells_in(max(0, top - height), top)
        rows = dict.fromkeys([*here, *below, *reversed(above)])
        self._thumbnails.want([glimpse_of(self.hits.item(row)) for row in rows])
        if here and here.stop == self._grid.count:
            self.end_reached.emit()
