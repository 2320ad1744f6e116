"""Tells formats by what stands in their first bytes where no fixed mark begins the file."""

from __future__ import annotations

import re
from pathlib import Path

_TIFF = (b"II*\x00", b"MM\x00*")
# Olympus, Panasonic and Leica, Fujifilm, Sigma, Minolta, and Canon before and after TIFF.
_RAW_MARKS = (
    b"IIRO", b"IIRS", b"MMOR", b"IIU\x00", b"FUJIFILMCCD-RAW", b"FOVb", b"\x00MRM",
)  # fmt: skip

# What may stand before a drawing's first element, by how it begins and ends.
_PROLOGUE = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!doctype", b">"))
_ROOT = re.compile(rb"<([a-z0-9_]+:)?svg[\s>/]", re.IGNORECASE)
_TELEGRAM_CHAT = re.compile(
    rb'"type"\s*:\s*"(personal_chat|bot_chat|saved_messages|verify_codes|replies|'
    rb'private_(group|supergroup|channel)|public_(supergroup|channel))"'
)
_TAKEOUT_ALBUM = (b'"title"', b'"access"', b'"date"', b'"timestamp"')
# What a page of a chat begins with, whatever the language.
_TELEGRAM_PAGE = (b'class="page_wrap"', b'class="page_body chat_page"', b'class="history"')

# Marks of writing direction that the program puts around names and attachments.
INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# "[14.07.19, 14:05:03] Anna: ...", "7/14/19, 2:05 PM - Anna: ..." and "2019/7/14 下午2:05 - Anna: ..."
OPENING = re.compile(
    r"(?P<bracket>\[)?(?P<one>\d{1,4})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<three>\d{2,4})\.?"
    r"(?:,\s*|\s+)(?:(?P<part>上午|下午|午前|午後)\s*|[^\W\d]+\.?\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?(?(bracket)\]|\s+[-–])\s+(?P<rest>.*)",
    re.IGNORECASE,
)
SENDER = re.compile(r"(?P<sender>[^:\n]{1,80}?):(?:\s|$)(?P<words>.*)", re.DOTALL)
EXPORT_NAME = "_chat"
# So many lines that open a message make a text a chat whatever its name.
_ENOUGH_LINES = 3


def is_camera_raw(head: bytes, named_raw: bool) -> bool:
    """Whether a file holds what a camera's sensor saw. Many are TIFF in all but their name."""
    if head[:4] in _TIFF:
        return named_raw or head[8:10] == b"CR"
    if head[4:8] == b"ftyp":
        return head[8:12] == b"crx "
    return head.startswith(_RAW_MARKS) or head[6:14] == b"HEAPCCDR"


def is_svg(head: bytes) -> bool:
    """Whether text is a vector drawing: the first element of the XML is its root."""
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while not _ROOT.match(rest):
        after = _past_prologue(rest)
        if after is None:
            return False
        rest = after.lstrip()
    return True


def _past_prologue(rest: bytes) -> bytes | None:
    for begin, end in _PROLOGUE:
        if rest[: len(begin)].lower() == begin:
            # A document type may hold declarations of its own.
            inner, bracket, outer = rest.partition(b"[")
            if begin == b"<!doctype" and bracket and end not in inner:
                rest = outer.partition(b"]")[2]
            _, found, after = rest.partition(end)
            return after if found else None
    return None


def is_xmp(head: bytes, suffix: str) -> bool:
    """Whether text is an XMP side-car."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return suffix == "xmp" or (start.startswith(b"<") and b"adobe:ns:meta/" in start[:1000])


def is_takeout(head: bytes) -> bool:
    """Whether text is the JSON that Google Takeout puts beside a picture, or into an album."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and (
        b'"photoTakenTime"' in head
        or (b'"imageViews"' in head and b'"title"' in head)
        or all(mark in head for mark in _TAKEOUT_ALBUM)
    )


def is_telegram(head: bytes) -> bool:
    """Whether text is one exported Telegram chat, as JSON or a page, or the JSON of an account."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return all(mark in head for mark in _TELEGRAM_PAGE)
    if not start.startswith(b"{"):
        return False
    whole = b'"about"' in head and b"Telegram" in head
    return whole or (b'"messages"' in head and _TELEGRAM_CHAT.search(head) is not None)


def is_whatsapp(head: bytes, name: str) -> bool:
    """Whether text is an exported WhatsApp chat; its file's name speaks for it."""
    start = head.decode("utf-8", "ignore")
    lines = INVISIBLE.sub("", start).split("\n")[:60]
    opened = sum(1 for line in lines if OPENING.match(line))
    if not opened or not OPENING.match(lines[0]):
        return False
    stem = Path(name).stem
    named = stem.endswith(EXPORT_NAME) or "whatsapp" in stem.lower()
    spoken = sum(1 for line in lines if (m := OPENING.match(line)) and SENDER.match(m["rest"]))
    return named or (
        opened >= _ENOUGH_LINES and spoken >= _ENOUGH_LINES and 2 * opened > len(lines)
    )
