"""The starter's picture network, EfficientNet-Lite0, read from its published weights and written as ONNX.

Architecture: Tan and Le 2019 (arXiv 1905.11946), in the Lite form without squeeze-and-excitation
and with ReLU6, which 8-bit arithmetic bears well. The graph is written node by node with the
normalisation folded into the convolutions, so the same weights always give the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, NDArray[np.float32]]

FEATURES = 1280
MEAN, DEVIATION = 127 / 255, 128 / 255
"""Of a channel between 0 and 1, as the weights were trained: (value - 127) / 128."""
OPSET = 17
_NORM_EPSILON = 1e-3
# How many, kernel, stride, expansion, channels in, channels out.
_STAGES = (
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
)


@dataclass(frozen=True, slots=True)
class _Block:
    kernel: int
    stride: int
    expansion: int
    before: int
    after: int


def _blocks() -> Iterator[_Block]:
    for many, kernel, stride, expansion, before, after in _STAGES:
        yield _Block(kernel, stride, expansion, before, after)
        for _ in range(many - 1):
            yield _Block(kernel, 1, expansion, after, after)


class Graph:
    """Collects nodes and stored tensors; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.stored: dict[str, onnx.TensorProto] = {}

    def add(self, op: str, *inputs: str, **attributes: object) -> str:
        """One node."""
        result = f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [result], **attributes))
        return result

    def keep(self, name: str, value: NDArray[np.generic]) -> str:
        """A stored tensor."""
        self.stored[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def model(self, size: int, output: str, width: int) -> onnx.ModelProto:
        """float32 `pixels` [n, 3, size, size] to float32 [n, width]."""
        self.nodes.append(helper.make_node("Identity", [output], ["vectors"]))
        graph = helper.make_graph(
            self.nodes,
            "starter",
            [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 3, size, size])],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", width])],
            list(self.stored.values()),
        )
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        made.ir_version = 8
        return made


def add_network(graph: Graph, weights: Weights, size: int) -> str:
    """The network up to its pooled features [n, 1280]."""
    data, side = _conv(graph, weights, "pixels", "_conv_stem", "_bn0", 3, 2, size, relu=True)
    for at, block in enumerate(_blocks()):
        data, side = _add_block(graph, weights, data, side, f"_blocks.{at}.", block)
    data, _ = _conv(graph, weights, data, "_conv_head", "_bn1", 1, 1, side, relu=True)
    return graph.add("Flatten", graph.add("GlobalAveragePool", data))


def _add_block(
    graph: Graph, weights: Weights, data: str, side: int, prefix: str, block: _Block
) -> tuple[str, int]:
    inner, before = data, side
    if block.expansion != 1:
        inner, side = _conv(
            graph, weights, inner, f"{prefix}_expand_conv", f"{prefix}_bn0", 1, 1, side, relu=True
        )
    inner, side = _conv(
        graph, weights, inner, f"{prefix}_depthwise_conv", f"{prefix}_bn1",
        block.kernel, block.stride, side, relu=True, each_alone=True,
    )  # fmt: skip
    inner, side = _conv(
        graph, weights, inner, f"{prefix}_project_conv", f"{prefix}_bn2", 1, 1, side, relu=False
    )
    if block.stride == 1 and block.before == block.after and before == side:
        inner = graph.add("Add", data, inner)
    return inner, side


def _conv(
    graph: Graph,
    weights: Weights,
    data: str,
    name: str,
    norm: str,
    kernel: int,
    stride: int,
    side: int,
    *,
    relu: bool,
    each_alone: bool = False,
) -> tuple[str, int]:
    """Convolution with its normalisation folded in, padded as TensorFlow's SAME does."""
    kept = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + _NORM_EPSILON)
    kernels = weights[f"{name}.weight"] * kept[:, None, None, None]
    shift = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * kept
    after = math.ceil(side / stride)
    missing = max((after - 1) * stride + kernel - side, 0)
    low, high = missing // 2, missing - missing // 2
    result = graph.add(
        "Conv",
        data,
        graph.keep(f"{name}.kernels", kernels.astype(np.float32)),
        graph.keep(f"{name}.shift", shift.astype(np.float32)),
        kernel_shape=[kernel, kernel],
        strides=[stride, stride],
        pads=[low, low, high, high],
        group=len(kernels) if each_alone else 1,
    )
    if relu:
        low_name = graph.keep("zero", np.float32(0).reshape(()))
        high_name = graph.keep("six", np.float32(6).reshape(()))
        result = graph.add("Clip", result, low_name, high_name)
    return result, after


def shapes() -> dict[str, tuple[int, ...]]:
    """The tensors that `add_network` reads, by their published names."""
    found = _conv_shapes("_conv_stem", "_bn0", (32, 3, 3, 3))
    for at, block in enumerate(_blocks()):
        prefix, inner = f"_blocks.{at}.", block.before * block.expansion
        if block.expansion != 1:
            found |= _conv_shapes(
                f"{prefix}_expand_conv", f"{prefix}_bn0", (inner, block.before, 1, 1)
            )
        alone = (inner, 1, block.kernel, block.kernel)
        found |= _conv_shapes(f"{prefix}_depthwise_conv", f"{prefix}_bn1", alone)
        found |= _conv_shapes(f"{prefix}_project_conv", f"{prefix}_bn2", (block.after, inner, 1, 1))
    return found | _conv_shapes("_conv_head", "_bn1", (FEATURES, _STAGES[-1][-1], 1, 1))


def _conv_shapes(name: str, norm: str, kernels: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    parts = ("weight", "bias", "running_mean", "running_var")
    return {f"{name}.weight": kernels} | {f"{norm}.{part}": kernels[:1] for part in parts}
