"""Runs extraction in processes that may crash, hang or be killed, at the cost of one file."""

from __future__ import annotations

import queue
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop_mmrag.domain import (
    Box,
    ExtractRequest,
    Fingerprint,
    Part,
    PictureInput,
    Pixels,
    Segment,
    Sound,
)
from desktop_mmrag.extract.isolation.process import ExtractorProcess, Limits, closed

__all__ = ["Extractors", "Limits"]


class Extractors:
    """A few extractor processes, started when first needed.

    Every method may be called from several threads at once and takes one process for itself.
    All raise FileFailure for a file that cannot be read, with DecoderCrashed, DecoderTimedOut
    and DecoderOutOfMemory among them; ExtractorsClosed after `close`; ExtractorUnusable when
    no process can be started on this computer.
    """

    def __init__(self, limits: Limits, count: int) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="desktop-mmrag-"))
        self._free: queue.LifoQueue[ExtractorProcess] = queue.LifoQueue()
        self._spare: queue.LifoQueue[ExtractorProcess] = queue.LifoQueue()
        reading = [ExtractorProcess(limits, self._scratch) for _ in range(max(1, count))]
        # One is kept for the person who waits for a picture while files are being read.
        spare = ExtractorProcess(limits, self._scratch, in_background=False)
        self._all = [*reading, spare]
        self._spare.put(spare)
        for process in reversed(reading):
            self._free.put(process)
        self._closed = False

    def understand(self, request: ExtractRequest) -> Iterator[Part]:
        """First pass: segments as they are found, then one Summary. Reads no text in pictures.

        The process waits while nobody asks for the next part, so memory stays bounded; a part
        not asked for costs no time of the file's limit.
        """
        request = replace(request, path=request.path.absolute())
        with self._one(self._free) as process:
            yield from process.ask("understand", request.path, request=request)

    def read_text(self, path: Path) -> Iterator[Segment]:
        """Second pass: OCR segments of a photo, or of a PDF's pages that have no text."""
        with self._one(self._free) as process:
            yield from process.ask("read_text", path, path=path)

    def listen(self, path: Path, start_s: float = 0.0) -> Iterator[Sound]:
        """Second pass: a recording's sound from a second on, in stretches of at most 30 seconds."""
        with self._one(self._free) as process:
            yield from process.ask("listen", path, path=path, start_s=start_s)

    def words(self, path: Path) -> Iterator[Segment]:
        """SPEECH segments of the words that come with a recording; nothing is listened to."""
        with self._one(self._free) as process:
            yield from process.ask("words", path, path=path)

    def windows(self, path: Path, rate: int, window_s: float) -> Iterator[Sound]:
        """A recording's sound, `rate` samples a second, in windows of `window_s` seconds at most."""
        with self._one(self._free) as process:
            yield from process.ask("windows", path, path=path, rate=rate, window_s=window_s)

    def picture(
        self,
        path: Path,
        longest_side: int,
        page: int | None = None,
        box: Box | None = None,
        second: float | None = None,
    ) -> Pixels:
        """A photo, a page (from 1), a moment or the part in `box`: upright RGB, never enlarged."""
        return self._pixels(
            "picture", path, longest_side=longest_side, page=page, box=box, second=second
        )

    def places(
        self, path: Path, page: int, passage: str, words: tuple[str, ...]
    ) -> tuple[list[Box], list[Box]]:
        """On a page (from 1) of a PDF the boxes of a passage's lines, and of words; else none."""
        with self._one(self._soonest()) as process:
            question = {"path": path, "page": page, "passage": passage, "words": words}
            pieces = list(process.ask("places", path, **question))
        return pieces[0] if pieces else ([], [])

    def fingerprint(self, path: Path) -> Fingerprint | None:
        """What a photo, or the preview of one, is recognised by; None when it is of one tone."""
        with self._one(self._free) as process:
            return next(iter(list(process.ask("fingerprint", path, path=path))), None)

    def prepared(
        self,
        path: Path,
        picture_input: PictureInput,
        page: int | None = None,
        box: Box | None = None,
        second: float | None = None,
    ) -> Pixels:
        """The same, prepared for an encoder: uint8 [size, size, 3]."""
        return self._pixels(
            "prepared", path, picture_input=picture_input, page=page, box=box, second=second
        )

    def _pixels(self, question: str, path: Path, **arguments: Any) -> Pixels:
        with self._one(self._soonest()) as process:
            pieces = list(process.ask(question, path, path=path, **arguments))
        pixels: Pixels = pieces[0]
        return pixels

    def _soonest(self) -> queue.LifoQueue[ExtractorProcess]:
        """Where a person's question is answered first."""
        taken = self._spare.empty() and not self._free.empty()
        return self._free if taken else self._spare

    @contextmanager
    def _one(self, free: queue.LifoQueue[ExtractorProcess]) -> Iterator[ExtractorProcess]:
        process = self._wait_for(free)
        try:
            yield process
        finally:
            process.settle()
            free.put(process)

    def _wait_for(self, free: queue.LifoQueue[ExtractorProcess]) -> ExtractorProcess:
        while not self._closed:
            try:
                return free.get(timeout=0.5)
            except queue.Empty:
                continue
        raise closed()

    def process_ids(self) -> tuple[int, ...]:
        """The system's numbers of the processes that run now."""
        return tuple(number for process in self._all if (number := process.process_id()))

    def close(self) -> None:
        """Ends all processes, busy ones too, and removes the scratch folder."""
        self._closed = True
        for process in self._all:
            process.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
