"""One extractor process as its owner sees it: ask, wait within limits, replace after a death."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_mmrag.errors import (
    DecoderCrashed,
    DecoderOutOfMemory,
    DecoderTimedOut,
    ExtractorsClosed,
    ExtractorUnusable,
    FileFailure,
)
from desktop_mmrag.extract.isolation import child
from desktop_mmrag.extract.isolation.wire import unpack
from desktop_mmrag.settings import Settings

_START_SECONDS = 60.0
_LARGEST_MESSAGE = 1 << 29
# Decoders leak a little; a fresh process now and then costs nothing that shows.
_FILES_PER_PROCESS = 2000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. `seconds` count per file, and start anew with each page of a PDF."""

    memory_mb: int = 2048
    seconds: float = 120.0
    megapixels: int = 250
    reading_threads: int = 1
    """Threads for reading text in pictures, per process."""

    @classmethod
    def of(cls, settings: Settings, reading_threads: int = 1) -> Limits:
        """The limits that the person set."""
        return cls(
            settings.extractor_memory_mb,
            settings.extractor_seconds,
            settings.largest_picture_megapixels,
            reading_threads,
        )


class ExtractorProcess:
    """A process that is started on the first question. One thread at a time may ask."""

    def __init__(self, limits: Limits, scratch: Path, in_background: bool = True) -> None:
        """`in_background`: behind the encoder and what else the person does."""
        self._limits = limits
        self._in_background = in_background
        self._scratch = scratch
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._asked = 0
        self._busy = False
        self._closed = False

    def ask(self, question: str, about: Path, **arguments: Any) -> Iterator[Any]:
        """The pieces of the answer as the process finds them. Raises FileFailure."""
        # Before the process is there, so that `close` leaves one that is being started to us.
        self._busy, left = True, self._limits.seconds
        connection = self._ready()
        try:
            connection.send((question, _absolute(arguments)))
            while True:
                before = time.monotonic()
                kind, content = self._receive(connection, left, about)
                left -= time.monotonic() - before
                if kind == child.PIECE:
                    yield content
                elif kind == child.PAGE_DONE:
                    left = self._limits.seconds
                else:
                    break
        except (EOFError, OSError) as problem:
            raise self._died(about) from problem
        self._busy = False
        if kind == child.FAILURE:
            if isinstance(content, DecoderOutOfMemory):
                # The process ends itself then; waiting for it would cost the next file.
                self._stop()
            raise content

    def process_id(self) -> int | None:
        """The system's number of the process; None when none runs."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def settle(self) -> None:
        """Ends a process whose answer was not heard to its end; the next question starts anew."""
        if self._busy or self._asked >= _FILES_PER_PROCESS:
            self._stop()

    def close(self) -> None:
        """Ends the process for good. Whoever waits for an answer gets ExtractorsClosed."""
        self._closed = True
        process = self._process
        if not self._busy:
            self._stop()
        elif process is not None and process.pid is not None:
            # The asking thread still waits on the connection; it finds it ended and cleans up.
            process.kill()

    def _ready(self) -> Connection:
        if self._closed:
            raise closed()
        if self._process is not None and not self._process.is_alive():
            self._stop()
        if self._connection is None:
            self._connection = self._start()
        if self._closed:
            self._stop()
            raise closed()
        self._asked += 1
        return self._connection

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=True)
        arguments = (theirs, asdict(self._limits), str(self._scratch), self._in_background)
        self._process = context.Process(
            target=child.serve, args=arguments, name="desktop-mmrag-extractor", daemon=True
        )
        self._asked = 0
        try:
            self._process.start()
            theirs.close()
            if ours.poll(_START_SECONDS) and unpack(ours.recv_bytes())[0] == child.READY:
                return ours
        except (EOFError, OSError) as problem:
            if self._closed:
                raise closed() from problem
            raise ExtractorUnusable("The process that reads files ended at once.") from problem
        self._stop()
        raise ExtractorUnusable("The process that reads files did not start.")

    def _receive(self, connection: Connection, seconds: float, about: Path) -> tuple[str, Any]:
        if not connection.poll(max(0.0, seconds)):
            self._stop()
            raise DecoderTimedOut(
                f"{about.name} took longer than {self._limits.seconds:g} seconds."
            )
        data = connection.recv_bytes(_LARGEST_MESSAGE)
        try:
            message = unpack(data)
        except Exception as problem:
            self._stop()
            raise DecoderCrashed(f"Reading {about.name} gave an unexpected answer.") from problem
        kind, content = message
        if kind == child.FAILURE and not isinstance(content, FileFailure):
            raise DecoderCrashed(f"Reading {about.name} gave an unexpected answer.")
        return kind, content

    def _died(self, about: Path) -> Exception:
        if self._closed:
            return closed()
        process = self._process
        if process is not None:
            process.join(5)
        code = process.exitcode if process is not None else None
        self._stop()
        if code is not None and code == -getattr(signal, "SIGKILL", 9):
            return DecoderOutOfMemory(
                f"Reading {about.name} was ended by the system, most likely for lack of memory."
            )
        return DecoderCrashed(f"Reading {about.name} ended abruptly ({_cause(code)}).")

    def _stop(self) -> None:
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        self._busy = False
        if process is not None and process.pid is not None:
            process.kill()
            process.join(5)
        if connection is not None:
            connection.close()


def _absolute(arguments: dict[str, Any]) -> dict[str, Any]:
    return {k: v.absolute() if isinstance(v, Path) else v for k, v in arguments.items()}


def _cause(code: int | None) -> str:
    if code is None:
        return "without a status"
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"status {code}"


def closed() -> ExtractorsClosed:
    """What whoever asks is told from then on."""
    return ExtractorsClosed("The processes that read files were ended.")
