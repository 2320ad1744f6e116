"""Sees when a question is about one file as a whole, and which: named, spoken of before, or the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_mmrag.answer.sources import Source, joined
from desktop_mmrag.domain import RECORDINGS, Citation, Hit, Medium, Role, Store, TimeSpan, Whole
from desktop_mmrag.library.contents import KeptContent
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import Selection
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.retrieve.stopwords import informative

PAPERS = frozenset({Medium.DOCUMENT, Medium.NOTE})

# "What does the letter say about the fee?" asks for a sentence of it, not for all of it.
_SUMS_UP = re.compile(r"\b(?:summari[sz]e|summary|sum up|recap|outline|overview)\b", re.I)
_ASKS_FOR_ALL = re.compile(
    r"\b(?:summari[sz]e|summary|sum up|recap|outline|overview|describe|tell me about|"
    r"what(?:'s| is| was| are)? (?:happen\w*|going on|shown|said|told|spoken|discussed|talked)|"
    r"what (?:do|does|did) .{1,30} (?:say|tell|show|talk)|what happens|what goes on|"
    r"what (?:is|was) .{1,60} about)\b",
    re.I,
)
_VIDEO = r"videos?|clips?|films?|movies?|footage"
_SOUND = (
    r"recordings?|sounds?|audio|podcasts?|songs?|voice memos?|interviews?|talks?|lectures?|speech"
)
_PAPER = (
    r"documents?|pdfs?|papers?|articles?|reports?|letters?|books?|notes?|contracts?|manuals?|"
    r"slides?|presentations?|spreadsheets?|chats?|conversations?|e-?mails?|minutes"
)
_CALLED = re.compile(rf"\b(?:(?P<video>{_VIDEO})|(?P<sound>{_SOUND})|(?P<paper>{_PAPER}))\b", re.I)
_HEARD = "mp3|m4a|m4b|aac|flac|ogg|oga|opus|wav|mp4|m4v|mov|mkv|webm|avi|3gp"
_READ = (
    "pdf|docx|pptx|xlsx|odt|odp|ods|epub|rtf|eml|mbox|csv|tsv|txt|md|markdown|html?|org|rst|json"
)
_NAME = re.compile(rf"[\w][\w .,()&'+-]*\.(?:(?P<heard>{_HEARD})|(?P<read>{_READ}))\b", re.I)
_TOLD = frozenset({Role.SPEECH, Role.PASSAGE, Role.OCR})
_FILLERS = """
this that these those last latest newest previous file content contents happens happening shown said
told about whole say says tell show shows talk talks describe summarise summarize summary recap
outline overview sum goes going spoken discussed please short brief briefly
"""
_NO_NAME = frozenset(_FILLERS.split())
_SOUGHT = 20


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for."""

    media: frozenset[Medium]
    name: str | None
    words: str
    """What is left to tell files apart by; empty for "this video"."""


class WholeFiles:
    """Looks for the file that a question means as a whole. Belongs to one conversation."""

    def __init__(self, library: Library, finder: Finder) -> None:
        self._library = library
        self._finder = finder
        self.last: int | None = None
        """The content that was spoken of last."""

    def remember(self, citations: Sequence[Citation]) -> None:
        """An answer rested on these."""
        cited = [c.content_id for c in citations if c.medium in RECORDINGS | PAPERS]
        if cited:
            self.last = cited[0]

    def meant(self, question: str) -> Source | None:
        """All of the file, as one source; None when the question is about something else."""
        wish = _wish(question)
        if wish is None:
            return None
        content_id = self._named(wish) if wish.name else self._described(wish)
        described = self._library.contents.describe([content_id]) if content_id else {}
        content = described.get(content_id or 0)
        if content is None or content.medium not in wish.media:
            return None
        return _whole(content, self._library)

    def _named(self, wish: _Wish) -> int | None:
        """A question holds more than the name: the longest ending that is a file's name counts."""
        asked = str(wish.name).casefold()
        words = informative(re.findall(r"\w+", asked.rpartition(".")[0]))
        matches = self._library.words.search(Store.FACTS, words, (), limit=_SOUGHT)
        found = self._library.contents.describe(match.rowid for match in matches)
        fitting = [
            (len(path.name), content.id)
            for content in found.values()
            for path in content.paths
            if asked.endswith(path.name.casefold())
        ]
        return max(fitting)[1] if fitting else None

    def _described(self, wish: _Wish) -> int | None:
        if wish.words:
            hits = self._finder.find(wish.words, 1, wish.media).hits
            return hits[0].content_id if hits and hits[0].strong else None
        return self.last if self._is(self.last, wish.media) else self._newest(wish.media)

    def _is(self, content_id: int | None, media: frozenset[Medium]) -> bool:
        if content_id is None:
            return False
        found = self._library.contents.describe([content_id]).get(content_id)
        return found is not None and found.medium in media

    def _newest(self, media: frozenset[Medium]) -> int | None:
        names = ", ".join(f"'{medium.value}'" for medium in media)
        selection = Selection(f"SELECT id FROM content WHERE medium IN ({names})", ())
        return next(iter(self._library.contents.selected(selection)), None)


def _wish(question: str) -> _Wish | None:
    if not _ASKS_FOR_ALL.search(question):
        return None
    name = _NAME.search(question)
    called = _CALLED.search(question)
    if name is None and called is None:
        return None
    media = _media_of(name, called)
    if media == PAPERS and not _SUMS_UP.search(question):
        return None
    return _Wish(media, name[0] if name else None, _telling(question))


def _media_of(name: re.Match[str] | None, called: re.Match[str] | None) -> frozenset[Medium]:
    if name is not None:
        return PAPERS if name["read"] else RECORDINGS
    if called is not None and called["paper"]:
        return PAPERS
    return frozenset({Medium.VIDEO}) if called is not None and called["video"] else RECORDINGS


def _telling(question: str) -> str:
    """The words that are neither the asking nor "video" nor "letter"."""
    plain = _CALLED.sub(" ", question)
    words = informative(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", plain))
    return " ".join(word for word in words if word.lower() not in _NO_NAME)


def _whole(content: KeptContent, library: Library) -> Source:
    kept = library.contents.segments_of(content.id)
    told = tuple(k.segment for k in kept if k.segment.role in _TOLD and k.segment.text.strip())
    shown = [k.segment.locator for k in kept if k.segment.role is Role.PICTURE]
    starts = tuple(at.start_s for at in shown if isinstance(at, TimeSpan))
    seconds = starts or ((0.0,) if content.medium is Medium.VIDEO else ())
    length = content.facts.duration_s
    hit = Hit(
        rank=1,
        segment_id=kept[0].id if kept else 0,
        content_id=content.id,
        path=content.paths[0],
        medium=content.medium,
        locator=Whole() if length is None else TimeSpan(0.0, length),
        snippet="",
        relevance=1.0,
        strong=True,
        reasons=(),
        online=content.online,
    )
    return Source(
        path=content.paths[0],
        medium=content.medium,
        content_id=content.id,
        dated_at=content.dated_at,
        facts=content.facts,
        hit=hit,
        page=None,
        passages=tuple(joined(told)),
        hit_text=(),
        pictured=content.medium is Medium.VIDEO,
        seconds=seconds,
    )
