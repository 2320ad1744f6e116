"""Citations attached by code and checked: every number points at the sentence or picture that carries the claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_mmrag.answer.draft import Claim, Draft, Evidence, evidence_of, numbered
from desktop_mmrag.answer.sentences import sentences
from desktop_mmrag.answer.sources import Source, Statement, facts_in_words
from desktop_mmrag.answer.support import Meaning, Weights
from desktop_mmrag.answer.wording import informative

# Mean of similarity and words in common, measured on XQuAD English with claims made of 452
# questions and their answers: the paragraph that carries the claim reaches 0.5 for 96 % and 0.3
# for all; the best other paragraph of the same article for 3 % and 40 %.
_STRONG = 0.5
_WEAK = 0.3

_NUMBERS = r"\d{1,3}(?:\s*(?:,|;|&|and|-|–)\s*(?:sources?\s*)?\d{1,3})*"
MARKS = re.compile(rf"\s*[\[【(](?:sources?\s*)?({_NUMBERS})[\]】)](?!\()", re.IGNORECASE)
"""A citation as models write it: [1], [1, 2], [1-3], [Source 2], 【3】. Bare (2) only counts with "source"."""
_LEADING_MARKS = re.compile(rf"^(?:\s*[\[【](?:sources?\s*)?{_NUMBERS}[\]】])+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Support:
    source: Source
    statement: Statement
    score: float


def cite(answer: str, sources: Sequence[Source], meaning: Meaning) -> Draft:
    """The answer with citations renumbered by first use, each narrowed to what carries the claim.

    Numbers that point at no source, or at a text that does not support the sentence, are
    removed. A sentence without a number gets its best source if that supports it strongly.
    `sources` are numbered from 1 in the order they stood in the prompt.
    """
    checker = _Checker(sources, meaning)
    claims = []
    for line in answer.strip().split("\n"):
        claims += [checker.claim(text, given) for text, given in _sentences_with_marks(line)]
        claims.append(Claim("\n"))
    draft = numbered(claims, found=True)
    text = re.sub(r" *\n *", "\n", draft.text)
    return Draft(re.sub(r"\n{3,}", "\n\n", text).strip(), True, draft.citations)


def marks_in(text: str) -> list[int]:
    """The numbers that a piece of text cites, in order, ranges written out."""
    found: list[int] = []
    for match in MARKS.finditer(text):
        if _is_citation(match):
            found += _written_out(match[1])
    return list(dict.fromkeys(found))


def without_marks(text: str) -> str:
    """The text without its citations."""
    return MARKS.sub(lambda match: "" if _is_citation(match) else match[0], text)


class _Checker:
    """Knows all statements of the sources and how much each word tells."""

    def __init__(self, sources: Sequence[Source], meaning: Meaning) -> None:
        self._sources = sources
        self._meaning = meaning
        self._pairs = [(source, item) for source in sources for item in source.sentences]
        self._weights = Weights([item.text for _, item in self._pairs])

    def claim(self, text: str, given: Sequence[int]) -> Claim:
        """A sentence of the answer with checked evidence."""
        if len(informative(text)) == 0:
            return Claim(text)
        supports = self._supports(text)
        cited = [self._sources[n - 1] for n in given if 1 <= n <= len(self._sources)]
        evidence = [found for s in cited if (found := self._evidence(s, supports))]
        best = max(supports, key=lambda support: support.score, default=None)
        if not evidence and best and best.score >= _STRONG:
            evidence = [evidence_of(best.source, best.statement)]
        return Claim(text, tuple(evidence))

    def _evidence(self, source: Source, supports: Sequence[_Support]) -> Evidence | None:
        """The sentence of this source that carries the claim, or its picture."""
        own = [support for support in supports if support.source is source]
        best = max(own, key=lambda support: support.score, default=None)
        if best and best.score >= (_STRONG if source.pictured else _WEAK):
            return evidence_of(source, best.statement)
        if source.pictured:
            # What a picture shows cannot be checked against words.
            return evidence_of(source, Statement(facts_in_words(source), source.hit.locator))
        return None

    def _supports(self, claim: str) -> list[_Support]:
        """Each statement with the mean of its cosine to the claim and the claim's words it holds."""
        texts = [item.text for _, item in self._pairs]
        wanted = informative(claim)
        near = self._meaning.similarities(claim, texts)
        return [
            _Support(source, item, (float(near[i]) + self._weights.coverage(wanted, item.text)) / 2)
            for i, (source, item) in enumerate(self._pairs)
        ]


def _sentences_with_marks(line: str) -> list[tuple[str, list[int]]]:
    """Sentences without their marks; marks right after a full stop belong to the sentence before."""
    found: list[tuple[str, list[int]]] = []
    # "It rained.[1] We left." has its mark between the sentences: let it read as an end.
    for start, end in sentences(re.sub(r"([.!?])([\[【])", r"\1 \2", line)):
        text = re.sub(r"([.!?])([\[【])", r"\1 \2", line)[start:end]
        leading = _LEADING_MARKS.match(text)
        if leading and found:
            found[-1] = (found[-1][0], [*found[-1][1], *marks_in(leading[0])])
            text = text[leading.end() :].strip()
        if text:
            found.append((_tidied(without_marks(text)), marks_in(text)))
    return found


def _tidied(text: str) -> str:
    return re.sub(r"\s+([.,;:!?])", r"\1", text).strip()


def _is_citation(match: re.Match[str]) -> bool:
    return "(" not in match[0] or "source" in match[0].lower()


def _written_out(numbers: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"\s*(?:,|;|&|and)\s*", numbers):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        found += range(ends[0], ends[-1] + 1) if len(ends) == 2 and ends[1] - ends[0] < 20 else ends
    return found
