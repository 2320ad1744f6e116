"""Answers without a language model: the value or the sentences of the sources that answer best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_mmrag.answer.authorship import author_of
from desktop_mmrag.answer.days import (
    AskedTime,
    asked_time,
    entries_at,
    filed_under,
    is_heading,
    only_at,
)
from desktop_mmrag.answer.draft import Claim, Draft, evidence_of, numbered
from desktop_mmrag.answer.grid import crossing
from desktop_mmrag.answer.postal import first_address
from desktop_mmrag.answer.question import Question, bare, understand
from desktop_mmrag.answer.rows import best_row
from desktop_mmrag.answer.sentences import is_listing, shortened
from desktop_mmrag.answer.sources import Source, Statement, facts_in_words, in_words
from desktop_mmrag.answer.support import Meaning, Weights
from desktop_mmrag.answer.tables import headers_in
from desktop_mmrag.answer.values import ValueKind, dates_in, find_values
from desktop_mmrag.answer.wording import fold, informative, words
from desktop_mmrag.domain import Box, Medium, Store, TextSpan, Whole

NOTHING = "Nothing in your files answers this."

# Measured on XQuAD English, 452 questions over 100 notes: the best sentence alone holds the
# answer for 81 %; weights of 0.3 to 1.2, 0.1 to 0.2 and 0 to 0.3 are all within 1 %.
_COVERAGE_WEIGHT = 0.5
_KIND_WEIGHT = 0.15
_PLACE_WEIGHT = 0.1
# The noun asked for ("the teacher of ...") in the sentence itself; XQuAD is the same up to 0.2.
_LABEL_WEIGHT = 0.2
# Off what it carries when the file has not one of the names and numbers of the question. XQuAD:
# refusals when the article is absent 92.3 to 94.7 %, right answers 88.1 to 87.8 %.
_NAMES_WEIGHT = 0.2
# Of similarity + 0.5 x words in common, without the kind of value. It lets 97 % of those
# questions pass, and 8 % of them when the article that answers is not in the library.
_FOUND_AT = 0.52
# A second sentence this near to the best adds 6 % of answers and 0.27 sentences on average.
_ALSO_WITHIN = 0.85
_MOST_SENTENCES = 2
_SHORTEST_WORDS = 3

# Half of the words asked for stand in the label and nothing makes it a different thing.
_ROW_FITS = 0.5
# A source that holds less than half of the question's subject is about something else.
_ROW_SUBJECT = 0.5
_OTHER_DAY = 0.4
_CLOSEST_PICTURES = 3
_LAST = re.compile(r"\b(?:last|latest|most recent\w*)\b", re.IGNORECASE)
_MOMENTS = (ValueKind.DATE, ValueKind.TIME)
# A poster, a ticket or a sign: its few lines speak of one thing, and none of them alone says which.
_SIGN = 300


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: Source
    statement: Statement
    score: float
    """For ranking."""
    carries: float
    """How surely it speaks of what is asked, whatever kind of value it holds."""


def extract(
    question: str,
    sources: Sequence[Source],
    meaning: Meaning,
    further: Sequence[Source] = (),
    typed: str | None = None,
    now: datetime | None = None,
) -> Draft:
    """One or two sentences or a value, with citations; `found` is false when nothing answers.

    Sentences come from `sources`, values beside a label also from `further`, which may hold
    the same and more. `question` stands on its own; `typed` is what was asked where that leaned on an earlier one.
    `now` gives "last week" its days and tells what is past; without it a question has no time.
    """
    asked = understand(bare(question))
    own = informative(bare(typed)) if typed and typed != question else ()
    row = author_of(question, sources) or _from_rows(asked, further or sources)
    if row:
        return numbered([row], found=True)
    when = asked_time(asked.text, now) if now else None
    entries = entries_at(when, further or sources) if asked.kind is None else []
    if entries:
        return numbered(entries, found=True)
    best = _best_sentences(asked, own, sources, meaning, when, now)
    if best:
        return numbered([_claim(asked, candidate) for candidate in best], found=True)
    return _not_found(sources)


def _claim(asked: Question, candidate: _Candidate) -> Claim:
    """What is quoted, with the day of its entry when a day is asked that it does not say."""
    said = shortened(candidate.statement.text)
    day = filed_under(candidate.statement) if asked.kind is ValueKind.DATE else None
    if day and not find_values(ValueKind.DATE, said):
        said = f"{in_words(day)}: {said}"
    return Claim(said, (evidence_of(candidate.source, candidate.statement),))


# --- rows -----------------------------------------------------------------------------


def _from_rows(asked: Question, sources: Sequence[Source]) -> Claim | None:
    """The value that stands under the name asked for, in the source that the question is about."""
    if not asked.label and asked.kind is not ValueKind.ADDRESS:
        return _from_tables(asked, sources)
    for source in _about(asked, sources):
        if asked.kind is ValueKind.ADDRESS:
            address = first_address(source.lines)
            if address:
                return Claim(address.text, (evidence_of(source, address),))
        row = best_row(asked, source.lines)
        if row and row.score >= _ROW_FITS:
            return Claim(row.value, (evidence_of(source, row.statement),))
    return _unlabelled(asked, sources)


def _from_tables(asked: Question, sources: Sequence[Source]) -> Claim | None:
    """ "How much honey did we harvest in 2023?" names no label, but a row and a column."""
    for source in _about(asked, sources) if asked.kind else ():
        found = crossing(asked, source.lines)
        if found:
            return Claim(found.value, (evidence_of(source, found.statement),))
    return None


def _unlabelled(asked: Question, sources: Sequence[Source]) -> Claim | None:
    """An e-mail address needs no label to be known as one."""
    if asked.kind is not ValueKind.EMAIL:
        return None
    for source in _about(asked, sources):
        for line in source.lines:
            for value in find_values(ValueKind.EMAIL, line.text):
                return Claim(value.text, (evidence_of(source, line),))
    return None


def _about(asked: Question, sources: Sequence[Source]) -> list[Source]:
    """Sources that hold what the question is about, best first."""
    fits = [(_subject_fit(asked, source), -rank) for rank, source in enumerate(sources)]
    order = sorted(range(len(sources)), key=lambda i: fits[i], reverse=True)
    best = fits[order[0]][0] if order else 0.0
    # A source that fits clearly worse is about something else.
    return [sources[i] for i in order if fits[i][0] >= max(_ROW_SUBJECT, best - 0.1)]


def _subject_fit(asked: Question, source: Source) -> float:
    """The share of the question's subject in the source, and 1 more for a day it names, 0 to 2."""
    text = f"{source.text}\n{source.path}\n{source.facts.title or ''}"
    present, squeezed = set(words(text)), re.sub(r"\W", "", fold(text))
    # Reading a picture may lose the spaces between words.
    held = [w for w in asked.subject if w in present or (len(w) >= 4 and w in squeezed)]
    share = len(held) / len(asked.subject) if asked.subject else _ROW_SUBJECT
    if not asked.dates:
        return share
    days = dates_in(text)
    if asked.dates & {*days, source.dated_at.date()}:
        return share + 1
    # Another day's paper of the same shop is the wrong one; an undated or misread one may be right.
    return share * _OTHER_DAY if days else share


