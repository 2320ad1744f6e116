"""E-mails and mailboxes: who wrote what to whom and when, without quoted replies; attachments read too."""

from __future__ import annotations

import itertools
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from desktop_mmrag.domain import ExtractRequest, Facts, Part, Segment, Summary
from desktop_mmrag.errors import FileDamaged, FileFailure
from desktop_mmrag.extract.documents import quoted
from desktop_mmrag.extract.documents.body import BodyBuilder, Document, Enclosed, Leaf
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.notes.prose import HEADING_JOIN

Attached = Callable[[ExtractRequest], Iterator[Part | None]]

_LARGEST_MESSAGE = 150_000_000
_MOST_ATTACHMENTS = 100
_DEEPEST = 3
_LONGEST_NAME = 120
_WORDS_AROUND = 80
_MAILBOX_LINE = re.compile(rb"From \S+ .*\d\d:\d\d")
_FIELDS = ("From", "To", "Cc", "Date")


@contextmanager
def opened(
    request: ExtractRequest, mailbox: bool, fits: Callable[[str], bool], attached: Attached
) -> Iterator[Document]:
    """A leaf for each message. Raises FileDamaged when there is none."""
    path = request.path
    with explained(path), path.open("rb") as file:
        reader = _Reader(request, fits, attached)
        raw = _messages(file) if mailbox else iter([_single(file.read(_LARGEST_MESSAGE))])
        first = next(raw, None)
        if first is None or not first.strip():
            raise FileDamaged(f"{path.name} holds no message.")
        leaves = (leaf for data in itertools.chain([first], raw) for leaf in reader.leaves(data))
        yield Document(leaves, reader.facts)


def _single(data: bytes) -> bytes:
    """Apple Mail writes the message's length on a line before it, and its own notes after it."""
    count = re.match(rb"(\d+)[ \t]*\r?\n", data)
    return data[count.end() : count.end() + int(count[1])] if count else data


def _messages(file: Any) -> Iterator[bytes]:
    """The messages of a mailbox: each begins at a "From " line after an empty one (RFC 4155)."""
    lines: list[bytes] = []
    size, empty = 0, True
    for line in file:
        if empty and _MAILBOX_LINE.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size < _LARGEST_MESSAGE:
            lines.append(line[1:] if re.match(rb">+From ", line) else line)
            size += len(line)
        empty = not line.strip()
    if lines:
        yield b"".join(lines)


@dataclass(frozen=True, slots=True)
class _Letter:
    """The head of a message in words."""

    subject: str
    fields: dict[str, str]
    sent: datetime | None


class _Reader:
    """Reads messages one after the other and remembers what is known of the first."""

    def __init__(
        self, request: ExtractRequest, fits: Callable[[str], bool], attached: Attached
    ) -> None:
        self._request = request
        self._fits = fits
        self._attached = attached
        self._count = 0
        self._first: _Letter | None = None

    def leaves(self, data: bytes) -> Iterator[Leaf]:
        """One message, and those that were attached to it."""
        message = BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(data)
        yield from self._leaf(message, (), 0)
        self._count += 1

    def facts(self) -> Facts:
        """Of a message its subject, writer and date; of a mailbox how many it holds."""
        first = self._first
        if self._count > 1 or first is None:
            return Facts(title=self._request.path.stem, pages=self._count or None)
        return Facts(
            title=first.subject or None, author=first.fields.get("From"), taken_at=first.sent
        )

    def _leaf(self, message: EmailMessage, above: tuple[str, ...], depth: int) -> Iterator[Leaf]:
        letter = _letter(message)
        self._first = self._first or letter
        builder = BodyBuilder(self._fits)
        for level, title in enumerate(above, start=1):
            builder.silent_heading(level, title)
        subject = letter.subject or "(no subject)"
        builder.heading(len(above) + 1, subject)
        for name, value in letter.fields.items():
            builder.add(f"{name}: {value}")
            builder.line_end()
        body, pictures = _body(message)
        builder.line_end(2)
        quoted.write(body, builder)
        others = [*itertools.islice(_others(message), _MOST_ATTACHMENTS)]
        names = [name for name in map(_name_of, others) if name]
        if names:
            builder.line_end(2)
            builder.add(f"Attachments: {', '.join(names)}")
        path = (*above, subject)
        files = [part for part in others if part.get_content_type() != "message/rfc822"]
        leaf = builder.leaf(load=pictures.get)
        words = " ".join(leaf.prose.text.split()[:_WORDS_AROUND])
        enclosed = (found for part in files if (found := self._enclosed(part, path, words)))
        yield replace(leaf, enclosed=enclosed)
        for part in others:
            inner = part.get_content() if part.get_content_type() == "message/rfc822" else None
            if isinstance(inner, EmailMessage) and depth < _DEEPEST:
                yield from self._leaf(inner, path, depth + 1)

    def _enclosed(self, part: EmailMessage, above: tuple[str, ...], words: str) -> Enclosed | None:
        data = _content(part)
        name = _name_of(part) or "attachment"
        if not data:
            return None
        heading = HEADING_JOIN.join((*above[-2:], name))
        return Enclosed(heading, self._read(data, name), f"{name}\n{words}")

    def _read(self, data: bytes, name: str) -> Iterator[Segment | Summary | None]:
        """What the file's own reader gives; nothing for a file that cannot be read."""
        with _scratch_file(data, name) as path, suppress(FileFailure), explained(path):
            for part in self._attached(replace(self._request, path=path)):
                if part is None or isinstance(part, Segment | Summary):
                    yield part


