"""What the thousand classes of the starter's first network mean, as vectors of the sentence encoder."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Matrix]
"""Texts to unit vectors float32 [n, 384]."""

CONTEXT = Path(__file__).with_name("starter_context.txt")


def class_vectors(embed: Embed) -> Matrix:
    """float32 [1000, 384]: name, name in a caption and definition, half of it what is around it."""
    names, definitions = class_names(), class_definitions()
    plain = (
        embed(names)
        + embed([f"a photo of a {name}" for name in names])
        + embed([f"{name}, {said}" for name, said in zip(names, definitions, strict=True)])
    ) / 3
    context = read_context(CONTEXT)
    for at, name in enumerate(names):
        if name in context:
            plain[at] = (plain[at] + embed(context[name]).mean(axis=0)) / 2
    return plain


def class_names() -> list[str]:
    """The readable names that CLIP's authors gave the classes, as the package `open_clip_torch` has them."""
    tree = ast.parse(_inside("open_clip", "zero_shot_metadata.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and getattr(node.targets[0], "id", "") == "IMAGENET_CLASSNAMES"
        ):
            return list(ast.literal_eval(node.value))
    raise LookupError("open_clip_torch no longer names the classes in zero_shot_metadata.py")


def class_definitions() -> list[str]:
    """WordNet's definitions in the classes' order, as the package `timm` has them."""
    order = _inside("timm", "data/_info/imagenet_synsets.txt").read_text().split()
    lines = _inside("timm", "data/_info/imagenet_synset_to_definition.txt").read_text()
    said = dict(line.split("\t")[:2] for line in lines.splitlines())
    return [said[synset] for synset in order]


def read_context(file: Path) -> dict[str, list[str]]:
    """Captions by class name."""
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): [part.strip() for part in said.split("|")] for name, said in pairs}


def _inside(package: str, file: str) -> Path:
    # Found without importing it: both packages would load PyTorch's picture library.
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise LookupError(f"pip install {package.replace('open_clip', 'open_clip_torch')} first")
    return Path(found.submodule_search_locations[0]) / file
