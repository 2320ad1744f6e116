"""How what lies in a source folder differs from what the library knows of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_mmrag.ingest.walk import Seen
from desktop_mmrag.library.catalog import Changes, KnownFile, Stat

# Some drives number their files anew each time they are plugged in; fewer files prove nothing.
_RENUMBERED_AT_LEAST = 10


def same_bytes(known: Stat, now: Stat) -> bool:
    """Whether size and time say that a path holds what it held."""
    return known.size == now.size and known.mtime_ns == now.mtime_ns


def same(known: Stat, now: Stat) -> bool:
    """Whether a path holds the very file it held. Where a system gives no inode it is 0."""
    return same_bytes(known, now) and (known.inode == now.inode or now.inode == 0)


def compare(known: Mapping[str, KnownFile], seen: Seen) -> Changes:
    """The least that has to be done. Renames and swaps are recognised by inode, size and time."""
    return _Comparison(known, seen).changes()


@dataclass
class _Comparison:
    known: Mapping[str, KnownFile]
    seen: Seen
    added: dict[str, Stat] = field(default_factory=dict)
    changed: dict[int, Stat] = field(default_factory=dict)
    moved: dict[int, str] = field(default_factory=dict)
    vanished: set[int] = field(default_factory=set)
    renumbered: dict[int, int] = field(default_factory=dict)

    def changes(self) -> Changes:
        unsettled = {
            path: stat
            for path, stat in self.seen.files.items()
            if (was := self.known.get(path)) is None or not same(was.stat, stat)
        }
        homeless = self._homeless(unsettled)
        for path, stat in unsettled.items():
            if stat.inode and (ids := homeless.get(stat)):
                self.moved[ids.pop()] = path
        taken = set(self.moved.values())
        for path, stat in unsettled.items():
            self._settle(path, stat, path in taken)
        if self._all_renumbered(len(unsettled)):
            self.changed = {id: s for id, s in self.changed.items() if id not in self.renumbered}
        else:
            self.renumbered = {}
        return Changes(
            self.added,
            self.changed,
            self.moved,
            frozenset(self.vanished - self.moved.keys()),
            self.renumbered,
        )

    def _homeless(self, unsettled: Mapping[str, Stat]) -> dict[Stat, list[int]]:
        """Known files that are not where they were, by what would be found elsewhere."""
        homeless: dict[Stat, list[int]] = defaultdict(list)
        for path, file in self.known.items():
            if path in unsettled:
                homeless[file.stat].append(file.id)
            elif path not in self.seen.files and self.seen.covers(path):
                homeless[file.stat].append(file.id)
                self.vanished.add(file.id)
        return homeless

    def _settle(self, path: str, stat: Stat, taken: bool) -> None:
        """What becomes of a path's own row, and of the path."""
        was = self.known.get(path)
        if taken:
            if was is not None and was.id not in self.moved:
                self.vanished.add(was.id)
        elif was is None or was.id in self.moved:
            self.added[path] = stat
        else:
            self.changed[was.id] = stat
            if same_bytes(was.stat, stat):
                self.renumbered[was.id] = stat.inode

    def _all_renumbered(self, unsettled: int) -> bool:
        """Whether not one known file that is still there kept its inode."""
        kept = len(self.seen.files) - unsettled
        return len(self.renumbered) >= _RENUMBERED_AT_LEAST and kept == 0
