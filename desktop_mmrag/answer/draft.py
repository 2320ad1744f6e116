"""An answer before its citations are numbered: pieces of text, each with what carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_mmrag.answer.harmless import defused
from desktop_mmrag.answer.sources import Source, Statement
from desktop_mmrag.domain import Citation, Locator, Medium, Seen


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a citation will point at."""

    path: Path
    medium: Medium
    content_id: int
    locator: Locator
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of an answer and the evidence for it."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer's text with its citations."""

    text: str
    found: bool
    citations: tuple[Citation, ...] = ()
    seen: tuple[Seen, ...] = ()


def evidence_of(source: Source, statement: Statement) -> Evidence:
    """A statement as evidence."""
    return Evidence(
        source.path, source.medium, source.content_id, statement.locator, statement.text
    )


def numbered(claims: Sequence[Claim], found: bool, joint: str = " ") -> Draft:
    """Citations numbered by first use; the same evidence keeps its number.

    What looks like a citation in a claim's own text was written in a file, and is defused.
    """
    order: list[Evidence] = []
    pieces = []
    for claim in claims:
        marks = ""
        for item in dict.fromkeys(claim.evidence):
            if item not in order:
                order.append(item)
            marks += f"[{order.index(item) + 1}]"
        text = defused(claim.text)
        pieces.append(f"{text} {marks}".strip() if marks else text)
    citations = tuple(
        Citation(n, e.path, e.medium, e.locator, e.quote, e.content_id)
        for n, e in enumerate(order, start=1)
    )
    return Draft(joint.join(pieces), found, citations)
