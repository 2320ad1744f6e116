"""How long it takes to see that 100,000 files are unchanged.

python tests/benchmarks/bench_rescan.py [--files 100000]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_mmrag.ingest.discover import discover_all
from desktop_mmrag.library.library import Library, open_library
from desktop_mmrag.settings import Settings

MOST_SECONDS = 5.0
IN_A_FOLDER = 200


def main() -> None:
    """Prints the seconds of the first look, of the rescan, and of walking alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100_000)
    number = parser.parse_args().files
    with tempfile.TemporaryDirectory(prefix="bench-rescan-") as name:
        place = Path(name)
        make_files(place / "things", number)
        library = open_library(place / "library")
        library.catalog.add_folder(place / "things")
        first = seconds(library)
        assert library.catalog.waiting_count() == number
        rescan = min(seconds(library) for _ in range(3))
        walked = walk_alone(place / "things")
        library.close()
    print(f"{number} files: first look {first:.2f} s, walking alone {walked:.2f} s")
    print(f"rescan {rescan:.2f} s (at most {MOST_SECONDS}), {rescan / walked:.2f} of walking alone")
    sys.exit(rescan > MOST_SECONDS)


def make_files(folder: Path, number: int) -> None:
    for start in range(0, number, IN_A_FOLDER):
        below = folder / f"{start // 10_000:03}" / f"{start:06}"
        below.mkdir(parents=True)
        for n in range(start, min(start + IN_A_FOLDER, number)):
            (below / f"note {n:06}.md").write_bytes(b"%d" % n)


def seconds(library: Library) -> float:
    began = time.perf_counter()
    for _ in discover_all(library, Settings()):
        pass
    return time.perf_counter() - began


def walk_alone(folder: Path) -> float:
    """The least that any rescan must do: list every folder and ask for size and time."""
    began = time.perf_counter()
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
