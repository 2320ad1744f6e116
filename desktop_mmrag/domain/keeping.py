"""What the library tells of its folders and of work under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder the person asked to watch."""

    id: int
    path: Path
    online: bool = True
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A skipped file with its reason."""

    path: Path
    title: str
    message: str
    hint: str
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of what long work is doing, yielded now and then."""

    stage: Literal[
        "discovering",
        "understanding",
        "reading",
        "listening",
        "embedding",
        "recognising",
        "tagging",
        "describing",
        "idle",
    ]
    done: int
    total: int
    failed: int = 0
    per_second: float = 0.0
    seconds_left: float | None = None
    current: Path | None = None
    remarks: tuple[str, ...] = ()
    """Sentences that the person should know, such as that changes are seen late."""
