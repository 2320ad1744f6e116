"""Vectors by space: written with their segments, and the nearest of them found."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Role, Space
from desktop_mmrag.domain import Vectors as Rows
from desktop_mmrag.library import bits, coarse, narrow, sample, vector_rows
from desktop_mmrag.library.bits import Bits
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.sample import SIZE as SAMPLE
from desktop_mmrag.library.sample import Sample
from desktop_mmrag.library.selection import Selection
from desktop_mmrag.library.vector_rows import Place, fetch, snapshot

EXACT_UP_TO = 2048
"""So many vectors are read in about a millisecond, no longer than a coarse pass with its rescore takes."""
# How many candidates are rescored in spaces of so many vectors; words among pictures need more
# (tests/benchmarks/bench_nearest.py measures the recall).
_CANDIDATES = {10_000: 400, 100_000: 600, 1_000_000: 1000}
_CANDIDATES_OF_ANOTHER_KIND = {10_000: 1000, 100_000: 2000, 1_000_000: 8000}
_CANDIDATES_EACH = 4
# So many of the sample tell the share of a selection.
_SHARE_OF = 1024
IN_MEMORY_UP_TO = 4_000_000
"""Spaces of so many vectors have their sign bits in memory, 72 MB a million of 512; larger ones are asked of vec0."""
# Looked through beyond what the share of a selection asks for, since shares vary.
_SPARE = 1.3
_MEAN_OVER = 16_384
_RECENTRE_AT_GROWTH = 4
# Rounding to float16 and back moves a length by less than this.
_UNIT_WITHIN = 1e-2


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A segment and the cosine of its vector with the query's."""

    segment_id: int
    similarity: float


