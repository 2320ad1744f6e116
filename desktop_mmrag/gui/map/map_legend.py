"""What the colours of the map stand for; a kind that is clicked is left out or let in again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QLinearGradient, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from desktop_mmrag.domain import Medium
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.map import map_colours
from desktop_mmrag.gui.map.map_colours import Colouring

_DOT = 12
_BAR = QSize(120, 10)


class Ramp(QWidget):
    """The colours of the years from left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_BAR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """All steps of the palette."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ramp = QLinearGradient(0, 0, self.width(), 0)
        colours = map_colours.palette(Colouring.YEAR)
        for step, colour in enumerate(colours):
            ramp.setColorAt(step / (len(colours) - 1), QColor(*colour.tolist()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.end()


class MapLegend(QStackedWidget):
    """Kinds with their counts, or the years from first to last."""

    media_chosen = Signal(object)
    """The kinds that are shown, a frozenset of Medium."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapLegend")
        self._left_out: set[Medium] = set()
        self._kinds = {medium: self._kind(medium) for medium in Medium}
        kinds = QWidget()
        row = _row(kinds)
        for button in self._kinds.values():
            row.addWidget(button)
        row.addStretch(1)
        years = QWidget()
        row = _row(years)
        row.setContentsMargins(style.MARGIN, 0, 0, 0)
        self._first, self._last = plain("", "small"), plain("", "small")
        for widget in (self._first, Ramp(), self._last):
            row.addWidget(widget)
        row.addStretch(1)
        self.addWidget(kinds)
        self.addWidget(years)
        self.setFixedHeight(style.CONTROL_HEIGHT)

    def _kind(self, medium: Medium) -> QPushButton:
        button = style.kind(QPushButton(), "quiet")
        button.setObjectName(f"mapKind-{medium.value}")
        button.setToolTip(self.tr("Show or leave out: {0}").format(in_words.media(medium)))
        button.clicked.connect(lambda: self._toggle(medium))
        return button

    def media(self) -> frozenset[Medium]:
        """The kinds that are shown."""
        return frozenset(Medium) - self._left_out

    def _toggle(self, medium: Medium) -> None:
        self._left_out ^= {medium}
        self.dress()
        self.media_chosen.emit(self.media())

    def dress(self) -> None:
        """Dots in the colours of now."""
        for medium, button in self._kinds.items():
            colour = style.tokens().medium(medium.value)
            shown = medium not in self._left_out
            button.setIcon(QIcon(_dot(colour, shown, self.devicePixelRatioF())))
            button.setIconSize(QSize(_DOT, _DOT))
            button.setAccessibleDescription(self.tr("shown") if shown else self.tr("left out"))

    def show_kinds(self, counts: Sequence[int]) -> None:
        """Counts in the order of Medium; kinds that there are none of are hidden."""
        for (medium, button), count in zip(self._kinds.items(), counts, strict=True):
            button.setVisible(count > 0)
            name, number = in_words.media(medium), in_words.number(count)
            button.setText(f"{name} {number}")
            button.setAccessibleName(self.tr("{0}: {1} item(s)").format(name, number))
        self.dress()

    def show_years(self, first: int, last: int) -> None:
        """The years of the oldest and the newest item."""
        self._first.setText(str(first))
        self._last.setText(str(last))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another scheme: other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()

    def colour_by(self, by: Colouring) -> None:
        """Explains these colours."""
        self.setCurrentIndex(int(by is Colouring.YEAR))


def _row(holder: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(style.GAP_SMALL)
    return row


def _dot(colour: str, filled: bool, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(_DOT * ratio), round(_DOT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colour))
    painter.setBrush(QColor(colour) if filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.5, 1.5, _DOT - 3, _DOT - 3))
    painter.end()
    return pixmap
