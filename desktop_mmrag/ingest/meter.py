"""How far long work is, how fast, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from desktop_mmrag.domain import Progress

_TELL_SECONDS = 0.25
_COUNT_SECONDS = 1.0
# The weight of the past fades to 1/e in so many seconds.
_SMOOTHED_OVER = 10.0


@dataclass
class Meter:
    """One stage of work; `left` counts what is still to do and is asked once a second."""

    stage: Literal[
        "understanding", "reading", "listening", "embedding", "recognising", "tagging", "describing"
    ]
    left: Callable[[], int]
    done: int = 0
    failed: int = 0
    current: Path | None = None
    _remaining: int = 0
    _rate: float = 0.0
    _begun: float = field(default_factory=time.monotonic)
    _told: float = 0.0
    _counted: float = 0.0
    _counted_done: int = 0

    def due(self) -> bool:
        """Whether it is time to tell; a few times a second at most."""
        return time.monotonic() - self._told >= _TELL_SECONDS

    def tell(self) -> Progress:
        """Where the work stands now."""
        now = time.monotonic()
        if self._counted == 0.0 or now - self._counted >= _COUNT_SECONDS:
            self._count(now)
        self._told = now
        remaining = max(0, self._remaining - (self.done - self._counted_done))
        return Progress(
            self.stage,
            self.done,
            self.done + remaining,
            self.failed,
            round(self._rate, 2),
            self._seconds_left(remaining, now),
            self.current,
        )

    def _seconds_left(self, remaining: int, now: float) -> float | None:
        """By the mean of the whole stage: one long file must not turn minutes into hours."""
        return remaining * (now - self._begun) / self.done if self.done else None

    def _count(self, now: float) -> None:
        since = now - (self._counted or self._begun)
        fresh = self.done - self._counted_done
        if since > 0 and self.done:
            # Early on the mean since the beginning, later an exponentially fading one.
            fading = min(max(_SMOOTHED_OVER / since, 1.0), max((now - self._begun) / since, 1.0))
            self._rate += (fresh / since - self._rate) / fading
        self._counted, self._counted_done = now, self.done
        self._remaining = self.left()
