"""What side-cars say, and the facts of the pictures that they lie beside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import apsw

from desktop_mmrag.domain import Beside, Facts
from desktop_mmrag.library import facts as facts_json
from desktop_mmrag.library.sidecar_names import (
    lies_beside,
    starts_of_pictures,
    starts_of_sidecars,
)


class Sidecars:
    """Works inside the caller's transaction."""

    def put(self, connection: apsw.Connection, file_id: int, beside: Beside) -> list[int]:
        """Remembers what a side-car says now; returns the contents that this concerns."""
        before = self._spoken_for(connection, file_id)
        connection.execute(
            "INSERT INTO sidecar (file_id, facts, overrides) VALUES (?, ?, ?) ON CONFLICT (file_id)"
            " DO UPDATE SET facts = excluded.facts, overrides = excluded.overrides",
            (file_id, facts_json.to_json(beside.facts), int(beside.overrides)),
        )
        return list(dict.fromkeys((*before, *self._pictures_beside(connection, file_id))))

    def remove(self, connection: apsw.Connection, file_id: int) -> None:
        """A file that is no side-car any more says nothing of others."""
        connection.execute("DELETE FROM sidecar WHERE file_id = ?", (file_id,))

    def apply(
        self, connection: apsw.Connection, content_id: int, files: Iterable[tuple[int, str]]
    ) -> None:
        """Brings a content's facts to what its bytes and the side-cars of its files say together.

        `files`: folder id and path of every file that has this content.
        """
        state = connection.execute(
            "SELECT own_facts FROM content WHERE id = ? AND medium IN ('photo', 'video')",
            (content_id,),
        ).fetchone()
        if state is None:
            return
        found = {
            file_id: (facts_json.from_json(facts), bool(overrides))
            for folder_id, path in files
            for file_id, facts, overrides in _beside(connection, folder_id, path)
        }
        if not found and state[0] is None:
            return
        connection.execute("DELETE FROM described WHERE content_id = ?", (content_id,))
        connection.executemany(
            "INSERT INTO described (file_id, content_id) VALUES (?, ?)",
            ((file_id, content_id) for file_id in found),
        )
        _rewrite(connection, content_id, list(found.values()))

    def _spoken_for(self, connection: apsw.Connection, file_id: int) -> list[int]:
        rows = connection.execute("SELECT content_id FROM described WHERE file_id = ?", (file_id,))
        return [row[0] for row in rows]

    def _pictures_beside(self, connection: apsw.Connection, file_id: int) -> list[int]:
        row = connection.execute(
            "SELECT folder_id, path FROM file WHERE id = ?", (file_id,)
        ).fetchone()
        if row is None:
            return []
        folder_id, path = int(row[0]), str(row[1])
        return [
            content_id
            for start in starts_of_pictures(path)
            for content_id, other in _from(connection, _PICTURES, folder_id, start)
            if lies_beside(path, other)
        ]


# CROSS JOIN: by the index on paths, not through every side-car there is.
_SIDECARS = """SELECT file.id, file.path, sidecar.facts, sidecar.overrides FROM file
    CROSS JOIN sidecar ON sidecar.file_id = file.id"""
_PICTURES = """SELECT content_id, path FROM file
    CROSS JOIN content ON content.id = content_id AND medium IN ('photo', 'video')"""
_LAST = "\U0010ffff"


def _from(
    connection: apsw.Connection, select: str, folder_id: int, start: str
) -> list[tuple[Any, ...]]:
    """Rows of files whose path begins like this."""
    return connection.execute(
        f"{select} WHERE folder_id = ? AND path >= ? AND path < ?",
        (folder_id, start, start + _LAST),
    ).fetchall()


def _beside(
    connection: apsw.Connection, folder_id: int, path: str
) -> Iterator[tuple[int, str, int]]:
    """The side-cars of one file, those that merely fill in first."""
    found = {
        file_id: (other, facts, overrides)
        for start in starts_of_sidecars(path)
        for file_id, other, facts, overrides in _from(connection, _SIDECARS, folder_id, start)
        if lies_beside(other, path)
    }
    for file_id, (_, facts, overrides) in sorted(
        found.items(), key=lambda item: (item[1][2], item[1][0])
    ):
        yield file_id, facts, overrides


# --- facts in the row of a content

_COLUMNS = [
    "taken_at",
    "latitude",
    "longitude",
    "place",
    "camera",
    "author",
    "title",
    "description",
    "keywords",
    "rating",
]


def _rewrite(
    connection: apsw.Connection, content_id: int, beside: Sequence[tuple[Facts, bool]]
) -> None:
    own, own_dated_at = _own(connection, content_id)
    facts = facts_json.merged(own, beside)
    values = _values(facts)
    kept = facts_json.to_json(own) if beside else None
    connection.execute(
        f"UPDATE content SET {', '.join(f'{name} = ?' for name in _COLUMNS)},"
        " own_facts = ?, dated_at = ?, own_dated_at = ? WHERE id = ?",
        (
            *values,
            kept,
            values[0] or own_dated_at,
            own_dated_at if beside else None,
            content_id,
        ),
    )


def _own(connection: apsw.Connection, content_id: int) -> tuple[Facts, str]:
    """What the bytes say, and the date that stood beside it."""
    row = connection.execute(
        f"SELECT own_facts, own_dated_at, dated_at, {', '.join(_COLUMNS)} FROM content WHERE id = ?",
        (content_id,),
    ).fetchone()
    assert row is not None
    kept, own_dated_at, dated_at, *values = row
    if kept is not None:
        return facts_json.from_json(str(kept)), str(own_dated_at)
    known = dict(zip(_COLUMNS, values, strict=True))
    known["keywords"] = json.loads(str(known["keywords"]))
    present = {name: value for name, value in known.items() if value not in (None, [])}
    return facts_json.from_json(json.dumps(present)), str(dated_at)


def _values(facts: Facts) -> list[Any]:
    return [_column(getattr(facts, name)) for name in _COLUMNS]


def _column(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="seconds")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
