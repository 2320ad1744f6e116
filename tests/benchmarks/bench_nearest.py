"""How near the coarse pass comes to exact search, and how its time compares, in one run on one machine.

    python tests/benchmarks/bench_nearest.py [n] [--dimension 512] [--real VECTORS.npy] [--words WORDS.npy]

Without --real the vectors are drawn: topics around a common mean with a spectrum that falls as
1/k, as embeddings of photos and sentences have it. With it, unit vectors of a real model are
carried on to n by adding differences of two others, which keeps their covariance. With --words the
queries are made of those vectors: words of an encoder whose pictures are --real lie apart from them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_mmrag.domain import Space
from desktop_mmrag.library.database import Database
from desktop_mmrag.library.selection import Selection
from desktop_mmrag.library.vectors import Vectors

Rows = NDArray[np.float32]
BATCH = 10_000
QUERIES = 50


def main() -> None:
    """Builds a library of n vectors and prints recall, times and their ratios."""
    arguments = read_arguments()
    draw = extend(np.load(arguments.real)) if arguments.real else invent(arguments.dimension)
    first = draw(1)
    space = Space("image-text", "benchmark", "0", "float32", first.shape[1])
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "library.sqlite")
        vectors = Vectors(database)
        everything = build(database, vectors, space, draw, arguments.n)
        ask = extend(np.load(arguments.words)) if arguments.words else draw
        compare(vectors, space, everything, ask(QUERIES))
        database.close()


def read_arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("n", type=int, nargs="?", default=100_000)
    parser.add_argument("--dimension", type=int, default=512)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--words", type=Path)
    return parser.parse_args()


def invent(dimension: int, topics: int = 500) -> Callable[[int], Rows]:
    """Draws unit vectors of topics."""
    random = np.random.default_rng(1)
    spectrum = (1 / np.sqrt(np.arange(1, dimension + 1))).astype(np.float32)
    turn = np.linalg.qr(random.standard_normal((dimension, dimension)))[0].astype(np.float32)
    mean = 3 * turn[0]
    centres = random.standard_normal((topics, dimension), dtype=np.float32) * spectrum

    def draw(n: int) -> Rows:
        around = random.standard_normal((n, dimension), dtype=np.float32) * spectrum
        return unit((centres[random.integers(topics, size=n)] + 0.7 * around) @ turn + mean)

    return draw


def extend(real: Rows) -> Callable[[int], Rows]:
    """Draws unit vectors near real ones."""
    random = np.random.default_rng(1)

    def draw(n: int) -> Rows:
        one, other = (random.integers(len(real), size=n) for _ in range(2))
        # Never the same as the other: thousands of copies would stand or fall together.
        third = (other + random.integers(1, len(real), size=n)) % len(real)
        share = random.uniform(0.1, 0.6, size=(n, 1)).astype(np.float32)
        return unit(real[one] + share * (real[other] - real[third]))

    return draw


def unit(rows: Rows) -> Rows:
    """Rows of length 1."""
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def build(
    database: Database, vectors: Vectors, space: Space, draw: Callable[[int], Rows], n: int
) -> Rows:
    """Writes n vectors of as many segments, every tenth of them of medium "note"."""
    everything = np.empty((n, space.dimension), dtype=np.float32)
    began = time.perf_counter()
    for start in range(0, n, BATCH):
        rows = everything[start : start + BATCH]
        rows[:] = draw(len(rows))
        ids = range(start + 1, start + len(rows) + 1)
        with database.writing() as connection:
            connection.executemany(*contents(ids))
            connection.executemany(
                "INSERT INTO segment (id, content_id, role, locator) VALUES (?, ?, 'picture', '{}')",
                ((id, id) for id in ids),
            )
            vectors.write(connection, space, list(ids), rows)
    written = time.perf_counter()
    with database.writing() as connection:
        vectors.maintain(connection, space)
    maintained = time.perf_counter()
    print(f"{n:,} x {space.dimension}: written in {written - began:.1f} s", end="; ")
    print(f"centred anew in {maintained - written:.1f} s")
    return everything


def contents(ids: range) -> tuple[str, Iterator[tuple[Any, ...]]]:
    """A statement and its rows: a tenth of the contents are notes, a thousandth recordings."""

    def medium(id: int) -> str:
        return "audio" if id % 1000 == 0 else "note" if id % 10 == 0 else "photo"

    return (
        "INSERT INTO content (id, hash, size, medium, dated_at) VALUES (?, ?, 1, ?, '2024')",
        ((id, str(id).encode(), medium(id)) for id in ids),
    )


def compare(vectors: Vectors, space: Space, everything: Rows, queries: Rows) -> None:
    """Prints a line for each way of asking."""
    exact = fastest(lambda query: top(everything @ query, 10), queries[:10])
    print(f"NumPy, all in memory: {exact:.2f} ms")
    medium = "SELECT id FROM content WHERE medium = ?"
    ways = {
        "everything": None,
        "nine in ten": Selection(medium, ("photo",)),
        "one in ten": Selection(medium, ("note",)),
        "one in 1000": Selection(medium, ("audio",)),
    }
    ids = np.arange(1, len(everything) + 1)
    kinds = np.where(ids % 1000 == 0, "audio", np.where(ids % 10 == 0, "note", "photo"))
    vectors.nearest(space, queries[0], 100)
    for name, within in ways.items():
        allowed = np.ones(len(ids), bool) if within is None else kinds == within.parameters[0]
        took = fastest(lambda query, w=within: vectors.nearest(space, query, 100, w), queries)
        shares = []
        for query in queries:
            similarities = everything[allowed] @ query
            # Real vectors carried on repeat themselves: any that is as near as the tenth is right.
            tenth = similarities[top(similarities, 10)].min() - 1e-6
            found = vectors.nearest(space, query, 100, within)[:10]
            shares.append(sum(item.similarity >= tenth for item in found) / 10)
        print(
            f"{name:12} {took:7.2f} ms, {took / exact:5.2f} of NumPy's; "
            f"recall of the ten nearest {np.mean(shares):.4f}"
        )


def top(similarities: Rows, n: int) -> NDArray[np.int64]:
    """Indices of the n largest."""
    return np.argpartition(-similarities, min(n, len(similarities) - 1))[:n]


def fastest(ask: Callable[[Rows], object], queries: Rows, runs: int = 3) -> float:
    """Milliseconds of processor a query, since other programs use the machine too: the best of several runs."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        for query in queries:
            ask(query)
        times.append((time.process_time() - began) / len(queries) * 1000)
    return min(times)


if __name__ == "__main__":
    main()
