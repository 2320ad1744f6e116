"""A picture drawn at twice its size and scaled down, so that edges are smooth; and the type set on it."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Point = tuple[float, float]

SCALE = 2


class Canvas:
    """Draws in picture coordinates; `picture()` gives the smooth result."""

    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self.size = (width, height)
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self._draw = ImageDraw.Draw(self._image)

    def picture(self) -> Image.Image:
        """The finished picture."""
        return self._image.resize(self.size, Image.Resampling.LANCZOS)

    def text(
        self, at: Point, words: str, size: float, colour: Colour, anchor: str = "la", bold: int = 0
    ) -> None:
        """Words in Pillow's own typeface; `bold` thickens the strokes by so many half pixels."""
        font = ImageFont.load_default(size * SCALE)
        self._draw.text(
            _scaled(at), words, colour, font, anchor, stroke_width=bold, stroke_fill=colour
        )

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line through points, with round joints and ends."""
        scaled = [_scaled(point) for point in points]
        self._draw.line(scaled, colour, round(width * SCALE), joint="curve")
        half = width * SCALE / 2
        for x, y in scaled:
            self._draw.ellipse((x - half, y - half, x + half, y + half), colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([_scaled(point) for point in points], colour)

    def box(
        self,
        corners: tuple[float, float, float, float],
        fill: Colour | None = None,
        outline: Colour | None = None,
        width: float = 1,
        radius: float = 0,
    ) -> None:
        """A rectangle, with round corners if `radius` is given."""
        scaled = [value * SCALE for value in corners]
        self._draw.rounded_rectangle(
            scaled, radius * SCALE, fill, outline, max(1, round(width * SCALE))
        )

    def circle(
        self,
        centre: Point,
        radius: float,
        fill: Colour | None = None,
        outline: Colour | None = None,
        width: float = 1,
    ) -> None:
        """A circle, filled or as a ring."""
        x, y = _scaled(centre)
        reach = radius * SCALE
        corners = (x - reach, y - reach, x + reach, y + reach)
        self._draw.ellipse(corners, fill, outline, max(1, round(width * SCALE)))

    def gradient(self, top: Colour, bottom: Colour, from_y: float, to_y: float) -> None:
        """A vertical blend over the whole width."""
        first, last = round(from_y * SCALE), round(to_y * SCALE)
        for y in range(first, last):
            part = (y - first) / max(1, last - first)
            colour = tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
            self._draw.line([(0, y), (self._image.width, y)], colour)


def _scaled(point: Point) -> Point:
    return point[0] * SCALE, point[1] * SCALE
