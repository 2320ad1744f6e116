"""WhatsApp's exported chats: lines of date, time, sender and words, in every country's fashion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from desktop_mmrag.extract.notes.chat import Chat, Message
from desktop_mmrag.extract.signs import EXPORT_NAME, INVISIBLE, OPENING, SENDER

# "<attached: 00000012-PHOTO-2019-07-14.jpg>" and "IMG-20190714-WA0003.jpg (file attached)".
_ATTACHED = (
    re.compile(r"<[^<>:]{2,30}:\s*(?P<file>[^<>/\\]{1,200}\.\w{2,5})>"),
    re.compile(r"^(?P<file>[^\n/\\]{1,200}\.\w{2,5})\s\([^()\n]{3,40}\)$", re.MULTILINE),
)
_AFTERNOON = ("p", "P", "下午", "午後")
_NAMED = re.compile(
    r"(?i)^(whatsapp[ -]chat|chat de whatsapp|conversa do whatsapp|chat whatsapp|discussion whatsapp|"
    r"whatsapp)\s*(?:(?:with|mit|con|com|avec|met|med|-)\s+)?(?P<name>.*)$"
)


def read(text: str, path: Path) -> Chat:
    """The chat that a file holds. Raises ValueError when no line opens a message."""
    raw = list(_raw_messages(INVISIBLE.sub("", text)))
    if not raw:
        raise ValueError("no message in it has a date")
    day_first = _day_comes_first([one.opening for one in raw])
    messages = tuple(message for one in raw if (message := _message(one, day_first)) is not None)
    return Chat(chat_name(path), messages)


def chat_name(path: Path) -> str | None:
    """Who the chat is with: "WhatsApp Chat with Anna.txt", or "WhatsApp Chat - Anna/_chat.txt"."""
    stem = path.stem if not path.stem.endswith(EXPORT_NAME) else path.parent.name
    named = _NAMED.match(stem.replace("_", " ").strip())
    name = named["name"].strip(" -") if named else ""
    return name or None


@dataclass(slots=True)
class _Raw:
    opening: re.Match[str]
    lines: list[str] = field(default_factory=list)


def _raw_messages(text: str) -> Iterator[_Raw]:
    current: _Raw | None = None
    for line in text.split("\n"):
        opening = OPENING.match(line)
        if opening is not None:
            if current is not None:
                yield current
            current = _Raw(opening, [opening["rest"]])
        elif current is not None:
            current.lines.append(line)
    if current is not None:
        yield current


def _day_comes_first(openings: Sequence[re.Match[str]]) -> bool:
    """14/7 or 7/14: the reading in which the messages follow one another, for they do."""
    if any(len(opening["one"]) == 4 for opening in openings):
        return False
    faults = {first: _faults(openings, first) for first in (True, False)}
    if faults[True] != faults[False]:
        return faults[True] < faults[False]
    # Clocks of twelve hours and slashes are American.
    american = any(opening["half"] for opening in openings) and openings[0]["mark"] == "/"
    return not american


def _faults(openings: Sequence[re.Match[str]], day_first: bool) -> int:
    moments = [_moment(opening, day_first) for opening in openings]
    known = [moment for moment in moments if moment is not None]
    back = sum(1 for one, other in pairwise(known) if other < one)
    return back + len(moments) - len(known)


def _moment(opening: re.Match[str], day_first: bool) -> datetime | None:
    one, two, three = (int(opening[name]) for name in ("one", "two", "three"))
    if len(opening["one"]) == 4:
        year, month, day = one, two, three
    else:
        day, month = (one, two) if day_first else (two, one)
        year = three if three >= 100 else 2000 + three
    hour = int(opening["hour"])
    if half := opening["half"] or opening["part"]:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    try:
        return datetime(year, month, day, hour, int(opening["minute"]), int(opening["second"] or 0))
    except ValueError:
        return None


def _message(raw: _Raw, day_first: bool) -> Message | None:
    sent_at = _moment(raw.opening, day_first)
    whole = "\n".join(raw.lines).strip()
    said = SENDER.match(whole)
    if sent_at is None or said is None:
        # "Messages are encrypted", "Anna left": the program's words, nobody's.
        return None
    words, files = said["words"].strip(), []
    for pattern in _ATTACHED:
        files += [found["file"].strip() for found in pattern.finditer(words)]
        words = pattern.sub("", words).strip()
    return Message(said["sender"].strip(), sent_at, words, tuple(files))
