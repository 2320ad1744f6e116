"""Sorts hits once more with a network that reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import ModelEntry, Tokenisation
from desktop_mmrag.models.onnx_session import OnnxSession
from desktop_mmrag.models.tokens import Tokens


class CrossEncoder:
    """A `Reranker` through ONNX Runtime; may be used from several threads at once."""

    def __init__(self, entry: ModelEntry, model: Path, tokenizer: Path, threads: int) -> None:
        """Raises ModelDamaged when a file cannot be loaded."""
        recipe = entry.tokenisation or Tokenisation(max_tokens=512)
        self._batch = entry.batch
        self._session = OnnxSession(model, threads)
        self._tokens = Tokens(tokenizer, recipe)
        self._output = self._session.output_named(entry.tensors.get("text"), rank=2)

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """float32 [n], higher is better, on no particular scale."""
        scores = np.empty(len(passages), np.float32)
        for batch in self._tokens.pair_batches(question, passages, self._batch):
            logits = self._session.run(batch.arrays(), self._output)
            # One column is the relevance itself; of two, the second stands for "relevant".
            scores[batch.rows] = logits.reshape(len(batch.rows), -1)[:, -1]
        if not np.isfinite(scores).all():
            raise ModelDamaged("The reranker gives numbers that are not finite.")
        return scores
