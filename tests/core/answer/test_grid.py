"""Tables: the cell where the row and the column that a question names cross."""

from collections.abc import Sequence

import pytest

from desktop_mmrag.answer.grid import crossing
from desktop_mmrag.answer.question import understand
from desktop_mmrag.answer.sources import Statement
from desktop_mmrag.domain import Whole

BY_MONTH = """Household 2024
| Item | January | February | March
| Rent | 950 | 950 | 980
| Boiler repair |  |  | €312.40
| Groceries | 410 | 395 | 422"""

PAID = """Payments
| Date | Payee | Purpose | Amount
| 14 March 2024 | Hansen | dripping tap | 148.75
| 20 April 2024 | Hansen | new boiler | 1,250.00
Payments
| Date | Payee | Purpose | Amount
| 2024-05-02 | Garden shop | roses | 35.90
| 2024-06-02 | Garden shop | roses | 41.50"""

HONEY = """Harvest
|  | 2022 | 2023
| Honey in kg | 18 | 24
| Hives | 3 | 4"""


def lines(text: str) -> Sequence[Statement]:
    return [
        Statement(row[2:], Whole(), tuple(c.strip() for c in row[1:].split("|")), is_row=True)
        if row.startswith("| ")
        else Statement(row, Whole())
        for row in text.split("\n")
    ]


@pytest.mark.parametrize(
    ("table", "question", "value"),
    [
        (BY_MONTH, "What did the boiler repair cost in March?", "€312.40"),
        (BY_MONTH, "What was the rent in March?", "980"),
        (BY_MONTH, "How much did we spend on groceries in February 2024?", "395"),
        (PAID, "What did the dripping tap cost?", "148.75"),
        (PAID, "What did Hansen cost in March?", "148.75"),
        (PAID, "How much did the roses cost in June?", "41.50"),
        (PAID, "Which payee repaired the dripping tap?", "Hansen"),
        (HONEY, "How much honey was harvested in 2023?", "24"),
        (HONEY, "How many hives were there in 2022?", "3"),
    ],
)
def test_the_cell_asked_for(table: str, question: str, value: str) -> None:
    found = crossing(understand(question), lines(table))
    assert found is not None
    assert found.value == value
    assert value in found.statement.text


@pytest.mark.parametrize(
    ("table", "question"),
    [
        (BY_MONTH, "What was the rent in July?"),
        (BY_MONTH, "What was the rent?"),
        (BY_MONTH, "What did the fridge repair cost in March?"),
        (BY_MONTH, "What did the boiler repair cost in January?"),
        (PAID, "How much did the roses cost?"),
        (PAID, "What did Olsen cost in March?"),
        (HONEY, "How much honey was sold in 2021?"),
    ],
)
def test_what_no_cell_or_several_cells_answer_gets_none(table: str, question: str) -> None:
    assert crossing(understand(question), lines(table)) is None
