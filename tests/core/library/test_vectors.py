"""Vectors are found again by likeness, and leave nothing behind when they are removed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_mmrag.domain import Role, Space
from desktop_mmrag.library import bits, vector_rows
from desktop_mmrag.library import vectors as vectors_module
from desktop_mmrag.library.database import FILE_NAME, Database
from desktop_mmrag.library.selection import Selection
from desktop_mmrag.library.vectors import EXACT_UP_TO, Vectors

Rows = NDArray[np.float32]
SPACE = Space("image-text", "drawn", "1", "float32", 128)
OTHER = Space("text", "drawn", "1", "float32", 32)
MANY = EXACT_UP_TO + 3000


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / FILE_NAME)
    yield opened
    opened.close()


@pytest.fixture
def vectors(database: Database) -> Vectors:
    return Vectors(database)


def draw(n: int, dimension: int = 128, seed: int = 0) -> Rows:
    """Unit vectors of forty topics in a narrow cone, as those of encoders are."""
    random, fixed = np.random.default_rng(seed), np.random.default_rng(0)
    spectrum = 1 / np.sqrt(np.arange(1, dimension + 1))
    turn = np.linalg.qr(fixed.standard_normal((dimension, dimension)))[0]
    topics = fixed.standard_normal((40, dimension))
    of = topics[random.integers(40, size=n)] + 0.7 * random.standard_normal((n, dimension))
    rows = (of * spectrum) @ turn + 3 * turn[-1]
    return unit(rows)


def unit(rows: NDArray[np.floating]) -> Rows:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def write(database: Database, vectors: Vectors, rows: Rows, first: int = 1) -> None:
    with database.writing() as connection:
        vectors.write(connection, SPACE, range(first, first + len(rows)), rows)


def add_segments(database: Database, count: int) -> None:
    """Segment n belongs to content n; every hundredth is a note, every third other a recording."""

    def medium(id: int) -> str:
        return "note" if id % 100 == 0 else "audio" if id % 3 == 0 else "photo"

    with database.writing() as connection:
        connection.executemany(
            "INSERT INTO content (id, hash, size, medium, dated_at) VALUES (?, ?, 1, ?, '')",
            ((id, str(id).encode(), medium(id)) for id in range(1, count + 1)),
        )
        connection.executemany(
            "INSERT INTO segment (id, content_id, role, locator) VALUES (?, ?, 'picture', '{}')",
            ((id, id) for id in range(1, count + 1)),
        )


def of_medium(medium: str) -> Selection:
    return Selection("SELECT id FROM content WHERE medium = ?", (medium,))


def exact(rows: Rows, query: Rows, limit: int) -> list[int]:
    return [int(row) + 1 for row in np.argsort(-(rows @ query), kind="stable")[:limit]]


def test_the_nearest_come_first_with_their_cosines(database: Database, vectors: Vectors) -> None:
    rows = draw(50)
    write(database, vectors, rows)
    found = vectors.nearest(SPACE, rows[6], 5)
    assert [item.segment_id for item in found] == exact(rows, rows[6], 5)
    assert found[0].segment_id == 7
    assert found[0].similarity == pytest.approx(1.0, abs=1e-5)
    assert found[1].similarity == pytest.approx(float(np.sort(rows @ rows[6])[-2]), abs=1e-5)


@pytest.mark.parametrize("maintained", [False, True])
def test_a_coarse_pass_finds_what_exact_search_finds(
    database: Database, vectors: Vectors, maintained: bool
) -> None:
    rows = draw(MANY * 2)
    write(database, vectors, rows[:MANY])
    write(database, vectors, rows[MANY:], MANY + 1)
    if maintained:
        with database.writing() as connection:
            vectors.maintain(connection, SPACE)
    shared = 0
    for query in draw(20, seed=1):
        found = [item.segment_id for item in vectors.nearest(SPACE, query, 10)]
        shared += len(set(found) & set(exact(rows, query, 10)))
    assert shared >= 198


def test_queries_of_another_kind_find_what_exact_search_finds(
    database: Database, vectors: Vectors
) -> None:
    """Words lie far from all pictures, whose centred signs alone would then tell little."""
    rows = draw(8 * EXACT_UP_TO)
    write(database, vectors, rows)
    apart = draw(1, seed=6)[0] - 2 * rows.mean(axis=0)
    shared = 0
    for query in unit(0.4 * draw(20, seed=1) + apart):
        found = [item.segment_id for item in vectors.nearest(SPACE, query, 10)]
        shared += len(set(found) & set(exact(rows, query, 10)))
    assert shared >= 198


@pytest.mark.parametrize("medium", [None, "audio"])
def test_a_space_too_large_for_memory_is_asked_of_the_library(
    database: Database,
    vectors: Vectors,
    monkeypatch: pytest.MonkeyPatch,
    medium: str | None,
) -> None:
    monkeypatch.setattr(vectors_module, "IN_MEMORY_UP_TO", EXACT_UP_TO)
    count = 8 * EXACT_UP_TO
    add_segments(database, count)
    rows = draw(count)
    write(database, vectors, rows)
    ids = np.arange(1, count + 1)
    chosen = ids if medium is None else ids[(ids % 3 == 0) & (ids % 100 != 0)]
    within = of_medium(medium) if medium else None
    shared = 0
    for query in draw(10, seed=1):
        found = [item.segment_id for item in vectors.nearest(SPACE, query, 10, within)]
        right = [chosen[row - 1] for row in exact(rows[chosen - 1], query, 10)]
        shared += len(set(found) & set(right))
    assert shared >= 98


def test_what_changes_after_a_search_is_found_by_the_next(
    database: Database, vectors: Vectors
) -> None:
    rows = draw(MANY)
    write(database, vectors, rows)
    assert vectors.nearest(SPACE, rows[9], 1)[0].segment_id == 10
    new = draw(2, seed=5)
    write(database, vectors, new[:1], 10)
    assert vectors.nearest(SPACE, new[0], 1)[0].segment_id == 10
    assert vectors.nearest(SPACE, rows[9], 1)[0].segment_id != 10
    with database.writing() as connection:
        vectors.remove(connection, [10])
        vectors.write(connection, SPACE, [MANY + 1], new[1:])
    assert vectors.nearest(SPACE, new[0], 1)[0].segment_id != 10
    assert vectors.nearest(SPACE, new[1], 1)[0].segment_id == MANY + 1


@pytest.mark.parametrize("dimension", [72, 128])
def test_bits_in_memory_are_those_in_the_library(database: Database, dimension: int) -> None:
    space = Space("text", "drawn", "2", "float32", dimension)
    kept = Vectors(database)
    rows = draw(MANY, dimension)
    with database.writing() as connection:
        kept.write(connection, space, range(1, MANY + 1), rows)
        kept.remove(connection, space_ids := list(range(1, MANY, 7)))
        kept.write(connection, space, space_ids[:5], rows[[id - 1 for id in space_ids[:5]]])
    reader = database.reader()
    place = vector_rows.find(reader, space)
    assert place is not None
    read = bits.load(reader, place)
    stored = reader.execute(f"SELECT rowid, bits FROM coarse_{place.id} ORDER BY rowid").fetchall()
    assert read.ids.tolist() == [id for id, _ in stored]
    held = np.ascontiguousarray(read.columns.T).view(np.uint8)[:, : dimension // 8]
    assert held.tobytes() == b"".join(blob for _, blob in stored)


def test_vectors_written_after_the_bits_were_made_are_found(
    database: Database, vectors: Vectors
) -> None:
    write(database, vectors, draw(MANY))
    late = draw(3, seed=9)
    write(database, vectors, late, MANY + 1)
    assert vectors.nearest(SPACE, late[1], 1)[0].segment_id == MANY + 2


def test_maintaining_centres_anew_after_growth_only(database: Database, vectors: Vectors) -> None:
    def centred_at() -> int:
        ((count,),) = database.reader().execute("SELECT centred_at FROM space").fetchall()
        return int(count)

    rows = draw(9 * EXACT_UP_TO)
    write(database, vectors, rows[: EXACT_UP_TO + 1])
    assert centred_at() == EXACT_UP_TO + 1
    for upto in (3 * EXACT_UP_TO, 9 * EXACT_UP_TO):
        ((last,),) = database.reader().execute("SELECT vectors FROM space").fetchall()
        write(database, vectors, rows[last:upto], last + 1)
        with database.writing() as connection:
            vectors.maintain(connection, SPACE)
        assert centred_at() == (EXACT_UP_TO + 1 if upto == 3 * EXACT_UP_TO else upto)
    assert vectors.nearest(SPACE, rows[40], 1)[0].segment_id == 41


@pytest.mark.parametrize("count", [60, 600, MANY])
@pytest.mark.parametrize("medium", ["note", "photo"])
def test_a_selection_narrows(database: Database, vectors: Vectors, count: int, medium: str) -> None:
    add_segments(database, count)
    rows = draw(count)
    write(database, vectors, rows)
    ids = np.arange(1, count + 1)
    kinds = np.where(ids % 100 == 0, "note", np.where(ids % 3 == 0, "audio", "photo"))
    chosen = ids[kinds == medium]
    query = draw(1, seed=4)[0]
    found = [item.segment_id for item in vectors.nearest(SPACE, query, 10, of_medium(medium))]
    assert found == [chosen[row - 1] for row in exact(rows[chosen - 1], query, 10)]


def test_a_wide_selection_far_from_the_query_is_still_found(
    database: Database, vectors: Vectors
) -> None:
    """Pictures and words lie apart in one space: what is nearest may all be of another medium."""
    count = 30_000
    add_segments(database, count)
    rows = draw(count)
    ids = np.arange(1, count + 1)
    recordings = (ids % 3 == 0) & (ids % 100 != 0)
    rows[recordings] = unit(rows[recordings] + np.cos(np.arange(128)) / 20)
    write(database, vectors, rows)
    query = rows[0]
    found = [item.segment_id for item in vectors.nearest(SPACE, query, 10, of_medium("audio"))]
    chosen = ids[recordings]
    assert len(chosen) > 8192
    right = [chosen[row - 1] for row in exact(rows[recordings], query, 10)]
    assert len(set(found) & set(right)) >= 9


def test_a_selection_of_nothing_finds_nothing(database: Database, vectors: Vectors) -> None:
    add_segments(database, 20)
    rows = draw(20)
    write(database, vectors, rows)
    assert vectors.nearest(SPACE, rows[0], 10, of_medium("video")) == []


def test_a_floor_cuts_off_what_is_less_alike(database: Database, vectors: Vectors) -> None:
    rows = draw(50)
    write(database, vectors, rows)
    assert [item.segment_id for item in vectors.nearest(SPACE, rows[6], 5, at_least=0.999)] == [7]


def test_writing_again_replaces(database: Database, vectors: Vectors) -> None:
    rows = draw(MANY)
    write(database, vectors, rows)
    new = draw(1, seed=5)
    write(database, vectors, new, 10)
    assert vectors.spaces() == [(SPACE, MANY)]
    assert vectors.nearest(SPACE, new[0], 1)[0].segment_id == 10
    assert vectors.nearest(SPACE, rows[9], 1)[0].segment_id != 10


@pytest.mark.parametrize(
    ("ids", "rows"),
    [
        ([1, 2], draw(2, 32)),
        ([1, 2], draw(3)),
        ([1, 1], draw(2)),
        ([1], draw(1) * 2),
        ([1], draw(1) * np.float32("nan")),
    ],
)
def test_vectors_that_do_not_fit_are_refused(
    database: Database, vectors: Vectors, ids: list[int], rows: Rows
) -> None:
    with pytest.raises(ValueError), database.writing() as connection:
        vectors.write(connection, SPACE, ids, rows)
    assert vectors.spaces() == []


def test_a_query_of_another_dimension_is_refused(vectors: Vectors) -> None:
    with pytest.raises(ValueError):
        vectors.nearest(SPACE, draw(1, 32)[0], 5)


def test_an_empty_library_answers(vectors: Vectors) -> None:
    assert vectors.nearest(SPACE, draw(1)[0], 5) == []
    assert vectors.sample(SPACE, 5).shape == (0, 128)
    assert np.isnan(vectors.vectors_of(SPACE, [1])).all()
    assert vectors.spaces() == []


def test_segments_without_a_vector_are_missing(database: Database, vectors: Vectors) -> None:
    add_segments(database, 2500)
    with database.writing() as connection:
        connection.execute("UPDATE segment SET role = 'passage' WHERE id > 2400")
    assert len(list(vectors.missing(SPACE, [Role.PICTURE]))) == 2400
    write(database, vectors, draw(2000))
    assert list(vectors.missing(SPACE, [Role.PICTURE])) == list(range(2001, 2401))
    assert list(vectors.missing(SPACE, [Role.PASSAGE])) == list(range(2401, 2501))
    assert list(vectors.missing(SPACE, [])) == []


def test_vectors_come_back_in_the_order_asked_for(database: Database, vectors: Vectors) -> None:
    rows = draw(20)
    write(database, vectors, rows)
    got = vectors.vectors_of(SPACE, [5, 3, 99, 5])
    np.testing.assert_array_equal(got[[0, 1, 3]], rows[[4, 2, 4]])
    assert np.isnan(got[2]).all()


def test_a_sample_stays_the_same(database: Database, vectors: Vectors) -> None:
    rows = draw(MANY)
    write(database, vectors, rows)
    sample = vectors.sample(SPACE, 200)
    assert sample.shape == (200, 128)
    np.testing.assert_array_equal(sample, Vectors(database).sample(SPACE, 200))
    np.testing.assert_allclose(sample.mean(axis=0), rows.mean(axis=0), atol=0.05)


def test_removed_segments_are_found_in_no_space(database: Database, vectors: Vectors) -> None:
    rows = draw(MANY)
    write(database, vectors, rows)
    with database.writing() as connection:
        vectors.write(connection, OTHER, [7, 8], draw(2, 32))
        vectors.remove(connection, [7, 123456])
    assert vectors.spaces() == [(SPACE, MANY - 1), (OTHER, 1)]
    assert 7 not in [item.segment_id for item in vectors.nearest(SPACE, rows[6], 50)]


def test_a_dropped_space_is_gone_and_may_begin_again(database: Database, vectors: Vectors) -> None:
    write(database, vectors, draw(MANY))
    with database.writing() as connection:
        vectors.drop(connection, SPACE)
        vectors.drop(connection, OTHER)
    assert vectors.spaces() == []
    rows = draw(3, seed=8)
    write(database, vectors, rows)
    assert vectors.nearest(SPACE, rows[2], 1)[0].segment_id == 3


def test_no_byte_of_a_removed_vector_stays_in_the_file(
    database: Database, vectors: Vectors
) -> None:
    rows = draw(MANY)
    write(database, vectors, rows)
    ((bits,),) = database.reader().execute("SELECT bits FROM coarse_1 WHERE rowid = 7").fetchall()
    traces = [rows[6].tobytes(), bits]
    database.shrink()
    assert all(trace in database.path.read_bytes() for trace in traces)
    with database.writing() as connection:
        vectors.remove(connection, [7])
    database.shrink()
    remaining = b"".join(path.read_bytes() for path in database.path.parent.glob(f"{FILE_NAME}*"))
    assert not any(trace in remaining for trace in traces)


def test_a_failed_transaction_leaves_vectors_as_they_were(
    database: Database, vectors: Vectors
) -> None:
    rows = draw(MANY)
    write(database, vectors, rows)
    with pytest.raises(RuntimeError), database.writing() as connection:
        vectors.write(connection, SPACE, [1, MANY + 1], draw(2, seed=3))
        vectors.remove(connection, [2])
        raise RuntimeError
    assert vectors.spaces() == [(SPACE, MANY)]
    assert vectors.nearest(SPACE, rows[0], 1)[0].segment_id == 1
    assert vectors.nearest(SPACE, rows[1], 1)[0].segment_id == 2


def test_several_threads_search_while_one_writes(database: Database, vectors: Vectors) -> None:
    rows = draw(5 * EXACT_UP_TO)
    write(database, vectors, rows[:MANY])

    def search(number: int) -> bool:
        return vectors.nearest(SPACE, rows[number], 1)[0].segment_id == number + 1

    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(search, range(200))
        write(database, vectors, rows[MANY:], MANY + 1)
        with database.writing() as connection:
            connection.execute("UPDATE space SET centred_at = 1")
            vectors.maintain(connection, SPACE)
        assert all(answers)


def test_chunks_are_all_vectors_in_order(database: Database, vectors: Vectors) -> None:
    rows = draw(100)
    write(database, vectors, rows, first=5)
    chunks = list(vectors.chunks(SPACE, size=30))
    assert [len(ids) for ids, _ in chunks] == [30, 30, 30, 10]
    assert np.hstack([ids for ids, _ in chunks]).tolist() == list(range(5, 105))
    assert np.array_equal(np.vstack([values for _, values in chunks]), rows)
    assert not list(vectors.chunks(OTHER))


def test_the_state_is_another_after_every_change(database: Database, vectors: Vectors) -> None:
    states = [vectors.state(SPACE)]
    write(database, vectors, draw(10))
    states.append(vectors.state(SPACE))
    write(database, vectors, draw(1, seed=9))  # in place of one that was there
    states.append(vectors.state(SPACE))
    with database.writing() as connection:
        vectors.remove(connection, [3])
    states.append(vectors.state(SPACE))
    assert len(set(states)) == 4
    assert states[-1] == vectors.state(SPACE)
