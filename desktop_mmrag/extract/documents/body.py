"""The common shape of documents other than PDF: leaves of text with pictures, and how they become segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from desktop_mmrag.domain import Facts, Locator, Page, Role, Segment, Summary, TextSpan
from desktop_mmrag.extract.chunk import Chunker, Span
from desktop_mmrag.extract.documents import table
from desktop_mmrag.extract.kinds import is_picture_name
from desktop_mmrag.extract.notes.prose import (
    HEADING_JOIN,
    Heading,
    Prose,
    ProseBuilder,
    ShownPicture,
    caption,
    sections,
)

Load = Callable[[str], bytes | None]
"""The bytes of a picture by the name that the text shows it under."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Here a passage begins; up to the next cut passages stand under `heading` too."""

    start: int
    heading: str | None = None
    whole: bool = False
    """Whether what follows is one passage."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file inside the document, such as an attachment, as its own reader gives it."""

    heading: str
    parts: Iterable[Segment | Summary | None]
    """None where a part of it is done."""
    words: str = ""
    """What was written along with it; a photo is found by these words."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is read at once: a slide, a sheet, a chapter, a message, or a whole running text."""

    prose: Prose
    cuts: tuple[Cut, ...] = ()
    page: int | None = None
    """A slide's number from 1; None where the text runs on, and characters say where."""
    load: Load = field(default=lambda name: None, repr=False)
    enclosed: Iterable[Enclosed] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is open for reading."""

    leaves: Iterable[Leaf]
    facts: Callable[[], Facts]
    """Asked when all leaves were read."""
    cover: Callable[[], bytes | None] = lambda: None
    """A picture of the document that it carries itself."""
    wide: bool = False
    """Whether its pages are wider than high."""


class BodyBuilder(ProseBuilder):
    """Collects the text of a leaf; knows tables and pictures that lie inside the file."""

    def __init__(self, fits: Callable[[str], bool]) -> None:
        super().__init__()
        self._fits = fits
        self.cuts: list[Cut] = []

    def embedded(self, name: str, words: str) -> None:
        """A picture of the file, shown here; `words` are its alternative text."""
        # Programs that know no better write the name of the file there.
        said = "" if is_picture_name(words.strip()) else " ".join(words.split())
        self.pictures.append(ShownPicture(self._length, name, said))

    def append(self, prose: Prose) -> None:
        """A text that another reader made, with its pictures; its headings become plain lines."""
        at = self._length
        self.add(prose.text)
        self.pictures += [replace(p, position=at + p.position) for p in prose.pictures]
        self.line_end(2)

    def silent_heading(self, level: int, title: str) -> None:
        """A heading that stands in the text already, or need not."""
        self.headings.append(Heading(self._length, level, title))

    def table(self, rows: Iterable[table.Numbered], title: str = "", numbered: bool = False) -> int:
        """A table in as many passages as it needs; returns how many.

        `title` stands above each of them. `numbered`: their headings name the rows.
        """
        written = list(table.groups(rows, self._fits, title))
        self.line_end(2)
        for group in written:
            if numbered or len(written) > 1:
                named = _rows_named(group) if numbered else None
                self.cuts.append(Cut(self._length, named, whole=True))
            self.add(group.text)
            self.line_end(2)
        if numbered or len(written) > 1:
            self.cuts.append(Cut(self._length))
        return len(written)

    def leaf(
        self, facts: Facts | None = None, page: int | None = None, load: Load | None = None
    ) -> Leaf:
        """What was collected."""
        prose = self.build(facts or Facts())
        return Leaf(prose, tuple(self.cuts), page, load or (lambda name: None))


def _rows_named(group: table.Group) -> str:
    return f"row {group.first}" if group.first == group.last else f"rows {group.first}–{group.last}"


def passages(leaf: Leaf, chunker: Chunker, offset: int) -> Iterator[Segment]:
    """Passages that tile the leaf; `offset`: characters of the leaves before it."""
    for section, title in _sections(leaf.prose):
        for span, heading, whole in _pieces(section, leaf.cuts, title):
            one = whole and chunker.fits(leaf.prose.text[span.start : span.end])
            for part in [span] if one else chunker.spans(leaf.prose.text, span.start, span.end):
                text = leaf.prose.text[part.start : part.end]
                if text.strip():
                    yield Segment(Role.PASSAGE, _locator(leaf, part, heading, offset), text)


def captions(leaf: Leaf, offset: int) -> Iterator[tuple[ShownPicture, Segment]]:
    """Each picture of the leaf with the words around it; the text is empty when there are none."""
    found = list(_sections(leaf.prose)) or [(Span(0, 0), None)]
    for shown in sorted(leaf.prose.pictures, key=lambda shown: shown.position):
        section, title = next(((s, t) for s, t in found if shown.position < s.end), found[-1])
        around = caption(leaf.prose.text, section, title, shown)
        assert isinstance(around.locator, TextSpan)
        span = Span(around.locator.start, around.locator.end)
        text = "" if around.text == shown.path else around.text
        locator = _locator(leaf, span, title, offset)
        yield shown, replace(around, locator=locator, text=text, about=None)


def _sections(prose: Prose) -> list[tuple[Span, str | None]]:
    return list(sections(prose))


def _pieces(
    section: Span, cuts: tuple[Cut, ...], title: str | None
) -> Iterator[tuple[Span, str | None, bool]]:
    """A section divided at its cuts, each piece with its heading and whether it is one passage."""
    inside = [cut for cut in cuts if section.start <= cut.start < section.end]
    marks = [Cut(section.start), *inside, Cut(section.end)]
    for cut, following in pairwise(marks):
        if following.start > cut.start:
            heading = HEADING_JOIN.join(part for part in (title, cut.heading) if part)
            yield Span(cut.start, following.start), heading or None, cut.whole


def _locator(leaf: Leaf, span: Span, heading: str | None, offset: int) -> Locator:
    if leaf.page is not None:
        return Page(leaf.page, span.start, span.end)
    return TextSpan(offset + span.start, offset + span.end, heading)
