"""Draws a page of a text as a picture: title, paragraphs, tables, and the picture that it shows."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

# Sizes in pixels of a page whose longer side has 512.
_UNIT = 512
_TALL = (384, 512)
_WIDE = (512, 288)
_MARGIN = 28
_PAPER, _INK, _HEADING_INK, _RULE = "#ffffff", "#2b2f36", "#14171c", "#d5d9e0"
_GREEKED = "#c3c8d1"
_SIZES = {"title": 22, "heading": 15, "text": 12, "cell": 11}
_LINE = 1.35
# The built-in font knows little beyond ASCII; a page is hardly legible without these.
_SPELLED = str.maketrans(
    {"€": "EUR ", "£": "GBP ", "¥": "JPY ", "\xa0": " ", "–": "-", "—": "-", "•": "-", "„": '"',
     "‘": "'", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
     "×": "x", "−": "-", "→": "->", "²": "2", "đ": "d", "ı": "i", "®": "", "™": ""}
)  # fmt: skip
_MOST_CHARACTERS = 3_000
_MOST_COLUMNS = 6
# Of a high page the height, of a wide one the width that a picture takes at most.
_PICTURE_SHARE = 0.42

Font = ImageFont.ImageFont | ImageFont.FreeTypeFont


def draw(
    text: str,
    titles: frozenset[str],
    picture: Image.Image | None,
    wide: bool,
    longest_side: int = _UNIT,
) -> Image.Image:
    """RGB, `longest_side` pixels high, or wide for a slide. `titles`: lines that are headings."""
    sheet = _Sheet(_WIDE if wide else _TALL, longest_side / _UNIT)
    titles = frozenset(map(_spelled, titles))
    waiting = picture
    lines = _spelled(text[:_MOST_CHARACTERS]).split("\n")
    for position, line in enumerate(lines):
        if sheet.full:
            break
        if line in titles and line in lines[:position]:
            # The name of a sheet stands above each of its parts.
            continue
        _draw_line(sheet, line, line in titles, first=not any(lines[:position]))
        if waiting is not None and line.strip():
            sheet.picture(waiting, wide)
            waiting = None
    if waiting is not None:
        sheet.picture(waiting, wide)
    return sheet.image


def _draw_line(sheet: _Sheet, line: str, is_title: bool, first: bool) -> None:
    if line.startswith("| "):
        sheet.row([cell.strip() for cell in line[2:].split("|")])
    elif line.strip():
        size = ("title" if first else "heading") if is_title else "text"
        sheet.paragraph(line.strip(), size)
    elif not first:
        sheet.space(6)


class _Sheet:
    """A page that fills from the top; measures are those of a page of 512 pixels."""

    def __init__(self, size: tuple[int, int], scale: float) -> None:
        self._scale = scale
        self._width, self._height = size
        self._room = float(self._width - 2 * _MARGIN)
        self._y = float(_MARGIN)
        self._columns = 1
        self.image = Image.new("RGB", (self._px(size[0]), self._px(size[1])), _PAPER)
        self._draw = ImageDraw.Draw(self.image)

    @property
    def full(self) -> bool:
        return self._y > self._height - _MARGIN

    def space(self, height: float) -> None:
        self._y += height
        self._columns = 1

    def paragraph(self, text: str, style: str) -> None:
        size, self._columns = _SIZES[style], 1
        for line in _wrapped(text, size, self._room):
            if not self._fits(size):
                return
            self._words(_MARGIN, line, size, _INK if style == "text" else _HEADING_INK, self._room)
            self._y += size * _LINE
        self._y += 3 if style == "text" else 8

    def row(self, cells: list[str]) -> None:
        size = _SIZES["cell"]
        if not self._fits(size):
            return
        shown = cells[:_MOST_COLUMNS]
        # Empty cells at a row's end are not written.
        self._columns = max(self._columns, len(shown))
        column = self._room / self._columns
        for place, cell in enumerate(shown):
            fitting = next(iter(_wrapped(cell, size, column - 8)), "")
            self._words(_MARGIN + place * column, fitting, size, _INK, column - 8)
        below = self._y + size * _LINE
        ends = (self._px(_MARGIN), self._px(below), self._px(_MARGIN + self._room), self._px(below))
        self._draw.line(ends, fill=_RULE, width=max(1, round(self._scale)))
        self._y = below + 4

    def picture(self, picture: Image.Image, beside: bool) -> None:
        """Below what is drawn so far, or to the right of what is still to come."""
        share = _PICTURE_SHARE * (self._width if beside else self._height)
        left = self._height - _MARGIN / 2 - self._y
        room = (share, left) if beside else (self._room, min(share, left))
        small = picture.copy()
        small.thumbnail((self._px(room[0]), self._px(room[1])), Image.Resampling.BICUBIC)
        if beside:
            at = self._px(self._width - _MARGIN) - small.width
            self.image.paste(small, (at, self._px(self._y)))
            self._room -= share + _MARGIN / 2
        else:
            self.image.paste(small, (self._px(_MARGIN), self._px(self._y)))
            self._y += small.height / self._scale + 10

    def _fits(self, size: int) -> bool:
        if self._y + size > self._height - _MARGIN / 2:
            self._y = self._height
        return self._y < self._height

    def _words(self, x: float, text: str, size: int, ink: str, room: float) -> None:
        """Words whose letters the font lacks are drawn as bars, which reads better than boxes."""
        font, end = _font(self._px(size)), x + room
        for word in text.split(" "):
            if all(map(_drawable, word)):
                self._draw.text((self._px(x), self._px(self._y)), word, font=font, fill=ink)
                width = font.getlength(word) / self._scale
            else:
                width = max(2.0, min(size * 0.8 * len(word), end - x))
                top = self._y + size * 0.35
                corners = (x, top, x + width, top + size * 0.5)
                rounded = tuple(map(self._px, corners))
                self._draw.rounded_rectangle(rounded, self._px(2), fill=_GREEKED)
            x += width + font.getlength(" ") / self._scale

    def _px(self, length: float) -> int:
        return round(length * self._scale)


def _spelled(text: str) -> str:
    """Without the accents that the built-in font lacks."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _wrapped(text: str, size: int, width: float) -> list[str]:
    """Lines no wider than `width`; a word too long for a line is cut."""
    lines, line = [], ""
    for word in text.split():
        while _length(word, size) > width and len(word) > 1:
            part = max(1, int(len(word) * width / _length(word, size)) - 1)
            lines += [line, word[:part]]
            line, word = "", word[part:]
        if line and _length(f"{line} {word}", size) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [line for line in (*lines, line) if line]


def _length(text: str, size: int) -> float:
    """Pixels of a line; letters that are drawn as bars are about as wide as high."""
    drawn = all(map(_drawable, text))
    return _font(size).getlength(text) if drawn else 0.8 * size * len(text)


@lru_cache(maxsize=16)
def _font(size: int) -> Font:
    return ImageFont.load_default(size)


@lru_cache(maxsize=4096)
def _drawable(letter: str) -> bool:
    """Whether the built-in font has this letter; it draws all that it lacks alike."""
    if letter.isascii():
        return True
    font = _font(24)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))
