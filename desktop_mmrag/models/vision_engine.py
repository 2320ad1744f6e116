"""Whether the engine of vision models, llama.cpp, is installed; and if not, why and what helps."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from desktop_mmrag.errors import VisionModelUnavailable

NOTED = "vision-unavailable.txt"
"""In the virtual environment: what the installer found when the engine could not be built."""


def missing(noted: Path | None = None) -> VisionModelUnavailable | None:
    """None when the engine is there; else the installer's reason with its remedy."""
    if importlib.util.find_spec("llama_cpp") is not None:
        return None
    return as_noted(noted or Path(sys.prefix) / NOTED)


def as_noted(path: Path) -> VisionModelUnavailable:
    """A sentence, a remedy, an empty line and the end of a log, as the installer writes them."""
    said = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    head, _, tail = said.partition("\n\n")
    reason, _, remedy = head.strip().partition("\n")
    log = [line for line in tail.splitlines() if line.strip()][-1:]
    ended = f" The log ends: {log[0].strip()}" if log else ""
    return VisionModelUnavailable(
        (reason or "llama-cpp-python is not installed, so no vision model can run.") + ended,
        remedy.strip() or "Run: python3 installer/run.py --retry-vision",
    )
