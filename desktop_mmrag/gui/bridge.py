"""Carries work to background threads and their events back to the Qt thread; one object for the whole window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop_mmrag.errors import KnownError

_log = logging.getLogger(__name__)


class Stop:
    """Given back for work that was started; asks it to end at its next event."""

    def __init__(self) -> None:
        self._asked = Event()

    def ask(self) -> None:
        """The work ends before it yields again; its last events are dropped."""
        self._asked.set()

    def asked(self) -> bool:
        """Whether the work should end."""
        return self._asked.is_set()


class Bridge(QObject):
    """Runs generators away from the Qt thread and hands each event to a function on it."""

    _delivered = Signal(object, object)

    def __init__(self, on_failure: Callable[[KnownError], None]) -> None:
        super().__init__()
        self._on_failure = on_failure
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="work")
        self._running: set[Stop] = set()
        # Queued: the slot runs on the Qt thread whatever thread emits.
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Iterable[Any]],
        on_event: Callable[[Any], None],
        on_end: Callable[[], None] = lambda: None,
    ) -> Stop:
        """Starts long work; `on_event` and `on_end` are called on the Qt thread."""
        stop = Stop()
        self._running.add(stop)
        self._threads.submit(self._work, work, on_event, on_end, stop)
        return stop

    def close(self) -> None:
        """Stops all work and waits for it."""
        for stop in list(self._running):
            stop.ask()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _work(
        self,
        work: Callable[[], Iterable[Any]],
        on_event: Callable[[Any], None],
        on_end: Callable[[], None],
        stop: Stop,
    ) -> None:
        try:
            self._pump(work(), on_event, stop)
        except KnownError as problem:
            self._delivered.emit(self._on_failure, problem)
        except Exception as problem:
            _log.exception("Unexpected failure")
            unexpected = KnownError(f"{type(problem).__name__}: {problem}", "See the log.")
            self._delivered.emit(self._on_failure, unexpected)
        finally:
            self._running.discard(stop)
            self._delivered.emit(lambda _: on_end(), None)

    def _pump(self, events: Iterable[Any], on_event: Callable[[Any], None], stop: Stop) -> None:
        iterator = iter(events)
        try:
            for event in iterator:
                if stop.asked():
                    return
                self._delivered.emit(lambda event: None if stop.asked() else on_event(event), event)
        finally:
            if hasattr(iterator, "close"):
                iterator.close()

    def _deliver(self, receiver: Callable[[Any], None], event: Any) -> None:
        receiver(event)
