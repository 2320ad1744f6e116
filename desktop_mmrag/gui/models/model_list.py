"""What the Models page knows: each model with how it stands on this computer, grouped by what it is for."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from desktop_mmrag.application import Application
from desktop_mmrag.gui.models.starters import starters
from desktop_mmrag.models.catalogue import ModelEntry, ModelKind
from desktop_mmrag.models.speed import Speed, remembered
from desktop_mmrag.settings import Settings

PURPOSES: tuple[tuple[ModelKind, ...], ...] = (
    ("vision",),
    ("image-text", "text-tower"),
    ("text",),
    ("speech",),
    ("audio-text",),
    ("reranker",),
)
"""Kinds that serve one purpose, in the order of the page."""

# An answering model lies in memory as a whole; the context, the pictures and the system need more.
_MEMORY_FACTOR, _MEMORY_REST = 1.2, 2 << 30
_DISK_REST = 64 << 20


@dataclass(frozen=True, slots=True)
class Computer:
    """What limits the choice. Bytes."""

    memory: int
    free_disk: int


@dataclass(frozen=True, slots=True)
class ModelNow:
    """A model and how it stands."""

    entry: ModelEntry
    installed: bool
    in_use: bool
    unfinished: int = 0
    """Bytes that a stopped download left."""
    speed: Speed | None = None
    recommended: bool = False
    too_large: bool = False
    """Needs more memory than this computer has."""


@dataclass(frozen=True, slots=True)
class AllModels:
    """All models there are, and the computer they are for."""

    models: tuple[ModelNow, ...]
    computer: Computer

    def serving(self, kinds: Sequence[ModelKind]) -> list[ModelNow]:
        """Those for a purpose: in use, installed, recommended, then the rest in its own order."""
        return sorted(
            (model for model in self.models if model.entry.kind in kinds),
            # The catalogue's order, the best first, decides between equals.
            key=lambda m: (
                not m.in_use,
                not m.installed,
                not m.unfinished,
                not m.recommended,
                m.too_large,
            ),
        )


def read_models(application: Application) -> AllModels:
    """Reads the disk; not for the Qt thread."""
    folder = application.model_folder
    known = application.known_models()
    speeds = remembered(folder.folder)
    computer = Computer(psutil.virtual_memory().total, free_disk(folder.folder))
    wanted = {entry.id for entry in starters(known)}
    return AllModels(
        tuple(
            ModelNow(
                entry,
                installed := folder.is_installed(entry.id),
                installed and application.in_use(entry),
                0 if installed else folder.unfinished(entry.id),
                speeds.get(entry.id),
                entry.id in wanted and not installed,
                too_large(entry, computer),
            )
            for entry in known
        ),
        computer,
    )


def too_large(entry: ModelEntry, computer: Computer) -> bool:
    """Whether an answering model needs more memory than there is."""
    needed = (entry.size or 0) * _MEMORY_FACTOR + _MEMORY_REST
    return entry.kind == "vision" and needed > computer.memory


def fits_disk(model: ModelNow, computer: Computer) -> bool:
    """Whether what is still to come has room."""
    left = (model.entry.size or 0) - model.unfinished
    return max(0, left) + _DISK_REST <= computer.free_disk


def free_disk(folder: Path) -> int:
    """Bytes that are free where a folder lies or would lie."""
    place = next(one for one in (folder, *folder.parents) if one.exists())
    return shutil.disk_usage(place).free


def hosts(entry: ModelEntry) -> list[str]:
    """The servers that its files come from."""
    found = {urlsplit(file.url).hostname or "" for file in entry.files if file.url}
    return sorted(found - {""})


def without_model(settings: Settings, model_id: str) -> Settings:
    """Settings that name this model no more."""
    changes = {
        item.name: item.default
        for item in dataclasses.fields(settings)
        if item.metadata.get("models") and getattr(settings, item.name) == model_id
    }
    return settings.replace(**changes)
