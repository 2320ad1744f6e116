"""Photos kept per second in the first pass, over what the encoder alone does on ready pixels.

    python tests/benchmarks/bench_keeping.py [--photos 200] [--rounds 3] [--grain 4 16 45]

Run it on an otherwise idle computer; the best of the rounds counts, for encoder and pipeline
alike. 1.0 would mean that reading, hashing, decoding, previews and writing cost nothing. On Linux
it also says what share of the cores' time was used, and by whom: this hardly depends on what else
the computer does.

What a JPEG weighs decides what decoding costs: taking its codes apart, one after the other, is 9 to
21 ms of processor time for 1 to 3 MB. Photographs saved at quality 85 weigh 1.2 to 2.7 MB per 12
megapixels, 1.9 in the middle; so there are three sizes, and what they reach together decides.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import harmonic_mean

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_mmrag.domain import PictureInput
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.ingest.discover import discover_all
from desktop_mmrag.ingest.pipeline import Pipeline
from desktop_mmrag.library.library import open_library
from desktop_mmrag.models.catalogue import Licence, ModelEntry, Picture
from desktop_mmrag.models.clip import ClipEncoder
from desktop_mmrag.settings import Settings
from tests.benchmarks import vit_b32
from tests.fakes import FakeEncoders, HashImageTextEncoder, HashTextEncoder, word_tokenizer

CORES = 2
LEAST = 0.65
BATCH = 8


def main() -> None:
    """Prints both speeds and their ratio for each size of photo; exits with 1 when it is too low."""
    arguments = read_arguments()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    with tempfile.TemporaryDirectory(prefix="bench-keeping-") as name:
        encoder = make_encoder(Path(name))
        measured = [measure(Path(name), encoder, grain, arguments) for grain in arguments.grain]
    together = harmonic_mean(speed.kept for speed in measured)
    ratio = together / harmonic_mean(speed.alone for speed in measured)
    print(f"all together, photos kept over encoder alone: {ratio:.3f} (at least {LEAST})")
    sys.exit(ratio < LEAST)


@dataclass(frozen=True)
class Speed:
    """Photos per second."""

    alone: float
    kept: float


def measure(folder: Path, encoder: ClipEncoder, grain: int, arguments: argparse.Namespace) -> Speed:
    """What the encoder alone does and what is kept, the best round of each."""
    place, number = folder / f"grain-{grain}", arguments.photos
    place.mkdir()
    sizes = make_photos(place / "photos", number, grain)
    print(f"{number} photos of 12 megapixels, {np.mean(sizes) / 1e6:.1f} MB each")
    alone, kept, peak = 0.0, 0.0, 0.0
    with Extractors(Limits(), CORES) as extractors:
        keep(place, "warm", extractors, encoder, place / "photos", most=8)
        for round in range(arguments.rounds):
            began = Spent.now()
            speed = alone_per_second(encoder, number)
            embedding = Spent.now() - began
            began = Spent.now()
            with peak_memory() as memory:
                took = keep(place, str(round), extractors, encoder, place / "photos")
            keeping = Spent.now() - began
            alone, kept = max(alone, speed), max(kept, number / took)
            peak = max(peak, memory.megabytes)
            print(f"  encoder {speed:.1f}/s, kept {number / took:.1f}/s")
            print(f"    a photo: {embedding / number}; kept: {keeping / number}")
            print(f"    cores used {(keeping.main + keeping.extractors) / took / CORES:.0%}")
    print(f"  photos kept over encoder alone: {kept / alone:.3f}")
    print(f"  memory of the main process: {peak:.0f} MB, of which the model's weights are 350")
    return Speed(alone, kept)


@dataclass(frozen=True)
class Spent:
    """Seconds of processor time of this process and of its children."""

    main: float
    extractors: float

    @staticmethod
    def now() -> Spent:
        return Spent(time.process_time(), _children_seconds())

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.main - other.main, self.extractors - other.extractors)

    def __truediv__(self, number: int) -> Spent:
        return Spent(self.main / number, self.extractors / number)

    def __str__(self) -> str:
        return f"{self.main * 1e3:.1f} ms here, {self.extractors * 1e3:.1f} ms in extractors"


def _children_seconds() -> float:
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # proc_pid_stat(5): 4 parent, 14 and 15 ticks in user and system mode.
        if int(fields[1]) == os.getpid():
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK") if total else 0.0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    # Fine detail decides what a JPEG weighs, and so what decoding costs: about 1, 2 and 3 MB.
    parser.add_argument("--grain", type=int, nargs="+", default=[4, 16, 45])
    return parser.parse_args()


def make_photos(folder: Path, number: int, grain: int) -> list[int]:
    """Hills, grain and edges, so that files are as large as a camera's; returns bytes of each."""
    folder.mkdir()
    random = np.random.default_rng(0)
    hills = Image.fromarray(random.integers(0, 255, (30, 40, 3), np.uint8))
    scene = np.asarray(hills.resize((4000, 3000), Image.Resampling.BICUBIC), np.int16)
    leaves = Image.fromarray(random.integers(0, grain, (1500, 2000), np.uint8))
    scene = scene + np.asarray(leaves.resize((4000, 3000), Image.Resampling.BICUBIC))[..., None]
    then = time.time() - 3600
    for n in range(number):
        moved = np.roll(scene, (37 * n, 91 * n), axis=(0, 1))
        path = folder / f"photo-{n:04}.jpg"
        Image.fromarray(np.clip(moved, 0, 255).astype(np.uint8)).save(path, quality=85)
        os.utime(path, (then, then))
    return [path.stat().st_size for path in folder.iterdir()]


