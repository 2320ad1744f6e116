"""How results look: the JSON of the contract, and plain lines for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop_mmrag.cli.filter_words import filter_words
from desktop_mmrag.cli.place_words import place_words
from desktop_mmrag.cli.shown_words import shown_lines
from desktop_mmrag.domain import (
    Answer,
    Citation,
    Failure,
    Hit,
    Locator,
    SearchResult,
    locator_to_json,
)
from desktop_mmrag.evaluate.measure import Quality
from desktop_mmrag.library.standing import Shown, Status

_SHOWN_PATHS = 3


def print_json(data: Any) -> None:
    """One JSON value on standard output."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


# --- JSON


def search_json(result: SearchResult) -> dict[str, Any]:
    """The shape of `search --json`."""
    return {
        "query": result.query.typed,
        "filters": result.query.filters.to_json(),
        "took_ms": round(result.took_ms, 1),
        "hits": [hit_json(hit) for hit in result.hits],
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit as `search --json` prints it."""
    return {
        "rank": hit.rank,
        "path": str(hit.path),
        "medium": hit.medium.value,
        "locator": locator_to_json(hit.locator),
        "snippet": hit.snippet,
        "relevance": round(hit.relevance, 3),
        "strong": hit.strong,
        "reasons": [
            {
                "store": reason.store.value,
                "rank": reason.rank,
                "score": round(reason.score, 4),
                "words": list(reason.words),
                "boxes": [[box.x0, box.y0, box.x1, box.y1] for box in reason.boxes],
            }
            for reason in hit.reasons
        ],
        "online": hit.online,
        "also_at": [str(path) for path in hit.also_at],
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """The shape of `ask --json`."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "found": answer.found,
        "engine": answer.engine,
        "citations": [_citation_json(citation) for citation in answer.citations],
        "took_ms": {name: round(value) for name, value in answer.took_ms.items()},
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "path": str(citation.path),
        "medium": citation.medium.value,
        "locator": locator_to_json(citation.locator),
        "quote": citation.quote,
    }


def show_json(shown: Shown) -> dict[str, Any]:
    """The shape of `show --json`."""
    content, facts = shown.content, shown.content.facts
    values = {
        "taken_at": facts.taken_at.isoformat() if facts.taken_at else None,
        "position": [facts.latitude, facts.longitude] if facts.latitude is not None else None,
        "place": facts.place,
        "camera": facts.camera,
        "author": facts.author,
        "title": facts.title,
        "description": facts.description,
        "keywords": list(facts.keywords) or None,
        "rating": facts.rating,
        "width": facts.width,
        "height": facts.height,
        "pages": facts.pages,
        "duration_s": facts.duration_s,
    }
    return {
        "paths": [str(path) for path in content.paths],
        "medium": content.medium.value,
        "status": "kept",
        "online": content.online,
        "size": content.size,
        "sha256": content.hash.hex(),
        "dated_at": content.dated_at.isoformat(),
        "facts": {name: value for name, value in values.items() if value is not None},
        "preview": str(shown.preview) if shown.preview else None,
        "segments": [
            {
                "role": kept.segment.role.value,
                "locator": locator_to_json(kept.segment.locator),
                "text": kept.segment.text,
            }
            for kept in shown.segments
        ],
    }


def status_json(status: Status) -> dict[str, Any]:
    """The shape of `status --json`."""
    return {
        "folders": [
            {"path": str(f.path), "online": f.online, "paused": f.paused} for f in status.folders
        ],
        "media": {medium.value: count for medium, count in status.media.items()},
        "waiting": status.waiting,
        "reading": status.reading,
        "failed": status.failed,
        "spaces": [
            {"key": space.key, "kind": space.kind, "model": space.model, "vectors": count}
            for space, count in status.spaces
        ],
        "bytes": status.bytes,
    }


def failure_json(failure: Failure) -> dict[str, Any]:
    """One entry of `failures --json`."""
    return {
        "path": str(failure.path),
        "title": failure.title,
        "message": failure.message,
        "hint": failure.hint,
        "failed_at": failure.failed_at.isoformat(),
    }


