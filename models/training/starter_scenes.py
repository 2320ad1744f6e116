"""Draws scenes of coloured shapes with exact captions: colours, counts and positions without end."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

COLOURS = {
    "red": (214, 40, 40),
    "green": (46, 150, 60),
    "blue": (40, 80, 200),
    "yellow": (245, 210, 50),
    "orange": (245, 140, 30),
    "purple": (130, 50, 160),
    "pink": (250, 150, 190),
    "brown": (120, 75, 40),
    "black": (20, 20, 20),
    "white": (250, 250, 250),
}
SHAPES = ("circle", "square", "triangle", "star", "ring", "cross")
NUMBERS = ("one", "two", "three", "four", "five")
PLACES = ("above", "below", "to the left of", "to the right of")
_SUPERSAMPLED = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing and what it shows; `others` are captions that differ in one thing and are wrong."""

    pixels: NDArray[np.uint8]
    """uint8 [size, size, 3]."""
    about: str
    """colour, count or position."""
    caption: str
    others: tuple[str, ...]


def draw_scene(rng: random.Random, size: int) -> Scene:
    """A scene about a colour, a count or a position, each as often as the others."""
    return rng.choice((_coloured, _counted, _placed))(rng, size)


def _coloured(rng: random.Random, size: int) -> Scene:
    colour, shape = rng.choice(list(COLOURS)), rng.choice(SHAPES)
    page = _Page(rng, size, {colour})
    page.put(shape, colour, rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.7), rng.uniform(0.15, 0.3))
    others = tuple(f"a {other} {shape}" for other in COLOURS if other != colour)
    return Scene(page.pixels(), "colour", f"a {colour} {shape}", others)


def _counted(rng: random.Random, size: int) -> Scene:
    count, colour, shape = rng.randint(1, 5), rng.choice(list(COLOURS)), rng.choice(SHAPES)
    page = _Page(rng, size, {colour})
    cells = rng.sample([(x, y) for x in range(3) for y in range(3)], count)
    for x, y in cells:
        page.put(shape, colour, (x + 0.5) / 3, (y + 0.5) / 3, rng.uniform(0.09, 0.14))
    captions = [_count(n, colour, shape) for n in range(1, 6)]
    right = captions.pop(count - 1)
    return Scene(page.pixels(), "count", right, tuple(captions))


def _count(count: int, colour: str, shape: str) -> str:
    plural = "" if count == 1 else "es" if shape == "cross" else "s"
    return f"{NUMBERS[count - 1]} {colour} {shape}{plural}"


def _placed(rng: random.Random, size: int) -> Scene:
    one, two = rng.sample(list(COLOURS), 2)
    shape, other = rng.choice(SHAPES), rng.choice(SHAPES)
    place = rng.choice(PLACES)
    near, far, across = rng.uniform(0.2, 0.3), rng.uniform(0.7, 0.8), rng.uniform(0.35, 0.65)
    page = _Page(rng, size, {one, two})
    for which, colour, at in ((shape, one, near), (other, two, far)):
        along = at if place in ("above", "to the left of") else 1 - at
        x, y = (across, along) if place in ("above", "below") else (along, across)
        page.put(which, colour, x, y, rng.uniform(0.12, 0.18))
    others = tuple(f"a {one} {shape} {wrong} a {two} {other}" for wrong in PLACES if wrong != place)
    return Scene(page.pixels(), "position", f"a {one} {shape} {place} a {two} {other}", others)


class _Page:
    """A plain background with shapes put on it, smoothed by drawing larger."""

    def __init__(self, rng: random.Random, size: int, used: set[str]) -> None:
        self._size, self._side = size, size * _SUPERSAMPLED
        paper = rng.choice([c for name, c in COLOURS.items() if name not in used])
        paler = tuple(round(channel + (255 - channel) * rng.uniform(0.3, 0.9)) for channel in paper)
        self._image = Image.new("RGB", (self._side, self._side), paler)
        self._draw = ImageDraw.Draw(self._image)
        self._rng = rng

    def put(self, shape: str, colour: str, x: float, y: float, radius: float) -> None:
        """A shape with its middle at fractions of the page."""
        paint = tuple(min(255, max(0, c + self._rng.randint(-12, 12))) for c in COLOURS[colour])
        middle = np.array([x, y]) * self._side
        r = radius * self._side
        (left, top), (right, bottom) = middle - r, middle + r
        box = [left, top, right, bottom]
        if shape == "circle":
            self._draw.ellipse(box, paint)
        elif shape == "square":
            self._draw.rectangle(box, paint)
        elif shape == "ring":
            self._draw.ellipse(box, outline=paint, width=max(2, round(r / 3)))
        else:
            self._draw.polygon([tuple(middle + r * point) for point in _OUTLINES[shape]], paint)

    def pixels(self) -> NDArray[np.uint8]:
        """uint8 [size, size, 3]."""
        size = (self._size, self._size)
        return np.asarray(self._image.resize(size, Image.Resampling.LANCZOS))


def _star() -> NDArray[np.float64]:
    angles = -np.pi / 2 + np.arange(10) * np.pi / 5
    radii = np.where(np.arange(10) % 2 == 0, 1.0, 0.4)
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


def _cross() -> NDArray[np.float64]:
    a = 0.35
    corners = [(-a, -1), (a, -1), (a, -a), (1, -a), (1, a), (a, a),
               (a, 1), (-a, 1), (-a, a), (-1, a), (-1, -a), (-a, -a)]  # fmt: skip
    return np.array(corners)


_OUTLINES = {
    "triangle": np.array([(0, -1), (0.95, 0.8), (-0.95, 0.8)]),
    "star": _star(),
    "cross": _cross(),
}
