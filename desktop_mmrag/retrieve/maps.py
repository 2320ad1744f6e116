"""Maps of the library: every content a point in the plane, near those that are like it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Medium, Space
from desktop_mmrag.library.library import Library
from desktop_mmrag.library.sample import SIZE as SAMPLE
from desktop_mmrag.retrieve import plane
from desktop_mmrag.retrieve.plane import Axes

MEDIA = tuple(Medium)
"""`LibraryMap.media` counts in this order."""
_CODES = {medium.value: code for code, medium in enumerate(MEDIA)}
# Axes stay while the library grows by less than this, so that a map does not turn under the eye.
_SAME_AXES = 0.1


class Side(StrEnum):
    """What brings points together: how contents look, or what they say. Two spaces, two maps."""

    PICTURES = "pictures"
    WORDS = "words"


_KIND_OF = {Side.PICTURES: "image-text", Side.WORDS: "text"}


@dataclass(frozen=True, slots=True)
class LibraryMap:
    """Contents as points; all arrays have one row for each, newest first."""

    side: Side
    content_ids: NDArray[np.int64]
    at: NDArray[np.float64]
    """[n, 2] in the unit square."""
    media: NDArray[np.uint8]
    """Counted in MEDIA."""
    months: NDArray[np.int32]
    """Months since the year 0: 12 * year + month - 1."""
    listed: int
    """How many contents the library lists; those beyond `len` have no vector on this side."""

    def __len__(self) -> int:
        return len(self.content_ids)


@dataclass(frozen=True, slots=True)
class _Laid:
    """The mean place of each content's segments, and the state of the space it was true for."""

    state: tuple[int, int]
    axes: Axes
    axes_of: int
    owners: NDArray[np.int64]
    at: NDArray[np.float64]


class Maps:
    """Draws maps and remembers where things lie until their space changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._laid: dict[str, _Laid] = {}

    def sides(self) -> list[Side]:
        """The maps that can be drawn, pictures first."""
        return [side for side in Side if self._space(side) is not None]

    def draw(self, side: Side) -> Iterator[LibraryMap | None]:
        """The map of one side at last, and None now and then before it.

        A content lies at the mean of its segments; one without a vector on this side is left out.
        """
        space = self._space(side)
        owners, at = np.empty(0, np.int64), np.empty((0, 2))
        if space is not None:
            laid = self._laid.get(space.key)
            if laid is None or laid.state != self._library.vectors.state(space):
                laid = yield from self._lay(space, laid)
                self._laid[space.key] = laid
            owners, at = laid.owners, laid.at
        yield from self._listed(side, owners, at)

    def _space(self, side: Side) -> Space | None:
        """The fullest space of its kind."""
        held = [
            (count, -age, space)
            for age, (space, count) in enumerate(self._library.vectors.spaces())
            if space.kind == _KIND_OF[side] and count
        ]
        return max(held)[2] if held else None

    def _lay(self, space: Space, before: _Laid | None) -> Generator[None, None, _Laid]:
        vectors, listing = self._library.vectors, self._library.listing
        state = vectors.state(space)
        if before and abs(state[0] - before.axes_of) <= _SAME_AXES * before.axes_of:
            axes, axes_of = before.axes, before.axes_of
        else:
            axes, axes_of = plane.principal_axes(vectors.sample(space, SAMPLE)), state[0]
        owners, places = [np.empty(0, np.int64)], [np.empty((0, 2))]
        for segment_ids, values in vectors.chunks(space):
            owners.append(listing.contents_of(segment_ids))
            places.append(axes.project(values))
            yield
        return _Laid(state, axes, axes_of, *plane.means(np.hstack(owners), np.vstack(places)))

    def _listed(
        self, side: Side, owners: NDArray[np.int64], at: NDArray[np.float64]
    ) -> Iterator[LibraryMap | None]:
        rows: list[tuple[int, int, int]] = []
        for page in self._library.listing.newest():
            rows += [(item.content_id, _CODES[item.medium], _month(item.dated_at)) for item in page]
            yield None
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        slot = np.searchsorted(owners, table[:, 0]).clip(max=max(len(owners) - 1, 0))
        known = owners[slot] == table[:, 0] if len(owners) else np.zeros(len(table), bool)
        placed = table[known]
        yield LibraryMap(
            side=side,
            content_ids=placed[:, 0],
            at=plane.spread(at[slot[known]]),
            media=placed[:, 1].astype(np.uint8),
            months=placed[:, 2].astype(np.int32),
            listed=len(table),
        )


def _month(iso: str) -> int:
    """From ISO 8601."""
    return 12 * int(iso[:4]) + int(iso[5:7]) - 1
