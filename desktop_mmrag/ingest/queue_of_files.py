"""Which waiting file is understood next: each once in a pass, and none while it is being written."""

from __future__ import annotations

import heapq
import threading
import time
from collections import Counter, deque

from desktop_mmrag.ingest.feeders import LATER, Later
from desktop_mmrag.library.catalog import Catalog, Stat, WaitingFile

_PAGE = 500
# A file is looked at again after so long, until two looks agree or it is left for the next run.
_LOOK_AGAIN_SECONDS = 0.5
_MOST_LOOKS = 8
_MOST_ATTEMPTS = 3


class QueueOfFiles:
    """The catalog's waiting files in order; may be asked from several threads at once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = threading.Lock()
        self._page: deque[WaitingFile] = deque()
        self._after = 0
        self._growing: list[tuple[float, int, WaitingFile]] = []
        self._looks: Counter[int] = Counter()
        self._attempts: Counter[int] = Counter()
        self._seen: dict[int, Stat] = {}

    def begin(self) -> None:
        """Starts from the first waiting file again."""
        with self._lock:
            self._page.clear()
            self._growing.clear()
            self._after = 0

    def take(self) -> WaitingFile | Later | None:
        """The next file; LATER while others are still being written; None at the end."""
        with self._lock:
            if (file := self._next()) is not None:
                self._attempts[file.id] += 1
                return file
            if not self._growing:
                return None
            due, _, file = self._growing[0]
            if due > time.monotonic():
                return LATER
            heapq.heappop(self._growing)
            return file

    def settled(self, file: WaitingFile, now: Stat) -> bool:
        """Whether a file written a moment ago is the same as at the last look; if not, it comes again."""
        with self._lock:
            if self._seen.get(file.id) == now:
                return True
            self._seen[file.id] = now
            self._looks[file.id] += 1
            if self._looks[file.id] <= _MOST_LOOKS:
                due = time.monotonic() + _LOOK_AGAIN_SECONDS
                heapq.heappush(self._growing, (due, file.id, file))
            else:
                self._attempts[file.id] = _MOST_ATTEMPTS
            return False

    def anything_left(self) -> bool:
        """Whether files wait that this run has not tried often enough."""
        with self._lock:
            given_up = sum(1 for tries in self._attempts.values() if tries >= _MOST_ATTEMPTS)
            waiting = self._catalog.waiting(0, given_up + 1)
            return any(self._attempts[file.id] < _MOST_ATTEMPTS for file in waiting)

    def _next(self) -> WaitingFile | None:
        while True:
            if not self._page:
                self._page.extend(self._catalog.waiting(self._after, _PAGE))
            if not self._page:
                return None
            file = self._page.popleft()
            self._after = file.id
            if self._attempts[file.id] < _MOST_ATTEMPTS:
                return file
