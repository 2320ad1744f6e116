"""Searches that a person named and keeps, and what of them was seen already."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import apsw

from desktop_mmrag.domain import (
    Locator,
    Medium,
    Whole,
    locator_from_json,
    locator_to_json,
)
from desktop_mmrag.errors import SavedSearchMissing, SavedSearchTaken
from desktop_mmrag.library.database import Database

_WHOLE = Whole()
_INSERT = "INSERT INTO saved_search (name, words, media, examples) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class SavedExample:
    """A content, or a part of it, that hits shall be like or, of negative weight, unlike."""

    hash: bytes
    weight: float = 1.0
    part: Locator = _WHOLE


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """Everything that decides what is in it."""

    name: str
    words: str = ""
    media: frozenset[Medium] = frozenset()
    examples: tuple[SavedExample, ...] = ()
    id: int = 0
    """0 while it is not saved."""

    def to_json(self) -> dict[str, Any]:
        """All but the id, which is the database's own."""
        return {
            "name": self.name,
            "words": self.words,
            "media": sorted(self.media),
            "examples": [_plain(example) for example in self.examples],
        }


def search_from_json(data: Mapping[str, Any]) -> SavedSearch:
    """The inverse of `SavedSearch.to_json`. Raises KeyError, TypeError, ValueError."""
    return SavedSearch(
        str(data["name"]),
        str(data["words"]),
        frozenset(Medium(medium) for medium in data["media"]),
        tuple(_example(plain) for plain in data["examples"]),
    )


class SavedSearches:
    """Reads on the calling thread's connection; writes in one transaction each."""

    def __init__(
        self, database: Database, changed: Callable[[Iterable[SavedSearch]], None]
    ) -> None:
        """`changed` is told all searches there are whenever one comes, goes or is renamed."""
        self._database = database
        self._changed = changed

    def all(self) -> list[SavedSearch]:
        """In the order they were saved."""
        rows = self._database.reader().execute(
            "SELECT id, name, words, media, examples FROM saved_search ORDER BY id"
        )
        return [_search(row) for row in rows]

    def named(self, name: str) -> SavedSearch:
        """The one of this name, large or small letters alike. Raises SavedSearchMissing."""
        for search in self.all():
            if search.name.casefold() == name.strip().casefold():
                return search
        raise SavedSearchMissing(f"No search is saved as “{name}”.")

    def add(self, search: SavedSearch) -> SavedSearch:
        """Saves a search under its name. Raises SavedSearchTaken."""
        with self._database.writing() as connection:
            try:
                connection.execute(_INSERT, _row(search))
            except apsw.ConstraintError as problem:
                raise SavedSearchTaken(f"Another search is saved as “{search.name}”.") from problem
        self._changed(self.all())
        return self.named(search.name)

    def restore(self, searches: Iterable[SavedSearch]) -> None:
        """Saves again what was lost with another database; all of it or nothing."""
        with self._database.writing() as connection:
            connection.executemany(
                _INSERT.replace("INSERT", "INSERT OR IGNORE"), map(_row, searches)
            )

    def rename(self, search: SavedSearch, name: str) -> None:
        """Raises SavedSearchTaken."""
        with self._database.writing() as connection:
            try:
                connection.execute(
                    "UPDATE saved_search SET name = ? WHERE id = ?", (name.strip(), search.id)
                )
            except apsw.ConstraintError as problem:
                raise SavedSearchTaken(f"Another search is saved as “{name}”.") from problem
        self._changed(self.all())

    def remove(self, search: SavedSearch) -> None:
        """Forgets a search; what it found stays where it is."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM saved_search WHERE id = ?", (search.id,))
        self._changed(self.all())

    def seen(self, search: SavedSearch) -> set[int]:
        """Ids of contents that were seen in it."""
        rows = self._database.reader().execute(
            "SELECT content_id FROM seen_in_search WHERE search_id = ?", (search.id,)
        )
        return {int(row[0]) for row in rows}

    def mark_seen(self, search: SavedSearch, content_ids: Iterable[int]) -> None:
        """Notes that these are no news any more; what is gone meanwhile is passed over."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO seen_in_search SELECT saved_search.id, content.id"
                " FROM saved_search, content WHERE saved_search.id = ? AND content.id = ?",
                ((search.id, id) for id in content_ids),
            )


def _plain(example: SavedExample) -> list[Any]:
    return [example.hash.hex(), example.weight, locator_to_json(example.part)]


def _example(plain: Sequence[Any]) -> SavedExample:
    hash, weight, part = plain
    return SavedExample(bytes.fromhex(hash), weight, locator_from_json(part))


def _row(search: SavedSearch) -> tuple[str, str, str, str]:
    examples = [_plain(example) for example in search.examples]
    return search.name.strip(), search.words, json.dumps(sorted(search.media)), json.dumps(examples)


def _search(row: Sequence[Any]) -> SavedSearch:
    id, name, words, media, examples = row
    return SavedSearch(
        name,
        words,
        frozenset(Medium(medium) for medium in json.loads(media)),
        tuple(_example(plain) for plain in json.loads(examples)),
        int(id),
    )
