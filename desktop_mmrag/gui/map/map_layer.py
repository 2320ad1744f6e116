"""The dots of the map as one picture, somewhat larger than the view, so that panning only moves it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor

from desktop_mmrag.gui.look.style import tokens
from desktop_mmrag.gui.map.camera import Camera
from desktop_mmrag.gui.map.dots import Dots, Picture, paint_few, paint_many
from desktop_mmrag.gui.map.map_colours import faint

# Of the view's size, on each side.
_BEYOND = 0.2
_RADIUS = (1.6, 5.0)
_RADIUS_OF_SPACING = 0.5
# Beyond this many, painting each by itself takes longer than all at once.
_FEW = 4000


@dataclass(frozen=True)
class Points:
    """All points of the map with their colours, and which of them are wanted."""

    at: NDArray[np.float64]
    """[n, 2] in the map's plane."""
    colours: NDArray[np.uint8]
    palette: NDArray[np.uint8]
    wanted: NDArray[np.bool_]
    """Those left out by the timeline, by a kind or by a choice are faint."""
    order: NDArray[np.int64]
    """In which they are painted."""

    def nearest(self, place: QPointF, camera: Camera, view: QSize, within: float) -> int | None:
        """The wanted point nearest to a pixel, no more than `within` pixels away."""
        world = camera.to_world(place.x(), place.y(), view.width(), view.height())
        far = ((self.at - world) ** 2).sum(axis=1)
        far[~self.wanted] = np.inf
        if not len(far) or far.min() > (within / camera.scale) ** 2:
            return None
        return int(far.argmin())

    def in_sight(self, camera: Camera, view: QSize, around: int = 0) -> NDArray[np.bool_]:
        """Which wanted points lie in the view, or no more than `around` pixels outside."""
        at = camera.to_screen(self.at, view.width(), view.height())
        edge = (view.width() + around, view.height() + around)
        seen: NDArray[np.bool_] = np.all((at >= -around) & (at < edge), axis=1)
        return seen & self.wanted


def points_of(
    at: NDArray[np.float64],
    colours: NDArray[np.uint8],
    palette: NDArray[np.uint8],
    wanted: NDArray[np.bool_],
) -> Points:
    """What is wanted is painted on what is not; from top to bottom, for memory is quick in order."""
    return Points(at, colours, palette, wanted, np.lexsort((at[:, 1], wanted)))


NO_POINTS = points_of(
    np.empty((0, 2)), np.empty(0, np.uint8), np.zeros((1, 3), np.uint8), np.empty(0, bool)
)
"""Before there is a map."""


@dataclass(frozen=True)
class Layer:
    """Dots as they were painted, and from where."""

    picture: Picture
    camera: Camera
    view: QSize
    beyond: tuple[int, int]
    """Device-independent pixels that the picture is wider and higher than the view on each side."""
    radius: float

    def offset(self, camera: Camera) -> QPointF | None:
        """Where the picture lies in a view; None when it has to be painted anew."""
        if camera.scale != self.camera.scale:
            return None
        dx = (self.camera.x - camera.x) * camera.scale
        dy = (self.camera.y - camera.y) * camera.scale
        if abs(dx) > self.beyond[0] or abs(dy) > self.beyond[1]:
            return None
        return QPointF(round(dx) - self.beyond[0], round(dy) - self.beyond[1])


def paint_layer(points: Points, camera: Camera, view: QSize, ratio: float) -> Layer:
    """Paints the dots in sight and a little around. `ratio`: device pixels a pixel."""
    beyond = (round(view.width() * _BEYOND), round(view.height() * _BEYOND))
    width, height = view.width() + 2 * beyond[0], view.height() + 2 * beyond[1]
    at = camera.to_screen(points.at, width, height)
    near = np.all((at > -9) & (at < (width + 9, height + 9)), axis=1)
    radius = _radius(int(near.sum()), width * height)
    order = points.order[near[points.order]]
    colours = points.colours[order] + len(points.palette) * points.wanted[order]
    palette = np.vstack([faint(points.palette), points.palette])
    size = (round(width * ratio), round(height * ratio))
    beneath = int((~points.wanted[order]).sum())
    dots = Dots(at[order] * ratio, colours, palette, radius * ratio, beneath)
    few = len(order) <= _FEW
    picture = paint_few(*size, dots, QColor(tokens().window)) if few else paint_many(*size, dots)
    picture.image.setDevicePixelRatio(ratio)
    return Layer(picture, camera, QSize(view), beyond, radius)


def _radius(count: int, area: int) -> float:
    """Smaller where there are many."""
    spacing = (area / max(count, 1)) ** 0.5
    return float(np.clip(_RADIUS_OF_SPACING * spacing, *_RADIUS))
