"""Says why a find was found: the reasons, the place in the file, the piece of text that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_mmrag.domain import (
    Box,
    Hit,
    Locator,
    Query,
    Reason,
    Role,
    Store,
    TimeSpan,
)
from desktop_mmrag.library import snippet as snippets
from desktop_mmrag.library.contents import KeptContent, KeptSegment
from desktop_mmrag.library.tokens import Tokenizer, searchable
from desktop_mmrag.retrieve.fuse import Evidence, Find
from desktop_mmrag.retrieve.relevance import STRONG

SNIPPET_WIDTH = 240
"""Characters."""


class Explainer:
    """Explains the finds of one query. Belongs to one thread."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._asked = (*query.words, *query.phrases)
        self._tokenizer = Tokenizer()

    def hit(
        self,
        find: Find,
        rank: int,
        relevance: float,
        content: KeptContent,
        near_duplicates: Sequence[KeptContent] = (),
    ) -> Hit:
        """The hit that a find becomes, with `rank` counted from 1."""
        segment = _shown(find)
        reasons = self._reasons(find)
        return Hit(
            rank=rank,
            segment_id=segment.id,
            content_id=find.content_id,
            path=content.paths[0],
            medium=content.medium,
            locator=self._moment(segment, reasons) or _locator(segment, reasons),
            snippet=self._snippet(segment, find, content),
            relevance=relevance,
            strong=find.chance >= STRONG,
            reasons=reasons,
            online=content.online,
            taken_at=content.facts.taken_at,
            dated_at=content.dated_at,
            also_at=_also_at(content, near_duplicates),
        )

    def _reasons(self, find: Find) -> tuple[Reason, ...]:
        """One of each store, the best rank first."""
        of_store: dict[Store, Evidence] = {}
        for item in sorted(find.evidence, key=lambda item: item.rank):
            if item.is_reason:
                of_store.setdefault(item.store, item)
        return tuple(
            Reason(item.store, item.rank, item.score, item.words, self._boxes(item))
            for item in of_store.values()
        )

    def _moment(self, segment: KeptSegment, reasons: Sequence[Reason]) -> TimeSpan | None:
        """When the words are said: from the first to the last phrase of the passage that holds some.

        Phrases that hold fewest words of the query are left out, so that an "and" far ahead does
        not put the moment off.
        """
        phrases = segment.segment.phrases
        said = next((reason.words for reason in reasons if reason.store is Store.SPEECH), ())
        asked = self._asked_stems(said)
        if not phrases or not asked:
            return None
        held = [_count(self._tokenizer.stems(searchable(one.text)), asked) for one in phrases]
        best = max(held)
        near = [one for one, count in zip(phrases, held, strict=True) if best and 2 * count >= best]
        return TimeSpan(near[0].start_s, near[-1].end_s) if near else None

    def _asked_stems(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        return [stems for word in words if (stems := self._tokenizer.stems(searchable(word)))]

    def _boxes(self, item: Evidence) -> tuple[Box, ...]:
        """Of the lines read in a picture, those that hold the words."""
        if item.store is not Store.OCR:
            return ()
        asked = self._asked_stems(item.words)
        return tuple(
            line.box
            for line in item.segment.segment.lines
            if _holds(self._tokenizer.stems(searchable(line.text)), asked)
        )

    def _snippet(self, segment: KeptSegment, find: Find, content: KeptContent) -> str:
        """Around the words that it holds; for a picture nobody wrote about, what is known of it."""
        text = segment.segment.text
        if text.strip():
            held = [word for word in self._query.words if word in find.words]
            phrases = self._query.phrases
            return snippets.snippet(text, held, phrases, SNIPPET_WIDTH, self._tokenizer)
        facts = content.facts
        known = (
            facts.title,
            facts.description,
            facts.place,
            facts.taken_at and f"{facts.taken_at:%Y-%m-%d}",
        )
        return " · ".join(str(fact) for fact in known if fact)


def _shown(find: Find) -> KeptSegment:
    """The segment that the hit points at: the one with words that speaks loudest, else the first."""
    speaking = find.speaking()
    return speaking[0].segment if speaking else find.evidence[0].segment


def _holds(line: tuple[str, ...], asked: Sequence[tuple[str, ...]]) -> bool:
    """Whether the stems of a line hold those of some word side by side."""
    return any(
        stems[0] in line
        and any(line[at : at + len(stems)] == stems for at in range(len(line) - len(stems) + 1))
        for stems in asked
    )


def _count(line: tuple[str, ...], asked: Sequence[tuple[str, ...]]) -> int:
    """How many of the words a line holds."""
    return sum(1 for stems in asked if _holds(line, [stems]))


def _locator(segment: KeptSegment, reasons: Sequence[Reason]) -> Locator:
    """Where to look: around the lines that match, for text read in a picture."""
    locator = segment.segment.locator
    if segment.segment.role is not Role.OCR:
        return locator
    boxes = next((reason.boxes for reason in reasons if reason.boxes), ())
    if not boxes:
        return locator
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
        boxes[0].page,
    )


def _also_at(content: KeptContent, near_duplicates: Sequence[KeptContent]) -> tuple[Path, ...]:
    others = [path for other in near_duplicates for path in other.paths]
    return (*content.paths[1:], *others)
