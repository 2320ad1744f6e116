"""What hangs at the pointer while files are dragged out."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap

from desktop_mmrag.gui.look import in_words
from desktop_mmrag.gui.look.style import Tokens


def drag_picture(image: QImage | None, count: int, tokens: Tokens, font: QFont) -> QPixmap:
    """What hangs at the pointer during a drag: the picture, and how many files there are."""
    side = 96
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    if image:
        size = image.size().scaled(side - 12, side - 12, Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(6, 6, size.width(), size.height()), image)
    if count > 1 or not image:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(QRect(side - 34, 0, 32, 32))
        painter.setPen(QColor(tokens.on_accent))
        painter.setFont(font)
        words = in_words.number(count) if count < 1000 else "…"
        painter.drawText(QRect(side - 34, 0, 32, 32), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return pixmap
