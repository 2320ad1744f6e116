"""The extractor process: takes one question after another, and answers piece by piece.

Nothing but the standard library is imported before the limits stand.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import connection as multiprocessing_connection
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_mmrag.extract.isolation.serving import Desk

_THREAD_SETTINGS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_LOOK_AFTER_PARENT_SECONDS = 5.0
_SILENT_SECONDS = 60

READY, PIECE, PAGE_DONE, DONE, FAILURE = "ready", "piece", "page-done", "done", "failure"

_NICENESS = 15
# The connection of a parent that dies ends a moment before the parent itself.
_PARENT_ENDS_SECONDS = 1.0


def serve(
    connection: Connection, limits: dict[str, Any], scratch: str, in_background: bool
) -> None:
    """Answers until the other side hangs up. `limits`: the fields of process.Limits."""
    if in_background:
        _step_back()
    _settle(limits, Path(scratch))
    from desktop_mmrag.extract.isolation.serving import Desk

    _serve(connection, Desk(limits["megapixels"], limits["reading_threads"]))
    # A parent that dies hangs up; one that lives has other processes that need the folder.
    if _left_alone():
        _empty(Path(scratch))


def _serve(connection: Connection, desk: Desk) -> None:
    from desktop_mmrag.extract.isolation.failures import explain
    from desktop_mmrag.extract.isolation.wire import pack

    connection.send_bytes(pack((READY, None)))
    while True:
        try:
            question, arguments = connection.recv()
        except (EOFError, OSError):
            return
        path = arguments["request"].path if "request" in arguments else arguments["path"]
        try:
            for message in _answer(getattr(desk, question)(**arguments)):
                connection.send_bytes(pack(message))
        except (BrokenPipeError, ConnectionResetError):
            return
        except Exception as problem:
            failure = explain(path, problem)
            connection.send_bytes(pack((FAILURE, failure)))
            # After running out, memory is too scattered to trust.
            if isinstance(problem, MemoryError) or isinstance(problem.__cause__, MemoryError):
                return


def _answer(pieces: Iterator[Any]) -> Iterator[tuple[str, Any]]:
    for piece in pieces:
        yield (PAGE_DONE, None) if piece is None else (PIECE, piece)
    yield DONE, None


def _settle(limits: dict[str, Any], scratch: Path) -> None:
    for name in _THREAD_SETTINGS:
        os.environ[name] = "1"
    with suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    from desktop_mmrag.extract.isolation.landlock import confine
    from desktop_mmrag.extract.isolation.sandbox import limit_resources, refuse_network_and_writes

    with suppress(OSError):
        confine(scratch)
    limit_resources(limits["memory_mb"])
    threading.Thread(
        target=_die_with_parent, args=(limits["seconds"], scratch), daemon=True
    ).start()
    refuse_network_and_writes(scratch)


def _step_back() -> None:
    """The encoder then keeps its cores; each time it is broken off it works from a cold cache."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    if hasattr(os, "SCHED_BATCH"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _silence() -> None:
    """Decoders complain on standard error; standard output carries results alone."""
    sink = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with suppress(OSError):
            os.dup2(sink, stream)
    os.close(sink)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - for the whole process


def _die_with_parent(seconds: float, scratch: Path) -> None:
    parent = parent_process()
    while parent is not None:
        # A decoder that hangs without letting go of the interpreter also stops this thread;
        # the alarm is then not put off again, and the system ends the process.
        if hasattr(signal, "alarm"):
            signal.alarm(int(seconds) + _SILENT_SECONDS)
        if multiprocessing_connection.wait([parent.sentinel], _LOOK_AFTER_PARENT_SECONDS):
            _empty(scratch)
            os._exit(1)


def _left_alone() -> bool:
    parent = parent_process()
    return parent is not None and bool(
        multiprocessing_connection.wait([parent.sentinel], _PARENT_ENDS_SECONDS)
    )


def _empty(scratch: Path) -> None:
    """A parent that was killed removes nothing: attachments of e-mails would stay behind."""
    with suppress(OSError):
        for left in scratch.iterdir():
            with suppress(OSError):
                left.unlink()
