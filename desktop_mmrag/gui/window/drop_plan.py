"""Decides what a drop will do, file by file, before anything is done: watch, index, add, search by, install, refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Medium
from desktop_mmrag.errors import FileFailure
from desktop_mmrag.extract.kinds import medium_of, sniff
from desktop_mmrag.gui.look.core_words import hint_of, message_of
from desktop_mmrag.gui.look.told import sentences

translate = QCoreApplication.translate
MODEL_SUFFIXES = frozenset({".gguf", ".onnx"})
# What belongs to a model when it comes with its weights: tokenizer.json, a projection.
_MODEL_PARTS = frozenset({".json", ".safetensors"})
# A person who drops a thousand files wants the folder; the first few tell what they are.
_LOOKED_INTO = 200


class Act(Enum):
    """What is done with one dropped thing."""

    WATCH = "watch"
    """A folder is watched from now on."""
    INDEX = "index"
    """It lies in a watched folder already: it is brought up to date."""
    ADD = "add"
    """A file outside of all watched folders."""
    QUERY = "query"
    """A file to search by."""
    INSTALL = "install"
    """A model's file."""
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Planned:
    """One dropped thing; `why` says in a sentence why it is refused."""

    path: Path
    act: Act
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a drop will do."""

    things: tuple[Planned, ...]

    def of(self, act: Act) -> tuple[Path, ...]:
        """The paths this is done with."""
        return tuple(thing.path for thing in self.things if thing.act is act)

    @property
    def refused(self) -> tuple[Planned, ...]:
        """What cannot be taken, with the reasons."""
        return tuple(thing for thing in self.things if thing.act is Act.REFUSE)


def can_be_searched_by(path: Path) -> bool:
    """Whether this is a file of a kind that the box takes as an example."""
    return medium_of(path) is not None and path.is_file()


def a_picture() -> Plan:
    """The pixels of a picture, dragged over the box from another program."""
    return Plan((Planned(Path(translate("Drop", "this picture")), Act.QUERY),))


def not_a_file() -> Plan:
    """What is dragged lies in another program or on the internet."""
    why = translate(
        "Drop",
        "Only files and folders of this computer can be added. "
        "A picture from another program can be dropped on the box, to search by it.",
    )
    return Plan((Planned(Path(), Act.REFUSE, why),))


def plan_drop(application: Application, paths: Sequence[Path], on_box: bool = False) -> Plan:
    """Looks at the dropped paths; reads the disk. `on_box`: files become queries.

    As on the box itself, that holds when all of them can be searched by.
    """
    if not paths:
        return not_a_file()
    on_box = on_box and all(map(can_be_searched_by, paths))
    looked_into = paths[:_LOOKED_INTO]
    weights = any(path.suffix.lower() in MODEL_SUFFIXES for path in looked_into)
    return Plan(
        tuple(
            Planned(path, Act.INSTALL)
            if weights and path.suffix.lower() in _MODEL_PARTS and path.is_file()
            else _planned(application, path, on_box)
            for path in looked_into
        )
    )


def _planned(application: Application, path: Path, on_box: bool) -> Planned:
    if not path.exists():
        why = translate("Drop", "{0} cannot be reached.").format(path.name or path)
        return Planned(path, Act.REFUSE, why)
    if path.is_dir():
        return _planned_folder(application, path)
    if path.suffix.lower() in MODEL_SUFFIXES:
        return Planned(path, Act.INSTALL)
    if on_box:
        return Planned(path, Act.QUERY)
    return _planned_file(application, path)


def _planned_folder(application: Application, path: Path) -> Planned:
    if application.watches(path):
        return Planned(path, Act.INDEX)
    library = application.folder.resolve()
    if path.resolve().is_relative_to(library):
        why = translate("Drop", "This folder belongs to the library itself.")
        return Planned(path, Act.REFUSE, why)
    if _holds_a_model(path):
        return Planned(path, Act.INSTALL)
    return Planned(path, Act.WATCH)


def _holds_a_model(folder: Path) -> bool:
    """A folder that is nothing but a model: weights with their texts, and no folders."""
    try:
        inside = [item for item in folder.iterdir() if not item.name.startswith(".")]
    except OSError:
        return False
    weights = any(item.suffix.lower() in MODEL_SUFFIXES for item in inside)
    return weights and not any(item.is_dir() or medium_of(item) is Medium.PHOTO for item in inside)


def _planned_file(application: Application, path: Path) -> Planned:
    try:
        sniff(path)
    except FileFailure as problem:
        return Planned(path, Act.REFUSE, sentences(message_of(problem), hint_of(problem)))
    return Planned(path, Act.INDEX if application.watches(path) else Act.ADD)
