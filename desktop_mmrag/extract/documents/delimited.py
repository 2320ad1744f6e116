"""Tables of values in text: csv and tsv, whatever their encoding, delimiter and quotes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from desktop_mmrag.domain import Facts
from desktop_mmrag.errors import FileDamaged, FileTooLarge
from desktop_mmrag.extract.documents.body import BodyBuilder, Document
from desktop_mmrag.extract.documents.workbook import MOST_COLUMNS, sheet_table
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.notes.encoding import decode

_LARGEST = 200_000_000
# Twenty thousand rows hardly ever have more.
_READ = 40_000_000
_SAMPLE_LINES = 50
_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 1_000_000


@contextmanager
def opened(path: Path, fits: Callable[[str], bool]) -> Iterator[Document]:
    """The table as one leaf, named like the file. Raises FileTooLarge, FileDamaged."""
    with explained(path):
        if path.stat().st_size > _LARGEST:
            raise FileTooLarge(
                f"{path.name} is a table of more than 200 MB.", "Split it into parts."
            )
        with path.open("rb") as file:
            text = decode(file.read(_READ))
        builder = BodyBuilder(fits)
        title = path.stem.replace("_", " ")
        builder.silent_heading(1, title)
        csv.field_size_limit(_LONGEST_FIELD)
        try:
            sheet_table(builder, title, _rows(text))
        except csv.Error as problem:
            raise FileDamaged(f"{path.name} is no table of values: {problem}.") from problem
        yield Document([builder.leaf()], lambda: Facts())


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.split("\n")
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        delimiter, lines = lines[0][4], lines[1:]
    else:
        delimiter = delimiter_of(lines)
    # Keeping line ends lets quoted fields go over several lines.
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    for number, row in enumerate(reader, start=1):
        yield number, row[:MOST_COLUMNS]


def delimiter_of(lines: list[str]) -> str:
    """The mark that divides the first lines into the same number of parts, of at least two."""
    sample = [line for line in islice(lines, _SAMPLE_LINES) if line.strip()]
    best, most = ",", 0.0
    for mark in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=mark))
        width, times = max(widths.items(), key=lambda item: item[1], default=(1, 0))
        worth = times * (1 + 0.01 * min(width, 50)) if width > 1 else 0.0
        if worth > most:
            best, most = mark, worth
    return best
