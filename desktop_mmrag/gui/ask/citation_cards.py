"""The sources of an answer: a card for each citation, a strip of the pictures a model looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from shiboken6 import isValid

from desktop_mmrag.application import Application
from desktop_mmrag.domain import (
    Citation,
    Hit,
    Locator,
    Medium,
    Page,
    Seen,
    TimeSpan,
    Whole,
)
from desktop_mmrag.gui.find.glimpse import draw, place_in
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.pictures import cut
from desktop_mmrag.gui.look.plain import as_markup

_CARD = QSize(264, 88)
_PICTURE = 72
_SEEN = 56
_SHARPEST = 2
_QUOTE_LINES, _LETTERS = 3, 24
_ICONS = {Medium.PHOTO: "photo", Medium.NOTE: "note", Medium.DOCUMENT: "document"}
# What has no picture gives its room to the words.
_WORDS_ALONE = (Medium.NOTE, Medium.AUDIO)
_ICONS |= {Medium.AUDIO: "audio", Medium.VIDEO: "video"}


def hit_of(cited: Citation | Seen) -> Hit:
    """What the preview shows of a citation or a picture."""
    quote = cited.quote if isinstance(cited, Citation) else ""
    where = place_of(cited)
    return Hit(0, 0, cited.content_id, cited.path, cited.medium, where, quote, 1.0, True, ())


def place_of(cited: Citation | Seen) -> Locator:
    """Where it lies in its file."""
    if isinstance(cited, Citation):
        return cited.locator
    if cited.second is not None:
        return TimeSpan(cited.second, cited.second)
    return Page(cited.page) if cited.page else Whole()


def pictures_of(
    application: Application, cited: Sequence[Citation | Seen]
) -> Iterator[tuple[int, QImage]]:
    """Away from the Qt thread: the position and a small picture of each that has one."""
    size, radius = QSize(_PICTURE, _PICTURE) * _SHARPEST, style.RADIUS_SMALL * _SHARPEST
    known = application.library.contents.describe([one.content_id for one in cited])
    for position, one in enumerate(cited):
        content = known.get(one.content_id)
        if content is None:
            continue
        place = place_in(one.path, one.medium, place_of(one))
        image = draw(application, place, size, radius) if place else None
        # Another page than the first looks like no preview.
        if image is None and not (place and place.page):
            image = cut(application.library.thumbnails.path(content.hash), size, radius)
        if image is not None:
            yield position, image


class _Tile(QAbstractButton):
    """What can be clicked, or chosen by Tab and opened by Enter or Space."""

    def __init__(self, cited: Citation | Seen, opened: Callable[[Hit], object]) -> None:
        super().__init__()
        self.cited = cited
        self._picture: QPixmap | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(as_markup(str(cited.path)))
        self.clicked.connect(lambda: opened(hit_of(cited)))

    def show_picture(self, image: QImage) -> None:
        """The picture has arrived; nothing moves."""
        self._picture = QPixmap.fromImage(image)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint_ground(self, painter: QPainter) -> None:
        now = style.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(now.focus if self.hasFocus() else now.border), width))
        painter.setBrush(QColor(now.hover if self.underMouse() else now.raised))
        half = width / 2
        ground = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(ground, style.RADIUS, style.RADIUS)

    def _paint_picture(self, painter: QPainter, place: QRect) -> None:
        now = style.tokens()
        edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(now.border), 1))
        if self._picture is not None:
            painter.drawPixmap(place, self._picture)
            # White pages on a white card need an edge.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(edge, style.RADIUS_SMALL, style.RADIUS_SMALL)
            return
        painter.setBrush(QColor(now.surface))
        painter.drawRoundedRect(edge, style.RADIUS_SMALL, style.RADIUS_SMALL)
        icon = style.pixmap(_ICONS[self.cited.medium], 24, "quiet", self.devicePixelRatioF())
        painter.drawPixmap(place.center() - QPointF(11.5, 11.5).toPoint(), icon)


class CitationCard(_Tile):
    """A number, a small picture, the file, the place in it and the words that are cited."""

    cited: Citation

    def __init__(self, cited: Citation, opened: Callable[[Hit], object]) -> None:
        super().__init__(cited, opened)
        self.setObjectName(f"citation{cited.n}")
        words = (cited.path.name, in_words.locator(cited.locator), cited.quote)
        self.setAccessibleName(
            self.tr("Source {0}: {1}").format(cited.n, ", ".join(part for part in words if part))
        )

    def sizeHint(self) -> QSize:  # noqa: N802
        """All cards are equal; larger text makes them larger."""
        metrics = QFontMetrics(self.font())
        width = _PICTURE + 3 * style.GAP + _LETTERS * metrics.averageCharWidth()
        return QSize(
            max(_CARD.width(), width), max(_CARD.height(), 4 * metrics.height() + 2 * style.GAP)
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Picture on the left, words on the right."""
        painter = QPainter(self)
        self._paint_ground(painter)
        if self._picture is None and self.cited.medium in _WORDS_ALONE:
            icon = style.pixmap(
                _ICONS[self.cited.medium], style.ICON, "quiet", self.devicePixelRatioF()
            )
            painter.drawPixmap(style.GAP + 2, style.GAP, icon)
            left = style.ICON + 2 * style.GAP
        else:
            top = (self.height() - _PICTURE) // 2
            self._paint_picture(painter, QRect(style.GAP, top, _PICTURE, _PICTURE))
            left = _PICTURE + 2 * style.GAP + style.GAP_SMALL
        self._paint_words(painter, self.rect().adjusted(left, style.GAP, -style.GAP, -style.GAP))
        painter.end()

    def _paint_words(self, painter: QPainter, place: QRect) -> None:
        now, bold, small = style.tokens(), QFont(self.font()), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(self.font().pointSizeF() * 0.9)
        mark = f"[{self.cited.n}] "
        line = QFontMetrics(bold).height()
        mark_width = QFontMetrics(bold).horizontalAdvance(mark)
        painter.setFont(bold)
        painter.setPen(QColor(now.accent))
        painter.drawText(place.topLeft() + QPointF(0, QFontMetrics(bold).ascent()).toPoint(), mark)
        painter.setPen(QColor(now.text))
        name = QRect(place.x() + mark_width, place.y(), place.width() - mark_width, line)
        self._line(painter, name, self.cited.path.name, Qt.TextElideMode.ElideMiddle)
        painter.setFont(small)
        painter.setPen(QColor(now.quiet))
        line = QFontMetrics(small).height()
        top = name.bottom() + 2
        if where := in_words.locator(self.cited.locator):
            self._line(painter, QRect(place.x(), top, place.width(), line), where)
            top += line
        self._paint_quote(painter, QRect(place.x(), top, place.width(), place.bottom() - top + 1))

    def _paint_quote(self, painter: QPainter, place: QRect) -> None:
        """As many lines as there is room for; what is cut ends in dots."""
        words, metrics = self.cited.quote.split(), painter.fontMetrics()
        lines = max(1, min(_QUOTE_LINES, place.height() // metrics.height()))
        for number in range(lines):
            row = QRect(
                place.x(), place.y() + number * metrics.height(), place.width(), metrics.height()
            )
            if number == lines - 1:
                self._line(painter, row, " ".join(words))
                return
            fitting = _fitting(words, metrics, place.width())
            self._line(painter, row, " ".join(words[:fitting]))
            words = words[fitting:]

    def _line(
        self,
        painter: QPainter,
        place: QRect,
        words: str,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        shown = painter.fontMetrics().elidedText(words, mode, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _fitting(words: Sequence[str], metrics: QFontMetrics, width: int) -> int:
    """How many words stand in one line; at least one."""
    count = 1
    while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width:
        count += 1
    return count


class SeenPicture(_Tile):
    """A picture that the model looked at."""

    def __init__(self, seen: Seen, opened: Callable[[Hit], object]) -> None:
        super().__init__(seen, opened)
        name = seen.path.name
        if where := in_words.locator(place_of(seen)):
            name = f"{name}, {where}"
        self.setAccessibleName(self.tr("The model looked at {0}").format(name))
        self.setToolTip(as_markup(name))

    def sizeHint(self) -> QSize:  # noqa: N802
        """A square."""
        return QSize(_SEEN, _SEEN)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The picture, with a ring when the keyboard is on it."""
        painter = QPainter(self)
        self._paint_ground(painter)
        self._paint_picture(painter, self.rect().adjusted(3, 3, -3, -3))
        painter.end()


def fill_pictures(tiles: Sequence[QWidget], position: int, image: QImage) -> None:
    """Hands an arrived picture to its tile, unless that went with its conversation meanwhile."""
    tile = tiles[position]
    if isinstance(tile, _Tile) and isValid(tile):
        tile.show_picture(image)
