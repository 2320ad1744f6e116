"""What word search costs in a large store, by how common the words are, in one run on one machine.

    python tests/benchmarks/bench_words.py [rows]

Texts are drawn by Zipf's law, forty words each. The common words of a query shall not cost much
more than rare ones; the plain FTS5 query that ranks every row is the measure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_mmrag.domain import Store
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.fulltext import Words
from desktop_mmrag.library.selection import Selection

VOCABULARY = 50_000
BATCH = 10_000
QUERIES = {
    "one rare word": ["w8000x"],
    "one word of 1 in 100": ["w300x"],
    "one word of 1 in 25": ["w100x"],
    "one word of 3 in 4": ["w0x"],
    "three rare words": ["w3000x", "w5000x", "w9000x"],
    "rare and common": ["w3000x", "w20x", "w5x"],
    "two of 1 in 100": ["w300x", "w350x"],
    "only common words": ["w5x", "w20x", "w50x"],
    "the two commonest": ["w0x", "w1x"],
}


def main() -> None:
    """Builds a store and prints a line for each kind of query."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "library.sqlite")
        words = Words(database)
        build(database, words, rows)
        compare(database, words)
        database.close()


def build(database: Database, words: Words, rows: int) -> None:
    """Every tenth row belongs to a note, every thousandth to a recording."""
    random = np.random.default_rng(0)
    vocabulary = np.array([f"w{rank}x" for rank in range(VOCABULARY)])
    chance = 1 / (np.arange(VOCABULARY) + 3.0)
    chance /= chance.sum()
    began = time.perf_counter()
    for start in range(0, rows, BATCH):
        texts = vocabulary[random.choice(VOCABULARY, (min(BATCH, rows - start), 40), p=chance)]
        with database.writing() as connection:
            for id, text in enumerate(texts, start=start + 1):
                medium = "audio" if id % 1000 == 0 else "note" if id % 10 == 0 else "photo"
                connection.execute(
                    "INSERT INTO content (id, hash, size, medium, dated_at) VALUES (?, ?, 1, ?, '')",
                    (id, str(id).encode(), medium),
                )
                connection.execute(
                    "INSERT INTO segment (id, content_id, role, locator) "
                    "VALUES (?, ?, 'passage', '{}')",
                    (id, id),
                )
                words.write(connection, Store.WORDS, id, " ".join(text))
    print(f"{rows:,} rows of 40 words written in {time.perf_counter() - began:.0f} s")


def compare(database: Database, words: Words) -> None:
    """Prints times in ms: this program's search, narrowed searches, and plain FTS5."""
    notes, recordings = (
        Selection("SELECT id FROM content WHERE medium = ?", (medium,))
        for medium in ("note", "audio")
    )
    reader = database.reader()
    plain_sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 100"
    words.search(Store.WORDS, ["w1x"])
    print(f"{'':22}{'first':>8}{'again':>8}{'1 in 10':>9}{'1 in 1000':>11}{'plain FTS5':>12}")
    for name, asked in QUERIES.items():
        first = fastest(lambda a=asked: words.search(Store.WORDS, a), runs=1)
        again = fastest(lambda a=asked: words.search(Store.WORDS, a))
        narrow = fastest(lambda a=asked: words.search(Store.WORDS, a, within=notes))
        narrower = fastest(lambda a=asked: words.search(Store.WORDS, a, within=recordings))
        plain = fastest(lambda a=asked: reader.execute(plain_sql, (" OR ".join(a),)).fetchall())
        print(
            f"{name:22}{first:8.1f}{again:8.1f}{narrow:9.1f}{narrower:11.1f}{plain:12.1f}"
            f"   {again / plain:.2f} of plain"
        )


def fastest(ask: Callable[[], object], runs: int = 5) -> float:
    """Milliseconds of this thread, since other programs use the machine too: the best of several runs."""
    times = []
    for _ in range(runs):
        began = time.thread_time()
        ask()
        times.append((time.thread_time() - began) * 1000)
    return min(times)


if __name__ == "__main__":
    main()
