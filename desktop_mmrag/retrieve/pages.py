"""Sees when a request names a page ("the last page", "page 5") and puts it first among its document's pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_mmrag.domain import Page, Role, Store
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.fuse import Evidence, Find, key_of

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_NUMBER_OF = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}
_FIRST = ("cover", "title", "front")
_LAST = ("last", "final")
_NAMED = re.compile(
    rf"\b(?P<word>{'|'.join((*_NUMBER_OF, *_FIRST, *_LAST))})\s+page\b"
    r"|\b(?:page|p\.)\s*(?:no\.?\s*)?\(?(?P<number>\d{1,4})\b",
    re.I,
)
# The page is looked up in the documents that fit best, not in all there are.
_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page as it was named; a negative number counts from the end."""

    number: int
    words: tuple[str, ...]


def named_pages(text: str) -> list[NamedPage]:
    """The pages that a text names."""
    return [_named(match) for match in _NAMED.finditer(text)]


def _named(match: re.Match[str]) -> NamedPage:
    words = tuple(re.findall(r"\w+", match[0]))
    if match["number"]:
        return NamedPage(int(match["number"]), words)
    word = match["word"].lower()
    number = -1 if word in _LAST else _NUMBER_OF.get(word, 1)
    return NamedPage(number, words)


def promote(library: Library, text: str, finds: Sequence[Find]) -> list[Find]:
    """The finds with the named pages of the best documents raised to their document's best."""
    named = named_pages(text)
    if not named:
        return list(finds)
    known = {find.key: find for find in finds}
    for best in _best_documents(finds):
        pages = _pages(library, best.content_id)
        for page in named:
            segment = pages.get(page.number if page.number > 0 else max(pages, default=0))
            if segment is not None:
                find = known.setdefault(key_of(segment), Find(key_of(segment), best.content_id))
                # Just above: the page itself was asked for.
                find.score = max(find.score, best.score * 1.001)
                find.evidence.append(Evidence(Store.FACTS, 1, 1.0, segment, page.words))
    return sorted(known.values(), key=lambda find: (-find.score, find.key))


def _best_documents(finds: Sequence[Find]) -> Iterator[Find]:
    """The best find of each of the first few contents that have pages."""
    seen: set[int] = set()
    for find in finds:
        if find.key[1].startswith("page ") and find.content_id not in seen:
            seen.add(find.content_id)
            yield find
        if len(seen) == _DOCUMENTS:
            return


def _pages(library: Library, content_id: int) -> dict[int, KeptSegment]:
    """The picture of each page, by its number."""
    return {
        kept.segment.locator.page: kept
        for kept in library.contents.segments_of(content_id, Role.PICTURE)
        if isinstance(kept.segment.locator, Page)
    }
