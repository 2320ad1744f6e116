"""The main job in under a minute: keep the sample library, search it, ask it, say what was found."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.domain import Answer, Progress


def demonstrate(follow: Callable[[Iterable[Progress]], object]) -> Iterator[str]:
    """Yields lines for people. Works on a library of its own that is deleted afterwards."""
    sample = bundled.resources() / "sample"
    with (
        tempfile.TemporaryDirectory(prefix="desktop-mmrag-demo-") as place,
        Application(Path(place)) as application,
    ):
        application.add_folder(sample / "library")
        yield f"Keeping the sample library in {sample / 'library'}"
        follow(application.index())
        yield from _kept(application)
        asked = json.loads((sample / "questions.json").read_text(encoding="utf-8"))
        for example in asked["searches"]:
            yield from _found(application, example["query"])
        for example in asked["questions"]:
            yield from _answered(application, example["question"])


def _kept(application: Application) -> Iterator[str]:
    status = application.status()
    counts = ", ".join(f"{count} {medium.value}s" for medium, count in status.media.items())
    yield f"Kept {counts}; {status.failed} skipped."


def _found(application: Application, query: str) -> Iterator[str]:
    yield f"\nsearch  {query}"
    for hit in application.search(query, limit=3).hits:
        stores = ", ".join(reason.store.value for reason in hit.reasons)
        weaker = "" if hit.strong else ", weaker"
        yield f"  {hit.rank}. {hit.path.name}  ({stores}{weaker})  {_short(hit.snippet)}"


def _answered(application: Application, question: str) -> Iterator[str]:
    yield f"\nask  {question}"
    for event in application.ask(question):
        if isinstance(event, Answer):
            yield f"  {event.text}"
            for citation in event.citations:
                yield f"  [{citation.n}] {citation.path.name}: {_short(citation.quote)}"


def _short(text: str) -> str:
    return " ".join(text.split())[:90]
