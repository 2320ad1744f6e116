"""Sound as Whisper sees it: the logarithm of its energy in 80 or 128 bands, a hundred times a second."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import SAMPLE_RATE, Samples
from desktop_mmrag.models.mel import power, triangles

WINDOW_S = 30
"""Seconds that the model reads at once."""

# https://github.com/openai/whisper, audio.py: windows of 25 ms, one each 10 ms.
_LENGTH, _HOP = 400, 160
_FLOOR = 1e-10
_RANGE = 8.0


def log_mel(samples: Samples, bands: int) -> NDArray[np.float32]:
    """float32 [bands, 3000] of at most 30 seconds; the rest is silence."""
    padded = np.zeros(WINDOW_S * SAMPLE_RATE, np.float32)
    padded[: len(samples)] = samples[: len(padded)]
    # The last frame is left out.
    energy = mel_filters(bands) @ power(padded, _LENGTH, _HOP)[:, :-1]
    logarithm = np.log10(np.maximum(energy, _FLOOR))
    # What lies more than 80 dB below the loudest is all the same.
    bounded = np.maximum(logarithm, logarithm.max() - _RANGE)
    return np.asarray((bounded + 4.0) / 4.0, np.float32)


@lru_cache(maxsize=2)
def mel_filters(bands: int) -> NDArray[np.float64]:
    """float64 [bands, 201]: up to half the rate of samples."""
    return triangles(bands, SAMPLE_RATE, _LENGTH, 0.0, SAMPLE_RATE / 2)
