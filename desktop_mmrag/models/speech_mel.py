"""Sound as Whisper sees it: the logarithm of its energy in 80 or 128 bands, a hundred times a second."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import SAMPLE_RATE, Samples

WINDOW_S = 30
"""Seconds that the model reads at once."""

# https://github.com/openai/whisper, audio.py: windows of 25 ms, one each 10 ms.
_LENGTH, _HOP = 400, 160
_FLOOR = 1e-10
_RANGE = 8.0
# Slaney's mel scale (Auditory Toolbox, 1998): straight up to 1,000 Hz, a logarithm above.
_STRAIGHT_HZ, _KNEE_HZ = 200.0 / 3, 1000.0
_STEP = np.log(6.4) / 27


def log_mel(samples: Samples, bands: int) -> NDArray[np.float32]:
    """float32 [bands, 3000] of at most 30 seconds; the rest is silence."""
    padded = np.zeros(WINDOW_S * SAMPLE_RATE, np.float32)
    padded[: len(samples)] = samples[: len(padded)]
    energy = mel_filters(bands) @ _power(padded)
    logarithm = np.log10(np.maximum(energy, _FLOOR))
    # What lies more than 80 dB below the loudest is all the same.
    bounded = np.maximum(logarithm, logarithm.max() - _RANGE)
    return np.asarray((bounded + 4.0) / 4.0, np.float32)


def _power(samples: Samples) -> NDArray[np.float64]:
    """float64 [201, frames]: windows centred on each hop, mirrored at both ends, the last left out."""
    mirrored = np.pad(samples.astype(np.float64), _LENGTH // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(mirrored, _LENGTH)[::_HOP]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_LENGTH) / _LENGTH)
    spectrum = np.fft.rfft(frames[:-1] * window, axis=1)
    return np.asarray(np.abs(spectrum.T) ** 2, np.float64)


@lru_cache(maxsize=2)
def mel_filters(bands: int) -> NDArray[np.float64]:
    """float64 [bands, 201]: triangles side by side on the mel scale, each of area one."""
    frequencies = np.linspace(0, SAMPLE_RATE / 2, _LENGTH // 2 + 1)
    edges = _hertz(np.linspace(0, _mel(SAMPLE_RATE / 2), bands + 2))
    widths = np.diff(edges)
    slopes = edges[:, np.newaxis] - frequencies[np.newaxis]
    rising = -slopes[:-2] / widths[:-1, np.newaxis]
    falling = slopes[2:] / widths[1:, np.newaxis]
    triangles = np.maximum(0, np.minimum(rising, falling))
    return np.asarray(triangles * (2 / (edges[2:] - edges[:-2]))[:, np.newaxis], np.float64)


def _mel(hertz: float) -> float:
    if hertz < _KNEE_HZ:
        return hertz / _STRAIGHT_HZ
    return float(_KNEE_HZ / _STRAIGHT_HZ + np.log(hertz / _KNEE_HZ) / _STEP)


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    knee = _KNEE_HZ / _STRAIGHT_HZ
    return np.where(
        mels < knee,
        _STRAIGHT_HZ * mels,
        _KNEE_HZ * np.exp(_STEP * (np.maximum(mels, knee) - knee)),
    )