class Vectors:
    """All embedding spaces of one library. Any thread may read; writes join the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._samples: dict[str, Sample] = {}
        self._bits: dict[str, Bits] = {}
        self._loading = threading.Lock()

    # --- writing ----------------------------------------------------------------------

    def write(
        self, connection: apsw.Connection, space: Space, segment_ids: Sequence[int], vectors: Rows
    ) -> None:
        """Keeps one vector a segment, float32 [n, dimension], in place of any it had in this space.

        Raises ValueError for a wrong shape, repeated ids or rows that are not of unit length.
        """
        _check(space, segment_ids, vectors)
        if not len(segment_ids):
            return
        place = vector_rows.find(connection, space) or vector_rows.make(connection, space)
        ids = [int(id) for id in segment_ids]
        vector_rows.remove(connection, place, ids)
        vector_rows.add(connection, place, ids, np.ascontiguousarray(vectors, dtype=np.float32))
        if place.mean is None:
            self.maintain(connection, space)

    def remove(self, connection: apsw.Connection, segment_ids: Sequence[int]) -> None:
        """Forgets these segments in every space; ids without a vector are passed over."""
        for place in vector_rows.places(connection):
            vector_rows.remove(connection, place, segment_ids)

    def drop(self, connection: apsw.Connection, space: Space) -> None:
        """Forgets a whole space; nothing happens when there is none."""
        place = vector_rows.find(connection, space)
        if place is None:
            return
        coarse.drop(connection, place.id)
        connection.execute(f"DROP TABLE vector_{place.id}")
        connection.execute("DELETE FROM space WHERE id = ?", (place.id,))
        self._samples.pop(space.key, None)
        self._bits.pop(space.key, None)

    def supersede(self, connection: apsw.Connection, space: Space) -> None:
        """Frees vectors of other spaces of its kind where the segment has one in this space.

        What only another space holds stays there, as of pictures on a drive that is not here.
        """
        here = vector_rows.find(connection, space)
        if here is None:
            return
        for other, _ in self.spaces_in(connection):
            there = vector_rows.find(connection, other)
            if other == space or other.kind != space.kind or there is None:
                continue
            repeated = vector_rows.in_both(connection, there, here)
            if len(repeated) == there.vectors:
                self.drop(connection, other)
            else:
                vector_rows.remove(connection, there, repeated)

    def maintain(self, connection: apsw.Connection, space: Space) -> None:
        """Centres the sign bits anew once there are four times as many vectors as at the last time.

        Makes them in the first place when exact search would take too long. Rare, and a few
        seconds at a million vectors.
        """
        place = vector_rows.find(connection, space)
        if place is None or place.vectors <= EXACT_UP_TO:
            return
        if place.vectors < _RECENTRE_AT_GROWTH * place.centred_at:
            return
        _, drawn = vector_rows.draw(connection, place, _MEAN_OVER)
        mean = drawn.mean(axis=0, dtype=np.float64).astype(np.float32).tobytes()
        coarse.create(connection, place.id, place.dimension)
        coarse.fill(connection, place.id, mean)
        connection.execute(
            "UPDATE space SET mean = ?, centred_at = vectors WHERE id = ?", (mean, place.id)
        )

    # --- what there is ----------------------------------------------------------------

    def spaces(self) -> list[tuple[Space, int]]:
        """Every space with the number of its vectors, oldest first."""
        return self.spaces_in(self._database.reader())

    def spaces_in(self, connection: apsw.Connection) -> list[tuple[Space, int]]:
        """`spaces` as a transaction sees them."""
        found = fetch(
            connection,
            "SELECT kind, model, revision, precision, dimension, vectors FROM space ORDER BY id",
        )
        return [(Space(*row[:5]), row[5]) for row in found]

    def missing(self, space: Space, roles: Iterable[Role]) -> Iterator[int]:
        """Ids of the segments of these roles that have no vector in the space, ascending."""
        chosen = tuple(set(roles))
        last = 0
        # A page at a time: an open cursor would hold a snapshot while vectors are written.
        while page := self._missing_after(last, space, chosen):
            yield from page
            last = page[-1]

    def _missing_after(self, last: int, space: Space, roles: tuple[Role, ...]) -> list[int]:
        connection = self._database.reader()
        place = vector_rows.find(connection, space)
        sql = f"SELECT id FROM segment WHERE id > ? AND role IN ({', '.join('?' * len(roles))})"
        if place:
            sql += (
                f" AND NOT EXISTS (SELECT 1 FROM vector_{place.id} WHERE segment_id = segment.id)"
            )
        page = fetch(connection, f"{sql} ORDER BY id LIMIT 1000", (last, *roles))
        return [id for (id,) in page]

    def vectors_of(self, space: Space, segment_ids: Sequence[int]) -> Rows:
        """The vectors of these segments in this order, float32 [n, dimension]; NaN where there is none."""
        vectors = np.full((len(segment_ids), space.dimension), np.nan, dtype=np.float32)
        wanted = np.asarray(segment_ids, dtype=np.int64)
        connection = self._database.reader()
        with snapshot(connection):
            place = vector_rows.find(connection, space)
            if place is not None:
                ids, values = vector_rows.read(connection, place, wanted)
                if len(ids):
                    at = np.searchsorted(ids, wanted).clip(max=len(ids) - 1)
                    known = ids[at] == wanted
                    vectors[known] = values[at[known]]
        return vectors

    def state(self, space: Space) -> tuple[int, int]:
        """How many vectors there are and how many were ever taken out: equal while nothing changed."""
        place = vector_rows.find(self._database.reader(), space)
        return (place.vectors, place.removed) if place else (0, 0)

    def chunks(self, space: Space, size: int = 8192) -> Iterator[tuple[NDArray[np.int64], Rows]]:
        """All vectors: segment ids, int64 [n], ascending, and float32 [n, dimension], n at most `size`."""
        last = 0
        connection = self._database.reader()
        while True:
            # A moment for each chunk: an open cursor would hold a snapshot for seconds.
            with snapshot(connection):
                place = vector_rows.find(connection, space)
                if place is None:
                    return
                ids, values = vector_rows.after(connection, place, last, size)
            if not len(ids):
                return
            yield ids, values
            last = int(ids[-1])

    def sample(self, space: Space, n: int) -> Rows:
        """At most n vectors, float32, drawn with a fixed seed: the same ones until the space has changed by a tenth."""
        connection = self._database.reader()
        with snapshot(connection):
            place = vector_rows.find(connection, space)
            if place is None:
                return np.empty((0, space.dimension), dtype=np.float32)
            if n > SAMPLE:
                return vector_rows.draw(connection, place, n)[1]
            return self._sample(connection, space, place).values[:n]

    # --- finding ----------------------------------------------------------------------

    def nearest(
        self,
        space: Space,
        query: NDArray[np.float32],
        limit: int,
        within: Selection | None = None,
        at_least: float = -1.0,
    ) -> list[Neighbour]:
        """The `limit` vectors most similar to `query`, unit float32 [dimension], best first.

        `within` narrows to a selection; `at_least` is the lowest similarity wanted.
        Raises ValueError for a query of another dimension.
        """
        if query.shape != (space.dimension,):
            raise ValueError(f"a query of shape {query.shape} in a space of {space.dimension}")
        query = np.ascontiguousarray(query, dtype=np.float32)
        connection = self._database.reader()
        # One snapshot: bits mean nothing beside a mean that was replaced a moment ago.
        with snapshot(connection):
            place = vector_rows.find(connection, space)
            if place is None or place.vectors == 0 or limit < 1:
                return []
            chosen = self._candidates(connection, space, place, query, limit, within)
            ids, values = vector_rows.read(connection, place, chosen)
        # Not `@`: for so few rows, waking the threads of BLAS costs more than they save.
        similarities = np.vecdot(values, query)
        return [
            Neighbour(int(ids[row]), float(similarities[row]))
            for row in np.lexsort((ids, -similarities))[:limit]
            if similarities[row] >= at_least
        ]

    def _candidates(
        self,
        connection: apsw.Connection,
        space: Space,
        place: Place,
        query: NDArray[np.float32],
        limit: int,
        within: Selection | None,
    ) -> NDArray[np.int64] | None:
        """Ids worth rescoring, int64 [n]; None for all."""
        if place.mean is None or place.vectors <= EXACT_UP_TO:
            return None if within is None else narrow.listed(connection, within)
        if within is not None:
            few = narrow.listed(connection, within, EXACT_UP_TO + 1)
            if len(few) <= EXACT_UP_TO:
                return few
        drawn = self._sample(connection, space, place)
        asked, other_kind = drawn.asked(query)
        if place.vectors <= IN_MEMORY_UP_TO:
            known = self._in_memory(connection, space, place)
            return _among(connection, known, asked, other_kind, drawn, limit, within)
        signs = np.packbits(asked > 0, bitorder="little")
        search = coarse.Pass(connection, place.id, signs, drawn.bits, place.vectors)
        # vec0 counts bits and weighs none, so all that would be weighed are rescored.
        wanted = bits.POOL * _candidates_for(limit, place.vectors, other_kind)
        wanted = min(wanted, coarse.MOST_CANDIDATES)
        if within is None:
            return search.candidates(wanted)
        share = np.isin(drawn.ids, narrow.keep(connection, drawn.ids, within))
        listed = narrow.SEGMENTS.format(within.contents)
        return search.candidates_among(wanted, listed, within.parameters, share)

    def _in_memory(self, connection: apsw.Connection, space: Space, place: Place) -> Bits:
        """The bits of a space as it is now, read anew after it has changed."""
        with self._loading:
            known = self._bits.get(space.key)
            if known is None or known.place != place:
                known = bits.load(connection, place)
                self._bits[space.key] = known
            return known

    def _sample(self, connection: apsw.Connection, space: Space, place: Place) -> Sample:
        known = self._samples.get(space.key)
        if known is None or not known.fits(place):
            known = sample.draw(connection, place)
            self._samples[space.key] = known
        return known


def _among(
    connection: apsw.Connection,
    known: Bits,
    asked: NDArray[np.float32],
    other_kind: bool,
    drawn: Sample,
    limit: int,
    within: Selection | None,
) -> NDArray[np.int64]:
    """Ids worth rescoring out of the bits in memory."""
    total = len(known.ids)
    if within is None:
        wanted = _candidates_for(limit, total, other_kind)
        return known.nearest(asked, wanted)
    some = drawn.ids[:_SHARE_OF]
    size = max(len(narrow.keep(connection, some, within)) / len(some) * total, 1)
    wanted = _candidates_for(limit, size, other_kind)
    # A wide selection leaves enough of what is nearest anyway; a narrow one is listed instead.
    enough = int(_SPARE * wanted * total / size)
    if enough < size:
        kept = narrow.keep(connection, known.nearest(asked, enough), within)
        if len(kept) >= wanted:
            return kept
    listed = narrow.listed(connection, within)
    return known.nearest_among(asked, wanted, listed)


def _candidates_for(limit: int, vectors: float, other_kind: bool) -> int:
    """How many to rescore: more for a longer list and, slowly, in a larger space."""
    table = _CANDIDATES_OF_ANOTHER_KIND if other_kind else _CANDIDATES
    grown = np.interp(np.log(vectors), np.log(list(table)), list(table.values()))
    return max(int(grown), _CANDIDATES_EACH * limit)


def _check(space: Space, segment_ids: Sequence[int], vectors: Rows) -> None:
    if space.dimension % 8:
        raise ValueError(f"a dimension of {space.dimension} is no multiple of 8")
    if vectors.shape != (len(segment_ids), space.dimension):
        raise ValueError(f"{vectors.shape} for {len(segment_ids)} segments in {space.key}")
    if len(set(segment_ids)) != len(segment_ids):
        raise ValueError("a segment has one vector in a space")
    if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) < _UNIT_WITHIN):
        raise ValueError("vectors must be of unit length")
