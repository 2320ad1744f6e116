"""How fast a model is on this computer: measured when the person asks, and kept beside the models."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Literal

import numpy as np

from desktop_mmrag.domain import ChatTurn, Pixels, VisionChat
from desktop_mmrag.errors import ModelUnknown, VisionModelUnavailable
from desktop_mmrag.models.catalogue import ModelEntry, ModelKind
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.loaded import Models
from desktop_mmrag.settings import Settings

_FILE = "speeds.json"
_SECONDS = 2.0
_BATCH = 8
_TOKENS = 48
# About 80 words, as long as a usual passage of a note.
_PASSAGE = (
    "The plumber came on Tuesday and said that the old boiler would not last the winter. " * 5
)
_QUESTION = "What did the plumber say about the boiler?"


@dataclass(frozen=True, slots=True)
class Speed:
    """So many of `unit` a second; for an answering model also the seconds until its first word."""

    unit: Literal["pictures", "passages", "tokens"]
    per_second: float
    first_s: float | None = None


def measure(
    folder: ModelFolder, settings: Settings, entry: ModelEntry, picture: Callable[[], Pixels]
) -> Iterator[Speed]:
    """Loads an installed model and runs it for seconds; yields the speed so far, the last is right.

    `picture` gives what an answering model is to look at. Raises ModelUnknown for a kind that
    is not measured, and what loading raises.
    """
    measured = _MEASURED.get(entry.kind)
    if measured is None:
        raise ModelUnknown(f"{entry.title} is no model whose speed is measured.")
    speed = None
    for speed in measured(folder, settings, entry, picture):
        yield speed
    if speed:
        _remember(folder.folder, entry, speed)


def measurable(kind: ModelKind) -> bool:
    """Whether `measure` knows how."""
    return kind in _MEASURED


def remembered(folder: Path) -> dict[str, Speed]:
    """Speeds by model id, as last measured on this computer."""
    try:
        stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return {model_id: Speed(**speed) for model_id, speed in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(folder: Path, entry: ModelEntry, speed: Speed) -> None:
    speeds = {**remembered(folder), entry.id: speed}
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{_FILE}.new"
    fresh.write_text(json.dumps({id: asdict(one) for id, one in speeds.items()}), encoding="utf-8")
    fresh.replace(folder / _FILE)


# --- by kind --------------------------------------------------------------------------


def _image_text(
    folder: ModelFolder, settings: Settings, entry: ModelEntry, picture: Callable[[], Pixels]
) -> Iterator[Speed]:
    encoder = Models(folder, settings.replace(image_text_model=entry.id)).image_text()
    if encoder is None:
        return
    side = encoder.picture_input.size
    pixels = np.random.default_rng(0).integers(0, 256, (_BATCH, side, side, 3), np.uint8)
    yield from _rates("pictures", lambda: encoder.embed_pictures(pixels))


def _text(
    folder: ModelFolder, settings: Settings, entry: ModelEntry, picture: Callable[[], Pixels]
) -> Iterator[Speed]:
    encoder = Models(folder, settings.replace(text_model=entry.id)).text()
    yield from _rates("passages", lambda: encoder.embed_passages([_PASSAGE] * _BATCH))


def _reranker(
    folder: ModelFolder, settings: Settings, entry: ModelEntry, picture: Callable[[], Pixels]
) -> Iterator[Speed]:
    reranker = Models(folder, settings.replace(reranker=entry.id)).reranker()
    if reranker is not None:
        yield from _rates("passages", lambda: reranker.score(_QUESTION, [_PASSAGE] * _BATCH))


def _rates(
    unit: Literal["pictures", "passages"], run_batch: Callable[[], object]
) -> Iterator[Speed]:
    run_batch()  # The first run also loads and plans.
    began, done = perf_counter(), 0
    while (seconds := perf_counter() - began) < _SECONDS or not done:
        if done:
            yield Speed(unit, done / seconds)
        run_batch()
        done += _BATCH
    yield Speed(unit, done / seconds)


def _vision(
    folder: ModelFolder, settings: Settings, entry: ModelEntry, picture: Callable[[], Pixels]
) -> Iterator[Speed]:
    models = Models(folder, settings.replace(vision_model=entry.id))
    vision = models.vision()
    if vision is None:
        raise VisionModelUnavailable(models.why_no_vision() or f"{entry.title} cannot be loaded.")
    try:
        yield from _answering(vision, picture)
    finally:
        models.close()


def _answering(vision: VisionChat, picture: Callable[[], Pixels]) -> Iterator[Speed]:
    sees = bool(vision.picture_tokens())
    turn = ChatTurn("user", "What is in this picture? Describe it.", (picture(),) if sees else ())
    began = perf_counter()
    arrived: list[tuple[float, str]] = []
    # Closing stops the model, whatever happens here.
    with closing(_stream(vision, turn)) as stream:
        for piece in stream:
            if piece:
                arrived.append((perf_counter() - began, piece))
                yield _tokens(arrived, len(arrived))
    if not arrived:
        raise VisionModelUnavailable(f"{vision.model_id} wrote nothing.")
    # What is not yet a whole character waits for the next token, so pieces are counted anew.
    yield _tokens(arrived, vision.count_tokens("".join(piece for _, piece in arrived)))


def _stream(vision: VisionChat, turn: ChatTurn) -> Generator[str, None, None]:
    yield from vision.stream([turn], _TOKENS)


def _tokens(arrived: list[tuple[float, str]], count: int) -> Speed:
    first, last = arrived[0][0], arrived[-1][0]
    rate = (max(count, len(arrived)) - 1) / (last - first) if last > first else 0.0
    return Speed("tokens", rate, first)


_MEASURED: dict[
    ModelKind,
    Callable[[ModelFolder, Settings, ModelEntry, Callable[[], Pixels]], Iterator[Speed]],
] = {"image-text": _image_text, "text": _text, "reranker": _reranker, "vision": _vision}
