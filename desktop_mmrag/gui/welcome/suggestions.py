"""Folders worth watching on this computer: pictures, documents, desktop, and vaults of notes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QStandardPaths

SuggestionKind = Literal["pictures", "documents", "desktop", "notes"]
# Obsidian and Logseq keep their settings in a folder of this name at the top of a vault.
_VAULT_MARKS = frozenset({".obsidian", "logseq"})
_DEPTH, _SECONDS, _MOST_VAULTS = 3, 2.0, 6
_SKIPPED = frozenset({"node_modules", "Library", "AppData", "snap"})

_PLACES: tuple[tuple[SuggestionKind, QStandardPaths.StandardLocation], ...] = (
    ("pictures", QStandardPaths.StandardLocation.PicturesLocation),
    ("documents", QStandardPaths.StandardLocation.DocumentsLocation),
    ("desktop", QStandardPaths.StandardLocation.DesktopLocation),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A folder and why it is suggested."""

    kind: SuggestionKind
    path: Path


def suggestions(home: Path | None = None) -> Iterator[Suggestion]:
    """The person's own folders that exist, then vaults found below the home folder.

    Looks at folder names alone, a few levels deep, for two seconds at most.
    """
    home = home or Path.home()
    given = []
    for kind, place in _PLACES:
        path = Path(QStandardPaths.writableLocation(place))
        # Where a system has no such folder it names the home folder: too much to suggest.
        if path.is_dir() and path != home:
            given.append(path)
            yield Suggestion(kind, path)
    for vault in vaults((home, *given)):
        yield Suggestion("notes", vault)


def vaults(roots: Iterable[Path]) -> list[Path]:
    """Folders of notes that a note-taking program made."""
    found: dict[Path, None] = {}
    until = time.monotonic() + _SECONDS
    for root in roots:
        for path in _below(root, _DEPTH, until):
            found.setdefault(path)
            if len(found) == _MOST_VAULTS:
                return list(found)
    return list(found)


def _below(folder: Path, depth: int, until: float) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    if _VAULT_MARKS.intersection(names):
        yield folder
        return
    if depth == 0 or time.monotonic() > until:
        return
    for name in sorted(names):
        if not name.startswith(".") and name not in _SKIPPED:
            yield from _below(folder / name, depth - 1, until)
