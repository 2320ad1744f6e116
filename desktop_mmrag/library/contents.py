"""Contents and their segments: writing them, describing them for hits, counting them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw

from desktop_mmrag.domain import (
    Box,
    Facts,
    Locator,
    Medium,
    Role,
    Segment,
    Spoken,
    TextLine,
    locator_from_json,
    locator_to_json,
)
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.selection import Selection


@dataclass(frozen=True, slots=True)
class KeptContent:
    """A content as the library holds it, with the files that have it."""

    id: int
    hash: bytes
    size: int
    medium: Medium
    dated_at: datetime
    facts: Facts
    paths: tuple[Path, ...]
    """Reachable files first."""
    online: bool


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """A segment as the library holds it."""

    id: int
    content_id: int
    segment: Segment


class Contents:
    """Reads on the calling thread's connection; writes inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- writing

    def add(
        self,
        connection: apsw.Connection,
        hash: bytes,
        size: int,
        medium: Medium,
        facts: Facts,
        dated_at: datetime,
    ) -> int:
        """Adds a content and returns its id."""
        connection.execute(
            "INSERT INTO content (hash, size, medium, dated_at, taken_at, latitude, longitude,"
            " place, camera, author, title, description, keywords, rating, width, height, pages,"
            " duration_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                hash,
                size,
                medium.value,
                dated_at.replace(tzinfo=None).isoformat(timespec="seconds"),
                facts.taken_at
                and facts.taken_at.replace(tzinfo=None).isoformat(timespec="seconds"),
                facts.latitude,
                facts.longitude,
                facts.place,
                facts.camera,
                facts.author,
                facts.title,
                facts.description,
                json.dumps(facts.keywords, ensure_ascii=False),
                facts.rating,
                facts.width,
                facts.height,
                facts.pages,
                facts.duration_s,
            ),
        )
        return connection.last_insert_rowid()

    def add_segments(
        self, connection: apsw.Connection, content_id: int, segments: Sequence[Segment]
    ) -> list[int]:
        """Adds segments and returns their ids in the same order."""
        ids = []
        for segment in segments:
            connection.execute(
                "INSERT INTO segment (content_id, role, locator, text, about, lines)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    content_id,
                    segment.role.value,
                    json.dumps(locator_to_json(segment.locator), ensure_ascii=False),
                    segment.text,
                    segment.about,
                    _lines_to_json(segment),
                ),
            )
            ids.append(connection.last_insert_rowid())
        return ids

    def by_hash_in(self, connection: apsw.Connection, hash: bytes) -> int | None:
        """`by_hash` as the caller's transaction sees it."""
        found: int | None = connection.execute("SELECT id FROM content WHERE hash = ?", (hash,)).get
        return found

    def exists(self, connection: apsw.Connection, content_id: int) -> bool:
        """Whether the caller's transaction sees this content."""
        found = connection.execute("SELECT 1 FROM content WHERE id = ?", (content_id,)).get
        return found is not None

    # --- reading

    def by_hash(self, hash: bytes) -> int | None:
        """The id of the content with this SHA-256. Raises DriveFailed, LibraryDamaged."""
        # Asked while a file is understood, which must not be called broken for it.
        with self._database.reading() as connection:
            return self.by_hash_in(connection, hash)

    def by_path(self, path: Path) -> int | None:
        """The id of the content that the file at this path had when it was last understood.

        For a side-car, that of a picture it speaks of.
        """
        reader = self._database.reader()
        for row in reader.execute("SELECT id, path FROM source_folder").fetchall():
            folder = Path(str(row[1]))
            if not path.is_relative_to(folder):
                continue
            found: int | None = reader.execute(
                "SELECT ifnull(content_id, (SELECT min(content_id) FROM described"
                " WHERE file_id = file.id)) FROM file WHERE folder_id = ? AND path = ?",
                (row[0], path.relative_to(folder).as_posix()),
            ).get
            if found is not None:
                return found
        return None

    def count_by_medium(self) -> dict[Medium, int]:
        """How many contents there are of each medium that some file has."""
        rows = self._database.reader().execute(
            "SELECT medium, count(*) FROM content"
            " WHERE id IN (SELECT content_id FROM file) GROUP BY medium ORDER BY medium"
        )
        return {Medium(medium): count for medium, count in rows}

    def selected(self, selection: Selection | None) -> list[int]:
        """Ids of all contents that a selection admits, newest first."""
        where = f"AND id IN ({selection.contents})" if selection else ""
        rows = self._database.reader().execute(
            "SELECT id FROM content WHERE id IN (SELECT content_id FROM file)"
            f" {where} ORDER BY dated_at DESC, id",
            selection.parameters if selection else (),
        )
        return [row[0] for row in rows]

    def under(self, paths: Sequence[Path]) -> set[int]:
        """Ids of the contents whose files are these or lie in these folders."""
        rows = self._database.reader().execute(
            "SELECT content_id, source_folder.path, file.path FROM file JOIN source_folder"
            " ON source_folder.id = folder_id WHERE content_id IS NOT NULL"
        )
        return {
            int(id)
            for id, folder, path in rows
            if any(Path(folder, path).is_relative_to(one) for one in paths)
        }

    def with_several_files(self) -> list[int]:
        """Ids of contents that several files have, ascending."""
        rows = self._database.reader().execute(
            "SELECT content_id FROM file WHERE content_id IS NOT NULL"
            " GROUP BY content_id HAVING count(*) > 1 ORDER BY content_id"
        )
        return [int(row[0]) for row in rows]

    def describe(self, content_ids: Iterable[int]) -> dict[int, KeptContent]:
        """Contents by id; ids that no file has any more are left out."""
        rows = self._database.reader().execute(
            f"{_DESCRIBE} WHERE content.id IN ({_ids(content_ids)})"
            " ORDER BY content.id, source_folder.online DESC, file.id"
        )
        described: dict[int, KeptContent] = {}
        for row in rows:
            path, online = Path(row[-3], row[-2]), bool(row[-1])
            known = described.get(row[0])
            described[row[0]] = (
                _content(row, (*known.paths, path), known.online or online)
                if known
                else _content(row, (path,), online)
            )
        return described

    def segments(self, segment_ids: Iterable[int]) -> dict[int, KeptSegment]:
        """Segments by id."""
        rows = self._database.reader().execute(f"{_SEGMENT} WHERE id IN ({_ids(segment_ids)})")
        return {row[0]: _segment(row) for row in rows}

    def segments_of(self, content_id: int, role: Role | None = None) -> list[KeptSegment]:
        """All segments of a content, in the order they were found."""
        rows = self._database.reader().execute(
            f"{_SEGMENT} WHERE content_id = ? AND (? IS NULL OR role = ?) ORDER BY id",
            (content_id, role and role.value, role and role.value),
        )
        return [_segment(row) for row in rows]

    def first_segments(self, content_ids: Iterable[int]) -> dict[int, int]:
        """The id of the first segment of each content, which stands for the whole of it."""
        rows = self._database.reader().execute(
            "SELECT content_id, min(id) FROM segment"
            f" WHERE content_id IN ({_ids(content_ids)}) GROUP BY content_id"
        )
        first_of: dict[int, int] = dict(rows.fetchall())  # type: ignore[arg-type]
        return first_of


