"""Energy of sound over time and pitch: power of short windows, and triangles on the mel scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Slaney's mel scale (Auditory Toolbox, 1998): straight up to 1,000 Hz, a logarithm above.
_STRAIGHT_HZ, _KNEE_HZ = 200.0 / 3, 1000.0
_STEP = np.log(6.4) / 27


def power(samples: NDArray[np.float32], length: int, hop: int) -> NDArray[np.float64]:
    """float64 [length / 2 + 1, frames]: Hann windows centred on each hop, mirrored at both ends."""
    mirrored = np.pad(samples.astype(np.float64), length // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(mirrored, length)[::hop]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)
    spectrum = np.fft.rfft(frames * window, axis=1)
    return np.asarray(np.abs(spectrum.T) ** 2, np.float64)


def triangles(
    bands: int, rate: int, length: int, lowest_hz: float, highest_hz: float
) -> NDArray[np.float64]:
    """float64 [bands, length / 2 + 1]: triangles side by side on the mel scale, each of area one."""
    frequencies = np.linspace(0, rate / 2, length // 2 + 1)
    edges = _hertz(np.linspace(_mel(lowest_hz), _mel(highest_hz), bands + 2))
    widths = np.diff(edges)
    slopes = edges[:, np.newaxis] - frequencies[np.newaxis]
    rising = -slopes[:-2] / widths[:-1, np.newaxis]
    falling = slopes[2:] / widths[1:, np.newaxis]
    shapes = np.maximum(0, np.minimum(rising, falling))
    return np.asarray(shapes * (2 / (edges[2:] - edges[:-2]))[:, np.newaxis], np.float64)


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
