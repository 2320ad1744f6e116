"""Puts sounds and words into one space with a pair of networks such as CLAP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from desktop_mmrag.domain import Samples, Space, Vectors
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models import clap_mel
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.models.clip import TextSide
from desktop_mmrag.models.onnx_session import OnnxSession
from desktop_mmrag.models.text import unit_length

_OUTPUT = "audio_embeds"


class ClapEncoder:
    """An `AudioTextEncoder`: a network for sound and a text side, handed in."""

    rate = clap_mel.RATE
    window_s = clap_mel.WINDOW_S

    def __init__(self, entry: ModelEntry, audio_model: Path, text: TextSide, threads: int) -> None:
        """Raises ModelDamaged when the file cannot be loaded."""
        if entry.dimension is None:
            raise ModelDamaged(f"{entry.id} does not say how long its vectors are.")
        self._entry, self._dimension, self._text = entry, entry.dimension, text
        self._session = OnnxSession(audio_model, threads)
        self._output = self._session.output_named(entry.tensors.get("audio", _OUTPUT), rank=2)

    @property
    def space(self) -> Space:
        """The space of its vectors."""
        entry = self._entry
        return Space("audio-text", entry.family, entry.revision, entry.precision, self._dimension)

    def embed_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        """Windows of at most `window_s` seconds at `rate` to unit vectors [n, dimension]."""
        vectors = np.empty((len(sounds), self._dimension), np.float32)
        for start in range(0, len(sounds), self._entry.batch):
            part = slice(start, start + self._entry.batch)
            heard = np.stack([clap_mel.features(one) for one in sounds[part]])
            # Asked for by models that fuse several crops of a long sound; none of these is long.
            longer = np.zeros((len(heard), 1), np.bool_)
            arrays = {"input_features": heard, "is_longer": longer}
            vectors[part] = self._checked(self._session.run(arrays, self._output))
        return vectors

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors float32 [n, dimension]."""
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        return self._checked(self._text.embed(texts))

    def _checked(self, vectors: Vectors) -> Vectors:
        if vectors.ndim != 2 or vectors.shape[1] != self._dimension:
            raise ModelDamaged(
                f"{self._entry.id} gives vectors of shape {vectors.shape}, not of {self._dimension}."
            )
        return unit_length(vectors)
