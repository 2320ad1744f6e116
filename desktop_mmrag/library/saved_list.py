"""The list of saved searches beside the database, so that it survives when the database is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from desktop_mmrag.library.saved import SavedSearch, search_from_json

_FILE_NAME = "searches.json"


def write(library: Path, searches: Iterable[SavedSearch]) -> None:
    """Replaces the list."""
    fresh = library / f"{_FILE_NAME}.new"
    plain = [search.to_json() for search in searches]
    fresh.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.chmod(0o600)
    fresh.replace(library / _FILE_NAME)


def read(library: Path) -> list[SavedSearch]:
    """The searches as last written; none when there is no list or it cannot be read."""
    try:
        stored = json.loads((library / _FILE_NAME).read_text(encoding="utf-8"))
        return [search_from_json(plain) for plain in stored]
    except (OSError, ValueError, TypeError, KeyError):
        return []
