"""The names of places that the library's photos were taken at, remembered for a minute."""

from __future__ import annotations

import time

from desktop_mmrag.library.library import Library

_REMEMBERED_S = 60.0
# Shorter names ("Å") would be seen in ordinary words.
_SHORTEST = 3
_PLACES = "SELECT DISTINCT place FROM content WHERE place IS NOT NULL"


class KnownPlaces:
    """Called, gives the names: cities, regions and countries each by themselves."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names: frozenset[str] = frozenset()
        self._read_at = -_REMEMBERED_S

    def __call__(self) -> frozenset[str]:
        """The names as they are written in the library."""
        if time.monotonic() - self._read_at >= _REMEMBERED_S:
            self._names = frozenset(
                name
                for (place,) in self._library.database.reader().execute(_PLACES)
                for part in str(place).split(",")
                if len(name := part.strip()) >= _SHORTEST
            )
            self._read_at = time.monotonic()
        return self._names
