"""Tells scenes apart: which frames of a video show something new, within a budget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Pixels

SMALL = (32, 18)
"""Width and height at which frames are compared."""

# Two measures of change, each 0 to 1, so that both a cut in the same colours and a slow fade show.
# Measured on nine clips of animals: of all pairs of frames within a clip nine in ten differ by less
# than 0.28, and the two most alike of different clips by 0.30.
_NEW_SCENE = 0.3
_BINS = 4
# In a shot that goes on for so long, a third of that is enough: someone may have come in.
_LONG_S = 60.0
_NEW_IN_LONG_SCENE = _NEW_SCENE / 3
# Shorter shots flash by; a hit could not be told from its neighbours.
_LEAST_APART_S = 1.5
# At most one frame in ten seconds over the length of a film, and a dozen at once at its start.
_PER_SECOND = 0.1
_AT_ONCE = 12
_DARK = 0.06


@dataclass(frozen=True, slots=True)
class Look:
    """What a frame looks like, in little."""

    grey: NDArray[np.float32]
    """Brightness [18, 32], 0 to 1."""
    colours: NDArray[np.float32]
    """Share of each of 64 colours."""

    @property
    def black(self) -> bool:
        """Whether nothing is to be seen, as before a film begins and between its parts."""
        return float(self.grey.mean()) < _DARK and float(self.grey.std()) < _DARK


def look_at(small: Pixels) -> Look:
    """`small`: uint8 [18, 32, 3]."""
    levels = small >> (8 - int(_BINS).bit_length() + 1)
    codes = (levels[..., 0].astype(np.intp) * _BINS + levels[..., 1]) * _BINS + levels[..., 2]
    counts = np.bincount(codes.ravel(), minlength=_BINS**3)
    grey = small.mean(axis=2, dtype=np.float32) / 255
    return Look(grey, (counts / codes.size).astype(np.float32))


def difference(one: Look, other: Look) -> float:
    """0 for the same picture, 1 for nothing in common.

    The mean of the colours that changed and of how much each place changed, the latter against
    the contrast there is, so that dark scenes count as much as bright ones.
    """
    colours = float(np.abs(one.colours - other.colours).sum()) / 2
    contrast = float(max(one.grey.std(), other.grey.std(), 0.05))
    places = min(1.0, float(np.abs(one.grey - other.grey).mean()) / (2 * contrast))
    return (colours + places) / 2


class SceneChanges:
    """Judges frames in the order of their times. Belongs to one video."""

    def __init__(self) -> None:
        self._last: Look | None = None
        self._last_s = 0.0
        self._kept = 0

    def begins(self, second: float, look: Look) -> bool:
        """Whether a new scene begins with this frame; it is then what the next is compared with."""
        if not self._is_new(second, look):
            return False
        self._last, self._last_s = look, second
        self._kept += 1
        return True

    def _is_new(self, second: float, look: Look) -> bool:
        if self._last is None:
            return True
        if self._kept >= _AT_ONCE + second * _PER_SECOND:
            return False
        # Black at the very start is no scene: the first real picture comes at once.
        if second - self._last_s < _LEAST_APART_S and not self._last.black:
            return False
        enough = _NEW_SCENE if second - self._last_s < _LONG_S else _NEW_IN_LONG_SCENE
        return not look.black and difference(look, self._last) >= enough
