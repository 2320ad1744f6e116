"""The list of hits: thumbnails, names, places and reasons, drawn only for what is on the screen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QUrl,
)
from PySide6.QtGui import QColor, QDesktopServices, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_mmrag.domain import Box, Hit, Page, TextSpan

_HIT = Qt.ItemDataRole.UserRole
_ROW_HEIGHT = 92
_THUMBNAIL = 76
_CACHED_THUMBNAILS = 400
Index = QModelIndex | QPersistentModelIndex


class HitList(QAbstractListModel):
    """The hits of one search, best first."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Replaces what is shown."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Hits have no children."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The hit itself for the delegate; words for screen readers and tool tips."""
        hit = self._hits[index.row()]
        if role == _HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.path.name}, {place_words(hit)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(hit.path)
        return None


class Gallery(QListView):
    """Shows hits; a click chooses one, Enter or a double click opens its file."""

    def __init__(self, thumbnail: Callable[[Hit], str | None], chosen: Callable[[Hit], None]):
        super().__init__()
        self.hits = HitList()
        self.setModel(self.hits)
        self.setItemDelegate(_HitDelegate(thumbnail, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Results"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(
            lambda index, _: chosen(index.data(_HIT)) if index.isValid() else None
        )
        self.activated.connect(lambda index: open_hit(index.data(_HIT)))


def open_hit(hit: Hit) -> None:
    """Opens the file of a hit with the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(hit.path)))


def place_words(hit: Hit) -> str:
    """Where in the file, in words."""
    match hit.locator:
        case Page(page=page) | Box(page=int(page)):
            return f"page {page}"
        case TextSpan(heading=str(heading)) if heading:
            return heading
    return hit.medium.value


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, thumbnail: Callable[[Hit], str | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(320, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(_HIT)
        painter.save()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        if chosen:
            painter.fillRect(rect, palette.highlight())
        self._paint_thumbnail(painter, rect, hit)
        text = palette.highlightedText().color() if chosen else palette.text().color()
        self._paint_words(painter, rect.adjusted(_THUMBNAIL + 24, 10, -12, -8), hit, text)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        place = QRect(rect.x() + 10, rect.y() + 8, _THUMBNAIL, _THUMBNAIL)
        pixmap = self._pixmap(hit)
        if pixmap is None:
            painter.fillRect(place, QColor(128, 128, 128, 40))
            painter.setPen(QColor(128, 128, 128))
            kind = hit.path.suffix.lstrip(".").upper()[:5]
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, kind)
            return
        size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(place.topLeft(), size)
        target.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap)

    def _pixmap(self, hit: Hit) -> QPixmap | None:
        if hit.content_id not in self._pixmaps:
            # Asked for once, not at every paint: it takes a query.
            path = self._thumbnail(hit)
            if path is None:
                return None
            # Bounded: decoded thumbnails of a large library would fill the memory.
            while len(self._pixmaps) >= _CACHED_THUMBNAILS:
                self._pixmaps.popitem(last=False)
            self._pixmaps[hit.content_id] = QPixmap(path)
        return self._pixmaps[hit.content_id]

    def _paint_words(self, painter: QPainter, place: QRect, hit: Hit, color: QColor) -> None:
        quiet = QColor(color)
        quiet.setAlphaF(0.65)
        reasons = " · ".join(reason.store.value for reason in hit.reasons)
        weaker = "" if hit.strong else " · weaker match"
        bold = QFont(painter.font())
        bold.setBold(True)
        rows = (
            (bold, color, hit.path.name),
            (painter.font(), quiet, f"{place_words(hit)} · {reasons}{weaker}"),
            (painter.font(), color, " ".join(hit.snippet.split())),
        )
        for number, (font, pen, words) in enumerate(rows):
            painter.setFont(font)
            painter.setPen(pen)
            line = QRect(place.x(), place.y() + number * 24, place.width(), 22)
            shown = painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
