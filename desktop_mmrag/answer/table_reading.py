"""What a question about figures means in one table: the column of figures, the rows kept, and what names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_mmrag.answer.figures import FigureColumn, currency_in, read_figures
from desktop_mmrag.answer.names import named
from desktop_mmrag.answer.row_times import RowTime, is_one_month, names_time, read_times
from desktop_mmrag.answer.table_request import Figure, FigureRequest
from desktop_mmrag.answer.tables import Table
from desktop_mmrag.answer.wording import fold, words

_SAME_NAME = 0.9
_SUMMARY = frozenset(words("total totals subtotal sum gesamt summe average mean durchschnitt"))
_WHOLE_AMOUNT = frozenset(words("total amount sum betrag summe"))
_OF_UNITS = frozenset(words("currency unit währung einheit"))
_PARTS = ("day", "month", "year")
_PART_OF = {stem: part for part in _PARTS for stem in words(part)}
_CALLED = {
    "who": frozenset(words("who name person by payer member player")),
    "wher": frozenset(words("where shop store place location city seller payee")),
}
_CURRENCY_WORDS = {"euro": "EUR", "eur": "EUR", "dollar": "$", "usd": "$", "pound": "GBP"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table answers a question."""

    table: Table
    figures: FigureColumn
    rows: tuple[int, ...]
    """Those asked about that hold a figure, from the top."""
    names: tuple[str, ...] | None
    """What each row of the table is called when "which" or "who" is asked."""
    parted: bool
    """Whether these names are parts of time that several rows may be of."""
    filtered: bool
    """Whether the rows are narrowed by words or time."""
    sums_up: bool
    """Whether a row of the table sums up the others."""
    units: tuple[str, ...]
    fits: tuple[int, int]
    """How surely it is the table that is meant: by the years of its rows, by words besides."""


def read_table(table: Table, context: str, request: FigureRequest, now: datetime) -> Reading | None:
    """None when the table does not hold all that is asked, or in more than one way."""
    return _Reader(table, context, request, now).read()


