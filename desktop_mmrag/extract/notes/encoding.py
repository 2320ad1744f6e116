"""Which characters a text file's bytes stand for."""

from __future__ import annotations

import codecs
import re

_SAMPLE = 65_536
_SHORT = 4096
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŸ€‘’“”„–—…«»°§©®·¿¡£\xa0"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x08"))
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE
)


def looks_like_text(head: bytes, stray: float = 0.0) -> bool:
    """Whether the first bytes of a file can be text in some encoding.

    `stray`: the share of control characters that is forgiven; programs have a tenth and more.
    """
    if any(head.startswith(bom) for bom, _ in _BOMS) or _utf16_without_bom(head):
        return True
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    return controls <= stray * len(head)


def decode(data: bytes, html: bool = False) -> str:
    """The text of `data`, with line ends as "\\n". Bytes that fit nowhere become U+FFFD."""
    text = data.decode(_encoding(data, html), errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _encoding(data: bytes, html: bool) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    unmarked = _utf16_without_bom(data[:_SAMPLE])
    if unmarked or _is_utf8(data):
        return unmarked or "utf-8"
    return (_declared(data) if html else None) or _guessed(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        # A file cut in mid-character is still UTF-8.
        return problem.start >= len(data) - 3 and problem.start > 0
    return True


def _declared(data: bytes) -> str | None:
    match = _META_CHARSET.search(data[:4096])
    if match is None:
        return None
    try:
        return codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None


def _is_western(data: bytes) -> bool:
    """Short texts fit several encodings; this one when each unusual byte is a letter or quote of it."""
    unusual = bytes(sorted({byte for byte in data if byte > 127}))
    return all(sign in _WESTERN for sign in unusual.decode("cp1252", errors="replace"))


def _guessed(data: bytes) -> str:
    if len(data) <= _SHORT and _is_western(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    # ASCII says nothing about the encoding; sample where the other bytes are.
    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    best = from_bytes(data[max(0, first - 2048) : first + _SAMPLE]).best()
    return best.encoding if best else "cp1252"


def _utf16_without_bom(head: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte."""
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.05 else None
