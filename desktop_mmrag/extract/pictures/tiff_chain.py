"""Follows the chain of a TIFF's directories, one for each page, to see whether it ends within the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# TIFF 6.0, section 2, and the design of BigTIFF: bytes of a count, of an entry and of an offset.
_CLASSIC, _BIG = 42, 43
# A chain may lead in a circle; no scan has so many pages.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Layout:
    count: int
    entry: int
    offset: int
    first: int


_LAYOUTS = {_CLASSIC: _Layout(2, 12, 4, 4), _BIG: _Layout(8, 20, 8, 8)}


def is_cut(path: Path) -> bool:
    """Whether a directory that the chain leads to lies behind the end of the file."""
    with path.open("rb") as file:
        order = "big" if file.read(2) == b"MM" else "little"
        layout = _LAYOUTS.get(_number(file, 2, order))
        size = file.seek(0, 2)
        if layout is None:
            return False
        file.seek(layout.first)
        for _ in range(_MOST):
            at = _number(file, layout.offset, order)
            if not at:
                return False
            file.seek(at)
            entries = _number(file, layout.count, order)
            behind = at + layout.count + entries * layout.entry
            if behind + layout.offset > size:
                return True
            file.seek(behind)
    return False


def _number(file: BinaryIO, count: int, order: str) -> int:
    return int.from_bytes(file.read(count), "big" if order == "big" else "little")
