"""Puts passages and questions into one space with a sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain import Space, Vectors
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import ModelEntry, Pooling, Tokenisation
from desktop_mmrag.models.onnx_session import OnnxSession
from desktop_mmrag.models.tokens import Tokens

_RANK = {"given": 2, "mean": 3, "cls": 3}
"""Axes of the output that each pooling reads: [n, dimension] or [n, tokens, dimension]."""


class SentenceEncoder:
    """A `TextEncoder` through ONNX Runtime; may be used from several threads at once."""

    def __init__(self, entry: ModelEntry, model: Path, tokenizer: Path, threads: int) -> None:
        """Raises ModelDamaged when a file cannot be loaded."""
        self._entry = entry
        self._recipe = entry.tokenisation or Tokenisation(max_tokens=512)
        self._session = OnnxSession(model, threads)
        self._tokens = Tokens(tokenizer, self._recipe)
        self._tokenizer_file = tokenizer
        self._output = self._session.output_named(entry.tensors.get("text"), _RANK[entry.pooling])
        self._dimension = self._measured_dimension()

    @property
    def space(self) -> Space:
        """The space of its vectors."""
        entry = self._entry
        return Space("text", entry.family, entry.revision, entry.precision, self._dimension)

    @property
    def tokenizer_file(self) -> Path:
        """A `tokenizer.json` in the format of the tokenizers library."""
        return self._tokenizer_file

    @property
    def max_tokens(self) -> int:
        """The longest passage that is read whole, its prefix and special tokens not counted."""
        return self._tokens.room(self._recipe.passage_prefix)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension] of passages."""
        return self.embed([self._recipe.passage_prefix + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension] of questions."""
        return self.embed([self._recipe.query_prefix + text for text in texts])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension] of texts as they stand."""
        vectors = np.empty((len(texts), self._dimension), np.float32)
        for batch in self._tokens.batches(texts, self._entry.batch):
            states = self._session.run(batch.arrays(), self._output)
            vectors[batch.rows] = unit_length(pool(states, batch.mask, self._entry.pooling))
        return vectors

    def _measured_dimension(self) -> int:
        """What the model gives, which must be what the catalogue says where it says anything."""
        (batch,) = self._tokens.batches(["a"], 1)
        dimension = int(self._session.run(batch.arrays(), self._output).shape[-1])
        if self._entry.dimension not in (None, dimension):
            raise ModelDamaged(
                f"{self._entry.id} gives vectors of {dimension}, not of {self._entry.dimension}."
            )
        return dimension


def pool(
    states: NDArray[np.float32], mask: NDArray[np.int64], pooling: Pooling
) -> NDArray[np.float32]:
    """One vector [n, dimension] for each text.

    "mean" averages token states [n, tokens, dimension] over the mask, so that padding counts
    for nothing (Reimers and Gurevych 2019, arXiv 1908.10084); "cls" takes the first token's;
    "given" takes [n, dimension] as it is.
    """
    match pooling:
        case "given":
            return states
        case "cls":
            return states[:, 0]
        case "mean":
            weight = mask[..., None].astype(np.float32)
            mean = (states * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1.0)
            return np.asarray(mean, np.float32)


def unit_length(vectors: NDArray[np.float32]) -> Vectors:
    """Rows divided by their length. Raises ModelDamaged when a number is not finite."""
    if not np.isfinite(vectors).all():
        raise ModelDamaged("The model gives numbers that are not finite.")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
