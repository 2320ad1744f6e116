"""A conversation about the library: each question is searched for, answered from what was found, and remembered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter

from desktop_mmrag.answer.citations import cite, without_marks
from desktop_mmrag.answer.draft import Draft
from desktop_mmrag.answer.extractive import extract
from desktop_mmrag.answer.followup import standalone
from desktop_mmrag.answer.prompt import (
    NOT_ANSWERED,
    Exchange,
    Prompt,
    compose,
    plan,
)
from desktop_mmrag.answer.sources import Source, View, gather
from desktop_mmrag.answer.summary import summarised
from desktop_mmrag.answer.support import Meaning
from desktop_mmrag.answer.table_figures import TableFigures
from desktop_mmrag.answer.tally import Tally
from desktop_mmrag.answer.whole_files import WholeFiles
from desktop_mmrag.answer.wording import informative
from desktop_mmrag.domain import (
    Answer,
    AnswerEvent,
    Encoders,
    Hit,
    Medium,
    PictureSource,
    Piece,
    Seen,
    Stage,
    Strategy,
    VisionChat,
)
from desktop_mmrag.errors import PromptTooLong, VisionModelDied, VisionModelUnavailable
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.settings import Settings

EXTRACTIVE = "extractive"
_KEPT_EXCHANGES = 12
_ROWS_SOUGHT_IN = 20
_SOON_S = 0.2
_BEAT_S = 0.1
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Clock:
    """Milliseconds since the question, noted by name."""

    started: float = field(default_factory=perf_counter)
    took_ms: dict[str, float] = field(default_factory=dict)

    def note(self, name: str) -> None:
        """The first time counts."""
        self.took_ms.setdefault(name, round((perf_counter() - self.started) * 1000, 1))

    def take_back(self, name: str) -> None:
        """What was noted did not count."""
        self.took_ms.pop(name, None)


class Conversation:
    """Questions and answers that build on one another. Not for several threads at once."""

    def __init__(
        self,
        finder: Finder,
        library: Library,
        encoders: Encoders,
        pictures: PictureSource,
        vision: Callable[[], VisionChat | None],
        settings: Settings,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """`vision` gives the model in use now, or None when none is installed."""
        self._finder = finder
        self._library = library
        self._encoders = encoders
        self._meaning = Meaning(encoders)
        self._pictures = pictures
        self._vision = vision
        self._settings = settings
        self._now = now
        self._tally = Tally(library, self._look_for, now)
        self._table_figures = TableFigures(library, finder, now)
        self._whole_files = WholeFiles(library, finder)
        self._before: str | None = None
        self._history: list[Exchange] = []
        self._thread: Prompt | None = None
        self._earlier: tuple[str | None, list[Exchange], Prompt | None] = (None, [], None)

    def take_back(self) -> None:
        """Forgets the last question and its answer, so that it can be asked once more."""
        self._before, self._history, self._thread = self._earlier

    def go_on_from(self, earlier: Conversation) -> None:
        """Takes over what was said, though not what a model of that conversation has read."""
        self._before, self._history = earlier._before, list(earlier._history)
        self._earlier = (earlier._earlier[0], list(earlier._earlier[1]), None)

    def forget(self) -> None:
        """Begins anew: the next question is understood on its own."""
        self._before, self._history, self._thread = None, [], None

    def ask(self, question: str, limit: int | None = None) -> Iterator[AnswerEvent]:
        """Stages, pieces of text as they are made, then one Answer.

        Some pieces are empty: they only let the reader leave. A Stage after pieces takes them
        back: the model failed, or wrote nothing, and another way is tried. The
        Answer's text is the checked one and may differ from its pieces by citations. Closing
        the iterator stops the model; such a question is not remembered. `limit`: how many hits
        to read, by default the setting. Raises QueryNotUnderstood and what the finder raises.
        """
        clock = _Clock()
        self._earlier = self._before, self._history, self._thread
        yield Stage("searching")
        alone = standalone(question, self._before)
        # One table is added up exactly; amounts in several files are refused.
        tallied = self._table_figures.answer(alone) or self._tally.answer(alone)
        if tallied:
            clock.note("retrieve")
            yield from self._finish(question, alone, tallied, EXTRACTIVE, clock)
            return
        whole = self._whole_files.meant(question)
        if whole is not None:
            clock.note("retrieve")
            yield from self._about(whole, question, alone, clock)
            return
        most = limit or self._settings.sources_per_answer
        # Rows are read in an instant, so a value may be looked for further down.
        hits = self._finder.find(alone, limit or max(most, _ROWS_SOUGHT_IN)).hits
        sources = self._as_answered(gather(hits[:most], self._library.contents))
        further = gather(hits, self._library.contents)
        clock.note("retrieve")
        vision = self._vision() if sources else None
        if vision:
            answered = yield from self._from_model(question, sources, vision, clock)
            if answered:
                yield self._remembered(question, alone, answered, vision.model_id, clock)
                return
        draft = extract(alone, sources, self._meaning, further, question, self._now())
        yield from self._finish(question, alone, draft, EXTRACTIVE, clock)

    def _as_answered(self, sources: list[Source]) -> list[Source]:
        """With everything turned to text, a model reads what was written down of pictures."""
        if self._settings.search_strategy != Strategy.TEXT:
            return sources
        return [replace(source, pictured=False) for source in sources]

    def _about(
        self, whole: Source, question: str, alone: str, clock: _Clock
    ) -> Iterator[AnswerEvent]:
        """Sums up one file: a model sees and reads it, else its own words do."""
        vision = self._vision()
        if vision:
            answered = yield from self._from_model(question, [whole], vision, clock)
            if answered:
                yield self._remembered(question, alone, answered, vision.model_id, clock)
                return
        draft = summarised(whole, self._encoders.text())
        yield from self._finish(question, alone, draft, EXTRACTIVE, clock)
        self._whole_files.last = whole.content_id

    # --- the ways to answer

    def _from_model(
        self,
        question: str,
        sources: Sequence[Source],
        vision: VisionChat,
        clock: _Clock,
    ) -> Generator[AnswerEvent, None, Draft | None]:
        """None, after a Stage that says so, when the model cannot be used or says nothing."""
        before, self._thread = self._thread, None
        try:
            yield from _loaded(vision)
            planned = plan(question, sources, self._history, vision, before)
            yield from _reading(planned.shown)
            prompt = compose(planned, self._pictures, vision)
            yield Stage("writing")
            text = yield from _streamed(prompt, vision, clock)
        except (VisionModelDied, VisionModelUnavailable, PromptTooLong) as problem:
            # What was asked stays out of the log.
            _log.warning("answering without the vision model: %s", problem.message)
            clock.take_back("first_token")
            yield Stage("the model cannot answer; quoting your files instead")
            return None
        except GeneratorExit:
            # The question was taken back: what came before it still stands.
            self._thread = before
            raise
        if not informative(without_marks(text)):
            clock.take_back("first_token")
            yield Stage("the model wrote nothing; quoting your files instead")
            return None
        self._thread = prompt.answered(text.strip())
        return self._checked(text.strip(), prompt)

    def _checked(self, text: str, prompt: Prompt) -> Draft:
        if NOT_ANSWERED.rstrip(".").lower() in text.lower() and len(text) < 2 * len(NOT_ANSWERED):
            said = "Your files do not answer this."
            return Draft(said, found=False, seen=_seen(prompt.seen))
        return replace(cite(text, prompt.sources, self._meaning), seen=_seen(prompt.seen))

    def _look_for(self, words: str, limit: int, media: frozenset[Medium]) -> Sequence[Hit]:
        if self._encoders.image_text() is None:
            return ()
        return self._finder.find(words, limit, media=media).hits

    # --- ending

    def _finish(
        self, question: str, alone: str, draft: Draft, engine: str, clock: _Clock
    ) -> Iterator[AnswerEvent]:
        clock.note("first_token")
        yield Piece(draft.text)
        if self._thread:
            self._thread = self._thread.told(Exchange(question, draft.text))
        yield self._remembered(question, alone, draft, engine, clock)

    def _remembered(
        self, question: str, alone: str, draft: Draft, engine: str, clock: _Clock
    ) -> Answer:
        clock.note("total")
        self._before = alone
        self._whole_files.remember(draft.citations)
        self._history = [*self._history, Exchange(question, draft.text)][-_KEPT_EXCHANGES:]
        return Answer(
            question, draft.text, draft.found, engine, draft.citations, clock.took_ms, draft.seen
        )


def _loaded(vision: VisionChat) -> Iterator[AnswerEvent]:
    """Waits until the model is loaded, which takes up to a minute; leaving ends the loading."""
    with ThreadPoolExecutor(1, "load-vision") as pool:
        # Only a loaded model knows its context.
        loading = pool.submit(lambda: vision.context_tokens)
        try:
            if not wait((loading,), _SOON_S).done:
                yield Stage("starting the model")
            while not wait((loading,), _BEAT_S).done:
                yield Piece("")
        finally:
            if not loading.done():
                vision.unload()
    loading.result()


def _reading(shown: Sequence[View]) -> Iterator[AnswerEvent]:
    if shown:
        words = f"reading {len(shown)} picture{'s' if len(shown) > 1 else ''}"
        yield Stage(words, _seen(shown))


def _seen(views: Sequence[View]) -> tuple[Seen, ...]:
    return tuple(
        Seen(s.path, s.medium, s.content_id, s.page, view.second)
        for view in views
        for s in (view.source,)
    )


def _streamed(
    prompt: Prompt, vision: VisionChat, clock: _Clock
) -> Generator[AnswerEvent, None, str]:
    """All of the text; the model is stopped when the one who reads leaves early."""
    pieces: list[str] = []
    stream = vision.stream(prompt.turns, prompt.answer_tokens)
    try:
        for piece in stream:
            # Empty pieces only give the reader a chance to leave.
            if piece:
                clock.note("first_token")
            pieces.append(piece)
            yield Piece(piece)
    finally:
        close = getattr(stream, "close", None)
        if close:
            close()
    return "".join(pieces)