class _Reader:
    """Reads one table for one question."""

    def __init__(self, table: Table, context: str, request: FigureRequest, now: datetime) -> None:
        self._request = request
        self._sums_up = any(map(_is_summary, (row.cells for row in table.rows)))
        rows = tuple(row for row in table.rows if not _is_summary(row.cells))
        self._table = replace(table, rows=rows)
        self._context = frozenset(words(f"{context} {table.above}"))
        self._columns = [self._table.column(at) for at in range(len(table.header))]
        self._times = {
            at: times
            for at, column in enumerate(self._columns)
            if names_time(table.header[at]) and (times := read_times(column, now))
        }
        self._figures = {
            at: figures
            for at, column in enumerate(self._columns)
            if at not in self._times and (figures := read_figures(table.header[at], column))
        }

    def read(self) -> Reading | None:
        value = self._value_column()
        if value is None or not self._table.rows:
            return None
        figures = self._figures[value]
        timed = self._in_time()
        if timed is None:
            return None
        kept, wanted = timed
        called = self._called(value)
        held = self._held(wanted, value, called)
        if held is None or not (self._request.words or self._request.time):
            return None
        rows = [at for at in kept if at in held and figures.numbers[at] is not None]
        if not rows:
            return None
        names, parted = called if called else (None, False)
        filtered = len(held) < len(self._table.rows) or len(kept) < len(self._table.rows)
        return Reading(
            self._table, figures, tuple(rows), names, parted, filtered, self._sums_up,
            self._units(figures, rows), (self._years(), self._besides()),
        )  # fmt: skip

    # --- columns

    def _value_column(self) -> int | None:
        """The column of figures that the question names, else the only one there can be."""
        request = self._request
        hits = {at: self._hits(at) for at in self._figures}
        pool = [at for at in hits if self._figures[at].money] if request.money else list(hits)
        most = max((hits[at] for at in pool), default=0)
        best = [at for at in pool if hits[at] == most]
        if len(best) > 1 and request.figure in (Figure.SUM, Figure.AVERAGE):
            best = [at for at in best if _WHOLE_AMOUNT & set(words(self._table.header[at]))]
        return best[0] if len(best) == 1 else None

    def _hits(self, at: int) -> int:
        present = words(self._table.header[at])
        return sum(named(word, present) >= _SAME_NAME for word in self._request.hints)

    def _called(self, value: int) -> tuple[tuple[str, ...], bool] | None:
        """What rows are called in the column that "which" names, or by a part of their time."""
        noun = self._request.noun[0] if self._request.noun else ""
        if not noun or self._request.figure in (Figure.SUM, Figure.AVERAGE):
            return None
        for at, name in enumerate(self._table.header):
            present = words(name)
            asked = any(word in present for word in self._request.noun)
            if at != value and (asked or _CALLED.get(noun, frozenset()) & set(present)):
                return tuple(self._columns[at]), False
        if noun == "when" and len(self._times) == 1:
            return tuple(self._columns[next(iter(self._times))]), False
        return self._parts(_PART_OF.get(noun))

    def _parts(self, part: str | None) -> tuple[tuple[str, ...], bool] | None:
        times = self._only_times()
        if part is None or times is None:
            return None
        if any(time and (time.yearless or time.part(part) is None) for time in times):
            return None
        return tuple(_in_words(time, part) if time else "" for time in times), True

    def _only_times(self) -> tuple[RowTime | None, ...] | None:
        """The times of the one column that tells them, or of the one that is just a date."""
        if len(self._times) == 1:
            return next(iter(self._times.values()))
        plain = [at for at in self._times if fold(self._table.header[at]) in ("date", "datum")]
        return self._times[plain[0]] if len(plain) == 1 else None

    # --- rows

    def _in_time(self) -> tuple[list[int], tuple[str, ...]] | None:
        """The rows of the time asked for, and the words that the table must hold besides."""
        request, times = self._request, self._only_times()
        every = list(range(len(self._table.rows)))
        if request.time is None:
            return every, request.words
        asked = request.time
        years = {int(word) for word in self._context if re.fullmatch(r"(?:19|20)\d\d", word)}
        if years and asked.start and asked.start.year not in years and not self._dated(times):
            return None
        yearless = any(time and time.yearless for time in times or ())
        if times is None or (yearless and not is_one_month(asked)):
            return every, (*request.words, *request.time_words)
        kept = [at for at, time in enumerate(times) if time and time.within(asked)]
        return kept, request.words

    def _dated(self, times: Sequence[RowTime | None] | None) -> bool:
        return any(time and not time.yearless for time in times or ())

    def _held(
        self,
        wanted: Sequence[str],
        value: int,
        called: tuple[tuple[str, ...], bool] | None,
    ) -> set[int] | None:
        """The rows that hold the words which only some rows hold; None when one is nowhere."""
        rows = set(range(len(self._table.rows)))
        of_value = words(self._table.header[value])
        filters: set[int] = set()
        later = []
        for word in wanted:
            if named(word, of_value) >= _SAME_NAME or self._is_currency(word, value):
                continue
            places = self._places_of(word, value)
            holding = {row for row, _ in places}
            if holding and holding != set(range(len(self._table.rows))):
                # "Household" may be the file's name or what some of its rows are filed under.
                if word in self._context and not (called and word in self._request.noun):
                    return None
                rows &= holding
                filters |= {at for _, at in places}
            elif not holding and word not in self._context:
                later.append(word)
        return rows if all(self._is_explained(w, filters, called) for w in later) else None

    def _places_of(self, word: str, value: int) -> set[tuple[int, int]]:
        """Rows and columns of the cells in words that hold it."""
        return {
            (row, at)
            for at, column in enumerate(self._columns)
            if at != value and at not in self._figures
            for row, cell in enumerate(column)
            if word in words(cell)
        }

    def _is_explained(
        self, word: str, filters: set[int], called: tuple[tuple[str, ...], bool] | None
    ) -> bool:
        """A column's name tells nothing, unless it is asked for or rows were kept by it."""
        return bool(called and word in self._request.noun) or any(
            word in words(self._table.header[at]) for at in filters
        )

    def _is_currency(self, word: str, value: int) -> bool:
        code = _CURRENCY_WORDS.get(word)
        return code is not None and set(self._figures[value].units) <= {code}

    # --- how it fits

    def _units(self, figures: FigureColumn, rows: Sequence[int]) -> tuple[str, ...]:
        """The units of the rows, each once; a column of currencies tells those of another."""
        units = [figures.units[row] for row in rows]
        for at, name in enumerate(self._table.header):
            column = [self._columns[at][row] for row in rows]
            if at not in self._figures and _OF_UNITS & set(words(name)):
                units = [currency_in(cell) or cell for cell in column]
        return tuple(dict.fromkeys(units))

    def _years(self) -> int:
        """Rows without a year are less surely those of the time asked for."""
        return int(self._request.time is None or self._dated(self._only_times()))

    def _besides(self) -> int:
        """How many of the words that need not be there are in its name."""
        return sum(hint in self._context for hint in self._request.hints)


def _is_summary(cells: Sequence[str]) -> bool:
    """Whether a row sums up others: it is called so, or has nothing to be called by."""
    first = next((cell for cell in cells if cell), "")
    called = words(first)
    return (bool(called) and called[0] in _SUMMARY) or (
        len(cells) > 1
        and not cells[0]
        and not any(re.search(r"[^\W\d_]{2}", cell) for cell in cells)
    )


def _in_words(time: RowTime, part: str) -> str:
    start = time.period.start
    assert start is not None
    whole = {"day": f"{start.day} {start:%B} {start.year}", "month": f"{start:%B} {start.year}"}
    return whole.get(part, str(start.year))
