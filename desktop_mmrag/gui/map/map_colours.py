"""What the colours of the map mean: kinds, or years from the oldest to the newest."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from desktop_mmrag.gui.look.style import tokens
from desktop_mmrag.retrieve.maps import MEDIA, LibraryMap

_STEPS = 64
# The colours of kinds in the order of the rainbow: all of them are told from the ground.
_RAINBOW = ("audio", "photo", "video", "note", "document")
# How much of a colour is left where a point is not among those that are wanted.
_FAINT = 0.16


class Colouring(StrEnum):
    """What points are coloured by."""

    KIND = "kind"
    YEAR = "year"


def palette(by: Colouring) -> NDArray[np.uint8]:
    """Red, green, blue [k, 3] in the scheme in use."""
    now = tokens()
    if by is Colouring.KIND:
        return np.array([_rgb(now.medium(medium.value)) for medium in MEDIA], np.uint8)
    stops = np.array([_rgb(now.medium(name)) for name in _RAINBOW], float)
    along = np.linspace(0, len(stops) - 1, _STEPS)
    parts = [np.interp(along, range(len(stops)), stops[:, part]) for part in range(3)]
    return np.asarray(np.rint(np.stack(parts, axis=1)), np.uint8)


def faint(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same colours almost gone into the ground."""
    ground = np.array(_rgb(tokens().window), float)
    return np.asarray(np.rint(ground + _FAINT * (colours - ground)), np.uint8)


def colours_of(shown: LibraryMap, by: Colouring) -> NDArray[np.uint8]:
    """The place in the palette of each point, uint8 [n]."""
    if by is Colouring.KIND:
        return shown.media
    if not len(shown):
        return np.empty(0, np.uint8)
    first, last = years(shown)
    share = (shown.months // 12 - first) / max(last - first, 1)
    return np.rint(share * (_STEPS - 1)).astype(np.uint8)


def years(shown: LibraryMap) -> tuple[int, int]:
    """The years of the oldest and the newest point. Raises ValueError for an empty map."""
    return int(shown.months.min()) // 12, int(shown.months.max()) // 12


def _rgb(colour: str) -> tuple[int, int, int]:
    value = QColor(colour)
    return value.red(), value.green(), value.blue()
