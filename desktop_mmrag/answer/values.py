"""Values in text that a question may ask for: amounts, dates, times, numbers, phones, addresses of mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_mmrag.retrieve.moments import MONTHS


class ValueKind(StrEnum):
    """What sort of value a question asks for."""

    MONEY = "money"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PERCENT = "percent"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CODE = "code"
    PERSON = "person"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Value:
    """A value with the characters [start, end) it takes in the text."""

    text: str
    start: int
    end: int


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CURRENCY = r"(?:RM|MYR|USD|EUR|GBP|NOK|SEK|DKK|CHF|JPY|CNY|INR|[$€£¥₹])"
_CURRENCY_AFTER = r"(?:€|[$£¥]|(?:kroner|kr|dollars?|euros?|pounds?|cents?|EUR|USD|NOK|GBP|CHF)\b)"
_FIGURE = r"\d{1,3}(?:[.,'\s]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"

_PATTERNS = {
    ValueKind.MONEY: re.compile(
        rf"{_CURRENCY}\s?-?(?:\d[\d.,']*\d|\d|[.,]\d\d)"
        rf"|(?:{_FIGURE})\s?(?:million |billion )?{_CURRENCY_AFTER}"
        r"|(?<![\d.,/:-])-?\d{0,3}(?:[.,]?\d{3})*[.,]\d{2}(?![\d.,]*[\d%/:])(?!\s?%)",
        re.IGNORECASE,
    ),
    ValueKind.DATE: re.compile(
        r"(?<![\d/.-])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?![\d/])"
        r"|(?<![\d/.-])\d{1,2}[-/.]\d{1,2}[-/.](?:(?:\d{4}|\d{2})(?![\d/])|\d{4}(?=\d\d:\d\d))"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+)?{_MONTH}(?:[\s,-]+\d{{4}}\b)?"
        rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?"
        rf"|\b{_MONTH}\s+\d{{4}}\b"
        r"|(?<![\d.,/-])(?:1\d|20)\d{2}s?(?![\d.,/-]*\d)",
        re.IGNORECASE,
    ),
    ValueKind.TIME: re.compile(
        r"(?<![\d:])\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?![\d:])|\b\d{1,2}\s?[ap]\.?m\b"
        r"|\bat\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)\b",
        re.IGNORECASE,
    ),
    ValueKind.NUMBER: re.compile(
        rf"(?<![\w.,])(?:{_FIGURE})(?!\w*[A-Za-z]{{3}}\d)"
        r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
        r"|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|dozen)\b",
        re.IGNORECASE,
    ),
    ValueKind.PERCENT: re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|per\s?cent\b)", re.IGNORECASE),
    ValueKind.PHONE: re.compile(r"(?<![\w.])(?:\+|\(|\d)[\d()\s./-]{5,20}\d(?!\w)"),
    ValueKind.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ValueKind.CODE: re.compile(r"(?<!\w)(?=[\w/-]*\d)[\w][\w/-]*\w(?!\w)"),
    # Capitals inside a sentence, or two in a row; crude, used as a hint only.
    ValueKind.PERSON: re.compile(
        r"(?<=[^.!?\s]\s)[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*"
        r"|\b[A-Z][\w’'-]*\.?(?:\s+(?:[A-Z][\w’'-]+|[A-Z]\.))+"
    ),
    ValueKind.PLACE: re.compile(r"\b(?:in|at|from|near|to|of)\s+(?:the\s+)?[A-Z][\w’'-]+"),
}


def find_values(kind: ValueKind, text: str) -> list[Value]:
    """All values of a kind, in order. Postal addresses span lines and are found elsewhere."""
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return []
    found = [Value(m.group().strip(), m.start(), m.end()) for m in pattern.finditer(text)]
    if kind is ValueKind.PHONE:
        return [v for v in found if 6 <= sum(c.isdigit() for c in v.text) <= 15]
    return found


def amount(text: str) -> float | None:
    """The number that an amount of money names; 1.234,50 and 1,234.50 are the same."""
    figure = re.sub(r"[^\d.,-]", "", text).rstrip(".,")
    match = re.fullmatch(r"(-?)([\d.,]*?)(?:[.,](\d{1,2}))?", figure)
    if not match or not any(c.isdigit() for c in figure):
        return None
    sign, whole, cents = match.groups()
    whole = re.sub(r"[.,]", "", whole) or "0"
    return (-1 if sign else 1) * float(f"{whole}.{cents or 0}")


def dates_in(text: str) -> set[date]:
    """Every day that a date in the text can mean; 03/04/2018 means two days."""
    return {day for value in find_values(ValueKind.DATE, text) for day in _readings(value.text)}


def printed_days(text: str) -> list[date]:
    """The whole dates of a text in order, day before month where both could be."""
    found = [list(_readings(value.text)) for value in find_values(ValueKind.DATE, text)]
    return [days[0] for days in found if days]


def first_date(text: str) -> date | None:
    """The first whole date in the text, day before month where both could be.

    A day such as "19 April" takes the year that stands elsewhere in the text.
    """
    found = find_values(ValueKind.DATE, text)
    if days := printed_days(text):
        return days[0]
    year = next((v.text for v in found if re.fullmatch(r"\d{4}", v.text)), None)
    for value in found if year else ():
        for day in _readings(f"{value.text} {year}"):
            return day
    return None


def _readings(text: str) -> Iterator[date]:
    digits = [int(number) for number in re.findall(r"\d+", text)]
    named = re.search(_MONTH, text, re.IGNORECASE)
    if named:
        month = 1 + [name[:3] for name in MONTHS].index(named.group()[:3].lower())
        if len(digits) == 2:
            day, year = sorted(digits)
            yield from _day(year, month, day)
    elif len(digits) == 3 and digits[0] > 31:
        yield from _day(*digits)
    elif len(digits) == 3:
        first, second, year = digits
        yield from _day(year, second, first)
        if first != second:
            yield from _day(year, first, second)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        # Two digits mean this century's years up to 68, as POSIX strptime reads them.
        yield date(year + (2000 if year < 69 else 1900 if year < 100 else 0), month, day)
    except ValueError:
        return
