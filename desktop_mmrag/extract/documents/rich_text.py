"""Rich text (RTF 1.9.1): paragraphs, headings, tables and pictures, whatever the code page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_mmrag.domain import Facts
from desktop_mmrag.errors import FileDamaged, FileTooLarge
from desktop_mmrag.extract.documents.body import BodyBuilder, Document, Leaf
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.times import parse_time

_LARGEST = 200_000_000
_DEEPEST = 500
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
# Destinations whose text is no part of the document.
_UNREAD = frozenset(
    b"colortbl filetbl revtbl listtable listoverridetable rsidtbl generator xmlnstbl themedata"
    b" colorschememapping datastore latentstyles header headerl headerr headerf footer footerl"
    b" footerr footerf fldinst objdata nonshppict pntext pntxta pntxtb listtext bkmkstart bkmkend"
    b" annotation atnid atnauthor atndate factoidname sp wgrffmtfilter mmathPr pgdsctbl".split()
)
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"tab": " ", b"emspace": " ", b"enspace": " ",
    b"~": "\xa0", b"_": "-", b"-": "",
}  # fmt: skip
# \fcharset to code page (RTF 1.9.1, "Font Table").
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_INFO = {b"title": "title", b"author": "author", b"keywords": "keywords"}
_HEADING_NAME = re.compile(r"(?i)heading ([1-9])")


@dataclass(slots=True)
class _State:
    """What holds within a group."""

    destination: bytes = b""
    skip: int = 1
    """Bytes that stand in for a letter given by its number, for old readers."""
    encoding: str = "cp1252"
    hidden: bool = False
    style: int = 0


@contextmanager
def opened(path: Path, fits: Callable[[str], bool]) -> Iterator[Document]:
    """The document as one leaf. Raises FileTooLarge, FileDamaged."""
    with explained(path):
        if path.stat().st_size > _LARGEST:
            raise FileTooLarge(
                f"{path.name} is a text of more than 200 MB.", "Split it into parts."
            )
        reader = _Reader(fits)
        reader.read(path.read_bytes())
        if not reader.closed and not reader.builder.has_text_beyond_headings():
            raise FileDamaged(f"{path.name} ends before its text begins.")
        leaf = reader.leaf()
        yield Document([leaf], lambda: reader.facts(leaf))


@dataclass(slots=True)
class _Paragraph:
    text: str = ""
    level: int | None = None
    in_table: bool = False


class _Reader:
    """Goes through the tokens with a stack of groups."""

    def __init__(self, fits: Callable[[str], bool]) -> None:
        self.builder = BodyBuilder(fits)
        self.closed = False
        self._state = _State()
        self._above: list[_State] = []
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._levels: dict[int, int] = {}
        self._said: dict[str, str] = {}
        self._bytes = bytearray()
        self._to_skip = 0
        self._paragraph = _Paragraph()
        self._row: list[str] = []
        self._rows: list[list[str]] = []
        self._hex: list[bytes] = []
        self._pictures: dict[str, bytes] = {}
        self._style_name = ""

    def read(self, data: bytes) -> None:
        """The whole file."""
        position = 0
        while match := _TOKEN.match(data, position):
            position = match.end()
            word, number, sign, symbol, brace, text = match.groups()
            if word:
                self._flush()
                value = int(number) if number else None
                if word == b"bin" and value:
                    position += max(0, value)
                self._word(word, value)
            elif brace:
                self._flush()
                self._open() if brace == b"{" else self._close()
            elif sign:
                self._byte(bytes.fromhex(sign.decode()))
            elif symbol:
                self._flush()
                self._symbol(symbol)
            elif text:
                self._plain(text)
        self._flush()
        self._end_paragraph()
        self._end_table()

    def leaf(self) -> Leaf:
        """What was read."""
        return self.builder.leaf(load=self._pictures.get)

    def facts(self, leaf: Leaf) -> Facts:
        """What the document says of itself."""
        top = next((h.title for h in leaf.prose.headings[:1] if h.level <= 1), None)
        words = re.split(r"[,;]", self._said.get("keywords", ""))
        return Facts(
            title=self._said.get("title") or top,
            author=self._said.get("author") or None,
            taken_at=parse_time(self._said.get("created")),
            keywords=tuple(dict.fromkeys(word.strip() for word in words if word.strip())),
        )

    # --- tokens

    def _open(self) -> None:
        if len(self._above) < _DEEPEST:
            self._above.append(self._state)
        self._state = replace(self._state)

    def _close(self) -> None:
        before = self._state
        if self._above:
            self._state = self._above.pop()
            self.closed = not self._above
        if before.destination == b"pict" and self._state.destination != b"pict":
            self._keep_picture()
        elif before.destination == b"stylesheet" and self._style_name:
            named = _HEADING_NAME.match(self._style_name.strip())
            if named:
                self._levels[before.style] = int(named[1])
            self._style_name = ""

    def _word(self, word: bytes, value: int | None) -> None:
        state = self._state
        if word in _UNREAD:
            state.destination = b"unread"
        elif word in (b"fonttbl", b"stylesheet", b"info", b"pict") or word in _INFO:
            if state.destination != b"unread":
                state.destination = word
                self._hex = [] if word == b"pict" else self._hex
        elif word == b"ansicpg" and value:
            self._code_page = state.encoding = _known(f"cp{value}")
        elif word == b"mac":
            self._code_page = state.encoding = "mac_roman"
        elif word == b"uc":
            state.skip = max(0, value or 0)
        elif word == b"u" and value is not None:
            self._text(chr(value % 65536))
            self._to_skip = state.skip
        elif word == b"f" and value is not None:
            self._font = value
            state.encoding = self._fonts.get(value, self._code_page)
        elif word == b"fcharset" and state.destination == b"fonttbl":
            self._fonts[self._font] = (
                _CHARSETS.get(value or 0, self._code_page) if value else self._code_page
            )
        elif word == b"creatim":
            state.destination = b"creatim"
            self._said["created"] = ""
        elif (
            word in (b"yr", b"mo", b"dy") and state.destination == b"creatim" and value is not None
        ):
            self._said["created"] += f"{value}-" if word != b"dy" else f"{value}"
        else:
            self._layout(word, value)

    def _layout(self, word: bytes, value: int | None) -> None:
        state = self._state
        if word in _SIGNS:
            self._text(_SIGNS[word])
        elif state.destination == b"stylesheet":
            state.style = value or 0 if word == b"s" else state.style
        elif state.destination:
            return
        elif word in (b"par", b"sect", b"page"):
            self._end_paragraph()
        elif word == b"line":
            self._text("\n")
        elif word == b"pard":
            self._paragraph.level, self._paragraph.in_table = None, False
        elif word == b"s":
            self._paragraph.level = self._levels.get(value or 0)
        elif word == b"outlinelevel" and value is not None and value < 9:
            self._paragraph.level = value + 1
        elif word == b"intbl":
            self._paragraph.in_table = True
        elif word in (b"cell", b"nestcell"):
            self._row.append(" ".join(self._paragraph.text.split()))
            self._paragraph.text = ""
        elif word in (b"row", b"nestrow"):
            self._rows.append(self._row)
            self._row = []
        elif word == b"v":
            state.hidden = value != 0
        elif word == b"plain":
            state.hidden = False

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            # A destination that readers may skip; pictures come in one that says what it is.
            self._state.destination = b"optional"
        elif symbol in _SIGNS:
            self._text(_SIGNS[symbol])
        elif symbol in b"\\{}":
            self._text(symbol.decode())
        elif symbol in b"\r\n" and not self._state.destination:
            self._end_paragraph()

    def _plain(self, text: bytes) -> None:
        if self._state.destination == b"pict":
            self._hex.append(text)
            return
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        self._bytes += text[skipped:]

    def _byte(self, byte: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes += byte

    def _flush(self) -> None:
        """Letters of several bytes come as several tokens: they are decoded together."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._text(data.decode(self._state.encoding, errors="replace"))

    # --- text

    def _text(self, text: str) -> None:
        state = self._state
        if state.destination == b"stylesheet":
            self._style_name += text
        elif state.destination in _INFO:
            name = _INFO[state.destination]
            self._said[name] = self._said.get(name, "") + text
        elif not state.destination and not state.hidden:
            self._paragraph.text += text

    def _end_paragraph(self) -> None:
        paragraph = self._paragraph
        if paragraph.in_table and (self._row or self._rows):
            paragraph.text += "\n"
            return
        self._end_table()
        text, paragraph.text = _paired(paragraph.text), ""
        if paragraph.level is not None:
            self.builder.heading(paragraph.level, text)
            return
        for line in text.split("\n"):
            self.builder.words(line)
            self.builder.line_end()
        self.builder.line_end(2)

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if any(len(row) > 1 for row in rows):
            self.builder.table(enumerate(([_paired(c) for c in row] for row in rows), start=1))
        else:
            for text in (text for row in rows for text in row):
                self.builder.words(_paired(text))
                self.builder.line_end(2)

    def _keep_picture(self) -> None:
        digits = b"".join(self._hex)
        self._hex = []
        digits = re.sub(rb"[^0-9a-fA-F]", b"", digits)
        name = f"picture {len(self._pictures) + 1}"
        self._pictures[name] = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
        if self._paragraph.text:
            self.builder.words(_paired(self._paragraph.text))
            self._paragraph.text = ""
        self.builder.embedded(name, "")


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"


def _paired(text: str) -> str:
    """Letters beyond the basic plane come as two numbers."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
