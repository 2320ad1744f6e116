"""Which recordings have other files of words beside them than when their words were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

import apsw

from desktop_mmrag.library.catalog import Reading, Stat
from desktop_mmrag.library.database import Database

ENDINGS = (".lrc", ".srt", ".vtt")
"""Of files that hold the words of the recording beside them: film.srt, film.en.srt."""

_NAMED = " OR ".join(f"file.path LIKE '%{ending}'" for ending in ENDINGS)
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A recording whose words have to be read again, from this file of it."""

    reading: Reading
    beside: str
    """What lies beside it now, to be noted once the words were read."""


def outdated(database: Database) -> Iterator[Outdated]:
    """Recordings that can be reached and have gained, lost or changed a file of words."""
    words = _by_stem(database)
    rows: Iterable[tuple[Any, ...]] = database.reader().execute(
        "SELECT content.id, words_beside, folder_id, file.path, file.size, mtime_ns,"
        " file.inode, source_folder.path, online FROM content"
        " JOIN file ON file.content_id = content.id AND state = 'kept'"
        " JOIN source_folder ON source_folder.id = folder_id"
        " WHERE medium IN ('audio', 'video') ORDER BY content.id, file.id"
    )
    for _, group in groupby(list(rows), key=lambda row: row[0]):
        files = list(group)
        beside = [words.get((row[2], _stem(row[3])), []) for row in files]
        now = _written([one for found in beside for one in found])
        if now != files[0][1] and (chosen := _chosen(files, beside)):
            yield Outdated(chosen, now)


def note(connection: apsw.Connection, content_id: int) -> None:
    """Remembers what lies beside a recording whose words were just read."""
    files = connection.execute(
        "SELECT folder_id, path FROM file WHERE content_id = ?", (content_id,)
    ).fetchall()
    beside = [
        one
        for folder_id, path in files
        for one in _lying_beside(connection, int(folder_id), str(path))  # type: ignore[arg-type]
    ]
    connection.execute(
        "UPDATE content SET words_beside = ? WHERE id = ?", (_written(beside), content_id)
    )


def _lying_beside(
    connection: apsw.Connection, folder_id: int, path: str
) -> Iterator[tuple[str, int, int]]:
    start = f"{_stem(path)}."
    rows = connection.execute(
        "SELECT path, size, mtime_ns FROM file"
        f" WHERE folder_id = ? AND path >= ? AND path < ? AND ({_NAMED})",
        (folder_id, start, start + _LAST),
    )
    for other, size, mtime_ns in rows.fetchall():
        if "/" not in str(other)[len(start) :]:
            yield str(other), int(size), int(mtime_ns)  # type: ignore[arg-type]


def _by_stem(database: Database) -> dict[tuple[int, str], list[tuple[str, int, int]]]:
    """Files of words by folder and by every path without its endings that they may speak of."""
    found: dict[tuple[int, str], list[tuple[str, int, int]]] = defaultdict(list)
    rows = database.reader().execute(
        f"SELECT folder_id, path, size, mtime_ns FROM file WHERE {_NAMED}"
    )
    for folder_id, path, size, mtime_ns in rows:
        stem = _stem(path)
        while stem:
            found[folder_id, stem].append((path, size, mtime_ns))
            shorter = _stem(stem)
            stem = shorter if shorter != stem else ""
    return found


def _stem(path: str) -> str:
    """The path without its last ending."""
    return str(PurePosixPath(path).with_suffix(""))


def _written(files: Sequence[tuple[str, int, int]]) -> str:
    """Names, sizes and times: another folder above them changes nothing."""
    known = {f"{PurePosixPath(path).name} {size} {mtime_ns}" for path, size, mtime_ns in files}
    return "\n".join(sorted(known))


def _chosen(files: Sequence[tuple[Any, ...]], beside: Sequence[Sequence[Any]]) -> Reading | None:
    """The file that can be reached, and has words beside it where one has."""
    reachable = [(row, found) for row, found in zip(files, beside, strict=True) if row[8]]
    if not reachable:
        return None
    row, _ = next((one for one in reachable if one[1]), reachable[0])
    return Reading(row[0], Path(row[7], row[3]), Stat(*row[4:7]))


def recording_of(database: Database, path: Path) -> int | None:
    """The content that a file of words speaks for: a recording with its name beside it."""
    if path.suffix.lower() not in ENDINGS:
        return None
    for folder_id, folder in database.reader().execute("SELECT id, path FROM source_folder"):
        if not path.is_relative_to(folder):
            continue
        words = path.relative_to(folder).as_posix()
        above = words[: len(words) - len(path.name)] + path.name.partition(".")[0]
        rows: Iterable[tuple[Any, ...]] = database.reader().execute(
            "SELECT content.id, file.path FROM file JOIN content ON content.id = content_id"
            " WHERE folder_id = ? AND file.path >= ? AND file.path < ?"
            " AND medium IN ('audio', 'video') ORDER BY file.path",
            (folder_id, above, above + _LAST),
        )
        for content_id, other in rows:
            if words.startswith(f"{_stem(other)}."):
                return int(content_id)
    return None
