"""Writes a tiny vision model of the LLaVA shape with random weights, which llama.cpp loads and runs for real."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
CONTROL_TOKENS = ("<|pad|>", "<|im_start|>", "<|im_end|>")
PICTURE_SIDE = 32
PATCH_SIDE = 8
PICTURE_TOKENS = (PICTURE_SIDE // PATCH_SIDE) ** 2


@dataclass(frozen=True)
class TinyVisionModel:
    model: Path
    mmproj: Path


def write_tiny_vision_model(
    folder: Path,
    *,
    width: int = 64,
    layers: int = 2,
    context: int = 1024,
    template: str | None = CHAT_TEMPLATE,
    seed: int = 0,
) -> TinyVisionModel:
    """A decoder and its picture encoder in `folder`. Wider and deeper is slower."""
    random = np.random.default_rng(seed)
    files = TinyVisionModel(folder / "tiny.gguf", folder / "mmproj-tiny.gguf")
    _write_decoder(files.model, random, width, layers, context, template)
    _write_picture_encoder(files.mmproj, random, width)
    return files


def _byte_tokens() -> list[str]:
    """One token a byte, as GPT-2 writes bytes: printable ones stand for themselves."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    moved = iter(range(256, 512))
    return [chr(byte) if byte in kept else chr(next(moved)) for byte in range(256)]


def _write_decoder(
    path: Path,
    random: np.random.Generator,
    width: int,
    layers: int,
    context: int,
    template: str | None,
) -> None:
    tokens = [*_byte_tokens(), *CONTROL_TOKENS]
    heads, hidden = width // 16, width * 2
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(context)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(hidden)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads)
    writer.add_rope_dimension_count(16)
    writer.add_layer_norm_rms_eps(1e-5)
    _add_vocabulary(writer, tokens, template)
    _add_decoder_tensors(writer, random, len(tokens), width, hidden, layers)
    _save(writer)


def _add_vocabulary(writer: gguf.GGUFWriter, tokens: list[str], template: str | None) -> None:
    plain = len(tokens) - len(CONTROL_TOKENS)
    normal, control = int(gguf.TokenType.NORMAL), int(gguf.TokenType.CONTROL)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([normal] * plain + [control] * len(CONTROL_TOKENS))
    writer.add_token_merges(["t h"])
    writer.add_bos_token_id(plain)
    writer.add_pad_token_id(plain)
    writer.add_eos_token_id(plain + 2)
    writer.add_add_bos_token(False)
    if template is not None:
        writer.add_chat_template(template)


def _add_decoder_tensors(
    writer: gguf.GGUFWriter,
    random: np.random.Generator,
    vocabulary: int,
    width: int,
    hidden: int,
    layers: int,
) -> None:
    def add(name: str, rows: int, columns: int) -> None:
        scale = columns**-0.5
        writer.add_tensor(name, random.normal(0, scale, (rows, columns)).astype(np.float32))

    def add_ones(name: str) -> None:
        writer.add_tensor(name, np.ones(width, np.float32))

    add("token_embd.weight", vocabulary, width)
    add_ones("output_norm.weight")
    # Only letters can be answered, so that each token is a piece and none ends the answer.
    output = np.zeros((vocabulary, width), np.float32)
    output[97:123] = random.normal(0, 1, (26, width))
    writer.add_tensor("output.weight", output)
    for layer in range(layers):
        block = f"blk.{layer}"
        add_ones(f"{block}.attn_norm.weight")
        add_ones(f"{block}.ffn_norm.weight")
        for part in ("q", "k", "v", "output"):
            add(f"{block}.attn_{part}.weight", width, width)
        add(f"{block}.ffn_gate.weight", hidden, width)
        add(f"{block}.ffn_up.weight", hidden, width)
        add(f"{block}.ffn_down.weight", width, hidden)


def _write_picture_encoder(path: Path, random: np.random.Generator, width: int) -> None:
    inner, blocks = 32, 2
    writer = gguf.GGUFWriter(path, "clip")
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_string("clip.projector_type", "mlp")
    writer.add_bool("clip.use_gelu", True)
    writer.add_uint32("clip.vision.image_size", PICTURE_SIDE)
    writer.add_uint32("clip.vision.patch_size", PATCH_SIDE)
    writer.add_uint32("clip.vision.embedding_length", inner)
    writer.add_uint32("clip.vision.feed_forward_length", inner * 2)
    writer.add_uint32("clip.vision.projection_dim", width)
    writer.add_uint32("clip.vision.block_count", blocks)
    writer.add_uint32("clip.vision.attention.head_count", 2)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-5)
    writer.add_array("clip.vision.image_mean", [0.5, 0.5, 0.5])
    writer.add_array("clip.vision.image_std", [0.5, 0.5, 0.5])
    _add_encoder_tensors(writer, random, inner, blocks, width)
    _save(writer)


def _add_encoder_tensors(
    writer: gguf.GGUFWriter, random: np.random.Generator, inner: int, blocks: int, width: int
) -> None:
    def add(name: str, *shape: int) -> None:
        scale = float(np.prod(shape[1:])) ** -0.5
        writer.add_tensor(f"{name}.weight", random.normal(0, scale, shape).astype(np.float32))

    def add_linear(name: str, rows: int, columns: int) -> None:
        add(name, rows, columns)
        writer.add_tensor(f"{name}.bias", np.zeros(rows, np.float32))

    def add_norm(name: str) -> None:
        writer.add_tensor(f"{name}.weight", np.ones(inner, np.float32))
        writer.add_tensor(f"{name}.bias", np.zeros(inner, np.float32))

    add("v.patch_embd", inner, 3, PATCH_SIDE, PATCH_SIDE)
    add("v.position_embd", PICTURE_TOKENS, inner)
    for block in range(blocks):
        for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
            add_linear(f"v.blk.{block}.{part}", inner, inner)
        add_norm(f"v.blk.{block}.ln1")
        add_norm(f"v.blk.{block}.ln2")
        add_linear(f"v.blk.{block}.ffn_up", inner * 2, inner)
        add_linear(f"v.blk.{block}.ffn_down", inner, inner * 2)
    add_linear("mm.0", width, inner)
    add_linear("mm.2", width, width)


def _save(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
