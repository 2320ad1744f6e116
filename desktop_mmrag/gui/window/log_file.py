"""The log of the window: a small rotating file in the library folder that never holds what a person searched for."""

from __future__ import annotations

import logging
import re
import traceback
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_BYTES, _OLD_FILES = 500_000, 2
# Messages of exceptions repeat their input in quotes: a query, a passage, a name.
_QUOTED = re.compile(r"""(["'“`])(?:(?!\1).)*\1|“[^”]*”""", re.DOTALL)


def log_path(folder: Path) -> Path:
    """Where the log of the library in `folder` lies."""
    return folder / "log" / "desktop-mmrag.log"


def start_log(folder: Path) -> Path:
    """Begins to write; a log that cannot be written is done without. Returns its path."""
    path = log_path(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _Private(
            path, maxBytes=_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return path
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


class _Private(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        opened = super()._open()
        with suppress(OSError):
            Path(self.baseFilename).chmod(0o600)
        return opened


def describe(problem: BaseException) -> str:
    """The type, the places in the program, and the message without what stood in quotes."""
    return _lines(type(problem), problem, problem.__traceback__)


class _Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # Other handlers leave their own, talkative text of the exception in the record.
        written, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = written

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, problem, trace = ei
        return _lines(kind, problem, trace) if kind and problem else ""


def _lines(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> str:
    places = "".join(traceback.format_tb(trace))
    return f"{places}{kind.__name__}: {_QUOTED.sub('…', str(problem))}"
