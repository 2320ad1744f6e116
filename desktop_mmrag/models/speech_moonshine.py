"""Writes down English fast: Moonshine through ONNX Runtime, which hears samples as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from desktop_mmrag.domain import SAMPLE_RATE, Samples, Spoken
from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.models.onnx_session import OnnxSession
from desktop_mmrag.models.speech_decoder import MergedDecoder

MOONSHINE = "moonshine"
"""How the family of such models begins."""

_START, _END = "<s>", "</s>"
# Jeffries et al. 2024, "Moonshine: speech recognition for live transcription": at most six tokens
# a second, to end loops.
_TOKENS_A_SECOND = 6.5
_LEAST_SAMPLES = SAMPLE_RATE // 10


class MoonshineModel:
    """A `SpeechModel`; may be used from several threads at once. Gives no times within a stretch."""

    def __init__(
        self, entry: ModelEntry, encoder: Path, decoder: Path, tokenizer: Path, threads: int
    ) -> None:
        """Raises ModelDamaged when a file cannot be loaded or does not fit the others."""
        self.model_id = entry.id
        self._encoder = OnnxSession(encoder, threads)
        self._decoder = MergedDecoder(decoder, threads)
        self._hears = self._encoder.output_named("last_hidden_state", rank=3)
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as problem:  # The library raises plain Exception.
            raise ModelDamaged(f"{tokenizer.name} is not a tokenizer: {problem}.") from problem
        start, end = (self._tokenizer.token_to_id(mark) for mark in (_START, _END))
        if start is None or end is None:
            raise ModelDamaged("The tokenizer has no marks of start and end.")
        self._start, self._end = start, end

    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        """One phrase as long as the sound. Raises ModelDamaged."""
        if len(samples) < _LEAST_SAMPLES:
            return
        seconds = len(samples) / SAMPLE_RATE
        heard = self._encoder.run({self._encoder.inputs[0].name: samples[np.newaxis]}, self._hears)
        writing = self._decoder.begin(heard)
        tokens: list[int] = []
        token = self._start
        while len(tokens) < seconds * _TOKENS_A_SECOND:
            token = int(writing.read([token]).argmax())
            if token == self._end:
                break
            tokens.append(token)
        if text := " ".join(str(self._tokenizer.decode(tokens)).split()):
            yield Spoken(0.0, seconds, text)
