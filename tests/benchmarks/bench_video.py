"""How fast a long video is extracted and how much memory that takes.

    python tests/benchmarks/bench_video.py [--minutes 60] [--height 1080] [--keyframe-every 60]

Draws one minute of moving scenes, repeats its packets to the wanted length, and sends the file
through a real extractor process with pixels prepared for ViT-B/32. Needs no network and no models.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from desktop_mmrag.bundled import models
from desktop_mmrag.domain import ExtractRequest, PictureInput, Role, Segment
from desktop_mmrag.extract.isolation.worker import Extractors, Limits

_PIECE_S, _SCENE_S, _RATE = 60, 5, 30
_LIMIT_MINUTES = 6


def main() -> None:
    """Prints seconds, ratio to real time, scenes and the most memory of the extractor process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--keyframe-every", type=int, default=60, help="frames; 60 are 2 s")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        piece = draw(Path(place) / "piece.mp4", chosen.height, chosen.keyframe_every)
        film = repeat(piece, Path(place) / "film.mp4", chosen.minutes)
        print(f"{chosen.minutes} min, {chosen.height} p, {film.stat().st_size / 1e6:,.0f} MB")
        measure(film, chosen.minutes)


def draw(path: Path, height: int, keyframe_every: int) -> Path:
    """One minute of H.264: a new ground every five seconds with shapes and grain that move."""
    width = height * 16 // 9
    random = np.random.default_rng(0)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=_RATE, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.gop_size = keyframe_every
        for number in range(_PIECE_S * _RATE):
            if number % (_SCENE_S * _RATE) == 0:
                ground = _scene(random, width, height)
            drawn = np.roll(ground, 4 * number, axis=1)
            frame = av.VideoFrame.from_ndarray(drawn, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _scene(random: np.random.Generator, width: int, height: int) -> np.ndarray:
    coarse = random.integers(0, 256, (9, 16, 3), np.uint8)
    ground = np.kron(coarse, np.ones((height // 9, width // 16, 1), np.uint8))
    full = np.resize(ground, (height, width, 3)).astype(np.int16)
    full += random.integers(-8, 8, full.shape, np.int16)
    return np.clip(full, 0, 255).astype(np.uint8)


def repeat(piece: Path, film: Path, times: int) -> Path:
    """The piece again and again, its packets copied with later times."""
    with av.open(str(film), "w") as container:
        target = None
        for turn in range(times):
            with av.open(str(piece)) as source:
                stream = source.streams.video[0]
                target = target or container.add_stream_from_template(stream)
                shift = round(turn * _PIECE_S / (stream.time_base or 1))
                for packet in source.demux(stream):
                    if packet.dts is not None and packet.pts is not None:
                        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                        packet.stream = target
                        container.mux(packet)
    return film


def measure(film: Path, minutes: int) -> None:
    """Through one extractor process."""
    tokenizer = next(models().glob("*/tokenizer.json"))
    request = ExtractRequest(film, PictureInput(224), tokenizer, 256)
    with Extractors(Limits(), 1) as extractors:
        started = time.perf_counter()
        scenes, most = 0, 0.0
        for part in extractors.understand(request):
            scenes += isinstance(part, Segment) and part.role is Role.PICTURE
            most = max(most, *map(_most_mb, extractors.process_ids()))
        took = time.perf_counter() - started
    ratio = minutes * 60 / took
    print(f"{took:.1f} s, {ratio:.0f} times real time, {scenes} scenes, {most:.0f} MB at most")
    hour = 3600 / ratio / 60
    print(f"an hour takes {hour:.1f} minutes; the limit is {_LIMIT_MINUTES}")


def _most_mb(process: int) -> float:
    """The most memory that a process had, on Linux; 0 elsewhere."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main()
