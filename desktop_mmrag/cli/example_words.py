"""Reads what is typed for an example: FILE, FILE#page=3, FILE#box=0,0,0.5,1, FILE#t=12.5, with =WEIGHT after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from desktop_mmrag.domain import Box, Locator, Page, TextSpan, Whole
from desktop_mmrag.errors import QueryNotUnderstood
from desktop_mmrag.examples import Given, moment

_WEIGHT = re.compile(r"(?P<rest>.+)=(?P<weight>\d+(?:\.\d+)?|\.\d+)$")
_PART = re.compile(r"(?P<name>page|box|t|char)=(?P<value>[\d.,]+)")
_HOW = "Write FILE#page=3, FILE#box=0.1,0.2,0.5,0.9, FILE#t=12.5 or FILE#t=10,20, FILE#char=0,300."


def file_of(typed: str, weight: float = 1.0) -> Given:
    """A file, maybe a part of it, maybe with a weight that `weight` is multiplied by.

    A file that has such a name is that file. Raises QueryNotUnderstood.
    """
    if Path(typed).exists():
        return Given(Path(typed), weight=weight)
    if (found := _WEIGHT.fullmatch(typed)) and not _is_value_of_part(found["rest"]):
        typed, weight = found["rest"], weight * float(found["weight"])
    path, mark, part = typed.rpartition("#")
    if not mark or Path(typed).exists() or "=" not in part:
        return Given(Path(typed), weight=weight)
    return Given(Path(path), _part(part), weight)


def words_or_file(typed: str, weight: float) -> Given:
    """A file where there is one, else words."""
    given = file_of(typed, weight)
    if isinstance(given.shown, Path) and (given.shown.exists() or given.part != Whole()):
        return given
    return Given(typed, weight=weight)


def _is_value_of_part(rest: str) -> bool:
    """Whether what precedes the last "=" ends in a part's name, so that a place follows."""
    return re.search(r"[#&](?:page|box|t|char)$", rest) is not None


def _part(typed: str) -> Locator:
    named: dict[str, list[float]] = {}
    for piece in typed.split("&"):
        found = _PART.fullmatch(piece)
        if found is None:
            raise QueryNotUnderstood(f"“{piece}” is no part of a file.", _HOW)
        try:
            named[found["name"]] = [float(number) for number in found["value"].split(",")]
        except ValueError as problem:
            raise QueryNotUnderstood(f"“{piece}” holds no number.", _HOW) from problem
    try:
        return _located(named)
    except (TypeError, KeyError) as problem:
        raise QueryNotUnderstood(f"“{typed}” is no part of a file.", _HOW) from problem


def _located(named: dict[str, list[float]]) -> Locator:
    """Raises TypeError for too many or too few numbers, KeyError for parts that do not go together."""
    page = _page(named.pop("page")) if "page" in named else None
    if not named and page is not None:
        return Page(page)
    ((name, numbers),) = list(named.items())[:1] or [("", [])]
    if len(named) != 1 or (page is not None and name != "box"):
        raise KeyError(name)
    makers: dict[str, Callable[..., Locator]] = {
        "box": lambda x0, y0, x1, y1: _box(x0, y0, x1, y1, page),
        "t": moment,
        "char": lambda start, end: TextSpan(int(start), int(end)),
    }
    return makers[name](*numbers)


def _page(numbers: list[float]) -> int:
    if len(numbers) != 1 or numbers[0] < 1 or numbers[0] != int(numbers[0]):
        raise QueryNotUnderstood("Pages count from 1.", _HOW)
    return int(numbers[0])


def _box(x0: float, y0: float, x1: float, y1: float, page: int | None) -> Box:
    if not (0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1):
        raise QueryNotUnderstood(
            "A box is left, top, right, bottom as fractions of width and height.", _HOW
        )
    return Box(x0, y0, x1, y1, page)
