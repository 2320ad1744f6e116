"""Some vectors of a space, drawn at random: what is usual in it, and how to ask its sign bits best."""

from __future__ import annotations

from dataclasses import dataclass

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Vectors
from desktop_mmrag.library import coarse, vector_rows
from desktop_mmrag.library.vector_rows import Place

SIZE = 4096
# A query less like the space's mean than all but so many of its own vectors are is of another kind.
_OF_ANOTHER_KIND = 0.01
# Keeps the weights of bits that hardly vary small; 0.1 to 1 measured alike.
_RIDGE = 0.3


@dataclass(frozen=True, slots=True)
class Sample:
    """Vectors in random order, and the space as it was when they were drawn."""

    ids: NDArray[np.int64]
    values: Vectors
    bits: NDArray[np.uint8]
    """Centred signs, uint8 [n, dimension / 8]."""
    place: Place
    mean: NDArray[np.float32]
    least_usual: float
    """How like the mean vectors of the space are at least, but for the rarest."""
    turn: NDArray[np.float32]
    """From a query to the weights of bits that tell its similarities best, [dimension, dimension]."""

    def fits(self, now: Place) -> bool:
        """Whether the space is still much as it was."""
        grown = abs(now.vectors - self.place.vectors)
        return self.place.mean == now.mean and grown * 10 <= self.place.vectors

    def asked(self, query: NDArray[np.float32]) -> tuple[NDArray[np.float32], bool]:
        """The weights of the bits for a query, float32 [dimension], and whether it is of another kind.

        Words among pictures are: they lie so far from all pictures that centred signs tell the
        way there and little else (Liang et al. 2022, "Mind the Gap"). Their weights are those that
        predict similarities from the bits of the sample.
        """
        other = float(np.vecdot(query, self.mean)) < self.least_usual
        weights = np.vecdot(self.turn, query) if other else query - self.mean
        return np.asarray(weights, np.float32), other


def draw(connection: apsw.Connection, place: Place) -> Sample:
    """Of at most SIZE vectors, with a fixed seed."""
    ids, values = vector_rows.draw(connection, place, SIZE)
    stored = place.mean or bytes(4 * place.dimension)
    mean = np.frombuffer(stored, dtype=np.float32)
    least = float(np.quantile(np.vecdot(values, mean), _OF_ANOTHER_KIND)) if len(values) else 0.0
    bits = coarse.bits_of(values, stored)
    turn = _turn(values - mean) if place.mean else np.eye(place.dimension, dtype=np.float32)
    return Sample(ids, values, bits, place, mean, least, turn)


def _turn(centred: Vectors) -> NDArray[np.float32]:
    """Ridge regression of centred vectors [n, dimension] on their own signs."""
    signs = np.where(centred > 0, np.float32(1), np.float32(-1))
    likely = signs.T @ signs / len(signs) + _RIDGE * np.eye(signs.shape[1], dtype=np.float32)
    return np.asarray(np.linalg.solve(likely, signs.T @ centred / len(signs)), np.float32)
