"""Runs cases against a library and counts: recall at 1, 5, 15, mean reciprocal rank, right answers."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_mmrag.domain import Answer, Box, Citation, Hit, Page
from desktop_mmrag.evaluate.cases import Case, Cases, Target

DEPTH = 50
"""How many hits are looked through for the right one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case. Ranks count from 1; None when it was not among the hits."""

    case: Case
    rank: int | None
    answer: str | None = None
    right: bool | None = None
    source_right: bool | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one run. Shares are 0 to 1."""

    cases: int
    recall_1: float
    recall_5: float
    recall_15: float
    mean_reciprocal_rank: float
    median_rank: float
    right_answers: float | None = None
    right_sources: float | None = None
    refused_unanswerable: float | None = None
    pairs: Mapping[str, Quality] = field(default_factory=dict)
    """The same of each pair of media, where the data has several."""

    def to_json(self) -> dict[str, Any]:
        """Figures that were measured, rounded to three places."""
        figures: dict[str, Any] = {
            name: round(value, 3)
            for name in self.__slots__
            if name != "pairs" and (value := getattr(self, name)) is not None
        }
        if self.pairs:
            figures["pairs"] = {pair: quality.to_json() for pair, quality in self.pairs.items()}
        return figures


def run(
    cases: Cases,
    find: Callable[[Case, int], Sequence[Hit]],
    ask: Callable[[str], Answer] | None,
) -> Iterator[Outcome]:
    """Yields outcomes one by one; `ask` is None when only finding is measured."""
    for case in cases.cases:
        rank = _rank(find(case, DEPTH), case.targets, cases.folder)
        if ask is None or not cases.asks:
            yield Outcome(case, rank)
            continue
        answer = ask(case.request)
        yield Outcome(
            case,
            rank,
            answer.text,
            right=_is_right(answer, case),
            source_right=any(_cites(c, case.targets, cases.folder) for c in answer.citations),
        )


def summarise(outcomes: Sequence[Outcome]) -> Quality:
    """All outcomes together, and those of each pair of media."""
    pairs = {pair: None for outcome in outcomes if (pair := outcome.case.pair)}
    each = {
        pair: _summed([outcome for outcome in outcomes if outcome.case.pair == pair])
        for pair in pairs
    }
    return replace(_summed(outcomes), pairs=each)


def _summed(outcomes: Sequence[Outcome]) -> Quality:
    """Recall over the cases that have a right place; answers over those that have an answer."""
    findable = [outcome for outcome in outcomes if outcome.case.targets]
    ranks = [outcome.rank for outcome in findable]
    asked = [outcome for outcome in outcomes if outcome.right is not None]
    answerable = [outcome for outcome in asked if outcome.case.answers]
    unanswerable = [outcome for outcome in asked if not outcome.case.answers]
    return Quality(
        cases=len(outcomes),
        recall_1=_share(rank is not None and rank <= 1 for rank in ranks),
        recall_5=_share(rank is not None and rank <= 5 for rank in ranks),
        recall_15=_share(rank is not None and rank <= 15 for rank in ranks),
        mean_reciprocal_rank=sum(1 / rank for rank in ranks if rank) / max(1, len(ranks)),
        median_rank=statistics.median([rank or DEPTH + 1 for rank in ranks] or [DEPTH + 1]),
        right_answers=_share(bool(o.right) for o in answerable) if answerable else None,
        right_sources=_share(bool(o.source_right) for o in answerable) if answerable else None,
        refused_unanswerable=_share(bool(o.right) for o in unanswerable) if unanswerable else None,
    )


def _share(values: Iterator[bool] | Any) -> float:
    counted = list(values)
    return sum(counted) / len(counted) if counted else 0.0


def _rank(hits: Sequence[Hit], targets: Sequence[Target], folder: Path) -> int | None:
    """The place of the first right hit; several hits of one page or whole file count as one."""
    seen: list[Target] = []
    by_page = any(target.page is not None for target in targets)
    for hit in hits:
        paths = (hit.path, *hit.also_at)
        places = [_place(path, hit.locator, folder, by_page) for path in paths]
        if places[0] not in seen:
            seen.append(places[0])
        if any(place in targets for place in places):
            return seen.index(places[0]) + 1
    return None


def _place(path: Path, locator: object, folder: Path, by_page: bool) -> Target:
    file = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
    page = locator.page if by_page and isinstance(locator, Page | Box) else None
    return Target(file, page)


def _cites(citation: Citation, targets: Sequence[Target], folder: Path) -> bool:
    by_page = any(target.page is not None for target in targets)
    return _place(citation.path, citation.locator, folder, by_page) in targets


def _is_right(answer: Answer, case: Case) -> bool:
    """Every expected string occurs in the answer; with nothing to expect, it must say so."""
    if not case.answers:
        return not answer.found
    text = plain(answer.text)
    return answer.found and all(f" {plain(wanted)} " in f" {text} " for wanted in case.answers)


def plain(text: str) -> str:
    """Lower case, words and numbers alone, so that "RM 80.90." equals "rm 80.90"."""
    text = re.sub(r"\[\d+\]", " ", text.lower())
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    return " ".join(re.findall(r"\d+(?:[.:/-]\d+)*|\w+", text))
