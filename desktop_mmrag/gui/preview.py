"""One hit looked at closely: its picture with the matching regions, its words, its facts."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from desktop_mmrag.application import Shown
from desktop_mmrag.domain import Box, Hit, Page, Role
from desktop_mmrag.gui.gallery import open_hit, place_words
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.library.snippet import spans

_REGION = QColor(255, 170, 0)
_MARK = "background:#ffd97a; color:#000000"


class Preview(QWidget):
    """The pane on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumHeight(40)
        self._words = QTextBrowser()
        self._words.setObjectName("facts")
        self._words.setOpenLinks(False)
        self._words.setAccessibleName(self.tr("What is known of this file"))
        self._open = QPushButton(self.tr("Open"))
        self._open.clicked.connect(self._open_file)
        self._hit: Hit | None = None
        layout = QVBoxLayout(self)
        for widget in (self._picture, self._words, self._open):
            layout.addWidget(widget)
        self.clear()

    def clear(self) -> None:
        """Shows nothing."""
        self._hit = None
        self._picture.clear()
        self._words.clear()
        self._open.setEnabled(False)

    def show_hit(self, hit: Hit, shown: Shown) -> None:
        """Shows the file of a hit with the place that matched."""
        self._hit = hit
        self._open.setEnabled(hit.online)
        self._picture.setVisible(shown.preview is not None)
        if shown.preview:
            self._picture.setPixmap(_with_regions(shown.preview, _boxes(hit)))
        self._words.setHtml(_html(hit, shown))

    def _open_file(self) -> None:
        if self._hit:
            open_hit(self._hit)


def _boxes(hit: Hit) -> list[Box]:
    """Regions on the picture that the preview shows: a photo, or the first page."""
    boxes = [box for reason in hit.reasons for box in reason.boxes]
    if not boxes and isinstance(hit.locator, Box):
        boxes = [hit.locator]
    return [box for box in boxes if box.page in (None, 1)]


def _with_regions(preview: Path, boxes: list[Box]) -> QPixmap:
    pixmap = QPixmap(str(preview)).scaled(
        360, 360, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter = QPainter(pixmap)
    painter.setPen(QPen(_REGION, 2))
    width, height = pixmap.width(), pixmap.height()
    for box in boxes:
        painter.drawRect(
            QRectF(
                box.x0 * width,
                box.y0 * height,
                (box.x1 - box.x0) * width,
                (box.y1 - box.y0) * height,
            )
        )
    painter.end()
    return pixmap


def _html(hit: Hit, shown: Shown) -> str:
    """Facts and text. Everything from files is escaped: it is data, never markup."""
    facts = shown.content.facts
    rows = [
        ("Folder", str(hit.path.parent)),
        ("Date", f"{shown.content.dated_at:%d %B %Y %H:%M}"),
        ("Place", facts.place),
        ("Camera", facts.camera),
        ("Title", facts.title),
        ("Author", facts.author),
    ]
    table = "".join(
        f"<tr><td><b>{name}</b>&nbsp;</td><td>{escape(value)}</td></tr>"
        for name, value in rows
        if value
    )
    body = "".join(f"<p>{_marked(text, hit)}</p>" for text in _texts(hit, shown.segments))
    where = escape(place_words(hit))
    return f"<h3>{escape(hit.path.name)}</h3><p>{where}</p><table>{table}</table><hr>{body}"


def _texts(hit: Hit, segments: tuple[KeptSegment, ...]) -> list[str]:
    """The words of the page of the hit, or of the whole file."""
    page = hit.locator.page if isinstance(hit.locator, Page | Box) else None
    return [
        kept.segment.text
        for kept in segments
        if kept.segment.text
        and kept.segment.role is not Role.CAPTION
        and (page is None or getattr(kept.segment.locator, "page", None) == page)
    ]


def _marked(text: str, hit: Hit) -> str:
    """Escaped text with the matching words marked."""
    words = sorted({word for reason in hit.reasons for word in reason.words})
    pieces, end = [], 0
    for start, stop in spans(text, words):
        pieces.append(escape(text[end:start]))
        pieces.append(f"<span style='{_MARK}'>{escape(text[start:stop])}</span>")
        end = stop
    pieces.append(escape(text[end:]))
    return "".join(pieces).replace("\n", "<br>")
