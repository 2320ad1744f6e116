"""Encoders that need no weights: equal words give near vectors, equal pictures equal ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers

from desktop_mmrag.domain import (
    AudioTextEncoder,
    ImageTextEncoder,
    PictureInput,
    Reranker,
    Samples,
    Space,
    TextEncoder,
    Vectors,
)


def direction(key: str, dimension: int) -> NDArray[np.float32]:
    """The same pseudo-random unit vector for the same key, everywhere."""
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "little")
    vector = np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
    return vector / np.linalg.norm(vector)


def of_words(text: str, dimension: int) -> NDArray[np.float32]:
    """The mean direction of a text's words, so that shared words bring texts together."""
    words = re.findall(r"\w+", text.lower()) or [""]
    total = np.sum([direction(word, dimension) for word in words], axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)


def word_tokenizer(folder: Path) -> Path:
    """Writes a tokenizer.json that makes every word one token."""
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@dataclass
class HashTextEncoder:
    """Satisfies TextEncoder."""

    tokenizer_file: Path
    dimension: int = 64
    max_tokens: int = 128
    revision: str = "1"
    embedded: int = 0
    """How many passages were embedded."""

    @property
    def space(self) -> Space:
        return Space("text", "hash-text", self.revision, "fp32", self.dimension)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        return np.stack([of_words(text, self.dimension) for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([of_words(text, self.dimension) for text in texts])


@dataclass
class HashImageTextEncoder:
    """Satisfies ImageTextEncoder: pictures lie where the name of their mean colour lies."""

    dimension: int = 64
    picture_input: PictureInput = field(default_factory=lambda: PictureInput(32))
    revision: str = "1"
    strong_from: float = 4.0
    text_space: Space | None = None
    embedded: int = 0
    """How many pictures were embedded."""

    @property
    def space(self) -> Space:
        return Space("image-text", "hash-image", self.revision, "fp32", self.dimension)

    def embed_pictures(self, pixels: NDArray[np.uint8]) -> Vectors:
        self.embedded += len(pixels)
        return np.stack([of_words(self._words(one), self.dimension) for one in pixels])

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        return np.stack([of_words(text, self.dimension) for text in texts])

    def _words(self, pixels: NDArray[np.uint8]) -> str:
        names = ("red", "green", "blue")
        mean = pixels.reshape(-1, 3).mean(axis=0)
        return names[int(mean.argmax())] + f" {hashlib.sha256(pixels.tobytes()).hexdigest()}"


@dataclass
class HashAudioTextEncoder:
    """Satisfies AudioTextEncoder: sounds lie where the words "low" and "high" lie."""

    dimension: int = 64
    rate: int = 8000
    window_s: float = 2.0
    heard: int = 0
    """How many windows were embedded."""

    @property
    def space(self) -> Space:
        return Space("audio-text", "hash-sound", "1", "fp32", self.dimension)

    def embed_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        self.heard += len(sounds)
        return np.stack([of_words(self._words(one), self.dimension) for one in sounds])

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        plain = [text.removeprefix("This is a sound of ") for text in texts]
        return np.stack([of_words(text, self.dimension) for text in plain])

    def _words(self, samples: Samples) -> str:
        loudest = np.abs(np.fft.rfft(samples)).argmax() * self.rate / len(samples)
        return "high" if loudest > 1000 else "low"


@dataclass
class FakeEncoders:
    """Satisfies Encoders."""

    text_encoder: TextEncoder
    image_text_encoder: ImageTextEncoder | None = None
    audio_text_encoder: AudioTextEncoder | None = None

    def text(self) -> TextEncoder:
        return self.text_encoder

    def image_text(self) -> ImageTextEncoder | None:
        return self.image_text_encoder

    def audio_text(self) -> AudioTextEncoder | None:
        return self.audio_text_encoder

    def reranker(self) -> Reranker | None:
        return None


def fake_encoders(folder: Path, pictures: bool = True) -> FakeEncoders:
    """Both encoders; `folder` takes their tokenizer."""
    text = HashTextEncoder(word_tokenizer(folder))
    return FakeEncoders(text, HashImageTextEncoder() if pictures else None)
