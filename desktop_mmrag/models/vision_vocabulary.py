"""A vision model's vocabulary: text to tokens and back, and which tokens steer the model."""

from __future__ import annotations

import ctypes

import llama_cpp

_STEERING = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_UNKNOWN
_MARKED = _STEERING | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED
_LONGEST_TOKEN_BYTES = 256


class Vocabulary:
    """The vocabulary of a loaded model."""

    def __init__(self, model: llama_cpp.llama_model_p) -> None:
        self._handle = llama_cpp.llama_model_get_vocab(model)
        self._buffer = ctypes.create_string_buffer(_LONGEST_TOKEN_BYTES)
        self.beginning: int = llama_cpp.llama_vocab_bos(self._handle)
        self.end: int = llama_cpp.llama_vocab_eos(self._handle)
        self.special_tokens = self._special_tokens()

    def tokens(self, text: str, *, special: bool, first: bool = False) -> list[int]:
        """Tokens of `text`. With `special`, special tokens written in it are meant.

        With `first`, the token that begins every prompt of this model is put before.
        """
        data = text.encode()
        room = len(data) + 8
        found = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._handle, data, len(data), found, room, first, special)
        if count < 0:
            raise RuntimeError("The words could not be split into tokens.")
        return list(found[:count])

    def bytes_of(self, token: int, *, special: bool = False) -> bytes:
        """UTF-8 bytes, perhaps part of a character; none for special tokens without `special`."""
        if token < 0:
            return b""
        length = llama_cpp.llama_token_to_piece(
            self._handle, token, self._buffer, _LONGEST_TOKEN_BYTES, 0, special
        )
        return self._buffer.raw[: max(length, 0)]

    def text_of(self, token: int) -> str:
        """How a special token is written; empty when the vocabulary has no such token."""
        return self.bytes_of(token, special=True).decode(errors="replace")

    def ends_answer(self, token: int) -> bool:
        """Whether the model says by `token` that its turn is over."""
        return bool(llama_cpp.llama_vocab_is_eog(self._handle, token))

    def _special_tokens(self) -> tuple[str, ...]:
        """Control tokens, and tokens of any kind written <|...|>."""
        found = []
        for token in range(llama_cpp.llama_vocab_n_tokens(self._handle)):
            attributes = llama_cpp.llama_vocab_get_attr(self._handle, token)
            if attributes & _MARKED:
                text = self.text_of(token)
                if attributes & _STEERING or (text.startswith("<|") and text.endswith("|>")):
                    found.append(text)
        return tuple(found)
