"""Sees when a request names a page ("the last page", "Seite 5") and puts such pages first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_mmrag.domain import Page, Store
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve import asked_values
from desktop_mmrag.retrieve.candidates import Probe
from desktop_mmrag.retrieve.cosines import with_one
from desktop_mmrag.retrieve.fuse import SMOOTHING, Evidence, Find, key_of
from desktop_mmrag.retrieve.relevance import STRONG

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_NUMBER_OF = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}
_ERSTE = "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte"
_NUMBER_OF |= {word: number for number, word in enumerate(_ERSTE.split(), start=1)}
_LAST = ("last", "final", "letzte")
_WORDS = "|".join((*_NUMBER_OF, *_LAST))
_COVER = r"(?:cover|title|front)\s+"
_NAMED = re.compile(
    rf"\b(?P<word>{_WORDS})[nrsm]?\s+(?:(?:{_COVER})?page|slide|seite|folie)\b"
    rf"|\b(?P<cover>{_COVER}page|titelseite|titelblatt|deckblatt)\b"
    r"|\b(?:page|slide|seite|folie|p\.)\s*(?:no\.?\s*)?\(?(?P<number>\d{1,4})\b",
    re.I,
)
# The page is looked up in the documents that fit best, not in all there are.
_DOCUMENTS = 8
# A page's number in print stands alone on one of its first or last lines.
_EDGE_LINES = 2


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page as it was named; a negative number counts from the end."""

    number: int
    words: tuple[str, ...]
    in_print: bool = False
    """Named by a figure, which may be the one printed on the page."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """A page of one document that may be the one named."""

    find: Find
    of_document: float
    """The score of its document's best find."""
    segments: Sequence[KeptSegment]

    @property
    def text(self) -> str:
        return "\n".join(kept.segment.text for kept in self.segments)


def named_pages(text: str) -> list[NamedPage]:
    """The pages that a text names."""
    return [_named(match) for match in _NAMED.finditer(text)]


def without_pages(text: str) -> str:
    """The text without the pages that it names, for those who look for meaning; never blank."""
    left = " ".join(_NAMED.sub(" ", text).split())
    return left if any(map(str.isalnum, left)) else text


def _named(match: re.Match[str]) -> NamedPage:
    words = tuple(re.findall(r"\w+", match[0]))
    if match["number"]:
        return NamedPage(int(match["number"]), words, in_print=True)
    word = (match["word"] or "first").lower()
    return NamedPage(-1 if word in _LAST else _NUMBER_OF[word], words)


def promote(library: Library, text: str, finds: Sequence[Find], probe: Probe | None) -> list[Find]:
    """The finds with the pages that the text names before all others.

    `finds` have the best first. Of several documents' pages those go first that hold a value of
    the kind asked for, then those whose document, words and meaning fit; `probe` is what to
    compare passages with.
    """
    named = named_pages(text)
    if not named:
        return list(finds)
    known = {find.key: find for find in finds}
    meant = {
        page.find.key: page
        for best in _best_documents(finds)
        for page in _meant(library, named, best, known)
    }
    first = [page.find for page in _ordered(library, text, list(meant.values()), probe)]
    return first + [find for find in finds if find.key not in meant]


def keep_first(finds: Sequence[Find]) -> None:
    """Once a page was named, other places are weaker matches than it, and pages keep their order."""
    named = [find for find in finds if find.page_named]
    if not named:
        return
    most = 0.0
    for find in reversed(named):
        most = find.chance = max(find.chance, most)
    # Just below the cut.
    most = min(most, STRONG * 0.99)
    for find in finds:
        if not find.page_named:
            find.chance = min(find.chance, most)


def _best_documents(finds: Sequence[Find]) -> Iterator[Find]:
    """The best find of each of the first few contents that have pages."""
    seen: set[int] = set()
    for find in finds:
        if find.key[1].startswith("page ") and find.content_id not in seen:
            seen.add(find.content_id)
            yield find
        if len(seen) == _DOCUMENTS:
            return


def _meant(
    library: Library,
    named: Sequence[NamedPage],
    best: Find,
    known: Mapping[tuple[int, str], Find],
) -> Iterator[_Meant]:
    """The pages of one document that are named."""
    pages = _pages(library, best.content_id)
    for page in named:
        for number in _numbers(page, pages):
            segments = pages[number]
            key = key_of(segments[0])
            find = known.get(key) or Find(key, best.content_id)
            find.page_named = True
            find.evidence.append(Evidence(Store.FACTS, 1, 1.0, segments[0], page.words))
            yield _Meant(find, best.score, segments)


def _numbers(page: NamedPage, pages: Mapping[int, Sequence[KeptSegment]]) -> list[int]:
    """The page counted from the start, and the one that is called so.

    Nobody counts the blank back of a cover; and chapters, reports and minutes print numbers of
    their own on their pages.
    """
    if page.number < 0:
        return list(pages)[-1:]
    found = [page.number] if page.number in pages else []
    if page.in_print:
        return found + [n for n in pages if n not in found and _is_printed(page.number, pages[n])]
    written = (n for n in pages if n >= page.number and any(s.segment.text for s in pages[n]))
    return found + [n for n in [next(written, None)] if n is not None and n not in found]


def _is_printed(number: int, segments: Sequence[KeptSegment]) -> bool:
    text = "".join(kept.segment.text for kept in segments)
    lines = [line.strip(" \t()[]-–—·|") for line in text.splitlines() if line.strip()]
    return str(number) in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])


def _ordered(
    library: Library, text: str, meant: Sequence[_Meant], probe: Probe | None
) -> list[_Meant]:
    """The pages, each judged by its document, by what the stores said and by its passages."""
    likeness = _likeness(library, meant, probe)
    votes = (
        [page.of_document for page in meant],
        [page.find.score for page in meant],
        likeness,
    )
    scores = np.zeros(len(meant))
    for values in votes:
        ranks = np.argsort(np.argsort([-value for value in values], kind="stable"))
        scores += 1 / (SMOOTHING + 1 + ranks)
    asked = asked_values.asked(text)
    holding = [asked_values.holds(page.text, asked) for page in meant]
    best = sorted(range(len(meant)), key=lambda at: (not holding[at], -scores[at]))
    return [meant[at] for at in best]


def _likeness(library: Library, meant: Sequence[_Meant], probe: Probe | None) -> list[float]:
    """The cosine of each page's best passage."""
    if probe is None:
        return [0.0] * len(meant)
    ids = [[kept.id for kept in page.segments if kept.segment.text] for page in meant]
    flat = [id for of_page in ids for id in of_page]
    vectors = library.vectors.vectors_of(probe.space, flat)
    cosines = iter(np.nan_to_num(with_one(vectors, probe.vector)))
    return [max((float(next(cosines)) for _ in of_page), default=0.0) for of_page in ids]


def _pages(library: Library, content_id: int) -> dict[int, list[KeptSegment]]:
    """The segments of each page, in order."""
    pages: dict[int, list[KeptSegment]] = {}
    for kept in library.contents.segments_of(content_id):
        if isinstance(kept.segment.locator, Page):
            pages.setdefault(kept.segment.locator.page, []).append(kept)
    return dict(sorted(pages.items()))
