"""What kept photos are recognised by when they come in another size or format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Fingerprint
from desktop_mmrag.library.database import Database

FINE_BYTES = 32
_COARSE_BITS = 64


@dataclass(frozen=True, slots=True)
class Prints:
    """Fingerprints of n contents, row by row."""

    content_ids: NDArray[np.int64]
    """[n], ascending."""
    coarse: NDArray[np.uint64]
    """[n]"""
    fine: NDArray[np.uint64]
    """[n, 4]"""
    plain: NDArray[np.bool_]
    """[n]"""


class Fingerprints:
    """Reads on the calling thread's connection; writes in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, after: int, limit: int) -> list[tuple[int, bytes, bool]]:
        """Photos nobody has looked at: id, hash, and whether one picture is all of it; by id."""
        rows = self._database.reader().execute(
            "SELECT id, hash, ifnull(pages, 1) <= 1 FROM content WHERE medium = 'photo' AND id > ?"
            " AND id NOT IN (SELECT content_id FROM fingerprint) ORDER BY id LIMIT ?",
            (after, limit),
        )
        return [(int(id), bytes(hash), bool(single)) for id, hash, single in rows]

    def add(self, found: Iterable[tuple[int, Fingerprint | None]]) -> None:
        """Keeps fingerprints by content id; contents that are gone are passed over."""
        with self._database.writing() as connection:
            for content_id, known_by in found:
                exists = "SELECT 1 FROM content WHERE id = ?"
                if connection.execute(exists, (content_id,)).get:
                    put(connection, content_id, known_by)

    def of(self, content_ids: Iterable[int]) -> Prints:
        """Those of these contents that have one."""
        ids = ", ".join(str(int(id)) for id in content_ids)
        return self._read(f"AND content_id IN ({ids})")

    def all(self) -> Prints:
        """Of every content that some file has."""
        return self._read("AND content_id IN (SELECT content_id FROM file)")

    def _read(self, condition: str) -> Prints:
        rows = self._database.reader().execute(
            "SELECT content_id, coarse, fine, plain FROM fingerprint"
            f" WHERE coarse IS NOT NULL {condition} ORDER BY content_id"
        ).fetchall()  # fmt: skip
        fine = b"".join(bytes(row[2]) for row in rows)  # type: ignore[arg-type]
        return Prints(
            np.array([row[0] for row in rows], np.int64),
            np.array([row[1] for row in rows], np.int64).view(np.uint64),
            np.frombuffer(fine, np.uint64).reshape(len(rows), FINE_BYTES // 8),
            np.array([row[3] for row in rows], np.bool_),
        )


def put(connection: apsw.Connection, content_id: int, known_by: Fingerprint | None) -> None:
    """Keeps the fingerprint of a content inside the caller's transaction; None: it has none."""
    values: tuple[int | None, bytes | None, int] = (None, None, 0)
    if known_by is not None and len(known_by.fine) == FINE_BYTES:
        values = (_signed(known_by.coarse), known_by.fine, int(known_by.plain))
    connection.execute(
        "INSERT OR REPLACE INTO fingerprint VALUES (?, ?, ?, ?)", (content_id, *values)
    )


def _signed(coarse: int) -> int:
    coarse &= (1 << _COARSE_BITS) - 1
    return coarse - (1 << _COARSE_BITS) if coarse >> (_COARSE_BITS - 1) else coarse
