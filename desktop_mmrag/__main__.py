"""The window, or a command when one is given."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    """Runs the program and returns its exit status."""
    # Frozen programs start their child processes through this same entry.
    multiprocessing.freeze_support()
    from desktop_mmrag.cli.run import run

    return run(sys.argv[1:], open_window=_open_window)


def _open_window(folder: Path | None, paths: Sequence[Path], in_tray: bool) -> int:
    from desktop_mmrag.gui.start import open_window

    return open_window(folder, paths, in_tray)


if __name__ == "__main__":
    sys.exit(main())
