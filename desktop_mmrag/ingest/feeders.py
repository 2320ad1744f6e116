"""Threads that pull jobs and put what they find into a bounded queue, a little ahead of its reader."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

from desktop_mmrag.ingest.control import Control

Job = TypeVar("Job")
Event = TypeVar("Event")

_POLL_SECONDS = 0.1
_JOIN_SECONDS = 3.0


class Later:
    """There is a job, but not yet."""


LATER = Later()


class _Ended:
    """A thread came to its end."""


class Feeders(Generic[Job, Event]):
    """A context manager; leaving it stops the threads, and drops what was not read.

    `take` gives the next job, LATER, or None at the end; `work` turns a job into events. Both
    run in the threads; what they raise is raised by `events`.
    """

    def __init__(
        self,
        threads: int,
        take: Callable[[], Job | Later | None],
        work: Callable[[Job], Iterator[Event]],
        control: Control,
        look_ahead: int,
        leave: Callable[[], None],
    ) -> None:
        """`look_ahead` is how many events may wait; `leave` runs at the end of each thread."""
        self._take, self._work, self._leave = take, work, leave
        self._control = control
        self._queue: queue.Queue[Event | BaseException | _Ended] = queue.Queue(look_ahead)
        self._stopped = threading.Event()
        # A thread whose decoder hangs must not keep the program from ending.
        self._threads = [
            threading.Thread(target=self._run, name=f"feeder-{n}", daemon=True)
            for n in range(threads)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        deadline = time.monotonic() + _JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def events(self) -> Iterator[Event | None]:
        """What the jobs gave, in the order it came; None when nothing came for a moment."""
        running = len(self._threads)
        while running:
            try:
                event = self._queue.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                yield None
                continue
            if isinstance(event, BaseException):
                raise event
            if isinstance(event, _Ended):
                running -= 1
            else:
                yield event

    def _run(self) -> None:
        try:
            while not self._stopped.is_set() and not self._control.cancelled:
                if not self._control.wait_while_paused(_POLL_SECONDS):
                    continue
                job = self._take()
                if job is None:
                    return
                if isinstance(job, Later):
                    self._stopped.wait(_POLL_SECONDS)
                    continue
                for event in self._work(job):
                    if not self._put(event):
                        return
        except BaseException as problem:
            self._put(problem)
        finally:
            self._leave()
            self._put(_Ended())

    def _put(self, event: Event | BaseException | _Ended) -> bool:
        """Waits for room; False when nobody reads any more."""
        while not self._stopped.is_set():
            try:
                self._queue.put(event, timeout=_POLL_SECONDS)
                return True
            except queue.Full:
                continue
        return False
