"""Pixels into a vision model: their layout in the prompt, their encoding, both remembered by content."""

from __future__ import annotations

import ctypes
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import llama_cpp
import numpy as np
from llama_cpp import mtmd_cpp
from numpy.typing import NDArray

from desktop_mmrag.domain import Pixels

# Encoded pictures kept for the next question; about 10 MB each at a billion parameters.
_REMEMBERED = 16
# Shapes (width, height) whose largest count of tokens stands for any picture.
_SHAPES = ((2048, 2048), (2048, 1024), (1024, 2048))

Encoded = NDArray[np.float32]
"""What the language model reads in place of token embeddings: float32 [cells * width]."""


@dataclass(frozen=True, slots=True)
class PictureChunk:
    """One part of an encoded picture in the context: the whole, or one tile of it."""

    key: str
    index: int
    cells: int
    positions: int


Layout = tuple[int | PictureChunk, ...]
"""Tokens that open and close the picture, and its chunks, in order."""


@dataclass(slots=True)
class _Remembered:
    layout: Layout
    encoded: dict[int, Encoded] = field(default_factory=dict)


def content_key(pixels: Pixels) -> str:
    """A name that is equal exactly when two pictures are."""
    shape = repr(pixels.shape).encode()
    return hashlib.sha256(shape + np.ascontiguousarray(pixels).tobytes()).hexdigest()


class PictureEncoder:
    """The picture side of a loaded model, with the last pictures it has seen."""

    def __init__(
        self,
        mmproj: Path,
        model: llama_cpp.llama_model_p,
        context: llama_cpp.llama_context_p,
        threads: int,
        context_tokens: int,
    ) -> None:
        """Raises ValueError when the file does not belong to the model or sees no pictures."""
        self._context = context
        self._width = llama_cpp.llama_model_n_embd_inp(model)
        self._marker = mtmd_cpp.mtmd_default_marker()
        self._encoder = _load_encoder(mmproj, model, threads, context_tokens)
        self._remembered: OrderedDict[str, _Remembered] = OrderedDict()

    def most_tokens(self) -> int:
        """Tokens of the context that the largest picture takes."""
        return max(map(self._measure, _SHAPES))

    def layout(self, key: str, pixels: Pixels) -> Layout:
        """How the picture stands in a prompt. Raises RuntimeError."""
        if key not in self._remembered:
            with self._chunks(pixels) as chunks:
                self._remembered[key] = _Remembered(_layout(key, chunks))
        self._remembered.move_to_end(key)
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        return self._remembered[key].layout

    def reader(self, chunk: PictureChunk, pixels: Pixels, batch: int) -> Callable[[int], int]:
        """Reads the picture's chunk into the context at a position; llama.cpp's result code."""

        def read(position: int) -> int:
            with self._chunks(pixels) as chunks:
                handle = chunks[chunk.index]
                return self._decode(handle, self._encoded(chunk, handle), position, batch)

        return read

    def _decode(
        self, handle: mtmd_cpp.mtmd_input_chunk_p, encoded: Encoded, position: int, batch: int
    ) -> int:
        after = llama_cpp.llama_pos(0)
        result: int = mtmd_cpp.mtmd_helper_decode_image_chunk(
            self._encoder,
            self._context,
            handle,
            encoded.ctypes.data_as(ctypes.POINTER(ctypes.c_float)),
            llama_cpp.llama_pos(position),
            llama_cpp.llama_seq_id(0),
            batch,
            ctypes.byref(after),
            mtmd_cpp.mtmd_helper_post_decode_callback(0),
            None,
        )
        return result

    def _encoded(self, chunk: PictureChunk, handle: mtmd_cpp.mtmd_input_chunk_p) -> Encoded:
        remembered = self._remembered.get(chunk.key, _Remembered(()))
        if chunk.index not in remembered.encoded:
            if mtmd_cpp.mtmd_encode_chunk(self._encoder, handle) != 0:
                raise RuntimeError("The picture could not be encoded.")
            output = mtmd_cpp.mtmd_get_output_embd(self._encoder)
            flat = np.ctypeslib.as_array(output, shape=(chunk.cells * self._width,))
            # The next picture overwrites the encoder's own buffer.
            remembered.encoded[chunk.index] = flat.copy()
        return remembered.encoded[chunk.index]

    def _measure(self, shape: tuple[int, int]) -> int:
        width, height = shape
        with self._chunks(np.zeros((height, width, 3), np.uint8)) as chunks:
            return sum(map(mtmd_cpp.mtmd_input_chunk_get_n_tokens, chunks))

    @contextmanager
    def _chunks(self, pixels: Pixels) -> Iterator[list[mtmd_cpp.mtmd_input_chunk_p]]:
        """The picture prepared for the encoder, with the tokens that open and close it."""
        # The prompt here is the marker alone: no word of a file ever passes a search for markers.
        text = mtmd_cpp.mtmd_input_text(self._marker, len(self._marker), False, True)
        bitmap = _bitmap(pixels)
        chunks = mtmd_cpp.mtmd_input_chunks_init()
        try:
            bitmaps = (mtmd_cpp.mtmd_bitmap_p_ctypes * 1)(bitmap)
            if mtmd_cpp.mtmd_tokenize(self._encoder, chunks, ctypes.byref(text), bitmaps, 1) != 0:
                raise RuntimeError("The picture could not be prepared for the model.")
            count = mtmd_cpp.mtmd_input_chunks_size(chunks)
            yield [mtmd_cpp.mtmd_input_chunks_get(chunks, index) for index in range(count)]
        finally:
            mtmd_cpp.mtmd_input_chunks_free(chunks)
            mtmd_cpp.mtmd_bitmap_free(bitmap)