def _lines_to_json(segment: Segment) -> str | None:
    lines = [[one.text, *_corners(one.box)] for one in segment.lines]
    lines += [[one.text, one.start_s, one.end_s] for one in segment.phrases]
    return json.dumps(lines, ensure_ascii=False) if lines else None


def _corners(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def _phrases_from_json(stored: str | None) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(start_s, end_s, text) for text, start_s, end_s in json.loads(stored or "[]")
    )


def _lines_from_json(stored: str | None, locator: Locator) -> tuple[TextLine, ...]:
    page = locator.page if isinstance(locator, Box) else None
    return tuple(
        TextLine(text, Box(x0, y0, x1, y1, page))
        for text, x0, y0, x1, y1 in json.loads(stored or "[]")
    )


_SEGMENT = "SELECT id, content_id, role, locator, text, about, lines FROM segment"


def _segment(row: Sequence[Any]) -> KeptSegment:
    id, content_id, role, stored, text, about, lines = row
    locator = locator_from_json(json.loads(stored))
    if role == Role.SPEECH:
        spoken = Segment(Role.SPEECH, locator, text, about, phrases=_phrases_from_json(lines))
        return KeptSegment(id, content_id, spoken)
    segment = Segment(Role(role), locator, text, about, _lines_from_json(lines, locator))
    return KeptSegment(id, content_id, segment)


_DESCRIBE = """SELECT content.id, hash, content.size, medium, dated_at, taken_at, latitude, longitude,
    place, camera, author, title, description, keywords, rating, width, height, pages, duration_s,
    source_folder.path, file.path, source_folder.online
    FROM content JOIN file ON file.content_id = content.id
    JOIN source_folder ON source_folder.id = file.folder_id"""


def _content(row: Sequence[Any], paths: tuple[Path, ...], online: bool) -> KeptContent:
    (id, hash, size, medium, dated_at, taken_at, latitude, longitude, place, camera, author,
     title, description, keywords, rating, width, height, pages, duration_s, *_) = row  # fmt: skip
    facts = Facts(
        taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
        latitude=latitude,
        longitude=longitude,
        place=place,
        camera=camera,
        author=author,
        title=title,
        description=description,
        keywords=tuple(json.loads(keywords)),
        rating=rating,
        width=width,
        height=height,
        pages=pages,
        duration_s=duration_s,
    )
    moment = datetime.fromisoformat(dated_at)
    return KeptContent(id, hash, size, Medium(medium), moment, facts, paths, online)


def _ids(ids: Iterable[int]) -> str:
    """Ids as SQL; integers need no binding and no limit on parameters applies."""
    return ", ".join(str(int(id)) for id in ids)
