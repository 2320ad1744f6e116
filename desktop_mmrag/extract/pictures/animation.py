"""Pictures that move: a few frames spread over time, those left out that nearly repeat another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_mmrag.domain import TimeSpan
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.pictures.pixels import Decoded, decode

MOVING = frozenset({Kind.GIF, Kind.WEBP, Kind.PNG, Kind.AVIF})
"""Kinds whose frames follow one another in time."""

_LOOKED_AT = 16
_MOST_KEPT = 8
# Mean difference of 24 by 24 greys, of 255, above which two frames show different things.
_DIFFERENT = 7.0
_SIGN = 24
# A frame is built on those before it: so many pixels are decoded and no more. Measured on one core:
# GIF 148 megapixels a second, APNG 88, WebP 48.
_MOST_PIXELS = 1_000_000_000
# What browsers show a frame for that says nothing or next to nothing.
_USUAL_MS = 100.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture that is shown for a while."""

    span: TimeSpan
    decoded: Decoded
    sign: NDArray[np.int16]
    """Greys [24, 24]."""


def frame_count(image: Image.Image) -> int:
    """How many frames a picture has; 1 for one that cannot tell."""
    try:
        return int(getattr(image, "n_frames", 1))
    except Exception:
        return 1


def frames(image: Image.Image, path: Path, shortest: int, longest: int) -> list[Frame]:
    """At most 8 that differ, in order of time; sizes as in `pixels.decode`."""
    width, height = image.size
    count = max(1, min(frame_count(image), _MOST_PIXELS // max(1, width * height)))
    wanted = {round(at) for at in np.linspace(0, count - 1, min(count, _LOOKED_AT))}
    with explained(path):
        found = list(_decoded(image, path, count, wanted, shortest, longest))
    return _until_next(_differing(found)[:_MOST_KEPT])


def clearest(frames: Sequence[Frame]) -> Frame:
    """The frame that shows most: openings are often blank."""
    return max(frames, key=lambda frame: float(frame.sign.std()))


def show(image: Image.Image, path: Path, second: float) -> None:
    """Turns an opened picture to the frame that is shown at this second."""
    with explained(path):
        end = 0.0
        for number in range(frame_count(image)):
            image.seek(number)
            image.load()
            end += _seconds(image)
            if second < end:
                return


def _decoded(
    image: Image.Image, path: Path, count: int, wanted: set[int], shortest: int, longest: int
) -> Iterator[Frame]:
    start = 0.0
    for number in range(count):
        try:
            image.seek(number)
            # WebP tells how long a frame is shown once it is decoded.
            image.load()
        except EOFError:
            # Cut off: what came before is shown.
            return
        end = start + _seconds(image)
        if number in wanted:
            # Of the frame itself: which frames are kept must not hang on the encoder in use.
            sign = _sign(image)
            decoded = decode(image, path, shortest, longest)
            if decoded.image is image:
                # Which goes on to the next frame.
                decoded = replace(decoded, image=image.copy())
            yield Frame(TimeSpan(round(start, 3), round(end, 3)), decoded, sign)
        start = end


def _seconds(image: Image.Image) -> float:
    duration = image.info.get("duration")
    shown = float(duration) if isinstance(duration, int | float) and duration > 10 else _USUAL_MS
    return shown / 1000


def _sign(image: Image.Image) -> NDArray[np.int16]:
    small = image.convert("L").resize((_SIGN, _SIGN), Image.Resampling.BOX)
    return np.asarray(small, np.int16)


def _differing(found: Sequence[Frame]) -> list[Frame]:
    kept: list[Frame] = []
    for frame in found:
        if all(np.abs(frame.sign - other.sign).mean() > _DIFFERENT for other in kept):
            kept.append(frame)
    return kept


def _until_next(kept: list[Frame]) -> list[Frame]:
    """Each frame stands for the time until the next one that differs."""
    ends = [frame.span.start_s for frame in kept[1:]]
    spans = [
        TimeSpan(frame.span.start_s, end) for frame, end in zip(kept[:-1], ends, strict=True)
    ] + [kept[-1].span]
    return [Frame(span, frame.decoded, frame.sign) for span, frame in zip(spans, kept, strict=True)]
