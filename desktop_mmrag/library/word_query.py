"""What is asked of a word store: which terms lead to rows, which are too common to, and the MATCH that says so."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_mmrag.library.tokens import STOP_WORDS, UNSPACED_RUN, Tokenizer, pairs, searchable

MOST_ROWS = 15_000
"""Ranking costs FTS5 about half a microsecond a row; terms are looked for until so many rows are reached."""
# A pasted page is asked for by its rarest words.
_MOST_TERMS = 32
# Of two rows alike otherwise, the one with every word shall be first, however common the word.
_LEAST_WEIGHT = 0.5
# A longer run without spaces is a sentence rather than a word: its pairs count as words too.
_LONGEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase in FTS5's language."""

    asked: str
    match: str
    stems: tuple[str, ...]
    fts_phrases: int = 1
    """How many phrases FTS5 counts in `match`."""
    rows: int = 0
    """How many rows hold it; for several stems, at most."""
    weight: float = 0.0
    """Its inverse document frequency, with a floor."""


@dataclass(frozen=True, slots=True)
class WordQuery:
    """Terms in the order of their phrases in `match`."""

    terms: tuple[Term, ...]
    common: tuple[Term, ...]
    """They lead to no row, but a row that holds them is better."""
    match: str
    all_common: bool = False
    """Every term stands in so many rows that only the newest can be ranked."""
    looser: str | None = None
    """What to match, with the same terms, when `match` finds too little."""

    @property
    def weight(self) -> float:
        """The sum over all terms."""
        return sum(term.weight for term in {*self.terms, *self.common})


class Frequencies(Protocol):
    """How often terms stand in a store."""

    def total(self) -> int:
        """How many rows there are, about."""
        ...

    def of_stem(self, stem: str) -> int:
        """How many rows hold the stem."""
        ...

    def of_match(self, match: str, at_most: int) -> int:
        """How many rows match, counted no further than `at_most`."""
        ...


def understand(
    frequencies: Frequencies,
    tokenizer: Tokenizer,
    words: Sequence[str],
    phrases: Sequence[str],
    excluded: Sequence[str],
    prefix: bool,
) -> WordQuery | None:
    """None when no row can match."""
    reader = _Reader(frequencies, tokenizer)
    required = [term for term in map(reader.term, phrases) if term]
    if any(term.rows == 0 for term in required):
        return None
    optional = _telling(reader.terms(words, prefix), bool(required))
    optional = sorted((term for term in optional if term.rows), key=lambda term: term.rows)
    barred = [term.match for term in map(reader.term, excluded) if term and term.rows]
    if not required and not optional:
        return None
    query = _compose(required, optional[:_MOST_TERMS])
    return _without(query, barred) if barred else query


def _telling(terms: list[Term], others: bool) -> list[Term]:
    """Without stop words, unless there is nothing else."""
    telling = [term for term in terms if term.asked.casefold() not in STOP_WORDS]
    return telling if telling or others else terms


def _compose(required: list[Term], optional: list[Term]) -> WordQuery:
    leading, common = _affordable(optional)
    if required:
        must = " AND ".join(term.match for term in required)
        if min(term.rows for term in required) > MOST_ROWS:
            return WordQuery(tuple(required), tuple(optional), must, all_common=True)
        if not leading:
            return WordQuery(tuple(required), tuple(common), must)
        # The same rows as the phrases alone, and bm25 sees the words where they stand.
        match = f"({must}) AND (({must}) OR {_any(leading)})"
        return WordQuery((*required, *required, *leading), tuple(common), match)
    if leading:
        return WordQuery(tuple(leading), tuple(common), _any(leading))
    every = " AND ".join(term.match for term in common)
    looser = _any(common) if len(common) > 1 else None
    return WordQuery(tuple(common), (), every, all_common=True, looser=looser)


def _affordable(terms: list[Term]) -> tuple[list[Term], list[Term]]:
    """The rarest terms, as many as may be ranked, and the rest."""
    reached = 0
    for at, term in enumerate(terms):
        reached += term.rows
        if reached > MOST_ROWS:
            return terms[:at], terms[at:]
    return terms, []


def _any(terms: list[Term]) -> str:
    return " OR ".join(term.match for term in terms)


def _without(query: WordQuery, barred: list[str]) -> WordQuery:
    end = f" NOT ({' OR '.join(barred)})"
    return WordQuery(
        query.terms,
        query.common,
        f"({query.match}){end}",
        query.all_common,
        f"({query.looser}){end}" if query.looser else None,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes terms of what was typed."""

    frequencies: Frequencies
    tokenizer: Tokenizer

    def terms(self, words: Sequence[str], prefix: bool) -> list[Term]:
        """Each word once, in order, with the pairs of long runs without spaces."""
        found: dict[tuple[str, ...], Term] = {}
        for at, word in enumerate(words):
            unfinished = prefix and at == len(words) - 1
            for asked in (word, *_pairs_of_sentence(word)):
                term = self.term(asked, unfinished and asked is word)
                if term:
                    found.setdefault(term.stems, term)
        return list(found.values())

    def term(self, asked: str, unfinished: bool = False) -> Term | None:
        """None for what holds no letter or digit."""
        prepared = searchable(asked).strip()
        stems = self.tokenizer.stems(prepared)
        if not stems:
            return None
        # In FTS5 a quoted string may hold anything but a lone quote.
        quoted = '"' + prepared.replace('"', '""') + '"'
        single = len(prepared) == 1
        if (unfinished and not single) or (single and UNSPACED_RUN.match(prepared)):
            match = f"({quoted} OR {quoted} *)"
            rows = self.frequencies.of_match(match, MOST_ROWS + 1)
            return self._weighed(asked, match, stems, 2, rows)
        rows = min(self.frequencies.of_stem(stem) for stem in stems)
        return self._weighed(asked, quoted, stems, 1, rows)

    def _weighed(
        self, asked: str, match: str, stems: tuple[str, ...], fts_phrases: int, rows: int
    ) -> Term:
        # Robertson and Sparck Jones's weight as BM25 has it, kept positive by the 1.
        rarity = math.log(1 + (max(self.frequencies.total() - rows, 0) + 0.5) / (rows + 0.5))
        weight = max(rarity, _LEAST_WEIGHT)
        return Term(asked, match, stems, fts_phrases, rows, weight)


def _pairs_of_sentence(word: str) -> Iterator[str]:
    for run in UNSPACED_RUN.findall(word):
        if len(run) > _LONGEST_WORD:
            yield from pairs(run)
