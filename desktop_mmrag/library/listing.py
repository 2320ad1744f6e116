"""The whole library as a list, newest first, and what a content looks like at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import apsw
import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Medium
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.pairs import Pairs
from desktop_mmrag.library.thumbnails import Thumbnails

# Enough words to fill a card.
_GLANCE_CHARACTERS = 400


class Listed(NamedTuple):
    """One content of the library with one of its files; light, for there may be a million."""

    content_id: int
    folder: str
    """The source folder that the file lies in."""
    relative: str
    """The file's path in it, with forward slashes."""
    medium: str
    """A value of Medium."""
    dated_at: str
    """ISO 8601 local time, to the second."""
    online: int
    duration_s: float | None

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(self.folder, self.relative)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a content shows when it is small: its preview picture, else its first words."""

    preview: Path | None
    words: str = ""


class Listing:
    """Reads on the calling thread's connection."""

    def __init__(self, database: Database, thumbnails: Thumbnails, pairs: Pairs) -> None:
        self._database = database
        self._thumbnails = thumbnails
        self._pairs = pairs

    def newest(
        self, media: frozenset[Medium] = frozenset(), page: int = 10_000
    ) -> Iterator[list[Listed]]:
        """All contents that some file has, of these media or of any, in pages; newest first.

        Of several files with one content the one that can be reached is listed, then the oldest.
        A live photo's film and the raw picture of a JPEG are listed with their still.
        """
        with_still = not media or Medium.PHOTO in media
        folded = self._pairs.second_halves() if with_still else set()
        kinds = ", ".join(f"'{medium.value}'" for medium in sorted(media))
        which = f"medium IN ({kinds})" if media else "true"
        rows = map(Listed._make, self._database.reader().execute(_newest(which)))
        last = 0
        while batch := list(islice(rows, page)):
            listed = []
            for row in batch:
                if row.content_id != last and row.content_id not in folded:
                    listed.append(row)
                last = row.content_id
            yield listed

    def listed(self, content_ids: Iterable[int]) -> list[Listed]:
        """These contents in the order they are given; those without a file are left out."""
        wanted = list(dict.fromkeys(int(id) for id in content_ids))
        if not wanted:
            return []
        rows = self._database.reader().execute(
            _newest("content.id IN (SELECT value FROM carray(?))"),
            (apsw.carray(np.array(wanted, dtype=np.int64)),),
        )
        found: dict[int, Listed] = {}
        for row in map(Listed._make, rows):
            found.setdefault(row.content_id, row)
        return [found[id] for id in wanted if id in found]

    def contents_of(self, segment_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The content of each segment, int64 [n] for ids int64 [n]; 0 where the segment is gone."""
        if not len(segment_ids):
            return segment_ids
        rows = self._database.reader().execute(
            "SELECT s.id, s.content_id FROM carray(?) k CROSS JOIN segment s ON s.id = k.value",
            (apsw.carray(np.ascontiguousarray(segment_ids)),),
        )
        content_of: dict[int, int] = dict(rows)
        return np.array([content_of.get(int(id), 0) for id in segment_ids], dtype=np.int64)

    def glances(self, content_ids: Iterable[int]) -> dict[int, Glance]:
        """By content id; contents that are gone are left out."""
        ids = ", ".join(str(int(id)) for id in content_ids)
        rows = self._database.reader().execute(f"SELECT id, hash FROM content WHERE id IN ({ids})")
        paths = {id: self._thumbnails.path(bytes(hash)) for id, hash in rows}
        seen = {id: path for id, path in paths.items() if path.exists()}
        words = self._first_words(id for id in paths if id not in seen)
        return {id: Glance(seen.get(id), words.get(id, "")) for id in paths}

    def _first_words(self, content_ids: Iterable[int]) -> dict[int, str]:
        ids = ", ".join(str(int(id)) for id in content_ids)
        rows = self._database.reader().execute(
            "SELECT content_id, substr(text, 1, ?) FROM segment WHERE id IN"
            " (SELECT min(id) FROM segment"
            f" WHERE content_id IN ({ids}) AND text <> '' GROUP BY content_id)",
            (_GLANCE_CHARACTERS,),
        )
        return {int(id): str(text) for id, text in rows}


def _newest(which: str) -> str:
    # Files outside, contents inside, then one sort: the index on dates would look up a file for
    # each content in no order, which takes five times as long.
    return (
        "SELECT content.id, source_folder.path, file.path, medium, dated_at, online, duration_s"
        " FROM file CROSS JOIN content ON content.id = file.content_id"
        f" CROSS JOIN source_folder ON source_folder.id = folder_id WHERE {which}"
        " ORDER BY dated_at DESC, content.id, online DESC, file.id"
    )
