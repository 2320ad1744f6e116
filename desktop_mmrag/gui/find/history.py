"""What the person searched for lately: a small file in the library's folder, nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_mmrag.library import list_file

_FILE_NAME = "searches.json"
_KEPT = 100


def read(library: Path) -> list[str]:
    """Newest first; none when there is no list or it cannot be read."""
    try:
        stored = list_file.read(library / _FILE_NAME)
        return [text for text in stored if isinstance(text, str)][:_KEPT]
    except (OSError, ValueError, TypeError):
        return []


def write(library: Path, searches: Iterable[str]) -> None:
    """Replaces the list. No one but the person may read it."""
    list_file.write(library / _FILE_NAME, list(searches))


def clear(library: Path) -> None:
    """Deletes the list."""
    (library / _FILE_NAME).unlink(missing_ok=True)


def with_latest(searches: Iterable[str], text: str) -> list[str]:
    """The list with one more search; it stands once, and longer ones swallow what led to them."""
    text = " ".join(text.split())
    if not text:
        return list(searches)
    others = [known for known in searches if known.casefold() != text.casefold()]
    # "red bi" was typed on the way to "red bicycle".
    if others and text.casefold().startswith(others[0].casefold()):
        others = others[1:]
    return [text, *others][:_KEPT]
