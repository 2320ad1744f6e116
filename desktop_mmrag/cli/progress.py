"""Progress of long work on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

from desktop_mmrag.domain import Progress

_BAR_WIDTH = 24
_QUIET_SECONDS = 10.0


def follow(work: Iterable[Progress]) -> Progress | None:
    """Runs long work to its end and shows how it goes. Returns the last progress."""
    last, shown_at, terminal = None, 0.0, sys.stderr.isatty()
    remarked: tuple[str, ...] = ()
    for last in work:
        if last.remarks not in ((), remarked):
            remarked = last.remarks
            print(*([""] if terminal else []), *remarked, sep="\n", file=sys.stderr, flush=True)
        if terminal:
            print(f"\r\x1b[2K{_line(last)}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - shown_at >= _QUIET_SECONDS:
            shown_at = time.monotonic()
            print(_line(last), file=sys.stderr, flush=True)
    if terminal and last:
        print(file=sys.stderr)
    return last


def _line(progress: Progress) -> str:
    filled = round(_BAR_WIDTH * progress.done / progress.total) if progress.total else 0
    bar = "#" * filled + "." * (_BAR_WIDTH - filled)
    parts = [f"{progress.stage:<13} [{bar}] {progress.done}/{progress.total}"]
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    if progress.per_second:
        parts.append(f"{progress.per_second:.1f}/s")
    if progress.seconds_left is not None:
        parts.append(f"{_duration(progress.seconds_left)} left")
    if progress.current:
        parts.append(progress.current.name[:40])
    return "  ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes} min"
        if hours
        else f"{minutes} min {rest} s"
        if minutes
        else f"{rest} s"
    )
