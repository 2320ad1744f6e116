"""Carries work to background threads and their events back to the Qt thread; one object for the whole window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop_mmrag.errors import KnownError

_LOG = logging.getLogger(__name__)
# Keeping, an answer and a download may each hold one for hours; the rest serve short work.
_THREADS = 8


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


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class _Job:
    """One piece of work with the functions of the Qt thread that it tells."""

    work: Callable[[], Iterable[Any]]
    on_event: Callable[[Any], None]
    on_end: Callable[[], None]
    on_failure: Callable[[KnownError], None] | None
    stop: Stop = field(default_factory=Stop)


class Bridge(QObject):
    """Runs generators away from the Qt thread and hands each event to a function on it."""

    failed = Signal(object)
    """A KnownError of work that has no `on_failure` of its own."""
    crashed = Signal(object)
    """Any other exception: a fault of the program."""
    _delivered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="work")
        # Only here, and let go on the Qt thread alone: a job's functions hold pages, and a page
        # whose last holder is a thread would die on it and take the process along.
        self._jobs: dict[Stop, _Job] = {}
        self._lock = Lock()
        self._closed = False
        # Queued: the slot runs on the Qt thread whatever thread emits.
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Iterable[Any]],
        on_event: Callable[[Any], None],
        on_end: Callable[[], None] = _nothing,
        on_failure: Callable[[KnownError], None] | None = None,
    ) -> Stop:
        """Starts long work; all functions but `work` are called on the Qt thread.

        `on_end` comes last, always. `on_failure` takes a KnownError where it arose; without
        it `failed` is emitted. Work that was asked to stop fails silently. After `close`
        nothing is started any more.
        """
        job = _Job(work, on_event, on_end, on_failure)
        with self._lock:
            if self._closed:
                job.stop.ask()
                return job.stop
            self._jobs[job.stop] = job
            self._threads.submit(self._work, job.stop)
        return job.stop

    def stop(self) -> None:
        """Asks all work to end and starts none any more; events on their way are dropped."""
        with self._lock:
            self._closed = True
            running = list(self._jobs)
        for stop in running:
            stop.ask()

    def close(self) -> None:
        """Stops all work and waits for it."""
        self.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()

    def _work(self, stop: Stop) -> None:
        try:
            self._pump(self._jobs[stop])
        except KnownError as problem:
            if not stop.asked():
                self._tell(self._jobs[stop].on_failure or self.failed.emit, problem)
        except Exception as problem:
            # At the end, work finds its child processes gone.
            if not self._closed:
                _LOG.exception("Unexpected failure")
                self._tell(self.crashed.emit, problem)
        finally:
            self._tell(self._end, stop)

    def _pump(self, job: _Job) -> None:
        iterator = iter(job.work())
        try:
            for event in iterator:
                if job.stop.asked():
                    return
                self._tell(lambda told: None if job.stop.asked() else job.on_event(told), event)
        finally:
            if hasattr(iterator, "close"):
                iterator.close()

    def _tell(self, receiver: Callable[[Any], None], event: Any) -> None:
        if not self._closed:
            self._delivered.emit(receiver, event)

    def _end(self, stop: Stop) -> None:
        with self._lock:
            job = self._jobs.pop(stop)
        job.on_end()

    def _deliver(self, receiver: Callable[[Any], None], event: Any) -> None:
        if self._closed:
            return
        try:
            receiver(event)
        except Exception as problem:
            # An exception in a slot would be printed and forgotten.
            _LOG.exception("A page failed on an event")
            self.crashed.emit(problem)
