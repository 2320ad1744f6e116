"""The program's hold on the vision model's process: starting it, asking it, stopping it, noticing its death."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
import weakref
from collections.abc import Generator, Iterator, Sequence

from desktop_mmrag.domain import Pixels
from desktop_mmrag.errors import (
    PromptTooLong,
    VisionEngineUnfit,
    VisionModelDied,
    VisionModelUnavailable,
)
from desktop_mmrag.models.vision_pipe import Message, receive, send
from desktop_mmrag.models.vision_process import ModelPlace, serve

# How often whoever waits gets the chance to give up.
_BEAT_SECONDS = 0.1
# Encoding a picture cannot be interrupted; a model that does not stop in this time is ended.
_STOP_SECONDS = 0.4
_CRASH_LOG_CHARACTERS = 400
# SIGILL, and STATUS_ILLEGAL_INSTRUCTION of Windows.
_UNKNOWN_INSTRUCTION = (-4, 0xC000001D)
_BEAT: Message = {"kind": "beat"}


class ModelProcess:
    """One life of the process. Used by one thread at a time, but for `end`."""

    def __init__(self, model_id: str, place: ModelPlace) -> None:
        """Starts it at once; it loads the model while `load` is awaited."""
        self.ready: Message | None = None
        self._model_id = model_id
        self._crash_log = place.crash_log
        self._remove_log = weakref.finalize(self, place.crash_log.unlink, missing_ok=True)
        self._number = 0
        self._ended = False
        self._words = ""
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, place), daemon=True)
        self._process.start()
        # With the other end held here too, its death would not be heard.
        other.close()

    @property
    def pid(self) -> int | None:
        """Its number in the system."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._ended and self._process.is_alive()

    def end(self) -> None:
        """Ends it at once and waits until its memory is free. May be called from any thread."""
        self._ended = True
        self._process.kill()
        self._process.join()
        self._tidy()

    def load(self) -> Iterator[Message]:
        """Beats until the model is loaded. Raises VisionModelUnavailable."""
        try:
            while self.ready is None and not self._ended:
                yield _BEAT
                self._hear_of_loading()
        finally:
            if self.ready is None:
                self.end()

    def ask(self, order: Message, pictures: Sequence[Pixels]) -> Generator[Message, None, bool]:
        """Messages that answer `order`, with beats between; False when it went idle instead.

        Closing stops the work. Raises PromptTooLong, VisionModelDied.
        """
        self._number += 1
        # A process that is gone by now is noticed when its answer is read.
        with contextlib.suppress(OSError):
            send(self._connection, {**order, "number": self._number}, pictures)
        finished = False
        try:
            while not finished:
                message = self._next()
                finished = message is None or message["kind"] in ("done", "refused", "goodbye")
                if message is None:
                    return True
                if message["kind"] == "goodbye":
                    self.end()
                    return False
                self._raise_refusal(message)
                yield message
        finally:
            if not finished:
                self._stop()
        return True

    # --- reading ----------------------------------------------------------------------

    def _next(self) -> Message | None:
        """The next message, or a beat; None once it was ended on purpose."""
        try:
            if not self._connection.poll(_BEAT_SECONDS):
                return _BEAT
            return receive(self._connection)[0]
        except (EOFError, OSError):
            if self._ended:
                return None
            raise self._death() from None

    def _hear_of_loading(self) -> None:
        try:
            message = self._next()
        except VisionModelDied as death:
            unfit = death.hint if isinstance(death, VisionEngineUnfit) else None
            raise VisionModelUnavailable(f"While loading, {death.message}", unfit) from None
        if message is None or message["kind"] == "beat":
            return
        if message["kind"] == "failed":
            raise VisionModelUnavailable(f"{self._model_id}: {message['reason']}")
        self.ready = message

    def _raise_refusal(self, message: Message) -> None:
        if message["kind"] != "refused" or message["problem"] == "Stopped":
            return
        if message["problem"] == "TooLong":
            raise PromptTooLong(f"{self._model_id} was given {message['reason']}.")
        # What state native code is in after a failure, nobody knows.
        self.end()
        raise VisionModelDied(f"{self._model_id}: {message['reason']}")

    def _stop(self) -> None:
        until = time.monotonic() + _STOP_SECONDS
        with contextlib.suppress(OSError, VisionModelDied):
            send(self._connection, {"do": "stop", "number": self._number})
            while time.monotonic() < until:
                message = self._next()
                if message is None or message["kind"] in ("done", "refused"):
                    return
        self.end()

    def _death(self) -> VisionModelDied:
        self._process.join(timeout=1)
        code = self._process.exitcode
        self.end()
        if code in _UNKNOWN_INSTRUCTION:
            return VisionEngineUnfit(
                f"{self._model_id} met an instruction unknown to this processor."
            )
        if code == -9:
            why = "was ended by the system, as happens when memory runs out."
        else:
            why = f"stopped with code {code}. {self._words}".strip()
        return VisionModelDied(f"{self._model_id} {why}")

    def _tidy(self) -> None:
        with contextlib.suppress(OSError):
            words = self._crash_log.read_text(errors="replace")[-_CRASH_LOG_CHARACTERS:]
            self._words = " ".join(words.split())
            self._remove_log()
