"""Excel workbooks: each sheet as a table, with the values that Excel last saw, its comments and its pictures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from desktop_mmrag.extract.documents import cell_comments, ooxml, package
from desktop_mmrag.extract.documents.body import BodyBuilder, Document, Leaf
from desktop_mmrag.extract.documents.ooxml import attribute, local
from desktop_mmrag.extract.documents.package import Package
from desktop_mmrag.extract.documents.table import Numbered
from desktop_mmrag.extract.isolation.failures import explained

MOST_ROWS = 20_000
"""Of one sheet; longer ones are data for programs, and embedding them would take hours."""
MOST_COLUMNS = 256
_CURRENCY = re.compile(r'\[\$([^\]-]+)[^\]]*\]|"([^"]*[€$£¥][^"]*)"|([€$£¥])')


@contextmanager
def opened(path: Path, fits: Callable[[str], bool]) -> Iterator[Document]:
    """A leaf for each sheet that holds anything. Raises the file failures."""
    with package.opened(path) as parts, explained(path):
        book = _loaded(parts)
        try:
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            main = ooxml.main_part(parts, "xl/workbook.xml")
            members, people = _members(parts, main), cell_comments.people_in(parts, main)
            leaves = (
                _leaf(parts, sheet, _Beside.of(parts, members.get(sheet.title), people), fits)
                for sheet in shown
            )
            yield Document(
                leaves, lambda: ooxml.facts(parts, len(shown)), lambda: ooxml.thumbnail(parts)
            )
        finally:
            book.close()


def _loaded(parts: Package) -> Any:
    """The workbook; without its styles where some other program wrote those wrongly."""
    from openpyxl import load_workbook

    try:
        return load_workbook(parts.path, read_only=True, data_only=True, keep_links=False)
    except (ValueError, TypeError, KeyError, AttributeError):
        # Dates are then numbers, which is better than no workbook.
        return load_workbook(
            _without_styles(parts), read_only=True, data_only=True, keep_links=False
        )


def _without_styles(parts: Package) -> io.BytesIO:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for name in parts.names:
            if not name.endswith("styles.xml") and not name.startswith("xl/media/"):
                archive.writestr(name, parts.archive.read(name))
    copy.seek(0)
    return copy


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a sheet holds besides its cells."""

    comments: Sequence[str] = ()
    pictures: Sequence[str] = ()

    @classmethod
    def of(cls, parts: Package, member: str | None, people: dict[str, str]) -> _Beside:
        if member is None:
            return cls()
        drawings = [r.target for r in _related(parts, member, "drawing")]
        pictures = [r.target for name in drawings for r in _related(parts, name, "image")]
        return cls([*cell_comments.written(parts, member, people)], pictures)


def _leaf(parts: Package, sheet: Any, beside: _Beside, fits: Callable[[str], bool]) -> Leaf:
    builder = BodyBuilder(fits)
    builder.silent_heading(1, sheet.title)
    cut = sheet_table(builder, sheet.title, _rows(sheet))
    for comment in beside.comments:
        builder.words(comment)
        builder.line_end()
    builder.line_end(2)
    if beside.pictures and not cut:
        builder.add(sheet.title)
        builder.line_end(2)
    for name in beside.pictures:
        builder.embedded(name, "")
    return builder.leaf(load=parts.picture)


def sheet_table(builder: BodyBuilder, title: str, rows: Iterator[Numbered]) -> int:
    """A sheet as a table, its title in each passage; returns how many passages."""
    held: list[Numbered] = []
    cut_short = False
    for row in rows:
        held.append(row)
        if len(held) > MOST_ROWS:
            cut_short = True
            held.pop()
            break
    written = builder.table(_without_empty_columns(held), title, numbered=True)
    if cut_short:
        builder.words(f"The rows of {title} after the first {MOST_ROWS} are not read.")
    return written


def _without_empty_columns(rows: list[Numbered]) -> Iterator[Numbered]:
    used = sorted({at for _, cells in rows for at, cell in enumerate(cells) if cell.strip()})
    for number, cells in rows:
        yield number, [cells[at] if at < len(cells) else "" for at in used]


def _rows(sheet: Any) -> Iterator[Numbered]:
    # What programs wrote as the sheet's size is often wrong, up to a million empty rows.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        yield number, [written(cell.value, _layout(cell)) for cell in row]


def _layout(cell: Any) -> str:
    """How the sheet shows a number; unknown where the styles were unreadable."""
    try:
        return cell.number_format or "General"
    except IndexError:
        return "General"


def written(value: Any, layout: str = "General") -> str:
    """A value as a person reads it: dates in words, amounts with their currency."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() if value.time() == time(0):
            return day_in_words(value)
        case datetime():
            return f"{day_in_words(value)} {value:%H:%M}"
        case date():
            return day_in_words(value)
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
        case int() | float():
            return _number(value, layout or "General")
    return str(value)


def day_in_words(day: date) -> str:
    """ "14 March 2024": found by the month's name, and the same everywhere."""
    return f"{day.day} {day:%B} {day.year}"


def _number(value: float, layout: str) -> str:
    layout = layout.split(";")[0]
    if "%" in layout:
        return f"{value * 100:.10g}%"
    sign = _CURRENCY.search(layout)
    if not sign:
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    currency = next(part for part in sign.groups() if part).strip()
    digits = 2 if re.search(r"[.,]0+(?!\d)", layout) or value != int(value) else 0
    amount = f"{value:,.{digits}f}"
    return (
        f"{currency}{amount}"
        if sign.start() == 0 and len(currency) == 1
        else f"{amount} {currency}"
    )


def _members(parts: Package, main: str) -> dict[str, str]:
    """The member of each sheet in the package, by the sheet's title."""
    tree = parts.tree(main)
    related = ooxml.relations(parts, main)
    return {
        sheet.get("name") or "": related[id].target
        for sheet in (() if tree is None else tree.iter())
        if local(sheet) == "sheet" and (id := attribute(sheet, "id") or "") in related
    }


def _related(parts: Package, member: str, kind: str) -> list[ooxml.Relation]:
    return [r for r in ooxml.relations(parts, member).values() if r.kind == kind]
