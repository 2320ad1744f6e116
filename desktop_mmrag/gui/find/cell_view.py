"""A view whose cells lie where a Grid says: scrolling, keys and choosing for any number of cells."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_mmrag.gui.find.grid import Grid, Rect
from desktop_mmrag.gui.find.hit_list import Index

_WHEEL_STEP = 56
_MOVES = QAbstractItemView.CursorAction
_ROWS_MOVED = {_MOVES.MoveUp: -1, _MOVES.MoveDown: 1}
_CELLS_MOVED = {
    _MOVES.MoveLeft: -1,
    _MOVES.MovePrevious: -1,
    _MOVES.MoveRight: 1,
    _MOVES.MoveNext: 1,
}


class CellView(QListView):
    """A QListView to screen readers; its own layout, which knows no headings, is never used."""

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        # First: Qt asks for geometries while it builds the widget.
        self._grid = grid
        super().__init__(parent)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def _renew_grid(self) -> None:
        """Called when the width changed; sets `_grid` and updates the geometries."""
        raise NotImplementedError

    def _at(self, row: int) -> QModelIndex:
        return self.model().index(row, 0)

    def _first_in_sight(self) -> QModelIndex:
        cells = self._grid.cells_in(self.verticalOffset(), self.verticalOffset() + 1)
        return self._at(cells.start) if cells else QModelIndex()

    # --- where things lie

    def updateGeometries(self) -> None:  # noqa: N802
        """The range of the scroll bar."""
        QAbstractItemView.updateGeometries(self)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._grid.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(_WHEEL_STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As many columns as fit; what was at the top stays in sight."""
        first = self._first_in_sight()
        before = self._grid.columns
        self._renew_grid()
        if self._grid.columns != before and self.verticalOffset() and first.isValid():
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)
        QAbstractItemView.resizeEvent(self, event)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Where a row lies in the viewport."""
        if not index.isValid() or index.row() >= self._grid.count:
            return QRect()
        return self._on_screen(self._grid.cell(index.row()))

    def _on_screen(self, rect: Rect) -> QRect:
        return QRect(rect.x, rect.y - self.verticalOffset(), rect.width, rect.height)

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """The row at a point of the viewport."""
        row = self._grid.at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._at(row)

    def scrollTo(  # noqa: N802
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scrolls no further than needed."""
        if not index.isValid() or index.row() >= self._grid.count:
            return
        rect, bar = self._grid.cell(index.row()), self.verticalScrollBar()
        gap, height = self._grid.shape.gap, self.viewport().height()
        hints = QAbstractItemView.ScrollHint
        heading = self._grid.shape.heading
        if hint == hints.PositionAtCenter:
            bar.setValue(rect.y - (height - rect.height) // 2)
        elif hint == hints.PositionAtTop or rect.y - gap < bar.value():
            bar.setValue(rect.y - (heading if rect.y - heading < bar.value() else gap))
        elif rect.y + rect.height + gap > bar.value() + height:
            bar.setValue(rect.y + rect.height + gap - height)

    def horizontalOffset(self) -> int:  # noqa: N802
        """Nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802
        """How far it is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802
        """None is."""
        return False

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Moves what is painted; only what comes into sight is painted anew."""
        self.viewport().scroll(dx, dy)

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads from the current row."""
        if not self._grid.count:
            return QModelIndex()
        if not self.currentIndex().isValid():
            return self._first_in_sight() if self._first_in_sight().isValid() else self._at(0)
        return self._at(self._moved(self.currentIndex().row(), action))

    def _moved(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        a_page = max(1, self.viewport().height() // max(1, self._grid.cell_height))
        match action:
            case _MOVES.MoveHome:
                return 0
            case _MOVES.MoveEnd:
                return self._grid.count - 1
            case _MOVES.MovePageUp:
                return self._grid.below(row, -a_page)
            case _MOVES.MovePageDown:
                return self._grid.below(row, a_page)
        if action in _ROWS_MOVED:
            return self._grid.below(row, _ROWS_MOVED[action])
        return max(0, min(row + _CELLS_MOVED.get(action, 0), self._grid.count - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Something is current as soon as the keyboard comes here."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._grid.count:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._first_in_sight(), flag)
        self.viewport().update()

    # --- choosing

    def setSelection(  # noqa: N802
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """From one row to another in their order; with the mouse held, what the rectangle touches."""
        if self.state() == QAbstractItemView.State.DragSelectingState:
            rows = self._touched(rect.normalized())
        else:
            first, last = (self._nearest(p) for p in (rect.topLeft(), rect.bottomRight()))
            rows = [range(min(first, last), max(first, last) + 1)] if first >= 0 <= last else []
        selection = QItemSelection()
        for stretch in rows:
            selection.select(self._at(stretch.start), self._at(stretch.stop - 1))
        self.selectionModel().select(selection, command)

    def _nearest(self, point: QPoint) -> int:
        index = self.indexAt(point)
        return index.row() if index.isValid() else -1

    def _touched(self, rect: QRect) -> list[range]:
        offset = self.verticalOffset()
        cells = self._grid.cells_in(rect.top() + offset, rect.bottom() + offset + 1)
        return [
            range(row, row + 1)
            for row in cells
            if self._on_screen(self._grid.cell(row)).intersects(rect)
        ]

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """All of the viewport: what is on the screen is cheap to paint, 100,000 rectangles are not."""
        return QRegion() if selection.isEmpty() else QRegion(self.viewport().rect())

    def doItemsLayout(self) -> None:  # noqa: N802
        """The grid is the layout."""
        self.updateGeometries()
