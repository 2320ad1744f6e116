"""Files into or out of the library: rows, words and vectors of each in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import apsw
import numpy as np

from desktop_mmrag.domain import (
    LISTENING_PRIORITY,
    RECORDINGS,
    Beside,
    Medium,
    Role,
    Segment,
    Space,
    Store,
    Summary,
    Vectors,
)
from desktop_mmrag.library import fingerprints, words_beside
from desktop_mmrag.library.catalog import WaitingFile
from desktop_mmrag.library.contents import Contents
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.fulltext import Words
from desktop_mmrag.library.sidecars import Sidecars
from desktop_mmrag.library.thumbnails import Thumbnails
from desktop_mmrag.library.vectors import Vectors as VectorStore

_STORE_OF = {
    Role.PASSAGE: Store.WORDS,
    Role.CAPTION: Store.WORDS,
    Role.OCR: Store.OCR,
    Role.SPEECH: Store.SPEECH,
}
_SWEEP_BATCH = 200


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of some of a content's segments in one space."""

    space: Space
    positions: Sequence[int]
    """Which segments, as positions in the content's list of segments."""
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Understood:
    """All that the first pass learned of one file."""

    file: WaitingFile
    hash: bytes
    summary: Summary
    segments: Sequence[Segment]
    embedded: Sequence[Embedded]


_Seen = tuple[Sequence[int], Embedded]
"""Ids of a content's segments, and vectors of some of them."""


