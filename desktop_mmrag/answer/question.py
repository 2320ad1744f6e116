"""A question understood: which kind of value it asks for, under which name, and about what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop_mmrag.answer.values import ValueKind, dates_in
from desktop_mmrag.answer.wording import informative, words
from desktop_mmrag.retrieve.query import without_taking


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted, and the words that say of what."""

    text: str
    kind: ValueKind | None
    label: tuple[str, ...]
    """Stems of the noun that is asked for: ("total",), ("phone",)."""
    words: tuple[str, ...]
    """All informative stems."""
    subject: tuple[str, ...]
    """Informative stems that are not the label."""
    dates: frozenset[date]
    """Days that the question names."""
    names: tuple[str, ...] = ()
    """Stems of its proper names and numbers, which hardly have other words for them."""


# Where to look and how to answer are no part of what is asked.
_FILTER = re.compile(
    r"(?<!\S)-?(?:type|in|before|after|near|camera):(?:\"[^\"]*\"?|\S+)", re.IGNORECASE
)
_HOW_TO_ANSWER = re.compile(
    r"(?<=[?.!])\s*(?:please\s+|directly\s+)*"
    r"(?:an?s?wn?s?er|format|round|return|enumerate|express|write|list|reply|respond|give)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_IN_THE_DOCUMENT = re.compile(
    r",?\s*\b(?:in|on|of|from|within|according to)\s+(?:this|the)\s+"
    r"(?:(?:first|second|third|last|cover|front|title)\s+)*(?:document|page|file|pdf|text|article)\b",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """The question without filters, orders on how to answer, and "in this document"."""
    asked = _HOW_TO_ANSWER.sub("", _FILTER.sub("", text).strip())
    asked = _IN_THE_DOCUMENT.sub("", asked).strip()
    return asked if words(asked) else text


def understand(text: str) -> Question:
    """Reads the kind of answer from the question's form and head noun."""
    label_text = _label(text) or _happening(text)
    label = _specific(informative(label_text))
    all_words = without_taking(informative(text), text)
    kind = _kind(text, label_text)
    priced = _ASKED_PRICE if kind is ValueKind.MONEY else frozenset()
    subject = tuple(word for word in all_words if word not in label and word not in priced)
    days = frozenset(dates_in(text))
    # "Who is the CEO of Tesla?": other firms have one too.
    names = tuple(name for name in _names(text) if name not in label)
    return Question(text, kind, label, all_words, subject, days, names)


# A capital inside the sentence, or a figure; years stand on paper in many ways.
_NAME = re.compile(r"(?<=\S\s)[\"“'(]?(?:[A-Z][\w’'-]*|(?!(?:19|20)\d\d\b)\d[\w.,:-]*\w)")


def _names(text: str) -> tuple[str, ...]:
    found = [stem for match in _NAME.finditer(text) for stem in informative(match.group())]
    return tuple(dict.fromkeys(found))


_PREPOSITION = r"\b(?:on|of|from|in|for|at|to|by|dated|with|during|according|that|which|who|do|does|did|is|was|are|were|has|have|had)\b"
# "What was the total on ...", "Which phone number ...", "give me the address of ..."
_HEAD = re.compile(
    r"^\W*(?:(?:and|so|please|then)\s+)*"
    r"(?:(?:what|which|who|whats|what's|what’s)\s*(?:is|was|are|were|'s|’s)?"
    r"|(?:give|tell|show)\s+me|find|look\s+up)\s+"
    rf"(?:(?:the|a|an|my|our|your|his|her|their|exact)\s+)*(?P<noun>.+?)\s*(?:{_PREPOSITION}|[?.,]|$)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow much (?:did|does|do|was|is|were|are|money|has|have|would|will|to)\b"
    r"|\bwhat (?:did|does|do|will|would) .{2,60}\bcosts?\b",
    re.IGNORECASE,
)
_ASKED_PRICE = frozenset(words("cost costs price pay paid charge spend spent money"))
_SPENDING = re.compile(r"\b(?:spen[dt]|pa(?:y|id)|total|bill)\b", re.IGNORECASE)

# The head noun decides before the question word does: "what date" asks for a date.
_NOUN_KINDS: tuple[tuple[ValueKind, str], ...] = (
    (ValueKind.EMAIL, r"e-?mail"),
    (ValueKind.PHONE, r"(?:phone|telephone|tel|mobile|cell|fax|hotline)\b"),
    (ValueKind.ADDRESS, r"(?:street |postal |mailing |home )?address"),
    (ValueKind.PERCENT, r"percent|percentage|proportion|share"),
    (
        ValueKind.CODE,
        r"\b(?:(?:invoice|receipt|document|doc|bill|order|serial|reference|booking|account|tax|gst"
        r"|vat|customer|licen[cs]e|passport|confirmation|flight|part|model|id|registration) "
        r"(?:number|no|id|code))|\b(?:postcode|zip code|iban|code|pin)\b",
    ),
    (ValueKind.DATE, r"\b(?:date|day|year|month|birthday|deadline|century)\b"),
    (ValueKind.TIME, r"\b(?:time|hour)\b"),
    (
        ValueKind.MONEY,
        r"\b(?:(?:sub-?|grand )?total|amount|price|cost|fee|sum|change|discount|balance|rent"
        r"|salary|deposit|tax|gst|vat|bill|fare|tip|budget|cash)\b",
    ),
    (ValueKind.NUMBER, r"\b(?:number|quantity|count|size|weight|height|length|age|population)\b"),
    (
        ValueKind.PERSON,
        r"\b(?:person|name|author|owner|teacher|cashier|doctor|president|king|queen)\b",
    ),
    (ValueKind.PLACE, r"\b(?:city|town|country|place|location|state|region|village)\b"),
)
# "When does the train leave?" asks for a time that stands beside "Departure".
_WHEN = re.compile(
    r"\bwhen (?:do|does|will|is|are)\b.*\b"
    r"(?P<verb>leav\w+|depart\w*|arriv\w+|begin\w*|start\w*|open\w*|clos\w+|end\w*|board\w*)\b",
    re.IGNORECASE,
)
_FORM_KINDS: tuple[tuple[ValueKind, str], ...] = (
    (ValueKind.TIME, rf"\b(?:at what time|what time)\b|{_WHEN.pattern}"),
    (ValueKind.DATE, r"\bwhen\b|\b(?:in|on) (?:what|which) (?:year|date|day|month)\b"),
    (ValueKind.NUMBER, r"\bhow (?:many|old|long|far|tall|large|big|often|heavy|high|wide|deep)\b"),
    (ValueKind.NUMBER, r"\bhow much\b"),
    (ValueKind.PLACE, r"\bwhere\b"),
    (ValueKind.PERSON, r"\bwho(?:se|m)?\b"),
)


_GENERIC = frozenset(words("number amount value figure sum exact name date"))


def _label(text: str) -> str:
    if _HOW_MUCH.search(text):
        # What one paid or spent stands on paper as its total.
        return "total" if _SPENDING.search(text) else "price"
    head = _HEAD.search(text)
    noun = head["noun"] if head else ""
    return noun if len(words(noun)) <= 4 else ""


def _happening(text: str) -> str:
    found = _WHEN.search(text)
    return found["verb"] if found else ""


def _specific(label: tuple[str, ...]) -> tuple[str, ...]:
    """A "phone number" stands on paper as "Phone", a "total amount" as "Total"."""
    return tuple(word for word in label if word not in _GENERIC) or label


def _kind(text: str, label: str) -> ValueKind | None:
    if _HOW_MUCH.search(text):
        return ValueKind.MONEY
    for kind, pattern in _NOUN_KINDS:
        if re.search(pattern, label, re.IGNORECASE):
            return kind
    for kind, pattern in _FORM_KINDS:
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return None
