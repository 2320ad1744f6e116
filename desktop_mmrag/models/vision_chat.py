"""Vision models of llama.cpp as the program sees them: answers streamed out of a process of their own."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_mmrag.domain import ChatTurn, Pixels
from desktop_mmrag.errors import VisionModelDied, VisionModelUnavailable
from desktop_mmrag.models.vision_child import ModelProcess
from desktop_mmrag.models.vision_pipe import Message
from desktop_mmrag.models.vision_process import ModelPlace


class LlamaVisionChat:
    """Implements `domain.VisionChat`. Loads at first use; one answer at a time.

    Safe to use from several threads: they take turns. `unload` never waits.
    """

    def __init__(
        self,
        model_id: str,
        model_path: Path,
        mmproj_path: Path | None,
        context_tokens: int,
        threads: int,
        idle_seconds: float,
    ) -> None:
        """`context_tokens` is the most wanted; a model trained on fewer gives fewer."""
        self._model_id = model_id
        self._model_path = model_path
        self._mmproj_path = mmproj_path
        self._wanted_context = context_tokens
        self._threads = threads
        self._idle_seconds = idle_seconds
        self._turn = threading.Lock()
        self._owner: int | None = None
        self._process: ModelProcess | None = None

    @property
    def model_id(self) -> str:
        """Its id in the catalogue."""
        return self._model_id

    @property
    def context_tokens(self) -> int:
        """Tokens of prompt and answer together. Loads the model, which alone knows."""
        return int(self._ready()["context"])

    def picture_tokens(self) -> int:
        """How much of the context one picture takes, at most; 0 when it reads words only."""
        return int(self._ready()["picture_tokens"])

    @property
    def loaded(self) -> bool:
        """Whether it holds memory now."""
        return self._process is not None and self._process.alive()

    def count_tokens(self, text: str) -> int:
        """Tokens of `text` within a turn. Raises VisionModelUnavailable, VisionModelDied."""
        with self._exclusive():
            for message in self._exchange({"do": "count", "text": text}, ()):
                if message["kind"] == "done":
                    return int(message["count"])
        raise VisionModelDied("It was unloaded before it had answered.")

    def stream(self, turns: Sequence[ChatTurn], max_tokens: int) -> Iterator[str]:
        """Pieces of the answer as they are made; closing the iterator stops the model.

        Until the first words come, and whenever they are slow, an empty piece arrives ten
        times a second, so that whoever reads can stop. Raises VisionModelUnavailable,
        VisionModelDied and PromptTooLong.
        """
        with self._exclusive():
            order, pictures = _order(turns, max_tokens)
            for message in self._exchange(order, pictures):
                yield message["text"] if message["kind"] == "piece" else ""

    def unload(self) -> None:
        """Ends its process, which gives all its memory back; an answer under way ends too."""
        if (process := self._process) is not None:
            process.end()

    # --- one order at a time ----------------------------------------------------------

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        if self._owner == threading.get_ident():
            raise RuntimeError("Close the answer under way before the next request.")
        with self._turn:
            self._owner = threading.get_ident()
            try:
                yield
            finally:
                self._owner = None

    def _ready(self) -> Message:
        if (process := self._process) is not None and process.ready is not None:
            return process.ready
        with self._exclusive():
            process = self._running()
            for _beat in process.load():
                pass
        if process.ready is None:
            raise VisionModelUnavailable("It was unloaded while it was being loaded.")
        return process.ready

    def _exchange(self, order: Message, pictures: Sequence[Pixels]) -> Iterator[Message]:
        """The messages that answer `order`, with beats between; starts the process if need be."""
        answered = False
        while not answered:
            process = self._running()
            yield from process.load()
            # Not answered: it had gone idle just as the order was sent.
            answered = yield from process.ask(order, pictures)

    def _running(self) -> ModelProcess:
        if self._process is None or not self._process.alive():
            self._check_files()
            self._process = ModelProcess(self._model_id, self._place())
        return self._process

    def _check_files(self) -> None:
        for path in filter(None, (self._model_path, self._mmproj_path)):
            if not path.is_file():
                raise VisionModelUnavailable(f"{self._model_id}: {path} is not there.")

    def _place(self) -> ModelPlace:
        with tempfile.NamedTemporaryFile(prefix="desktop-mmrag-vision-", delete=False) as f:
            crash_log = Path(f.name)
        return ModelPlace(
            self._model_path,
            self._mmproj_path,
            self._wanted_context,
            self._threads,
            self._idle_seconds,
            crash_log,
        )


def _order(turns: Sequence[ChatTurn], max_tokens: int) -> tuple[Message, list[Pixels]]:
    pictures: list[Pixels] = []
    told = []
    for turn in turns:
        numbers = list(range(len(pictures), len(pictures) + len(turn.pictures)))
        told.append({"speaker": turn.speaker, "text": turn.text, "pictures": numbers})
        pictures += turn.pictures
    return {"do": "answer", "turns": told, "max_tokens": max_tokens}, pictures
