"""Runs one command and turns failures into a sentence and an exit status."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from desktop_mmrag.cli.parser import build_parser
from desktop_mmrag.errors import KnownError

DONE, FAILED = 0, 1
_EXCLUDED = re.compile(r"-(?!h$)[^\W\d_-]|-\"")


class OpenWindow(Protocol):
    """What opens the window; this room knows nothing of Qt."""

    def __call__(self, folder: Path | None, paths: Sequence[Path], in_tray: bool) -> int:
        """Returns the exit status when the window is closed."""
        ...


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Runs a command, or opens the window when none is given. Returns the exit status.

    Wrong usage ends the program with status 2, as argparse does.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows no Chinese must not cost the answer.
            stream.reconfigure(errors="backslashreplace")
    options, excluded = _split_excluded(arguments)
    chosen = build_parser().parse_args(options)
    if excluded:
        chosen.words = [*chosen.words, *excluded]
    library = Path(chosen.library) if chosen.library else None
    try:
        if chosen.command is None:
            return open_window(library, (), False)
        if chosen.command == "window":
            return open_window(library, tuple(chosen.paths), chosen.in_tray)
        # Imported late so that `--help` and wrong usage answer at once.
        from desktop_mmrag.cli.commands import COMMANDS

        COMMANDS[chosen.command](chosen, library)
        sys.stdout.flush()
        return DONE
    except KnownError as problem:
        print(f"{problem.title}: {problem.message}\n{problem.hint}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader of our output has gone, as in `... | head`; say nothing more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("\nStopped. What was done is kept.", file=sys.stderr)
        return FAILED


def _split_excluded(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Takes `-word` out of a search: it excludes a word, and argparse would read an option."""
    if "search" not in arguments and ("saved" not in arguments or "add" not in arguments):
        return list(arguments), []
    excluded = [word for word in arguments if _EXCLUDED.match(word)]
    return [word for word in arguments if word not in excluded and word != "--"], excluded
