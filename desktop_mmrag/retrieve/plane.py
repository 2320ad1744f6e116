"""Vectors laid into the plane: along the two directions in which they differ most, then moved apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Vectors

# A few far outliers shall not squeeze all others into a spot.
_EDGES = (0.005, 0.995)
# How soon what lies outwards is drawn in; at 1 a point on the edge lies at 88 % of the way.
_BEND = 1.0
# Half of a place is where the vector lies, half how many lie before it: groups stay groups, and
# no two points share one place, so that zooming in always parts them.
_BY_RANK = 0.5
# Directions that are looked at for the two, and how often they are turned towards the widest.
_DRAWN, _ROUNDS = 12, 8
_FLAT = 1e-5


@dataclass(frozen=True, slots=True)
class Axes:
    """Two directions of a space, and the mean they are counted from."""

    mean: NDArray[np.float32]
    """[dimension]."""
    directions: NDArray[np.float32]
    """[2, dimension], of unit length; zero where the vectors do not differ."""

    def project(self, vectors: Vectors) -> NDArray[np.float64]:
        """Where vectors, float32 [n, dimension], lie along both directions: [n, 2]."""
        # The mean is taken off afterwards: no copy of all vectors is made for it.
        from_mean = vectors @ self.directions.T - self.directions @ self.mean
        return np.asarray(from_mean, dtype=np.float64)


def principal_axes(sample: Vectors) -> Axes:
    """Principal components (Pearson 1901) of vectors, float32 [n, dimension], by SVD.

    Of the few directions that power iteration leaves (Halko, Martinsson and Tropp 2011,
    algorithm 4.4): the whole SVD takes seconds on a busy computer, this milliseconds. Each direction
    points where its largest part is positive, so that the same library always gives the same map.
    """
    if not len(sample):
        dimension = sample.shape[1]
        return Axes(np.zeros(dimension, np.float32), np.zeros((2, dimension), np.float32))
    mean = sample.mean(axis=0)
    centred = sample - mean
    drawn = np.random.default_rng(0).standard_normal((sample.shape[1], _DRAWN), dtype=np.float32)
    basis = np.linalg.qr(drawn)[0]
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(centred.T @ (centred @ basis))[0]
    _, lengths, rows = np.linalg.svd(centred @ basis, full_matrices=False)
    # Those of vectors that do not differ are noise of rounding and point nowhere.
    differing = lengths[:2, np.newaxis] > _FLAT * np.sqrt(len(sample))
    directions = np.zeros((2, sample.shape[1]), np.float32)
    directions[: len(differing)] = np.where(differing, rows[:2] @ basis.T, 0)
    largest = np.abs(directions).argmax(axis=1)
    directions *= np.where(directions[[0, 1], largest] < 0, -1, 1)[:, np.newaxis]
    return Axes(mean, directions.astype(np.float32))


def means(
    owners: NDArray[np.int64], at: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Owners, ascending, each once [m], and the mean place [m, 2] of all that is theirs."""
    unique, which = np.unique(owners, return_inverse=True)
    count = np.bincount(which, minlength=len(unique))
    sums = [np.bincount(which, at[:, axis], len(unique)) for axis in (0, 1)]
    return unique, np.stack(sums, axis=1) / np.maximum(count, 1)[:, np.newaxis]


def spread(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places [n, 2] moved apart into the unit square, their order along both axes kept."""
    if not len(at):
        return at
    low, high = np.quantile(at, _EDGES, axis=0)
    half = np.where(high > low, (high - low) / 2, 1.0)
    shares = 0.5 + np.tanh(_BEND * (at - (low + high) / 2) / half) / 2
    ranks = np.empty_like(shares)
    for axis in (0, 1):
        # Equal places are told apart in another order on each axis, or they would form a line.
        parting = np.random.default_rng(axis).permutation(len(at))
        order = np.lexsort((parting, at[:, axis]))
        ranks[order, axis] = (np.arange(len(at)) + 0.5) / len(at)
    apart = (1 - _BY_RANK) * shares + _BY_RANK * ranks
    low, high = apart.min(axis=0), apart.max(axis=0)
    width = np.where(high > low, high - low, 1.0)
    return np.asarray(np.where(high > low, (apart - low) / width, 0.5), np.float64)
