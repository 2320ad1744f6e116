"""An exported chat as a note: a heading for each day, a line for each message, its pictures shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.notes.prose import Prose, ProseBuilder

_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Message:
    """What one person wrote or sent at one moment."""

    sender: str
    sent_at: datetime
    words: str
    files: tuple[str, ...] = ()
    """Paths of what was sent along, relative to the export."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Messages in the order they were sent; `name` is who or what the chat is with."""

    name: str | None
    messages: tuple[Message, ...]


def as_prose(chats: tuple[Chat, ...]) -> Prose:
    """A note of one or several chats."""
    builder = ProseBuilder()
    for chat in chats:
        _add(builder, chat)
    return builder.build(_facts(chats))


def title_of(chat: Chat) -> str:
    """ "Chat with Anna"; without a name, those of the people in it."""
    people = list(Counter(message.sender for message in chat.messages))
    return f"Chat with {chat.name or ', '.join(people[:_MOST_NAMES]) or 'nobody'}"


def _add(builder: ProseBuilder, chat: Chat) -> None:
    builder.heading(1, title_of(chat))
    day = None
    for message in chat.messages:
        if message.sent_at.date() != day:
            day = message.sent_at.date()
            builder.heading(2, f"{day:%A} {day.day} {day:%B %Y}")
        # A line each: where passages are cut, they are cut between messages.
        said = " ".join(message.words.split())
        builder.add(f"{message.sender} ({message.sent_at:%H:%M}): {said}".rstrip())
        for file in message.files:
            builder.add(" ")
            builder.picture(file, file)
        builder.line_end()


def _facts(chats: tuple[Chat, ...]) -> Facts:
    messages = [message for chat in chats for message in chat.messages]
    people = Counter(message.sender for message in messages)
    return Facts(
        taken_at=max((message.sent_at for message in messages), default=None),
        title=title_of(chats[0]) if len(chats) == 1 else None,
        keywords=tuple(name for name, _ in people.most_common(_MOST_NAMES)),
    )
