"""Source folders, their files, failures, and the work still to do."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import apsw

from desktop_mmrag import __version__
from desktop_mmrag.domain import Failure, Medium, SourceFolder
from desktop_mmrag.errors import FolderNotWatched, KnownError
from desktop_mmrag.library.database import Database

ALL_MEDIA = frozenset(Medium)


@dataclass(frozen=True, slots=True)
class Stat:
    """What the file system says of a file without reading it."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the library last saw it."""

    id: int
    stat: Stat


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that is to be understood."""

    id: int
    path: Path
    stat: Stat


@dataclass(frozen=True, slots=True)
class Reading:
    """A content whose pictures may hold text, or whose sound speech; with one file to read it from."""

    content_id: int
    path: Path
    stat: Stat
    heard_s: float = 0.0
    """Up to which second speech was written down already."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a source folder differs from what the library knows. Paths are relative."""

    added: Mapping[str, Stat]
    changed: Mapping[int, Stat]
    """File id to what it is now."""
    moved: Mapping[int, str]
    """File id to its new path."""
    vanished: frozenset[int]
    renumbered: Mapping[int, int] = field(default_factory=dict)
    """File id to its new inode, where a drive gives new ones each time it is plugged in."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.moved or self.vanished or self.renumbered)


class Catalog:
    """Reads on the calling thread's connection; writes in one transaction each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- source folders

    def folders(self) -> list[SourceFolder]:
        """All source folders, in the order they were added."""
        rows = self._database.reader().execute(
            "SELECT id, path, online, paused FROM source_folder ORDER BY id"
        )
        return [
            SourceFolder(id, Path(path), bool(online), bool(paused))
            for id, path, online, paused in rows
        ]

    def folder(self, path: Path) -> SourceFolder:
        """The source folder at exactly this path. Raises FolderNotWatched."""
        for folder in self.folders():
            if folder.path == path:
                return folder
        raise FolderNotWatched(f"{path} is not one of the watched folders.")

    def add_folder(self, path: Path) -> SourceFolder:
        """Adds a source folder; one that is there already stays as it is."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO source_folder (path, added_at) VALUES (?, ?)"
                " ON CONFLICT (path) DO NOTHING",
                (str(path), _now()),
            )
        return self.folder(path)

    def remove_folder(self, folder: SourceFolder) -> None:
        """Forgets the folder and its files; contents without a file are swept afterwards."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM source_folder WHERE id = ?", (folder.id,))

    def set_online(self, folder: SourceFolder, online: bool) -> None:
        """Notes whether the folder can be reached now."""
        self._set(folder, "online", online)

    def set_paused(self, folder: SourceFolder, paused: bool) -> None:
        """A paused folder is searched but not brought up to date."""
        self._set(folder, "paused", paused)

    def inode_of(self, folder: SourceFolder) -> int:
        """The inode that the folder itself had when files were last seen in it; 0 at first."""
        return self._number(f"SELECT inode FROM source_folder WHERE id = {int(folder.id)}")

    def set_inode(self, folder: SourceFolder, inode: int) -> None:
        """Notes the folder's own inode, so that an empty mount point is not taken for it."""
        self._set(folder, "inode", inode)

    def _set(self, folder: SourceFolder, column: str, value: int) -> None:
        with self._database.writing() as connection:
            connection.execute(
                f"UPDATE source_folder SET {column} = ? WHERE id = ?", (int(value), folder.id)
            )

    # --- files

    def files_of(self, folder: SourceFolder, under: str = "") -> dict[str, KnownFile]:
        """Known files by relative path; `under` limits them to one subfolder."""
        # "0" is the character after "/": a range that the index on paths answers.
        narrowed = " AND (path = ? OR (path > ? || '/' AND path < ? || '0'))" if under else ""
        rows = self._database.reader().execute(
            f"SELECT path, id, size, mtime_ns, inode FROM file WHERE folder_id = ?{narrowed}",
            (folder.id, under, under, under) if under else (folder.id,),
        )
        return {
            path: KnownFile(id, Stat(size, mtime_ns, inode))
            for path, id, size, mtime_ns, inode in rows
        }

    def apply(self, folder: SourceFolder, changes: Changes) -> None:
        """Brings the file rows to the state that discovery saw, in one transaction."""
        with self._database.writing() as connection:
            # A file may move onto the path of one that vanished: make room first.
            connection.executemany(
                "DELETE FROM file WHERE id = ?", ((id,) for id in changes.vanished)
            )
            _move(connection, changes.moved)
            connection.executemany(
                "INSERT INTO file (folder_id, path, size, mtime_ns, inode, state)"
                " VALUES (?, ?, ?, ?, ?, 'waiting')",
                (
                    (folder.id, path, stat.size, stat.mtime_ns, stat.inode)
                    for path, stat in changes.added.items()
                ),
            )
            connection.executemany(
                "UPDATE file SET size = ?, mtime_ns = ?, inode = ?, state = 'waiting' WHERE id = ?",
                ((s.size, s.mtime_ns, s.inode, id) for id, s in changes.changed.items()),
            )
            connection.executemany(
                "UPDATE file SET inode = ? WHERE id = ?",
                ((inode, id) for id, inode in changes.renumbered.items()),
            )

    def touch(self, file_id: int, stat: Stat) -> None:
        """Notes that a file is different from what discovery saw, and waits."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE file SET size = ?, mtime_ns = ?, inode = ?, state = 'waiting' WHERE id = ?",
                (stat.size, stat.mtime_ns, stat.inode, file_id),
            )

    def forget(self, file_id: int) -> None:
        """Takes a file that is gone off the list; its content is swept afterwards."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM file WHERE id = ?", (file_id,))

    # --- work still to do

    def waiting_count(self) -> int:
        """Files still to be understood in folders that are online and not paused."""
        return self._number(f"SELECT count(*) {_WAITING}")

    def waiting(self, after: int = 0, limit: int = 500) -> list[WaitingFile]:
        """The next files to understand, by id; `after` is the last id that was taken."""
        rows = self._database.reader().execute(
            "SELECT file.id, source_folder.path, file.path, file.size, file.mtime_ns, file.inode"
            f" {_WAITING} AND file.id > ? ORDER BY file.id LIMIT ?",
            (after, limit),
        )
        return [
            WaitingFile(id, Path(folder, path), Stat(size, mtime_ns, inode))
            for id, folder, path, size, mtime_ns, inode in rows
        ]

    def reading_count(self, media: Collection[Medium] = ALL_MEDIA) -> int:
        """Contents of these media still to be read or heard, reachable now."""
        return self._number(f"SELECT count(DISTINCT reading.content_id) {_READING} {_of(media)}")

    def readings(
        self, limit: int, without: Iterable[int] = (), media: Collection[Medium] = ALL_MEDIA
    ) -> list[Reading]:
        """The next contents of these media to read or hear, likeliest to hold words first."""
        left_out = ", ".join(str(int(id)) for id in without)
        rows = self._database.reader().execute(
            # SQLite takes the other columns from the row that min() chose.
            "SELECT reading.content_id, min(source_folder.path || '/' || file.path),"
            f" file.size, file.mtime_ns, file.inode, heard_s {_READING} {_of(media)}"
            f" AND reading.content_id NOT IN ({left_out})"
            " GROUP BY reading.content_id ORDER BY reading.priority DESC, reading.content_id"
            " LIMIT ?",
            (limit,),
        )
        return [
            Reading(content_id, Path(path), Stat(size, mtime_ns, inode), heard_s)
            for content_id, path, size, mtime_ns, inode, heard_s in rows
        ]

    def hear_again(self, model_id: str) -> int:
        """What another speech model wrote down waits to be heard by this one; returns how many."""
        with self._database.writing() as connection:
            # What is half heard begins anew: a recording is written down by one model.
            connection.execute(
                "INSERT INTO reading (content_id, priority) SELECT id, 0 FROM content"
                " WHERE heard_by <> ? ON CONFLICT (content_id) DO UPDATE SET heard_s = 0",
                (model_id,),
            )
            changed = connection.changes()
            connection.execute(
                "UPDATE content SET heard_by = NULL WHERE heard_by <> ?", (model_id,)
            )
        return changed

    def is_kept(self, path: Path) -> bool:
        """Whether a file was read, be it for the sake of another one."""
        reader = self._database.reader()
        return any(
            reader.execute(
                "SELECT 1 FROM file WHERE folder_id = ? AND path = ? AND state = 'kept'",
                (folder.id, path.relative_to(folder.path).as_posix()),
            ).fetchone()
            for folder in self.folders()
            if path.is_relative_to(folder.path)
        )

    def reachable_files_of(self, content_id: int) -> list[tuple[Path, Stat]]:
        """Files that had this content when last seen, in folders that are online."""
        rows = self._database.reader().execute(
            "SELECT source_folder.path, file.path, size, mtime_ns, file.inode FROM file"
            " JOIN source_folder ON source_folder.id = file.folder_id"
            " WHERE content_id = ? AND state = 'kept' AND online ORDER BY file.id",
            (content_id,),
        )
        return [(Path(row[0], row[1]), Stat(*row[2:])) for row in rows]

    # --- failures

    def fail(self, file_id: int, problem: KnownError) -> None:
        """Lists a file as skipped; it is tried again when it changes or the program does."""
        with self._database.writing() as connection:
            # What the file held before it changed is no longer in it.
            connection.execute(
                "UPDATE file SET state = 'failed', content_id = NULL WHERE id = ?", (file_id,)
            )
            connection.execute("DELETE FROM sidecar WHERE file_id = ?", (file_id,))
            connection.execute(
                "INSERT OR REPLACE INTO failure"
                " (file_id, title, message, hint, failed_at, program_version)"
                " SELECT id, ?, ?, ?, ?, ? FROM file WHERE id = ?",
                (problem.title, problem.message, problem.hint, _now(), __version__, file_id),
            )

    def fail_reading(self, content_id: int, problem: KnownError) -> None:
        """Lists that the text in a content's pictures was not read; it is findable all the same."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO failure"
                " (file_id, title, message, hint, failed_at, program_version)"
                " SELECT id, ?, ?, ?, ?, ? FROM file WHERE content_id = ?",
                (problem.title, problem.message, problem.hint, _now(), __version__, content_id),
            )
            connection.execute("DELETE FROM reading WHERE content_id = ?", (content_id,))

    def retry_failures(
        self, of_other_versions_only: bool = False, only: Collection[Path] | None = None
    ) -> int:
        """Puts failed files back among the waiting, all or only these; returns how many."""
        chosen = (
            "SELECT file.id FROM failure JOIN file ON file.id = file_id"
            " WHERE state = ? AND (NOT ? OR program_version <> ?)"
            " AND (? IS NULL OR file.id IN (SELECT value FROM json_each(?)))"
        )
        ids = None if only is None else json.dumps(self._failed_at(only))
        others = (of_other_versions_only, __version__, ids, ids)
        kept = ("kept", *others)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO reading (content_id, priority)"
                f" SELECT content_id, 0 FROM file WHERE id IN ({chosen})",
                kept,
            )
            again = connection.changes()
            connection.execute(f"DELETE FROM failure WHERE file_id IN ({chosen})", kept)
            connection.execute(
                f"UPDATE file SET state = 'waiting' WHERE id IN ({chosen})", ("failed", *others)
            )
            return again + connection.changes()

    def _failed_at(self, paths: Collection[Path]) -> list[int]:
        wanted = set(paths)
        rows = self._database.reader().execute(
            "SELECT file.id, source_folder.path, file.path FROM failure"
            " JOIN file ON file.id = file_id JOIN source_folder ON source_folder.id = folder_id"
        )
        return [int(id) for id, folder, path in rows if Path(folder, path) in wanted]

    def failures(self) -> Iterator[Failure]:
        """Every skipped file with its reason, newest first."""
        for folder, path, title, message, hint, failed_at in self._database.reader().execute(
            "SELECT source_folder.path, file.path, title, message, hint, failed_at FROM failure"
            " JOIN file ON file.id = failure.file_id AND file.state <> 'waiting'"
            " JOIN source_folder ON source_folder.id = file.folder_id"
            " ORDER BY failed_at DESC, file.id"
        ):
            moment = datetime.fromisoformat(failed_at)
            yield Failure(Path(folder, path), title, message, hint, moment)

    def _number(self, sql: str) -> int:
        return int(self._database.reader().execute(sql).get)


_WAITING = """FROM file JOIN source_folder ON source_folder.id = file.folder_id
    WHERE file.state = 'waiting' AND source_folder.online AND NOT source_folder.paused"""

_READING = """FROM reading JOIN file ON file.content_id = reading.content_id
    JOIN source_folder ON source_folder.id = file.folder_id
    WHERE file.state = 'kept' AND source_folder.online AND NOT source_folder.paused"""


def _of(media: Collection[Medium]) -> str:
    """A condition; the names of media need no binding."""
    names = ", ".join(f"'{Medium(medium).value}'" for medium in media)
    return (
        "AND EXISTS (SELECT 1 FROM content WHERE content.id = reading.content_id"
        f" AND content.medium IN ({names}))"
    )


def _move(connection: apsw.Connection, moved: Mapping[int, str]) -> None:
    """Renames rows in two steps, since files may have swapped their paths."""
    connection.executemany(
        "UPDATE file SET path = ? WHERE id = ?", ((f"/moving/{id}", id) for id in moved)
    )
    # A failure may lie in the name: a file that is renamed is tried again. So is a side-car, which
    # has no content and speaks by its name of another picture now.
    connection.executemany(
        "UPDATE file SET path = ?, state = iif(content_id IS NULL, 'waiting', state) WHERE id = ?",
        ((path, id) for id, path in moved.items()),
    )


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
