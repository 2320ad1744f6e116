"""Makes keeping give way: on battery, and while other programs need the processor, it works a part of the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import psutil
from PySide6.QtCore import QObject, QTimer, Signal

from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.window.keeping import Keeping

# A video call or a compiler takes most of the processor; a browser tab does not.
_BUSY_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Turns:
    """How often the computer is looked at, and how long a turn of work and of rest is."""

    look_ms: int = 4000
    work_ms: int = 2000
    rest_ms: int = 6000


class Reason(Enum):
    """Why keeping gives way."""

    NONE = ""
    BATTERY = "battery"
    OTHERS = "others"


class Surroundings(Protocol):
    """What is asked of the computer; may take some milliseconds."""

    def reason(self) -> Reason:
        """Why to give way now."""
        ...


class Computer:
    """Asks the system. Work at low priority does not count: it gives way itself."""

    def __init__(self) -> None:
        self._own = psutil.Process()
        self._before = self._times()

    def reason(self) -> Reason:
        """Since it was asked last."""
        battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
        now = self._times()
        passed, busy, own = (new - old for new, old in zip(now, self._before, strict=True))
        self._before = now
        if battery is not None and not battery.power_plugged:
            return Reason.BATTERY
        others = (busy - max(own, 0.0)) / passed if passed > 0 else 0.0
        return Reason.OTHERS if others > _BUSY_SHARE else Reason.NONE

    def _times(self) -> tuple[float, float, float]:
        """Seconds of all cores since start: passed, busy at normal priority, busy for us."""
        times = psutil.cpu_times()
        passed = sum(times) - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0)
        busy = times.user + times.system - getattr(times, "guest", 0.0)
        return passed, busy, self._own_seconds()

    def _own_seconds(self) -> float:
        total = 0.0
        for process in (self._own, *self._own.children(recursive=True)):
            try:
                spent = process.cpu_times()
            except psutil.Error:
                continue
            total += spent.user + spent.system
        return total


class Gentle(QObject):
    """Lets keeping work and rest in turns while there is a reason to give way."""

    changed = Signal(object)
    """The Reason from now on."""

    def __init__(
        self,
        keeping: Keeping,
        bridge: Bridge,
        surroundings: Surroundings,
        parent: QObject | None = None,
        turns: Turns | None = None,
    ) -> None:
        super().__init__(parent)
        self._turns = turns or Turns()
        self._keeping, self._bridge, self._surroundings = keeping, bridge, surroundings
        self._reason = Reason.NONE
        self._look = QTimer(self, interval=self._turns.look_ms)
        self._look.timeout.connect(self._ask)
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._next_turn)
        self._resting = False

    def set_wanted(self, wanted: bool) -> None:
        """Whether the person wants it."""
        if wanted:
            self._look.start()
        else:
            self._look.stop()
            self._become(Reason.NONE)

    def _ask(self) -> None:
        def work() -> Iterator[Reason]:
            yield self._surroundings.reason()

        self._bridge.run(work, self._become)

    def _become(self, reason: Reason) -> None:
        if reason is self._reason:
            return
        self._reason = reason
        self.changed.emit(reason)
        if reason is Reason.NONE:
            self._turn.stop()
            self._set_resting(False)
        elif not self._turn.isActive():
            self._next_turn()

    def _next_turn(self) -> None:
        self._set_resting(not self._resting)
        turns = self._turns
        self._turn.start(turns.rest_ms if self._resting else turns.work_ms)

    def _set_resting(self, resting: bool) -> None:
        self._resting = resting
        self._keeping.rest(resting)
