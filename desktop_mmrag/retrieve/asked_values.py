"""Sees that a request asks for a mail address, web address, phone number or date, and whether a text holds one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zäé]{0,6}\.?"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(
    r"https?://\S|\bwww\.\w|(?<![@\w.])[\w-]+\.(?:com|org|net|gov|edu|info|eu|de|fr|es|it|uk|io)\b",
    re.I,
)
_PHONE = re.compile(r"(?<![\w.])(?:\+|\(|\d)[\d()\s./-]{5,20}\d(?!\w)")
_DATE = re.compile(
    rf"\b{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}\b"
    r"|(?<!\d)\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)|(?<!\d)\d{1,2}([-/.])\d{1,2}\2\d{4}(?!\d)",
    re.I,
)
_ASKED = (
    (re.compile(r"\be-?mails?\b|\bmail address", re.I), _EMAIL),
    (re.compile(r"\b(?:web\s?sites?|web\s?address(?:es)?|urls?|webseiten?)\b", re.I), _WEB),
    (re.compile(r"\b(?:tele)?(?:phone|fax)(?!\w)|\btelefon\w*", re.I), _PHONE),
    (re.compile(r"\bdates?\b|\bwhen\b|\bdatum\b|\bwann\b", re.I), _DATE),
)


def asked(text: str) -> list[re.Pattern[str]]:
    """What the values look like that the request asks for; empty for most requests."""
    return [value for request, value in _ASKED if request.search(text)]


def holds(text: str, values: Iterable[re.Pattern[str]]) -> bool:
    """Whether the text holds a value of each kind."""
    return all(value.search(text) for value in values)
