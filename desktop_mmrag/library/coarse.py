"""The coarse pass of nearest neighbours: centred sign bits of one space in a vec0 table, compared by Hamming distance.

The sign of each component, once the space's mean is subtracted, keeps most of the order that
cosine similarities have; what it finds is rescored in full precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Vectors

MOST_CANDIDATES = 4096
"""The largest k that vec0 answers (SQLITE_VEC_VEC0_K_MAX in sqlite-vec.c)."""
# The cap on distances lets so many times what is wanted through, and so many of a sample that it is sure to.
_TIMES_WANTED = 2
_FEWEST_OF_SAMPLE = 32


def create(connection: apsw.Connection, space_id: int, dimension: int) -> None:
    """Makes the empty table, in place of any that there was."""
    drop(connection, space_id)
    connection.execute(f"CREATE VIRTUAL TABLE coarse_{space_id} USING vec0(bits bit[{dimension}])")


def drop(connection: apsw.Connection, space_id: int) -> None:
    """Takes the table away with all it holds."""
    connection.execute(f"DROP TABLE IF EXISTS coarse_{space_id}")


def fill(connection: apsw.Connection, space_id: int, mean: bytes) -> None:
    """Puts the bits of every vector of the space into its empty table."""
    connection.execute(
        f"INSERT INTO coarse_{space_id} (rowid, bits) "
        f"SELECT segment_id, vec_quantize_binary(vec_sub(value, ?)) FROM vector_{space_id}",
        (mean,),
    )


def add(
    connection: apsw.Connection,
    space_id: int,
    mean: bytes,
    segment_ids: Sequence[int],
    values: Vectors,
) -> None:
    """Puts the bits of new vectors, float32 [n, dimension], into the table."""
    connection.executemany(
        f"INSERT INTO coarse_{space_id} (rowid, bits) "
        "VALUES (?, vec_quantize_binary(vec_sub(?, ?)))",
        ((id, value.tobytes(), mean) for id, value in zip(segment_ids, values, strict=True)),
    )


def remove(connection: apsw.Connection, space_id: int, segment_ids: Sequence[int]) -> None:
    """Takes these segments out; vec0 writes zeros over their bits."""
    connection.executemany(
        f"DELETE FROM coarse_{space_id} WHERE rowid = ?", ((id,) for id in segment_ids)
    )


def bits_of(values: Vectors, mean: bytes) -> NDArray[np.uint8]:
    """The centred sign bits of float32 [n, dimension] as uint8 [n, dimension / 8]."""
    centred = values - np.frombuffer(mean, dtype=np.float32)
    return np.packbits(centred > 0, axis=1, bitorder="little")


@dataclass(frozen=True, slots=True)
class Pass:
    """One query over the bits of one space."""

    connection: apsw.Connection
    space_id: int
    query: NDArray[np.uint8]
    """The bits to compare with, uint8 [dimension / 8]."""
    sample: NDArray[np.uint8]
    """Bits of some vectors of the space drawn at random, uint8 [n, dimension / 8]."""
    count: int
    """How many vectors the space has."""

    def candidates(self, wanted: int) -> NDArray[np.int64]:
        """Ids of the `wanted` vectors whose bits differ least from the query's, int64 [n], best first."""
        return self._capped(wanted, self.sample, self.count)

    def candidates_among(
        self, wanted: int, select: str, parameters: Sequence[Any], share: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """The same among those ids alone that a SELECT gives; `share` marks them in the sample."""
        among = self.sample[share]
        count = int(self.count * share.mean())
        return self._capped(wanted, among, count, f" AND rowid IN ({select})", parameters)

    def _capped(
        self,
        wanted: int,
        sample: NDArray[np.uint8],
        count: int,
        condition: str = "",
        parameters: Sequence[Any] = (),
    ) -> NDArray[np.int64]:
        cap = self._cap(wanted, sample, count)
        if cap is not None:
            capped = f"{condition} AND distance <= ?"
            found = self._ids(wanted, capped, (*parameters, cap))
            if len(found) == wanted:
                return found
        return self._ids(wanted, condition, parameters)

    def _cap(self, wanted: int, sample: NDArray[np.uint8], count: int) -> int | None:
        """A distance that somewhat more vectors than wanted lie under; None when most would.

        vec0 picks the best of each chunk in one pass for each place: 400 places cost fifteen
        times as much as 10, unless a cap leaves each chunk few to pick from.
        """
        of_sample = int(len(sample) * _TIMES_WANTED * wanted / max(count, 1))
        place = max(of_sample, _FEWEST_OF_SAMPLE)
        if place >= len(sample):
            return None
        distances = np.bitwise_count(sample ^ self.query).sum(axis=1, dtype=np.int64)
        return int(np.partition(distances, place)[place])

    def _ids(
        self, wanted: int, condition: str = "", parameters: Sequence[Any] = ()
    ) -> NDArray[np.int64]:
        found = self.connection.execute(
            f"SELECT rowid FROM coarse_{self.space_id} "
            f"WHERE bits MATCH vec_bit(?) AND k = ?{condition}",
            (self.query.tobytes(), wanted, *parameters),
        ).fetchall()
        return np.array([id for (id,) in found], dtype=np.int64)
