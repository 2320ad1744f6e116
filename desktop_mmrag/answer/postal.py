"""Postal addresses in lines of text, as letterheads, bills and contact notes carry them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_mmrag.answer.sources import Statement, statement_over

_STREET = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|square|court|highway|hwy"
    r"|way|close|crescent|terrace|suite|floor|unit|level|block|lot|jalan|jln|lorong|taman|tmn"
    r"|bandar|kampung|kg|persiaran|lebuh\w*|kawasan|medan|plaza|rue|calle|avenida|via|platz|allee|gate|vei|gata"
    r"|p\.?\s?o\.?\s?box)\b|(?:straße|strasse|gasse|veien|gaten|gatan|weg)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"^\W*(?:no\b|lot\b|unit\b|#)?[\s.:]*[a-z]{0,2}-?\d+\w*", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![\d.-])\d{4,6}(?![\d.:/-])|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b")
# Lines that name something else: phone, tax and registration numbers, dates, sums.
_OTHER = re.compile(
    r"\b(?:tel|phone|fax|gst|vat|tax|invoice|receipt|inv|date|time|cashier|reg|e-?mail|www|http\w*"
    r"|id|qty|total|cash|sales|owned|thank|welcome|member|hotline|bill|order|table|co\.?\s?no|bhd|ltd|inc|gmbh)\b|@|\d[.,]\d{2}\b|\d:\d\d|\d+/\d+/\d+"
    r"|^\W*\(?[\w-]*\d{5,}[\w-]*\)?\W*$",
    re.IGNORECASE,
)
_REGION = re.compile(r"[^\W\d_]+\.?(?:[\s,]+[^\W\d_]+\.?){0,3}")
_MOST_LINES = 5
_LETTERHEAD = 8


def first_address(lines: Sequence[Statement]) -> Statement | None:
    """The first address: street or house number, then lines up to the post code, town and region.

    None when no run of lines looks like one: after the street or house number it needs a post
    code, a second street word, or a second line within a letterhead.
    """
    for position, line in enumerate(lines):
        if not _opens(line.text):
            continue
        run = _run(lines, position)
        strong = sum(len(_STREET.findall(part.text)) for part in run)
        letterhead = position < _LETTERHEAD and len(run) >= 2
        if strong >= 2 or letterhead or any(_POSTCODE.search(part.text) for part in run):
            return statement_over(run[0], run[-1], " ".join(part.text for part in run))
    return None


def _opens(text: str) -> bool:
    if _OTHER.search(text):
        return False
    street = bool(_STREET.search(text))
    return (
        (street and any(map(str.isdigit, text)))
        or (street and "," in text)
        or (bool(_HOUSE.match(text)) and text.count(",") >= 1)
    )


def _run(lines: Sequence[Statement], start: int) -> list[Statement]:
    run = [lines[start]]
    for line in lines[start + 1 : start + _MOST_LINES]:
        if not _goes_on(run[-1].text, line.text):
            break
        run.append(line)
    return run


def _goes_on(before: str, text: str) -> bool:
    if _OTHER.search(text) or len(text) < 3:
        return False
    if before.rstrip().endswith((",", "/")):
        return True
    if _STREET.search(text) or (_POSTCODE.search(text) and re.search(r"[A-Za-z]{3}", text)):
        return True
    # Below post code and town may stand a region or a country.
    return bool(_POSTCODE.search(before) and _REGION.fullmatch(text))
