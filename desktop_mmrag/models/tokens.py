"""Text to the token ids that a model was trained on."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import Tokenisation

_WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """Padded token ids with their mask and segment, int64 [n, length] each."""

    rows: NDArray[np.int64]
    """Where each row stood in the texts given, int64 [n]."""
    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    types: NDArray[np.int64]

    def arrays(self) -> dict[str, NDArray[np.int64]]:
        """By the names that exported graphs give them."""
        return {"input_ids": self.ids, "attention_mask": self.mask, "token_type_ids": self.types}


class Tokens:
    """Cuts, pads and batches texts for one model."""

    def __init__(self, file: Path, recipe: Tokenisation) -> None:
        """Raises ModelDamaged when the tokenizer cannot be read."""
        try:
            self._tokenizer = Tokenizer.from_file(str(file))
        except Exception as problem:  # The library raises plain Exception.
            raise ModelDamaged(f"{file.name} is not a tokenizer: {problem}") from problem
        self._recipe = recipe
        self._tokenizer.no_padding()
        # A file that contains "[SEP]" or "<|endoftext|>" means those letters, not the token.
        self._tokenizer.encode_special_tokens = True
        self._tokenizer.enable_truncation(recipe.max_tokens)

    def room(self, prefix: str = "") -> int:
        """How many tokens of text fit beside the model's own and a prefix."""
        own = self._tokenizer.num_special_tokens_to_add(False)
        return (
            self._recipe.max_tokens
            - own
            - len(self._tokenizer.encode(prefix, add_special_tokens=False).ids)
        )

    def batches(self, texts: Sequence[str], size: int) -> Iterator[TokenBatch]:
        """Every text once, those of like length together."""
        yield from self._batched([self._encode(text) for text in texts], size)

    def pair_batches(
        self, question: str, passages: Sequence[str], size: int
    ) -> Iterator[TokenBatch]:
        """The question with each passage; of a pair too long, the longer loses its end."""
        pairs = [self._tokenizer.encode(question, passage) for passage in passages]
        yield from self._batched(pairs, size)

    def _encode(self, text: str) -> Encoding:
        if self._recipe.lowercase:
            text = text.lower()
        if self._recipe.strip_punctuation:
            # As SigLIP's training did: punctuation out, then runs of spaces to one.
            text = " ".join(text.translate(_WITHOUT_PUNCTUATION).split())
        # One by one: `encode_batch` starts threads that do not survive a fork.
        return self._tokenizer.encode(text)

    def _batched(self, encodings: Sequence[Encoding], size: int) -> Iterator[TokenBatch]:
        order = sorted(range(len(encodings)), key=lambda row: len(encodings[row].ids))
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            yield self._padded(rows, [encodings[row] for row in rows])

    def _padded(self, rows: Sequence[int], encodings: Sequence[Encoding]) -> TokenBatch:
        length = self._recipe.pad_to or max(1, max(len(item.ids) for item in encodings))
        shape = (len(rows), length)
        ids = np.full(shape, self._recipe.pad_id, np.int64)
        mask, types = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, item in enumerate(encodings):
            count = min(len(item.ids), length)
            ids[row, :count] = item.ids[:count]
            types[row, :count] = item.type_ids[:count]
            mask[row, :count] = 1
        return TokenBatch(np.asarray(rows, np.int64), ids, mask, types)
