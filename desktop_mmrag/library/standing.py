"""How a library stands, and all that it knows of one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_mmrag.domain import Medium, SourceFolder, Space
from desktop_mmrag.library.contents import KeptContent, KeptSegment


@dataclass(frozen=True, slots=True)
class Status:
    """How the library stands."""

    folders: tuple[SourceFolder, ...]
    media: dict[Medium, int]
    waiting: int
    reading: int
    failed: int
    spaces: tuple[tuple[Space, int], ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is known of one file."""

    content: KeptContent
    segments: tuple[KeptSegment, ...]
    preview: Path | None
