"""How well a statement carries a question or a claim: meaning and rare words in common."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.answer.wording import informative, words
from desktop_mmrag.domain import Encoders, TextEncoder, Vectors

# Encoding costs about 4 ms a sentence on two cores; this keeps an answer under a second.
_MOST_ENCODED = 120
_AROUND = 0.5
# About nothing in particular and far from one another, so that no question is near their mean.
_NEUTRAL = (
    "The bus was late again this morning.",
    "Add the flour and stir until smooth.",
    "The committee approved the minutes.",
    "Glaciers carve valleys over thousands of years.",
    "She practised the violin every evening.",
    "The goalkeeper saved the penalty.",
    "Enter your password to continue.",
    "Its feathers are grey with a white stripe.",
)


class Weights:
    """How much each word tells, from how few of the statements at hand hold it."""

    def __init__(self, statements: Sequence[str]) -> None:
        self._count = len(statements)
        self._holding = Counter(word for text in statements for word in set(words(text)))

    def weight(self, word: str) -> float:
        """ln(1 + n / (1 + statements that hold it)), at least that of a word half of them hold."""
        return math.log(1 + self._count / (1 + self._holding[word])) if self._count else 1.0

    def coverage(self, wanted: Sequence[str], text: str, around: str = "") -> float:
        """The share of the wanted words' weight that `text` holds, 0 to 1.

        Words that only the text around it holds count half: XQuAD English gains 1 %.
        """
        whole = sum(map(self.weight, wanted))
        here, near = set(words(text)), set(words(around))
        held = sum(self.weight(w) * (1.0 if w in here else _AROUND * (w in near)) for w in wanted)
        return held / whole if whole else 0.0


class Meaning:
    """How near texts are in meaning, on a scale that does not depend on the encoder."""

    def __init__(self, encoders: Encoders) -> None:
        self._encoders = encoders
        self._neutral: tuple[str, Vectors] | None = None

    def similarities(
        self, asked: str, texts: Sequence[str], limit: int = _MOST_ENCODED
    ) -> NDArray[np.float32]:
        """float32 [n]: 0 for text about anything else, 1 for the same text.

        The cosine c as (c - n) / (1 - n), n being the mean cosine of `asked` to neutral
        sentences: about 0.03 for MiniLM, 0.7 for E5. Beyond `limit`, the texts that share the
        fewest words with `asked` get 0.
        """
        encoder = self._encoders.text()
        scores = np.zeros(len(texts), np.float32)
        chosen = _chosen(asked, texts, limit)
        if chosen:
            query = encoder.embed_queries([asked])[0]
            floor = float(np.mean(self._neutral_vectors(encoder) @ query))
            cosines = encoder.embed_passages([texts[i] for i in chosen]) @ query
            scores[chosen] = (cosines - floor) / (1 - floor)
        return scores

    def _neutral_vectors(self, encoder: TextEncoder) -> Vectors:
        key = encoder.space.key
        if self._neutral is None or self._neutral[0] != key:
            self._neutral = key, encoder.embed_passages(_NEUTRAL)
        return self._neutral[1]


def _chosen(asked: str, texts: Sequence[str], limit: int) -> list[int]:
    if len(texts) <= limit:
        return list(range(len(texts)))
    wanted = set(informative(asked))
    shared = [len(wanted & set(words(text))) for text in texts]
    # Stable: of equals those of better hits come first.
    order = sorted(range(len(texts)), key=lambda i: -shared[i])
    return sorted(order[:limit])
