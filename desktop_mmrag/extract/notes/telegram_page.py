"""Telegram's exported chats as web pages: a thousand messages each, the way people read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Tag

from desktop_mmrag.extract.notes.chat import Chat, Message

# "05.03.2021 10:10:00 UTC+01:00"; older exports leave out the zone.
_MOMENT, _MOMENT_LENGTH = "%d.%m.%Y %H:%M:%S", 19


def read(text: str) -> tuple[Chat, ...]:
    """The chat of one page. Raises ValueError when no message is on it."""
    soup = BeautifulSoup(text, "html.parser")
    title = soup.select_one(".page_header .text")
    name = _words(title) if title else ""
    messages = tuple(_messages(soup, name))
    if not messages:
        raise ValueError("no message is in it")
    return (Chat(name or None, messages),)


def _messages(soup: BeautifulSoup, chat_name: str) -> Iterator[Message]:
    # Of several messages one after the other only the first says who wrote them.
    sender = chat_name
    for shown in soup.select("div.message.default"):
        body = _child(shown, "body")
        sent_at = _sent_at(body) if body else None
        if body is None or sent_at is None:
            continue
        named = _child(body, "from_name")
        sender = _words(named) if named else sender
        if message := _message(sender, sent_at, body):
            yield message


def _message(sender: str, sent_at: datetime, body: Tag) -> Message | None:
    parts = [body, *body.select(":scope > div.forwarded.body")]
    words = " ".join(_words(text) for part in parts if (text := _child(part, "text")))
    files = tuple(dict.fromkeys(path for part in parts for path in _files(part)))
    return Message(sender or "?", sent_at, words, files[:1]) if words or files else None


def _files(part: Tag) -> Iterator[str]:
    """What was sent along: the picture itself, not the small one that the page shows."""
    media = _child(part, "media_wrap")
    for link in media.find_all("a", href=True) if media else ():
        target = str(link["href"])
        if ":" not in target.partition("/")[0] and not target.startswith(("#", "//")):
            yield unquote(target)


def _sent_at(body: Tag) -> datetime | None:
    date = _child(body, "date")
    try:
        return datetime.strptime(str(date["title"])[:_MOMENT_LENGTH], _MOMENT) if date else None
    except (KeyError, ValueError):
        return None


def _child(tag: Tag, name: str) -> Tag | None:
    found = tag.find("div", class_=name, recursive=False)
    return found if isinstance(found, Tag) else None


def _words(tag: Tag) -> str:
    """One line, without the date that follows a name."""
    for end in tag.find_all("br"):
        end.replace_with("\n")
    for date in tag.find_all("span", class_="date"):
        date.extract()
    return " ".join(tag.get_text().split())
