"""Counts, lists and dates over the whole library, from the database rather than from the best few hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from desktop_mmrag.answer.days import told_day
from desktop_mmrag.answer.draft import Claim, Draft, Evidence, numbered
from desktop_mmrag.answer.sources import Statement, in_words, statements_in
from desktop_mmrag.answer.tally_request import Aim, TallyRequest, compares_amounts, read_request
from desktop_mmrag.answer.values import printed_days
from desktop_mmrag.answer.wording import content_words, informative, words
from desktop_mmrag.domain import (
    Filters,
    Hit,
    Medium,
    Query,
    Store,
    Whole,
)
from desktop_mmrag.library.contents import KeptContent
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import Selection, select
from desktop_mmrag.retrieve.places import KnownPlaces
from desktop_mmrag.retrieve.query import parse

LookFor = Callable[[str, int, frozenset[Medium]], Sequence[Hit]]
"""Pictures that look like some words: the words, the most hits, the media."""

_WORD_STORES = (Store.WORDS, Store.OCR, Store.SPEECH, Store.FACTS)
# The word store ranks no more rows than this for one word.
_MOST_ROWS = 20_000
# Contents whose text is read for printed dates or for the sentence that holds the words.
_MOST_READ = 2_000
_MOST_PICTURES = 200
_LISTED = 20
_DATED = 3
# A free noun names a kind of file when at least this many contents carry it.
_CARRIED = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """Contents that a request means; `seen` of them were judged by their pixels alone."""

    contents: tuple[KeptContent, ...]
    words: tuple[str, ...]
    filters: Filters
    seen: int = 0
    without: tuple[str, ...] = ()
    """Words that none of them holds."""


NOT_ADDED = (
    "Amounts in several files cannot be added up or compared yet. “List all receipts” shows the"
    " files, and each can be asked for its total."
)


class Tally:
    """Answers questions about the library as a whole."""

    def __init__(self, library: Library, look_for: LookFor, now: Callable[[], datetime]) -> None:
        self._library = library
        self._look_for = look_for
        self._now = now
        self._places = KnownPlaces(library)

    def answer(self, question: str) -> Draft | None:
        """None when the question is not of this kind, or its words are nowhere and it may be another."""
        request = read_request(question)
        if request is None:
            return Draft(NOT_ADDED, found=False) if compares_amounts(question) else None
        found = self._find(request)
        if request.aim in (Aim.LATEST, Aim.EARLIEST):
            return self._dated(request, found) if found.contents else None
        if not request.certain and len(found.contents) < _CARRIED:
            return None
        return self._listed(request, found)

    # --- which contents

    def _find(self, request: TallyRequest) -> _Found:
        query = parse(request.rest, self._now(), self._places)
        filters = replace(query.filters, media=query.filters.media | request.media)
        asked = tuple(word for word in query.words if informative(word)) + query.phrases
        by_print = bool(request.named) and bool(filters.after or filters.before)
        within = select(replace(filters, after=None, before=None) if by_print else filters)
        without = content_words(request.without)
        ids = self._carrying(request, asked, within) - self._with_any(without, request)
        contents = self._newest_first(ids)
        if by_print:
            contents = [
                content
                for content in contents[:_MOST_READ]
                if any(_in_period(day, filters) for day in self._days_of(content))
            ]
        seen = self._seen(request, query, within, {c.id for c in contents})
        together = self._newest_first({c.id for c in contents} | seen)
        return _Found(tuple(together), asked, filters, len(seen), without)

    def _carrying(
        self, request: TallyRequest, asked: Sequence[str], within: Selection | None
    ) -> set[int]:
        """Contents that hold every word asked for, and one of the names of the kind."""
        sets = [self._holding(word, within) for word in asked]
        if request.named:
            by_name = [self._holding(name, within) for name in request.named]
            sets.append(set().union(*by_name, self._in_path(request.noun)))
        if not sets:
            return set(self._library.contents.selected(within))
        held = set.intersection(*sets)
        return held & set(self._library.contents.selected(within)) if held else held

    def _holding(self, word: str, within: Selection | None) -> set[int]:
        """Contents that hold a word or phrase in any store, in any of its segments."""
        library = self._library
        ids: set[int] = set()
        for store in _WORD_STORES:
            rows = library.words.search(store, (), (word,), limit=_MOST_ROWS, within=within)
            found = [row.rowid for row in rows]
            if store is not Store.FACTS:
                found = [kept.content_id for kept in library.contents.segments(found).values()]
            ids.update(found)
        return ids

    def _in_path(self, noun: str) -> set[int]:
        """Contents with the noun in their path, as in a folder "Receipts 2019"."""
        stem = noun[:-1] if noun.endswith("s") else noun
        return set(self._library.contents.selected(select(Filters(folders=(stem,)))))

    def _with_any(self, without: Sequence[str], request: TallyRequest) -> set[int]:
        """Contents that hold one of the words, and pictures that look like them."""
        held = set[int]().union(*(self._holding(word, None) for word in without))
        return held | self._looking_like(" ".join(without), request.media)

    def _seen(
        self, request: TallyRequest, query: Query, within: Selection | None, known: set[int]
    ) -> set[int]:
        """Photos that clearly look like the words, which no text says of them."""
        if not content_words(query.meaning):
            return set()
        alike = self._looking_like(request.rest, request.media)
        # Days and places are known of a picture, whatever it looks like.
        return (alike - known) & set(self._library.contents.selected(within))

    def _looking_like(self, said: str, media: frozenset[Medium]) -> set[int]:
        if media != {Medium.PHOTO} or not said:
            return set()
        return {
            hit.content_id
            for hit in self._look_for(said, _MOST_PICTURES, media)
            if hit.strong and any(reason.store is Store.IMAGE_TEXT for reason in hit.reasons)
        }

    def _days_of(self, content: KeptContent) -> list[date]:
        """The dates printed on it; the file's date if it has none."""
        return self._printed_on(content) or [content.dated_at.date()]

    def _printed_on(self, content: KeptContent) -> list[date]:
        segments = self._library.contents.segments_of(content.id)
        return printed_days("\n".join(kept.segment.text for kept in segments))

    def _day_of(self, content: KeptContent, request: TallyRequest) -> date:
        """Paper is dated by what is printed on it, everything else by its file."""
        return self._days_of(content)[0] if request.named else content.dated_at.date()

    def _newest_first(self, ids: Iterable[int]) -> list[KeptContent]:
        described = self._library.contents.describe(ids)
        return sorted(described.values(), key=lambda c: (c.dated_at, -c.id), reverse=True)

    # --- in words

    def _listed(self, request: TallyRequest, found: _Found) -> Draft | None:
        count = len(found.contents)
        what = f"{_counted(count, request.noun)}{_conditions(found)}"
        if count == 0 and request.aim is Aim.LIST:
            return None
        if count == 0:
            return Draft(f"Your library holds no {what.removeprefix('0 ')}.", found=False)
        # What a picture shows, or does not, is judged by its looks.
        judged = found.seen or (found.without and request.media == {Medium.PHOTO})
        about = "About " if judged else ""
        claims = [Claim(f"{about}{what}:")]
        # Only paper may be dated otherwise than by its file, which the order is by already.
        read = _MOST_READ if request.named else _LISTED
        dated = [(self._day_of(content, request), content) for content in found.contents[:read]]
        dated.sort(key=lambda item: item[0], reverse=True)
        for day, content in dated[:_LISTED]:
            evidence = self._evidence(content, day, found.words)[0]
            claims.append(Claim(f"{in_words(day)}, {content.paths[0].name}", (evidence,)))
        if count > _LISTED:
            claims.append(Claim(f"and {count - _LISTED:,} more."))
        return numbered(claims, found=True, joint="\n")

    def _dated(self, request: TallyRequest, found: _Found) -> Draft | None:
        """The newest or oldest; a day yet to come was not the last time."""
        today, latest, noun = self._now().date(), request.aim is Aim.LATEST, request.noun
        read = found.contents[:_MOST_READ]
        printed = {content.id: self._printed_on(content) for content in read}
        known = []
        for content in read:
            days = printed[content.id] if request.named else []
            day = days[0] if days else content.dated_at.date()
            aim = None if noun else request.aim
            known.append(self._evidence(content, day, found.words, aim))
        known = [item for item in known if item[1] <= today]
        # A file's own date is when it was copied: it counts only where nothing better is known.
        told = {content.id for content in read if content.facts.taken_at or printed[content.id]}
        known = [item for item in known if item[0].content_id in told] or known
        if not known:
            return None
        known.sort(key=lambda item: item[1], reverse=latest)
        (evidence, day), *others = known[:_DATED]
        said = evidence.path.name if noun else evidence.quote
        claims = [Claim(f"{in_words(day)}: {said}", (evidence,))]
        link = "Before that:" if latest else "After that:"
        for other, other_day in others:
            claims.append(Claim(f"{link} {in_words(other_day)}", (other,)))
            link = "and"
        return numbered(claims, found=True)

    def _evidence(
        self, content: KeptContent, day: date, asked: Sequence[str], aim: Aim | None = None
    ) -> tuple[Evidence, date]:
        """The sentence that holds most of the words, or the whole content.

        With an aim, of several such sentences the one that tells of the latest or earliest day,
        with that day.
        """
        carrying = self._carrying_statements(content, asked)
        if aim is not None and carrying:
            # No day of its own: the file's day stands for it.
            told = [(told_day(statement) or day, statement) for statement in carrying]
            pick = max if aim is Aim.LATEST else min
            day, best = pick(told, key=lambda item: item[0])
        else:
            whole = Statement(f"{content.paths[0].name}, {in_words(day)}", Whole())
            best = carrying[0] if carrying else whole
        path = content.paths[0]
        return Evidence(path, content.medium, content.id, best.locator, best.text), day

    def _carrying_statements(self, content: KeptContent, asked: Sequence[str]) -> list[Statement]:
        """The sentences that hold the most of the words, in reading order."""
        wanted = {stem for word in asked for stem in words(word)}
        segments = self._library.contents.segments_of(content.id) if wanted else []
        held = [
            (len(wanted & set(words(statement.text))), statement)
            for kept in segments
            for statement in statements_in(kept.segment)
        ]
        most = max((count for count, _ in held), default=0)
        return [statement for count, statement in held if count == most] if most else []


