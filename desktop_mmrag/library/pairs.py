"""Files that are one thing in two: a live photo's still and film, a raw picture and its JPEG.

Asked when something is shown and stored nowhere, so that it is true whatever was moved or deleted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any

from desktop_mmrag.library.database import Database

# Apple's last 3 seconds; cameras that imitate them a little longer.
_LIVE_SECONDS = 6.0
_LAST = "\U0010ffff"
# Google's Pixel: "PXL_1.RAW-01.COVER.jpg" and "PXL_1.RAW-02.ORIGINAL.dng".
_PIXEL = re.compile(r"\.RAW-0\d(\.MP)?\.(COVER|ORIGINAL)$", re.IGNORECASE)


class Half(IntEnum):
    """What a file is of the two, the one to show first."""

    STILL = 0
    FILM = 1
    RAW = 2


_HALVES = {
    suffix: half
    for half, suffixes in {
        Half.STILL: "jpg jpeg heic heif hif",
        Half.FILM: "mov mp4",
        Half.RAW: "3fr arw cr2 cr3 crw dcr dng erf fff iiq kdc mef mos mrw nef nrw orf pef raf raw"
        " rw2 rwl sr2 srf srw x3f",
    }.items()
    for suffix in suffixes.split()
}


def half_of(path: str) -> Half | None:
    """What a file of this name may be in a pair."""
    return _HALVES.get(path.rpartition(".")[2].lower())


def is_pair(one: str, other: str) -> bool:
    """Whether two paths in one source folder are those of a pair."""
    halves = half_of(one), half_of(other)
    return (
        None not in halves
        and halves[0] is not halves[1]
        and Half.STILL in halves
        and _stem(one) == _stem(other)
    )


class Pairs:
    """Reads on the calling thread's connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def partners(self, content_ids: Iterable[int]) -> dict[int, dict[int, Half]]:
        """For each content that has any, the contents it forms a pair with, and what they are."""
        ids = ", ".join(str(int(id)) for id in content_ids)
        found: dict[int, dict[int, Half]] = defaultdict(dict)
        for one, other, half in self._pairs(f"c.id IN ({ids}) AND {_suffix_in(_HALVES)}"):
            found[one][other] = half
        return found

    def second_halves(self) -> set[int]:
        """Films and raw pictures whose still is in the library: a list shows them with it."""
        raw = _suffix_in(suffix for suffix, half in _HALVES.items() if half is Half.RAW)
        film = _suffix_in(suffix for suffix, half in _HALVES.items() if half is Half.FILM)
        second = f"c.medium = 'photo' AND {raw} OR c.medium = 'video' AND {film}"
        return {one for one, _, half in self._pairs(f"({second})") if half is Half.STILL}

    def _pairs(self, which: str) -> Iterator[tuple[int, int, Half]]:
        rows: list[tuple[Any, ...]] = self._database.reader().execute(
            f"{_BESIDE} AND {which}", (_LAST,)
        ).fetchall()  # fmt: skip
        for one, path, seconds, other, other_path, other_seconds in rows:
            half = half_of(other_path)
            short = _is_short(path, seconds) and _is_short(other_path, other_seconds)
            if half is not None and one != other and short and is_pair(path, other_path):
                yield one, other, half


def _suffix_in(suffixes: Iterable[str]) -> str:
    listed = ", ".join(f"'.{suffix}'" for suffix in suffixes)
    return f"(lower(substr(f.path, -4)) IN ({listed}) OR lower(substr(f.path, -5)) IN ({listed}))"


# Up to the last full stop: rtrim takes off every character that the path has but the stop.
_START = """iif(instr(f.path, '.RAW-0'), substr(f.path, 1, instr(f.path, '.RAW-0')),
    rtrim(f.path, replace(f.path, '.', '')))"""
# CROSS JOIN and the plus signs: rows are met by ids and by the index on paths, never by that on media.
_BESIDE = f"""SELECT c.id, f.path, c.duration_s, d.id, g.path, d.duration_s FROM content c
    CROSS JOIN file f ON f.content_id = c.id
    CROSS JOIN file g ON g.folder_id = f.folder_id AND g.path > {_START}
        AND g.path < {_START} || ? AND g.id <> f.id
    CROSS JOIN content d ON d.id = g.content_id
    WHERE +c.medium IN ('photo', 'video') AND +d.medium IN ('photo', 'video')
    AND f.state = 'kept' AND g.state = 'kept'"""


def _is_short(path: str, seconds: object) -> bool:
    """False for films that are longer than a live photo's; they stand for themselves."""
    if half_of(path) is not Half.FILM:
        return True
    return isinstance(seconds, int | float) and seconds <= _LIVE_SECONDS


def _stem(path: str) -> str:
    """The path without suffix, and without what a Pixel adds to tell the two apart."""
    return _PIXEL.sub("", path.rpartition(".")[0])
