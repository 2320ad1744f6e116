"""Tells which model a person's own files are: by fingerprint, else by the shape of what is inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tokenizers import Tokenizer

from desktop_mmrag.domain import PictureInput
from desktop_mmrag.errors import KnownError, ModelUnrecognised
from desktop_mmrag.models.catalogue import (
    Catalogue,
    Licence,
    ModelEntry,
    ModelFile,
    ModelKind,
    Picture,
    Pooling,
    Tokenisation,
)
from desktop_mmrag.models.download import sha256_of
from desktop_mmrag.models.gguf_file import is_picture_part, read_header
from desktop_mmrag.models.onnx_file import external_files
from desktop_mmrag.models.onnx_session import OnnxSession, TensorShape

OWN_LICENCE = Licence("LicenseRef-unknown", "imported from your own files")
OWN_WARNING = "Imported from your own files; its quality was not measured."

_CLIP_VOCABULARY = 49408
"""OpenAI's CLIP, and everything of its shape."""
_GEMMA_VOCABULARY = 256000
"""SigLIP 2 reads text with Gemma's tokenizer."""

_CLIP_COLOURS = (
    (0.48145466, 0.4578275, 0.40821073),
    (0.26862954, 0.26130258, 0.27577711),
)
"""Mean and deviation of https://github.com/openai/CLIP, clip.py."""
_SIGLIP_COLOURS = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
"""https://huggingface.co/google/siglip2-base-patch16-224, preprocessor_config.json."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """An entry, and where each of its files lies now, by the name it is to have."""

    entry: ModelEntry
    sources: dict[str, Path]


def recognise(paths: Sequence[Path], catalogue: Catalogue) -> Recognised:
    """Which model these files are; a folder stands for the files in it.

    Raises ModelUnrecognised, saying what is missing where a part of a known model was given.
    """
    files = [file for path in paths for file in _expanded(path)]
    if not files:
        raise ModelUnrecognised("No files were given.")
    by_hash = {sha256_of(file): file for file in files}
    return _by_fingerprint(by_hash, catalogue) or _by_shape(by_hash)


def _expanded(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file())
    if not path.is_file():
        raise ModelUnrecognised(f"There is no file {path}.")
    return [path]


# --- by fingerprint -------------------------------------------------------------------


def _by_fingerprint(by_hash: dict[str, Path], catalogue: Catalogue) -> Recognised | None:
    partly: tuple[ModelEntry, list[str]] | None = None
    for entry in catalogue:
        missing = [file.name for file in entry.files if file.sha256 not in by_hash]
        if not missing and not entry.bundled:
            return Recognised(entry, {file.name: by_hash[file.sha256] for file in entry.files})
        own = any(file.sha256 in by_hash for file in entry.files if file.role != "tokenizer")
        if own and not entry.bundled:
            partly = partly or (entry, missing)
    if partly:
        entry, missing = partly
        raise ModelUnrecognised(
            f"These are files of {entry.title}; still missing: {', '.join(missing)}.",
            hint="Give all its files at once.",
        )
    return None


# --- by shape -------------------------------------------------------------------------


def _by_shape(by_hash: dict[str, Path]) -> Recognised:
    suffixes = {path.suffix.lower() for path in by_hash.values()}
    if ".gguf" in suffixes:
        return _vision(by_hash)
    if ".onnx" in suffixes:
        return _onnx(by_hash)
    raise ModelUnrecognised("There is no .onnx or .gguf file among them.")


def _vision(by_hash: dict[str, Path]) -> Recognised:
    models, pictures = {}, {}
    name = None
    for digest, path in by_hash.items():
        if path.suffix.lower() != ".gguf":
            continue
        header = read_header(path)
        if is_picture_part(header):
            pictures[digest] = path
        else:
            models[digest] = path
            name = header.get("general.name")
    if len(models) != 1 or len(pictures) != 1:
        raise ModelUnrecognised(
            "An answering model is two GGUF files: the language model and its mmproj file, "
            f"but there are {len(models)} and {len(pictures)}.",
        )
    parts = {"model": models, "mmproj": pictures}
    return _own("vision", str(name or next(iter(models.values())).stem), parts)


def _onnx(by_hash: dict[str, Path]) -> Recognised:
    towers: dict[str, dict[str, Path]] = {}
    shapes: dict[str, tuple[TensorShape, ...]] = {}
    inputs: dict[str, tuple[TensorShape, ...]] = {}
    for digest, path in by_hash.items():
        if path.suffix.lower() != ".onnx":
            continue
        role, session = _tower(path)
        if role in towers:
            raise ModelUnrecognised("There is more than one ONNX file of the same kind.")
        towers[role] = {digest: path}
        shapes[role], inputs[role] = session.outputs, session.inputs
    tokenizer = {d: p for d, p in by_hash.items() if p.name.endswith("tokenizer.json")}
    if "text" not in towers or len(tokenizer) != 1:
        raise ModelUnrecognised("It needs an ONNX file that reads text, and its tokenizer.json.")
    parts = {**towers, "tokenizer": tokenizer}
    vocabulary = _vocabulary(next(iter(tokenizer.values())))
    if "image" in towers:
        return _image_text(parts, shapes, inputs["image"][0], vocabulary)
    return _text_or_reranker(parts, shapes["text"], vocabulary)


def _tower(path: Path) -> tuple[Literal["image", "text"], OnnxSession]:
    try:
        if external_files(path):
            raise ModelUnrecognised(
                f"{path.name} keeps its numbers in a second file.",
                hint="Save it as one file; ONNX allows 2 GB.",
            )
        session = OnnxSession(path, threads=1)
    except ModelUnrecognised:
        raise
    except KnownError as problem:
        raise ModelUnrecognised(problem.message, problem.hint) from problem
    names = {item.name for item in session.inputs}
    if "input_ids" in names:
        return "text", session
    if len(session.inputs) == 1 and len(session.inputs[0].shape) == 4:
        return "image", session
    raise ModelUnrecognised(f"{path.name} takes {sorted(names)}, neither text nor pictures.")


def _image_text(
    parts: dict[str, dict[str, Path]],
    outputs: dict[str, tuple[TensorShape, ...]],
    pixels: TensorShape,
    vocabulary: tuple[int, int],
) -> Recognised:
    size = pixels.shape[-1] or 224
    clip = vocabulary[0] == _CLIP_VOCABULARY
    if not clip and vocabulary[0] != _GEMMA_VOCABULARY:
        raise ModelUnrecognised("Its tokenizer is neither CLIP's nor SigLIP 2's.")
    mean, std = _CLIP_COLOURS if clip else _SIGLIP_COLOURS
    recipe = (
        Tokenisation(max_tokens=77, pad_id=vocabulary[1])
        if clip
        else Tokenisation(max_tokens=64, pad_to=64, lowercase=True)
    )
    seen = {role: _flat_output(found) for role, found in outputs.items()}
    if seen["image"].shape[-1] != seen["text"].shape[-1]:
        raise ModelUnrecognised("Its pictures and its words have vectors of different length.")
    return _own(
        "image-text",
        next(iter(parts["image"].values())).parent.name or "model",
        parts,
        dimension=seen["image"].shape[-1],
        picture=Picture(PictureInput(size, "shortest" if clip else "exact"), mean, std),
        tokenisation=recipe,
        tensors={role: found.name for role, found in seen.items()},
    )


def _text_or_reranker(
    parts: dict[str, dict[str, Path]], outputs: tuple[TensorShape, ...], vocabulary: tuple[int, int]
) -> Recognised:
    name = next(iter(parts["text"].values())).parent.name or "model"
    recipe = Tokenisation(max_tokens=256, pad_id=vocabulary[1])
    states = next((item for item in outputs if len(item.shape) == 3), None)
    if states:
        return _own(
            "text",
            name,
            parts,
            dimension=states.shape[-1],
            tokenisation=recipe,
            pooling="mean",
            tensors={"text": states.name},
        )
    scores = _flat_output(outputs)
    if scores.shape[-1] == 1:
        return _own("reranker", name, parts, tokenisation=recipe, tensors={"text": scores.name})
    raise ModelUnrecognised("Its output is neither token states nor one score.")


def _flat_output(outputs: tuple[TensorShape, ...]) -> TensorShape:
    """The output [n, d]; one whose name speaks of an embedding before any other."""
    flat = [item for item in outputs if len(item.shape) == 2 and item.shape[-1]]
    if not flat:
        raise ModelUnrecognised("It has no output of one vector for each input.")
    named = [item for item in flat if "embed" in item.name or "pool" in item.name]
    return (named or flat)[0]


def _vocabulary(path: Path) -> tuple[int, int]:
    """How many tokens there are, and the id that pads."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as problem:  # The library raises plain Exception.
        raise ModelUnrecognised(f"{path.name} is not a tokenizer: {problem}.") from problem
    for token in ("[PAD]", "<pad>", "<|endoftext|>"):
        if (number := tokenizer.token_to_id(token)) is not None:
            return tokenizer.get_vocab_size(), number
    return tokenizer.get_vocab_size(), 0


def _own(
    kind: ModelKind,
    name: str,
    parts: dict[str, dict[str, Path]],
    *,
    dimension: int | None = None,
    picture: Picture | None = None,
    tokenisation: Tokenisation | None = None,
    pooling: Pooling = "given",
    tensors: dict[str, str] | None = None,
) -> Recognised:
    """An entry for files that no catalogue knows."""
    files, sources = [], {}
    for role, found in parts.items():
        for digest, path in found.items():
            stored = f"{role}{path.suffix.lower()}"
            files.append(ModelFile(role, stored, digest, path.stat().st_size))
            sources[stored] = path
    slug = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.") or "model"
    # The fingerprint keeps two models of one name apart, and their vectors.
    identity = f"own-{slug}-{files[0].sha256[:8]}"
    entry = ModelEntry(
        id=identity,
        title=f"{name} (your own)",
        kind=kind,
        good_for="A model of your own.",
        revision=files[0].sha256,
        precision="own",
        files=tuple(files),
        licence=OWN_LICENCE,
        family=identity,
        warnings=(OWN_WARNING,),
        dimension=dimension,
        picture=picture,
        tokenisation=tokenisation,
        pooling=pooling,
        tensors=tensors or {},
        batch=1,
    )
    return Recognised(entry, sources)
