"""Golden pairs: what every encoder must find alike, and vectors that the bundled ones must give again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import ImageTextEncoder, TextEncoder, Vectors

ITSELF = 0.95
"""The least cosine to the stored vector. Processors and threads change it by far less; in 8 bits,
one level of grey in a pixel of a thousand changes it by 0.01. Other models are below 0.5."""
PASSAGES = (
    ("Who mended the heating?", "The plumber repaired the boiler."),
    ("Which animals live in the sea?", "Whales are mammals that swim in the ocean."),
    ("How do I bake bread?", "Knead the dough and put the loaf in the oven."),
)
PICTURES = (
    ("a red bicycle in the snow", "red-bicycle.jpg"),
    ("words written on a whiteboard", "whiteboard.jpg"),
)
"""Captions and the pictures of the sample library that they belong to."""
_FILE = "golden.json"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Golden pairs as vectors, row by row."""

    asked: Vectors
    found: Vectors


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an encoder did."""

    right: int
    of: int
    likeness: float | None = None
    """The least cosine to stored vectors; None where none are stored."""

    @property
    def sound(self) -> bool:
        """Every pair found, and every stored vector given again."""
        return self.right == self.of and (self.likeness is None or self.likeness >= ITSELF)

    def __str__(self) -> str:
        pairs = f"{self.right} of {self.of} pairs found"
        return pairs if self.likeness is None else f"{pairs}, {self.likeness:.3f} like itself"


def try_text(encoder: TextEncoder, home: Path) -> Verdict:
    """`home` is the model's folder, where the stored vectors are."""
    return _verdict(text_pairs(encoder), home)


def try_pictures(encoder: ImageTextEncoder, pixels: NDArray[np.uint8], home: Path) -> Verdict:
    """`pixels` are the pictures of `PICTURES`, prepared: uint8 [n, size, size, 3]."""
    return _verdict(picture_pairs(encoder, pixels), home)


def text_pairs(encoder: TextEncoder) -> Pairs:
    """The questions and passages of `PASSAGES`."""
    return Pairs(
        encoder.embed_queries([asked for asked, _ in PASSAGES]),
        encoder.embed_passages([said for _, said in PASSAGES]),
    )


def picture_pairs(encoder: ImageTextEncoder, pixels: NDArray[np.uint8]) -> Pairs:
    """The captions and pictures of `PICTURES`, prepared: uint8 [n, size, size, 3]."""
    captions = encoder.embed_texts([caption for caption, _ in PICTURES])
    return Pairs(captions, encoder.embed_pictures(pixels))


def write(vectors: Vectors, home: Path) -> None:
    """Stores what the encoder in `home` gives for the pairs now."""
    rounded = [[round(float(value), 5) for value in row] for row in vectors]
    (home / _FILE).write_text(json.dumps(rounded) + "\n", encoding="utf-8")


def _verdict(pairs: Pairs, home: Path) -> Verdict:
    right = _paired(pairs.asked, pairs.found)
    return Verdict(right, len(pairs.asked), _likeness(pairs.found, home))


def _paired(asked: Vectors, found: Vectors) -> int:
    """How many are nearest to their own partner, compared by what is above the partner's average."""
    similarity = asked @ found.T
    similarity = similarity - similarity.mean(axis=0)
    return int((similarity.argmax(axis=1) == np.arange(len(asked))).sum())


def _likeness(vectors: Vectors, home: Path) -> float | None:
    file = home / _FILE
    if not file.exists():
        return None
    stored = np.array(json.loads(file.read_text(encoding="utf-8")), np.float32)
    if stored.shape != vectors.shape:
        return 0.0
    lengths = np.linalg.norm(stored, axis=1)
    return float(((stored * vectors).sum(axis=1) / lengths).min())
