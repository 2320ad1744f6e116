"""`duplicates`: groups of files that show or hold the same, the best of each marked."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_mmrag.application import Application
from desktop_mmrag.cli import output
from desktop_mmrag.cli.progress import follow
from desktop_mmrag.domain import Progress
from desktop_mmrag.retrieve.groups import Copy, Group, groups

_MB = 1_000_000


def duplicates(arguments: argparse.Namespace, library: Path | None) -> None:
    """`duplicates`: proposes and deletes nothing."""
    with Application(library) as application:
        found: list[Group] = []
        follow(_progress(groups(application.library), found))
    if arguments.json:
        output.print_json({"groups": [_group_json(group) for group in found]})
        return
    for group in found:
        print()
        for copy in group.copies:
            print(
                f"{'best' if copy is group.best else 'copy'}  {_described(copy):<28}  {copy.path}"
            )
    spare = sum(group.spare_bytes for group in found) / _MB
    counted = "1 group" if len(found) == 1 else f"{len(found)} groups"
    print(f"\n{counted}; all but the best of each take {spare:,.1f} MB.")
    print("Nothing was changed: what to delete is for you to choose.")


def _progress(events: Iterator[Progress | Group], found: list[Group]) -> Iterator[Progress]:
    for event in events:
        if isinstance(event, Group):
            found.append(event)
        else:
            yield event


def _described(copy: Copy) -> str:
    facts = copy.content.facts
    pixels = f"{facts.width} x {facts.height}, " if facts.width and facts.height else ""
    return f"{pixels}{copy.content.size / _MB:,.2f} MB"


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "medium": group.best.content.medium.value,
        "best": str(group.best.path),
        "spare_bytes": group.spare_bytes,
        "copies": [_copy_json(copy) for copy in group.copies],
    }


def _copy_json(copy: Copy) -> dict[str, Any]:
    facts = copy.content.facts
    return {
        "path": str(copy.path),
        "identical": copy.identical,
        "bytes": copy.content.size,
        "width": facts.width,
        "height": facts.height,
        "dated_at": copy.content.dated_at.isoformat(),
        "online": copy.content.online,
    }
