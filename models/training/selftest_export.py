"""Writes the trained self-test vision model as two GGUF files, quantised to 8 bits, for llama.cpp."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from selftest_network import EPSILON, ROPE_BASE, SelfTestModel, Size
from selftest_words import CHAT_TEMPLATE, END, NUMBERS, PRE_TOKENIZER, SPECIAL
from tokenizers import Tokenizer

MODEL_FILE = "selftest-vision.gguf"
MMPROJ_FILE = "mmproj-selftest-vision.gguf"


def export(model: SelfTestModel, tokenizer: Tokenizer, folder: Path) -> None:
    """Writes both files into `folder`."""
    weights = {name: value.float().numpy() for name, value in model.state_dict().items()}
    _write_decoder(folder / MODEL_FILE, weights, model.size, tokenizer)
    _write_seeing(folder / MMPROJ_FILE, weights, model.size)


def _write_decoder(
    path: Path, weights: dict[str, np.ndarray], size: Size, tokenizer: Tokenizer
) -> None:
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Desktop MMRAG self-test vision")
    writer.add_license("MIT")
    writer.add_context_length(size.context)
    writer.add_embedding_length(size.width)
    writer.add_block_count(size.layers)
    writer.add_feed_forward_length(size.hidden)
    writer.add_head_count(size.heads)
    writer.add_head_count_kv(size.heads)
    writer.add_rope_dimension_count(size.width // size.heads)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_file_type(int(gguf.LlamaFileType.MOSTLY_Q8_0))
    _add_vocabulary(writer, tokenizer)
    _add(writer, "token_embd.weight", weights["decoder.embedding.weight"])
    _add(writer, "output_norm.weight", weights["decoder.norm.weight"])
    names = {
        "q": "attn_q",
        "k": "attn_k",
        "v": "attn_v",
        "out": "attn_output",
        "norm1": "attn_norm",
        "norm2": "ffn_norm",
        "gate": "ffn_gate",
        "up": "ffn_up",
        "down": "ffn_down",
    }
    for layer in range(size.layers):
        for own, theirs in names.items():
            for part in ("weight", "bias"):
                values = weights.get(f"decoder.blocks.{layer}.{own}.{part}")
                if values is not None:
                    _add(writer, f"blk.{layer}.{theirs}.{part}", values)
    _save(writer)


def _add_vocabulary(writer: gguf.GGUFWriter, tokenizer: Tokenizer) -> None:
    count = tokenizer.get_vocab_size()
    tokens = [tokenizer.id_to_token(number) for number in range(count)]
    kinds = [_kind(token) for token in tokens]
    writer.add_vocab_size(count)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(PRE_TOKENIZER)
    writer.add_token_list(tokens)
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_token_merges(_merges(tokenizer))
    writer.add_bos_token_id(tokens.index(SPECIAL[0]))
    writer.add_pad_token_id(tokens.index(SPECIAL[0]))
    writer.add_eos_token_id(tokens.index(END))
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)


def _kind(token: str) -> gguf.TokenType:
    if token in SPECIAL:
        return gguf.TokenType.CONTROL
    return gguf.TokenType.USER_DEFINED if token in NUMBERS else gguf.TokenType.NORMAL


def _merges(tokenizer: Tokenizer) -> list[str]:
    import json

    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    return [merge if isinstance(merge, str) else " ".join(merge) for merge in merges]


def _write_seeing(path: Path, weights: dict[str, np.ndarray], size: Size) -> None:
    writer = gguf.GGUFWriter(path, "clip")
    writer.add_name("Desktop MMRAG self-test vision, picture side")
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_string("clip.projector_type", "mlp")
    writer.add_bool("clip.use_gelu", True)
    for key, value in {
        "image_size": size.side,
        "patch_size": size.patch,
        "embedding_length": size.see_width,
        "feed_forward_length": size.see_hidden,
        "projection_dim": size.width,
        # llama.cpp leaves out the last block, as LLaVA does; what it leaves out here is empty.
        "block_count": size.see_layers + 1,
        "attention.head_count": size.see_heads,
    }.items():
        writer.add_uint32(f"clip.vision.{key}", value)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", EPSILON)
    writer.add_array("clip.vision.image_mean", [0.5, 0.5, 0.5])
    writer.add_array("clip.vision.image_std", [0.5, 0.5, 0.5])
    # These are small, and rounding them costs more than it saves.
    _add(writer, "v.patch_embd.weight", weights["seeing.patches.weight"], exact=True)
    _add(writer, "v.position_embd.weight", weights["seeing.places"], exact=True)
    names = {"before": "v.pre_ln", "after": "v.post_ln", "first": "mm.0", "second": "mm.2"}
    inner = {
        "q": "attn_q",
        "k": "attn_k",
        "v": "attn_v",
        "out": "attn_out",
        "norm1": "ln1",
        "norm2": "ln2",
        "up": "ffn_up",
        "down": "ffn_down",
    }
    for layer in range(size.see_layers):
        names |= {
            f"blocks.{layer}.{own}": f"v.blk.{layer}.{theirs}" for own, theirs in inner.items()
        }
    for own, theirs in names.items():
        for part in ("weight", "bias"):
            values = weights[f"seeing.{own}.{part}"]
            _add(writer, f"{theirs}.{part}", values)
            if own.startswith("blocks.0."):
                empty = theirs.replace("blk.0", f"blk.{size.see_layers}")
                _add(writer, f"{empty}.{part}", np.zeros_like(values))
    _save(writer)


def _add(writer: gguf.GGUFWriter, name: str, values: np.ndarray, exact: bool = False) -> None:
    values = np.ascontiguousarray(values, dtype=np.float32)
    if exact or values.ndim < 2:
        writer.add_tensor(name, values)
        return
    kind = gguf.GGMLQuantizationType.Q8_0
    writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)


def _save(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
