"""`evaluate`: keeps the folder in a library of its own, runs its cases, gives the figures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_mmrag import settings
from desktop_mmrag.application import Application
from desktop_mmrag.domain import Answer, Hit, Progress, Strategy
from desktop_mmrag.errors import EvaluationImpossible
from desktop_mmrag.evaluate.cases import Case, Cases, read_cases
from desktop_mmrag.evaluate.measure import Quality, run, summarise
from desktop_mmrag.examples import Example, Given
from desktop_mmrag.library.place import prepare
from desktop_mmrag.settings import Settings, default_folder

WITHIN_DOCUMENT = "fused-within-document"
STRATEGIES = (*(strategy.value for strategy in Strategy), WITHIN_DOCUMENT)
"""What a measurement may be of: the strategies of a search, and questions put to their document."""

Follow = Callable[[Iterable[Progress]], object]


def evaluate(
    folder: Path, library: Path | None, strategies: Sequence[str], follow: Follow
) -> dict[str, Quality]:
    """Figures by strategy. The library it makes is kept, so that a second run is quick.

    Raises EvaluationImpossible for a folder without cases or an unknown strategy.
    """
    unknown = [name for name in strategies if name not in STRATEGIES]
    if unknown:
        raise EvaluationImpossible(
            f"There is no strategy {', '.join(unknown)}.", f"There are: {', '.join(STRATEGIES)}."
        )
    if not folder.exists():
        raise EvaluationImpossible(f"There is no folder {folder}.")
    source = folder.expanduser().resolve()
    place = _place(source, library)
    cases = read_cases(source, place / "notes")
    # The answers must not be among what is searched.
    settings.save(Settings(exclude=("*.jsonl",)), prepare(place / "library"))
    with Application(place / "library") as application:
        application.add_folder(cases.folder)
        follow(application.index())
        shown = _shown(application, cases)
        return {
            name: _measured(application, cases, name, shown) for name in _chosen(cases, strategies)
        }


def _place(source: Path, library: Path | None) -> Path:
    name = hashlib.sha256(str(source).encode()).hexdigest()[:16]
    return (library or default_folder()) / "evaluations" / name


def _shown(application: Application, cases: Cases) -> dict[str, Example]:
    """Each file that is searched by, once: listening to it takes longest, whatever the strategy."""
    folder = cases.shown_in or cases.folder
    files = dict.fromkeys(case.shown for case in cases.cases if case.shown is not None)
    return {file: application.examples.of(Given(folder / file)) for file in files}


def _measured(
    application: Application, cases: Cases, name: str, shown: Mapping[str, Example]
) -> Quality:
    """One strategy: requests as they stand, or each asked of the document that it is about."""
    strategy = Strategy.FUSED if name == WITHIN_DOCUMENT else Strategy(name)
    application.apply(application.settings.replace(search_strategy=strategy.value))
    return _measure(application, _narrowed(cases) if name == WITHIN_DOCUMENT else cases, shown)


def _narrowed(cases: Cases) -> Cases:
    narrowed = tuple(
        replace(case, request=f'{case.request} in:"{case.within}"') if case.within else case
        for case in cases.cases
    )
    return replace(cases, cases=narrowed)


def _chosen(cases: Cases, strategies: Sequence[str]) -> Sequence[str]:
    if strategies:
        return strategies
    within = any(case.within for case in cases.cases)
    return [name for name in STRATEGIES if within or name != WITHIN_DOCUMENT]


def _measure(application: Application, cases: Cases, shown: Mapping[str, Example]) -> Quality:
    def find(case: Case, limit: int) -> Sequence[Hit]:
        example = shown.get(case.shown or "", Example())
        wanted = frozenset({case.medium} if case.medium else ())
        typed = f"{case.request} {example.words}".strip()
        if not typed and not example.vectors:
            return ()
        return application.search(typed, limit, wanted, example.vectors).hits

    def ask(request: str) -> Answer:
        *_, last = application.ask(request)
        assert isinstance(last, Answer)
        return last

    return summarise(list(run(cases, find, ask)))
