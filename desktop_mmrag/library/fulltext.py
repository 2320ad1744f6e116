"""Words in full-text indexes: one store each for what is written, read in pictures, spoken, and known of a file."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np

from desktop_mmrag.domain import Store
from desktop_mmrag.library import narrow
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.selection import Selection
from desktop_mmrag.library.tokens import Tokenizer, searchable
from desktop_mmrag.library.vector_rows import fetch, snapshot
from desktop_mmrag.library.word_query import Term, WordQuery, understand

_TABLES = {
    Store.WORDS: "words",
    Store.OCR: "ocr",
    Store.SPEECH: "speech",
    Store.FACTS: "facts",
}
_OF_SEGMENTS = ("words", "ocr", "speech")
_LOOKS = "looks_like"
# Their rows are contents.
_OF_CONTENTS = ("facts", _LOOKS)
# Where all words are common, this many of the newest rows are ranked.
_NEWEST = 1000
# A selection of so many is listed; of a larger one each row is asked.
_LISTED = 2048
# The length of a row in tokens that counts as neither short nor long.
_USUAL_LENGTH = 100
# Of the common words, so many are looked up in the best rows, and none that takes too long to.
_COMMON_LOOKED_UP = 2
_TOO_COMMON = 200_000
# Counts of rows by term: so many are remembered, and none while a store is small.
_REMEMBERED = 10_000
_SMALL = 10_000


@dataclass(frozen=True, slots=True)
class Match:
    """A row that holds some of the words. `score` is higher for better, on its store's own scale."""

    rowid: int
    score: float
    words: tuple[str, ...]
    """Which of the words and phrases asked for it holds, as they were asked."""


class Words:
    """The word stores of one library. Any thread may read; writes join the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._local = threading.local()
        self._frequencies: dict[tuple[str, str], tuple[int, int]] = {}

    # --- writing ----------------------------------------------------------------------

    def write(self, connection: apsw.Connection, store: Store, rowid: int, text: str) -> None:
        """Keeps the words of a segment in place of any it had in this store; blank text keeps none.

        Raises ValueError for a store that keeps no words.
        """
        _write(connection, _table(store), rowid, text)

    def write_looks(self, connection: apsw.Connection, content_id: int, text: str) -> None:
        """Keeps what a content looks like as words."""
        _write(connection, _LOOKS, content_id, text)

    def write_facts(self, connection: apsw.Connection, content_id: int, text: str) -> None:
        """Keeps a content's file names, place, camera, author, title and keywords as words."""
        self.write(connection, Store.FACTS, content_id, text)

    def remove(self, connection: apsw.Connection, segment_ids: Sequence[int]) -> None:
        """Forgets the words of these segments in every store, without a trace in the index."""
        for table in _OF_SEGMENTS:
            connection.executemany(
                f"DELETE FROM {table} WHERE rowid = ?", ((id,) for id in segment_ids)
            )

    def remove_facts(self, connection: apsw.Connection, content_ids: Sequence[int]) -> None:
        """Forgets the facts of these contents, and what they look like."""
        for table in _OF_CONTENTS:
            connection.executemany(
                f"DELETE FROM {table} WHERE rowid = ?", ((id,) for id in content_ids)
            )

    def scrub(self, connection: apsw.Connection) -> None:
        """Builds the indexes anew, so that `Database.shrink` leaves no trace of removed words.

        secure-delete takes removed words out of every page but, here and there, leaves one as
        a signpost between pages (the %_idx tables). About twenty seconds a million rows.
        """
        for table in (*_TABLES.values(), _LOOKS):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
        self._frequencies.clear()

    # --- finding ----------------------------------------------------------------------

    def search(
        self,
        store: Store,
        words: Sequence[str],
        phrases: Sequence[str] = (),
        excluded: Sequence[str] = (),
        limit: int = 100,
        within: Selection | None = None,
        prefix: bool = False,
    ) -> list[Match]:
        """The `limit` rows that hold any of the words, all of the phrases and none of the excluded, best first.

        A row is the better the more, the rarer and the denser the words it holds. Rows are segments;
        in Store.FACTS they are contents. With `prefix` the last word may be unfinished. The words may
        hold any characters. Raises ValueError for a store that keeps no words.
        """
        return self._search(_table(store), words, phrases, excluded, limit, within, prefix)

    def search_looks(
        self, words: Sequence[str], limit: int, within: Selection | None
    ) -> list[Match]:
        """The contents that look like any of the words to an encoder, as `search` ranks them."""
        return self._search(_LOOKS, words, (), (), limit, within, False)

    def _search(
        self,
        table: str,
        words: Sequence[str],
        phrases: Sequence[str],
        excluded: Sequence[str],
        limit: int,
        within: Selection | None,
        prefix: bool,
    ) -> list[Match]:
        connection = self._reader()
        with snapshot(connection):
            frequencies = _Counted(connection, table, self._frequencies)
            query = understand(frequencies, self._local.tokenizer, words, phrases, excluded, prefix)
            if query is None or limit < 1:
                return []
            return _Ranking(connection, table, query, within).best(limit)

    def _reader(self) -> apsw.Connection:
        """This thread's connection, knowing the ranking functions."""
        connection = self._database.reader()
        if getattr(self._local, "connection", None) is not connection:
            connection.register_fts5_function("held", _held)
            connection.register_fts5_function("density", _density)
            self._local.tokenizer = Tokenizer()
            self._local.connection = connection
        return connection


