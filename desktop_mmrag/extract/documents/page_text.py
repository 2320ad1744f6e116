"""The text of a PDF page, line by line, with the cells of a table row kept on one line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pypdfium2 import PdfiumError, PdfPage, PdfTextPage

# Lines whose heights overlap by this part stand on one row.
_SAME_ROW = 0.6
# A cell; longer pieces side by side are columns of prose, which must stay apart.
_LONGEST_CELL = 60
# Control characters, private use and unassigned code points; a symbol font gives a few of them.
_STRANGE = frozenset(("Cc", "Co", "Cn"))
_MOST_STRANGE = 0.2
_SOFT_HYPHEN = "\x02"


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    top: float


def text_of(page: PdfPage) -> str:
    """The page's text; "" when it has none. Lines end with "\\n"."""
    text_page = page.get_textpage()
    try:
        raw = text_page.get_text_range()
        text = _clean(raw if "\n" not in raw else _rejoined(raw, text_page))
        return text if _is_legible(text) else ""
    except (PdfiumError, AssertionError):
        return ""
    finally:
        text_page.close()


def _is_legible(text: str) -> bool:
    """False for a page whose fonts do not say which letters they draw: it is read as a picture."""
    signs = [c for c in text if not c.isspace()]
    strange = sum(unicodedata.category(c) in _STRANGE for c in signs)
    return strange <= _MOST_STRANGE * len(signs)


def _rejoined(raw: str, text_page: PdfTextPage) -> str:
    """PDFium breaks a row where two cells differ slightly in height: put them together again."""
    if text_page.count_chars() != len(raw):
        # Positions are by character index, which only then is the text's.
        return raw
    lines: list[_Line] = []
    for match in re.finditer(r"[^\r\n]+", raw):
        line = _placed(match, text_page)
        if line is None:
            continue
        if lines and _continues(lines[-1], line):
            _join(lines[-1], line)
        else:
            lines.append(line)
    return "\n".join(line.text for line in lines)


def _placed(match: re.Match[str], text_page: PdfTextPage) -> _Line | None:
    text = match[0]
    body = text.strip()
    if not body:
        return None
    first = match.start() + len(text) - len(text.lstrip())
    last = match.start() + len(text.rstrip()) - 1
    a, b = text_page.get_charbox(first, loose=True), text_page.get_charbox(last, loose=True)
    return _Line(text, min(a[0], b[0]), max(a[2], b[2]), min(a[1], b[1]), max(a[3], b[3]))


def _continues(before: _Line, line: _Line) -> bool:
    overlap = min(before.top, line.top) - max(before.bottom, line.bottom)
    lower = min(before.top - before.bottom, line.top - line.bottom)
    short = min(len(before.text), len(line.text)) <= _LONGEST_CELL
    return short and lower > 0 and overlap >= _SAME_ROW * lower and line.left >= before.right - 1


def _join(before: _Line, line: _Line) -> None:
    before.text = f"{before.text.rstrip()}  {line.text.strip()}"
    before.right = max(before.right, line.right)
    before.bottom, before.top = min(before.bottom, line.bottom), max(before.top, line.top)


def _clean(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    # PDFium marks a hyphen that only divides a word at the line's end.
    text = re.sub(f"[{_SOFT_HYPHEN}\ufffe]\n?", "", text)
    text = text.replace("\x00", "").replace("\xad", "").replace("\xa0", " ")
    return re.sub(r"[ \t]+\n", "\n", text).strip()
