"""What a vision model said of photos: kept as captions, so that search and answers find them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from desktop_mmrag.domain import Role, Segment, Space, Store, Vectors, Whole
from desktop_mmrag.library.catalog import Reading, Stat
from desktop_mmrag.library.contents import Contents
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.fulltext import Words
from desktop_mmrag.library.vectors import Vectors as VectorStore

_WAITING = """FROM content JOIN file ON file.content_id = content.id
    JOIN source_folder ON source_folder.id = file.folder_id
    WHERE content.medium = 'photo' AND file.state = 'kept' AND source_folder.online
    AND NOT EXISTS (SELECT 1 FROM described_by WHERE content_id = content.id)"""


class Descriptions:
    """Reads on the calling thread's connection; writes in one transaction each."""

    def __init__(
        self, database: Database, contents: Contents, vectors: VectorStore, words: Words
    ) -> None:
        self._database, self._contents = database, contents
        self._vectors, self._words = vectors, words

    def waiting_count(self, only: Collection[int] | None = None) -> int:
        """Photos that can be read now and that no model has described."""
        sql = f"SELECT count(DISTINCT content.id) {_WAITING}{_of(only)}"
        return int(self._database.reader().execute(sql).get)

    def waiting(self, after: int, limit: int, only: Collection[int] | None = None) -> list[Reading]:
        """The next of them, by id, each with a file to read it from; `only` these contents."""
        rows = self._database.reader().execute(
            "SELECT content.id, min(source_folder.path || '/' || file.path), file.size,"
            f" file.mtime_ns, file.inode {_WAITING}{_of(only)} AND content.id > ?"
            " GROUP BY content.id ORDER BY content.id LIMIT ?",
            (after, limit),
        )
        return [
            Reading(id, Path(path), Stat(size, mtime_ns, inode))
            for id, path, size, mtime_ns, inode in rows
        ]

    def put(
        self, content_id: int, text: str, model: str, space: Space | None, vector: Vectors | None
    ) -> None:
        """Keeps what a model said in place of what was said before; "" when it said nothing.

        `vector`: the text's in `space`, float32 [1, dimension].
        """
        with self._database.writing() as connection:
            if not self._contents.exists(connection, content_id):
                return
            sql = "SELECT segment_id FROM described_by WHERE content_id = ?"
            before: int | None = connection.execute(sql, (content_id,)).get
            if before is not None:
                self._vectors.remove(connection, [before])
                self._words.remove(connection, [before])
                connection.execute("DELETE FROM segment WHERE id = ?", (before,))
            segment_id: int | None = None
            if text:
                said = Segment(Role.CAPTION, Whole(), text)
                (segment_id,) = self._contents.add_segments(connection, content_id, [said])
                self._words.write(connection, Store.WORDS, segment_id, text)
                if space is not None and vector is not None:
                    self._vectors.write(connection, space, [segment_id], vector)
            connection.execute(
                "INSERT OR REPLACE INTO described_by VALUES (?, ?, ?)",
                (content_id, model, segment_id),
            )

    def of(self, content_id: int) -> str:
        """What a model said of it; "" when nobody asked."""
        found: str | None = self._database.reader().execute(
            "SELECT text FROM segment JOIN described_by ON segment_id = segment.id"
            " WHERE described_by.content_id = ?",
            (content_id,),
        ).get  # fmt: skip
        return found or ""


def _of(only: Collection[int] | None) -> str:
    if only is None:
        return ""
    return f" AND content.id IN ({', '.join(str(int(id)) for id in only)})"
