"""Vectors in the plane: the widest directions, means, and points that never share a place."""

from __future__ import annotations

import numpy as np

from desktop_mmrag.retrieve.plane import means, principal_axes, spread


def _stretched(n: int = 600, dimension: int = 48) -> np.ndarray:
    """Vectors that differ most along their first two parts, then ever less, far from zero."""
    random = np.random.default_rng(2)
    widths = np.array([9.0, 6.0, *np.linspace(2, 1, dimension - 2)], np.float32)
    rows = random.standard_normal((n, dimension)).astype(np.float32) * widths
    return rows + np.float32(40)


def test_the_axes_are_those_of_the_whole_decomposition() -> None:
    rows = _stretched()
    axes = principal_axes(rows)
    _, _, right = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    assert np.abs(np.vecdot(axes.directions, right[:2])).min() > 0.9999


def test_projecting_in_parts_is_projecting_at_once() -> None:
    rows = _stretched()
    axes = principal_axes(rows)
    parts = np.vstack([axes.project(rows[:100]), axes.project(rows[100:])])
    assert np.allclose(parts, (rows - axes.mean) @ axes.directions.T, atol=1e-3)


def test_the_same_vectors_in_another_order_give_the_same_map() -> None:
    rows = _stretched()
    assert np.allclose(
        principal_axes(rows).directions, principal_axes(rows[::-1]).directions, atol=1e-3
    )


def test_few_or_equal_vectors_have_no_direction_and_do_no_harm() -> None:
    for rows in (np.empty((0, 48), np.float32), np.ones((1, 48), np.float32)):
        assert not principal_axes(rows).directions.any()
    assert not principal_axes(np.full((9, 48), 0.3, np.float32)).directions.any()
    assert principal_axes(_stretched(3)).project(_stretched(3)).shape == (3, 2)


def test_what_belongs_together_lies_at_its_mean() -> None:
    owners, at = means(np.array([7, 3, 7]), np.array([[0.0, 0.0], [5.0, 6.0], [2.0, 4.0]]))
    assert owners.tolist() == [3, 7]
    assert at.tolist() == [[5.0, 6.0], [1.0, 2.0]]


def test_places_fill_the_square_and_keep_their_order() -> None:
    at = np.random.default_rng(1).standard_normal((500, 2)) ** 3
    apart = spread(at)
    assert apart.min() == 0.0 and apart.max() == 1.0
    for axis in (0, 1):
        assert (np.diff(apart[np.argsort(at[:, axis]), axis]) > 0).all()


def test_equal_places_are_parted_in_both_directions() -> None:
    apart = spread(np.zeros((200, 2)))
    assert len(np.unique(apart, axis=0)) == 200
    assert abs(float(np.corrcoef(apart[:, 0], apart[:, 1]).min())) < 0.3


def test_no_points_and_one_point() -> None:
    assert spread(np.empty((0, 2))).shape == (0, 2)
    assert spread(np.array([[3.0, -4.0]])).tolist() == [[0.5, 0.5]]
