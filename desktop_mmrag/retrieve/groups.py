"""Groups of files that show or hold the same, the best of each first. Proposes; never touches a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Facts, Progress
from desktop_mmrag.library.contents import KeptContent
from desktop_mmrag.library.fingerprints import Prints
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.likeness import COARSE_WITHIN, are_copies
from desktop_mmrag.retrieve.nearby import nearby

_DESCRIBED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Copy:
    """One file of a group."""

    path: Path
    content: KeptContent
    identical: bool
    """Whether it holds the very bytes of the best one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are copies of one thing, the one worth keeping first."""

    copies: tuple[Copy, ...]

    @property
    def best(self) -> Copy:
        """The largest, with the most known of it."""
        return self.copies[0]

    @property
    def spare_bytes(self) -> int:
        """What the others take together."""
        return sum(copy.content.size for copy in self.copies[1:])


def groups(library: Library) -> Iterator[Progress | Group]:
    """Every group, those that would free most first; progress while they are looked for."""
    prints = library.fingerprints.all()
    # A raw picture and its JPEG, a live photo and its film: one thing, kept on purpose.
    second = library.pairs.second_halves()
    adjacency: Mapping[int, list[int]] = {}
    for found in _neighbours(prints):
        if isinstance(found, Progress):
            yield found
        else:
            adjacency = found
    alone = {int(row) for row, id in enumerate(prints.content_ids) if int(id) in second}
    sets = _sets(library, prints, adjacency, alone)
    several = library.contents.with_several_files()
    grouped = {id for ids in sets for id in ids}
    sets += [[id] for id in several if id not in grouped and id not in second]
    described = _described(library, {id for ids in sets for id in ids})
    found_groups = (_group([described[id] for id in ids if id in described]) for ids in sets)
    yield from sorted(
        (group for group in found_groups if len(group.copies) > 1),
        key=lambda group: (-group.spare_bytes, str(group.best.path)),
    )


def _neighbours(prints: Prints) -> Iterator[Progress | Mapping[int, list[int]]]:
    """For each row that has any, the rows that are copies of it."""
    coarse, of_row = np.unique(prints.coarse, return_inverse=True)
    having: dict[int, NDArray[np.int64]] = {}
    by_value = np.argsort(of_row, kind="stable")
    bounds = np.searchsorted(of_row[by_value], np.arange(len(coarse) + 1))
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in nearby(coarse, COARSE_WITHIN):
        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            near[a].add(b)
            near[b].add(a)
        yield Progress("recognising", len(near), len(coarse))
    copies: dict[int, list[int]] = {}
    for value in range(len(coarse)):
        rows = by_value[bounds[value] : bounds[value + 1]]
        if len(rows) < 2 and value not in near:
            continue
        others = [by_value[bounds[v] : bounds[v + 1]] for v in sorted(near.get(value, ()))]
        having[value] = candidates = np.concatenate([rows, *others])
        for row in rows.tolist():
            same = candidates[are_copies(prints, row, candidates)]
            if len(same) > 1:
                copies[row] = [other for other in same.tolist() if other != row]
    yield copies


def _sets(
    library: Library, prints: Prints, copies: Mapping[int, Sequence[int]], alone: set[int]
) -> list[list[int]]:
    """Content ids that belong together: the best not yet taken, with all that are copies of it.

    So nothing is in a group with what it only resembles by way of a third.
    """
    ids = prints.content_ids
    described = _described(library, {int(ids[row]) for row in copies})
    worth = {row: _worth(described[id]) for row in copies if (id := int(ids[row])) in described}
    taken = set(alone)
    sets = []
    for row in sorted(worth, key=lambda row: (worth[row], -row), reverse=True):
        if row in taken:
            continue
        members = [row, *(other for other in copies[row] if other not in taken and other in worth)]
        taken.update(members)
        if len(members) > 1:
            members[1:] = sorted(members[1:], key=lambda other: worth[other], reverse=True)
            sets.append([int(ids[member]) for member in members])
    return sets


def _worth(content: KeptContent) -> tuple[int, int, int, float]:
    """More pixels, then more that is known of it, then more bytes, then the older one.

    What a camera noted tells an original from a larger file that was made of it.
    """
    facts = content.facts
    known = sum(getattr(facts, item.name) not in (None, ()) for item in fields(Facts))
    pixels = (facts.width or 0) * (facts.height or 0)
    return pixels, known, content.size, -content.dated_at.timestamp()


def _group(contents: Sequence[KeptContent]) -> Group:
    return Group(
        tuple(
            Copy(path, content, content.id == contents[0].id)
            for content in contents
            for path in content.paths
        )
    )


def _described(library: Library, ids: set[int]) -> dict[int, KeptContent]:
    ordered = sorted(ids)
    described: dict[int, KeptContent] = {}
    for start in range(0, len(ordered), _DESCRIBED_AT_ONCE):
        described |= library.contents.describe(ordered[start : start + _DESCRIBED_AT_ONCE])
    return described
