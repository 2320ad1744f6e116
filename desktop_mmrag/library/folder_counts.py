"""What each source folder holds: how many files of each medium, how many wait, how many were skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_mmrag.domain import Medium
from desktop_mmrag.library.database import Database


@dataclass(frozen=True, slots=True)
class FolderCounts:
    """Files of one source folder. A file of which only the text was not read is kept and failed."""

    kept: Mapping[Medium, int] = field(default_factory=dict)
    waiting: int = 0
    failed: int = 0


def folder_counts(database: Database) -> dict[int, FolderCounts]:
    """Counts by the id of the source folder; folders without files are left out."""
    reader = database.reader()
    kept: dict[int, Counter[Medium]] = {}
    waiting: Counter[int] = Counter()
    failed: Counter[int] = Counter()
    for folder, state, medium, count in reader.execute(
        "SELECT folder_id, state, medium, count(*) FROM file"
        " LEFT JOIN content ON content.id = content_id GROUP BY folder_id, state, medium"
    ):
        # A side-car is kept without a content of its own: it belongs to the picture beside it.
        if state == "kept" and medium is not None:
            kept.setdefault(int(folder), Counter())[Medium(medium)] += int(count)
        elif state == "waiting":
            waiting[int(folder)] += int(count)
    # A file that waits is tried again: its former failure counts no more.
    for folder, count in reader.execute(
        "SELECT folder_id, count(*) FROM failure JOIN file ON file.id = file_id"
        " WHERE state <> 'waiting' GROUP BY folder_id"
    ):
        failed[int(folder)] = int(count)
    return {
        folder: FolderCounts(dict(kept.get(folder, {})), waiting[folder], failed[folder])
        for folder in kept.keys() | waiting.keys() | failed.keys()
    }
