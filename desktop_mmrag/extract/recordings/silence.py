"""Cuts sound where it is quiet into stretches that a speech model hears at once, and leaves silence out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import SAMPLE_RATE, Samples, Sound

MOST_S = 28.0
"""The longest stretch; speech models read windows of 30 seconds."""
_EARLIEST_CUT_S = 12.0
_STEP = SAMPLE_RATE // 20
# Below a twentieth of what is loud in the stretch, or -46 dB, nobody speaks.
_QUIET_SHARE = 0.05
_AUDIBLE = 0.005
# Consonants at the edges of words are nearly silent.
_EDGE_STEPS = 5
_GAP_S = 0.5


class Stretches:
    """Takes sound as it is decoded. Belongs to one recording."""

    def __init__(self, start_s: float) -> None:
        """Sound before `start_s` is let go of."""
        self._start_s = start_s
        self._waiting: list[Samples] = []
        self._held = 0

    def take(self, second: float, samples: Samples) -> Iterator[Sound]:
        """`second`: where `samples` begin."""
        if self._held and second - self._until_s > _GAP_S:
            # Recorders leave out what is silent.
            yield from self.rest()
            self._start_s = second
        if not self._held:
            # A jump lands before the second that was asked for.
            early = round((self._start_s - second) * SAMPLE_RATE)
            if early >= len(samples):
                return
            samples = samples[max(0, early) :]
        self._waiting.append(samples)
        self._held += len(samples)
        while self._held >= MOST_S * SAMPLE_RATE:
            yield self._cut(np.concatenate(self._waiting))

    def rest(self) -> Iterator[Sound]:
        """What is left at the end."""
        if self._held:
            joined = np.concatenate(self._waiting)
            self._waiting, self._held = [], 0
            yield self._stretch(joined)

    @property
    def _until_s(self) -> float:
        return self._start_s + self._held / SAMPLE_RATE

    def _cut(self, joined: Samples) -> Sound:
        """Up to the middle of the longest quiet between the earliest and the latest cut."""
        earliest, latest = int(_EARLIEST_CUT_S * SAMPLE_RATE), int(MOST_S * SAMPLE_RATE)
        loud = loudness(joined[earliest:latest])
        at = earliest + _quietest(loud) * _STEP
        self._waiting, self._held = [joined[at:]], len(joined) - at
        return self._stretch(joined[:at])

    def _stretch(self, samples: Samples) -> Sound:
        start_s, end_s = self._start_s, self._start_s + len(samples) / SAMPLE_RATE
        self._start_s = end_s
        first, last = _heard(loudness(samples))
        heard = samples[first * _STEP : last * _STEP]
        return Sound(start_s + first * _STEP / SAMPLE_RATE, heard, end_s)


def loudness(samples: Samples) -> NDArray[np.float32]:
    """The root mean square of each twentieth of a second."""
    whole = samples[: len(samples) // _STEP * _STEP].reshape(-1, _STEP)
    return np.asarray(np.sqrt((whole.astype(np.float32) ** 2).mean(axis=1)), np.float32)


def _quietest(loud: NDArray[np.float32]) -> int:
    """The middle of the quietest half second, in steps."""
    if len(loud) < 10:
        return len(loud)
    means = np.convolve(loud, np.full(10, 0.1, np.float32), mode="valid")
    return int(means.argmin()) + 5


def _heard(loud: NDArray[np.float32]) -> tuple[int, int]:
    """First and last step, exclusive, of what is not silent; 0 and 0 when all is."""
    if not len(loud):
        return 0, 0
    floor = max(_AUDIBLE, _QUIET_SHARE * float(loud.max()))
    audible = np.flatnonzero(loud >= floor)
    if not len(audible):
        return 0, 0
    return max(0, int(audible[0]) - _EDGE_STEPS), int(audible[-1]) + 1 + _EDGE_STEPS
