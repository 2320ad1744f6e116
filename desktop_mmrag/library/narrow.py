"""A selection applied to segment ids that a store found."""

from __future__ import annotations

from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.library.selection import Selection

# Templates take the SELECT of content ids. Joins rather than IN: no list of the whole selection is
# made, and a LIMIT stops the scan early.
CONTENTS = "{}"
SEGMENTS = "SELECT s.id FROM ({}) c CROSS JOIN segment s ON s.content_id = c.id"
_AMONG = (
    "SELECT s.id FROM carray(?) k CROSS JOIN segment s ON s.id = k.value "
    "CROSS JOIN ({}) c ON c.id = s.content_id"
)
_HOLDS_SEGMENT = (
    "EXISTS (SELECT 1 FROM segment s CROSS JOIN ({}) c ON c.id = s.content_id WHERE s.id = {})"
)
_HOLDS_CONTENT = "EXISTS (SELECT 1 FROM ({}) c WHERE c.id = {})"


def holds(within: Selection, column: str, contents: bool = False) -> str:
    """A condition that the selection holds the id in `column`; takes the selection's parameters.

    It is asked row by row, so a LIMIT stops it early.
    """
    return (_HOLDS_CONTENT if contents else _HOLDS_SEGMENT).format(within.contents, column)


def listed(
    connection: apsw.Connection,
    within: Selection,
    at_most: int | None = None,
    template: str = SEGMENTS,
) -> NDArray[np.int64]:
    """The ids that a template gives for a selection, int64 [n], no more than `at_most`."""
    sql = f"SELECT * FROM ({template.format(within.contents)}) LIMIT ?"
    return _ids(connection, sql, (*within.parameters, -1 if at_most is None else at_most))


def keep(
    connection: apsw.Connection, ids: NDArray[np.int64], within: Selection
) -> NDArray[np.int64]:
    """Those of the segment ids, int64 [n], that the selection holds, in the order they came."""
    if not len(ids):
        return ids
    among = _AMONG.format(within.contents)
    held = _ids(connection, among, (apsw.carray(ids), *within.parameters))
    return ids[np.isin(ids, held)]


def _ids(connection: apsw.Connection, sql: str, parameters: tuple[Any, ...]) -> NDArray[np.int64]:
    found = connection.execute(sql, parameters).fetchall()
    return np.array([id for (id,) in found], dtype=np.int64)
