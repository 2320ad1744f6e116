"""Paints one hit: a card with its picture or first words, or a row of the list; where it lies, and why it matched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from desktop_mmrag.domain import Hit, Medium
from desktop_mmrag.gui.find.grid import Shape
from desktop_mmrag.gui.find.hit_words import (
    badge,
    marked_words,
    marks,
    moment,
    shown_words,
    where_and_when,
    words_say_more,
)
from desktop_mmrag.gui.find.thumbnails import Small
from desktop_mmrag.gui.look import icons, in_words
from desktop_mmrag.gui.look.style import GAP, GAP_SMALL, MARGIN, RADIUS, Tokens

_INSET = 6
# Pictures begin below the box, not cells.
_MARGIN = MARGIN - _INSET
_ROW_HEIGHT = 88
_ROW_PICTURE = 72
_PAPER = 14
# Below the words: the sign of the kind stands there.
_PAPER_FOOT = 26
_LEADING = 1.3
_HEADING = 40
_WEAK = 0.6
# How far badges and signs keep from the edges of a picture, and how large signs are.
_CARD_EDGE, _CARD_MARK = 8, 24
_ROW_EDGE, _ROW_MARK = 4, 20
_REMEMBERED = 512
_BADGE = QColor(0, 0, 0, 165)
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Look:
    """How a hit stands in the gallery just now."""

    chosen: bool = False
    current: bool = False
    """Whether the keyboard is here: it gets the focus ring."""
    hovered: bool = False


class HitPainter:
    """One for each gallery; `tokens` and `font` are set anew before each paint."""

    def __init__(self, font: QFont, tokens: Tokens) -> None:
        self.dress(font, tokens)

    def dress(self, font: QFont, tokens: Tokens) -> None:
        """The font and the colours from now on."""
        self._tokens = tokens
        self._font = font
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(font)
        self._small.setPointSizeF(font.pointSizeF() * 0.85)
        self._metrics = QFontMetrics(font)
        self._bold_metrics = QFontMetrics(self._bold)
        self._small_metrics = QFontMetrics(self._small)
        self._chip_height = self._small_metrics.height() + 6
        self._leading = round(self._small_metrics.height() * _LEADING)
        # The same words are painted again and again while they are scrolled by.
        self._lines_of = lru_cache(maxsize=_REMEMBERED)(self._wrapped)
        self._small_width = lru_cache(maxsize=_REMEMBERED)(self._small_metrics.horizontalAdvance)

    # --- how large

    def card(self, width: int, with_reasons: bool) -> Shape:
        """Cards of about this width."""
        lines = self._bold_metrics.height() + self._small_metrics.height() + 2
        caption = 2 * _INSET + GAP + lines + (self._chip_height + 6 if with_reasons else 0)
        return Shape(width, caption, 0.75, GAP, _MARGIN, self.heading_height())

    def row(self) -> Shape:
        """Rows over the whole width."""
        high = max(_ROW_HEIGHT, self._row_text_height() + MARGIN)
        return Shape(1, high, 0.0, 2, _MARGIN, self.heading_height(), columns=1)

    def heading_height(self) -> int:
        """Height of a heading between sections."""
        return max(_HEADING, 2 * self._bold_metrics.height())

    def picture_of(self, cell: QRect, as_row: bool) -> QRect:
        """Where in a cell the picture lies."""
        if as_row:
            top = cell.y() + (cell.height() - _ROW_PICTURE) // 2
            return QRect(cell.x() + _INSET, top, _ROW_PICTURE, _ROW_PICTURE)
        width = cell.width() - 2 * _INSET
        return QRect(cell.x() + _INSET, cell.y() + _INSET, width, round(width * 0.75))

    # --- painting

    def paint_card(
        self, painter: QPainter, cell: QRect, hit: Hit, small: Small | None, look: Look
    ) -> None:
        """A picture or words on paper, and two lines below."""
        self._paint_ground(painter, cell, look)
        place = self.picture_of(cell, as_row=False)
        painter.setOpacity(1.0 if hit.strong else _WEAK)
        self._paint_picture(painter, place, hit, small, roomy=True)
        painter.setOpacity(1.0)
        self._paint_badge(painter, place, badge(hit), _CARD_EDGE)
        self._paint_marks(painter, place, marks(hit), _CARD_EDGE, _CARD_MARK)
        left, width = place.x(), place.width()
        top = place.bottom() + 1 + GAP
        top = self._line(painter, left, top, width, hit.path.name, self._bold)
        top = self._line(painter, left, top + 2, width, where_and_when(hit), self._small, True)
        if hit.reasons:
            self._paint_chips(painter, left, top + 6, width, hit)

    def paint_row(
        self, painter: QPainter, cell: QRect, hit: Hit, small: Small | None, look: Look
    ) -> None:
        """A small picture, and name, place and words beside it."""
        self._paint_ground(painter, cell, look)
        place = self.picture_of(cell, as_row=True)
        painter.setOpacity(1.0 if hit.strong else _WEAK)
        self._paint_picture(painter, place, hit, small, roomy=False)
        painter.setOpacity(1.0)
        self._paint_badge(painter, place, moment(hit), _ROW_EDGE)
        self._paint_marks(painter, place, self._row_marks(hit, small), _ROW_EDGE, _ROW_MARK)
        words = shown_words(hit, small)
        left = place.right() + 1 + MARGIN
        width = cell.right() - left - MARGIN
        chips = min(self._chips_width(hit), width // 2)
        beside = width - chips - MARGIN if chips else width
        high = self._row_text_height() if words else self._two_lines()
        top = cell.y() + (cell.height() - high) // 2
        below = self._line(painter, left, top, beside, hit.path.name, self._bold)
        if beside < width:
            middle = (self._two_lines() - self._chip_height) // 2
            self._paint_chips(painter, left + width - chips, top + middle, chips, hit)
        told = f"{where_and_when(hit)} · {in_words.folder(hit.path.parent)}"
        below = self._line(painter, left, below + 2, beside, told, self._small, True)
        if words:
            self._line(painter, left, below + 4, width, words, self._font)

    def _row_marks(self, hit: Hit, small: Small | None) -> Iterator[str]:
        """Where there is no picture, the sign of the kind already stands in its place."""
        pictured = small is not None and small.image is not None
        return (name for name in marks(hit) if pictured or name == "offline")

    def _two_lines(self) -> int:
        return self._bold_metrics.height() + 2 + self._small_metrics.height()

    def _row_text_height(self) -> int:
        return self._two_lines() + 4 + self._metrics.height()

    def paint_heading(self, painter: QPainter, place: QRect, title: str, weaker: bool) -> None:
        """The title of a section; the divider before weaker matches carries a line."""
        painter.setFont(self._bold)
        painter.setPen(QColor(self._tokens.quiet if weaker else self._tokens.text))
        width = self._bold_metrics.horizontalAdvance(title)
        place = place.adjusted(_INSET, 0, -_INSET, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)
        if weaker:
            painter.setPen(QColor(self._tokens.border))
            middle = place.center().y()
            painter.drawLine(place.x() + width + MARGIN, middle, place.right(), middle)

    def _paint_ground(self, painter: QPainter, cell: QRect, look: Look) -> None:
        t = self._tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if look.chosen or look.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent_soft if look.chosen else t.hover))
            painter.drawRoundedRect(cell, RADIUS, RADIUS)
        if look.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.focus), 2))
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_picture(
        self, painter: QPainter, place: QRect, hit: Hit, small: Small | None, roomy: bool
    ) -> None:
        if small and small.image and not (roomy and words_say_more(hit)):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, small.image)
            # A white page must not melt into the ground.
            self._paint_edge(painter, place, Qt.BrushStyle.NoBrush)
            return
        self._paint_paper(painter, place)
        words = shown_words(hit, small)
        if roomy and words:
            painter.setFont(self._small)
            painter.setPen(QColor(self._tokens.text))
            painter.setOpacity(1.0)
            room = place.adjusted(_PAPER, _PAPER, -_PAPER, -_PAPER_FOOT)
            lines = max(1, room.height() // self._leading)
            marked = marked_words(hit)
            for at, line in enumerate(self._lines_of(words, room.width(), lines)):
                top = room.y() + at * self._leading
                self._paint_marked(painter, room.x(), top, line, marked)
            self._paint_sign(painter, place, hit.medium)
        elif small is not None or not roomy:
            self._paint_kind(painter, place, hit.medium, 24 if not roomy else 40)

    def _paint_marked(
        self, painter: QPainter, x: int, y: int, line: str, marked: Sequence[str]
    ) -> None:
        """A line of words; a marker's stroke lies behind those that matched."""
        metrics, lowered = self._small_metrics, line.lower()
        painter.setPen(QColor(self._tokens.text))
        painter.drawText(x, y + metrics.ascent(), line)
        painter.setPen(QColor(self._tokens.on_mark))
        for word in marked:
            start = lowered.find(word)
            while start >= 0:
                shown = line[start : start + len(word)]
                left = x + metrics.horizontalAdvance(line, start)
                width = metrics.horizontalAdvance(shown)
                stroke = QRectF(left, y, width, metrics.height())
                painter.fillRect(stroke, QColor(self._tokens.mark))
                painter.drawText(left, y + metrics.ascent(), shown)
                start = lowered.find(word, start + len(word))

    def _paint_sign(self, painter: QPainter, place: QRect, medium: Medium) -> None:
        """A small sign of the kind, in the corner of the paper."""
        ratio = painter.device().devicePixelRatioF()
        sign = _icon(medium.value, self._tokens.medium(medium.value), 16, ratio)
        painter.drawPixmap(place.right() - 23, place.bottom() - 23, sign)

    def _paint_paper(self, painter: QPainter, place: QRect) -> None:
        self._paint_edge(painter, place, QColor(self._tokens.surface))

    def _paint_edge(self, painter: QPainter, place: QRect, ground: QColor | Qt.BrushStyle) -> None:
        painter.setPen(QPen(QColor(self._tokens.border), 1))
        painter.setBrush(ground)
        edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, RADIUS_PICTURE, RADIUS_PICTURE)

    def _paint_kind(self, painter: QPainter, place: QRect, medium: Medium, size: int) -> None:
        ratio = painter.device().devicePixelRatioF()
        pixmap = _icon(medium.value, self._tokens.medium(medium.value), size, ratio)
        at = QPointF(place.center()) - QPointF(size / 2, size / 2)
        painter.drawPixmap(at, pixmap)

    def _paint_badge(self, painter: QPainter, place: QRect, words: str, edge: int) -> None:
        """Where in the file, in the corner of the picture."""
        if not words:
            return
        width = self._small_metrics.horizontalAdvance(words) + 12
        high = self._chip_height + (2 if edge == _CARD_EDGE else -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_BADGE)
        rect = QRectF(place.x() + edge, place.bottom() + 1 - edge - high, width, high)
        painter.drawRoundedRect(rect, 6, 6)
        painter.setFont(self._small)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_marks(
        self, painter: QPainter, place: QRect, names: Iterator[str], edge: int, size: int
    ) -> None:
        """The kind, and whether the drive is away, from the right corner on."""
        left = place.right() + 1 - edge - size
        for name in names:
            rect = QRectF(left, place.y() + edge, size, size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_BADGE)
            painter.drawEllipse(rect)
            inset = QPointF(5, 5)
            ratio = painter.device().devicePixelRatioF()
            sign = _icon(name, "#ffffff", size - 10, ratio)
            painter.drawPixmap(rect.topLeft() + inset, sign)
            left -= size + 4

    # --- words

    def _line(
        self, painter: QPainter, x: int, y: int, width: int, text: str, font: QFont,
        quiet: bool = False,
    ) -> int:  # fmt: skip
        """One line, cut short where it does not fit; returns where the next may begin."""
        metrics = {id(self._bold): self._bold_metrics, id(self._small): self._small_metrics}.get(
            id(font), self._metrics
        )
        painter.setFont(font)
        painter.setPen(QColor(self._tokens.quiet if quiet else self._tokens.text))
        mode = Qt.TextElideMode.ElideMiddle if font is self._bold else Qt.TextElideMode.ElideRight
        painter.drawText(x, y + metrics.ascent(), metrics.elidedText(text, mode, width))
        return y + metrics.height()

    def _wrapped(self, words: str, width: int, lines: int) -> list[str]:
        """Lines of at most `width` pixels; the last is cut short where more follows."""
        metrics, rest = self._small_metrics, words
        wrapped: list[str] = []
        while rest and len(wrapped) < lines - 1:
            line, rest = first_line(rest, width, metrics)
            wrapped.append(line)
        if rest:
            wrapped.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
        return wrapped

    def _paint_chips(self, painter: QPainter, x: int, y: int, width: int, hit: Hit) -> None:
        right = x + width
        painter.setFont(self._small)
        reasons = [in_words.store(reason.store) for reason in hit.reasons]
        for at, words in enumerate(reasons):
            wide = self._small_width(words) + 14
            more = f"+{len(reasons) - at}"
            if x + wide > right:
                words, wide = more, self._small_width(more) + 12
                if x + wide > right:
                    return
            rect = QRectF(x, y, wide, self._chip_height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(self._tokens.pressed if self._tokens.dark else self._tokens.hover)
            )
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            painter.setPen(QColor(self._tokens.quiet))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
            if words == more:
                return
            x += wide + GAP_SMALL

    def _chips_width(self, hit: Hit) -> int:
        wide = (
            self._small_width(in_words.store(reason.store)) + 14 + GAP_SMALL
            for reason in hit.reasons
        )
        return sum(wide)


RADIUS_PICTURE = 6.0
"""Of the corners of pictures, in device-independent pixels."""


def picture_pixels(place: QRect, ratio: float) -> QSize:
    """How many device pixels a picture takes."""
    return QSize(round(place.width() * ratio), round(place.height() * ratio))


def first_line(text: str, width: int, metrics: QFontMetrics) -> tuple[str, str]:
    """As many words as fit, and the rest; a word too long is cut anywhere."""
    low, end = 1, min(len(text), max(2, 2 * width // max(1, metrics.averageCharWidth())))
    while low < end:
        middle = (low + end + 1) // 2
        fits = metrics.horizontalAdvance(text, middle) <= width
        low, end = (middle, end) if fits else (low, middle - 1)
    if end >= len(text):
        return text, ""
    space = text.rfind(" ", 0, end + 1)
    cut_at = space if space > 0 else end
    return text[:cut_at].rstrip(), text[cut_at:].lstrip()


@lru_cache(maxsize=64)
def _icon(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    return icons.picture(name, colour, size, ratio)
