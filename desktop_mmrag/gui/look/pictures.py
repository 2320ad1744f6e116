"""Pixels of the core as pictures of Qt."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop_mmrag.domain import Pixels


def as_image(pixels: Pixels) -> QImage:
    """A picture of its own memory from uint8 [height, width, 3]."""
    height, width, _ = pixels.shape
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
