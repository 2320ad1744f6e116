"""The rows of embedding spaces: where each lies; its vectors read, removed, and drawn at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Space, Vectors
from desktop_mmrag.library import coarse


@dataclass(frozen=True, slots=True)
class Place:
    """Where a space lies: `vector_<id>`, and `coarse_<id>` once there is a mean."""

    id: int
    dimension: int
    mean: bytes | None
    centred_at: int
    vectors: int
    removed: int = 0
    """How many were ever taken out; with `vectors`, tells one state of the space from another."""


_COLUMNS = "SELECT id, dimension, mean, centred_at, vectors, removed FROM space"


def find(connection: apsw.Connection, space: Space) -> Place | None:
    """None when nothing was ever written in the space."""
    found = fetch(connection, f"{_COLUMNS} WHERE key = ?", (space.key,))
    return Place(*found[0]) if found else None


def places(connection: apsw.Connection) -> list[Place]:
    """All spaces."""
    return [Place(*row) for row in fetch(connection, _COLUMNS)]


def make(connection: apsw.Connection, space: Space) -> Place:
    """Begins a space."""
    ((id,),) = fetch(
        connection,
        "INSERT INTO space (key, kind, model, revision, precision, dimension) "
        "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (space.key, space.kind, space.model, space.revision, space.precision, space.dimension),
    )
    connection.execute(
        f"CREATE TABLE vector_{id} (segment_id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT"
    )
    return Place(id, space.dimension, None, 0, 0)


def add(
    connection: apsw.Connection, place: Place, segment_ids: Sequence[int], values: Vectors
) -> None:
    """Writes vectors, float32 [n, dimension], of segments that have none in the space."""
    connection.executemany(
        f"INSERT INTO vector_{place.id} (segment_id, value) VALUES (?, ?)",
        ((id, value.tobytes()) for id, value in zip(segment_ids, values, strict=True)),
    )
    _count(connection, place, len(segment_ids))
    if place.mean is not None:
        coarse.add(connection, place.id, place.mean, segment_ids, values)


def remove(connection: apsw.Connection, place: Place, segment_ids: Sequence[int]) -> None:
    """Removes the vectors of those of these segments that have one."""
    if not len(segment_ids):
        return
    removed = fetch(
        connection,
        f"DELETE FROM vector_{place.id} WHERE segment_id IN (SELECT value FROM carray(?)) "
        "RETURNING segment_id",
        (apsw.carray(np.asarray(segment_ids, dtype=np.int64)),),
    )
    _count(connection, place, -len(removed))
    if place.mean is not None:
        coarse.remove(connection, place.id, [id for (id,) in removed])


def in_both(connection: apsw.Connection, place: Place, other: Place) -> list[int]:
    """The segments that have a vector in the one space and in the other."""
    sql = f"SELECT segment_id FROM vector_{place.id} JOIN vector_{other.id} USING (segment_id)"
    return [id for (id,) in fetch(connection, sql)]


def read(
    connection: apsw.Connection, place: Place, ids: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], Vectors]:
    """Ids int64 [n], ascending, and vectors float32 [n, dimension]; None reads all.

    Ids that have no vector are left out.
    """
    found: list[tuple[Any, ...]] = []
    if ids is None:
        found = fetch(connection, f"SELECT segment_id, value FROM vector_{place.id} ORDER BY 1")
    elif len(ids):
        found = fetch(
            connection,
            f"SELECT segment_id, v.value FROM carray(?) k CROSS JOIN vector_{place.id} v "
            "ON v.segment_id = k.value",
            (apsw.carray(np.unique(ids)),),
        )
    values = np.frombuffer(b"".join([value for _, value in found]), dtype=np.float32)
    return (
        np.array([id for id, _ in found], dtype=np.int64),
        values.reshape(-1, place.dimension),
    )


def after(
    connection: apsw.Connection, place: Place, last: int, n: int
) -> tuple[NDArray[np.int64], Vectors]:
    """The next n vectors, float32 [n, dimension], with ids above `last`, ascending."""
    found = fetch(
        connection,
        f"SELECT segment_id FROM vector_{place.id} WHERE segment_id > ? ORDER BY 1 LIMIT ?",
        (last, n),
    )
    return read(connection, place, np.array([id for (id,) in found], dtype=np.int64))


def draw(connection: apsw.Connection, place: Place, n: int) -> tuple[NDArray[np.int64], Vectors]:
    """At most n vectors, float32, with their ids in random order, drawn with a fixed seed."""
    random = np.random.default_rng(0)
    chosen = None if place.vectors <= n else _random_ids(connection, place, n, random)
    ids, values = read(connection, place, chosen)
    order = random.permutation(len(ids))
    return ids[order], values[order]


def _random_ids(
    connection: apsw.Connection, place: Place, n: int, random: np.random.Generator
) -> NDArray[np.int64]:
    table = f"vector_{place.id}"
    ((low, high),) = fetch(connection, f"SELECT min(segment_id), max(segment_id) FROM {table}")
    # The first id at or above a random number; one behind a gap comes a little more often.
    marks = random.integers(low, high, size=n, endpoint=True)
    drawn = fetch(
        connection,
        f"SELECT (SELECT segment_id FROM {table} WHERE segment_id >= k.value "
        "ORDER BY segment_id LIMIT 1) FROM carray(?) k",
        (apsw.carray(marks),),
    )
    return np.array([id for (id,) in drawn], dtype=np.int64)


@contextmanager
def snapshot(connection: apsw.Connection) -> Iterator[None]:
    """All that is read inside is of one moment."""
    with connection:
        yield


def fetch(
    connection: apsw.Connection, sql: str, parameters: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    return connection.execute(sql, tuple(parameters)).fetchall()


def _count(connection: apsw.Connection, place: Place, more: int) -> None:
    connection.execute(
        "UPDATE space SET vectors = vectors + ?, removed = removed + ? WHERE id = ?",
        (more, max(-more, 0), place.id),
    )
