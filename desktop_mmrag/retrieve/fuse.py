"""Folds the segments of one thing into one find and fuses the stores' rankings by rank."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_mmrag.domain import Box, Page, Role, Space, Store, TextSpan, TimeSpan
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.retrieve.candidates import Candidate, Ranking

# Cormack, Clarke and Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet and individual
# rank learning methods": score = sum of 1 / (60 + rank). Any constant from 20 to 60 measured the same.
SMOOTHING = 60
# Ranks alone forget that the first may hold every word and the second half of them. A share of each
# store's own score tells (compare Bruch et al. 2023, "An analysis of fusion functions for hybrid
# retrieval"): with it the right one of 40 scanned receipts came first for 92 % of the questions
# instead of 59 %, and paragraphs and pages stayed where they were.
_SCORE_SHARE = 0.02
# Measured on 452 questions over paragraphs and 70 over PDF pages: passages by meaning at 0.7 to 1
# beside words at 1 put the right one first most often.
_WEIGHTS = {
    Store.IMAGE_TEXT: 1.0,
    Store.TEXT: 0.8,
    Store.WORDS: 1.0,
    Store.OCR: 1.0,
    Store.SPEECH: 1.0,
    Store.FACTS: 0.5,
    Store.SOUND: 1.0,
}
# What holds half of the words asked for says less: with it the right receipt came first for 91
# instead of 89 % of 76 questions, of 452 paragraphs 96.5 instead of 96.2 %, and words read by
# mistake in photos stay behind the photos themselves; of 71 questions over PDF pages one fewer
# had its page among the first five.
_PARTLY = 0.5
# Names, titles, keywords and descriptions that hold every word were given for this.
_NAMED = 3.0
# Encoders of pictures see that a page is a page, and read little of it. Measured with the bundled
# one on 71 questions over PDF pages: at 1 the right page came first for 4 to 8 % fewer.
_LOOKS_OF_PAGE = 0.25
# So many characters read in a photo make it a page as well; at 1 the right receipt came first for
# 78 % of 76 questions, by its words alone for 91 %.
_MUCH_TEXT = 200
_FEWEST_READ = 10
_FIRST_UNSPACED = "\u2e80"
# An example was chosen by hand; the words beside it only tilt it.
_EXAMPLE_WEIGHT = 2.0
_BESIDE_EXAMPLE = 0.5
# The encoder that chose the words ranks the same pictures itself: enough to bring in, not to sort.
_GUESSED_WEIGHT = 0.1
# What has the kind of the example itself goes before what another kind has to say of it.
_ACROSS_WEIGHT = 0.5
# Passages that touch or lie this many characters apart are one place in a note.
_ADJACENT = 2

_BY_COSINE = (Store.IMAGE_TEXT, Store.TEXT, Store.SOUND)
_NO_RANK = 0
_OF_PICTURES = (Role.PICTURE, Role.CAPTION, Role.OCR)

Key = tuple[int, str]


@dataclass(slots=True)
class Evidence:
    """What one store said of a find."""

    store: Store
    rank: int
    score: float
    segment: KeptSegment
    words: tuple[str, ...] = ()
    example: bool = False
    """Found by likeness to an example."""
    across: bool = False
    """The example is of another kind than what was found."""
    space: Space | None = None
    """Where it was compared; None for words."""
    guessed: bool = False
    """Words that an encoder chose, which nobody wrote."""

    @property
    def is_reason(self) -> bool:
        """False for what is merely listed."""
        return self.rank != _NO_RANK


@dataclass(slots=True)
class Find:
    """A photo, a page, a place in a note: the segments that count as one hit."""

    key: Key
    content_id: int
    score: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)
    """At most one of each store and kind of query, the best."""
    chance: float = 0.0
    """How likely it is what was asked for, 0 to 1; set by relevance."""
    also: list[int] = field(default_factory=list)
    """Contents of near-duplicates folded into this find."""
    page_named: bool = False
    """The request names this page."""

    @property
    def segments(self) -> list[KeptSegment]:
        """Each segment that some store offered, once."""
        return list({item.segment.id: item.segment for item in self.evidence}.values())

    @property
    def words(self) -> frozenset[str]:
        """The words of the query that it holds."""
        return frozenset(word for item in self.evidence for word in item.words)

    @property
    def written(self) -> frozenset[str]:
        """Those of `words` that stand in it or are known of it, rather than guessed."""
        return frozenset(w for item in self.evidence if not item.guessed for w in item.words)

    @property
    def text(self) -> str:
        """The words of the segment that speaks for it, empty for a picture nobody read."""
        return next((item.segment.segment.text for item in self.speaking()), "")

    def speaking(self) -> list[Evidence]:
        """Evidence whose segment has text, strongest first; names and facts say nothing of a place."""
        having = [
            item
            for item in self.evidence
            if item.segment.segment.text and item.store is not Store.FACTS
        ]
        return sorted(having, key=_worth, reverse=True)


@dataclass(frozen=True, slots=True)
class _Voice:
    """A ranking with what it counts among the others."""

    ranking: Ranking
    weight: float
    asked: int
    """How many words and phrases the request has; 0 where they do not matter."""

    def credit(self, rank: int, candidate: Candidate) -> float:
        """What a candidate gains by its rank and its score."""
        share = _SCORE_SHARE * _relative(self.ranking, candidate)
        return self.weight * self._counts(candidate) * (1 / (SMOOTHING + rank) + share)

    def _counts(self, candidate: Candidate) -> float:
        """The more of the words asked for it holds, the more it says."""
        if not self.asked:
            return 1.0
        held = min(1.0, len(candidate.words) / self.asked)
        if self.ranking.store is Store.FACTS:
            return _NAMED if held == 1.0 else 1.0
        return _PARTLY + (1 - _PARTLY) * held


def fuse(
    rankings: Iterable[Ranking], segments: Mapping[int, KeptSegment], asked: int = 0
) -> list[Find]:
    """Finds with the best first. Candidates whose segment is gone are left out.

    `asked`: how many words and phrases the request has.
    """
    finds: dict[Key, Find] = {}
    facts: list[_Voice] = []
    scans = _scans(segments)
    for voice in _voices(list(rankings), asked):
        if voice.ranking.store is Store.FACTS:
            facts.append(voice)
        else:
            _add(finds, voice, segments, scans)
    for voice in facts:
        _add_facts(finds, voice, segments)
    ordered = sorted(finds.values(), key=lambda find: (-find.score, find.key))
    return _without_neighbours(ordered)


def _scans(segments: Mapping[int, KeptSegment]) -> set[int]:
    """Contents in whose pictures much was read: receipts, letters, screens full of text."""
    return {
        kept.content_id
        for kept in segments.values()
        if kept.segment.role is Role.OCR and len(kept.segment.text) >= _MUCH_TEXT
    }


def _voices(rankings: Sequence[Ranking], asked: int) -> Iterator[_Voice]:
    shown = any(ranking.example and not ranking.across for ranking in rankings)
    for ranking in rankings:
        beside = _BESIDE_EXAMPLE if shown and not ranking.example else 1.0
        # Vectors are compared whole, and words that an encoder chose are none that were written.
        by_words = ranking.store not in _BY_COSINE and not ranking.guessed
        yield _Voice(ranking, beside * _weight(ranking), asked if by_words else 0)


def _add(
    finds: dict[Key, Find],
    voice: _Voice,
    segments: Mapping[int, KeptSegment],
    scans: Collection[int],
) -> None:
    ranking = voice.ranking
    folded = _folded(ranking, segments)
    candidates = tuple(candidate for _, candidate in folded.values())
    best = replace(voice, ranking=replace(ranking, candidates=candidates))
    for rank, (key, (segment, candidate)) in enumerate(folded.items(), start=1):
        find = finds.setdefault(key, Find(key, segment.content_id))
        before = find.score
        _credit(find, best, candidate, segment, rank)
        page = isinstance(segment.segment.locator, Page)
        # A scan that is shown is looked for among scans, too.
        written = page or (segment.content_id in scans and not ranking.example)
        if written and ranking.store is Store.IMAGE_TEXT:
            find.score = before + _LOOKS_OF_PAGE * (find.score - before)


def _folded(
    ranking: Ranking, segments: Mapping[int, KeptSegment]
) -> dict[Key, tuple[KeptSegment, Candidate]]:
    """The best candidate of each page or other unit, with the words that its others hold besides."""
    folded: dict[Key, tuple[KeptSegment, Candidate]] = {}
    for candidate in ranking.candidates:
        segment = segments.get(candidate.segment_id)
        if segment is None or (ranking.store is Store.TEXT and _is_scrap(segment)):
            continue
        key = key_of(segment)
        if key in folded:
            first, best = folded[key]
            folded[key] = first, _with_more_words(best, candidate)
        else:
            folded[key] = segment, candidate
    return folded


def _is_scrap(kept: KeptSegment) -> bool:
    """A word or two read in a picture, often by mistake, mean nothing that could be compared."""
    if kept.segment.role is not Role.OCR:
        return False
    text = kept.segment.text
    # Chinese and Japanese put no spaces; a word has about two signs.
    unspaced = sum(sign >= _FIRST_UNSPACED for sign in text) // 2
    return len(text.split()) + unspaced < _FEWEST_READ


def _with_more_words(best: Candidate, other: Candidate) -> Candidate:
    """A page whose passages hold different words of the query holds them all.

    Its score stays that of its best passage: adding the others' changed no measured hit, and
    adding their ranks favoured long pages.
    """
    more = [word for word in other.words if word not in best.words]
    if not more:
        return best
    return replace(best, words=(*best.words, *more))


def _add_facts(
    finds: dict[Key, Find],
    voice: _Voice,
    segments: Mapping[int, KeptSegment],
) -> None:
    """What is known of a file speaks for each of its pages that were found, else for its first."""
    of_content: dict[int, list[Find]] = {}
    for find in finds.values():
        of_content.setdefault(find.content_id, []).append(find)
    for rank, candidate in enumerate(voice.ranking.candidates, start=1):
        segment = segments.get(candidate.segment_id)
        if segment is None:
            continue
        found = of_content.get(segment.content_id)
        if not found:
            key = key_of(segment)
            found = [finds.setdefault(key, Find(key, segment.content_id))]
        for find in found:
            _credit(find, voice, candidate, segment, rank)


def _credit(
    find: Find, voice: _Voice, candidate: Candidate, segment: KeptSegment, rank: int
) -> None:
    ranking = voice.ranking
    find.score += voice.credit(rank, candidate)
    find.evidence.append(
        Evidence(
            ranking.store,
            rank,
            candidate.score,
            segment,
            candidate.words,
            ranking.example,
            ranking.across,
            ranking.space,
            ranking.guessed,
        )
    )


def _weight(ranking: Ranking) -> float:
    if ranking.example:
        return _EXAMPLE_WEIGHT * (_ACROSS_WEIGHT if ranking.across else 1.0)
    if ranking.guessed:
        return _GUESSED_WEIGHT
    return _WEIGHTS[ranking.store]


def _relative(ranking: Ranking, candidate: Candidate) -> float:
    """The score of a candidate between 0 and 1, the best of its ranking.

    Words score from 0. A cosine has no such zero; the last candidate's stands in for it.
    """
    best, last = ranking.candidates[0].score, ranking.candidates[-1].score
    zero = last if ranking.store in _BY_COSINE else 0.0
    return (candidate.score - zero) / (best - zero) if best > zero else 1.0


def _worth(evidence: Evidence) -> float:
    return _WEIGHTS[evidence.store] / (SMOOTHING + evidence.rank)


def standing_for(segment: KeptSegment) -> Find:
    """A find that no store offered: a content that is merely listed."""
    find = Find(key_of(segment), segment.content_id)
    find.evidence.append(Evidence(Store.FACTS, _NO_RANK, 0.0, segment))
    return find


def key_of(segment: KeptSegment) -> Key:
    """What counts as one hit: a page, a passage, a stretch of a recording, else the whole."""
    locator = segment.segment.locator
    match locator:
        case Page(page=page):
            place = f"page {page}"
        case Box(page=page) if page is not None:
            place = f"page {page}"
        case TextSpan(start=start) if segment.segment.role in _OF_PICTURES:
            # A picture inside a document, the words around it and those read in it.
            place = f"{Role.PICTURE} {start}"
        case TextSpan(start=start):
            place = f"{segment.segment.role} {start}"
        case TimeSpan(start_s=start) if segment.segment.role is not Role.PICTURE:
            place = f"second {start}"
        case TimeSpan(start_s=start):
            place = f"frame {start}"
        case _:
            place = ""
    return segment.content_id, place


def _without_neighbours(finds: Sequence[Find]) -> list[Find]:
    """Of passages that touch in one note, the better one."""
    kept: list[Find] = []
    spans: dict[int, list[tuple[int, int]]] = {}
    for find in finds:
        span = _span(find)
        if span is not None:
            taken = spans.setdefault(find.content_id, [])
            if any(_touch(span, other) for other in taken):
                continue
            taken.append(span)
        kept.append(find)
    return kept


def _span(find: Find) -> tuple[int, int] | None:
    for item in find.evidence:
        locator = item.segment.segment.locator
        if isinstance(locator, TextSpan):
            return locator.start, locator.end
    return None


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] + _ADJACENT and other[0] <= one[1] + _ADJACENT
