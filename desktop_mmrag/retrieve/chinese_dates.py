"""The expressions that name a stretch of time in Chinese: 2023年5月, 去年, 5月3日, 上个月, 2020年以前."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from desktop_mmrag.retrieve.periods import Period, back, of_day, of_month, of_year, whole

_Reader = Callable[[re.Match[str], datetime], Period | None]


def _expression(
    pattern: str, read: _Reader, *, printable: bool
) -> tuple[re.Pattern[str], _Reader, bool, bool]:
    """Written without spaces; 在 and 的 around it tie it to its words."""
    sides = "(?P<side>之前|以前|之后|以后|以来)?"
    return re.compile(rf"在?(?:{pattern}){sides}(?:拍摄?)?的?"), read, True, printable


def _date(match: re.Match[str], now: datetime) -> Period:
    said = match.groupdict()
    month, day = said["month"], said["day"]
    year = int(said.get("year") or now.year - _YEARS_BACK.get(said.get("back") or "", 0))
    if not month:
        return _on_its_side(match, of_year(year))
    named = said.get("year") or said.get("back")
    if not named and int(month) > now.month:
        year -= 1
    period = of_day(year, int(month), int(day)) if day else of_month(year, int(month))
    return _on_its_side(match, period)


def _near(match: re.Match[str], now: datetime) -> Period:
    unit, ago = _SPANS[match["span"]]
    return _on_its_side(match, whole(unit, back(ago, unit, now)))


def _on_its_side(match: re.Match[str], period: Period) -> Period:
    match match["side"]:
        case "之前" | "以前":
            return Period(None, period.start)
        case "之后" | "以后" | "以来":
            return Period(period.start, None)
    return period


_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}
_SPANS = {
    "今天": ("day", 0),
    "昨天": ("day", 1),
    "前天": ("day", 2),
    "这周": ("week", 0),
    "本周": ("week", 0),
    "上周": ("week", 1),
    "这个月": ("month", 0),
    "本月": ("month", 0),
    "上个月": ("month", 1),
    "上月": ("month", 1),
}
_YEAR = r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)\s*年|(?P<back>今年|去年|前年))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])\s*月份?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]"

CHINESE = [
    _expression(rf"{_YEAR}(?:\s*{_MONTH}(?:\s*{_DAY})?)?", _date, printable=True),
    _expression(rf"(?<!\d){_MONTH}\s*{_DAY}", _date, printable=True),
    _expression(rf"(?P<span>{'|'.join(_SPANS)})", _near, printable=False),
]
"""Pattern, reader, whether it is a date without a preposition, whether it may stand on a page."""
