"""Carries vectors of one model over into the space of another: one linear layer, or a graph."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.onnx_session import OnnxSession

Projection = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""float32 [n, from] to float32 [n, to], not of unit length."""

_LONGEST_HEADER = 100_000_000
"""Bytes; the limit of the format's own reference reader."""

_TYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8"}
"""Little-endian, as the format asks, in NumPy's names."""


def load_projection(path: Path, threads: int) -> Projection:
    """From `.onnx` (one input, one output) or `.safetensors` (a weight [to, from], maybe a bias).

    Raises ModelDamaged when the file holds neither.
    """
    if path.suffix == ".onnx":
        return _graph(OnnxSession(path, threads))
    return _linear(read_safetensors(path), path.name)


def _graph(session: OnnxSession) -> Projection:
    source, output = session.inputs[0].name, session.output_named(None, rank=2)
    return lambda vectors: session.run({source: vectors}, output)


def _linear(tensors: dict[str, NDArray[np.float32]], name: str) -> Projection:
    weights = [tensor for tensor in tensors.values() if tensor.ndim == 2]
    biases = [tensor for tensor in tensors.values() if tensor.ndim == 1]
    if len(weights) != 1 or len(biases) > 1 or len(tensors) != len(weights) + len(biases):
        raise ModelDamaged(f"{name} does not hold one linear layer.")
    turned = np.ascontiguousarray(weights[0].T)
    bias = biases[0] if biases else np.float32(0)
    return lambda vectors: np.asarray(vectors @ turned + bias, np.float32)


def read_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """All tensors as float32: https://huggingface.co/docs/safetensors#format.

    Raises ModelDamaged when the file is cut short or holds other numbers than floats.
    """
    data = path.read_bytes()
    try:
        (length,) = struct.unpack_from("<Q", data)
        if length > min(_LONGEST_HEADER, len(data) - 8):
            raise ValueError("its header is cut short")
        header = json.loads(data[8 : 8 + length])
        body = memoryview(data)[8 + length :]
        return {
            name: _tensor(item, body) for name, item in header.items() if name != "__metadata__"
        }
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as problem:
        raise ModelDamaged(f"{path.name} is not a safetensors file: {problem}") from problem


def _tensor(item: dict[str, Any], body: memoryview) -> NDArray[np.float32]:
    first, last = item["data_offsets"]
    if not 0 <= first <= last <= len(body):
        raise ValueError("a tensor lies outside the file")
    numbers: NDArray[Any] = np.frombuffer(body[first:last], np.dtype(_TYPES[item["dtype"]]))
    return np.asarray(numbers.reshape(item["shape"]), np.float32)
