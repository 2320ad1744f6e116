"""What an answer may rest on: the text around the hits, cut into statements that can be quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from desktop_mmrag.answer.sentences import Place, lines, sentences
from desktop_mmrag.answer.speech import statements_in_speech, when_said, with_time
from desktop_mmrag.domain import (
    Box,
    Facts,
    Hit,
    Locator,
    Medium,
    Page,
    Role,
    Segment,
    TextLine,
    TextSpan,
    TimeSpan,
    Whole,
)
from desktop_mmrag.library.contents import Contents, KeptContent, KeptSegment

# About 1,500 tokens: a note, a receipt or a page is read whole, a book only around its hits.
_READ_WHOLE = 6_000
_NEIGHBOURS = 1
_SEEN_WHOLE = frozenset({Medium.PHOTO, Medium.VIDEO})
_KIND = {Medium.VIDEO: "video", Medium.AUDIO: "recording"}
_ROW_MARK = "| "


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or a row of a source: the smallest thing that is quoted."""

    text: str
    locator: Locator
    cells: tuple[str, ...] = ()
    """The parts of a row that bars or wide gaps divide."""
    is_row: bool = False
    """Whether it is a row of a table that was one in its file; empty cells then count."""


@dataclass(frozen=True)
class Source:
    """One note, photo, page or stretch of a recording with the best hit in it."""

    path: Path
    medium: Medium
    content_id: int
    dated_at: datetime
    facts: Facts
    hit: Hit
    page: int | None
    passages: tuple[Segment, ...]
    """Its text in reading order; neighbouring passages are joined."""
    hit_text: tuple[str, ...]
    """The texts of the passages that were found."""
    pictured: bool
    """Whether its pixels may show what was asked."""
    seconds: tuple[float, ...] = ()
    """Of a video: the moments that may show it, best first."""

    @cached_property
    def text(self) -> str:
        """All of its text."""
        return "\n".join(passage.text.strip("\n") for passage in self.passages)

    @cached_property
    def timed_text(self) -> str:
        """The same with the times at which it is said."""
        return "\n".join(map(with_time, self.passages))

    @cached_property
    def sentences(self) -> tuple[Statement, ...]:
        """Its sentences, and for a photo or a video what is known of it."""
        known = (Statement(facts_in_words(self), Whole()),) if self.medium in _SEEN_WHOLE else ()
        return (*_statements(self.passages, sentences), *known)

    @cached_property
    def lines(self) -> tuple[Statement, ...]:
        """Its lines as they were written or read."""
        return tuple(_statements(self.passages, lines))


@dataclass(frozen=True)
class View:
    """A picture of a source: the photo, the page, or a moment of the video."""

    source: Source
    second: float | None = None


def views_of(source: Source) -> tuple[View, ...]:
    """All that could be shown of a source, best first."""
    if not source.pictured:
        return ()
    return tuple(View(source, second) for second in source.seconds) or (View(source),)


def gather(hits: Sequence[Hit], contents: Contents) -> list[Source]:
    """Sources in the order of their best hits; hits of one page or note share a source."""
    described = contents.describe(hit.content_id for hit in hits)
    segments = contents.segments(hit.segment_id for hit in hits)
    grouped: dict[tuple[int, int | None], list[Hit]] = {}
    for hit in hits:
        if hit.content_id in described and hit.segment_id in segments:
            grouped.setdefault((hit.content_id, page_of(hit.locator)), []).append(hit)
    all_of: dict[int, list[KeptSegment]] = {}
    sources = []
    for (content_id, page), group in grouped.items():
        if content_id not in all_of:
            all_of[content_id] = contents.segments_of(content_id)
        sources.append(_source(described[content_id], page, group, all_of[content_id]))
    return sources


def page_of(locator: Locator) -> int | None:
    """The page a locator lies on, if it lies on one."""
    return locator.page if isinstance(locator, (Page, Box)) else None


def statements_in(segment: Segment) -> list[Statement]:
    """The sentences of one segment."""
    return list(_statements((segment,), sentences))


