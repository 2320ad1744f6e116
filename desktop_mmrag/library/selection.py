"""Filters as SQL: which contents, and so which segments, a search may find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop_mmrag.domain import Filters


@dataclass(frozen=True, slots=True)
class Selection:
    """A SELECT of content ids with its parameters, to be put inside IN ( ... )."""

    contents: str
    parameters: tuple[Any, ...]

    @property
    def segments(self) -> str:
        """The same as a SELECT of segment ids."""
        return f"SELECT id FROM segment WHERE content_id IN ({self.contents})"


def select(filters: Filters) -> Selection | None:
    """None when nothing is filtered."""
    clauses: list[str] = []
    parameters: list[Any] = []

    def add(clause: str, *values: Any) -> None:
        clauses.append(clause)
        parameters.extend(values)

    if filters.media:
        media = sorted(filters.media)
        add(f"medium IN ({', '.join('?' * len(media))})", *media)
    if filters.after:
        add("dated_at >= ?", filters.after.isoformat())
    if filters.before:
        add("dated_at < ?", filters.before.isoformat())
    if filters.near:
        add("place LIKE ? ESCAPE '\\'", _anywhere(filters.near))
    if filters.camera:
        add("camera LIKE ? ESCAPE '\\'", _anywhere(filters.camera))
    if filters.rating is not None:
        add("rating >= ?", filters.rating)
    for folder in filters.folders:
        add(_IN_PATH, _anywhere(folder))
    if not clauses:
        return None
    return Selection(f"SELECT id FROM content WHERE {' AND '.join(clauses)}", tuple(parameters))


_IN_PATH = """id IN (SELECT file.content_id FROM file
    JOIN source_folder ON source_folder.id = file.folder_id
    WHERE source_folder.path || '/' || file.path LIKE ? ESCAPE '\\')"""


def _anywhere(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
