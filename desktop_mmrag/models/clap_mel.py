"""Sound as CLAP hears it: decibels of its energy in 64 bands, a hundred times a second."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.models.mel import power, triangles

RATE = 48_000
"""Samples a second."""
WINDOW_S = 10
"""Seconds that the model hears at once."""
BANDS, FRAMES = 64, 1001

# The preprocessor_config.json of laion/clap-htsat-unfused: fft_window_size 1024, hop_length 480,
# frequency_min 50, frequency_max 14000, padding "repeatpad", truncation "rand_trunc". The last
# means the filters of Slaney's scale with area one (transformers, feature_extraction_clap.py).
_LENGTH, _HOP = 1024, 480
_LOWEST_HZ, _HIGHEST_HZ = 50.0, 14_000.0
_FLOOR = 1e-10


def features(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 [1, 1001, 64] of a window of at most 10 seconds; a shorter one is heard repeatedly.

    Training cut 10 seconds anywhere out of a longer sound; here whoever asks cuts the windows.
    """
    energy = _filters() @ power(_filled(samples), _LENGTH, _HOP)
    decibels = 10.0 * np.log10(np.maximum(energy, _FLOOR))
    return np.asarray(decibels.T[np.newaxis], np.float32)


def _filled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Exactly one window: whole repetitions, then silence."""
    wanted = RATE * WINDOW_S
    heard = samples[:wanted]
    repeated = np.tile(heard, max(1, wanted // max(1, len(heard))))
    return np.pad(repeated, (0, wanted - len(repeated)))


@cache
def _filters() -> NDArray[np.float64]:
    return triangles(BANDS, RATE, _LENGTH, _LOWEST_HZ, _HIGHEST_HZ)