# --- sentences ------------------------------------------------------------------------


def _best_sentences(
    asked: Question,
    own: Sequence[str],
    sources: Sequence[Source],
    meaning: Meaning,
    when: AskedTime | None,
    now: datetime | None,
) -> list[_Candidate]:
    ranked = _ranked(asked, own, sources, meaning, when)
    if not ranked or ranked[0].carries < _FOUND_AT:
        return []
    least = ranked[0].score * _ALSO_WITHIN
    near = [candidate for candidate in ranked[:_MOST_SENTENCES] if candidate.score >= least]
    return _last_of(asked, ranked, now) or near


def _last_of(
    asked: Question, ranked: Sequence[_Candidate], now: datetime | None
) -> list[_Candidate]:
    """The last entry that tells of it: "when did I last ..." has one for each time."""
    if asked.kind is not ValueKind.DATE or not now or not _LAST.search(asked.text):
        return []
    held = _words_held(asked, ranked[0])
    dated = [
        (day, candidate)
        for candidate in ranked
        if held and held <= _words_held(asked, candidate)
        if (day := filed_under(candidate.statement)) and day <= now.date()
    ]
    return [max(dated, key=lambda entry: entry[0])[1]] if dated else []


def _words_held(asked: Question, candidate: _Candidate) -> set[str]:
    return set(asked.words) & set(words(candidate.statement.text))


