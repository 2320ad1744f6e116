"""The list of source folders beside the database, so that it survives when the database is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

_FILE_NAME = "folders.json"


def write(library: Path, folders: Iterable[Path]) -> None:
    """Replaces the list."""
    fresh = library / f"{_FILE_NAME}.new"
    fresh.write_text(json.dumps([str(folder) for folder in folders]), encoding="utf-8")
    fresh.chmod(0o600)
    fresh.replace(library / _FILE_NAME)


def read(library: Path) -> list[Path]:
    """The folders as last written; none when there is no list or it cannot be read."""
    try:
        stored = json.loads((library / _FILE_NAME).read_text(encoding="utf-8"))
        return [Path(folder) for folder in stored]
    except (OSError, ValueError, TypeError):
        return []
