"""The vision model's process: takes orders from a pipe, answers, and ends when idle or when its parent does."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_mmrag.domain import Pixels
from desktop_mmrag.models.vision_pipe import Message, receive, send

if TYPE_CHECKING:
    from desktop_mmrag.models.vision_model import VisionModel

_LOG_LINES = 12


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """Which model to load and with how much of the computer."""

    model: Path
    mmproj: Path | None
    context_tokens: int
    threads: int
    idle_seconds: float
    crash_log: Path
    """Takes what native code prints on its way down."""


def serve(connection: Connection, place: ModelPlace) -> None:
    """Runs the process; never returns. Each order is answered with messages, the last marked."""
    _withdraw(place.crash_log)
    orders = _Orders(connection, place.crash_log)
    log = _LogTail()
    try:
        model, _held = _load(place, orders, log)
        ready = {"context": model.context_tokens, "picture_tokens": model.picture_tokens()}
    except Exception as problem:
        # Whatever went wrong, the person gets the reason instead of a silent death.
        send(connection, {"kind": "failed", "reason": _reason(problem, log)})
        os._exit(1)
    send(connection, {"kind": "ready", **ready})
    while order := orders.next(place.idle_seconds):
        _obey(connection, model, orders, *order)
    send(connection, {"kind": "goodbye"})
    # Without Python's tear-down, during which native threads may still call back.
    os._exit(0)


def _withdraw(crash_log: Path) -> None:
    """Cuts this process off from terminal, keyboard and network."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with crash_log.open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        raise PermissionError("The vision model has no network.")


class _LogTail:
    """The last lines that llama.cpp logged."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque([""], maxlen=_LOG_LINES)

    def write(self, text: str) -> None:
        *whole, rest = (self._lines.pop() + text).split("\n")
        self._lines += [line[:300] for line in whole]
        self._lines.append(rest[:300])

    def text(self) -> str:
        return " ".join(line.strip() for line in self._lines if line.strip())


def _load(place: ModelPlace, orders: _Orders, log: _LogTail) -> tuple[VisionModel, object]:
    # Imported here, so that the parent, which shares this file, never loads llama.cpp.
    from desktop_mmrag.models.vision_model import VisionModel, keep_log

    held = keep_log(log.write)
    model = VisionModel(
        place.model, place.mmproj, place.context_tokens, place.threads, orders.should_stop
    )
    return model, held


def _reason(problem: Exception, log: _LogTail) -> str:
    if isinstance(problem, ImportError):
        return f"llama-cpp-python cannot be loaded: {problem}"
    return ": ".join(filter(None, [str(problem) or type(problem).__name__, log.text()]))


class _Orders:
    """Reads the pipe in a thread of its own, so that a stop is heard in the midst of work."""

    def __init__(self, connection: Connection, crash_log: Path) -> None:
        self._connection = connection
        self._crash_log = crash_log
        self._waiting: queue.Queue[tuple[Message, list[Pixels]]] = queue.Queue()
        self._current = 0
        self._stopped = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self, idle_seconds: float) -> tuple[Message, list[Pixels]] | None:
        """The next order; None when there was none for `idle_seconds`."""
        try:
            order = self._waiting.get(timeout=idle_seconds)
        except queue.Empty:
            return None
        self._current = order[0]["number"]
        return order

    def should_stop(self) -> bool:
        """Whether the parent has stopped the order at hand."""
        return self._stopped >= self._current > 0

    def _listen(self) -> None:
        try:
            while True:
                message, pictures = receive(self._connection)
                if message["do"] == "stop":
                    self._stopped = message["number"]
                else:
                    self._waiting.put((message, pictures))
        except (EOFError, OSError):
            # The parent is gone, perhaps killed: nobody is left to answer or to tidy up.
            with contextlib.suppress(OSError):
                self._crash_log.unlink()
            os._exit(0)


def _obey(
    connection: Connection,
    model: VisionModel,
    orders: _Orders,
    order: Message,
    pictures: list[Pixels],
) -> None:
    try:
        if order["do"] == "count":
            send(connection, {"kind": "done", "count": model.count(order["text"])})
        else:
            _answer(connection, model, orders, order, pictures)
    except Exception as problem:
        kind = type(problem).__name__
        reason = str(problem) or kind
        send(connection, {"kind": "refused", "problem": kind, "reason": reason})


def _answer(
    connection: Connection,
    model: VisionModel,
    orders: _Orders,
    order: Message,
    pictures: list[Pixels],
) -> None:
    from desktop_mmrag.models.vision_prompt import Turn

    turns = [
        Turn(turn["speaker"], turn["text"], tuple(turn["pictures"])) for turn in order["turns"]
    ]
    for piece in model.answer(turns, pictures, order["max_tokens"]):
        send(connection, {"kind": "piece", "text": piece})
        if orders.should_stop():
            break
    send(connection, {"kind": "done"})
