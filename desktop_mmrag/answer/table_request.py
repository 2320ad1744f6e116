"""Questions about the figures of one table: the highest, the lowest, the sum or the average of some of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_mmrag.answer.question import bare
from desktop_mmrag.answer.wording import informative, words
from desktop_mmrag.retrieve.dates import find_dates
from desktop_mmrag.retrieve.moments import moments
from desktop_mmrag.retrieve.periods import Period


class Figure(StrEnum):
    """What is worked out from the rows."""

    HIGHEST = "highest"
    LOWEST = "lowest"
    SUM = "sum"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """What is worked out, and the words that say of which rows."""

    figure: Figure
    words: tuple[str, ...]
    """Stems that a table must hold, without those of time."""
    hints: tuple[str, ...]
    """All stems, also such as "cost" that a table need not hold."""
    noun: tuple[str, ...]
    """Two stems after "which" and "what"; "who", "where" and "when" stand for themselves."""
    money: bool
    """Whether amounts of money are meant."""
    summed: bool
    """Whether "most" means the most in all: what one spends comes in many rows."""
    time: Period | None
    time_words: tuple[str, ...]
    sought: str
    """The question without its time, which is that of rows and not of files."""


_RANKED = {
    Figure.HIGHEST: r"highest|largest|biggest|greatest|maximum|max|dearest|costliest|priciest"
    r"|(?<!\bat )most(?! recent)",
    Figure.LOWEST: r"lowest|smallest|cheapest|minimum|min|fewest|(?<!\bat )least",
    Figure.AVERAGE: r"averages?|averaged|mean(?=\s+(?:of|cost|price|amount|value))",
}
_SPENDING = r"spen[dt]|pa(?:y|id)"
_ADDED = re.compile(
    rf"\b(?:how much|what)\s+(?:money\s+)?(?:did|do|have|has|had|was|were|is)\b.*\b(?:{_SPENDING})\b"
    r"|\bwhat\s+(?:was|were|is|are)\s+(?:(?:the|my|our)\s+)?(?:\w+\s+)?(?:spending|expenses|expenditures?)\b"
    r"|\b(?:total|totals|sum of|altogether|all together|in all|overall|combined|add(?:ed)? up)\b",
    re.IGNORECASE,
)
# What narrows, compares or supposes cannot be told by words that rows hold.
_BEYOND = re.compile(
    r"\b(?:not|no|never|none|except\w*|without|besides|but|or|than|per|each|every|if|would|will"
    r"|should|versus|vs|over|under|above|below|difference|compared?|how (?:often|many times)"
    r"|a (?:day|week|month|year))\b|\w+n['’]t\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"\b(?:{_SPENDING}|spending|money|costs?|costliest|prices?|priciest|expensive|dearest|cheap\w*|expenses?"
    r"|expenditures?|purchases?|bills?|fees?)\b",
    re.IGNORECASE,
)
_SUMMED = re.compile(rf"\b(?:{_SPENDING}|totals?|altogether|in all|overall)\b", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?:which|what)\s+(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?)|\b(?P<pro>who|where|when)\b", re.I
)
_OF_FIGURES = frozenset(
    words(
        "highest largest biggest greatest maximum max dearest costliest priciest most lowest smallest"
        " cheapest minimum min fewest least average averages averaged mean total totals sum altogether"
        " together overall combined add added up all expensive cheap cost costs price prices spend"
        " spent spending pay paid money amount amounts value values expense expenses expenditure"
        " expenditures purchase purchases buy bought bill bills fee fees thing things item items entry"
        " entries row rows position table sheet list file spreadsheet whole single much many"
        " please tell who where when which what"
    )
)


def read_figure_request(question: str, now: datetime) -> FigureRequest | None:
    """None for a question that nothing is to be worked out for, or more than one thing."""
    text = bare(question)
    figure = _figure(text)
    phrases = find_dates(text, now)
    if figure is None or len(phrases) > 1 or _BEYOND.search(text):
        return None
    # "Spending 2026" names a year without saying "in".
    spans = [(p.start, p.end, p.period) for p in phrases]
    spans = spans or [(m.start, m.end, m.period) for m in moments(text, now)]
    if len(spans) > 1:
        return None
    start, end, period = spans[0] if spans else (len(text), len(text), None)
    rest = f"{text[:start]} {text[end:]}"
    return FigureRequest(
        figure,
        tuple(word for word in informative(rest) if word not in _OF_FIGURES),
        informative(rest),
        _noun(text),
        _MONEY.search(text) is not None,
        _SUMMED.search(text) is not None,
        period,
        informative(text[start:end]),
        rest,
    )


def _figure(text: str) -> Figure | None:
    named = [
        figure
        for figure, pattern in _RANKED.items()
        if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    ]
    if named:
        return named[0] if len(named) == 1 else None
    return Figure.SUM if _ADDED.search(text) else None


def _noun(text: str) -> tuple[str, ...]:
    found = _NOUN.search(text)
    return tuple(words(found["noun"] or found["pro"])) if found else ()
