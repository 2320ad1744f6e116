"""What photos look like to an encoder, in everyday words, and those nobody has asked about yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from desktop_mmrag.domain import Space
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.fulltext import Words


class Looks:
    """Reads on the calling thread's connection; writes in one transaction."""

    def __init__(self, database: Database, words: Words) -> None:
        self._database, self._words = database, words

    def missing(
        self, space: Space, vocabulary: str, after: int, limit: int
    ) -> list[tuple[int, int]]:
        """Photos without words of this space and vocabulary, with their first picture; by id."""
        rows = self._database.reader().execute(
            "SELECT content.id, (SELECT min(id) FROM segment WHERE content_id = content.id"
            " AND role = 'picture') AS picture FROM content WHERE medium = 'photo' AND id > ?"
            " AND picture IS NOT NULL AND NOT EXISTS (SELECT 1 FROM looks WHERE"
            " content_id = content.id AND space = ? AND vocabulary = ?) ORDER BY id LIMIT ?",
            (after, space.key, vocabulary, limit),
        )
        return [(int(id), int(picture)) for id, picture in rows]

    def put(self, space: Space, vocabulary: str, found: Mapping[int, tuple[str, ...]]) -> None:
        """Keeps the words of contents, in place of any they had; gone ones are passed over."""
        with self._database.writing() as connection:
            for content_id, words in found.items():
                if connection.execute("SELECT 1 FROM content WHERE id = ?", (content_id,)).get:
                    connection.execute(
                        "INSERT OR REPLACE INTO looks VALUES (?, ?, ?, ?)",
                        (content_id, space.key, vocabulary, json.dumps(words)),
                    )
                    self._words.write_looks(connection, content_id, "\n".join(words))

    def of(self, content_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The words of those that have any, the likeliest first."""
        ids = ", ".join(str(int(id)) for id in content_ids)
        rows = self._database.reader().execute(
            f"SELECT content_id, words FROM looks WHERE words <> '[]' AND content_id IN ({ids})"
        )
        return {int(id): tuple(json.loads(str(words))) for id, words in rows}
