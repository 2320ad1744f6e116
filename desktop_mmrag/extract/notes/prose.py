"""The readable text of a note with its headings and pictures, and how it becomes segments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from desktop_mmrag.domain import Facts, Role, Segment, TextSpan
from desktop_mmrag.extract.chunk import Chunker, Span
from desktop_mmrag.extract.kinds import is_picture_name

_WORDS_AROUND = 50
_HEADINGS_SHOWN = 3
HEADING_JOIN = " › "


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title; `start` is where it stands in the text, `level` counts from 1."""

    start: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture that the note shows at `position` of its text."""

    position: int
    path: str
    words: str
    """Its alternative text, title and caption."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What a note says once its markup is gone."""

    text: str
    headings: tuple[Heading, ...] = ()
    pictures: tuple[ShownPicture, ...] = ()
    facts: Facts = field(default_factory=Facts)


@dataclass(slots=True)
class ProseBuilder:
    """Collects text piece by piece while a parser walks through a note."""

    headings: list[Heading] = field(default_factory=list)
    pictures: list[ShownPicture] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _newlines: int = 2
    """How many line ends the text stops with; 2 at the very beginning."""

    def add(self, text: str) -> None:
        """Appends text as it is."""
        if text:
            self._pieces.append(text)
            self._length += len(text)
            ends = len(text) - len(text.rstrip("\n"))
            self._newlines = ends if ends < len(text) else min(2, self._newlines + ends)

    def words(self, text: str) -> None:
        """Appends running text: white space becomes one space, none at the start of a line."""
        text = re.sub(r"\s+", " ", text)
        if self._newlines or (self._pieces and self._pieces[-1].endswith(" ")):
            text = text.lstrip(" ")
        self.add(text)

    def line_end(self, count: int = 1) -> None:
        """Ends the line; `count` 2 leaves an empty line. Never more than one empty line."""
        if self._newlines < count:
            self._trim()
            self.add("\n" * (count - self._newlines))

    def heading(self, level: int, title: str) -> None:
        """A heading in a paragraph of its own."""
        title = " ".join(title.split())
        if title:
            self.line_end(2)
            self.headings.append(Heading(self._length, level, title))
            self.add(title)
            self.line_end(2)

    def picture(self, target: str, words: str) -> None:
        """A picture shown here. Its words stay in the text, so that they are found there too."""
        words = " ".join(words.split())
        if path := local_picture(target):
            self.pictures.append(ShownPicture(self._length, path, words))
        self.words(words)

    def describe_last(self, words: str) -> None:
        """Adds what a caption elsewhere says of the last picture."""
        self.pictures[-1] = replace(self.pictures[-1], words=words)

    def shows(self, target: str) -> bool:
        """Whether the last picture added is `target`."""
        return bool(self.pictures) and self.pictures[-1].path == local_picture(target)

    def has_text_beyond_headings(self) -> bool:
        """Whether anything but headings was added."""
        titles = sum(len(heading.title) for heading in self.headings)
        return len("".join(self._pieces).replace("\n", "")) > titles

    def build(self, facts: Facts) -> Prose:
        """The note. Ends without white space."""
        text = "".join(self._pieces).rstrip()
        return Prose(text, tuple(self.headings), tuple(self.pictures), facts)

    def _trim(self) -> None:
        while self._pieces and self._pieces[-1].endswith((" ", "\t")):
            last = self._pieces.pop()
            kept = last.rstrip(" \t")
            self._length -= len(last) - len(kept)
            if kept:
                self._pieces.append(kept)


def local_picture(target: str) -> str | None:
    """The path of a picture as a note writes it; None for addresses and other files."""
    target = target.strip().strip("<>")
    if target.lower().startswith("file://"):
        target = re.sub(r"(?i)^file://(localhost)?", "", target)
    elif re.match(r"(?i)[a-z][a-z0-9+.-]+:|//", target):
        return None
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0]).replace("\\", "/")
    return path if is_picture_name(path) else None


def segments(prose: Prose, chunker: Chunker) -> Iterator[Segment]:
    """Passages that tile the text section by section, each followed by its pictures' captions."""
    waiting = sorted(prose.pictures, key=lambda shown: shown.position)
    for section, title in sections(prose):
        for span in chunker.spans(prose.text, section.start, section.end):
            text = prose.text[span.start : span.end]
            yield Segment(Role.PASSAGE, TextSpan(span.start, span.end, title), text)
        while waiting and (waiting[0].position < section.end or section.end == len(prose.text)):
            yield caption(prose.text, section, title, waiting.pop(0))
    for shown in waiting:
        yield caption(prose.text, Span(0, 0), None, shown)


def sections(prose: Prose) -> Iterator[tuple[Span, str | None]]:
    """The text cut at its headings, with the path of titles that leads to each section."""
    starts = [heading.start for heading in prose.headings]
    if prose.text and (not starts or starts[0] > 0):
        yield Span(0, starts[0] if starts else len(prose.text)), None
    path: list[Heading] = []
    begin = None
    for heading, end in zip(prose.headings, [*starts, len(prose.text)][1:], strict=True):
        path = [above for above in path if above.level < heading.level] + [heading]
        begin = heading.start if begin is None else begin
        # A heading with nothing below it opens the section that follows.
        body = prose.text[heading.start + len(heading.title) : end].strip()
        if body or end == len(prose.text):
            yield Span(begin, end), _title(path)
            begin = None


def _title(path: list[Heading]) -> str:
    # Many pages repeat their title, once for the window and once above the text.
    titles = {heading.title.casefold(): heading.title for heading in path}
    return HEADING_JOIN.join(list(titles.values())[-_HEADINGS_SHOWN:])


def caption(text: str, section: Span, title: str | None, shown: ShownPicture) -> Segment:
    """The words around a picture within its section, below those that are the picture's own."""
    position = min(max(shown.position, section.start), section.end)
    start = _back(text, section.start, position)
    end = _forth(text, position, section.end)
    around = text[start:end].strip()
    words = "" if shown.words and shown.words in around else shown.words
    lines = [line for line in (words, around) if line]
    if title and title.rpartition(HEADING_JOIN)[2] not in around:
        lines.insert(0, title)
    return Segment(
        Role.CAPTION, TextSpan(start, end, title), "\n".join(lines) or shown.path, about=shown.path
    )


def _back(text: str, low: int, position: int) -> int:
    before = [match.start() + low for match in re.finditer(r"\S+", text[low:position])]
    return before[-_WORDS_AROUND:][0] if before else position


def _forth(text: str, position: int, high: int) -> int:
    after = [match.end() + position for match in re.finditer(r"\S+", text[position:high])]
    return after[:_WORDS_AROUND][-1] if after else position
