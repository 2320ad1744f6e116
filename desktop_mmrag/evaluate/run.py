"""`evaluate`: keeps the folder in a library of its own, runs its cases, gives the figures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_mmrag import settings
from desktop_mmrag.application import Application
from desktop_mmrag.domain import Answer, Hit, Progress
from desktop_mmrag.errors import EvaluationImpossible
from desktop_mmrag.evaluate.cases import Cases, read_cases
from desktop_mmrag.evaluate.measure import Quality, run, summarise
from desktop_mmrag.library.place import prepare
from desktop_mmrag.settings import Settings, default_folder

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
        return {
            name: STRATEGIES[name](application, cases) for name in strategies or tuple(STRATEGIES)
        }


def _place(source: Path, library: Path | None) -> Path:
    name = hashlib.sha256(str(source).encode()).hexdigest()[:16]
    return (library or default_folder()) / "evaluations" / name


def _whole_library(application: Application, cases: Cases) -> Quality:
    """Requests as they stand, over everything."""
    return _measure(application, cases)


def _within_document(application: Application, cases: Cases) -> Quality:
    """Each question asked of the document that it is about, where the data names one."""
    narrowed = tuple(
        replace(case, request=f'{case.request} in:"{case.within}"') if case.within else case
        for case in cases.cases
    )
    return _measure(application, replace(cases, cases=narrowed))


STRATEGIES: dict[str, Callable[[Application, Cases], Quality]] = {
    "fused": _whole_library,
    "fused-within-document": _within_document,
}


def _measure(application: Application, cases: Cases) -> Quality:
    def find(request: str, limit: int) -> Sequence[Hit]:
        return application.search(request, limit).hits

    def ask(request: str) -> Answer:
        *_, last = application.ask(request)
        assert isinstance(last, Answer)
        return last

    return summarise(list(run(cases, find, ask)))