def _ranked(
    asked: Question,
    own: Sequence[str],
    sources: Sequence[Source],
    meaning: Meaning,
    when: AskedTime | None,
) -> list[_Candidate]:
    """Statements by similarity to the question, words in common, and the kind of value asked for."""
    told = [
        (source, statement, around)
        for source in sources
        for statement, around in _with_neighbours(source)
        if _tells(asked, statement) and _knows(asked, source, statement)
    ]
    if when:
        fits = only_at(when, [statement for _, statement, _ in told])
        told = [item for item, fit in zip(told, fits, strict=True) if fit]
    pairs = [(source, statement) for source, statement, _ in told]
    texts = [statement.text for _, statement in pairs]
    weights = Weights(texts)
    near = meaning.similarities(asked.text, texts)
    signs = {id(s): s.text for s in sources if _is_sign(s)}
    of_sign = dict(zip(signs, meaning.similarities(asked.text, [*signs.values()]), strict=True))
    foreign = {id(s): _foreign(asked, s) for s in sources}
    around = {id(s): weights.coverage(asked.words, f"{s.text} {s.path.stem}") for s in sources}
    scored = []
    for i, (source, statement) in enumerate(pairs):
        nearby = told[i][2]
        # An entry of the days asked for need not name them.
        wanted = when.beside if when and when.has_entry(statement) else asked.words
        shared = weights.coverage(wanted, statement.text, nearby)
        if own:
            # What is asked now weighs as much as the subject that it was asked of.
            shared = (shared + weights.coverage(own, statement.text, nearby)) / 2
        read = isinstance(statement.locator, Box)
        similar = max(near[i], of_sign.get(id(source), 0.0) if read else 0.0)
        carries = float(similar) + _COVERAGE_WEIGHT * shared
        carries -= _NAMES_WEIGHT * foreign[id(source)]
        kind = _KIND_WEIGHT * _has_kind(asked, statement.text)
        kind += _LABEL_WEIGHT * weights.coverage(asked.label, statement.text)
        score = carries + kind + _PLACE_WEIGHT * around[id(source)]
        scored.append(_Candidate(source, statement, score, carries))
    return sorted(scored, key=lambda candidate: -candidate.score)


def _foreign(asked: Question, source: Source) -> float:
    """The share of the question's names and numbers that the source does not hold, 0 to 1."""
    if not asked.names:
        return 0.0
    text = f"{source.text} {source.path} {source.facts.title or ''}"
    present, squeezed = set(words(text)), re.sub(r"\W", "", fold(text))
    missing = [name for name in asked.names if name not in present and name not in squeezed]
    return len(missing) / len(asked.names)


def _with_neighbours(source: Source) -> list[tuple[Statement, str]]:
    """Each sentence once, with the heading above it and the sentences beside it."""
    headers = headers_in(source.sentences)
    told = [s for s in source.sentences if not (s.is_row and s.cells in headers)]
    sentences = list({statement.text: statement for statement in told}.values())
    whole = source.text if _is_sign(source) else None
    return [
        (
            statement,
            whole or " ".join([_heading(statement), *_texts(sentences[max(0, i - 1) : i + 2])]),
        )
        for i, statement in enumerate(sentences)
    ]


def _is_sign(source: Source) -> bool:
    return source.medium is Medium.PHOTO and 0 < len(source.text) <= _SIGN


def _texts(statements: Sequence[Statement]) -> list[str]:
    return [statement.text for statement in statements]


def _heading(statement: Statement) -> str:
    locator = statement.locator
    return (locator.heading or "") if isinstance(locator, TextSpan) else ""


def _tells(asked: Question, statement: Statement) -> bool:
    """Whether a statement says more than the question does, asks nothing itself and is no heading."""
    text = statement.text
    more = any(word not in asked.words for word in informative(text))
    # The question itself may lie in the library, in a list of questions.
    asks = text.rstrip().endswith("?") or fold(asked.text) in fold(text)
    listed = is_heading(statement) or is_listing(text)
    return more and len(words(text)) >= _SHORTEST_WORDS and not asks and not listed


def _knows(asked: Question, source: Source, statement: Statement) -> bool:
    """Whether what is known of a photo or video holds the day or place that is asked for."""
    if not isinstance(statement.locator, Whole):
        return True
    match asked.kind:
        case ValueKind.DATE:
            return source.facts.taken_at is not None
        case ValueKind.PLACE:
            return source.facts.place is not None
        case _:
            return True


def _has_kind(asked: Question, text: str) -> bool:
    """Whether the statement holds a value of the kind asked for that the question did not give."""
    if asked.kind is None:
        return False
    known = fold(asked.text)
    # "When" may be answered by a day as well as by an hour.
    kinds = _MOMENTS if asked.kind in _MOMENTS else (asked.kind,)
    return any(fold(value.text) not in known for kind in kinds for value in find_values(kind, text))


# --- nothing --------------------------------------------------------------------------


def _not_found(sources: Sequence[Source]) -> Draft:
    """Says so, and names the pictures that look most like what was asked."""
    seen = [
        source
        for source in sources
        if source.hit.strong and any(r.store is Store.IMAGE_TEXT for r in source.hit.reasons)
    ][:_CLOSEST_PICTURES]
    if not seen:
        return Draft(NOTHING, found=False)
    claims = [Claim(f"{NOTHING} These pictures look closest:")]
    for source in seen:
        picture = Statement(facts_in_words(source), source.hit.locator)
        claims.append(Claim(source.path.name, (evidence_of(source, picture),)))
    return numbered(claims, found=False)
