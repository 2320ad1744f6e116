"""Recent searches, between the box and their file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject

from desktop_mmrag.gui.find import history
from desktop_mmrag.gui.find.search_box import SearchBox
from desktop_mmrag.gui.wiring import Wiring


class Recent(QObject):
    """Reads the file once, and writes it after each search that was meant."""

    def __init__(self, wiring: Wiring, box: SearchBox) -> None:
        super().__init__(box)
        self._wiring, self._box = wiring, box
        self._searches: list[str] = []
        folder = wiring.application.folder
        wiring.bridge.run(lambda: [history.read(folder)], self._set)
        box.settled.connect(self.remember)
        box.asked.connect(self.remember)
        box.history_cleared.connect(self.clear)

    def remember(self, text: str) -> None:
        """Keeps a search."""
        folder, searches = (
            self._wiring.application.folder,
            history.with_latest(self._searches, text),
        )
        self._set(searches)
        self._write(lambda: history.write(folder, searches))

    def clear(self) -> None:
        """Forgets all of them, on the disk too."""
        folder = self._wiring.application.folder
        self._set([])
        self._write(lambda: history.clear(folder))

    def _set(self, searches: list[str]) -> None:
        self._searches = searches
        self._box.set_history(searches)

    def _write(self, act: Callable[[], None]) -> None:
        def work() -> Iterator[None]:
            act()
            yield None

        self._wiring.bridge.run(work, lambda _: None)
