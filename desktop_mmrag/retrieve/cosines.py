"""Cosines of a few thousand unit vectors, on one core.

NumPy's product would wake a thread for every core; while files are being kept those are busy, and
waiting for them was measured to take 50 ms where the sums themselves take half of one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Vectors


def with_one(rows: Vectors, vector: Vectors) -> NDArray[np.float32]:
    """Of each row [n, dimension] with one vector [dimension]: float32 [n]."""
    return np.asarray(np.einsum("nd,d->n", rows, vector), np.float32)


def of_all(rows: Vectors, columns: Vectors) -> NDArray[np.float32]:
    """Of each row [n, dimension] with each of [m, dimension]: float32 [n, m]."""
    return np.asarray(np.einsum("nd,md->nm", rows, columns), np.float32)