def _load_encoder(
    mmproj: Path, model: llama_cpp.llama_model_p, threads: int, context_tokens: int
) -> mtmd_cpp.mtmd_context_p:
    params = mtmd_cpp.mtmd_context_params_default()
    params.print_timings = False
    params.n_threads = threads
    # Models that take pictures of any size would fill the whole context with one of them.
    params.image_max_tokens = max(256, min(1024, context_tokens // 6))
    encoder: mtmd_cpp.mtmd_context_p = mtmd_cpp.mtmd_init_from_file(
        str(mmproj).encode(), model, params
    )
    if not encoder:
        raise ValueError(f"llama.cpp cannot read {mmproj.name} for this model")
    if not mtmd_cpp.mtmd_support_vision(encoder):
        raise ValueError(f"{mmproj.name} brings no picture encoder")
    return encoder


def _bitmap(pixels: Pixels) -> mtmd_cpp.mtmd_bitmap_p:
    height, width, _channels = pixels.shape
    data = np.ascontiguousarray(pixels)
    pointer = data.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))
    bitmap: mtmd_cpp.mtmd_bitmap_p = mtmd_cpp.mtmd_bitmap_init(width, height, pointer)
    if not bitmap:
        raise RuntimeError("The picture could not be handed to the model.")
    return bitmap


def _layout(key: str, chunks: list[mtmd_cpp.mtmd_input_chunk_p]) -> Layout:
    layout: list[int | PictureChunk] = []
    for index, chunk in enumerate(chunks):
        if mtmd_cpp.mtmd_input_chunk_get_type(chunk) == mtmd_cpp.MTMD_INPUT_CHUNK_TYPE_TEXT:
            layout += _text_tokens(chunk)
        else:
            cells = mtmd_cpp.mtmd_input_chunk_get_n_tokens(chunk)
            positions = mtmd_cpp.mtmd_input_chunk_get_n_pos(chunk)
            layout.append(PictureChunk(key, index, cells, positions))
    return tuple(layout)


def _text_tokens(chunk: mtmd_cpp.mtmd_input_chunk_p) -> list[int]:
    count = ctypes.c_size_t()
    tokens = mtmd_cpp.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(count))
    return [tokens[index] for index in range(count.value)] if tokens else []
