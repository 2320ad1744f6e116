"""The models that can be had: ids, files with their fingerprints, licences, and how each is fed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from desktop_mmrag.domain import PictureInput, Space
from desktop_mmrag.errors import ModelUnknown

ModelKind = Literal[
    "image-text", "text", "text-tower", "reranker", "vision", "speech", "audio-text"
]

USED_KINDS: frozenset[ModelKind] = frozenset(
    {"image-text", "text", "text-tower", "reranker", "vision", "speech", "audio-text"}
)
"""Kinds that a part of the program runs. Others are known, so that their files are recognised."""

Pooling = Literal["given", "mean", "cls"]
"""How token states become one vector: the model gives it, masked mean, or the first token."""

_FILE = Path(__file__).with_name("catalogue.json")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model. `role` is what it is for: image, text, tokenizer, model, mmproj ..."""

    role: str
    name: str
    sha256: str
    bytes: int | None = None
    """None where only the fingerprint is published."""
    url: str | None = None
    """At a fixed revision; None for bundled and imported files."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms the weights may be used. `spdx` is an SPDX licence expression."""

    spdx: str
    note: str = ""
    commercial: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels to tensor: size and crop, then (value / 255 - mean) / std for each channel."""

    input: PictureInput
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Tokenisation:
    """Text to token ids, as in training. Prefixes are put before questions and passages."""

    max_tokens: int
    pad_to: int | None = None
    """A fixed length; None pads to the longest of a batch."""
    pad_id: int = 0
    lowercase: bool = False
    strip_punctuation: bool = False
    query_prefix: str = ""
    passage_prefix: str = ""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """Everything that is known of a model before it is opened."""

    id: str
    title: str
    kind: ModelKind
    good_for: str
    revision: str
    precision: str
    files: tuple[ModelFile, ...]
    licence: Licence
    family: str
    """Models of one family differ in precision only."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, or "multilingual"."""
    warnings: tuple[str, ...] = ()
    dimension: int | None = None
    picture: Picture | None = None
    tokenisation: Tokenisation | None = None
    pooling: Pooling = "given"
    tensors: Mapping[str, str] = field(default_factory=dict)
    """The name of the output to read, by role."""
    strong_from: float = 4.0
    """For pictures: how many deviations above the background a match is as likely wanted as not.

    4 is chosen, not measured: with CLIP, unrelated pictures lie near 0.18 with a deviation of
    0.025 and pictures of what was asked for at 0.28 and more.
    """
    batch: int = 8
    """1 where 8-bit activations are scaled by batch: a vector must not depend on its neighbours."""
    bundled: bool = False
    text_tower: str | None = None
    """The id of the text model that serves as the text side."""
    package: str | None = None
    """The Python package that the weights come inside of; such an entry has no files of its own."""
    speaks_into: str | None = None
    """For a text tower: the family of image-text models whose space it speaks into."""

    @property
    def size(self) -> int | None:
        """Bytes of all files; None when one is not known."""
        sizes = [file.bytes for file in self.files]
        return sum(size for size in sizes if size is not None) if None not in sizes else None

    def makes(self, space: Space) -> bool:
        """Whether its vectors lie in this space; models of one family differ in precision only."""
        own = (self.kind, self.family, self.revision, self.precision)
        return own == (space.kind, space.model, space.revision, space.precision)

    @property
    def offered(self) -> bool:
        """Whether the program has a use for it."""
        return self.kind in USED_KINDS

    def file(self, role: str) -> ModelFile | None:
        """The file of that role, or None."""
        return next((file for file in self.files if file.role == role), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries, the best of each kind first."""

    entries: tuple[ModelEntry, ...]

    @classmethod
    def load(cls, file: Path = _FILE) -> Catalogue:
        """The catalogue that comes with the program."""
        stored = json.loads(file.read_text(encoding="utf-8"))
        return cls(tuple(entry_from_json(item) for item in stored["models"]))

    def __iter__(self) -> Iterator[ModelEntry]:
        return iter(self.entries)

    def get(self, model_id: str) -> ModelEntry:
        """Raises ModelUnknown when no entry has this id."""
        for entry in self.entries:
            if entry.id == model_id:
                return entry
        raise ModelUnknown(f"No model is called {model_id}.")

    def of_kind(self, kind: ModelKind) -> tuple[ModelEntry, ...]:
        """The entries of one kind, the best first."""
        return tuple(entry for entry in self.entries if entry.kind == kind)


def entry_from_json(data: Mapping[str, Any]) -> ModelEntry:
    """One entry. Raises TypeError or KeyError when a field is missing or unknown."""
    picture, tokenisation = data["picture"], data["tokenisation"]
    return ModelEntry(
        **{
            **data,
            "files": tuple(ModelFile(**file) for file in data["files"]),
            "licence": Licence(**data["licence"]),
            "languages": tuple(data["languages"]),
            "warnings": tuple(data["warnings"]),
            "picture": _picture(picture) if picture else None,
            "tokenisation": Tokenisation(**tokenisation) if tokenisation else None,
        }
    )


def entry_to_json(entry: ModelEntry) -> dict[str, Any]:
    """The inverse of `entry_from_json`."""
    data = asdict(entry)
    if entry.picture:
        data["picture"] = {
            **asdict(entry.picture.input),
            "mean": entry.picture.mean,
            "std": entry.picture.std,
        }
    return data


def _picture(data: Mapping[str, Any]) -> Picture:
    return Picture(
        PictureInput(data["size"], data["resize"]), tuple(data["mean"]), tuple(data["std"])
    )
