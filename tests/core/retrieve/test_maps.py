"""Maps of a real library: like things near, everything once, and true after every change."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from desktop_mmrag.domain import Facts, Medium, Space
from desktop_mmrag.library.vectors import Vectors
from desktop_mmrag.retrieve.maps import MEDIA, LibraryMap, Maps, Side
from tests.core.retrieve.conftest import Shelf


def _draw(maps: Maps, side: Side) -> LibraryMap:
    (drawn,) = [one for one in maps.draw(side) if one is not None]
    return drawn


def _fill(shelf: Shelf) -> dict[str, list[int]]:
    """Ten photos of each of three things, seen a little differently."""
    things: dict[str, list[int]] = {
        "red bicycle wheel": [],
        "snow hill winter": [],
        "harbour boat sea": [],
    }
    for number in range(10):
        for name, ids in things.items():
            taken = Facts(taken_at=datetime(2015 + number, 3, 1))
            ids.append(shelf.photo(f"{name} {number}.jpg", f"{name} extra{number}", taken))
    return things


def _place(drawn: LibraryMap, ids: list[int]) -> np.ndarray:
    return drawn.at[np.isin(drawn.content_ids, ids)]


def test_what_looks_alike_lies_together(shelf: Shelf) -> None:
    groups = [
        _place(_draw(Maps(shelf.library), Side.PICTURES), ids) for ids in _fill(shelf).values()
    ]
    middles = np.array([group.mean(axis=0) for group in groups])
    within = max(float(np.linalg.norm(g - g.mean(axis=0), axis=1).mean()) for g in groups)
    between = min(
        float(np.linalg.norm(middles[a] - middles[b])) for a, b in ((0, 1), (0, 2), (1, 2))
    )
    assert between > 2 * within


def test_each_content_once_with_its_kind_and_month(shelf: Shelf) -> None:
    shelf.document("report.pdf", ["The boiler costs 4,200 pounds."], ["The key is in the tin."])
    shelf.note("cabin.md", "The key hangs behind the woodshed.")
    drawn = _draw(Maps(shelf.library), Side.WORDS)
    assert sorted(MEDIA[code] for code in drawn.media) == [Medium.DOCUMENT, Medium.NOTE]
    assert drawn.months.tolist() == [12 * 2001 + 8] * 2


def test_what_has_no_vector_on_a_side_is_counted_and_left_out(shelf: Shelf) -> None:
    shelf.note("cabin.md", "The key hangs behind the woodshed.")
    photo = shelf.photo("red.jpg", "red bicycle")
    drawn = _draw(Maps(shelf.library), Side.PICTURES)
    assert drawn.content_ids.tolist() == [photo]
    assert (len(drawn), drawn.listed) == (1, 2)


def test_only_maps_with_vectors_are_offered(shelf: Shelf) -> None:
    maps = Maps(shelf.library)
    assert maps.sides() == []
    assert len(_draw(maps, Side.PICTURES)) == 0
    shelf.note("cabin.md", "The key hangs behind the woodshed.")
    assert maps.sides() == [Side.WORDS]
    shelf.photo("red.jpg", "red bicycle")
    assert maps.sides() == [Side.PICTURES, Side.WORDS]


def test_vectors_are_read_once_until_they_change(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(shelf)
    reads: list[int] = []
    chunks = Vectors.chunks

    def counted(vectors: Vectors, space: Space) -> object:
        reads.append(1)
        return chunks(vectors, space)

    monkeypatch.setattr(Vectors, "chunks", counted)
    maps = Maps(shelf.library)
    first, again = _draw(maps, Side.PICTURES), _draw(maps, Side.PICTURES)
    assert len(reads) == 1 and np.array_equal(first.at, again.at)
    new = shelf.photo("new.jpg", "red bicycle wheel new")
    assert new in _draw(maps, Side.PICTURES).content_ids
    assert len(reads) == 2


def test_a_file_that_went_is_not_on_the_map(shelf: Shelf) -> None:
    _fill(shelf)
    maps = Maps(shelf.library)
    before = _draw(maps, Side.PICTURES)
    (folder,) = shelf.library.catalog.folders()
    shelf.library.catalog.remove_folder(folder)
    shelf.library.keeping.sweep()
    assert len(before) == 30 and len(_draw(maps, Side.PICTURES)) == 0
