"""Keeps the library up to date while the window is open: start, pause, and stand aside for other writers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Progress
from desktop_mmrag.errors import KnownError, LibraryInUse
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.ingest.control import Control

_TRY_AGAIN_MS, _AFTER_FAILURE_MS = 10_000, 120_000
_CHANGED_SECONDS = 1.0


class Keeping(QObject):
    """Runs `Application.watch` in the background. All methods belong to the Qt thread."""

    progressed = Signal(object)
    """A domain.Progress, a few times a second; "idle" is told once, not over and over."""
    paused_changed = Signal(bool)
    busy_elsewhere = Signal(object)
    """LibraryInUse: another program keeps this library now; it is tried again."""
    library_changed = Signal()
    """Something was kept; at most once a second."""

    def __init__(
        self, application: Application, bridge: Bridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._application, self._bridge = application, bridge
        self._control = Control()
        self._running = self._looked = False
        self._waiting: list[Callable[[], object]] = []
        self._paused = self._resting = False
        self._last: Progress | None = None
        self._told_change = 0.0
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.start)

    @property
    def paused(self) -> bool:
        """Whether the person paused it."""
        return self._paused

    @property
    def last(self) -> Progress | None:
        """What was told last; None before the first."""
        return self._last

    @property
    def at_work(self) -> bool:
        """Whether files are being looked for or understood now."""
        # It is idle for a moment before it looks into the folders for the first time.
        done = self._looked and self._last is not None and self._last.stage == "idle"
        return self._running and not self._paused and not done

    def start(self) -> None:
        """Begins, unless it runs already: it sees new folders by itself."""
        if self._running or self._waiting:
            return
        self._again.stop()
        self._control = Control()
        self._tell_control()
        self._running = True
        control = self._control
        self._bridge.run(
            lambda: _without_repeats(self._application.watch(control)),
            self._told,
            self._ended,
            self._failed,
        )

    def pause(self) -> None:
        """Stands still after the files that are under way."""
        self._set_paused(True)

    def resume(self) -> None:
        """Goes on."""
        self._set_paused(False)

    def _set_paused(self, paused: bool) -> None:
        if paused == self._paused:
            return
        self._paused = paused
        self._tell_control()
        self.paused_changed.emit(paused)

    def rest(self, resting: bool) -> None:
        """Stands still for a moment to give way; the person is not told of each."""
        self._resting = resting
        self._tell_control()

    def _tell_control(self) -> None:
        still = self._paused or self._resting
        (self._control.pause if still else self._control.resume)()

    def alone(
        self,
        work: Callable[[], Iterable[Any]],
        on_event: Callable[[Any], None],
        on_end: Callable[[], None] = lambda: None,
        on_failure: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Runs work that no other writer may meet, then keeps on: removing, changed settings."""

        def ended() -> None:
            on_end()
            self.library_changed.emit()
            self._next_waiting()

        self._waiting.append(lambda: self._bridge.run(work, on_event, ended, on_failure))
        if self._running:
            self._control.cancel()
        elif len(self._waiting) == 1:
            self._waiting[0]()

    def stop(self) -> None:
        """Ends for good after the files that are under way."""
        self._again.stop()
        self._control.cancel()

    def _next_waiting(self) -> None:
        self._waiting.pop(0)
        if self._waiting:
            self._waiting[0]()
        else:
            self.start()

    def _ended(self) -> None:
        self._running = False
        if self._waiting:
            self._waiting[0]()

    def _failed(self, problem: KnownError) -> None:
        if isinstance(problem, LibraryInUse):
            self._again.start(_TRY_AGAIN_MS)
            self.busy_elsewhere.emit(problem)
        else:
            # A full disk is told again only after a while.
            self._again.start(_AFTER_FAILURE_MS)
            self._bridge.failed.emit(problem)

    def _told(self, progress: Progress) -> None:
        still = self._paused or self._resting
        if still and progress.stage == "idle" and self._last is not None:
            # Standing still is not being done.
            return
        moved = self._last is None or (progress.stage, progress.done) != (
            self._last.stage,
            self._last.done,
        )
        self._last = progress
        self._looked = self._looked or progress.stage != "idle"
        self.progressed.emit(progress)
        now = time.monotonic()
        if moved and (progress.stage == "idle" or now - self._told_change >= _CHANGED_SECONDS):
            self._told_change = now
            self.library_changed.emit()


def _without_repeats(events: Iterable[Progress]) -> Iterator[Progress]:
    """Idle is told five times a second by `watch`; the Qt thread needs it once."""
    last: Progress | None = None
    for event in events:
        if event.stage != "idle" or event != last:
            yield event
        last = event
