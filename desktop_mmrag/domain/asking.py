"""An answer, from its first stage to its citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_mmrag.domain.locators import Locator
from desktop_mmrag.domain.segments import Medium


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer from an answer to a hit's locator."""

    n: int
    path: Path
    medium: Medium
    locator: Locator
    quote: str
    content_id: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo, a page or a moment whose pixels an answering model was shown."""

    path: Path
    medium: Medium
    content_id: int
    page: int | None = None
    """Counted from 1; None for a photo."""
    second: float | None = None
    """Which moment of a video."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got. `engine` is "extractive" or a model's id."""

    question: str
    text: str
    found: bool
    engine: str
    citations: tuple[Citation, ...] = ()
    took_ms: Mapping[str, float] = field(default_factory=dict)
    seen: tuple[Seen, ...] = ()
    """Pictures that the model had before it when it answered."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What answering is doing now: "searching", "reading 4 pictures", "writing"."""

    words: str
    seen: tuple[Seen, ...] = ()
    """The pictures that are being read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer's text as it is made."""

    text: str


AnswerEvent = Stage | Piece | Answer
"""What asking yields: stages and pieces, then one answer."""
