"""The expressions that name a stretch of time, English, German or Chinese: "last summer", "3. Mai 2020", "two weeks ago".

Seasons are the meteorological ones of the northern hemisphere; 03/04/2019 is read day first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_mmrag.retrieve.chinese_dates import CHINESE
from desktop_mmrag.retrieve.periods import (
    Period,
    back,
    midnight,
    of_day,
    of_month,
    of_week,
    of_year,
    whole,
)

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONATE = "januar jänner februar märz maerz mai juni juli oktober dezember mär mrz okt dez"
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_TAGE = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASONS |= {"frühling": 3, "frühjahr": 3, "sommer": 6, "herbst": 9}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3}
_ZAHLEN = "einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
_NUMBERS |= {word: number for number, word in enumerate(_ZAHLEN.split(), start=1)} | {"einem": 1}
_UNITS_IN_GERMAN = {"tag": "day", "woche": "week", "monat": "month", "jahr": "year"}
_UNITS_IN_GERMAN["wochenende"] = "weekend"

_MONTH = (
    "(?P<month>"
    + "|".join(_MONATE.split())
    + "|"
    + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS)
    + r"|sept)\.?"
)
# German names whose first letters are not those of the English one.
_MONTH_OF = {"jän": 1, "mär": 3, "mae": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?{_YEAR})"
_SEASON = "(?P<season>" + "|".join(_SEASONS) + ")"
_LAST = r"(?:last|past|(?:letzt|vergangen|vorig)e[nrsm]?)"
_THIS = r"(?:this|diese[nrsm]?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_CHRISTMAS = "(?:christmas|xmas|weihnachten)"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_EINHEIT = r"(?P<unit>tag|woche|monat|jahr)(?:e?n|e)?"


@dataclass(frozen=True, slots=True)
class Moment:
    """An expression in characters [start, end) of a text.

    `alone`: a date even without a preposition. `printable`: may as well be words on a page.
    """

    start: int
    end: int
    period: Period
    alone: bool
    printable: bool


_Reader = Callable[[re.Match[str], datetime], Period | None]


def moments(text: str, now: datetime) -> Iterator[Moment]:
    """Every expression that names a stretch of time; the most specific reading wins."""
    taken: list[tuple[int, int]] = []
    for pattern, read, alone, printable in _EXPRESSIONS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            try:
                period = read(match, now)
            except (ValueError, OverflowError):  # 31 February, 5,000 years ago
                continue
            if period is not None:
                taken.append((start, end))
                yield Moment(start, end, period, alone, printable)


def _month_number(match: re.Match[str]) -> int:
    short = match["month"][:3].lower()
    return _MONTH_OF.get(short) or next(
        n for n, name in enumerate(MONTHS, start=1) if name.startswith(short)
    )


def _given(match: re.Match[str], name: str) -> str:
    """What a group caught; empty when it caught nothing or the expression has no such group."""
    return match.groupdict().get(name) or ""


def _numeric_day(match: re.Match[str], now: datetime) -> Period:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    return of_day(year, second, first) if second <= 12 else of_day(year, first, second)


def _year_first(match: re.Match[str], now: datetime) -> Period:
    year, month, day = int(match["year"]), int(match["number"]), match["day"]
    return of_day(year, month, int(day)) if day else of_month(year, month)


def _named_day(match: re.Match[str], now: datetime) -> Period:
    return of_day(int(match["year"]), _month_number(match), int(match["day"]))


def _is_this(which: str) -> bool:
    return which.lower().startswith(("this", "diese"))


def _unit(word: str) -> str:
    return _UNITS_IN_GERMAN.get(word.lower(), word.lower())


def _named_month(match: re.Match[str], now: datetime) -> Period | None:
    month, year, which = _month_number(match), _given(match, "year"), _given(match, "which")
    if year:
        return of_month(int(year), month)
    if not which and match["month"] == "may":
        return None  # nearly always the verb
    started = now.year if month <= now.month else now.year - 1
    # "last March", said in March, is the one a year ago.
    again = bool(which) and not _is_this(which) and month == now.month
    return of_month(started - again, month)


def _season(match: re.Match[str], now: datetime) -> Period | None:
    month = _SEASONS[match["season"].lower()]
    year, which = _given(match, "year"), _given(match, "which")
    if year:
        return of_month(int(year), month, 3)
    if not which:
        return None
    latest = of_month(now.year, month, 3)
    if latest.start and latest.start > now:
        latest = of_month(now.year - 1, month, 3)
    ongoing = latest.end is not None and latest.end > now
    if not _is_this(which) and ongoing and latest.start:
        return of_month(latest.start.year - 1, month, 3)
    return latest


def _near_day(match: re.Match[str], now: datetime) -> Period:
    words = match[0].lower()
    if "before" in words or words == "vorgestern":
        back = 2
    else:
        back = 0 if words in ("today", "heute") else 1
    day = midnight(now) - timedelta(days=back)
    return Period(day, day + timedelta(days=1))


def _ago(match: re.Match[str], now: datetime) -> Period:
    """The day, the calendar week, month or year that lies so long ago."""
    unit = _unit(match["unit"])
    return whole(unit, back(_count(match), unit, now))


def _last_count(match: re.Match[str], now: datetime) -> Period:
    """Counted back from today, which is in it."""
    start = midnight(back(_count(match), _unit(match["unit"]), now))
    return Period(start, midnight(now) + timedelta(days=1))


def _count(match: re.Match[str]) -> int:
    words = re.sub(r"\s+", " ", match["count"].lower())
    return int(words) if words.isdigit() else _NUMBERS[words]


def _this_or_last(match: re.Match[str], now: datetime) -> Period:
    unit, ago = _unit(match["span"]), int(not _is_this(match["which"]))
    if unit == "weekend":
        week = of_week(now - timedelta(days=7 * ago))
        assert week.end is not None
        return Period(week.end - timedelta(days=2), week.end)
    return whole(unit, back(ago, unit, now))


def _weekday(match: re.Match[str], now: datetime) -> Period:
    """The most recent one before today."""
    name = match["weekday"].lower()
    wanted = _DAYS.index(name) if name in _DAYS else _TAGE.index(name)
    back = (now.weekday() - wanted - 1) % 7 + 1
    day = midnight(now) - timedelta(days=back)
    return Period(day, day + timedelta(days=1))


def _christmas(match: re.Match[str], now: datetime) -> Period:
    """24 to 26 December, the latest one that has begun unless a year is named."""
    named = _given(match, "year")
    year = int(named) if named else now.year
    if not named and now < datetime(year, 12, 24):
        year -= 1
    return Period(datetime(year, 12, 24), datetime(year, 12, 27))


def _decade(match: re.Match[str], now: datetime) -> Period:
    century = int(match["century"]) if match["century"] else (19 if match["tens"] > "2" else 20)
    return of_year(century * 100 + int(match["tens"]) * 10, 10)


def _plain_year(match: re.Match[str], now: datetime) -> Period:
    return of_year(int(match["year"]))


def _expression(
    pattern: str, read: _Reader, *, alone: bool, printable: bool
) -> tuple[re.Pattern[str], _Reader, bool, bool]:
    return re.compile(rf"(?<![\w/.-])(?:{pattern})(?![\w/]|[.-]\d)", re.I), read, alone, printable


# Most specific first: what one takes, the next cannot.
_EXPRESSIONS = [
    *CHINESE,
    _expression(
        r"(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)" + _YEAR,
        _numeric_day,
        alone=False,
        printable=True,
    ),
    _expression(
        _YEAR + r"[-/.](?P<number>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?",
        _year_first,
        alone=False,
        printable=True,
    ),
    _expression(rf"{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}", _named_day, alone=True, printable=True),
    _expression(rf"{_MONTH}\s+{_DAY}{_OF_YEAR}", _named_day, alone=True, printable=True),
    _expression(
        rf"(?:(?P<which>{_LAST}|{_THIS})\s+)?{_SEASON}{_OF_YEAR}?",
        _season,
        alone=True,
        printable=False,
    ),
    _expression(rf"{_MONTH}{_OF_YEAR}", _named_month, alone=True, printable=True),
    _expression(
        rf"(?P<which>{_LAST}|{_THIS})\s+{_MONTH}", _named_month, alone=True, printable=False
    ),
    _expression(_MONTH, _named_month, alone=False, printable=False),
    _expression(
        r"the\s+day\s+before\s+yesterday|yesterday|today|last\s+night|vorgestern|gestern|heute",
        _near_day,
        alone=True,
        printable=False,
    ),
    _expression(rf"{_COUNT}\s+{_UNIT}\s+ago", _ago, alone=True, printable=False),
    _expression(rf"vor\s+{_COUNT}\s+{_EINHEIT}", _ago, alone=True, printable=False),
    _expression(
        rf"(?:last|past)\s+{_COUNT}\s+{_UNIT}(?<=s)", _last_count, alone=True, printable=False
    ),
    _expression(
        rf"(?P<which>{_THIS}|{_LAST})\s+"
        r"(?P<span>weekend|week|month|year|wochenende|woche|monat|jahr)",
        _this_or_last,
        alone=True,
        printable=False,
    ),
    _expression(
        rf"{_LAST}\s+(?P<weekday>" + "|".join(_DAYS + _TAGE) + ")",
        _weekday,
        alone=True,
        printable=False,
    ),
    _expression(
        r"(?P<weekday>" + "|".join(_DAYS + _TAGE) + ")", _weekday, alone=False, printable=False
    ),
    _expression(rf"{_CHRISTMAS}\s+{_YEAR}", _christmas, alone=True, printable=True),
    _expression(rf"{_LAST}\s+{_CHRISTMAS}", _christmas, alone=True, printable=False),
    _expression(_CHRISTMAS, _christmas, alone=False, printable=False),
    _expression(
        r"(?P<century>19|20)?['’]?(?P<tens>\d)0['’]?s", _decade, alone=False, printable=True
    ),
    _expression(_YEAR, _plain_year, alone=False, printable=True),
]
