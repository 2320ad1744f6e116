"""From the map's own plane to pixels and back: where one stands above it and how near. Numbers only."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

WORLD = (1.6, 1.0)
"""Width and height of the whole map; as wide as windows are."""
# Half a picture and a little.
_FIT_MARGIN = 52


@dataclass(frozen=True, slots=True)
class Camera:
    """What lies in the middle of the view, and how many pixels a unit of the map takes."""

    x: float = WORLD[0] / 2
    y: float = WORLD[1] / 2
    scale: float = 500.0

    def to_screen(
        self, at: NDArray[np.float64], width: float, height: float
    ) -> NDArray[np.float64]:
        """Pixels [n, 2] of points of the map [n, 2] in a view of this size."""
        middle = np.array([width / 2, height / 2])
        return np.asarray((at - (self.x, self.y)) * self.scale + middle, np.float64)

    def to_world(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """The point of the map at a pixel."""
        return self.x + (x - width / 2) / self.scale, self.y + (y - height / 2) / self.scale

    def moved(self, dx: float, dy: float) -> Camera:
        """So many pixels further right and down; the middle never leaves the map."""
        return replace(
            self,
            x=min(max(self.x + dx / self.scale, 0.0), WORLD[0]),
            y=min(max(self.y + dy / self.scale, 0.0), WORLD[1]),
        )

    def zoomed(self, scale: float, x: float, y: float, width: float, height: float) -> Camera:
        """At another scale; what lies at the pixel stays there."""
        kept_x, kept_y = self.to_world(x, y, width, height)
        nearer = Camera(kept_x - (x - width / 2) / scale, kept_y - (y - height / 2) / scale, scale)
        return nearer.moved(0, 0)


def fitted(width: float, height: float) -> Camera:
    """All of the map in a view of this size."""
    room = (max(width - 2 * _FIT_MARGIN, 1), max(height - 2 * _FIT_MARGIN, 1))
    return Camera(scale=min(room[0] / WORLD[0], room[1] / WORLD[1]))


def nearest_scale(count: int, thumbnail: int) -> float:
    """The scale at which neighbours among so many points are a picture's width apart."""
    return max(4.0 * thumbnail * count, 2000.0)
