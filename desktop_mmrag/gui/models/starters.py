"""Which models to offer at the first start: one of each use, fitting this computer."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable

import psutil

from desktop_mmrag.models.catalogue import ModelEntry

_GB = 1_000_000_000
# Memory that the whole computer has, and the answering model that leaves room for the rest.
_ANSWERING = ((24, "qwen3-vl-4b"), (7, "qwen3-vl-2b"), (0, "smolvlm2-500m"))


def starters(known: Iterable[ModelEntry], memory: int | None = None) -> list[ModelEntry]:
    """Those that are worth a click now: not installed yet, and something uses them.

    `known`: what `Application.known_models` gives. `memory`: bytes; asked of the system if None.
    """
    by_id = {entry.id: entry for entry in known}
    wanted = (_pictures(), _answers(memory or psutil.virtual_memory().total), "whisper-base")
    return [by_id[name] for name in wanted if name in by_id and by_id[name].offered]


def _pictures() -> str:
    # The 8-bit version does not run on Macs with Apple chips.
    apple = sys.platform == "darwin" and platform.machine() == "arm64"
    return "siglip2-base-fp16" if apple else "siglip2-base-int8"


def _answers(memory: int) -> str:
    return next(name for least, name in _ANSWERING if memory >= least * _GB)
