"""The fingerprint of a picture, which stays nearly the same when it is saved smaller or once more."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_mmrag.domain import Fingerprint

# Pixels a side, and coefficients a side: 64 bits to look up by, 256 to make sure by.
_COARSE = (32, 8)
_FINE = (64, 16)
# Grey levels. Below, there is nothing to tell a picture by: a blank page, a black frame.
_LEAST_CONTRAST = 4.0
_TONES = 16
_MOSTLY = 0.5


def fingerprint(picture: Image.Image) -> Fingerprint | None:
    """Of an upright picture; None for one that is all of one tone.

    The DCT hash of Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash
    Functions", 3.2.1: in grey, at 32 x 32, the 8 x 8 coefficients next to the lowest row and
    column of a cosine transform, each above or below their median; and the same at 64 x 64 with
    16 x 16 of them. Two pictures are the more alike the fewer bits differ.
    """
    grey = picture.convert("L")
    small = _resized(grey, _COARSE[0])
    if small.std() < _LEAST_CONTRAST:
        return None
    fine = _resized(grey, _FINE[0])
    return Fingerprint(
        int.from_bytes(_bits(small, _COARSE[1]), "big"), _bits(fine, _FINE[1]), _is_plain(fine)
    )


def _resized(grey: Image.Image, side: int) -> NDArray[np.float64]:
    return np.asarray(grey.resize((side, side), Image.Resampling.BOX), np.float64)


def _bits(values: NDArray[np.float64], count: int) -> bytes:
    cosines = _cosines(len(values), count)
    coefficients = cosines @ values @ cosines.T
    return np.packbits(coefficients > np.median(coefficients)).tobytes()


@cache
def _cosines(side: int, count: int) -> NDArray[np.float64]:
    """Rows 1 to `count` of the DCT-II: Ahmed, Natarajan, Rao 1974, "Discrete Cosine Transform"."""
    frequency = np.arange(1, count + 1)[:, np.newaxis]
    at = np.arange(side)[np.newaxis, :]
    return np.cos(np.pi * (2 * at + 1) * frequency / (2 * side))


def _is_plain(values: NDArray[np.float64]) -> bool:
    """Whether most of it is of one tone, as paper and screens are."""
    tones = np.bincount((values * _TONES / 256).astype(np.int64).ravel(), minlength=_TONES + 1)
    return bool((tones[:-1] + tones[1:]).max() >= _MOSTLY * values.size)
