"""Questions about one table: its highest and lowest rows, and sums and averages of the rows asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_mmrag.answer.converse import Conversation
from desktop_mmrag.answer.figures import read_figures
from desktop_mmrag.answer.table_request import Figure, read_figure_request
from desktop_mmrag.domain import Medium, Segment, Summary
from desktop_mmrag.extract.documents import delimited, workbook
from desktop_mmrag.extract.documents.body import Document, passages

from .conftest import NOW, Converse, Shelf
from .test_converse import answer_of

SPENDING = """Date,Category,Shop,Amount EUR,Who
2026-02-14,groceries,Edeka,61.01,Tom
2026-03-03,groceries,Edeka,45.20,Anna
2026-03-09,fun,Cinema,109.00,Anna
2026-03-23,groceries,Lidl,37.20,Tom
2026-04-01,groceries,Lidl,50.61,Tom
2026-04-20,fun,Concert,134.96,Anna
"""
ELECTRICITY = [
    ("Month", "kWh", "Cost EUR"),
    ("April", 231, 71.61),
    ("May", 297, 92.1),
    ("June", 190, 58.9),
]
TRIPS = """# Trips

| Trip | Country | Cost | Nights |
|---|---|---|---|
| Rome | Italy | 1,234.50 EUR | 4 |
| Oslo | Norway | 8,000 NOK | 3 |
| Pisa | Italy | 300.00 EUR | 2 |
"""


class Files:
    """Puts tables into the library as extraction reads them."""

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self._shelf, self._folder = shelf, folder
        self._chunker = shelf.chunker

    def csv(self, name: str, text: str) -> None:
        path = self._folder / name
        path.write_text(text, encoding="utf-8")
        with delimited.opened(path, self._chunker.fits) as document:
            self._keep(name, document)

    def sheet(self, name: str, title: str, rows: list[tuple[object, ...]]) -> None:
        book, path = Workbook(), self._folder / name
        page = book.worksheets[0]
        page.title = title
        for row in rows:
            page.append(row)
        book.save(path)
        with workbook.opened(path, self._chunker.fits) as document:
            self._keep(name, document)

    def _keep(self, name: str, document: Document) -> None:
        kept: list[Segment] = []
        for leaf in document.leaves:
            kept += passages(leaf, self._chunker, 0)
        self._shelf._keep(f"finance/{name}", Summary(Medium.DOCUMENT, document.facts()), kept)


@pytest.fixture
def files(home: Shelf, tmp_path: Path) -> Files:
    return Files(home, tmp_path)


@pytest.fixture
def household(files: Files, converse: Converse) -> Callable[[], Conversation]:
    files.csv("spending 2026.csv", SPENDING)
    files.sheet("household.xlsx", "Electricity", ELECTRICITY)
    return converse


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which month had the highest electricity cost?", "May: 92.10 EUR [1]"),
        ("Which month had the lowest electricity cost?", "June: 58.90 EUR [1]"),
        ("Which month used the fewest kWh?", "June: 190 kWh [1]"),
        (
            "How much did we spend on groceries in March 2026?",
            "82.40 EUR in all: 45.20 [1] + 37.20 [2] (2 rows of spending 2026.csv)",
        ),
        (
            "What did we spend in April?",
            "185.57 EUR in all: 50.61 [1] + 134.96 [2] (2 rows of spending 2026.csv)",
        ),
        ("How much did Tom spend at Edeka?", "61.01 EUR: 2026-02-14, groceries, Edeka, Tom [1]"),
        (
            "What was the most expensive thing in spending 2026?",
            "134.96 EUR: 2026-04-20, fun, Concert, Anna [1]",
        ),
        (
            "Who spent the most in March 2026?",
            "Anna: 154.20 EUR in all: 45.20 [1] + 109.00 [2] (2 rows of spending 2026.csv)",
        ),
        (
            "In which month did we spend the most on groceries?",
            "March 2026: 82.40 EUR in all: 45.20 [1] + 37.20 [2] (2 rows of spending 2026.csv)",
        ),
        (
            "What was the average electricity cost?",
            "74.20 EUR on average (3 rows of household.xlsx) [1]",
        ),
    ],
)
def test_one_table_answers(household: Converse, question: str, text: str) -> None:
    answer = answer_of(household(), question)
    assert answer.found
    assert answer.text == text


def test_each_row_that_is_added_is_cited(household: Converse) -> None:
    answer = answer_of(household(), "How much did we spend on groceries in March 2026?")
    assert [citation.quote for citation in answer.citations] == [
        "2026-03-03 | groceries | Edeka | 45.20 | Anna",
        "2026-03-23 | groceries | Lidl | 37.20 | Tom",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "How much did we spend on clothes in March 2026?",
        "How much did we spend on groceries except Lidl in March 2026?",
        "How much did we spend on groceries in May 2026?",
        "What did we spend the most on?",
        "What was the second highest electricity cost?",
        "Which month had the highest cost of gas?",
    ],
)
def test_what_the_table_does_not_tell_is_not_worked_out(household: Converse, question: str) -> None:
    answer = answer_of(household(), question)
    assert "in all" not in answer.text and "EUR" not in answer.text


def test_amounts_of_several_files_stay_refused(household: Converse) -> None:
    answer = answer_of(household(), "What is the sum of all my receipts?")
    assert not answer.found and answer.text.startswith("Amounts in several files")


def test_two_tables_that_both_fit_answer_nothing(files: Files, converse: Converse) -> None:
    files.csv("flat.csv", "Month,Rent EUR\nApril,900\nMay,950\n")
    files.csv("garage.csv", "Month,Rent EUR\nApril,80\nMay,70\n")
    assert "950" not in answer_of(converse(), "Which month had the highest rent?").text
    assert answer_of(converse(), "Which month had the highest rent of the garage?").text == (
        "April: 80 EUR [1]"
    )


def test_different_currencies_are_not_added(home: Shelf, converse: Converse) -> None:
    home.note("notes/trips.md", TRIPS)
    refused = answer_of(converse(), "What did the trips cost in total?")
    assert not refused.found and "EUR and NOK" in refused.text
    added = answer_of(converse(), "What did the trips to Italy cost in total?")
    assert added.text == "1,534.50 EUR in all: 1,234.50 [1] + 300.00 [2] (2 rows of trips.md)"


def test_all_passages_of_a_long_table_count(files: Files, converse: Converse) -> None:
    rows = "".join(f"2026-0{1 + day // 28}-{1 + day % 28:02},bread,1.50\n" for day in range(200))
    files.csv("bakery.csv", f"Date,What,Amount EUR\n{rows}")
    answer = answer_of(converse(), "How much did we spend on bread in 2026?")
    assert answer.text == "300.00 EUR in all (200 rows of bakery.csv) [1]"


def test_a_row_of_sums_is_not_added_again(files: Files, converse: Converse) -> None:
    files.csv(
        "roof.csv", "Work,Who,Cost EUR\ntiles,Aas,100\ntiles,Bø,50\ngutter,Bø,70\nTotal,,220\n"
    )
    assert answer_of(converse(), "How much did we pay for tiles of the roof?").text == (
        "150 EUR in all: 100 [1] + 50 [2] (2 rows of roof.csv)"
    )
    assert "440" not in answer_of(converse(), "What did the roof cost in total?").text


def test_the_row_of_names_is_never_quoted(household: Converse) -> None:
    for question in ("What was the electricity cost of each month?", "Which months and kWh?"):
        assert "Month | kWh | Cost EUR" not in answer_of(household(), question).text


@pytest.mark.parametrize(
    ("header", "cells", "numbers"),
    [
        ("Betrag", ["1.234,50 €", "89,00 €"], ["1234.50", "89.00"]),
        ("Amount", ["1,234.50", "-36.3", "(12.00)"], ["1234.50", "-36.3", "-12.00"]),
        ("Betrag EUR", ["1.250", "980"], ["1250", "980"]),
        ("Height in m", ["0.125", "5.375"], ["0.125", "5.375"]),
        ("Points", ["1,250", "n/a", "980"], ["1250", "None", "980"]),
    ],
)
def test_figures_however_decimals_are_written(
    header: str, cells: list[str], numbers: list[str]
) -> None:
    column = read_figures(header, cells)
    assert column and [str(number) for number in column.numbers] == numbers


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Length", ["1.250", "980"]),
        ("Amount", ["12.50", "12,50"]),
        ("Phone", ["55312210"]),
        ("Date", ["01.02.2026"]),
        ("Shop", ["Lidl"]),
    ],
)
def test_no_figures_that_can_be_added(header: str, cells: list[str]) -> None:
    assert read_figures(header, cells) is None


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("What was the dearest trip?", Figure.HIGHEST),
        ("What is the total of groceries?", Figure.SUM),
        ("What was the most recent trip?", None),
        ("Which trips cost at least 100 EUR?", None),
        ("What were the highest and the lowest cost?", None),
        ("How much did we spend on average per month?", None),
        ("When does the train leave?", None),
    ],
)
def test_what_is_to_be_worked_out(question: str, figure: Figure | None) -> None:
    request = read_figure_request(question, NOW)
    assert (request.figure if request else None) == figure
