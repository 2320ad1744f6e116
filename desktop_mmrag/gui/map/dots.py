"""Paints dots: a few as drawings; very many at once, straight into the picture's memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

_SHADES = 4
_OUTER = 1.0
_RIM = 5


@dataclass(frozen=True)
class Dots:
    """Where dots lie, and how they look."""

    at: NDArray[np.float64]
    """Pixels [n, 2]."""
    colours: NDArray[np.integer]
    """[n], places in the palette."""
    palette: NDArray[np.uint8]
    """Red, green, blue [k, 3]."""
    radius: float
    beneath: int = 0
    """So many of them, from the first, lie under all others."""


@dataclass(frozen=True)
class Picture:
    """A transparent picture with dots; `pixels` is its memory, if any, and lives as long as it."""

    image: QImage
    pixels: NDArray[np.uint32] | None = None


def paint_few(width: int, height: int, dots: Dots, ground: QColor) -> Picture:
    """Each dot by itself, later ones on earlier ones, parted by a thin rim of the ground's colour.

    4,000 dots take some ten milliseconds.
    """
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    drawings = [_drawing(QColor(*c), dots.radius, ground) for c in dots.palette.tolist()]
    corner = drawings[0].width() / 2 if drawings else 0
    painter = QPainter(image)
    for (x, y), colour in zip(dots.at.tolist(), dots.colours.tolist(), strict=True):
        painter.drawImage(QPointF(x - corner, y - corner), drawings[colour])
    painter.end()
    return Picture(image)


def _drawing(colour: QColor, radius: float, ground: QColor) -> QImage:
    rim = max(1.0, radius / _RIM)
    side = 2 * int(np.ceil(radius + rim) + 1)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    middle = QPointF(side / 2, side / 2)
    for brush, reach in ((ground, radius + rim), (colour, radius)):
        painter.setBrush(brush)
        painter.drawEllipse(middle, reach, reach)
    painter.end()
    return image


def paint_many(width: int, height: int, dots: Dots) -> Picture:
    """100,000 dots take some ten milliseconds: one write for each pixel of a dot, for all dots at once.

    Rims are written before bodies, so that a rim never cuts into a dot. Which of two dots that
    touch lies on the other is left open, but for those beneath.
    """
    stamp = _stamp(round(dots.radius, 1))
    pad = int(np.ceil(dots.radius + _OUTER))
    wide, high = width + 2 * pad, height + 2 * pad
    canvas = np.zeros(wide * high, np.uint32)
    x, y = np.floor(dots.at).astype(np.intp).T + pad
    inside = (x >= pad) & (x < wide - pad) & (y >= pad) & (y < high - pad)
    for part in (slice(0, dots.beneath), slice(dots.beneath, None)):
        here = inside[part]
        base = y[part][here] * wide + x[part][here]
        used = dots.colours[part][here]
        for shade, offsets in stamp:
            tinted = _premultiplied(dots.palette, shade)[used]
            for dx, dy in offsets:
                canvas[base + (dy * wide + dx)] = tinted
    # The padding stays where it is: lines are longer than the picture is wide.
    pixels = canvas[pad * wide + pad :]
    argb = QImage.Format.Format_ARGB32_Premultiplied
    return Picture(QImage(pixels.data, width, height, 4 * wide, argb), pixels)


@lru_cache(maxsize=64)
def _stamp(radius: float) -> tuple[tuple[float, tuple[tuple[int, int], ...]], ...]:
    """The pixels of one dot by how much of each it covers, the faintest first."""
    reach = int(np.ceil(radius + _OUTER))
    shades: dict[float, list[tuple[int, int]]] = {}
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            covered = min(max(radius + 0.5 - float(np.hypot(dx, dy)), 0.0), 1.0)
            if shade := round(covered * _SHADES) / _SHADES:
                shades.setdefault(shade, []).append((dx, dy))
    return tuple((shade, tuple(shades[shade])) for shade in sorted(shades))


def _premultiplied(palette: NDArray[np.uint8], alpha: float) -> NDArray[np.uint32]:
    red, green, blue = np.rint(palette.astype(np.float64) * alpha).astype(np.uint32).T
    opaque = np.uint32(round(255 * alpha))
    return np.asarray((opaque << 24) | (red << 16) | (green << 8) | blue, np.uint32)
