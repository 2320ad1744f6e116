"""Telegram's exported chats: the JSON of one chat, or of a whole account."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from desktop_mmrag.extract.notes.chat import Chat, Message

_FILES = ("photo", "file", "thumbnail")


def read(text: str) -> tuple[Chat, ...]:
    """The chats with at least one message. Raises ValueError for JSON that is broken or another."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise ValueError("it breaks off, or was changed") from problem
    chats = tuple(chat for one in _exported(data) if (chat := _chat(one)).messages)
    if not chats:
        raise ValueError("no message is in it")
    return chats


def _exported(data: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(data, dict):
        return
    if isinstance(data.get("messages"), list):
        yield data
    for group in ("chats", "left_chats"):
        listed = data.get(group)
        chats = listed.get("list") if isinstance(listed, dict) else None
        yield from (one for one in chats or () if isinstance(one, dict))


def _chat(exported: Mapping[str, Any]) -> Chat:
    name = exported.get("name")
    if exported.get("type") == "saved_messages":
        name = "yourself"
    sent = exported.get("messages")
    messages = (_message(one) for one in sent if isinstance(one, dict)) if sent else ()
    return Chat(_text(name) or None, tuple(message for message in messages if message))


def _message(sent: Mapping[str, Any]) -> Message | None:
    try:
        sent_at = datetime.fromisoformat(str(sent["date"])).replace(tzinfo=None)
    except (KeyError, ValueError):
        return None
    sender = _text(sent.get("from")) or _text(sent.get("forwarded_from"))
    words = _text(sent.get("text"))
    # What was left out of the export stands there as "(File not included ...)".
    files = tuple(
        dict.fromkeys(
            path for name in _FILES if (path := _text(sent.get(name))) and not path.startswith("(")
        )
    )
    if not sender or not (words or files):
        return None
    return Message(sender, sent_at, words, files[:1])


def _text(value: Any) -> str:
    """A string, or the pieces of a formatted one."""
    if isinstance(value, list):
        return "".join(_piece(one) for one in value).strip()
    return _piece(value).strip()


def _piece(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, str) else ""
