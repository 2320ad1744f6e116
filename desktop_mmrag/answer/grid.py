"""Tables with a header: the cell where the row and the column that a question names cross."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_mmrag.answer.names import named
from desktop_mmrag.answer.question import Question
from desktop_mmrag.answer.sources import Statement
from desktop_mmrag.answer.values import ValueKind, dates_in, find_values
from desktop_mmrag.answer.wording import fold, words
from desktop_mmrag.domain import TextSpan
from desktop_mmrag.retrieve.moments import MONTHS

# A question may use one word in four that the table does not.
_COVERED = 0.75
_LINES_ABOVE = 2
# Words that ask for an amount without saying of what.
_OF_AMOUNTS = frozenset(
    words("cost costs price pay paid charge spend spent money amount value much many number figure")
)
_AMOUNT_COLUMNS = tuple(words("amount price cost total sum value"))
_FIGURE = re.compile(r"[^\w\s]{0,3}\s?\(?[-+]?\s?\d[\d.,' ]*\)?\s?(?:%|[^\W\d_]{0,4}|[€$£¥])")
_MONTH_NAME = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_PAST = re.compile(r"\b[a-z]{2,}ed\b")
_FIGURES = (ValueKind.MONEY, ValueKind.NUMBER, ValueKind.PERCENT)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A cell, its row, and the share of the question's words that lead to it."""

    value: str
    statement: Statement
    share: float


def crossing(question: Question, lines: Sequence[Statement]) -> Crossing | None:
    """The cell that the question names by its row and column; None when several are named alike."""
    # "Delivered", "harvested": what was done with a thing is seldom written beside it.
    done = {stem for verb in _PAST.findall(question.text) for stem in words(verb)}
    wanted = tuple(word for word in question.words if word not in _OF_AMOUNTS | done)
    if not wanted:
        return None
    found = [
        cell
        for table in _tables(lines)
        for row in table.rows
        for cell in _cells(question, wanted, table, row)
    ]
    best = max((score for score, _ in found), default=0.0)
    equals = {cell.value: cell for score, cell in reversed(found) if score == best}
    return next(iter(equals.values())) if len(equals) == 1 else None


def is_wide(line: Statement) -> bool:
    """Whether a line is a row of a table that says more than a name and its value."""
    return line.is_row and sum(map(bool, line.cells)) > 2


@dataclass(frozen=True, slots=True)
class _Table:
    header: tuple[str, ...]
    rows: tuple[Statement, ...]
    context: frozenset[str]
    """Stems of the lines above it and of its heading."""


def _tables(lines: Sequence[Statement]) -> Iterator[_Table]:
    """Runs of rows; the first names the columns when it holds no figures."""
    start = 0
    for position in range(len(lines) + 1):
        if position < len(lines) and lines[position].is_row:
            continue
        run = lines[start:position]
        if len(run) > 1 and not any(map(_is_figure, run[0].cells)):
            header = run[0].cells
            above = " ".join(line.text for line in lines[max(0, start - _LINES_ABOVE) : start])
            rows = tuple(row for row in run[1:] if row.cells != header)
            yield _Table(header, rows, frozenset(words(f"{above} {_heading(run[0])}")))
        start = position + 1


def _heading(line: Statement) -> str:
    return (line.locator.heading or "") if isinstance(line.locator, TextSpan) else ""


def _cells(
    question: Question, wanted: Sequence[str], table: _Table, row: Statement
) -> Iterator[tuple[float, Crossing]]:
    """The cells of a row that may be meant, with how well they fit."""
    held = [_words_held(wanted, cell) for cell in row.cells]
    alone = len(table.rows) == 1
    only = _only_figure(question, held, row)
    for at, cell in enumerate(row.cells[: len(table.header)]):
        if not _can_answer(question, cell):
            continue
        column = _words_held(wanted, table.header[at])
        others = {word for place, found in enumerate(held) if place != at for word in found}
        chosen = bool(column) or at == only or _is_asked(question, table.header[at])
        if not chosen or not (others or alone):
            continue
        share = len(column | others | (table.context & set(wanted))) / len(wanted)
        if share >= _COVERED:
            bonus = 0.1 * _is_asked(question, table.header[at]) + 0.05 * len(column | others)
            yield share + bonus, Crossing(cell, row, share)


def _only_figure(question: Question, held: Sequence[frozenset[str]], row: Statement) -> int | None:
    """The place of the one figure of a row, where figures are asked for."""
    figures = [
        at
        for at, cell in enumerate(row.cells)
        if _is_figure(cell) and not dates_in(cell) and not held[at]
    ]
    return figures[0] if len(figures) == 1 and question.kind in _FIGURES else None


def _is_asked(question: Question, header: str) -> bool:
    """Whether a column bears the name of what is asked, or of amounts when one is asked."""
    present = words(header)
    asked = question.label
    if question.kind is ValueKind.MONEY and any(word in _OF_AMOUNTS for word in asked):
        asked = _AMOUNT_COLUMNS
        return any(named(word, present) >= 0.9 for word in asked)
    return bool(asked) and all(named(word, present) >= 0.9 for word in asked)


def _can_answer(question: Question, cell: str) -> bool:
    if not cell or fold(cell) in fold(question.text):
        return False
    if question.kind in _FIGURES:
        return _is_figure(cell) and not _is_day(cell)
    if question.kind in (ValueKind.DATE, ValueKind.TIME):
        return bool(find_values(question.kind, cell))
    return True


def _words_held(wanted: Sequence[str], cell: str) -> frozenset[str]:
    """Which of the words a cell holds; a date holds the name of its month."""
    present = words(cell)
    months = _months(cell)
    return frozenset(
        word
        for word in wanted
        if word in present or (_month_asked(word) in months if months else False)
    )


def _months(cell: str) -> set[int]:
    numbered = {day.month for day in dates_in(cell)}
    written = {1 + _SHORT.index(match[1]) for match in _MONTH_NAME.finditer(fold(cell))}
    return numbered | written


_SHORT = [name[:3] for name in MONTHS]
_STEMS = {stem: number for number, name in enumerate(MONTHS, start=1) for stem in words(name)}


def _month_asked(word: str) -> int:
    return _STEMS.get(word, 0)


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell.strip())) and not re.fullmatch(
        r"(?:19|20)\d\d", cell.strip()
    )


def _is_day(cell: str) -> bool:
    return bool(dates_in(cell))
