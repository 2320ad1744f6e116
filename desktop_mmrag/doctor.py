"""Tries every part on this computer and says what helps for each that fails."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path
from time import perf_counter
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag import bundled, golden
from desktop_mmrag.application import Application
from desktop_mmrag.domain import SAMPLE_RATE, ChatTurn, ExtractRequest, PictureInput, VisionChat
from desktop_mmrag.errors import KnownError
from desktop_mmrag.library.database import try_engine
from desktop_mmrag.models import vision_engine
from desktop_mmrag.models.vision_chat import LlamaVisionChat
from desktop_mmrag.settings import default_folder

State = Literal["works", "missing", "broken"]
_ENOUGH_DISK = 1_000_000_000
_VISION = "Answers by a vision model"
_ENGINE = "Answering engine"
_SPEECH = "Speech in recordings"
_SELFTEST_WORD, _SELFTEST_SIDE, _SELFTEST_CONTEXT = "BOAT", 64, 2048
_VISION_TOKENS = 16
_VISION_SIDE = 512


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
    for name, check in _BEFORE.items():
        yield _tried(name, check, folder or default_folder())
    opened: list[Application] = []
    opening = _tried("Library", lambda place: _opened(place, opened), folder)
    if not opened:
        yield opening
        return
    (application,) = opened
    try:
        for name, examined in _CHECKS.items():
            yield _tried(name, examined, application)
    finally:
        # What cannot even be closed was reported by its own check.
        with suppress(Exception):
            application.close()


def _opened(folder: Path | None, opened: list[Application]) -> Check:
    opened.append(Application(folder))
    return Check("Library", "works", "It can be opened.")


_On = TypeVar("_On")


def _tried(name: str, check: Callable[[_On], Check], on: _On) -> Check:
    try:
        return check(on)
    except KnownError as problem:
        return Check(name, "broken", f"{problem.title}: {problem.message}", problem.hint)
    except Exception as problem:  # a part may fail in any way; the next ones are still tried
        return Check(name, "broken", f"{type(problem).__name__}: {problem}", _REINSTALL)


_ANOTHER_MODEL = "Choose another model: `desktop-mmrag models list` shows what there is."
_REINSTALL = "Install the program again; if that does not help, report this line."


def _python(_: Path) -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", "works", f"{version} on {sys.platform}")


def _disk(folder: Path) -> Check:
    full = folder.expanduser().absolute()
    place = next(parent for parent in (full, *full.parents) if parent.exists())
    free = shutil.disk_usage(place).free
    detail = f"{free / 1e9:.1f} GB free where the library lies"
    if free < _ENOUGH_DISK:
        return Check("Disk", "broken", detail, "Free some space; indexing pauses on a full disk.")
    return Check("Disk", "works", detail)


def _window(_: Path) -> Check:
    if util.find_spec("PySide6") is None:
        return Check("Window", "broken", "PySide6 is not installed.", _REINSTALL)
    return Check("Window", "works", f"PySide6 {metadata.version('PySide6')}")


def _database(_: Path) -> Check:
    sqlite, vectors = try_engine()
    return Check("Database", "works", f"SQLite {sqlite} with sqlite-vec {vectors}")


def _library(application: Application) -> Check:
    problems = application.library.database.check()
    if problems:
        hint = "Close the program, move the library away and run `desktop-mmrag index`."
        return Check("Library", "broken", problems[0], hint)
    status = application.status()
    return Check(
        "Library", "works", f"{sum(status.media.values())} contents in {application.folder}"
    )


def _models(application: Application) -> Check:
    """Their files are read again only where size or times changed since they were last read."""
    folder = application.model_folder
    installed = folder.installed()
    for entry in installed:
        for file in entry.files:
            folder.path(entry, file.role)
    names = ", ".join(entry.id for entry in installed)
    return Check("Models", "works", f"{names}: every file is what it should be")


def _text(application: Application) -> Check:
    """Every installed encoder of passages, by golden pairs."""
    folder, models, said = application.model_folder, application.models, {}
    for entry in folder.installed():
        if entry.kind == "text":
            encoder = models.named_text(entry)
            said[entry.id] = golden.try_text(encoder, folder.home(entry))
    return _judged("Text search", said)


def _image_text(application: Application) -> Check:
    """Every installed encoder of pictures, by golden pairs."""
    folder, models, said = application.model_folder, application.models, {}
    for entry in folder.installed():
        if entry.kind == "image-text":
            encoder = models.named_image_text(entry)
            pixels = golden_pictures(application, encoder.picture_input)
            said[entry.id] = golden.try_pictures(encoder, pixels, folder.home(entry))
    if application.models.image_text() is None:
        return Check(
            "Picture search",
            "missing",
            "Picture search is switched off; pictures are found by their words.",
            "`desktop-mmrag models list` shows the models for pictures.",
        )
    return _judged("Picture search", said)


def golden_pictures(application: Application, wanted: PictureInput) -> NDArray[np.uint8]:
    """The pictures of the golden pairs as an encoder wants them: uint8 [n, size, size, 3]."""
    sample = bundled.resources() / "sample" / "library" / "pictures"
    prepared = application.extractors.prepared
    return np.stack([prepared(sample / name, wanted) for _, name in golden.PICTURES])


def _judged(name: str, said: Mapping[str, golden.Verdict]) -> Check:
    detail = "; ".join(f"{model}: {verdict}" for model, verdict in said.items())
    unsound = [model for model, verdict in said.items() if not verdict.sound]
    if unsound:
        hint = f"{unsound[0]} is not itself: remove it and install it again."
        return Check(name, "broken", detail, hint)
    return Check(name, "works", detail)


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


def _speech(application: Application) -> Check:
    model = application.models.speech()
    if model is None:
        return Check(_SPEECH, "missing", "It is switched off in the settings.")
    started = perf_counter()
    # Silence goes the whole way through a model and its process.
    list(model.transcribe(np.zeros(SAMPLE_RATE, np.float32)))
    seconds = perf_counter() - started
    return Check(_SPEECH, "works", f"{model.model_id} heard a second of silence in {seconds:.1f} s")


def _engine(application: Application) -> Check:
    """The whole road of an answer but its quality: pixels, llama.cpp, its process, words back."""
    if lacking := vision_engine.missing():
        quoted = f"{lacking.message} Answers are quoted from your files."
        return Check(_ENGINE, "missing", quoted, lacking.hint)
    folder = bundled.models() / "selftest-vision"
    pixels = application.extractors.picture(folder / "word.png", _SELFTEST_SIDE)
    chat = LlamaVisionChat(
        "selftest-vision",
        folder / "selftest-vision.gguf",
        folder / "mmproj-selftest-vision.gguf",
        context_tokens=_SELFTEST_CONTEXT,
        threads=application.settings.core_count(),
        idle_seconds=application.settings.vision_idle_seconds,
    )
    started = perf_counter()
    try:
        turn = ChatTurn("user", "What word is printed?", (pixels,))
        said = "".join(chat.stream([turn], _VISION_TOKENS)).strip()
    finally:
        chat.unload()
    if said != _SELFTEST_WORD:
        return Check(
            _ENGINE, "broken", f"read {said!r} where {_SELFTEST_WORD} is drawn", _REINSTALL
        )
    seconds = perf_counter() - started
    return Check(_ENGINE, "works", f"the self-test model read a drawn word in {seconds:.1f} s")


def _vision(application: Application) -> Check:
    vision = application.models.vision()
    if vision is not None:
        return _answered(application, vision)
    reason = application.models.why_no_vision() or "No vision model is installed."
    return Check(
        _VISION,
        "missing",
        f"{reason} Answers are quoted from your files.",
        "`desktop-mmrag models list` shows the vision models and their sizes.",
    )


def _answered(application: Application, vision: VisionChat) -> Check:
    """Asks about the sample picture. How fast it is decides which model a person wants."""
    pixels = application.extractors.picture(_sample_picture(), _VISION_SIDE)
    sees = bool(vision.picture_tokens())
    turn = ChatTurn("user", "What is in this picture?", (pixels,) if sees else ())
    started = perf_counter()
    arrived = []
    # Closing stops the model, whatever happens here.
    with closing(_stream(vision, turn)) as stream:
        for piece in stream:
            if piece:
                arrived.append((perf_counter() - started, piece))
    if not arrived:
        return Check(_VISION, "broken", f"{vision.model_id} wrote nothing.", _ANOTHER_MODEL)
    first, last = arrived[0][0], arrived[-1][0]
    # What is not yet a whole character waits for the next token, so pieces are counted anew.
    count = max(len(arrived), vision.count_tokens("".join(piece for _, piece in arrived)))
    speed = f", then {(count - 1) / (last - first):.1f} tokens a second" if last > first else ""
    blind = "" if sees else "; it reads words only, no pictures"
    return Check(
        _VISION, "works", f"{vision.model_id}: {first:.1f} s to the first token{speed}{blind}"
    )


def _stream(vision: VisionChat, turn: ChatTurn) -> Generator[str, None, None]:
    yield from vision.stream([turn], _VISION_TOKENS)


def _sample_picture() -> Path:
    return bundled.resources() / "sample" / "library" / "pictures" / "red-bicycle.jpg"


_BEFORE: dict[str, Callable[[Path], Check]] = {
    "Python": _python,
    "Disk": _disk,
    "Window": _window,
    "Database": _database,
}
_CHECKS: dict[str, Callable[[Application], Check]] = {
    "Library": _library,
    "Models": _models,
    "Text search": _text,
    "Reading files": _extraction,
    "Text in pictures": _reading,
    _SPEECH: _speech,
    "Picture search": _image_text,
    _ENGINE: _engine,
    _VISION: _vision,
}
