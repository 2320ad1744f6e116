"""Rows of key-value text such as receipts, forms and bills: a label with the value that stands by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_mmrag.answer.columns import scale_of, table_row
from desktop_mmrag.answer.grid import crossing, is_wide
from desktop_mmrag.answer.names import named
from desktop_mmrag.answer.question import Question
from desktop_mmrag.answer.sources import Statement, statement_over
from desktop_mmrag.answer.values import Value, ValueKind, amount, find_values
from desktop_mmrag.answer.wording import fold, words
from desktop_mmrag.domain import Box

# A row is short; a longer line is prose and read as sentences.
_LONGEST_ROW = 90
_LONGEST_LABEL = 6
# A label may stand above its value with a colon or a currency sign between them.
_LINES_BELOW = 3

_FINAL = frozenset(
    words("grand net nett final payable due inclusive incl including rounded payment pay topay")
)
_NARROWER = frozenset(
    words(
        "subtotal qty quantity item items count discount disc saving savings rounding adjustment adj"
        " change cash tender tendered balance points excl excluding exclusive before ex"
    )
)
_TAX = frozenset(words("tax gst vat sst mwst iva moms"))
_INCLUSIVE = frozenset(words("inclusive incl including inc"))
_CURRENCY = re.compile(r"\b(?:RM|MYR|USD|EUR|GBP|NOK|SEK|DKK|CHF)\b")
_SUMMARY = re.compile(r"\bsummary\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value, and how well the label names what is asked, about 0 to 1.5."""

    value: str
    statement: Statement
    score: float


def best_row(question: Question, lines: Sequence[Statement]) -> Row | None:
    """The row whose label fits what is asked; None when the label is nowhere.

    Scores: 1 for a label that holds all words asked for; 0.3 more for words of finality
    ("grand", "nett", "inclusive", "after rounding") when a sum is asked; 0.5 less for words
    that make it a different thing ("subtotal", "qty", "excluding"), unless asked for; 0.05
    less for each other word. A sum that equals cash less change gains 0.3.
    """
    crossed = crossing(question, lines)
    if crossed:
        return Row(crossed.value, crossed.statement, crossed.share)
    in_table = _best_in_table(question, lines)
    if in_table:
        return in_table
    rows = [
        Row(value.text, statement, score)
        for label, value, statement, after_summary in _labelled(question, lines)
        if (score := _score(question, label, value, after_summary)) > 0
    ]
    if question.kind is ValueKind.MONEY:
        rows = _checked_by_change(rows, lines)
    # Of equals the last: sums stand below what they sum up.
    return max(reversed(rows), key=lambda row: row.score, default=None)


_IN_TABLES = (None, ValueKind.MONEY, ValueKind.NUMBER, ValueKind.PERCENT)
# "Debt to total assets" is worked out, and stands in no row.
_WORKED_OUT = re.compile(
    r"\bratio\b|\bto (?:average |net |gross )?(?:total|current|average)\b|\baverage\b"
    r"|\bhow much (?:more|less|higher|lower)\b|\bdifference\b",
    re.IGNORECASE,
)
# All words asked for, and at most one other: "current portion of long-term debt" is less of it.
_TABLE_FITS = 0.94


def _best_in_table(question: Question, lines: Sequence[Statement]) -> Row | None:
    """The figure of the year asked for, in the row of a table that has the very name."""
    if question.kind not in _IN_TABLES or not question.label:
        return None
    if _WORKED_OUT.search(question.text):
        return None
    rows = []
    for position, line in enumerate(lines):
        fit = _name_fit(question, line.text) if len(line.text) <= _LONGEST_ROW else 0.0
        row = table_row(lines, position) if fit >= 1 else None
        cell = row.cell_of(question.text) if row else None
        if row and cell:
            present = words(row.label)
            score = 1 + _qualified(question, present)
            scale = "" if "per" in present or "%" in cell else scale_of(lines)
            rows.append(Row(f"{cell} ({scale})" if scale else cell, line, score))
    best = max(rows, key=lambda row: row.score, default=None)
    return best if best and best.score >= _TABLE_FITS else None


def _name_fit(question: Question, text: str) -> float:
    present = words(text)
    return sum(word in present for word in question.label) / len(question.label)


def _labelled(
    question: Question, lines: Sequence[Statement]
) -> Iterator[tuple[str, Value, Statement, bool]]:
    after_summary = False
    for position, line in enumerate(lines):
        after_summary = after_summary or bool(_SUMMARY.search(line.text))
        if len(line.text) > _LONGEST_ROW or is_wide(line):
            continue
        for label, value, statement in _values_at(question.kind, lines, position):
            yield label, value, statement, after_summary
        for label, value, statement in _in_table(question.kind, lines, position):
            yield label, value, statement, after_summary


def _values_at(
    kind: ValueKind | None, lines: Sequence[Statement], position: int
) -> Iterator[tuple[str, Value, Statement]]:
    """The value in this line, to its right or below it, with the label before it."""
    line = lines[position]
    same = _value_in(kind, line.text)
    if same:
        label = line.text[: same.start]
        if _has_letters(label):
            yield label, same, line
        return
    if kind is None or not _has_letters(line.text):
        return
    beside = _beside(kind, lines, position)
    if beside:
        other, value = beside
        yield line.text, value, statement_over(line, other, _row_text(line, other))


def _in_table(
    kind: ValueKind | None, lines: Sequence[Statement], position: int
) -> Iterator[tuple[str, Value, Statement]]:
    """A row of names above a row of as many values, as on tickets and forms."""
    names, below = lines[position], lines[position + 1 : position + 2]
    if len(names.cells) < 2 or names.is_row or not below or len(below[0].cells) != len(names.cells):
        return
    for name, cell in zip(names.cells, below[0].cells, strict=True):
        value = _only_value(kind, cell) if kind and _is_label(name) else None
        if value:
            yield name, value, statement_over(names, below[0], f"{name} {cell}")


