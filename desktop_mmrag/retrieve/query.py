"""Understands what a person typed into the one search box: words, "phrases", -not, operators, plain dates and places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop_mmrag.domain import Filters, Medium, Query
from desktop_mmrag.errors import QueryNotUnderstood
from desktop_mmrag.retrieve.dates import find_dates, period_of
from desktop_mmrag.retrieve.stopwords import informative

_KINDS = {
    Medium.PHOTO: "photo photos picture pictures image images pic pics screenshot scan img jpg jpeg png heic"
    " foto fotos bild bilder 照片 相片 图片",
    Medium.NOTE: "note notes text md markdown txt html org notiz notizen 笔记",
    Medium.DOCUMENT: "document documents doc docs pdf pdfs paper dokument dokumente 文档 文件",
    Medium.AUDIO: "audio sound sounds recording recordings music voice mp3 wav aufnahme aufnahmen 录音",
    Medium.VIDEO: "video videos film films movie movies clip mp4 视频 影片",
}
_MEDIUM_OF = {word: medium for medium, words in _KINDS.items() for word in words.split()}
# "photos from last summer" asks for a kind; "photos of receipts" is left to the encoders.
_KINDS_IN_PLAIN_WORDS = _MEDIUM_OF.keys() - {
    "text",
    "html",
    "org",
    "voice",
    "music",
    "film",
    "scan",
}

TOKEN = re.compile(
    r'(?<!\S)(?P<minus>-)?(?:(?P<operator>type|in|before|after|near|camera|rating):(?P<value>"[^"]*"?|\S*)'
    r'|"(?P<phrase>[^"]*)"?'
    r"|(?P<word>\S+))",
    re.I,
)
"""One piece of what was typed: an operator with its value, a phrase, or a word; each with its minus."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_EDGES = re.compile(r"^[^\w#@&+$€£%]+|(?:['’]s)?[^\w#@&+$€£%]*$")
# "... Answer in millions.", "... Round to two decimals.": how to answer, not where it stands.
_HOW_TO_ANSWER = re.compile(
    r"(?<=[?.!,:;])\s*(?:please\s+|directly\s+)?"
    r"(?:answer|format|round|enumerate|express|write|list|reply|respond|give)\b.*$",
    re.I,
)
# "When was the falcon photo taken?": what is asked of a photo stands in no photo.
_PICTURE_WORDS = r"(?:photo(?:graph)?|picture|image|snapshot|pic)s?"
_TAKING = re.compile(
    rf"\b{_PICTURE_WORDS}\b.*\b(?:taken|shot|made)\b|\b(?:take|took|shoot|shot)\b.*\b{_PICTURE_WORDS}\b",
    re.I,
)
_OF_TAKING = re.compile(
    rf"(?:{_PICTURE_WORDS}|photograph\w*|taken?|took|shoot|shot|made|camera)", re.I
)
_PLACE_CUE_ANYWHERE = re.compile(r"\b(?:in|near|at|from|around)\s", re.I)
_PLACE_CUE = re.compile(
    r"(?:\b(?:taken|made|shot)\s+)?\b(?:in|near|at|from|around)\s+(?:the\s+)?$", re.I
)


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    filters: Filters = field(default_factory=Filters)
    pieces: list[str] = field(default_factory=list)
    """Words and phrases for the encoders, in their order."""
    free: list[str] = field(default_factory=list)
    """Words outside quotes."""
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    printable: bool = False


def parse(
    typed: str, now: datetime, known_places: Callable[[], frozenset[str]] = frozenset
) -> Query:
    """The query with its filters: those of operators, and those read out of plain words.

    `known_places` gives the names of places that the library's photos were taken at; it is asked
    only when the words might name one. `guesses` of the result are the plain words that became
    filters; `literally` reads the same request without them.
    Raises QueryNotUnderstood for an operator with a value that it cannot have.
    """
    reading = _operators(typed, now)
    _guess(reading, now, known_places)
    return _query(typed, reading)


def literally(typed: str, now: datetime) -> Query:
    """The query with nothing guessed: plain words stay words. Raises QueryNotUnderstood."""
    return _query(typed, _operators(typed, now))


def _query(typed: str, reading: _Reading) -> Query:
    if not reading.phrases:
        reading.free = _HOW_TO_ANSWER.sub("", " ".join(reading.free)).split() or reading.free
        reading.pieces = reading.free
    words = [bare for word in reading.free if (bare := _EDGES.sub("", word))]
    said = informative([word for word in words if any(map(str.isalnum, word))])
    return Query(
        typed=typed,
        meaning=" ".join(reading.pieces),
        words=without_taking(said, " ".join(reading.free)),
        phrases=tuple(reading.phrases),
        excluded=tuple(reading.excluded),
        filters=reading.filters,
        guesses=tuple(reading.guesses),
        printable=reading.printable,
    )


def without_taking(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The words or stems of a text without those that say a photo was taken, if any are left."""
    if not _TAKING.search(text):
        return words
    return tuple(word for word in words if not _OF_TAKING.fullmatch(word)) or words


# --- operators ------------------------------------------------------------------------


def _operators(typed: str, now: datetime) -> _Reading:
    reading = _Reading()
    for token in TOKEN.finditer(printable(typed)):
        minus = token["minus"] is not None
        if token["operator"]:
            value = token["value"].strip('"').strip()
            if value:
                _apply(reading, token["operator"].lower(), value, minus, now)
            continue
        phrase, word = token["phrase"], token["word"]
        text = (phrase if phrase is not None else word).strip()
        if not any(map(str.isalnum, text)):
            continue
        if minus:
            reading.excluded.append(text if phrase is not None else _EDGES.sub("", text))
            continue
        reading.pieces.append(text)
        (reading.free if phrase is None else reading.phrases).append(text)
    return reading


def printable(typed: str) -> str:
    """Plain quotes, and no control characters, which some keyboards and clipboards leave behind."""
    return "".join(c if c.isprintable() else " " for c in typed.translate(_QUOTES))


def _apply(reading: _Reading, operator: str, value: str, minus: bool, now: datetime) -> None:
    if minus and operator != "type":
        raise QueryNotUnderstood(
            f"-{operator}: is not possible; only words, phrases and kinds can be excluded."
        )
    filters = reading.filters
    match operator:
        case "type":
            media = _media(value)
            chosen = frozenset(Medium) - media if minus else media
            kept = filters.media & chosen if minus and filters.media else filters.media | chosen
            reading.filters = replace(filters, media=kept)
        case "in":
            reading.filters = replace(filters, folders=(*filters.folders, value))
        case "near":
            reading.filters = replace(filters, near=value)
        case "camera":
            reading.filters = replace(filters, camera=value)
        case "rating":
            reading.filters = replace(filters, rating=_stars(value))
        case "after":
            reading.filters = replace(filters, after=_date(operator, value, now))
        case _:
            reading.filters = replace(filters, before=_date(operator, value, now))


def _media(value: str) -> frozenset[Medium]:
    """`type:` takes several kinds with commas between them."""
    kinds = [kind.strip().lower() for kind in value.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in _MEDIUM_OF:
            raise QueryNotUnderstood(
                f"There is no kind “{kind}”.", f"The kinds are {', '.join(Medium)}."
            )
    return frozenset(_MEDIUM_OF[kind] for kind in kinds)


def _stars(value: str) -> int:
    """`rating:4` means four stars and more."""
    if value not in ("1", "2", "3", "4", "5"):
        raise QueryNotUnderstood(
            f"rating:{value} is no number of stars.", "Write rating:1 to rating:5."
        )
    return int(value)


def _date(operator: str, value: str, now: datetime) -> datetime:
    """Both operators mean the start of the period: before:2024 ends with 2023."""
    period = period_of(value, now)
    if period is None or period.start is None:
        raise QueryNotUnderstood(
            f"{operator}:{value} is no date.",
            f"Write {operator}:2024, {operator}:2024-06, {operator}:2024-06-01 or {operator}:yesterday.",
        )
    return period.start


# --- plain language -------------------------------------------------------------------


def _guess(reading: _Reading, now: datetime, known_places: Callable[[], frozenset[str]]) -> None:
    """Turns dates, places and a kind that stand in plain words into filters."""
    text = " ".join(reading.free)
    left = text
    if reading.filters.after is None and reading.filters.before is None:
        left = _guess_dates(reading, left, now)
    if reading.filters.near is None:
        left = _guess_place(reading, left, known_places)
    if not reading.filters.media:
        left = _guess_kind(reading, left)
    if left == text:
        return
    reading.free = left.split()
    reading.pieces = [*reading.free, *reading.phrases]


def _guess_dates(reading: _Reading, text: str, now: datetime) -> str:
    for phrase in find_dates(text, now):
        period, filters = phrase.period, reading.filters
        after = max(filter(None, (filters.after, period.start)), default=None)
        before = min(filter(None, (filters.before, period.end)), default=None)
        if after and before and after >= before:
            continue  # two dates that exclude one another are words
        reading.filters = replace(filters, after=after, before=before)
        reading.guesses.append(text[phrase.start : phrase.end])
        reading.printable |= phrase.printable
    return _without(text, reading.guesses)


def _guess_place(reading: _Reading, text: str, known_places: Callable[[], frozenset[str]]) -> str:
    """The longest known place after "in" or the like; elsewhere a name is a word like others."""
    if not _PLACE_CUE_ANYWHERE.search(text):
        return text
    for start, end, name in _places(text, known_places()):
        if cue := _PLACE_CUE.search(text[:start]):
            phrase = text[cue.start() : end]
            reading.filters = replace(reading.filters, near=name)
            reading.guesses.append(phrase)
            reading.printable = True
            return _without(text, [phrase])
    return text


def _places(text: str, known: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Known places that occur in the text as whole words, the longest name first."""
    lowered = text.lower()
    for name in sorted(known, key=lambda name: (-len(name), name)):
        if name and name.lower() in lowered:
            match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)
            if match:
                yield match.start(), match.end(), name


def _guess_kind(reading: _Reading, text: str) -> str:
    """ "photos from last summer": a kind that is all that is left beside other filters."""
    words = [bare.lower() for word in text.split() if (bare := _EDGES.sub("", word))]
    kinds = [word for word in informative(words) if word in _KINDS_IN_PLAIN_WORDS]
    narrowed = reading.guesses or reading.filters != Filters()
    if not narrowed or len(kinds) != 1 or reading.phrases or len(informative(words)) != 1:
        return text
    reading.filters = replace(reading.filters, media=frozenset({_MEDIUM_OF[kinds[0]]}))
    reading.guesses.append(kinds[0])
    return ""


def _without(text: str, phrases: list[str]) -> str:
    for phrase in phrases:
        text = text.replace(phrase, " ", 1)
    return " ".join(text.split())
