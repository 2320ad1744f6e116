"""Holds every find to the "phrases" and -exclusions, whichever store it came from.

The word stores keep to them by themselves; meaning knows nothing of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_mmrag.domain import Query, Store
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.snippet import spans
from desktop_mmrag.retrieve.fuse import Find, Key, key_of

_WORD_STORES = frozenset({Store.WORDS, Store.OCR, Store.SPEECH, Store.FACTS})
_MOST_BARRED = 5000


def meeting(library: Library, query: Query, finds: Sequence[Find]) -> list[Find]:
    """The finds that hold all phrases and nothing that is excluded."""
    kept = list(finds)
    if query.phrases:
        kept = [find for find in kept if _holds_phrases(find, query.phrases)]
    if query.excluded:
        contents, keys = _barred(library, query.excluded)
        kept = [
            find
            for find in kept
            if find.content_id not in contents
            and find.key not in keys
            and not spans(find.text, query.excluded)
        ]
    return kept


def _holds_phrases(find: Find, phrases: Sequence[str]) -> bool:
    if any(item.store in _WORD_STORES for item in find.evidence):
        return True
    return all(spans(find.text, (), (phrase,)) for phrase in phrases)


def _barred(library: Library, excluded: Sequence[str]) -> tuple[set[int], set[Key]]:
    """Contents by their names and facts, places by the words in them."""
    facts = library.words.search(Store.FACTS, excluded, limit=_MOST_BARRED)
    segment_ids = [
        match.rowid
        for store in (Store.WORDS, Store.OCR, Store.SPEECH)
        for match in library.words.search(store, excluded, limit=_MOST_BARRED)
    ]
    segments = library.contents.segments(segment_ids)
    return {match.rowid for match in facts}, {key_of(kept) for kept in segments.values()}
