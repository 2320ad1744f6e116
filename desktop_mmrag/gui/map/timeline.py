"""How many items there are of each month or year, as bars; a dragged range narrows to its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.map.key_focus import KeyFocus

_HEIGHT = 88
# Few bars stand side by side on the left: a single one over the whole width says nothing.
_NARROWEST_BAR, _WIDEST_BAR = 7, 48
# Months that a bar may stand for: a month, a quarter, a year, five, ten, fifty.
_STEPS = (1, 3, 12, 60, 120, 600)
_LEAST_BAR = 3


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts of equal stretches of time from a first month on."""

    first: int
    """Months since the year 0, as `LibraryMap.months` counts; a multiple of `step`."""
    step: int
    counts: NDArray[np.int64]

    def start(self, bar: int) -> int:
        """The month that a bar begins with."""
        return self.first + bar * self.step

    def bar_of(self, month: int) -> int:
        """The bar of a month, also of one outside."""
        return (month - self.first) // self.step


def bars_of(months: NDArray[np.int32], most: int, within: tuple[int, int] | None = None) -> Bars:
    """No more than `most` bars for these months [n] (or as few as bars of 50 years allow).

    They reach over `within`, too: the first month of a chosen time and the one after the last.
    """
    if not len(months):
        return Bars(0, 1, np.zeros(0, np.int64))
    low, high = int(months.min()), int(months.max())
    if within:
        low, high = min(low, within[0]), max(high, within[1] - 1)
    step = next((s for s in _STEPS if high // s - low // s + 1 <= most), _STEPS[-1])
    first, count = low // step, high // step - low // step + 1
    counts = np.bincount(months // step - first, minlength=count)
    return Bars(first * step, step, counts.astype(np.int64))


def moment(month: int) -> datetime:
    """The beginning of a month counted since the year 0."""
    return datetime(max(month // 12, 1), month % 12 + 1, 1)


class Timeline(KeyFocus):
    """Drag over bars to choose a time; arrows walk over them, with Shift they choose."""

    chosen = Signal(object)
    """A range of months (first, the one after the last), or None for all time."""

    def __init__(self, parent: QWidget | None = None, height: int = _HEIGHT) -> None:
        super().__init__(parent)
        self._high = height
        self._months = np.empty(0, np.int32)
        self._bars = bars_of(self._months, 1)
        self._range: tuple[int, int] | None = None
        self._anchor: int | None = None
        self._at = 0
        self._hovered = -1
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as there is room."""
        return QSize(320, self._high)

    @property
    def range(self) -> tuple[int, int] | None:
        """The months that are chosen: first, and the one after the last."""
        return self._range

    def show_months(self, months: NDArray[np.int32]) -> None:
        """Counts items by their months [n], since the year 0; a chosen range stays in sight."""
        self._months = months
        self._count()

    def choose(self, range: tuple[int, int] | None) -> None:
        """Chooses months, or all time."""
        if range != self._range:
            self._range = range
            # Bars keep their places while one drags over them.
            if self._anchor is None:
                self._count()
            self._tell()
            self.chosen.emit(range)
            self.update()

    def _count(self) -> None:
        room = self.width() - 2 * style.MARGIN
        self._bars = bars_of(self._months, max(room // _NARROWEST_BAR, 1), self._range)
        self._at = min(self._at, max(len(self._bars.counts) - 1, 0))
        self._tell()
        self.update()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """More room, finer bars."""
        self._count()

    def _tell(self) -> None:
        words = self.tr("All time")
        if self._range:
            words = in_words.period(moment(self._range[0]), moment(self._range[1]))
        self.setAccessibleDescription(
            self.tr("{0}. Left and Right walk, with Shift they choose, Esc shows all.").format(
                words
            )
        )

    # --- where bars stand

    def _plot(self) -> QRectF:
        """Where bars stand; the years are written below."""
        below = QFontMetrics(self.font()).height() + style.GAP_SMALL
        return QRectF(self.rect()).adjusted(style.MARGIN, style.GAP, -style.MARGIN, -below)

    def _bar_width(self) -> float:
        return min(self._plot().width() / max(len(self._bars.counts), 1), _WIDEST_BAR)

    def _bar_at(self, x: float) -> int:
        bar = int((x - self._plot().left()) // self._bar_width())
        return min(max(bar, 0), max(len(self._bars.counts) - 1, 0))

    def place_of(self, month: int) -> QPoint:
        """A point on the bar of a month."""
        x = self._plot().left() + (self._bars.bar_of(month) + 0.5) * self._bar_width()
        return QPoint(round(x), round(self._plot().center().y()))

    # --- choosing

    def _choose_bars(self, one: int, other: int) -> None:
        first, last = sorted((one, other))
        self.choose((self._bars.start(first), self._bars.start(last + 1)))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begins a range."""
        if event.button() != Qt.MouseButton.LeftButton or not len(self._bars.counts):
            return
        bar = self._bar_at(event.position().x())
        only = (self._bars.start(bar), self._bars.start(bar + 1))
        self._anchor, self._at = bar, bar
        # A click on what is chosen lets it go.
        if self._range == only:
            self._anchor = None
            self.choose(None)
        else:
            self.choose(only)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Widens the range, or lights up what is under the pointer."""
        if not len(self._bars.counts):
            return
        bar = self._bar_at(event.position().x())
        if self._anchor is not None:
            self._at = bar
            self._choose_bars(self._anchor, bar)
        self._hovered = bar
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Ends the range."""
        self._anchor = None
        self._count()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the pointer."""
        self._hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walks over the bars."""
        self._by_keys = True
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._range:
            self.choose(None)
        elif step is None or not len(self._bars.counts):
            super().keyPressEvent(event)
        else:
            self._walk(step, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _walk(self, step: int, widen: bool) -> None:
        bars = self._bars
        if self._range is None:
            first = last = self._at
        else:
            first, last = bars.bar_of(self._range[0]), bars.bar_of(self._range[1] - 1)
            self._at = min(max(self._at + step, 0), len(bars.counts) - 1)
        if widen and self._range:
            anchor = last if self._at - step <= first and first != last else first
            anchor = first if self._at > last else anchor
            self._choose_bars(anchor, self._at)
        else:
            self._choose_bars(self._at, self._at)

    # --- telling and painting

    def event(self, event: QEvent) -> bool:
        """The time and the count of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and len(self._bars.counts):
            bar = self._bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.words(bar), self)
            return True
        return super().event(event)

    def words(self, bar: int) -> str:
        """What a bar stands for."""
        time = in_words.period(moment(self._bars.start(bar)), moment(self._bars.start(bar + 1)))
        count = in_words.number(int(self._bars.counts[bar]))
        return self.tr("{0}: {1} item(s)").format(time, count)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The chosen time as a band, bars on it, years below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self._bars.counts):
            self._paint_band(painter)
            self._paint_bars(painter)
            self._paint_years(painter)
        self.paint_focus(painter)
        painter.end()

    def _paint_band(self, painter: QPainter) -> None:
        if self._range is None:
            return
        plot, wide = self._plot(), self._bar_width()
        left = plot.left() + (self._range[0] - self._bars.first) / self._bars.step * wide
        right = plot.left() + (self._range[1] - self._bars.first) / self._bars.step * wide
        band = QRectF(left, plot.top() - 4, right - left, plot.height() + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.tokens().accent_soft))
        painter.drawRoundedRect(band & QRectF(self.rect()), 4, 4)

    def _paint_bars(self, painter: QPainter) -> None:
        plot, wide, now = self._plot(), self._bar_width(), style.tokens()
        # Roots, so that quiet months stay visible beside a wedding.
        heights = np.sqrt(self._bars.counts / self._bars.counts.max()) * plot.height()
        gap = 1.0 if wide < 12 else 2.0
        painter.setPen(Qt.PenStyle.NoPen)
        for bar in np.flatnonzero(self._bars.counts):
            high = max(float(heights[bar]), _LEAST_BAR)
            place = QRectF(plot.left() + bar * wide, plot.bottom() - high, wide - gap, high)
            colour = now.accent if self._inside(int(bar)) else now.control_border
            painter.setBrush(QColor(now.text if bar == self._hovered else colour))
            painter.drawRoundedRect(place, min(2, wide / 3), min(2, wide / 3))

    def _inside(self, bar: int) -> bool:
        start = self._bars.start(bar)
        within = self._range
        return within is None or (start < within[1] and start + self._bars.step > within[0])

    def _paint_years(self, painter: QPainter) -> None:
        plot, metrics = self._plot(), QFontMetrics(self.font())
        painter.setPen(QColor(style.tokens().quiet))
        free = plot.left()
        for month, label in self._labels():
            x = plot.left() + (month - self._bars.first) / self._bars.step * self._bar_width()
            width = metrics.horizontalAdvance(label)
            if x >= free and x + width <= plot.right() + style.MARGIN:
                painter.drawText(QRectF(x, plot.bottom() + 2, width + 4, metrics.height()), label)
                free = x + width + style.GAP_LARGE

    def _labels(self) -> Iterator[tuple[int, str]]:
        """Years at their first months; a short time has the month it begins with."""
        first, end = self._bars.first, self._bars.start(len(self._bars.counts))
        if first % 12 and first // 12 == (end - 1) // 12:
            yield first, in_words.month(f"{first // 12:04}-{first % 12 + 1:02}")
            return
        if first % 12:
            yield first, str(first // 12)
        for year in range(-(-first // 12), (end - 1) // 12 + 1):
            yield 12 * year, str(year)
