"""The labelled pictures that the starter encoder learns from and is measured on, one set after the other."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = 192
"""Pixels a side; of 160, 192 and 224 the smallest that costs no recall on human captions."""
ASIDE = 10
"""Every so many-th picture is set aside for measuring and never learned from."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One stored picture with what it shows in words."""

    picture: bytes
    caption: str
    """Empty where nothing is known."""
    label: str
    aside: bool


def read_set(folder: Path, name: str) -> Iterator[Labelled]:
    """The pictures of NAME.bin as NAME.jsonl describes them.

    Raises FileNotFoundError when the set is not in the folder.
    """
    pictures = (folder / f"{name}.bin").read_bytes()
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        row = json.loads(line)
        start = row["offset"]
        label = row["label"] if "label" in row else row["names"][0]
        caption = next(iter(row.get("captions", ())), f"a photo of a {label}" if label else "")
        yield Labelled(
            pictures[start : start + row["size"]], caption, label, at % ASIDE == ASIDE - 1
        )


def prepared(picture: bytes, size: int = SIZE) -> NDArray[np.uint8]:
    """uint8 [size, size, 3]: the shortest side to `size`, the centre kept, on white where see-through."""
    image = Image.open(io.BytesIO(picture)).convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    image = Image.alpha_composite(paper, image).convert("RGB")
    scale = size / min(image.size)
    width, height = (max(size, round(side * scale)) for side in image.size)
    image = image.resize((width, height), Image.Resampling.BICUBIC)
    left, top = (width - size) // 2, (height - size) // 2
    return np.asarray(image.crop((left, top, left + size, top + size)))