def _in_period(day: date, filters: Filters) -> bool:
    moment = datetime.combine(day, time())
    return (not filters.after or moment >= filters.after) and (
        not filters.before or moment < filters.before
    )


def _counted(count: int, noun: str) -> str:
    if count != 1:
        plural = noun if noun.endswith("s") else f"{noun}s"
        return f"{count:,} {plural}"
    singular = noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")
    return f"1 {singular}"


def _conditions(found: _Found) -> str:
    quoted = [f"“{word}”" for word in found.words]
    held = " and ".join(filter(None, (", ".join(quoted[:-1]), *quoted[-1:])))
    verb = "match" if found.seen else "hold"
    if len(found.contents) == 1:
        verb += "es" if found.seen else "s"
    lacking = " or ".join(f"“{word}”" for word in found.without)
    return (
        (f" that {verb} {held}" if held else "")
        + (f" without {lacking}" if lacking else "")
        + _period(found.filters)
        + _place(found.filters)
    )


def _place(filters: Filters) -> str:
    return f" near {filters.near}" if filters.near else ""


def _period(filters: Filters) -> str:
    """ " from 2019", " from March 2019", " from 1 March 2019 to 3 April 2019", " since ..."."""
    after, before = filters.after, filters.before
    if after and before:
        last = before - timedelta(days=1)
        if (after.month, after.day) == (1, 1) and (last.month, last.day) == (12, 31):
            years = str(after.year) if after.year == last.year else f"{after.year} to {last.year}"
            return f" from {years}"
        if (
            after.day == 1
            and before.day == 1
            and last.month == after.month
            and last.year == after.year
        ):
            return f" from {after:%B} {after.year}"
        if last.date() == after.date():
            return f" from {in_words(after)}"
        return f" from {in_words(after)} to {in_words(last)}"
    if after:
        return f" since {in_words(after)}"
    return f" before {in_words(before)}" if before else ""
