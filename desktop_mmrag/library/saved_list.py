"""The list of saved searches beside the database, so that it survives when the database is lost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_mmrag.library import list_file
from desktop_mmrag.library.saved import SavedSearch, search_from_json

_FILE_NAME = "saved-searches.json"


def write(library: Path, searches: Iterable[SavedSearch]) -> None:
    """Replaces the list."""
    list_file.write(library / _FILE_NAME, [search.to_json() for search in searches])


def read(library: Path) -> list[SavedSearch]:
    """The searches as last written; none when there is no list or it cannot be read."""
    try:
        stored = list_file.read(library / _FILE_NAME)
        return [search_from_json(plain) for plain in stored]
    except (OSError, ValueError, TypeError, KeyError):
        return []
