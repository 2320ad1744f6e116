"""Figures in the cells of one column: their numbers and units, and how decimals are written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_mmrag.answer.wording import fold, words

_CURRENCY = r"EUR|USD|GBP|NOK|SEK|DKK|CHF|JPY|CNY|INR|MYR|PLN|CZK|RM|Rs|kr|[€$£¥₹]"
_CELL = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+−–])?\s?(?P<before>{_CURRENCY})?\s?(?P<inner>[-−–])?"
    r"(?P<number>\d[\d.,'’ \u00a0\u202f]*?)\s?"
    rf"(?P<after>%|{_CURRENCY}|(?!(?:st|nd|rd|th|am|pm)\b)[^\W\d_]{{1,4}}[²³]?)?\.?(?P<close>\))?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_SIMPLE = re.compile(r"\d+(?:[.,]\d+)?")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "?"})
_SIGNS = {"€": "EUR", "£": "GBP", "$": "$", "usd": "$", "₹": "INR", "rm": "MYR"}
_CODE = re.compile(rf"(?<![^\W\d_])(?:{_CURRENCY})(?![^\W\d_])")
_UNIT = re.compile(r"[(\[](?P<inside>[^()\[\]]{1,8})[)\]]\s*$|\bin\s+(?P<after>[^\W\d_]{1,4})\s*$")
_UNITS = frozenset(
    [
        "kwh",
        "wh",
        "mwh",
        "kw",
        "kg",
        "g",
        "km",
        "m",
        "cm",
        "mm",
        "mi",
        "l",
        "ml",
        "h",
        "min",
        "°c",
        "%",
    ]
)
_OF_MONEY = frozenset(
    words("amount price cost costs total sum value paid spent fee charge betrag preis kosten summe")
)
# What tells rows apart is not added or compared.
_OF_NAMES = frozenset(
    words("no nr number id code phone tel telephone mobile zip plz postcode account")
)


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """The numbers of one column of a table, None for a cell that holds none."""

    name: str
    numbers: tuple[Decimal | None, ...]
    units: tuple[str, ...]
    """Of each cell, else of the header; empty when neither tells."""
    money: bool
    comma: bool
    """Whether decimals follow a comma."""

    def written(self, number: Decimal, unit: str = "", least_places: int = 0) -> str:
        """ "1,234.50 EUR", with as many decimals as the column has, at least two of money."""
        text = f"{number:,.{max(least_places, self._places())}f}"
        if self.comma:
            text = text.translate(str.maketrans(",.", ".,"))
        return text if not unit else f"{text}%" if unit == "%" else f"{text} {unit}"

    def _places(self) -> int:
        places = max((_places_of(n) for n in self.numbers if n is not None), default=0)
        return max(2, places) if places and self.money else places


def is_figure(cell: str) -> bool:
    """Whether a cell holds one number with its unit and nothing else; a year is none."""
    match = _CELL.fullmatch(cell.strip())
    return match is not None and _is_number(match["number"]) and not _YEAR.fullmatch(cell.strip())


def read_figures(name: str, cells: Sequence[str]) -> FigureColumn | None:
    """None for a column that holds other things, or whose decimals could be thousands."""
    filled = [cell for cell in cells if cell.casefold() not in _NOTHING]
    if not filled or not all(map(is_figure, filled)) or is_figure(name) or _tells_apart(name):
        return None
    own = [_unit_of(cell) for cell in cells]
    currency = _CODE.search(name)
    money = bool(currency or _OF_MONEY & set(words(name)) or any(map(_CODE.fullmatch, own)))
    mark = _decimal_mark((_number_in(cell) for cell in filled), money)
    if mark is None:
        return None
    numbers = [_read(cell, mark) if cell in filled else None for cell in cells]
    unit = unit_of_header(name)
    units = [cell_unit or unit for cell_unit in own]
    return FigureColumn(name, tuple(numbers), tuple(units), money, mark == ",")


def currency_in(text: str) -> str:
    """The currency that a text is or names, as one code for all its signs; empty for none."""
    match = _CODE.search(text)
    return _canonical(match[0]) if match else ""


def unit_of_header(name: str) -> str:
    """ "EUR" of "Cost EUR", "kg" of "Honey in kg", "kWh" of "kWh"; empty when it names none."""
    if currency := currency_in(name):
        return currency
    match = _UNIT.search(name)
    unit = (match["inside"] or match["after"]) if match else name
    return unit.strip() if match or fold(name.strip()) in _UNITS else ""


def _tells_apart(name: str) -> bool:
    return bool(_OF_NAMES & set(words(name)))


def _unit_of(cell: str) -> str:
    match = _CELL.fullmatch(cell.strip())
    return _canonical(match["before"] or match["after"] or "") if match else ""


def _canonical(unit: str) -> str:
    return _SIGNS.get(unit.casefold(), unit)


def _number_in(cell: str) -> str:
    match = _CELL.fullmatch(cell.strip())
    return _plain(match["number"]) if match else ""


def _plain(number: str) -> str:
    return re.sub(r"[ \u00a0\u202f]", " ", number.strip()).replace("’", "'")


def _is_number(number: str) -> bool:
    plain = _plain(number)
    return bool(_GROUPED.fullmatch(plain) or _SIMPLE.fullmatch(plain))


def _decimal_mark(numbers: Iterable[str], money: bool) -> str | None:
    """The mark before decimals, as all numbers of the column together tell it."""
    told: set[str] = set()
    either: set[str] = set()
    for number in numbers:
        marks = re.findall(r"[.,]", number)
        if _EITHER.fullmatch(number):
            either.add(marks[0])
        elif len(set(marks)) == 2 or len(marks) == 1:
            told.add(marks[-1])
        elif marks:
            told.add("," if marks[0] == "." else ".")
    if not told and len(either) == 1:
        # 1,250 is seldom less than two; 1.250 may be, unless it is money.
        told = {"."} if either == {","} else {","} if money else set()
        return next(iter(told), None)
    return (next(iter(told)) if told else ".") if len(told) < 2 and not len(either) > 1 else None


def _read(cell: str, mark: str) -> Decimal:
    match = _CELL.fullmatch(cell.strip())
    assert match is not None
    whole, _, decimals = _plain(match["number"]).partition(mark)
    number = Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{decimals or '0'}")
    number = number if decimals else number.quantize(Decimal(1))
    negative = (
        match["sign"] not in (None, "+") or match["inner"] or (match["open"] and match["close"])
    )
    return -number if negative else number


def _places_of(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