@contextmanager
def _scratch_file(data: bytes, name: str) -> Iterator[Path]:
    suffix = re.sub(r"[^\w.]", "", Path(name).suffix)[:16]
    descriptor, path = tempfile.mkstemp(suffix=suffix)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        yield Path(path)
    finally:
        Path(path).unlink(missing_ok=True)


# --- parts of a message ---------------------------------------------------------------


def _letter(message: EmailMessage) -> _Letter:
    fields = {name: text for name in _FIELDS if (text := _field(message, name))}
    sent = None
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        sent = parsedate_to_datetime(_field(message, "Date")).replace(tzinfo=None)
    if sent is not None:
        fields["Date"] = f"{sent.day} {sent:%B} {sent.year} {sent:%H:%M}"
    return _Letter(_field(message, "Subject"), fields, sent)


def _field(message: EmailMessage, name: str) -> str:
    """A header in readable letters; headers of old programs hold bare bytes."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), "")
    bare = raw.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        return " ".join(decode(bare).split())
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # The library's parser of headers stumbles over odd ones.
        return " ".join(raw.split())


def _body(message: EmailMessage) -> tuple[quoted.Body, dict[str, bytes]]:
    """The words of a message, and the pictures its page shows by their names."""
    plain = html = None
    with suppress(Exception):  # Broken structures make the library raise anything.
        plain = message.get_body(("plain",))
        html = message.get_body(("html",))
    text = _text(plain) if plain is not None else ""
    page = _text(html) if html is not None else ""
    pictures = _inline(message) if page else {}
    if text.strip() and not (pictures and page):
        return quoted.Body(text, False), {}
    return quoted.Body(page, True) if page else quoted.Body(text, False), pictures


def _inline(message: EmailMessage) -> dict[str, bytes]:
    """Pictures by their Content-ID as a file name, which the page's addresses are turned into."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        id = str(part.get("Content-ID") or "").strip("<> ")
        if id and part.get_content_maintype() == "image":
            found[quoted.name_of(id)] = _content(part)
    return found


def _others(message: EmailMessage) -> Iterator[EmailMessage]:
    """Attachments; pictures that the text shows are no attachments."""
    if not message.is_multipart():
        return
    for part in message.iter_parts() if message.get_content_type() != "message/rfc822" else ():
        if not isinstance(part, EmailMessage):
            continue
        kind, shown = (
            part.get_content_type(),
            part.get("Content-ID") and part.get_content_maintype() == "image",
        )
        if part.is_multipart() and kind != "message/rfc822":
            yield from _others(part)
        elif part.is_attachment() or kind == "message/rfc822" or (_name_of(part) and not shown):
            yield part


def _name_of(part: EmailMessage) -> str:
    with suppress(Exception):  # As for other headers.
        name = part.get_filename()
        return " ".join(str(name or "").split())[:_LONGEST_NAME]
    return ""


def _content(part: Any) -> bytes:
    with suppress(Exception):  # Unknown transfer encodings.
        data = part.get_payload(decode=True)
        return data if isinstance(data, bytes) else b""
    return b""


def _text(part: Any) -> str:
    """A text part: by the character set it names, else as it looks."""
    data = _content(part)
    named = str(part.get_content_charset() or "")
    if named and named not in ("us-ascii", "unknown-8bit"):
        with suppress(LookupError, UnicodeDecodeError):
            return data.decode(named).replace("\r\n", "\n").replace("\r", "\n")
    return decode(data, html=part.get_content_subtype() == "html")
