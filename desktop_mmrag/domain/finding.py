"""A request as it is understood, and the hits that it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop_mmrag.domain.encoders import Space, Vectors
from desktop_mmrag.domain.locators import Box, Locator, present
from desktop_mmrag.domain.segments import Medium


class Store(StrEnum):
    """Where a hit was found; each store ranks alone and the ranks are fused."""

    IMAGE_TEXT = "image-text"
    TEXT = "text"
    WORDS = "words"
    OCR = "ocr"
    SPEECH = "speech"
    FACTS = "facts"
    SOUND = "sound"


class Strategy(StrEnum):
    """How a search finds, and from what a question is answered."""

    FUSED = "fused"
    """Every store ranks alone; the ranks are fused and the first hits read once more."""
    TEXT = "text"
    """Everything turned to text: words and passages, with captions, read text and speech."""
    TEXT_THEN_PICTURE = "text-then-picture"
    """Found by text, then answered from the original picture."""
    SHARED = "shared"
    """Found in the space that pictures and words share, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; each is shown to the person and can be taken away."""

    media: frozenset[Medium] = frozenset()
    folders: tuple[str, ...] = ()
    """`in:` words; each must occur in the path."""
    after: datetime | None = None
    """Inclusive."""
    before: datetime | None = None
    """Exclusive."""
    near: str | None = None
    camera: str | None = None
    rating: int | None = None
    """At least so many stars."""

    def to_json(self) -> dict[str, Any]:
        """Only what is set, as the search command prints it."""
        return present(
            {
                "type": sorted(self.media) or None,
                "in": list(self.folders) or None,
                "after": self.after.isoformat() if self.after else None,
                "before": self.before.isoformat() if self.before else None,
                "near": self.near,
                "camera": self.camera,
                "rating": self.rating,
            }
        )


@dataclass(frozen=True, slots=True)
class Query:
    """What the person typed, understood."""

    typed: str
    meaning: str = ""
    """The words left for the encoders once filters and signs are taken out."""
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Filters = Filters()
    guesses: tuple[str, ...] = ()
    """Plain words that were read as filters ("last summer"), as they were typed."""
    printable: bool = False
    """Whether a guess may as well be words on a page ("25/12/2018", "in Bergen")."""


@dataclass(frozen=True, slots=True)
class QueryVector:
    """An example to search by: a prepared vector of one space, with a sign and a weight."""

    space: Space
    vector: Vectors
    """float32 [dimension]."""
    weight: float = 1.0
    across: bool = False
    """Of another kind than the item itself: what its words look like, what its looks would say."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit matched, in one store. `score` is on that store's own scale."""

    store: Store
    rank: int
    score: float
    words: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment with its rank, its relevance and the reasons it matched."""

    rank: int
    segment_id: int
    content_id: int
    path: Path
    medium: Medium
    locator: Locator
    snippet: str
    relevance: float
    """0 to 1, comparable within one result only."""
    strong: bool
    reasons: tuple[Reason, ...]
    online: bool = True
    taken_at: datetime | None = None
    dated_at: datetime | None = None
    """`taken_at`, else the file's own time."""
    also_at: tuple[Path, ...] = ()
    """Other files of the same content, the other half of a pair, near-duplicates folded into it."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked hits and how the query was understood."""

    query: Query
    hits: tuple[Hit, ...]
    took_ms: float
    dropped: tuple[str, ...] = ()
    """Plain words that looked like filters and were searched as words, since they left too little."""
