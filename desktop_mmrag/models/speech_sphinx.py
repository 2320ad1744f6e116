"""The starter that writes down English: PocketSphinx in child processes, a few at once."""

from __future__ import annotations

import json
import multiprocessing
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import numpy as np

from desktop_mmrag.domain import SAMPLE_RATE, Samples, Spoken
from desktop_mmrag.errors import SpeechModelDied
from desktop_mmrag.models import speech_child

_START_SECONDS = 60.0
# Noise takes longest: up to twice its length measured on a busy computer.
_SECONDS_A_SECOND = 30.0


class SphinxModel:
    """A `SpeechModel`. Each thread that asks has a process for itself while it waits.

    Decoding holds the interpreter's lock for seconds, which would freeze the window; and a
    process that has nothing to do for a minute ends and gives its memory back.
    """

    def __init__(self, model_id: str, processes: int) -> None:
        """`processes`: how many may run at once. None is started yet."""
        self.model_id = model_id
        self._free: queue.LifoQueue[_Listener] = queue.LifoQueue()
        self._all = [_Listener() for _ in range(max(1, processes))]
        for listener in self._all:
            self._free.put(listener)

    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        """Phrases between pauses. Raises SpeechModelDied."""
        with self._listener() as listener:
            heard = listener.hear(samples)
        yield from heard

    @contextmanager
    def _listener(self) -> Iterator[_Listener]:
        listener = self._free.get()
        try:
            yield listener
        finally:
            self._free.put(listener)

    def close(self) -> None:
        """Ends the processes; the next question starts them again."""
        for listener in self._all:
            listener.stop()


class _Listener:
    """One process as its owner sees it."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    def hear(self, samples: Samples) -> list[Spoken]:
        seconds = _SECONDS_A_SECOND * max(1.0, len(samples) / SAMPLE_RATE)
        connection = self._ready()
        try:
            connection.send_bytes(_as_pcm(samples))
            if not connection.poll(seconds):
                raise SpeechModelDied("Writing down speech took too long.")
            answer = json.loads(connection.recv_bytes())
        except (EOFError, OSError) as problem:
            self.stop()
            raise SpeechModelDied("The process that writes down speech ended.") from problem
        except SpeechModelDied:
            self.stop()
            raise
        return [Spoken(start, end, text) for start, end, text in answer]

    def stop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
            connection, self._connection = self._connection, None
        if process is not None:
            process.kill()
            process.join(5)
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _ready(self) -> Connection:
        if self._process is not None and not self._process.is_alive():
            self.stop()
        if self._connection is not None:
            return self._connection
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=True)
        process = context.Process(
            target=speech_child.serve, args=(theirs,), name="desktop-mmrag-speech", daemon=True
        )
        process.start()
        theirs.close()
        with self._lock:
            self._process, self._connection = process, ours
        try:
            if ours.poll(_START_SECONDS) and ours.recv_bytes() == speech_child.READY:
                return ours
        except (EOFError, OSError):
            pass
        self.stop()
        raise SpeechModelDied("The process that writes down speech did not start.")


def _as_pcm(samples: Samples) -> bytes:
    """16-bit whole numbers, little-endian, as PocketSphinx hears them."""
    return bytes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
