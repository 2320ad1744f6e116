"""Writes down speech in about a hundred languages: Whisper through ONNX Runtime, greedily, with times."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from desktop_mmrag.domain import SAMPLE_RATE, Samples, Spoken
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.models.onnx_session import OnnxSession
from desktop_mmrag.models.speech_decoder import MergedDecoder
from desktop_mmrag.models.speech_mel import log_mel

# Radford et al. 2022, "Robust speech recognition via large-scale weak supervision", 4.5: half of
# the 448 tokens are for what came before; nothing is said when the model says so and doubts its
# words; text that packs this well repeats itself.
_MOST_TOKENS = 224
_NO_SPEECH = 0.6
_DOUBTFUL = -1.0
_REPEATS = 2.4
_STAMP_S = 0.02
_FIRST_STAMP = round(1.0 / _STAMP_S)
_LAST_STAMP = round(30.0 / _STAMP_S)


class WhisperModel:
    """A `SpeechModel`; may be used from several threads at once."""

    def __init__(
        self, entry: ModelEntry, encoder: Path, decoder: Path, tokenizer: Path, threads: int
    ) -> None:
        """Raises ModelDamaged when a file cannot be loaded or does not fit the others."""
        self.model_id = entry.id
        self._encoder = OnnxSession(encoder, threads)
        self._decoder = MergedDecoder(decoder, threads)
        self._marks = _Marks(tokenizer)
        self._hears = self._encoder.output_named("last_hidden_state", rank=3)
        self._bands = self._encoder.inputs[0].shape[1] or 80

    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        """Phrases with their seconds. Raises ModelDamaged."""
        features = log_mel(samples, self._bands)[np.newaxis]
        heard = self._encoder.run({self._encoder.inputs[0].name: features}, self._hears)
        tokens = self._written(heard)
        yield from self._phrases(tokens, len(samples) / SAMPLE_RATE)

    def _written(self, heard: NDArray[np.float32]) -> list[int]:
        """Text and time stamps, until the model ends; nothing where it hears no speech."""
        marks = self._marks
        first = self._decoder.begin(heard).read([marks.start])
        silence = float(_shares(first)[marks.no_speech]) if marks.no_speech else 0.0
        # Begun anew: with a cache the graph reads one token at a time.
        writing = self._decoder.begin(heard)
        logits = writing.read([marks.start, *marks.language(first), marks.transcribe])
        tokens: list[int] = []
        certainty = 0.0
        while len(tokens) < _MOST_TOKENS:
            shares = _shares(marks.allowed(logits, tokens))
            token = int(shares.argmax())
            certainty += float(np.log(shares[token]))
            if token == marks.end:
                break
            tokens.append(token)
            logits = writing.read([token])
        doubtful = certainty / (len(tokens) + 1) < _DOUBTFUL
        return [] if silence > _NO_SPEECH and doubtful else tokens

    def _phrases(self, tokens: list[int], length_s: float) -> Iterator[Spoken]:
        """What stands between two time stamps; what is said over and over counts once."""
        found = [p for p in self._marks.phrases(tokens, length_s) if p.start_s < length_s]
        said = " ".join(phrase.text for phrase in found).encode()
        repeats = bool(said) and len(said) / len(zlib.compress(said)) > _REPEATS
        seen: set[str] = set()
        for phrase in found:
            if not (repeats and phrase.text in seen):
                yield phrase
            seen.add(phrase.text)


class _Marks:
    """The tokens that are no words, and what may follow what."""

    def __init__(self, file: Path) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(file))
        except Exception as problem:  # The library raises plain Exception.
            raise ModelDamaged(f"{file.name} is not a tokenizer: {problem}.") from problem
        self.start = self._id("<|startoftranscript|>")
        self.end = self._id("<|endoftext|>")
        self.transcribe = self._id("<|transcribe|>")
        # The stamps follow; some tokenizers do not name them.
        self._stamps = self._id("<|notimestamps|>") + 1
        named = ("<|nospeech|>", "<|nocaptions|>")
        self.no_speech = next((n for name in named if (n := self._known(name))), None)
        self._languages = self._between_start_and("<|translate|>")

    def language(self, logits: NDArray[np.float32]) -> list[int]:
        """The language that the model hears; nothing for a model of one language."""
        if not self._languages:
            return []
        return [max(self._languages, key=lambda token: float(logits[token]))]

    def allowed(self, logits: NDArray[np.float32], tokens: list[int]) -> NDArray[np.float32]:
        """Logits with what may not follow at minus infinity.

        Stamps come in pairs and never go back; a stamp comes first, within the first second; and
        a stamp comes where all of them together are likelier than any one word (the reference's
        decoding.py, ApplyTimestampRules).
        """
        ruled = logits.astype(np.float32, copy=True)
        # Between the end of text and the stamps lie languages and tasks.
        ruled[self.end + 1 : self._stamps] = -np.inf
        ruled[self._stamps + _LAST_STAMP + 1 :] = -np.inf
        stamped = [token for token in tokens if token >= self._stamps]
        if not tokens:
            ruled[: self._stamps] = -np.inf
            ruled[self._stamps + _FIRST_STAMP + 1 :] = -np.inf
            return ruled
        if tokens[-1] >= self._stamps:
            opened = len(tokens) < 2 or tokens[-2] >= self._stamps
            if opened:
                ruled[self._stamps :] = -np.inf
            else:
                ruled[: self.end] = -np.inf
        if stamped:
            ruled[self._stamps : stamped[-1]] = -np.inf
        return self._stamp_if_likelier(ruled)

    def _stamp_if_likelier(self, ruled: NDArray[np.float32]) -> NDArray[np.float32]:
        stamps = ruled[self._stamps :]
        most = float(ruled.max())
        together = float(np.exp(stamps - most).sum())
        if together > float(np.exp(ruled[: self._stamps] - most).max()):
            ruled[: self._stamps] = -np.inf
        return ruled

    def phrases(self, tokens: list[int], length_s: float) -> Iterator[Spoken]:
        """Text with the stamps around it; what is not closed ends with the sound."""
        start_s, text = 0.0, list[int]()
        for token in tokens:
            if token < self._stamps:
                text.append(token)
                continue
            second = (token - self._stamps) * _STAMP_S
            if words := self._words(text):
                yield Spoken(start_s, min(second, length_s), words)
            start_s, text = second, []
        if words := self._words(text):
            yield Spoken(start_s, length_s, words)

    def _words(self, tokens: list[int]) -> str:
        return " ".join(str(self._tokenizer.decode(tokens)).split()) if tokens else ""

    def _between_start_and(self, name: str) -> list[int]:
        """Languages stand between the start and the tasks."""
        return list(range(self.start + 1, min(self._id(name), self.transcribe)))

    def _id(self, name: str) -> int:
        number = self._known(name)
        if number is None:
            raise ModelDamaged(f"The tokenizer has no {name}: it is not Whisper's.")
        return number

    def _known(self, name: str) -> int | None:
        number: int | None = self._tokenizer.token_to_id(name)
        return number


def _shares(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)
