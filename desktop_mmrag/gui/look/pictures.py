"""Pixels of the core as pictures of Qt, and pictures cut to size with rounded corners."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath

from desktop_mmrag.domain import Pixels

# Faces are in the upper part of upright pictures, headings at the top of pages.
_UPRIGHT_FROM_TOP = 0.2


def as_image(pixels: Pixels) -> QImage:
    """A picture of its own memory from uint8 [height, width, 3]."""
    height, width, _ = pixels.shape
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def cut(path: Path, size: QSize, radius: float) -> QImage | None:
    """The picture at `path` filling exactly `size`, its corners rounded; None when unreadable."""
    reader = QImageReader(str(path))
    full = reader.size()
    if full.isEmpty() or size.isEmpty():
        return None
    reader.setScaledSize(full.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else _rounded(image, _window(image.size(), size), radius)


def filling(image: QImage, size: QSize, radius: float) -> QImage:
    """A picture scaled and cut to fill exactly `size`, its corners rounded."""
    scaled = image.scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    return _rounded(scaled, _window(scaled.size(), size), radius)


def _window(filled: QSize, size: QSize) -> QRect:
    spare_y = filled.height() - size.height()
    top = round(spare_y * _UPRIGHT_FROM_TOP) if filled.height() > filled.width() else spare_y // 2
    return QRect((filled.width() - size.width()) // 2, top, size.width(), size.height())


def _rounded(image: QImage, window: QRect, radius: float) -> QImage:
    """The part of a picture in `window` with rounded corners, ready to be painted as it is."""
    out = QImage(window.size(), QImage.Format.Format_ARGB32_Premultiplied)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(out.rect()), radius, radius)
    painter.setClipPath(path)
    painter.drawImage(0, 0, image, window.x(), window.y(), window.width(), window.height())
    painter.end()
    return out
