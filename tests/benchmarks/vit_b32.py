"""The image tower of CLIP ViT-B/32 in ONNX with random weights: the same work, and nothing to download."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Radford et al. 2021 (arXiv 2103.00020), table 20: ViT-B/32.
WIDTH, LAYERS, HEADS, PATCH, SIZE, DIMENSION = 768, 12, 12, 32, 224, 512
_TOKENS = (SIZE // PATCH) ** 2 + 1


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []
        self._random = np.random.default_rng(0)
        self._names = 0

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        self._names += 1
        name = f"{kind.lower()}_{self._names}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, **attributes))
        return name

    def constant(self, value: np.ndarray) -> str:
        self._names += 1
        name = f"constant_{self._names}"
        self.stored.append(numpy_helper.from_array(value, name))
        return name

    def weights(self, *shape: int) -> str:
        scale = 0.7 / np.sqrt(shape[0])
        return self.constant((self._random.standard_normal(shape) * scale).astype(np.float32))

    def linear(self, x: str, inside: int, outside: int) -> str:
        product = self.node("MatMul", x, self.weights(inside, outside))
        return self.node("Add", product, self.constant(np.zeros(outside, np.float32)))

    def norm(self, x: str) -> str:
        scale, shift = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
        return self.node(
            "LayerNormalization", x, self.constant(scale), self.constant(shift), epsilon=1e-5
        )


def _attention(graph: _Graph, x: str) -> str:
    each = WIDTH // HEADS
    split = graph.constant(np.array([0, _TOKENS, HEADS, each], np.int64))
    joined = graph.constant(np.array([0, _TOKENS, WIDTH], np.int64))

    def heads(perm: list[int]) -> str:
        return graph.node(
            "Transpose", graph.node("Reshape", graph.linear(x, WIDTH, WIDTH), split), perm=perm
        )

    scores = graph.node("MatMul", heads([0, 2, 1, 3]), heads([0, 2, 3, 1]))
    scale = graph.constant(np.array(each**-0.5, np.float32))
    shares = graph.node("Softmax", graph.node("Mul", scores, scale), axis=-1)
    mixed = graph.node("MatMul", shares, heads([0, 2, 1, 3]))
    rows = graph.node("Reshape", graph.node("Transpose", mixed, perm=[0, 2, 1, 3]), joined)
    return graph.linear(rows, WIDTH, WIDTH)


def _perceptron(graph: _Graph, x: str) -> str:
    wide = graph.linear(x, WIDTH, 4 * WIDTH)
    steepness = graph.constant(np.array(1.702, np.float32))  # QuickGELU
    gate = graph.node("Sigmoid", graph.node("Mul", wide, steepness))
    return graph.linear(graph.node("Mul", wide, gate), 4 * WIDTH, WIDTH)


def write(path: Path) -> Path:
    """Writes 350 MB; input `pixel_values` [n, 3, 224, 224], output `image_embeds` [n, 512]."""
    graph = _Graph()
    patches = graph.node(
        "Conv", "pixel_values", graph.weights(WIDTH, 3, PATCH, PATCH), strides=[PATCH, PATCH]
    )
    flat = graph.node(
        "Reshape", patches, graph.constant(np.array([0, WIDTH, _TOKENS - 1], np.int64))
    )
    rows = graph.node("Transpose", flat, perm=[0, 2, 1])
    # The class token: as many copies as there are pictures.
    one = graph.node("Slice", rows, *map(graph.constant, _first_row()))
    token = graph.node("Mul", one, graph.constant(np.zeros((1, 1, WIDTH), np.float32)))
    x = graph.node("Concat", token, rows, axis=1)
    x = graph.norm(graph.node("Add", x, graph.weights(1, _TOKENS, WIDTH)))
    for _ in range(LAYERS):
        x = graph.node("Add", x, _attention(graph, graph.norm(x)))
        x = graph.node("Add", x, _perceptron(graph, graph.norm(x)))
    first = graph.node("Gather", x, graph.constant(np.array(0, np.int64)), axis=1)
    graph.nodes.append(
        helper.make_node(
            "MatMul", [graph.norm(first), graph.weights(WIDTH, DIMENSION)], ["image_embeds"]
        )
    )
    _save(graph, path)
    return path


def _first_row() -> list[np.ndarray]:
    """Starts, ends, axes of the slice [:, 0:1]."""
    return [np.array([value], np.int64) for value in (0, 1, 1)]


def _save(graph: _Graph, path: Path) -> None:
    pixels = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, SIZE, SIZE])
    embeds = helper.make_tensor_value_info("image_embeds", TensorProto.FLOAT, ["n", DIMENSION])
    made = helper.make_graph(graph.nodes, "vit_b32", [pixels], [embeds], graph.stored)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.save(model, str(path))
