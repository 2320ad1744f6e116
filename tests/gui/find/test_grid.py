"""Where cells and headings lie, for a few cells and for very many."""

from __future__ import annotations

from desktop_mmrag.gui.find.grid import Grid, Shape

SHAPE = Shape(cell_width=100, caption=20, aspect=0.5, gap=10, margin=10, heading=30)


def _grid(*sections: tuple[bool, int], width: int = 350) -> Grid:
    return Grid(SHAPE, width, sections)


def test_as_many_columns_as_fit_and_cells_fill_the_row() -> None:
    grid = _grid((False, 5))
    assert grid.columns == 3
    assert grid.cell(2).x + grid.cell(2).width <= 340
    assert grid.cell(0).width == (330 - 2 * 10) // 3


def test_each_section_begins_a_row_below_its_heading() -> None:
    grid = _grid((True, 4), (True, 2))
    assert grid.cell(3).y > grid.cell(2).y
    last = grid.cell(3)
    assert grid.cell(4).x == grid.cell(0).x
    assert grid.cell(4).y == last.y + last.height + 10 + 30
    assert [section for section, _ in grid.headings_in(0, grid.height)] == [0, 1]


def test_a_point_is_in_its_cell_and_between_cells_in_none() -> None:
    grid = _grid((True, 4), (True, 2))
    for index in range(grid.count):
        cell = grid.cell(index)
        assert grid.at(cell.x + 5, cell.y + 5) == index
        assert grid.at(cell.x + cell.width + 2, cell.y + 5) is None
    assert grid.at(15, 15) is None  # on the first heading


def test_what_may_be_seen_holds_what_is_seen() -> None:
    grid = _grid((True, 40), (False, 7), (True, 300))
    for top in range(0, grid.height, 37):
        seen = {
            index
            for index in range(grid.count)
            if grid.cell(index).y < top + 200 and grid.cell(index).y + grid.cell(index).height > top
        }
        assert seen <= set(grid.cells_in(top, top + 200))


def test_down_and_up_keep_the_column_where_they_can() -> None:
    grid = _grid((True, 4), (True, 5))
    assert grid.below(1, 1) == 3  # the row below holds one cell
    assert grid.below(3, 1) == 4
    assert grid.below(0, 2) == 4
    assert grid.below(5, -1) == 3
    assert grid.below(8, 1) == 8
    assert grid.below(0, -1) == 0


def test_nothing_takes_no_room() -> None:
    grid = _grid()
    assert (grid.height, grid.count) == (0, 0)
    assert grid.at(20, 20) is None
    assert not grid.cells_in(0, 500)


def test_a_million_cells_are_laid_out_at_once() -> None:
    grid = Grid(SHAPE, 1200, [(True, 10)] * 100_000)
    assert grid.count == 1_000_000
    cell = grid.cell(999_999)
    assert grid.at(cell.x, cell.y) == 999_999
