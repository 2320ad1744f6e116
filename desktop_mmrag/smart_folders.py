"""Smart folders: saved searches that are made again, and tell what is new in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_mmrag.domain import Hit, Medium, QueryVector, SearchResult
from desktop_mmrag.errors import FileNotKept, QueryNotUnderstood
from desktop_mmrag.examples import Examples, Given
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.saved import SavedExample, SavedSearch

MOST = 500
"""So many hits of a saved search are looked through."""


class Search(Protocol):
    """`Application.search`."""

    def __call__(
        self,
        typed: str,
        limit: int | None = None,
        media: frozenset[Medium] = frozenset(),
        examples: Sequence[QueryVector] = (),
    ) -> SearchResult:
        """Ranked hits."""
        ...


@dataclass(frozen=True, slots=True)
class News:
    """What one saved search holds now. Only strong hits count: weaker ones come and go."""

    search: SavedSearch
    hits: tuple[Hit, ...]
    new: frozenset[int]
    """Content ids that nobody has seen in it."""


class SmartFolders:
    """The saved searches of one library."""

    def __init__(self, library: Library, search: Search, examples: Callable[[], Examples]) -> None:
        self._library, self._search, self._examples = library, search, examples

    def all(self) -> list[SavedSearch]:
        """In the order they were saved."""
        return self._library.saved.all()

    def add(
        self,
        name: str,
        words: str,
        media: frozenset[Medium] = frozenset(),
        givens: Sequence[Given] = (),
    ) -> SavedSearch:
        """Saves a search; what it holds now is not news.

        Raises QueryNotUnderstood for an empty one, SavedSearchTaken, FileNotKept for an example
        that the library does not hold, and what searching raises.
        """
        words = " ".join(words.split())
        if not name.strip():
            raise QueryNotUnderstood("A saved search needs a name.", "Give it one.")
        if not (words or media or givens):
            raise QueryNotUnderstood("There is nothing to save.", "Give words, a kind or a filter.")
        examples = tuple(self._kept(given) for given in givens)
        search = SavedSearch(name, words, media, examples)
        # A search that is not understood is not saved.
        hits = self.hits(search)
        saved = self._library.saved.add(search)
        self._library.saved.mark_seen(saved, {hit.content_id for hit in hits})
        return saved

    def hits(self, search: SavedSearch) -> tuple[Hit, ...]:
        """The strong hits, at most `MOST`. Raises what searching raises."""
        givens = self.givens(search)
        if search.examples and not givens and not search.words:
            return ()
        example = self._examples().of_all(givens)
        # "*" asks for everything of the kinds that are wanted.
        typed = f"{search.words} {example.words}".strip() or ("" if example.vectors else "*")
        result = self._search(typed, MOST, search.media, example.vectors)
        return tuple(hit for hit in result.hits if hit.strong)

    def news(self) -> Iterator[News]:
        """Each saved search as it is now. Raises what searching raises."""
        for search in self.all():
            yield self.news_of(search)

    def news_of(self, search: SavedSearch) -> News:
        """One saved search as it is now. Raises what searching raises."""
        hits = self.hits(search)
        seen = self._library.saved.seen(search)
        return News(search, hits, frozenset({hit.content_id for hit in hits} - seen))

    def mark_seen(self, news: News) -> None:
        """The person has looked at it."""
        self._library.saved.mark_seen(news.search, news.new)

    def givens(self, search: SavedSearch) -> list[Given]:
        """Its examples where their files lie now; those the library lost are left out."""
        ids = [self._library.contents.by_hash(example.hash) for example in search.examples]
        described = self._library.contents.describe(id for id in ids if id is not None)
        return [
            Given(described[id].paths[0], example.part, example.weight)
            for id, example in zip(ids, search.examples, strict=True)
            if id is not None and id in described
        ]

    def _kept(self, given: Given) -> SavedExample:
        path = Path(given.shown)
        id = self._library.contents.by_path(path)
        content = None if id is None else self._library.contents.describe([id]).get(id)
        if content is None:
            raise FileNotKept(
                f"{path.name} is not in the library, so no search by it can be saved.",
                "Add its folder first.",
            )
        return SavedExample(content.hash, given.weight, given.part)