def _table(store: Store) -> str:
    if store not in _TABLES:
        raise ValueError(f"{store} keeps no words")
    return _TABLES[store]


def _write(connection: apsw.Connection, table: str, rowid: int, text: str) -> None:
    connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
    prepared = searchable(text)
    if prepared.strip():
        connection.execute(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", (rowid, prepared))


@dataclass(frozen=True, slots=True)
class _Counted:
    """How often terms stand in one table; remembered until the table has changed by a tenth."""

    connection: apsw.Connection
    table: str
    remembered: dict[tuple[str, str], tuple[int, int]]

    def total(self) -> int:
        ((newest,),) = fetch(self.connection, f"SELECT max(id) FROM {self.table}_docsize")
        return newest or 0

    def of_stem(self, stem: str) -> int:
        total = self.total()
        rows, then = self.remembered.get((self.table, stem), (0, -1))
        if abs(total - then) * 10 > total or total < _SMALL:
            sql = f"SELECT doc FROM {self.table}_terms WHERE term = ?"
            rows = next((doc for (doc,) in fetch(self.connection, sql, (stem,))), 0)
            if len(self.remembered) > _REMEMBERED:
                self.remembered.clear()
            self.remembered[self.table, stem] = rows, total
        return rows

    def of_match(self, match: str, at_most: int) -> int:
        sql = f"SELECT 1 FROM {self.table} WHERE {self.table} MATCH ? LIMIT ?"
        ((rows,),) = fetch(self.connection, f"SELECT count(*) FROM ({sql})", (match, at_most))
        return int(rows)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its score and a bit for each phrase of the MATCH that it holds."""

    id: int
    score: float
    held: int


_Worth = tuple[float, float, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Ranking:
    """One query on one table."""

    connection: apsw.Connection
    table: str
    query: WordQuery
    within: Selection | None

    def best(self, limit: int) -> list[Match]:
        """The best rows with the words that they hold."""
        rows = self._newest(limit) if self.query.all_common else self._ranked(limit)
        common = self.query.common[:_COMMON_LOOKED_UP]
        present = [self._present(term, rows) for term in common]
        # Few combinations of words occur, in many rows each.
        worth: dict[tuple[int, tuple[bool, ...]], _Worth] = {}
        matches: list[Match] = []
        for at, row in enumerate(rows):
            holds = row.held, tuple(of_term[at] for of_term in present)
            if holds not in worth:
                also = [term for term, held in zip(common, holds[1], strict=True) if held]
                worth[holds] = self._worth(row.held, also)
            added, share, words = worth[holds]
            matches.append(Match(row.id, (row.score + added) * share, words))
        return sorted(matches, key=lambda match: (-match.score, match.rowid))[:limit]

    def _worth(self, held: int, common: list[Term]) -> _Worth:
        """What a row's score gains by common words, by what share it counts, and its words."""
        terms = [*self._held(held), *common]
        added = sum(term.weight for term in terms if term in self.query.common)
        # bm25 lets one word many times outdo two words once; the share held corrects that.
        share = sum(term.weight for term in terms) / self.query.weight
        return added, share, tuple(dict.fromkeys(term.asked for term in terms))

    def _ranked(self, limit: int) -> list[_Row]:
        return self._rows(_BY_RANK, self.query.match, max(100, 2 * limit))

    def _newest(self, limit: int) -> list[_Row]:
        rows = self._rows(_BY_AGE, self.query.match, _NEWEST)
        if len(rows) < limit and self.query.looser:
            seen = {row.id for row in rows}
            more = self._rows(_BY_AGE, self.query.looser, _NEWEST)
            rows += [row for row in more if row.id not in seen]
        return rows

    def _rows(self, order: str, match: str, at_most: int) -> list[_Row]:
        condition, parameters = self._narrowed()
        # A MATCH of one phrase says itself what its rows hold.
        held = (
            f"held({self.table})" if sum(term.fts_phrases for term in self.query.terms) > 1 else 1
        )
        sql = order.format(table=self.table, held=held, narrowed=condition)
        found = fetch(self.connection, sql, (match, *parameters, at_most))
        return [_Row(*row) for row in found]

    def _narrowed(self) -> tuple[str, tuple[Any, ...]]:
        """A condition for the selection, which keeps SQLite from asking the index row by row."""
        if self.within is None:
            return "", ()
        contents = self.table in _OF_CONTENTS
        template = narrow.CONTENTS if contents else narrow.SEGMENTS
        ids = narrow.listed(self.connection, self.within, _LISTED + 1, template)
        if len(ids) > _LISTED:
            holds = narrow.holds(self.within, f"{self.table}.rowid", contents)
            return f" AND {holds}", self.within.parameters
        if not len(ids):
            return " AND 0", ()
        return " AND +rowid IN (SELECT value FROM carray(?))", (apsw.carray(ids),)

    def _held(self, bits: int) -> list[Term]:
        """The terms whose phrases have a bit set, each once."""
        terms: dict[Term, None] = {}
        for term in self.query.terms:
            if bits & ((1 << term.fts_phrases) - 1):
                terms[term] = None
            bits >>= term.fts_phrases
        return list(terms)

    def _present(self, term: Term, rows: list[_Row]) -> list[bool]:
        """Which of the rows hold a common term."""
        if not rows or term.rows > _TOO_COMMON:
            return [False] * len(rows)
        found = fetch(
            self.connection,
            f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH ? "
            "AND +rowid IN (SELECT value FROM carray(?))",
            (term.match, apsw.carray(np.array([row.id for row in rows], dtype=np.int64))),
        )
        holding = {id for (id,) in found}
        return [row.id in holding for row in rows]


# FTS5 gives the rows in order, so LIMIT ends both the conditions and held(), which runs for the
# rows that are given alone.
_BY_RANK = (
    "SELECT rowid, -rank, {held} FROM {table} WHERE {table} MATCH ?{narrowed} ORDER BY rank LIMIT ?"
)
_BY_AGE = (
    "SELECT rowid, density({table}), {held} FROM {table} WHERE {table} MATCH ?{narrowed} "
    "ORDER BY rowid DESC LIMIT ?"
)


def _held(api: apsw.FTS5ExtensionApi, *_: object) -> int:
    """A bit for each phrase of the MATCH that the row holds."""
    bits = 0
    for phrase in range(min(api.phrase_count, 63)):
        if api.phrase_columns(phrase):
            bits |= 1 << phrase
    return bits


def _density(api: apsw.FTS5ExtensionApi, *_: object) -> float:
    """How much of the row its words take up, as bm25 has it for words of weight 1, 0 to 2.2.

    k1 = 1.2, b = 0.75 and the formula: https://sqlite.org/fts5.html#the_bm25_function
    """
    frequency, length = api.inst_count, api.column_size(-1) / _USUAL_LENGTH
    return frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length))
