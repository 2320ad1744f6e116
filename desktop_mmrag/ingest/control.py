"""Pause, resume and cancel, from any thread."""

from __future__ import annotations

import threading


class Control:
    """Looked at between files, so that no file is left half understood."""

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._cancelled = threading.Event()

    def pause(self) -> None:
        """Work stops after the files that are under way."""
        self._running.clear()

    def resume(self) -> None:
        """Work goes on."""
        self._running.set()

    def cancel(self) -> None:
        """Work ends after the files that are under way, for good; nothing kept is lost."""
        self._cancelled.set()
        self._running.set()

    @property
    def paused(self) -> bool:
        """Whether work stands still."""
        return not self._running.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether work has to end."""
        return self._cancelled.is_set()

    def wait_while_paused(self, seconds: float) -> bool:
        """Waits at most so long; whether work may go on."""
        return self._running.wait(seconds)
