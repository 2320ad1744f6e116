"""Writes the starter as ONNX: floats stored in 16 bits, and with 8-bit arithmetic."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)
from starter_head import Head
from starter_network import Graph, Weights, add_network

Matrix = NDArray[np.float32]

DIMENSION = 384


def network_model(weights: Weights, size: int, features: int) -> onnx.ModelProto:
    """Pixels to features."""
    graph = Graph()
    return graph.model(size, add_network(graph, weights, size), features)


def float_model(weights: Weights, head: Head, size: int) -> onnx.ModelProto:
    """Pixels to vectors. Weights are stored in 16 bits and computed with in 32."""
    graph = Graph()
    model = graph.model(size, add_head(graph, add_network(graph, weights, size), head), DIMENSION)
    return _stored_in_16_bits(model)


def int8_model(
    weights: Weights, head: Head, size: int, pictures: Iterable[Matrix]
) -> onnx.ModelProto:
    """Pixels to vectors, the convolutions in 8 bits; scales fixed from tensors [n, 3, size, size].

    Fixed scales: a picture's vector does not depend on its neighbours in a batch.
    """
    graph = Graph()
    whole = graph.model(size, add_head(graph, add_network(graph, weights, size), head), DIMENSION)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        onnx.save(whole, str(source))
        quantize_static(
            source,
            made,
            _Reader(pictures),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv", "Clip", "Add", "GlobalAveragePool"],
            per_channel=True,
            # 7-bit weights: processors without VNNI overflow where 8 bits meet 8 bits.
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )
        return _stored_in_16_bits(onnx.load(str(made)))


class _Reader(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, pictures: Iterable[Matrix]) -> None:
        self._pictures: Iterator[Matrix] = iter(pictures)

    def get_next(self) -> dict[str, Matrix] | None:
        tensor = next(self._pictures, None)
        return None if tensor is None else {"pixels": tensor}


def add_head(graph: Graph, features: str, head: Head) -> str:
    """The classes' mean and, behind its gate, the layer for drawings."""
    classes, drawings = head.classes, head.drawings
    logits = graph.add(
        "Gemm",
        features,
        graph.keep("classes.weights", classes.weights),
        graph.keep("classes.bias", classes.bias),
    )
    meanings = graph.keep("classes.meanings", classes.meanings)
    known = graph.add("MatMul", graph.add("Softmax", logits, axis=1), meanings)
    gate = graph.add(
        "Gemm",
        features,
        graph.keep("gate.weights", drawings.gate),
        graph.keep("gate.bias", np.array([drawings.gate_bias], np.float32)),
    )
    layer = graph.add(
        "Gemm",
        features,
        graph.keep("layer.weights", drawings.layer),
        graph.keep("layer.bias", drawings.layer_bias),
    )
    return graph.add("Add", known, graph.add("Mul", graph.add("Sigmoid", gate), layer))


_WORTH_ROUNDING = 1024


def _stored_in_16_bits(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large float tensors as float16 with a cast that ONNX Runtime folds away while loading."""
    casts = []
    for tensor in model.graph.initializer:
        value = onnx.numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or value.size < _WORTH_ROUNDING:
            continue
        name, stored = tensor.name, f"{tensor.name}.half"
        tensor.CopyFrom(onnx.numpy_helper.from_array(value.astype(np.float16), stored))
        casts.append(onnx.helper.make_node("Cast", [stored], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model
