"""What a vision model holds in mind: the evaluated prefix of a conversation, kept for the next question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import llama_cpp

from desktop_mmrag.models.vision_pictures import PictureChunk

# Tokens evaluated between two looks at whether to stop.
BATCH = 512


class Stopped(Exception):
    """The parent asked to stop."""


@dataclass(frozen=True, slots=True)
class Word:
    """One token of text; one cell of the context, one position."""

    token: int
    cells: int = 1
    positions: int = 1


Unit = Word | PictureChunk
"""What the context is made of; the same units in the same order have the same state."""


class Context:
    """The state of one conversation."""

    def __init__(
        self,
        model: llama_cpp.llama_model_p,
        tokens: int,
        threads: int,
        should_stop: Callable[[], bool],
    ) -> None:
        """Raises MemoryError."""
        self._should_stop = should_stop
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = tokens
        params.n_batch = params.n_ubatch = BATCH
        params.n_threads = params.n_threads_batch = threads
        self.handle: llama_cpp.llama_context_p = llama_cpp.llama_init_from_model(model, params)
        if not self.handle:
            raise MemoryError("there is not enough memory for its context")
        # The callback must live as long as the context that calls it.
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: should_stop())
        llama_cpp.llama_set_abort_callback(self.handle, self._abort, None)
        self._memory = llama_cpp.llama_get_memory(self.handle)
        self._kept: list[Unit] = []
        self._position = 0

    def keep_prefix(self, units: Sequence[Unit]) -> int:
        """Forgets what follows the longest common prefix with `units`; its length in units.

        The last unit never counts, since only evaluating it says what comes next.
        """
        common = 0
        for old, new in zip(self._kept, units[:-1], strict=False):
            if old != new:
                break
            common += 1
        position = sum(unit.positions for unit in units[:common])
        # Some architectures cannot forget a part; they start over.
        if not llama_cpp.llama_memory_seq_rm(self._memory, 0, position, -1):
            llama_cpp.llama_memory_clear(self._memory, True)
            common = position = 0
        self._kept, self._position = list(units[:common]), position
        return common

    def read_words(self, tokens: Sequence[int]) -> None:
        """Evaluates tokens after what is held. Raises Stopped, RuntimeError."""
        for start in range(0, len(tokens), BATCH):
            self._read_batch(tokens[start : start + BATCH])

    def read_picture(self, chunk: PictureChunk, read: Callable[[int], int]) -> None:
        """Lets `read` evaluate a picture at the position it is given. Raises as above."""
        self._check_stop()
        self._check_result(read(self._position))
        self._hold([chunk])

    def _read_batch(self, tokens: Sequence[int]) -> None:
        self._check_stop()
        batch = llama_cpp.llama_batch_init(len(tokens), 0, 1)
        try:
            batch.n_tokens = len(tokens)
            for index, token in enumerate(tokens):
                batch.token[index] = token
                # Explicit, since a picture may take fewer positions than cells.
                batch.pos[index] = self._position + index
                batch.n_seq_id[index] = 1
                batch.seq_id[index][0] = 0
                batch.logits[index] = index == len(tokens) - 1
            result = llama_cpp.llama_decode(self.handle, batch)
        finally:
            llama_cpp.llama_batch_free(batch)
        self._check_result(result)
        self._hold(list(map(Word, tokens)))

    def _hold(self, units: Sequence[Unit]) -> None:
        self._kept += units
        self._position += sum(unit.positions for unit in units)

    def _check_stop(self) -> None:
        if self._should_stop():
            raise Stopped

    def _check_result(self, result: int) -> None:
        if result == 0:
            return
        self._check_stop()
        raise RuntimeError(f"llama.cpp could not go on (code {result}).")
