"""The list of source folders beside the database, so that it survives when the database is lost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_mmrag.library import list_file

_FILE_NAME = "folders.json"


def write(library: Path, folders: Iterable[Path]) -> None:
    """Replaces the list."""
    list_file.write(library / _FILE_NAME, [str(folder) for folder in folders])


def read(library: Path) -> list[Path]:
    """The folders as last written; none when there is no list or it cannot be read."""
    try:
        stored = list_file.read(library / _FILE_NAME)
        return [Path(folder) for folder in stored]
    except (OSError, ValueError, TypeError):
        return []
