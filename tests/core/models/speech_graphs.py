"""Small ONNX graphs with the inputs and outputs of exported Whisper and Moonshine models."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper
from tokenizers import Tokenizer, models, pre_tokenizers

from tests.core.models.graphs import save

WORDS = ["hello", "world", "again", "LOST"]
MARKS = [
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|de|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|nospeech|>",
    "<|notimestamps|>",
]
NAMES = WORDS + MARKS
STAMPS = len(NAMES)
VOCABULARY = STAMPS + 1501
WIDTH, HEADS, LAYERS = 4, 2, 2
FRAMES = 1500

Rows = Mapping[str, Mapping[str, float]]


def number(name: str) -> int:
    """The token of a word, a mark, or a second such as "2.0"."""
    return NAMES.index(name) if name in NAMES else STAMPS + round(float(name) / 0.02)


def whisper_tokenizer(path: Path) -> Path:
    """Words and marks; the stamps have no names, as in some exports."""
    tokenizer = Tokenizer(models.WordLevel({n: i for i, n in enumerate(NAMES)}, unk_token="LOST"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(MARKS)
    tokenizer.save(str(path))
    return path


def whisper_encoder(path: Path, bands: int = 80) -> Path:
    """[1, bands, 3000] to [1, 1500, width]: every second frame, mixed."""
    rng = np.random.default_rng(2)
    nodes = [
        helper.make_node("Slice", ["input_features", "from", "to", "axis", "step"], ["halved"]),
        helper.make_node("Transpose", ["halved"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["turned", "mix"], ["last_hidden_state"]),
    ]
    constants = {
        "from": np.array([0], np.int64),
        "to": np.array([2 * FRAMES], np.int64),
        "axis": np.array([2], np.int64),
        "step": np.array([2], np.int64),
        "mix": rng.standard_normal((bands, WIDTH)).astype(np.float32),
    }
    given = helper.make_tensor_value_info(
        "input_features", TensorProto.FLOAT, ["batch", bands, 2 * FRAMES]
    )
    told = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [1, "n", WIDTH])
    return save(path, nodes, [given], [told], constants)


def moonshine_encoder(path: Path) -> Path:
    """[1, samples] to [1, frames, width]."""
    nodes = [
        helper.make_node("Reshape", ["input_values", "shape"], ["last_hidden_state"]),
    ]
    constants = {"shape": np.array([1, -1, WIDTH], np.int64)}
    given = helper.make_tensor_value_info("input_values", TensorProto.FLOAT, ["batch", "samples"])
    told = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [1, "n", WIDTH])
    return save(path, nodes, [given], [told], constants)


def merged_decoder(path: Path, rows: Rows, vocabulary: int = VOCABULARY, lost: int = 3) -> Path:
    """Each token's row of `rows` says what follows it.

    The cache grows by a row a token. What the encoder heard is cached at first and left empty
    later, as in real exports; a reader that loses it is told token `lost` ever after.
    """
    table = np.full((vocabulary, vocabulary), -10.0, np.float32)
    for name, following in rows.items():
        for after, logit in following.items():
            table[number(name), number(after)] = logit
    return _decoder(path, table, lost)


def _decoder(path: Path, table: np.ndarray, lost: int) -> Path:
    node = helper.make_node
    vocabulary = len(table)
    one_lost = np.zeros((1, 1, vocabulary), np.float32)
    one_lost[..., lost] = 1000
    constants = {
        "table": table,
        "lost": one_lost,
        "zero": np.array([0], np.int64),
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "three": np.array([3], np.int64),
        "cell": np.ones((1, HEADS, 1, WIDTH), np.float32),
        "none": np.array([0], np.int64),
    }
    nodes = [
        node("Gather", ["table", "input_ids"], ["rows"], axis=0),
        node("Cast", ["use_cache_branch"], ["cached"], to=TensorProto.INT64),
        node("Sub", ["one", "cached"], ["fresh"]),
        node("Shape", ["past_key_values.0.encoder.key"], ["past_shape"]),
        node("Slice", ["past_shape", "two", "three"], ["past_length"]),
        node("Equal", ["past_length", "none"], ["is_empty"]),
        node("And", ["is_empty", "use_cache_branch"], ["is_lost"]),
        node("Cast", ["is_lost"], ["lost_share"], to=TensorProto.FLOAT),
        node("Mul", ["lost", "lost_share"], ["penalty"]),
        node("Add", ["rows", "penalty"], ["logits"]),
        node("Shape", ["input_ids"], ["ids_shape"]),
        node("Slice", ["ids_shape", "one", "two"], ["new"]),
        node("Shape", ["encoder_hidden_states"], ["heard_shape"]),
        node("Slice", ["heard_shape", "one", "two"], ["heard_length"]),
        node("Mul", ["heard_length", "fresh"], ["kept_length"]),
        node("Concat", ["one", "heads", "new", "width"], ["new_shape"], axis=0),
        node("Concat", ["one", "heads", "kept_length", "width"], ["kept_shape"], axis=0),
        node("Expand", ["cell", "new_shape"], ["new_cells"]),
        node("ConstantOfShape", ["kept_shape"], ["kept_cells"]),
    ]
    constants |= {"heads": np.array([HEADS], np.int64), "width": np.array([WIDTH], np.int64)}
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"]),
        helper.make_tensor_value_info(
            "encoder_hidden_states", TensorProto.FLOAT, ["batch", "frames", WIDTH]
        ),
        helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1]),
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "t", vocabulary])]
    for layer in range(LAYERS):
        for side in ("decoder", "encoder"):
            for part in ("key", "value"):
                name, told = (
                    f"past_key_values.{layer}.{side}.{part}",
                    f"present.{layer}.{side}.{part}",
                )
                shape = ["batch", HEADS, f"past_{side}", WIDTH]
                inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
                outputs.append(
                    helper.make_tensor_value_info(told, TensorProto.FLOAT, [1, HEADS, "n", WIDTH])
                )
                if side == "decoder":
                    nodes.append(node("Concat", [name, "new_cells"], [told], axis=2))
                else:
                    nodes.append(node("Identity", ["kept_cells"], [told]))
    return save(path, nodes, inputs, outputs, constants)
