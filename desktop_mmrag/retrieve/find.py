"""A request in, ranked and explained hits out: parse, candidates of each store, fuse, rerank, cut."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_mmrag.domain import (
    Encoders,
    Hit,
    Medium,
    Query,
    QueryVector,
    Reranker,
    SearchResult,
    Space,
    Store,
    Strategy,
)
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.selection import Selection, select
from desktop_mmrag.retrieve import (
    alternatives,
    candidates,
    captions,
    conditions,
    duplicates,
    fuse,
    liking,
    pages,
    pairs,
    recordings,
    strategies,
)
from desktop_mmrag.retrieve import called as calling
from desktop_mmrag.retrieve import query as queries
from desktop_mmrag.retrieve.candidates import Probe, Ranking
from desktop_mmrag.retrieve.explain import Explainer
from desktop_mmrag.retrieve.fuse import Find
from desktop_mmrag.retrieve.judging import Judging
from desktop_mmrag.retrieve.neutral import Neutral
from desktop_mmrag.retrieve.periods import Period
from desktop_mmrag.retrieve.places import KnownPlaces
from desktop_mmrag.retrieve.relevance import (
    STRONG,
    relevances,
    says_something,
    share_held,
    strong_first,
)
from desktop_mmrag.retrieve.rerank import rerank

# So many finds are judged, compared and sorted for every hit that is asked for.
_CONSIDERED_EACH = 3
_FEWEST_CONSIDERED = 40
# Words on a page that answer this much better than anything inside a guessed filter outweigh it.
_BETTER_SHARE = 0.25
_GOOD_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class _Beside:
    """What was chosen beside the box."""

    media: frozenset[Medium]
    time_span: Period | None


@dataclass(frozen=True, slots=True)
class _Found:
    """One way of reading the request, with what it led to."""

    query: Query
    finds: list[Find]


class Finder:
    """Finds in one library with the encoders in use. Any thread may call it."""

    def __init__(
        self,
        library: Library,
        encoders: Encoders,
        now: Callable[[], datetime] = datetime.now,
        strategy: Strategy = Strategy.FUSED,
    ) -> None:
        self._library = library
        self._strategy = strategy
        self._encoders = encoders
        self._now = now
        self._places = KnownPlaces(library)
        self._neutral = Neutral(encoders)
        self._judging = Judging(library, encoders, self._neutral)

    def find(
        self,
        typed: str,
        limit: int = 20,
        media: frozenset[Medium] = frozenset(),
        likes: Sequence[QueryVector] = (),
        time_span: Period | None = None,
    ) -> SearchResult:
        """The `limit` best hits for what was typed, narrowed to `media` when any are given.

        `time_span` narrows to a stretch of time besides what was typed. `likes` are examples; one
        of negative weight is turned away from. With neither words nor examples the newest files
        that the filters leave are listed. Raises QueryNotUnderstood.
        """
        sides = alternatives.split(typed)
        results = [self._find(side, limit, media, likes, time_span) for side in sides]
        return alternatives.merged(typed, results, limit) if len(results) > 1 else results[0]

    def _find(
        self,
        typed: str,
        limit: int,
        media: frozenset[Medium],
        likes: Sequence[QueryVector],
        time_span: Period | None,
    ) -> SearchResult:
        started = time.perf_counter()
        beside = _Beside(media, time_span)
        found, dropped = self._understood(typed, limit, beside, likes)
        hits = self._hits(found, limit)
        took_ms = 1000 * (time.perf_counter() - started)
        return SearchResult(found.query, hits, took_ms, dropped)

    def similar(self, content_id: int, limit: int = 20) -> SearchResult:
        """What is most like a content of the library, without the content itself or its pair."""
        itself = {content_id, *self._library.pairs.partners([content_id]).get(content_id, ())}
        known = liking.of_content(self._library, self._encoders, content_id)
        likes = liking.vectors(self._encoders, known, 1.0)
        result = self.find("", limit + len(itself), likes=likes)
        others = [hit for hit in result.hits if hit.content_id not in itself][:limit]
        ranked = tuple(replace(hit, rank=rank) for rank, hit in enumerate(others, start=1))
        return replace(result, hits=ranked)

    # --- reading the request ----------------------------------------------------------

    def _understood(
        self, typed: str, limit: int, beside: _Beside, likes: Sequence[QueryVector]
    ) -> tuple[_Found, tuple[str, ...]]:
        """What the request leads to, and the plain words that were not taken as filters after all.

        Filters of operators always hold. Those read out of plain words are tried first; when they
        leave nothing that fits, or the words as they stand fit better, the words are searched.
        """
        query = _narrowed(queries.parse(typed, self._now(), self._places), beside)
        found = self._search(query, limit, likes)
        if not query.guesses:
            return found, ()
        literally = _narrowed(queries.literally(typed, self._now()), beside)
        if not query.meaning:
            # "photos from 2004" where there are none means none.
            return found, ()
        if any(find.chance >= STRONG for find in found.finds) and not query.printable:
            return found, ()
        plain = self._search(literally, limit, likes)
        if _fits_better(found, plain):
            return plain, query.guesses
        return found, ()

    def _search(self, query: Query, limit: int, likes: Sequence[QueryVector]) -> _Found:
        within = select(query.filters)
        if not (query.meaning or likes):
            return _Found(query, self._newest(query, within, limit))
        meant = replace(query, meaning=pages.without_pages(query.meaning))
        stores = strategies.stores(self._strategy, self._encoders)
        asked = candidates.probes(self._encoders, self._neutral, meant, likes)
        probes = [probe for probe in asked if probe.store in stores]
        finds = self._candidates(query, probes, stores, within)
        considered = finds[: max(_FEWEST_CONSIDERED, _CONSIDERED_EACH * limit)]
        whole = pairs.fold(self._library, considered)
        folded = duplicates.fold(self._library, self._picture_space(), whole)
        self._judging.judge(query, probes, folded)
        pages.keep_first(folded)
        folded = [find for find in folded if says_something(find)]
        return _Found(query, rerank(self._reranker(), query.meaning, folded))

    def _candidates(
        self,
        query: Query,
        probes: Sequence[Probe],
        stores: Collection[Store],
        within: Selection | None,
    ) -> list[Find]:
        rankings = candidates.gather(self._library, query, probes, stores, within)
        segments = self._segments(rankings)
        if Store.FACTS in stores:
            named = calling.named_alike(self._library, query.filters, probes)
            segments |= self._segments(named)
            rankings += named
        if notes := captions.notes_for(query.filters):
            beside = candidates.gather(self._library, query, probes, stores, notes, of_notes=True)
            read = self._segments(beside)
            segments |= {id: kept for id, kept in read.items() if kept.segment.about}
            rankings += beside
        followed = captions.follow(self._library, segments, within)
        asked = len({*query.words, *query.phrases})
        finds = recordings.fold(fuse.fuse(rankings, followed, asked))
        passages = next((p for p in probes if p.store is Store.TEXT and not p.example), None)
        finds = pages.promote(self._library, query.meaning, finds, passages)
        return conditions.meeting(self._library, query, finds)

    def _segments(self, rankings: Sequence[Ranking]) -> dict[int, KeptSegment]:
        ids = {found.segment_id for ranking in rankings for found in ranking.candidates}
        return self._library.contents.segments(ids)

    def _newest(self, query: Query, within: Selection | None, limit: int) -> list[Find]:
        """The contents that the filters leave, newest first."""
        newest = self._library.contents.selected(within)[: _CONSIDERED_EACH * limit]
        first = self._library.contents.first_segments(newest)
        segments = self._library.contents.segments(first.values())
        finds = [fuse.standing_for(segments[first[id]]) for id in newest if id in first]
        for find in finds:
            # With nothing asked ("*"), nothing is what was asked for.
            find.chance = float(within is not None or bool(query.excluded))
        return conditions.meeting(self._library, query, pairs.fold(self._library, finds))

    def _reranker(self) -> Reranker | None:
        """It reads words, so what is found in the shared space alone keeps its order."""
        return None if self._strategy is Strategy.SHARED else self._encoders.reranker()

    def _picture_space(self) -> Space | None:
        encoder = self._encoders.image_text()
        return encoder.space if encoder else None

    # --- hits -------------------------------------------------------------------------

    def _hits(self, found: _Found, limit: int) -> tuple[Hit, ...]:
        finds = strong_first(found.finds)
        wanted = {id for find in finds[: 2 * limit] for id in (find.content_id, *find.also)}
        contents = self._library.contents.describe(wanted)
        # A content whose last file was removed a moment ago is no hit any more.
        finds = [find for find in finds if find.content_id in contents][:limit]
        explainer = Explainer(found.query)
        return tuple(
            explainer.hit(
                find,
                rank,
                relevance,
                contents[find.content_id],
                [contents[id] for id in find.also if id in contents],
            )
            for rank, (find, relevance) in enumerate(
                zip(finds, relevances(finds), strict=True), start=1
            )
        )


def _narrowed(query: Query, beside: _Beside) -> Query:
    """Kinds and times chosen beside the box narrow those typed into it."""
    filters = query.filters
    if beside.media:
        filters = replace(filters, media=filters.media & beside.media or beside.media)
    if span := beside.time_span:
        after = max(filter(None, (filters.after, span.start)), default=None)
        before = min(filter(None, (filters.before, span.end)), default=None)
        filters = replace(filters, after=after, before=before)
    return replace(query, filters=filters)


def _fits_better(filtered: _Found, plain: _Found) -> bool:
    """Whether the words as they stand lead further than the filters guessed from them.

    They do when the filters leave nothing strong; and when the guess may be printed on a page
    ("25/12/2018") and a page outside holds clearly more of the words than anything inside.
    """
    if not any(find.chance >= STRONG for find in filtered.finds):
        return bool(plain.finds)
    inside = {find.key for find in filtered.finds}
    best = max((share_held(filtered.query, find) for find in filtered.finds), default=0.0)
    return any(
        share_held(plain.query, find) >= max(_GOOD_SHARE, best + _BETTER_SHARE)
        for find in plain.finds
        if find.key not in inside
    )
