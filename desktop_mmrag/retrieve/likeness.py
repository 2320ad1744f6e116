"""Whether two photos are copies of one picture, told by their fingerprints."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.library.fingerprints import Prints

# tests/benchmarks/bench_duplicates.py, on 492 captioned photos: of their copies at half and quarter
# size and at JPEG quality 30 more than 99 % are recognised, with 1 % cut off each side 99 %, with
# 2 % 87 %; of 120,786 pairs of different photos none is taken for copies, and of 40 scanned
# receipts, five of them on one form, only two that are the same file.
COARSE_WITHIN = 8
"""Of 64 bits, so many may differ."""
FINE_WITHIN = 64
"""Of 256 bits, so many may differ."""
PLAIN_WITHIN = 20
"""Of 256 bits, where both are mostly of one tone: forms and receipts differ in little else."""


def are_copies(prints: Prints, row: int, others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the rows `others`, [n], show the same picture as `row`: [n]."""
    coarse = np.bitwise_count(prints.coarse[others] ^ prints.coarse[row])
    fine = np.bitwise_count(prints.fine[others] ^ prints.fine[row]).sum(axis=1)
    both_plain = prints.plain[others] & prints.plain[row]
    limit = np.where(both_plain, PLAIN_WITHIN, FINE_WITHIN)
    alike: NDArray[np.bool_] = (coarse <= COARSE_WITHIN) & (fine <= limit)
    return alike
