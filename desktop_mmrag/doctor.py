"""Tries every part on this computer and says what helps for each that fails."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any, Literal

from desktop_mmrag import bundled
from desktop_mmrag.application import Application, default_folder
from desktop_mmrag.domain import ExtractRequest
from desktop_mmrag.errors import KnownError

State = Literal["works", "missing", "broken"]
_ENOUGH_DISK = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One part, how it stands, and what helps. "missing" is a part that need not be there."""

    name: str
    state: State
    detail: str
    hint: str = ""

    def line(self) -> str:
        """One line for people, and the hint below it."""
        mark = {"works": "ok", "missing": "--", "broken": "NO"}[self.state]
        return f"{mark}  {self.name}: {self.detail}" + (f"\n      {self.hint}" if self.hint else "")

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)


def examine(folder: Path | None) -> Iterator[Check]:
    """Yields a check as soon as it is made; never raises for a part that fails."""
    yield _python()
    yield _disk(folder or default_folder())
    yield _window()
    try:
        application = Application(folder)
    except KnownError as problem:
        yield Check("Library", "broken", problem.message, problem.hint)
        return
    with application:
        for name, check in _CHECKS.items():
            yield _tried(name, check, application)


def _tried(name: str, check: Callable[[Application], Check], application: Application) -> Check:
    try:
        return check(application)
    except KnownError as problem:
        return Check(name, "broken", f"{problem.title}: {problem.message}", problem.hint)
    except Exception as problem:  # a part may fail in any way; the next ones are still tried
        return Check(name, "broken", f"{type(problem).__name__}: {problem}", _REINSTALL)


_REINSTALL = "Install the program again; if that does not help, report this line."


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", "works", f"{version} on {sys.platform}")


def _disk(folder: Path) -> Check:
    place = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(place).free
    detail = f"{free / 1e9:.1f} GB free where the library lies"
    if free < _ENOUGH_DISK:
        return Check("Disk", "broken", detail, "Free some space; indexing pauses on a full disk.")
    return Check("Disk", "works", detail)


def _window() -> Check:
    if util.find_spec("PySide6") is None:
        return Check("Window", "broken", "PySide6 is not installed.", _REINSTALL)
    return Check("Window", "works", f"PySide6 {metadata.version('PySide6')}")


def _library(application: Application) -> Check:
    problems = application.library.database.check()
    if problems:
        hint = "Close the program, move the library away and run `desktop-mmrag index`."
        return Check("Library", "broken", problems[0], hint)
    status = application.status()
    return Check(
        "Library", "works", f"{sum(status.media.values())} contents in {application.folder}"
    )


def _text(application: Application) -> Check:
    encoder = application.models.text()
    near, far = encoder.embed_passages(
        ["The plumber repaired the boiler.", "Whales are mammals that live in the sea."]
    )
    (question,) = encoder.embed_queries(["Who mended the heating?"])
    detail = f"{encoder.space.model}: {question @ near:.2f} to a sentence like it, {question @ far:.2f} to another"
    if question @ near <= question @ far + 0.1:
        return Check("Text search", "broken", detail, "Remove the model and install it again.")
    return Check("Text search", "works", detail)


def _image_text(application: Application) -> Check:
    encoder = application.models.image_text()
    if encoder is None:
        return Check(
            "Picture search",
            "missing",
            "No model that understands pictures is installed; pictures are found by their words.",
            "`desktop-mmrag models install clip-vit-b32-int8`, or another from `models list`.",
        )
    pixels = application.extractors.prepared(_sample_picture(), encoder.picture_input)
    (picture,) = encoder.embed_pictures(pixels[None])
    right, wrong = encoder.embed_texts(["a red bicycle in the snow", "a bowl of soup"])
    detail = f"{encoder.space.model}: {picture @ right:.2f} to its words, {picture @ wrong:.2f} to others"
    works = picture @ right > picture @ wrong
    return Check("Picture search", "works" if works else "broken", detail)


def _extraction(application: Application) -> Check:
    text = application.models.text()
    request = ExtractRequest(_sample_picture(), None, text.tokenizer_file, text.max_tokens)
    parts = list(application.extractors.understand(request))
    return Check("Reading files", "works", f"in a process of its own, {len(parts)} parts")


def _reading(application: Application) -> Check:
    picture = bundled.resources() / "sample" / "library" / "pictures" / "train-ticket.png"
    words = " ".join(segment.text for segment in application.extractors.read_text(picture))
    if "bergen" not in words.lower():
        return Check("Text in pictures", "broken", f"read {words[:60]!r}", _REINSTALL)
    return Check("Text in pictures", "works", f"read {len(words.split())} words of a ticket")


def _vision(application: Application) -> Check:
    vision = application.models.vision()
    if vision is not None:
        return Check("Answers by a vision model", "works", vision.model_id)
    reason = application.models.why_no_vision() or "No vision model is installed."
    return Check(
        "Answers by a vision model",
        "missing",
        f"{reason} Answers are quoted from your files.",
        "`desktop-mmrag models list` shows the vision models and their sizes.",
    )


def _sample_picture() -> Path:
    return bundled.resources() / "sample" / "library" / "pictures" / "red-bicycle.jpg"


_CHECKS: dict[str, Callable[[Application], Check]] = {
    "Library": _library,
    "Text search": _text,
    "Reading files": _extraction,
    "Text in pictures": _reading,
    "Picture search": _image_text,
    "Answers by a vision model": _vision,
}