# --- plain lines


def print_hits(result: SearchResult) -> None:
    """Hits as a person reads them, weaker ones under a line of their own."""
    if shown := filter_words(result.query.filters):
        print(f"Only {shown}", file=sys.stderr)
    if not result.hits:
        print("Nothing was found.", file=sys.stderr)
    weaker = False
    for hit in result.hits:
        if not hit.strong and not weaker:
            weaker = True
            print("-- weaker matches below --")
        reasons = ", ".join(_reason_words(hit))
        found_by = f"  ({reasons})" if reasons else ""
        print(f"{hit.rank:>3}  {hit.path}{_after_comma(hit.locator)}{found_by}")
        if hit.snippet:
            print(f"       {' '.join(hit.snippet.split())[:200]}")
        if hit.also_at:
            print(f"       also: {_some(hit.also_at)}")


def _some(paths: Sequence[Path]) -> str:
    """A few paths; how many more there are."""
    more = len(paths) - _SHOWN_PATHS
    named = ", ".join(map(str, paths[:_SHOWN_PATHS]))
    return f"{named} and {more} more" if more > 0 else named


def _reason_words(hit: Hit) -> Iterable[str]:
    for reason in hit.reasons:
        words = f" “{' '.join(reason.words)}”" if reason.words else ""
        yield f"{reason.store.value} {reason.rank}{words}"


def _after_comma(locator: Locator) -> str:
    where = place_words(locator)
    return f", {where}" if where else ""


def print_answer(answer: Answer) -> None:
    """An answer with its sources below."""
    print(answer.text)
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())[:160]
        place = _after_comma(citation.locator)
        print(f"  [{citation.n}] {citation.path}{place}" + (f": {quote}" if quote else ""))


def print_shown(shown: Shown) -> None:
    """Facts and segments of a file."""
    for line in shown_lines(shown):
        print(line)


def print_status(status: Status) -> None:
    """How the library stands."""
    for folder in status.folders:
        state = "paused" if folder.paused else "online" if folder.online else "offline"
        print(f"{folder.path}  ({state})")
    if not status.folders:
        print("No folder is watched yet: desktop-mmrag add FOLDER")
    for medium, count in status.media.items():
        print(f"{count:>8} {medium.value}{'s' if count != 1 else ''}")
    print(
        f"{status.waiting:>8} waiting, {status.reading} still to read or hear, {status.failed} failed"
    )
    for space, count in status.spaces:
        print(f"{count:>8} vectors of {space.model} ({space.kind}, {space.dimension} floats)")
    print(f"{status.bytes / 1e6:>8.1f} MB in all")


def print_failures(failures: Iterable[Failure]) -> None:
    """Each skipped file with its reason and what helps."""
    for failure in failures:
        print(f"{failure.path}\n  {failure.title}: {failure.message}\n  {failure.hint}")


# --- quality

_FIGURES = {
    "recall_1": "first",
    "recall_5": "in 5",
    "recall_15": "in 15",
    "mean_reciprocal_rank": "MRR",
    "right_sources": "right source",
    "right_answers": "right answer",
    "refused_unanswerable": "refused",
}


def print_quality(reports: Iterable[tuple[Path, Mapping[str, Quality]]]) -> None:
    """Strategies side by side, as a table in Markdown; each pair of media has a line of its own."""
    for number, (folder, found) in enumerate(reports):
        if not number:
            print(f"| data | strategy | cases | {' | '.join(_FIGURES.values())} |")
            print("|---" * (3 + len(_FIGURES)) + "|")
        data = folder.resolve().name
        for name, quality in found.items():
            print(_quality_row(data, name, quality))
        for name, quality in found.items():
            for pair, part in quality.pairs.items():
                print(_quality_row(f"{data}: {pair}", name, part))
        sys.stdout.flush()


def _quality_row(data: str, strategy: str, quality: Quality) -> str:
    values = [getattr(quality, name) for name in _FIGURES]
    cells = ["" if value is None else f"{value:.2f}" for value in values]
    return f"| {data} | {strategy} | {quality.cases} | {' | '.join(cells)} |"