def make_encoder(place: Path) -> ClipEncoder:
    """The program's own encoder on random weights."""
    picture = Picture(PictureInput(vit_b32.SIZE), (0.48, 0.46, 0.41), (0.27, 0.26, 0.28))
    entry = ModelEntry(
        id="vit-b32-random",
        title="",
        kind="image-text",
        good_for="",
        revision="0" * 40,
        precision="fp32",
        files=(),
        licence=Licence("MIT"),
        family="vit-b32-random",
        dimension=vit_b32.DIMENSION,
        picture=picture,
        batch=BATCH,
    )
    words = HashImageTextEncoder(vit_b32.DIMENSION)
    model = vit_b32.write(place / "image.onnx")
    return ClipEncoder(entry, model, _WordsOnly(words), CORES)


@dataclass
class _WordsOnly:
    encoder: HashImageTextEncoder

    def embed(self, texts: list[str]) -> np.ndarray:
        return self.encoder.embed_texts(texts)


def alone_per_second(encoder: ClipEncoder, number: int) -> float:
    """Pictures embedded per second from pixels that lie ready."""
    size = encoder.picture_input.size
    ready = np.random.default_rng(1).integers(0, 255, (BATCH, size, size, 3), np.uint8)
    encoder.embed_pictures(ready)
    began = time.perf_counter()
    for _ in range(number // BATCH):
        encoder.embed_pictures(ready)
    return number // BATCH * BATCH / (time.perf_counter() - began)


def keep(
    place: Path,
    name: str,
    extractors: Extractors,
    encoder: ClipEncoder,
    photos: Path,
    most: int | None = None,
) -> float:
    """Seconds from an empty library to all photos kept."""
    library = open_library(place / name)
    settings = Settings(read_text_in_pictures=False, threads=CORES)
    if most is not None:
        settings = settings.replace(include_only=tuple(f"photo-{n:04}.jpg" for n in range(most)))
    encoders = FakeEncoders(HashTextEncoder(word_tokenizer(place)), encoder)
    library.catalog.add_folder(photos)
    began = time.perf_counter()
    for _ in discover_all(library, settings):
        pass
    # What follows the first pass is interrupted: no tags, nothing tidied.
    for _ in Pipeline(library, extractors, encoders, settings).run(interrupted=lambda: True):
        pass
    took = time.perf_counter() - began
    wanted = most or len(list(photos.iterdir()))
    assert sum(number for _, number in library.vectors.spaces()) == wanted
    library.close()
    return took


@dataclass
class Peak:
    """The most memory seen, in MB."""

    megabytes: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def peak_memory() -> Iterator[Peak]:
    """Watches this process's resident memory, ten times a second."""
    peak = Peak()

    def watch() -> None:
        while not peak.over.wait(0.1):
            peak.megabytes = max(peak.megabytes, resident_megabytes())

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        peak.over.set()
        thread.join()


def resident_megabytes() -> float:
    """What this process holds now; its peak where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1024


if __name__ == "__main__":
    main()
