"""One conversation as the window keeps it: its turns, asked one after the other, stopped, asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop_mmrag.answer.converse import EXTRACTIVE, Conversation
from desktop_mmrag.domain import Answer, AnswerEvent, Piece, Seen, Stage
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.look.told import told
from desktop_mmrag.gui.wiring import Wiring

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote an answer: a model's title, or nobody and the reason why it is quoted."""

    model: str = ""
    why_quoted: str = ""


@dataclass
class Turn:
    """A question and what became of it so far."""

    question: str
    state: Literal["asking", "answered", "stopped", "failed"] = "asking"
    stage: str = ""
    seen: tuple[Seen, ...] = ()
    text: str = ""
    """Pieces as they came; the answer's own text once it is there."""
    answer: Answer | None = None
    origin: Origin = Origin()
    problem: KnownError | None = None


def gave_up(stage: str) -> str:
    """Why a model that is there did not answer, by the last stage; empty where it did."""
    return {
        "the model cannot answer; quoting your files instead": translate(
            "Talk", "The model could not answer this."
        ),
        "the model wrote nothing; quoting your files instead": translate(
            "Talk", "The model wrote nothing."
        ),
    }.get(stage, "")


class Talk(QObject):
    """Turns of one conversation. All methods belong to the Qt thread."""

    added = Signal(object)
    """A new Turn."""
    changed = Signal(object)
    """A Turn whose stage, text or state is another."""
    taken_back = Signal(object)
    """A Turn that is asked again; a new one follows."""

    def __init__(self, wiring: Wiring, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self.turns: list[Turn] = []
        self._conversation: Conversation | None = None
        self._outdated = False
        self._stop: Stop | None = None
        wiring.models_changed.connect(self._outdate)
        wiring.settings_changed.connect(self._outdate)

    @property
    def title(self) -> str:
        """The first question."""
        return self.turns[0].question if self.turns else ""

    @property
    def busy(self) -> bool:
        """Whether a question is being answered."""
        return bool(self.turns) and self.turns[-1].state == "asking"

    def ask(self, question: str) -> None:
        """Asks; a question that is being answered is stopped first."""
        self.stop()
        turn = Turn(question)
        self.turns.append(turn)
        self.added.emit(turn)
        # A conversation answers one question at a time: what was stopped has to end first.
        if self._stop is None:
            self._begin(turn)

    def stop(self) -> None:
        """What has been written so far stays."""
        if self.busy:
            turn = self.turns[-1]
            turn.state = "stopped"
            if self._stop:
                self._stop.ask()
            self.changed.emit(turn)

    def ask_again(self) -> None:
        """The last question once more, as if it had not been asked."""
        if not self.turns:
            return
        self.stop()
        turn = self.turns.pop()
        if turn.state == "answered" and self._conversation:
            self._conversation.take_back()
        self.taken_back.emit(turn)
        self.ask(turn.question)

    # --- one question

    def _begin(self, turn: Turn) -> None:
        self._stop = self._wiring.bridge.run(
            lambda: self._answering(turn.question),
            lambda event: self._told(turn, event),
            lambda: self._ended(turn),
            lambda problem: self._failed(turn, problem),
        )

    def _answering(self, question: str) -> Iterator[AnswerEvent | Origin]:
        """Away from the Qt thread."""
        conversation = self._current()
        stage = ""
        for event in conversation.ask(question):
            if isinstance(event, Stage):
                stage = event.words
            if isinstance(event, Answer):
                # First who wrote it, so that the answer is drawn once.
                yield self._origin(event, stage)
            yield event

    def _current(self) -> Conversation:
        if self._conversation is None or self._outdated:
            fresh = self._wiring.application.conversation()
            if self._conversation:
                fresh.go_on_from(self._conversation)
            self._conversation, self._outdated = fresh, False
        return self._conversation

    def _origin(self, answer: Answer, last_stage: str) -> Origin:
        application = self._wiring.application
        if answer.engine == EXTRACTIVE:
            why = application.models.why_no_vision() or gave_up(last_stage)
            return Origin(why_quoted=why)
        return Origin(model=told(application.model_folder.entry(answer.engine).title))

    def _told(self, turn: Turn, event: AnswerEvent | Origin) -> None:
        match event:
            case Stage(words=words, seen=seen):
                # A stage after pieces takes them back.
                turn.stage, turn.text = words, ""
                turn.seen = seen or turn.seen
            case Piece(text=""):
                return
            case Piece(text=text):
                turn.text += text
            case Origin():
                turn.origin = event
                return
            case Answer():
                turn.answer, turn.seen = event, event.seen
                turn.text = event.text if event.found else told(event.text)
                turn.state = "answered"
        self.changed.emit(turn)

    def _failed(self, turn: Turn, problem: KnownError) -> None:
        turn.state, turn.problem = "failed", problem
        self.changed.emit(turn)

    def _ended(self, turn: Turn) -> None:
        self._stop = None
        if turn.state == "asking":
            # It crashed; the bridge has told.
            turn.state = "stopped"
            self.changed.emit(turn)
        if self.busy:
            self._begin(self.turns[-1])

    def _outdate(self) -> None:
        self._outdated = True
