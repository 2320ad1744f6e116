"""`models`: list, install, import, choose, remove and verify neural networks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_mmrag.application import Application
from desktop_mmrag.cli import output
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.models.download import DownloadProgress

Arguments = argparse.Namespace
_MB = 1_000_000


def models(arguments: Arguments, library: Path | None) -> None:
    """`models ACTION`"""
    with Application(library) as application:
        _ACTIONS[arguments.action](arguments, application)


def _list(arguments: Arguments, application: Application) -> None:
    listed = [_entry_json(entry, application) for entry in application.known_models()]
    if arguments.json:
        output.print_json(listed)
        return
    for kind in dict.fromkeys(entry["kind"] for entry in listed):
        print(f"\n{kind}")
        for entry in (e for e in listed if e["kind"] == kind):
            mark = "in use" if entry["in_use"] else "here" if entry["installed"] else ""
            size = f"{entry['bytes'] / _MB:,.0f} MB" if entry["bytes"] else "size unknown"
            print(f"  {entry['id']:<32} {mark:<7} {size:>12}  {entry['licence']}")
            print(f"    {entry['good_for']}")
            if entry["licence_note"]:
                print(f"    {entry['licence_note']}")
            for warning in entry["warnings"]:
                print(f"    ! {warning}")


def _entry_json(entry: ModelEntry, application: Application) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "good_for": entry.good_for,
        "languages": list(entry.languages),
        "licence": entry.licence.spdx,
        "commercial": entry.licence.commercial,
        "licence_note": entry.licence.note,
        "warnings": list(entry.warnings),
        "bytes": entry.size,
        "installed": application.model_folder.is_installed(entry.id),
        "in_use": application.in_use(entry),
    }


def _install(arguments: Arguments, application: Application) -> None:
    for progress in application.install_model(arguments.id):
        if sys.stderr.isatty():
            print(f"\r\x1b[2K{_line(progress)}", end="", file=sys.stderr, flush=True)
    print(f"{arguments.id} is installed.", file=sys.stderr)


def _line(progress: DownloadProgress) -> str:
    total = f" of {progress.total / _MB:,.0f}" if progress.total else ""
    speed = f"  {progress.per_second / _MB:.1f} MB/s" if progress.per_second else ""
    return f"{progress.stage} {progress.file}  {progress.done / _MB:,.0f}{total} MB{speed}"


def _import(arguments: Arguments, application: Application) -> None:
    entry = application.model_folder.import_files(arguments.files)
    print(f"Recognised as {entry.title}; installed as {entry.id}.", file=sys.stderr)


def _use(arguments: Arguments, application: Application) -> None:
    application.use_model(arguments.id)
    print(f"{arguments.id} is in use from now on.", file=sys.stderr)


def _remove(arguments: Arguments, application: Application) -> None:
    application.model_folder.remove(arguments.id)


def _verify(arguments: Arguments, application: Application) -> None:
    folder = application.model_folder
    chosen = [arguments.id] if arguments.id else [entry.id for entry in folder.installed()]
    for model_id in chosen:
        folder.verify(model_id)
        print(f"{model_id}: every file is what it should be")


_ACTIONS: dict[str, Callable[[Arguments, Application], None]] = {
    "list": _list,
    "install": _install,
    "import": _import,
    "use": _use,
    "remove": _remove,
    "verify": _verify,
}
