"""How many copies fingerprints recognise and how many other pictures they take for copies; how long 100,000 take.

Run: python -m tests.benchmarks.bench_duplicates [FOLDER OF PHOTOS]...
Without a folder the photos of scikit-image are taken.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_mmrag.domain import Fingerprint
from desktop_mmrag.extract.pictures import thumbnail
from desktop_mmrag.extract.pictures.fingerprint import fingerprint
from desktop_mmrag.library.fingerprints import Prints
from desktop_mmrag.retrieve.likeness import COARSE_WITHIN, are_copies
from desktop_mmrag.retrieve.nearby import nearby


def scaled(by: float) -> Callable[[Image.Image], Image.Image]:
    def change(picture: Image.Image) -> Image.Image:
        size = max(1, int(picture.width * by)), max(1, int(picture.height * by))
        return picture.resize(size, Image.Resampling.LANCZOS)

    return change


def trimmed(share: float) -> Callable[[Image.Image], Image.Image]:
    def change(picture: Image.Image) -> Image.Image:
        x, y = int(picture.width * share), int(picture.height * share)
        return picture.crop((x, y, picture.width - x, picture.height - y))

    return change


def recompressed(picture: Image.Image) -> Image.Image:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=30)
    return Image.open(data).convert("RGB")


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "half size": scaled(0.5),
    "quarter size": scaled(0.25),
    "JPEG quality 30": recompressed,
    "1 % off each side": trimmed(0.01),
    "2 % off each side": trimmed(0.02),
    "5 % off each side": trimmed(0.05),
}


def rows(found: list[Fingerprint]) -> Prints:
    return Prints(
        np.arange(len(found)),
        np.array([one.coarse for one in found], np.uint64),
        np.frombuffer(b"".join(one.fine for one in found), np.uint64).reshape(len(found), 4),
        np.array([one.plain for one in found]),
    )


def photos(folder: Path) -> Iterator[Image.Image]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".jpg", ".jpeg", ".png"):
            yield Image.open(path).convert("RGB")


def measure(folder: Path) -> None:
    found: list[Fingerprint] = []
    recognised = dict.fromkeys(CHANGES, 0)
    for picture in photos(folder):
        own = fingerprint(thumbnail.small(picture))
        if own is None:
            continue
        found.append(own)
        for name, change in CHANGES.items():
            copy = fingerprint(thumbnail.small(change(picture)))
            if copy is not None:
                recognised[name] += int(are_copies(rows([own, copy]), 0, np.array([1]))[0])
    prints, every = rows(found), np.arange(len(found))
    taken = sum(int(are_copies(prints, row, every[row + 1 :]).sum()) for row in every)
    print(f"{folder}: {len(found)} photos")
    for name, count in recognised.items():
        print(f"  {name:<20} {count / len(found):.3f} recognised")
    print(f"  others               {taken} of {len(found) * (len(found) - 1) // 2} pairs taken")


def time_many(count: int = 100_000) -> None:
    numbers = np.unique(np.random.default_rng(0).integers(0, 1 << 63, count, dtype=np.uint64))
    began = time.perf_counter()
    for _ in nearby(numbers, COARSE_WITHIN):
        pass
    print(f"{len(numbers)} compared in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    import skimage

    of_skimage = Path(skimage.__file__).parent / "data"
    for folder in map(Path, sys.argv[1:]) if len(sys.argv) > 1 else [of_skimage]:
        measure(folder)
    time_many()
