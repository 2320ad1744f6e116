"""The sign bits of one space held in memory, where comparing a million of them takes a few milliseconds.

vec0 keeps them in the library and compares them too, but without the processor's vector
instructions on most systems: 40 ms for a million of 512 bits where NumPy takes 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.library.vector_rows import Place, fetch

# So many distances at a time stay in the processor's cache.
_BLOCK = 32_768
POOL = 4
"""So many times what is wanted is weighed."""
# Which of its bits are set in each byte, [8, 256].
_BITS_OF_BYTE = np.unpackbits(
    np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little"
).T.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Bits:
    """The bits of all vectors of a space, and the space as it was when they were read."""

    place: Place
    ids: NDArray[np.int64]
    """Ascending, int64 [n]."""
    columns: NDArray[np.uint64]
    """Sixty-four bits of every vector in each row, uint64 [dimension / 64, n]."""

    def nearest(self, asked: NDArray[np.float32], wanted: int) -> NDArray[np.int64]:
        """Ids of the `wanted` vectors with the most of the weights `asked` on their bits, int64, ascending.

        Of four times as many whose bits differ least from the signs of the weights, float32 [dimension].
        """
        return self.ids[_best(self.columns, asked, wanted)]

    def nearest_among(
        self,
        asked: NDArray[np.float32],
        wanted: int,
        ids: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """The same among these ids, int64 [n], alone; ids without bits are passed over."""
        chosen = np.flatnonzero(np.isin(self.ids, ids))
        return self.ids[chosen[_best(self.columns[:, chosen], asked, wanted)]]


def load(connection: apsw.Connection, place: Place) -> Bits:
    """Reads the bits as vec0 keeps them, in chunks of a thousand: 45 ms for a million of 512.

    The tables are sqlite-vec's own (`vec0_init` in sqlite-vec.c, 0.1); asking vec0 for each row
    would take seconds.
    """
    chunks = fetch(
        connection,
        f"SELECT c.size, c.validity, c.rowids, v.vectors FROM coarse_{place.id}_chunks c "
        f"JOIN coarse_{place.id}_vector_chunks00 v ON v.rowid = c.chunk_id",
    )
    room = sum(size for size, *_ in chunks)
    ids = np.empty(room, dtype=np.int64)
    columns = np.empty((-(-place.dimension // 64), room), dtype=np.uint64)
    end = 0
    for size, validity, rowids, vectors in chunks:
        used = np.unpackbits(np.frombuffer(validity, np.uint8), count=size, bitorder="little")
        at = np.flatnonzero(used)
        begin, end = end, end + len(at)
        ids[begin:end] = np.frombuffer(rowids, np.int64)[at]
        rows = np.frombuffer(vectors, np.uint8).reshape(size, place.dimension // 8)
        columns[:, begin:end] = _words(rows).T[:, at]
    ids, columns = ids[:end], columns[:, :end]
    if np.all(ids[1:] > ids[:-1]):
        return Bits(place, ids, columns)
    order = np.argsort(ids)
    return Bits(place, ids[order], columns[:, order])


def _words(rows: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Bytes [n, m] as words of eight, filled up with zeros."""
    missing = -rows.shape[1] % 8
    if missing:
        rows = np.pad(rows, ((0, 0), (0, missing)))
    return rows.view(np.uint64)


def _distances(columns: NDArray[np.uint64], query: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """In how many bits each vector differs from the query, uint16 [n]."""
    (asked,) = _words(query[None, :])
    found = np.zeros(columns.shape[1], dtype=np.uint16)
    for start in range(0, len(found), _BLOCK):
        block = found[start : start + _BLOCK]
        for column, word in zip(columns, asked, strict=True):
            block += np.bitwise_count(column[start : start + _BLOCK] ^ word)
    return found


def _best(
    columns: NDArray[np.uint64], asked: NDArray[np.float32], wanted: int
) -> NDArray[np.int64]:
    """Places of the nearest, ascending."""
    if not columns.shape[1]:
        return np.empty(0, dtype=np.int64)
    distances = _distances(columns, np.packbits(asked > 0, bitorder="little"))
    near = _least(distances, POOL * wanted)
    if len(near) <= wanted:
        return near
    weights = _weights(columns[:, near], asked)
    return np.sort(near[np.argpartition(-weights, wanted)[:wanted]])


def _weights(columns: NDArray[np.uint64], asked: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sum of the weights on the bits that are set, float32 [n]: looked up byte by byte."""
    of_byte = asked.reshape(-1, 8) @ _BITS_OF_BYTE
    rows = np.ascontiguousarray(columns.T).view(np.uint8)[:, : len(of_byte)]
    return np.asarray(of_byte[np.arange(len(of_byte)), rows].sum(axis=1), np.float32)


def _least(distances: NDArray[np.uint16], wanted: int) -> NDArray[np.int64]:
    """Where the `wanted` smallest are, with those that are as small as the last."""
    up_to = np.cumsum(np.bincount(distances))
    return np.flatnonzero(distances <= np.searchsorted(up_to, min(wanted, len(distances))))