class Keeping:
    """The only way into and out of the library for contents."""

    def __init__(
        self,
        database: Database,
        contents: Contents,
        vectors: VectorStore,
        words: Words,
        thumbnails: Thumbnails,
    ) -> None:
        self._database = database
        self._contents = contents
        self._vectors = vectors
        self._words = words
        self._thumbnails = thumbnails
        self._sidecars = Sidecars()

    def keep(self, *lot: Understood) -> None:
        """Writes what was understood of some files, all or none, and marks them as kept."""
        for understood in lot:
            if understood.summary.preview:
                # First: a preview without a row is swept, a row without one is not.
                self._thumbnails.write(understood.hash, understood.summary.preview)
        seen: list[_Seen] = []
        with self._database.writing() as connection:
            for understood in lot:
                content_id = self._contents.by_hash_in(connection, understood.hash)
                if content_id is None:
                    content_id = self._add(connection, understood, seen)
                self._link(connection, understood.file, content_id)
                if understood.summary.medium in RECORDINGS:
                    words_beside.note(connection, content_id)
            self._write_vectors(connection, seen)

    def link(self, file: WaitingFile, hash: bytes) -> bool:
        """Marks a file as kept if its content is known already; says whether it is."""
        with self._database.writing() as connection:
            content_id = self._contents.by_hash_in(connection, hash)
            if content_id is not None:
                self._link(connection, file, content_id)
        return content_id is not None

    def describe(self, file: WaitingFile, beside: Beside) -> None:
        """Marks a side-car as kept; what it says becomes facts of the pictures it lies beside."""
        with self._database.writing() as connection:
            _settle(connection, file, None)
            if connection.changes():
                for content_id in self._sidecars.put(connection, file.id, beside):
                    self._write_facts(connection, content_id)

    def add_reading(
        self, content_id: int, segments: Sequence[Segment], embedded: Sequence[Embedded]
    ) -> None:
        """Adds what the second pass read in pictures and takes it off the work to do."""
        with self._database.writing() as connection:
            if self._contents.exists(connection, content_id):
                self._add_segments(connection, content_id, segments, embedded)
            connection.execute("DELETE FROM reading WHERE content_id = ?", (content_id,))

    def add_hearing(
        self,
        content_id: int,
        segments: Sequence[Segment],
        embedded: Sequence[Embedded],
        from_s: float,
        until_s: float | None,
        model_id: str,
    ) -> None:
        """Adds what was said from one second to another; None: to the end, which ends the work.

        What was heard from the very start takes the place of what was written down before.
        `model_id` names who heard it.
        """
        with self._database.writing() as connection:
            if self._contents.exists(connection, content_id):
                if from_s == 0:
                    self._remove_speech(connection, content_id)
                self._add_segments(connection, content_id, segments, embedded)
                connection.execute(
                    "UPDATE content SET heard_by = ? WHERE id = ?", (model_id, content_id)
                )
            if until_s is None:
                connection.execute("DELETE FROM reading WHERE content_id = ?", (content_id,))
            else:
                connection.execute(
                    "UPDATE reading SET heard_s = ? WHERE content_id = ?", (until_s, content_id)
                )

    def replace_words(
        self,
        content_id: int,
        segments: Sequence[Segment],
        embedded: Sequence[Embedded],
        beside: str,
    ) -> None:
        """What comes with a recording takes the place of what was said to be spoken in it.

        Where nothing comes with it any more, it has to be listened to, unless it was before.
        `beside`: what to note as read, from `words_beside.outdated`.
        """
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT words_beside, heard_by FROM content WHERE id = ?", (content_id,)
            ).fetchone()
            if row is None:
                return
            if segments:
                self._remove_speech(connection, content_id)
                self._add_segments(connection, content_id, segments, embedded)
                connection.execute("DELETE FROM reading WHERE content_id = ?", (content_id,))
                connection.execute("UPDATE content SET heard_by = NULL WHERE id = ?", (content_id,))
            elif row[0] and row[1] is None:
                self._remove_speech(connection, content_id)
                connection.execute(
                    "INSERT OR IGNORE INTO reading (content_id, priority) VALUES (?, ?)",
                    (content_id, LISTENING_PRIORITY),
                )
            connection.execute(
                "UPDATE content SET words_beside = ? WHERE id = ?", (beside, content_id)
            )

    def add_sounds(
        self, content_id: int, segments: Sequence[Segment], embedded: Sequence[Embedded]
    ) -> None:
        """Adds what a recording sounds like."""
        with self._database.writing() as connection:
            if self._contents.exists(connection, content_id):
                self._add_segments(connection, content_id, segments, embedded)

    def add_vectors(self, space: Space, segment_ids: Sequence[int], vectors: Vectors) -> None:
        """Adds vectors of kept segments, for a space that is being filled."""
        with self._database.writing() as connection:
            self._vectors.write(connection, space, segment_ids, vectors)

    def refresh_names(self) -> int:
        """Makes contents findable by the names their files have now, and by no former ones.

        Returns for how many. Triggers note what is to be refreshed, so a crash forgets none.
        """
        refreshed = 0
        while batch := self._renamed():
            with self._database.writing() as connection:
                for content_id in batch:
                    if self._contents.exists(connection, content_id):
                        self._write_facts(connection, content_id)
                marks = ", ".join(str(id) for id in batch)
                connection.execute(f"DELETE FROM renamed WHERE content_id IN ({marks})")
            refreshed += len(batch)
        return refreshed

    def sweep(self) -> int:
        """Removes contents that no file has any more, every trace of them; returns how many."""
        removed = 0
        while batch := self._orphans():
            with self._database.writing() as connection:
                self._remove(connection, [content_id for content_id, _ in batch])
            for _, hash in batch:
                self._thumbnails.remove(hash)
            removed += len(batch)
        self.refresh_names()
        return removed

    def erase(self) -> None:
        """Makes sure that nothing of what was removed can be read in any file of the library."""
        with self._database.writing() as connection:
            self._words.scrub(connection)
        self._database.shrink()

    def sweep_previews(self) -> int:
        """Removes previews that a crash left without a content; nothing may be kept meanwhile."""
        rows = self._database.reader().execute("SELECT hash FROM content")
        return self._thumbnails.remove_others({bytes(hash) for (hash,) in rows})

    # --- inside a transaction

    def _add(self, connection: apsw.Connection, understood: Understood, seen: list[_Seen]) -> int:
        """Without its vectors, which are noted in `seen`."""
        summary, stat = understood.summary, understood.file.stat
        content_id = self._contents.add(
            connection,
            understood.hash,
            stat.size,
            summary.medium,
            summary.facts,
            dated_at=summary.facts.taken_at or _moment(stat.mtime_ns),
        )
        ids = self._add_texts(connection, content_id, understood.segments)
        seen += ((ids, embedded) for embedded in understood.embedded)
        if summary.medium is Medium.PHOTO:
            fingerprints.put(connection, content_id, summary.fingerprint)
        if summary.reading_priority is not None:
            connection.execute(
                "INSERT INTO reading (content_id, priority) VALUES (?, ?)",
                (content_id, summary.reading_priority),
            )
        return content_id

    def _add_segments(
        self,
        connection: apsw.Connection,
        content_id: int,
        segments: Sequence[Segment],
        embedded: Sequence[Embedded],
    ) -> None:
        ids = self._add_texts(connection, content_id, segments)
        self._write_vectors(connection, [(ids, item) for item in embedded])

    def _add_texts(
        self, connection: apsw.Connection, content_id: int, segments: Sequence[Segment]
    ) -> list[int]:
        ids = self._contents.add_segments(connection, content_id, segments)
        for id, segment in zip(ids, segments, strict=True):
            if segment.text and segment.role in _STORE_OF:
                self._words.write(connection, _STORE_OF[segment.role], id, segment.text)
        return ids

    def _write_vectors(self, connection: apsw.Connection, seen: Sequence[_Seen]) -> None:
        """Those of one space together, which costs a third of one content after the other."""
        for space in dict.fromkeys(item.space for _, item in seen):
            here = [(ids, item) for ids, item in seen if item.space == space]
            chosen = [ids[position] for ids, item in here for position in item.positions]
            vectors = np.concatenate([item.vectors for _, item in here])
            self._vectors.write(connection, space, chosen, vectors)

    def _link(self, connection: apsw.Connection, file: WaitingFile, content_id: int) -> None:
        _settle(connection, file, content_id)
        self._sidecars.remove(connection, file.id)
        self._write_facts(connection, content_id)

    def _write_facts(self, connection: apsw.Connection, content_id: int) -> None:
        """Names and facts as words: folder and file names, title, place, camera, author, keywords.

        Side-cars have their say first.
        """
        files = connection.execute(
            "SELECT folder_id, path FROM file WHERE content_id = ? ORDER BY id", (content_id,)
        ).fetchall()
        paths = [(int(folder_id), str(path)) for folder_id, path in files]  # type: ignore[arg-type]
        self._sidecars.apply(connection, content_id, paths)
        names = [" ".join(PurePosixPath(path).with_suffix("").parts) for _, path in paths]
        facts: tuple[str | None, ...] = connection.execute(
            "SELECT title, description, place, camera, author, (SELECT group_concat(value, ' ')"
            " FROM json_each(keywords)) FROM content WHERE id = ?",
            (content_id,),
        ).get
        text = "\n".join([*names, *(fact for fact in facts if fact)])
        # Names join words by underscores, hyphens and dots that the tokenizer would keep or not.
        self._words.write_facts(connection, content_id, text.replace("_", " "))

    def _renamed(self) -> list[int]:
        rows = self._database.reader().execute("SELECT content_id FROM renamed LIMIT 500")
        return [row[0] for row in rows]

    def _orphans(self) -> list[tuple[int, bytes]]:
        rows = self._database.reader().execute(
            "SELECT id, hash FROM content WHERE NOT EXISTS"
            " (SELECT 1 FROM file WHERE file.content_id = content.id) LIMIT ?",
            (_SWEEP_BATCH,),
        )
        return [(id, hash) for id, hash in rows]

    def _remove_speech(self, connection: apsw.Connection, content_id: int) -> None:
        sql = "SELECT id FROM segment WHERE content_id = ? AND role = ?"
        ids = [row[0] for row in connection.execute(sql, (content_id, Role.SPEECH.value))]
        if ids:
            self._vectors.remove(connection, ids)
            self._words.remove(connection, ids)
            marks = ", ".join(str(id) for id in ids)
            connection.execute(f"DELETE FROM segment WHERE id IN ({marks})")

    def _remove(self, connection: apsw.Connection, content_ids: Sequence[int]) -> None:
        marks = ", ".join(str(id) for id in content_ids)
        segment_ids = [
            row[0]
            for row in connection.execute(f"SELECT id FROM segment WHERE content_id IN ({marks})")
        ]
        self._vectors.remove(connection, segment_ids)
        self._words.remove(connection, segment_ids)
        self._words.remove_facts(connection, content_ids)
        connection.execute(f"DELETE FROM content WHERE id IN ({marks})")


def _settle(connection: apsw.Connection, file: WaitingFile, content_id: int | None) -> None:
    """Marks a file as kept and not failed."""
    connection.execute("DELETE FROM failure WHERE file_id = ?", (file.id,))
    # The file may have changed again while it was understood: then it stays waiting.
    connection.execute(
        "UPDATE file SET content_id = ?, state = CASE"
        " WHEN size = ? AND mtime_ns = ? THEN 'kept' ELSE state END WHERE id = ?",
        (content_id, file.stat.size, file.stat.mtime_ns, file.id),
    )


def _moment(mtime_ns: int) -> datetime:
    """The local time of a file's stamp; stamps that no calendar holds count as none."""
    try:
        return datetime.fromtimestamp(mtime_ns / 1e9)
    except (OverflowError, OSError, ValueError):
        return datetime(1970, 1, 1)
