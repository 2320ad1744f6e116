"""Puts pictures and words into one space with a pair of networks such as CLIP or SigLIP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import PictureInput, Space, Vectors
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import ModelEntry, Picture, Tokenisation
from desktop_mmrag.models.onnx_session import OnnxSession
from desktop_mmrag.models.projection import Projection
from desktop_mmrag.models.text import SentenceEncoder, unit_length
from desktop_mmrag.models.tokens import Tokens


class TextSide(Protocol):
    """Puts words into the space of the pictures."""

    @property
    def text_space(self) -> Space | None:
        """The space of passages whose vectors need no carrying over."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension]."""
        ...


class ClipEncoder:
    """An `ImageTextEncoder`: a picture network and a text side, handed in."""

    def __init__(self, entry: ModelEntry, image_model: Path, text: TextSide, threads: int) -> None:
        """Raises ModelDamaged when the file cannot be loaded."""
        if entry.picture is None or entry.dimension is None:
            raise ModelDamaged(f"{entry.id} does not say how pictures are prepared.")
        self._entry, self._picture, self._text = entry, entry.picture, text
        self._dimension = entry.dimension
        self._session = OnnxSession(image_model, threads)
        self._input = self._session.inputs[0].name
        self._output = self._session.output_named(entry.tensors.get("image"), rank=2)

    @property
    def space(self) -> Space:
        """The space of its vectors; another text side leaves it unchanged."""
        entry = self._entry
        return Space("image-text", entry.family, entry.revision, entry.precision, self._dimension)

    @property
    def picture_input(self) -> PictureInput:
        """How pictures are to be cut before they come here."""
        return self._picture.input

    @property
    def strong_from(self) -> float:
        """Deviations above the background from which on a picture is a strong match."""
        return self._entry.strong_from

    @property
    def text_space(self) -> Space | None:
        """The space of passages that lies in this one; None where it has none beside its own."""
        return self._text.text_space

    def embed_pictures(self, pixels: NDArray[np.uint8]) -> Vectors:
        """uint8 [n, size, size, 3] to unit vectors float32 [n, dimension]."""
        size = self._picture.input.size
        if pixels.ndim != 4 or pixels.shape[1:] != (size, size, 3):
            raise ValueError(f"pictures must be [n, {size}, {size}, 3], not {pixels.shape}")
        vectors = np.empty((len(pixels), self._dimension), np.float32)
        for start in range(0, len(pixels), self._entry.batch):
            part = slice(start, start + self._entry.batch)
            tensor = picture_tensor(pixels[part], self._picture)
            vectors[part] = self._checked(self._session.run({self._input: tensor}, self._output))
        return vectors

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension]."""
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        return self._checked(self._text.embed(texts))

    def _checked(self, vectors: NDArray[np.float32]) -> Vectors:
        if vectors.ndim != 2 or vectors.shape[1] != self._dimension:
            raise ModelDamaged(
                f"{self._entry.id} gives vectors of shape {vectors.shape}, not of {self._dimension}."
            )
        return unit_length(vectors)


class OwnTextSide:
    """The text network that was trained together with the pictures'."""

    text_space = None

    def __init__(self, entry: ModelEntry, model: Path, tokenizer: Path, threads: int) -> None:
        """Raises ModelDamaged when a file cannot be loaded."""
        recipe = entry.tokenisation or Tokenisation(max_tokens=77)
        self._tokens = Tokens(tokenizer, recipe)
        self._batch = entry.batch
        self._session = OnnxSession(model, threads)
        self._output = self._session.output_named(entry.tensors.get("text"), rank=2)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension]."""
        parts = [
            (batch.rows, self._session.run(batch.arrays(), self._output))
            for batch in self._tokens.batches(texts, self._batch)
        ]
        vectors = np.concatenate([vectors for _, vectors in parts])
        order = np.concatenate([rows for rows, _ in parts])
        return unit_length(vectors[np.argsort(order)])


class ProjectedTextSide:
    """A sentence encoder whose unit vectors are carried over into the pictures' space."""

    def __init__(self, sentences: SentenceEncoder, projection: Projection | None) -> None:
        """`projection` is None where the encoder already speaks into the space."""
        self._sentences, self._projection = sentences, projection

    @property
    def text_space(self) -> Space | None:
        """That of the sentences, where they already speak into the space of the pictures."""
        return self._sentences.space if self._projection is None else None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension]."""
        vectors = self._sentences.embed(texts)
        return vectors if self._projection is None else unit_length(self._projection(vectors))


def picture_tensor(pixels: NDArray[np.uint8], picture: Picture) -> NDArray[np.float32]:
    """uint8 [n, size, size, 3] to float32 [n, 3, size, size]: (value / 255 - mean) / std.

    Written as value * scale + shift, with one pass over the pixels.
    """
    mean, std = np.array(picture.mean, np.float32), np.array(picture.std, np.float32)
    scale, shift = 1 / (np.float32(255) * std), -mean / std
    channels_first = np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))
    tensor = np.multiply(channels_first, scale[:, None, None], dtype=np.float32)
    tensor += shift[:, None, None]
    return tensor
