"""Answers worked out from the rows of one table: the highest, the lowest, the sum or the average."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from desktop_mmrag.answer.draft import Claim, Draft, Evidence, numbered
from desktop_mmrag.answer.sources import Statement, lines_in, statement_over
from desktop_mmrag.answer.table_reading import Reading, read_table
from desktop_mmrag.answer.table_request import Figure, FigureRequest, read_figure_request
from desktop_mmrag.answer.tables import tables_in
from desktop_mmrag.domain import Medium, Role
from desktop_mmrag.library.contents import KeptContent
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.find import Finder

_MEDIA = frozenset({Medium.NOTE, Medium.DOCUMENT})
_SOUGHT_IN = 20
# Longer sums are not written out, and their rows are cited as one stretch.
_MOST_TERMS = 8
_MOST_EQUALS = 3
_PLACES_OF_MEANS = 2


@dataclass(frozen=True, slots=True)
class _Fit:
    """A table that can answer, in its content."""

    content: KeptContent
    reading: Reading

    @property
    def name(self) -> str:
        return self.content.paths[0].name

    def evidence(self, statement: Statement) -> Evidence:
        content = self.content
        return Evidence(
            content.paths[0], content.medium, content.id, statement.locator, statement.text
        )


class TableFigures:
    """Answers from tables, as far as one of them clearly is the one that is meant."""

    def __init__(self, library: Library, finder: Finder, now: Callable[[], datetime]) -> None:
        self._library = library
        self._finder = finder
        self._now = now

    def answer(self, question: str) -> Draft | None:
        """None when nothing is to be worked out, or no table or several can answer."""
        request = read_figure_request(question, self._now())
        if request is None:
            return None
        fits = self._fitting(request)
        surest = max((fit.reading.fits for fit in fits), default=None)
        drafts = [_told(fit, request) for fit in fits if fit.reading.fits == surest]
        # A table that was saved twice gives one answer.
        if not drafts or len({_said(draft) for draft in drafts}) > 1:
            return None
        return drafts[0]

    def _fitting(self, request: FigureRequest) -> list[_Fit]:
        hits = self._finder.find(request.sought, _SOUGHT_IN, media=_MEDIA).hits
        found = list(dict.fromkeys(hit.content_id for hit in hits))
        described = self._library.contents.describe(found)
        return [
            _Fit(described[id], reading)
            for id in found
            if id in described
            for reading in self._readings(described[id], request)
        ]

    def _readings(self, content: KeptContent, request: FigureRequest) -> Iterator[Reading]:
        kept = self._library.contents.segments_of(content.id, Role.PASSAGE)
        for table in tables_in(lines_in(one.segment for one in kept)):
            reading = read_table(table, _context(content), request, self._now())
            if reading:
                yield reading


def _context(content: KeptContent) -> str:
    path = content.paths[0]
    return f"{path.parent.name} {path.name} {content.facts.title or ''}".replace("_", " ")


def _said(draft: Draft | None) -> str | None:
    """What an answer says, whichever file it is from."""
    return draft.text.partition(" (")[0] if draft else None


def _told(fit: _Fit, request: FigureRequest) -> Draft | None:
    """The answer of one table in words."""
    reading = fit.reading
    if len(reading.units) > 1:
        units = " and ".join(unit or "no unit" for unit in reading.units)
        said = (
            f"The rows of {fit.name} that match are in {units}, which cannot be added or compared."
        )
        return Draft(said, found=False)
    match request.figure:
        case Figure.SUM:
            return _added(fit)
        case Figure.AVERAGE:
            return _averaged(fit)
        case _:
            return _extreme(fit, request)


# --- sums and averages ----------------------------------------------------------------


def _added(fit: _Fit) -> Draft | None:
    reading = fit.reading
    # A row that sums up all others is quoted rather than worked out again.
    if reading.units == ("%",) or (reading.sums_up and not reading.filtered):
        return None
    return numbered(_sum_of(fit, reading.rows), found=True)


def _sum_of(fit: _Fit, rows: Sequence[int], of: str = "") -> list[Claim]:
    """ "82.40 EUR in all: 45.20 [1] + 37.20 [2] (2 rows of spending.csv)"."""
    total = sum((_number(fit, row) for row in rows), Decimal())
    lead = f"{of}: " if of else ""
    if len(rows) == 1:
        called = "" if of else f": {_beside(fit, rows[0])}"
        return [Claim(f"{lead}{_amount(fit, total)}{called}", (_row(fit, rows[0]),))]
    said = f"{lead}{_amount(fit, total)} in all"
    if len(rows) > _MOST_TERMS:
        return [Claim(f"{said} ({_counted(fit, rows)})", (_stretch(fit, rows),))]
    terms = [(fit.reading.figures.written(_number(fit, row)), _row(fit, row)) for row in rows]
    (first, cited), *others = terms
    claims = [Claim(f"{said}: {first}", (cited,))]
    claims += [Claim(f"+ {term}", (cited,)) for term, cited in others]
    return [*claims, Claim(f"({_counted(fit, rows)})")]


def _averaged(fit: _Fit) -> Draft:
    rows, figures = fit.reading.rows, fit.reading.figures
    mean = sum((_number(fit, row) for row in rows), Decimal()) / len(rows)
    said = f"{figures.written(mean, _unit(fit), _PLACES_OF_MEANS)} on average"
    return numbered([Claim(f"{said} ({_counted(fit, rows)})", (_stretch(fit, rows),))], found=True)


# --- the highest and the lowest -------------------------------------------------------


def _extreme(fit: _Fit, request: FigureRequest) -> Draft | None:
    reading = fit.reading
    groups: dict[str, list[int]] = {}
    for row in reading.rows:
        name = reading.names[row] if reading.names else str(row)
        groups.setdefault(name, []).append(row)
    several = len(groups) < len(reading.rows)
    # "Who spent the most" is not told by the largest row; a warmest month has no sum.
    summed = request.summed or (reading.parted and request.money)
    if "" in groups or (several and not summed) or (request.summed and reading.names is None):
        return None
    pick = max if request.figure is Figure.HIGHEST else min
    totals = {
        name: sum((_number(fit, row) for row in rows), Decimal()) for name, rows in groups.items()
    }
    best = pick(totals.values())
    equals = [name for name, total in totals.items() if total == best]
    if len(equals) > _MOST_EQUALS or len(groups) < 2:
        return None
    return numbered(_named(fit, equals, groups), found=True)


def _named(fit: _Fit, names: Sequence[str], groups: dict[str, list[int]]) -> list[Claim]:
    """ "May: 92.10 EUR", or the amount with what stands beside it when nothing names the row."""
    called = fit.reading.names is not None
    return [claim for name in names for claim in _sum_of(fit, groups[name], name if called else "")]


# --- in words -------------------------------------------------------------------------


def _number(fit: _Fit, row: int) -> Decimal:
    number = fit.reading.figures.numbers[row]
    assert number is not None
    return number


def _unit(fit: _Fit) -> str:
    return fit.reading.units[0]


def _amount(fit: _Fit, number: Decimal) -> str:
    """With its unit, else with what the column is called: "Score 12"."""
    figures, unit = fit.reading.figures, _unit(fit)
    written = figures.written(number, unit)
    return written if unit or figures.money else f"{figures.name} {written}"


def _beside(fit: _Fit, row: int) -> str:
    """The other cells of a row."""
    table, figures = fit.reading.table, fit.reading.figures
    cells = zip(table.header, table.rows[row].cells, strict=False)
    return ", ".join(cell for name, cell in cells if cell and name != figures.name)


def _counted(fit: _Fit, rows: Sequence[int]) -> str:
    return f"{len(rows)} rows of {fit.name}"


def _row(fit: _Fit, row: int) -> Evidence:
    return fit.evidence(fit.reading.table.rows[row])


def _stretch(fit: _Fit, rows: Sequence[int]) -> Evidence:
    first, last = (fit.reading.table.rows[at] for at in (rows[0], rows[-1]))
    if first == last:
        return fit.evidence(first)
    return fit.evidence(statement_over(first, last, f"{first.text} … {last.text}"))
