"""The window's own icons: drawn from resources/icons/ui in a colour of the tokens, sharp at any scaling."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_mmrag import bundled

_SIZES = (16, 20, 24, 32)


def drawn(name: str, colour: str, disabled: str) -> QIcon:
    """An icon in `colour` (#rrggbb), in `disabled` where it cannot be used.

    Raises FileNotFoundError when resources/icons/ui holds no NAME.svg.
    """
    icon = QIcon()
    # Drawn for the sharpest screen alone: every ratio of every size would cost the start dearly.
    ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    for size in _SIZES:
        icon.addPixmap(picture(name, colour, size, ratio))
        icon.addPixmap(picture(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return icon


def picture(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as pixels: `size` device-independent pixels a side, at a device pixel ratio."""
    pixels = round(size * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    source = _source(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (bundled.resources() / "icons" / "ui" / f"{name}.svg").read_text(encoding="utf-8")
