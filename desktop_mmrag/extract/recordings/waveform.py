"""Draws the preview of a sound that has no cover: its loudness over time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

_SIZE = (512, 256)
_BARS = 64
_BAR, _GAP = 5, 3
# Light on dark, legible on both of the window's grounds.
_GROUND, _INK, _STILL = (30, 41, 59), (125, 211, 252), (71, 85, 105)
_MARGIN = 24
# Loudness is heard by its logarithm; below this nothing is seen.
_QUIETEST_DB = -48.0


def draw(peaks: Sequence[float]) -> Image.Image:
    """RGB, 512 x 256, from peaks of 0 to 1 in the order of their times."""
    picture = Image.new("RGB", _SIZE, _GROUND)
    pen = ImageDraw.Draw(picture)
    middle, most = _SIZE[1] / 2, _SIZE[1] / 2 - _MARGIN
    left = (_SIZE[0] - _BARS * (_BAR + _GAP) + _GAP) / 2
    for number, height in enumerate(_heights(np.asarray(peaks, np.float32))):
        x = left + number * (_BAR + _GAP)
        reach = max(2.0, height * most)
        pen.rounded_rectangle(
            (x, middle - reach, x + _BAR - 1, middle + reach),
            radius=2,
            fill=_INK if height > 0 else _STILL,
        )
    return picture


def _heights(peaks: NDArray[np.float32]) -> NDArray[np.float32]:
    """One for each bar, 0 to 1."""
    if not len(peaks):
        return np.zeros(_BARS, np.float32)
    edges = np.linspace(0, len(peaks), _BARS + 1).astype(int)
    loud = np.array([peaks[a : max(b, a + 1)].max(initial=0) for a, b in pairwise(edges)])
    decibels = 20 * np.log10(np.maximum(loud, 1e-6))
    return np.asarray(np.clip(1 - decibels / _QUIETEST_DB, 0, 1), np.float32)