def _row_text(line: Statement, other: Statement) -> str:
    return f"{line.text} {other.text}"


def _value_in(kind: ValueKind | None, text: str) -> Value | None:
    if kind is None or kind in (ValueKind.PERSON, ValueKind.PLACE, ValueKind.ADDRESS):
        match = re.match(r"[^:=|\t]{2,60}?\s*[:=|\t]+\s*(?P<rest>[^\s|].*?)[\s|]*$", text)
        return Value(match["rest"], match.start("rest"), match.end("rest")) if match else None
    found = [value for value in find_values(kind, text) if any(map(str.isalnum, value.text))]
    if kind is ValueKind.CODE:
        return found[-1] if found else None
    return found[-1] if kind is ValueKind.MONEY and found else (found[0] if found else None)


def _beside(
    kind: ValueKind, lines: Sequence[Statement], position: int
) -> tuple[Statement, Value] | None:
    """The value to the right of a label, in the same place of the column of values, or below."""
    for other in _to_the_right(lines[position], lines):
        value = _only_value(kind, other.text)
        if value:
            return other, value
    return _in_column(kind, lines, position) or _below(kind, lines, position)


def _below(
    kind: ValueKind, lines: Sequence[Statement], position: int
) -> tuple[Statement, Value] | None:
    """The next line that is a value, past colons and currency signs, not past another label."""
    for other in lines[position + 1 : position + 1 + _LINES_BELOW]:
        value = _only_value(kind, other.text)
        if value:
            return other, value
        if _is_label(other.text):
            return None
    return None


def _in_column(
    kind: ValueKind, lines: Sequence[Statement], position: int
) -> tuple[Statement, Value] | None:
    """Labels below one another, then their values: reading a picture column by column gives this."""
    last = position
    while last + 1 < len(lines) and _is_label(lines[last + 1].text):
        last += 1
    first = position
    while first > 0 and _is_label(lines[first - 1].text):
        first -= 1
    values = []
    for other in lines[last + 1 :]:
        value = _only_value(kind, other.text)
        if value is None:
            break
        values.append((other, value))
    # The last labels belong to the values; those above them are a heading.
    place = position - last + len(values) - 1
    return values[place] if 2 <= len(values) <= last - first + 1 and place >= 0 else None


def _only_value(kind: ValueKind, text: str) -> Value | None:
    """A figure may carry a tax mark or a currency, not words of its own."""
    value = _value_in(kind, text)
    return value if value and len(value.text) >= 0.5 * len(text.strip()) else None


def _to_the_right(line: Statement, lines: Iterable[Statement]) -> list[Statement]:
    """Lines at the same height of a picture, nearest first."""
    box = line.locator
    if not isinstance(box, Box):
        return []
    middle = (box.y0 + box.y1) / 2
    beside = [
        (other.locator.x0, other)
        for other in lines
        if isinstance(other.locator, Box)
        and other.locator.page == box.page
        and other.locator.x0 >= box.x1 - 0.01
        and other.locator.y0 < middle < other.locator.y1
    ]
    return [other for _, other in sorted(beside, key=lambda item: item[0])]


def _is_label(text: str) -> bool:
    """Words and no figure; a currency alone is none."""
    return _has_letters(_CURRENCY.sub("", text)) and not re.search(r"\d[.,]\d\d", text)


def _has_letters(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]", text)) >= 2


def _score(question: Question, label: str, value: Value, after_summary: bool) -> float:
    present = words(re.sub(r"(?i)\bsub[\s-]*total", "subtotal", label))
    asked = question.label
    if not asked or not present or len(present) > _LONGEST_LABEL + len(asked):
        return 0.0
    fits = sum(named(word, present) for word in asked) / len(asked)
    if fits < 0.5:
        return 0.0
    return fits + _qualified(question, present) - 0.3 * after_summary - _nothing(question, value)


def _qualified(question: Question, present: Sequence[str]) -> float:
    others = [word for word in present if not named(word, question.words)]
    inclusive = any(word in _INCLUSIVE for word in present)
    narrower = [w for w in others if w in _NARROWER or (w in _TAX and not inclusive)]
    final = any(word in _FINAL for word in others) and question.kind is ValueKind.MONEY
    return 0.3 * final - 0.5 * bool(narrower) - min(0.2, 0.05 * len(others))


def _nothing(question: Question, value: Value) -> float:
    """An empty sum on a bill is a line that did not apply."""
    return 0.5 if question.kind is ValueKind.MONEY and not amount(value.text) else 0.0


def _checked_by_change(rows: list[Row], lines: Sequence[Statement]) -> list[Row]:
    """What was handed over less what came back is what was paid."""
    cash, change = (
        _amounts(r"^\W*(?:cash|tender\w*|payment|paid)\b(?!.*change)", lines),
        _amounts(r"\bchange\b", lines),
    )
    paid = {round(c - back, 2) for c in cash for back in change}
    return [
        Row(row.value, row.statement, row.score + 0.3 * ((amount(row.value) or 0) in paid))
        for row in rows
    ]


def _amounts(label: str, lines: Sequence[Statement]) -> list[float]:
    found = []
    for position, line in enumerate(lines):
        if re.search(label, fold(line.text)) and len(line.text) <= _LONGEST_ROW:
            for _, value, _ in _values_at(ValueKind.MONEY, lines, position):
                found.append(abs(amount(value.text) or 0.0))
    return found
