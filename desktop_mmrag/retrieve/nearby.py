"""Pairs among many 64-bit numbers that differ in few bits, without comparing all with all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Rows = NDArray[np.int64]

_BITS = 64
# Pairs: a few arrays of so many rows are 2 MB each, which stay near the processor.
_AT_ONCE = 250_000


def nearby(numbers: Numbers, within: int) -> Iterator[tuple[Rows, Rows]]:
    """Pairs of rows, the smaller first, each once a batch at most, that differ in `within` bits or fewer.

    `numbers`: distinct, [n]. Multi-index hashing (Norouzi, Punjani, Fleet 2012, "Fast Search in
    Hamming Space with Multi-Index Hashing"): of m parts, with m above within / 2, one at least
    differs in a bit or none, so only numbers that share such a part are compared. A pair may come
    again in another batch. Batches may be empty; between two the caller may stop.
    """
    parts = within // 2 + 1
    edges = np.linspace(0, _BITS, parts + 1).astype(int)
    for low, high in pairwise(edges):
        width = int(high - low)
        keys = ((numbers >> np.uint64(low)) & np.uint64((1 << width) - 1)).astype(np.int64)
        order = np.argsort(keys, kind="stable")
        bucket = _Buckets(numbers[order], keys[order], width)
        for flip in (0, *(1 << bit for bit in range(width))):
            for one, other in bucket.sharing(flip, within):
                one, other = order[one], order[other]
                yield np.minimum(one, other), np.maximum(one, other)


class _Buckets:
    """Numbers sorted by one part of theirs."""

    def __init__(self, numbers: Numbers, keys: Rows, width: int) -> None:
        self._numbers, self._keys = numbers, keys
        self._starts = np.searchsorted(keys, np.arange((1 << width) + 1))

    def sharing(self, flip: int, within: int) -> Iterator[tuple[Rows, Rows]]:
        """Near pairs of which one has the other's key with a bit flipped; 0: the same key."""
        rows = np.flatnonzero(self._keys & flip == 0) if flip else np.arange(len(self._keys))
        wanted = self._keys[rows] ^ flip
        first, end = self._starts[wanted], self._starts[wanted + 1]
        if not flip:
            first = rows + 1
        counts = end - first
        ends = np.cumsum(counts)
        start = 0
        while start < len(rows):
            done = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, done + _AT_ONCE, "right")))
            some = counts[start:stop]
            one = np.repeat(rows[start:stop], some)
            other = np.repeat(first[start:stop] - (np.cumsum(some) - some), some)
            other += np.arange(len(other))
            numbers = self._numbers
            near = np.flatnonzero(np.bitwise_count(numbers[one] ^ numbers[other]) <= within)
            yield one[near], other[near]
            start = stop
