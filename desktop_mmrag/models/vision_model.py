"""One vision model in llama.cpp: a conversation in, a greedy answer out. Only the child process imports this."""

from __future__ import annotations

import codecs
import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import llama_cpp
from llama_cpp import mtmd_cpp

from desktop_mmrag.domain import Pixels
from desktop_mmrag.models.vision_context import BATCH, Context, Unit, Word
from desktop_mmrag.models.vision_pictures import PictureEncoder, content_key
from desktop_mmrag.models.vision_prompt import (
    DataText,
    PicturePlace,
    PromptPart,
    Turn,
    prompt_parts,
)
from desktop_mmrag.models.vision_text import plain
from desktop_mmrag.models.vision_vocabulary import Vocabulary


class TooLong(Exception):
    """The prompt does not fit into the context."""


class VisionModel:
    """A loaded model with the state of one conversation."""

    def __init__(
        self,
        model: Path,
        mmproj: Path | None,
        context_tokens: int,
        threads: int,
        should_stop: Callable[[], bool],
    ) -> None:
        """Raises ValueError when a file cannot be used, MemoryError."""
        handle = _load_model(model)
        self._template = _chat_template(handle)
        self._vocabulary = Vocabulary(handle)
        trained = llama_cpp.llama_model_n_ctx_train(handle)
        self.context_tokens = min(context_tokens, trained) if trained > 0 else context_tokens
        self._context = Context(handle, self.context_tokens, threads, should_stop)
        self._sampler = _greedy_sampler()
        self._encoder: PictureEncoder | None = None
        if mmproj is not None:
            self._encoder = PictureEncoder(
                mmproj, handle, self._context.handle, threads, self.context_tokens
            )

    def picture_tokens(self) -> int:
        """Tokens that the largest picture takes; 0 when the model reads words only."""
        return self._encoder.most_tokens() if self._encoder is not None else 0

    def count(self, text: str) -> int:
        """Tokens of `text` within a turn."""
        return len(self._vocabulary.tokens(self._cleaned(text), special=False))

    def answer(
        self, turns: Sequence[Turn], pictures: Sequence[Pixels], max_tokens: int
    ) -> Iterator[str]:
        """Pieces of the next turn. Raises TooLong, Stopped, TemplateUnusable, RuntimeError."""
        keys = [content_key(pixels) for pixels in pictures]
        keyed = dict(zip(keys, pictures, strict=True))
        units = self._units(self._parts(turns), keys, keyed)
        needed = sum(unit.cells for unit in units)
        if needed >= self.context_tokens:
            raise TooLong(f"{needed} tokens, where {self.context_tokens - 1} is the most")
        self._read(units, keyed)
        yield from self._write(min(max_tokens, self.context_tokens - needed))

    # --- from turns to units ----------------------------------------------------------

    def _cleaned(self, text: str) -> str:
        return plain(text, self._vocabulary.special_tokens)

    def _parts(self, turns: Sequence[Turn]) -> list[PromptPart]:
        cleaned = [Turn(turn.speaker, self._cleaned(turn.text), turn.pictures) for turn in turns]
        vocabulary = self._vocabulary
        beginning = vocabulary.text_of(vocabulary.beginning)
        return prompt_parts(self._template, cleaned, beginning, vocabulary.text_of(vocabulary.end))

    def _units(
        self, parts: Sequence[PromptPart], keys: Sequence[str], keyed: Mapping[str, Pixels]
    ) -> list[Unit]:
        units: list[Unit] = []
        for part in parts:
            if isinstance(part, PicturePlace):
                units += self._picture_units(keys[part.number], keyed)
            else:
                # Special tokens only from the template: data may not open or close turns.
                special = not isinstance(part, DataText)
                tokens = self._vocabulary.tokens(part.text, special=special, first=not units)
                units += map(Word, tokens)
        # A template that writes the first token meets a vocabulary that adds it as well.
        doubled = [Word(self._vocabulary.beginning)] * 2
        return units[1:] if units[:2] == doubled else units

    def _picture_units(self, key: str, keyed: Mapping[str, Pixels]) -> list[Unit]:
        if self._encoder is None:
            raise RuntimeError("This model reads words only, not pictures.")
        layout = self._encoder.layout(key, keyed[key])
        return [Word(part) if isinstance(part, int) else part for part in layout]

    # --- reading and writing ----------------------------------------------------------

    def _read(self, units: Sequence[Unit], keyed: Mapping[str, Pixels]) -> None:
        """Evaluates what the context does not hold yet."""
        words: list[int] = []
        for unit in units[self._context.keep_prefix(units) :]:
            if isinstance(unit, Word):
                words.append(unit.token)
                continue
            self._context.read_words(words)
            words = []
            assert self._encoder is not None
            read = self._encoder.reader(unit, keyed[unit.key], BATCH)
            self._context.read_picture(unit, read)
        self._context.read_words(words)

    def _write(self, max_tokens: int) -> Iterator[str]:
        # A character may be spread over several tokens.
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for count in range(1, max_tokens + 1):
            token = llama_cpp.llama_sampler_sample(self._sampler, self._context.handle, -1)
            if self._vocabulary.ends_answer(token):
                break
            if piece := decoder.decode(self._vocabulary.bytes_of(token)):
                yield piece
            if count < max_tokens:
                self._context.read_words([token])
        if rest := decoder.decode(b"", final=True):
            yield rest


def keep_log(write: Callable[[str], None]) -> object:
    """Sends llama.cpp's warnings and errors to `write`. Hold on to what it returns."""

    def take(level: int, text: bytes, _data: object) -> None:
        # ggml_log_level in ggml.h: 3 warns, 4 is an error. The binding's own list is outdated.
        if level in (3, 4):
            write(text.decode(errors="replace"))

    callback = llama_cpp.llama_log_callback(take)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    mtmd_cpp.mtmd_log_set(callback, ctypes.c_void_p(0))
    mtmd_cpp.mtmd_helper_log_set(callback, ctypes.c_void_p(0))
    return callback


def _load_model(path: Path) -> llama_cpp.llama_model_p:
    llama_cpp.llama_backend_init()
    params = llama_cpp.llama_model_default_params()
    model: llama_cpp.llama_model_p = llama_cpp.llama_model_load_from_file(
        str(path).encode(), params
    )
    if not model:
        raise ValueError(f"llama.cpp cannot read {path.name}")
    return model


def _chat_template(model: llama_cpp.llama_model_p) -> str:
    template: bytes | None = llama_cpp.llama_model_chat_template(model, None)
    if not template:
        raise ValueError("it brings no chat template")
    return template.decode()


def _greedy_sampler() -> llama_cpp.llama_sampler_p:
    params = llama_cpp.llama_sampler_chain_default_params()
    chain: llama_cpp.llama_sampler_p = llama_cpp.llama_sampler_chain_init(params)
    llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_greedy())
    return chain
