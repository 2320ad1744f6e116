"""Small ONNX graphs of the shapes that real encoders have, with random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from desktop_mmrag.domain import PictureInput
from desktop_mmrag.models.catalogue import Licence, ModelEntry, ModelFile, Picture, Tokenisation
from desktop_mmrag.models.download import sha256_of

SIZE, PATCH, WIDTH, DIMENSION, VOCABULARY = 32, 8, 24, 16, 60
WORDS = [
    "a",
    "photo",
    "of",
    "the",
    "cat",
    "dog",
    "snow",
    "in",
    "red",
    "bicycle",
    "mountain",
    "street",
    "at",
    "night",
]


def save(path: Path, nodes, inputs, outputs, constants) -> Path:
    stored = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "test", inputs, outputs, stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)
    return path


def vision_tower(path: Path, half: bool = False, output: str = "image_embeds") -> Path:
    """A vision transformer's beginning and end: patches, class token, attention, projection."""
    rng = np.random.default_rng(1)
    kind = TensorProto.FLOAT16 if half else TensorProto.FLOAT
    real = np.float16 if half else np.float32

    def weights(*shape):
        return (rng.standard_normal(shape) * 0.2).astype(real)

    node = helper.make_node
    constants = {
        "patch": weights(WIDTH, 3, PATCH, PATCH),
        "flat": np.array([0, WIDTH, -1], np.int64),
        "place": weights(1, (SIZE // PATCH) ** 2, WIDTH),
        "query": weights(WIDTH, WIDTH),
        "value": weights(WIDTH, WIDTH),
        "out": weights(WIDTH, DIMENSION),
    }
    nodes = [
        node("Conv", ["pixel_values", "patch"], ["conv"], strides=[PATCH, PATCH]),
        node("Reshape", ["conv", "flat"], ["rows"]),
        node("Transpose", ["rows"], ["tokens"], perm=[0, 2, 1]),
        node("Add", ["tokens", "place"], ["placed"]),
        node("MatMul", ["placed", "query"], ["asked"]),
        node("Transpose", ["placed"], ["turned"], perm=[0, 2, 1]),
        node("MatMul", ["asked", "turned"], ["scores"]),
        node("Softmax", ["scores"], ["shares"], axis=-1),
        node("MatMul", ["placed", "value"], ["values"]),
        node("MatMul", ["shares", "values"], ["mixed"]),
        node("ReduceMean", ["mixed"], ["pooled"], axes=[1], keepdims=0),
        node("MatMul", ["pooled", "out"], [output]),
    ]
    pixels = helper.make_tensor_value_info("pixel_values", kind, ["n", 3, SIZE, SIZE])
    result = helper.make_tensor_value_info(output, kind, ["n", DIMENSION])
    return save(path, nodes, [pixels], [result], constants)


def text_tower(path: Path, output: str = "text_embeds") -> Path:
    """Sums word vectors over all positions: padding that is not as trained changes the result."""
    table = np.random.default_rng(2).standard_normal((VOCABULARY, DIMENSION)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["words"]),
        helper.make_node("ReduceMean", ["words"], [output], axes=[1], keepdims=0),
    ]
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "length"])
    result = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", DIMENSION])
    return save(path, nodes, [ids], [result], {"table": table})


def sentence_encoder(path: Path) -> Path:
    """Token states straight from a table; takes ids, mask and segments as BERT does."""
    table = np.random.default_rng(3).standard_normal((VOCABULARY, DIMENSION)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["words"]),
        helper.make_node("Add", ["attention_mask", "token_type_ids"], ["unused"]),
        helper.make_node("Identity", ["words"], ["last_hidden_state"]),
    ]
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "length"]) for name in names
    ]
    shape = ["n", "length", DIMENSION]
    result = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)
    return save(path, nodes, inputs, [result], {"table": table})


def cross_encoder(path: Path) -> Path:
    """Scores how many ids of the second segment are those of the word "cat"."""
    nodes = [
        helper.make_node("Equal", ["input_ids", "cat"], ["is_cat"]),
        helper.make_node("Cast", ["is_cat"], ["cats"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["token_type_ids"], ["second"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["cats", "second"], ["both"]),
        helper.make_node("ReduceSum", ["both", "axes"], ["logits"], keepdims=1),
    ]
    names = ("input_ids", "token_type_ids")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "length"]) for name in names
    ]
    result = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 1])
    cat = np.array(4 + WORDS.index("cat"), np.int64)
    return save(path, nodes, inputs, [result], {"cat": cat, "axes": np.array([1], np.int64)})


def word_tokenizer(path: Path) -> Path:
    """One id for each of `WORDS` from 4 on; 0 pads, 1 is unknown, 2 begins, 3 ends."""
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
    vocabulary = {word: number for number, word in enumerate(names)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))
    return path


PICTURE = Picture(PictureInput(SIZE, "shortest"), (0.48, 0.45, 0.40), (0.26, 0.25, 0.27))


def entry(folder: Path, kind: str, model_id: str, **fields) -> ModelEntry:
    """An entry for the files in a folder; a file's role is its name before the dot."""
    files = tuple(
        ModelFile(path.stem, path.name, sha256_of(path), path.stat().st_size)
        for path in sorted(folder.iterdir())
    )
    given = {
        "title": model_id,
        "good_for": "Testing.",
        "revision": files[0].sha256,
        "precision": "fp32",
        "licence": Licence("MIT"),
        "family": model_id,
        "tokenisation": Tokenisation(max_tokens=16),
        **fields,
    }
    return ModelEntry(id=model_id, kind=kind, files=files, **given)


def image_text_model(folder: Path, model_id: str = "tiny-clip", **fields) -> ModelEntry:
    """Files and entry of a whole image-text model."""
    vision_tower(folder / model_id / "image.onnx")
    text_tower(folder / model_id / "text.onnx")
    word_tokenizer(folder / model_id / "tokenizer.json")
    given = {"dimension": DIMENSION, "picture": PICTURE, **fields}
    return entry(folder / model_id, "image-text", model_id, **given)


def text_model(folder: Path, model_id: str = "tiny-text", **fields) -> ModelEntry:
    """Files and entry of a whole sentence encoder."""
    sentence_encoder(folder / model_id / "text.onnx")
    word_tokenizer(folder / model_id / "tokenizer.json")
    given = {"dimension": DIMENSION, "pooling": "mean", **fields}
    return entry(folder / model_id, "text", model_id, **given)