def lines_in(segments: Iterable[Segment]) -> list[Statement]:
    """The lines of segments in reading order, as they were written."""
    return list(_statements(joined(segments), lines))


def statement_over(first: Statement, last: Statement, text: str) -> Statement:
    """One statement from the start of the first to the end of the last."""
    return Statement(text, _spanning(first.locator, last.locator))


def facts_in_words(source: Source) -> str:
    """ "IMG_1.jpg: photo “The ferry” taken on 2 March 2019 in Bergen, Norway with Canon EOS"."""
    facts = source.facts
    if source.page is not None:
        of = f" of “{facts.title}”" if facts.title else ""
        return f"{source.path.name}: page {source.page}{of}"
    when = f" on {in_words(facts.taken_at)}" if facts.taken_at else ""
    where = f" in {facts.place}" if facts.place else ""
    camera = f" with {facts.camera}" if facts.camera else ""
    taken = f" taken{when}{where}{camera}" if when or where or camera else ""
    titles = [f"“{said}”" for said in (facts.title, facts.description) if said]
    about = titles or ([f"({', '.join(facts.keywords)})"] if facts.keywords else [])
    kind = " ".join([_KIND.get(source.medium, "photo"), *about])
    return f"{source.path.name}: {kind}{taken}"


def in_words(moment: date) -> str:
    """ "2 March 2019"."""
    return f"{moment.day} {moment:%B} {moment.year}"


def _source(
    content: KeptContent, page: int | None, group: Sequence[Hit], segments: Sequence[KeptSegment]
) -> Source:
    found = {hit.segment_id for hit in group}
    here = [s for s in segments if page is None or page_of(s.segment.locator) in (page, None)]
    texts = _texts(here)
    found |= _beside(texts, [kept for kept in here if kept.id in found])
    nearby = _around(texts, found)
    pixels = [s for s in here if s.id in found and s.segment.role in (Role.PICTURE, Role.OCR)]
    return Source(
        path=group[0].path,
        medium=content.medium,
        content_id=content.id,
        dated_at=content.dated_at,
        facts=content.facts,
        hit=group[0],
        page=page,
        passages=tuple(joined(kept.segment for kept in nearby)),
        hit_text=tuple(kept.segment.text for kept in nearby if kept.id in found),
        pictured=content.medium in _SEEN_WHOLE or (page is not None and bool(pixels)),
        seconds=moments_of(group) if content.medium is Medium.VIDEO else (),
    )


def moments_of(hits: Sequence[Hit]) -> tuple[float, ...]:
    """Where hits in a video begin, best first."""
    starts = [hit.locator.start_s for hit in hits if isinstance(hit.locator, TimeSpan)]
    return tuple(dict.fromkeys(starts))


def _texts(segments: Sequence[KeptSegment]) -> list[KeptSegment]:
    with_text = [kept for kept in segments if kept.segment.text.strip()]
    # Captions repeat the words around a picture that the passages hold already.
    own = [kept for kept in with_text if kept.segment.role is not Role.CAPTION]
    return own or with_text


def _beside(texts: Sequence[KeptSegment], found: Sequence[KeptSegment]) -> set[int]:
    """Passages among which a picture stands that was found, or found by the words around it."""
    spans = [
        kept.segment.locator
        for kept in found
        if kept.segment.role in (Role.PICTURE, Role.CAPTION)
        and isinstance(kept.segment.locator, TextSpan)
    ]
    return {
        kept.id
        for kept in texts
        for span in spans
        if isinstance(kept.segment.locator, TextSpan)
        and kept.segment.locator.start <= span.end
        and span.start <= kept.segment.locator.end
    }


def _around(segments: Sequence[KeptSegment], found: set[int]) -> list[KeptSegment]:
    """All of a short text; of a long one the passages found and their neighbours."""
    if sum(len(kept.segment.text) for kept in segments) <= _READ_WHOLE:
        return list(segments)
    positions = [i for i, kept in enumerate(segments) if kept.id in found] or [0]
    wanted = {p + d for p in positions for d in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}
    return [kept for i, kept in enumerate(segments) if i in wanted]


def joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Passages that tile one text become one, so that no sentence is cut at their seam."""
    last: Segment | None = None
    for segment in segments:
        merged = _merged(last, segment) if last else None
        if last and merged is None:
            yield last
        last = merged or segment
    if last:
        yield last


def _merged(first: Segment, second: Segment) -> Segment | None:
    if not (_exact(first) and _exact(second)) or first.role is not second.role:
        return None
    match first.locator, second.locator:
        case TextSpan(start, middle, heading), TextSpan(begin, end, other):
            if middle != begin or heading != other:
                return None
            return replace(
                first, locator=TextSpan(start, end, heading), text=first.text + second.text
            )
        case Page(page, start, middle), Page(other_page, begin, end):
            if page != other_page or middle != begin:
                return None
            return replace(first, locator=Page(page, start, end), text=first.text + second.text)
    return None


def _exact(segment: Segment) -> bool:
    """Whether the locator counts exactly the characters of the text."""
    match segment.locator:
        case TextSpan(start, end):
            return end - start == len(segment.text)
        case Page(_, int(start), int(end)):
            return end - start == len(segment.text)
    return False


def _statements(
    passages: Iterable[Segment], cut: Callable[[str], Iterator[Place]]
) -> Iterator[Statement]:
    for passage in passages:
        places = statements_in_speech(passage) if passage.phrases else cut(passage.text)
        for start, end in places:
            written = passage.text[start:end]
            if written.startswith(_ROW_MARK):
                yield _table_row(passage, start + len(_ROW_MARK), end)
                continue
            cells = tuple(re.split(r"[ \t]{2,}|\t", written.strip())) if "\n" not in written else ()
            yield Statement(" ".join(written.split()), _narrowed(passage, start, end), cells)


def _table_row(passage: Segment, start: int, end: int) -> Statement:
    """A line as `extract.table` writes it, without its first bar."""
    written = passage.text[start:end].removesuffix("|")
    cells = tuple(cell.strip() for cell in written.split("|"))
    text = " | ".join(cell for cell in cells if cell)
    return Statement(text, _narrowed(passage, start, end), cells, is_row=True)


def _narrowed(passage: Segment, start: int, end: int) -> Locator:
    """Where characters [start, end) of a passage lie in its content."""
    locator = passage.locator
    if passage.phrases:
        return when_said(passage, start, end)
    if passage.lines:
        return _box_of(passage, start, end) or locator
    if not _exact(passage):
        return locator
    match locator:
        case TextSpan(first, _, heading):
            return TextSpan(first + start, first + end, heading)
        case Page(page, int(first)):
            return Page(page, first + start, first + end)
    return locator


def _box_of(passage: Segment, start: int, end: int) -> Locator | None:
    """The rectangle around the lines that these characters were read in."""
    boxes = [line.box for line, at in _places(passage) if at < end and at + len(line.text) > start]
    whole: Locator | None = None
    for box in boxes:
        whole = box if whole is None else _spanning(whole, box)
    return whole


def _places(passage: Segment) -> Iterator[tuple[TextLine, int]]:
    """Each line read with where its text begins in the passage."""
    position = 0
    for line in passage.lines:
        found = passage.text.find(line.text, position)
        if found >= 0:
            yield line, found
            position = found + len(line.text)


def _spanning(first: Locator, last: Locator) -> Locator:
    match first, last:
        case TextSpan(start, _, heading), TextSpan(_, end):
            return TextSpan(start, end, heading)
        case Page(page, int(start)), Page(other, int(), int(end)) if page == other:
            return Page(page, start, end)
        case Box(), Box() if first.page == last.page:
            return Box(
                min(first.x0, last.x0),
                min(first.y0, last.y0),
                max(first.x1, last.x1),
                max(first.y1, last.y1),
                first.page,
            )
        case TimeSpan(start_s), TimeSpan(_, end_s):
            return TimeSpan(start_s, end_s)
    return first
