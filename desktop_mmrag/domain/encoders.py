"""Embedding spaces, and the protocols that models are spoken to through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain.locators import Box
from desktop_mmrag.domain.segments import PictureInput, Pixels, Samples, Spoken

Vectors = NDArray[np.float32]
"""Unit-length rows, float32 [n, dimension]."""


SpaceKind = Literal["image-text", "text", "audio-text"]


@dataclass(frozen=True, slots=True)
class Space:
    """One embedding space. Vectors of different spaces are never compared."""

    kind: SpaceKind
    model: str
    revision: str
    precision: str
    dimension: int

    @property
    def key(self) -> str:
        """A name that is equal exactly when two spaces are."""
        return f"{self.kind}:{self.model}:{self.revision[:12]}:{self.precision}:{self.dimension}"


class ImageTextEncoder(Protocol):
    """Puts pictures and words into one space."""

    @property
    def space(self) -> Space: ...
    @property
    def picture_input(self) -> PictureInput: ...
    @property
    def strong_from(self) -> float:
        """Deviations above the background from which on a picture is a strong match."""
        ...

    @property
    def text_space(self) -> Space | None:
        """The space of passages that lies in this one, so that pictures can be asked for passages."""
        ...

    def embed_pictures(self, pixels: NDArray[np.uint8]) -> Vectors:
        """uint8 [n, size, size, 3] to unit vectors [n, dimension]."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> Vectors: ...


class AudioTextEncoder(Protocol):
    """Puts sounds and words into one space."""

    @property
    def space(self) -> Space: ...
    @property
    def rate(self) -> int:
        """Samples a second that it hears."""
        ...

    @property
    def window_s(self) -> float:
        """The longest sound that it hears at once, in seconds."""
        ...

    def embed_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        """One channel each, at most `window_s` long, to unit vectors [n, dimension]."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> Vectors: ...


class TextEncoder(Protocol):
    """Puts passages and questions into one space."""

    @property
    def space(self) -> Space: ...
    @property
    def tokenizer_file(self) -> Path: ...
    @property
    def max_tokens(self) -> int: ...
    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...
    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...


class Reranker(Protocol):
    """Reads a question and a passage together."""

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """float32 [n], higher is better, on no particular scale."""
        ...


class SpeechModel(Protocol):
    """Writes down what is said. May be used from several threads at once."""

    @property
    def model_id(self) -> str: ...
    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        """Phrases of a stretch of at most 30 seconds, their times counted from its start.

        Raises SpeechModelDied, ModelDamaged.
        """
        ...


class Encoders(Protocol):
    """The encoders in use now; each is loaded when it is first asked for."""

    def text(self) -> TextEncoder: ...
    def image_text(self) -> ImageTextEncoder | None: ...
    def audio_text(self) -> AudioTextEncoder | None: ...
    def reranker(self) -> Reranker | None: ...


class InstalledEncoders(Encoders, Protocol):
    """Gives other encoders than those in use as well, for vectors of earlier days."""

    def text_of(self, space: Space) -> TextEncoder | None:
        """An installed encoder whose space this is, or None."""
        ...

    def image_text_of(self, space: Space) -> ImageTextEncoder | None:
        """An installed encoder whose space this is, or None."""
        ...


class PictureSource(Protocol):
    """Pixels of a photo, a page or a moment, decoded in a process that may crash."""

    def picture(
        self,
        path: Path,
        longest_side: int,
        page: int | None = None,
        box: Box | None = None,
        second: float | None = None,
    ) -> Pixels:
        """`second`: which moment of a video. Raises FileFailure."""
        ...


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One turn of a conversation with a vision model. Pictures come before the text."""

    speaker: Literal["system", "user", "assistant"]
    text: str
    pictures: tuple[Pixels, ...] = field(default=(), compare=False, repr=False)


class VisionChat(Protocol):
    """A language model that sees pictures, in a process of its own."""

    @property
    def model_id(self) -> str: ...
    @property
    def context_tokens(self) -> int: ...
    def count_tokens(self, text: str) -> int: ...
    def picture_tokens(self) -> int:
        """How much of the context one picture takes, at most."""
        ...

    def stream(self, turns: Sequence[ChatTurn], max_tokens: int) -> Iterator[str]:
        """Pieces of the answer as they are made. Closing the iterator stops the model."""
        ...

    def unload(self) -> None:
        """Gives all its memory back; the next `stream` loads again."""
        ...
