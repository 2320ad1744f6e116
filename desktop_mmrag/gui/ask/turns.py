"""One turn of a conversation on the screen: question, what is being done, answer, sources, what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import Citation, Hit, Seen
from desktop_mmrag.gui.ask.answer_text import AnswerText
from desktop_mmrag.gui.ask.citation_cards import (
    CitationCard,
    SeenPicture,
    fill_pictures,
    hit_of,
    pictures_of,
)
from desktop_mmrag.gui.ask.export import as_plain
from desktop_mmrag.gui.ask.talk import Turn, gave_up
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.core_words import hint_of, message_of
from desktop_mmrag.gui.look.flow import Flow
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.spinner import Spinner
from desktop_mmrag.gui.look.told import sentences, told
from desktop_mmrag.gui.wiring import Wiring

_BUBBLE_SHARE, _NARROWEST = 0.75, 24
_READING = re.compile(r"reading (\d+) pictures?")


class TurnView(QWidget):
    """Follows one Turn; `refresh` draws what is new about it."""

    again_wanted = Signal()
    """Ask this question once more."""

    def __init__(self, wiring: Wiring, turn: Turn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring, self.turn = wiring, turn
        self._seen: tuple[Seen, ...] = ()
        self._finished = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.GAP_LARGE)
        layout.setSpacing(style.GAP + style.GAP_SMALL)
        layout.addLayout(self._build_question())
        layout.addWidget(self._build_progress())
        layout.addWidget(self._build_seen())
        self._answer = AnswerText()
        self._answer.cited.connect(self._open_citation)
        layout.addWidget(self._answer)
        layout.addWidget(self._build_notice())
        layout.addWidget(self._build_sources())
        layout.addWidget(self._build_actions())
        self.refresh()

    # --- building

    def _build_question(self) -> QHBoxLayout:
        bubble = style.surface(QFrame(), "banner")
        self._question = plain(self.turn.question, wrap=True, selectable=True, name="question")
        inside = QHBoxLayout(bubble)
        inside.setContentsMargins(style.GAP_LARGE, style.GAP, style.GAP_LARGE, style.GAP)
        inside.addWidget(self._question)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(bubble)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A short question has a short bubble, a long one breaks its lines."""
        super().resizeEvent(event)
        words = self._question
        longest = max(self.turn.question.split("\n"), key=len)
        wanted = words.fontMetrics().horizontalAdvance(longest) + style.GAP_SMALL
        widest = round(self.width() * _BUBBLE_SHARE) - 2 * style.GAP_LARGE
        words.setFixedWidth(max(_NARROWEST, min(wanted, widest)))

    def _build_progress(self) -> QWidget:
        self._progress = QWidget()
        self._stage = plain(role="quiet", name="stage")
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP)
        row.addWidget(Spinner())
        row.addWidget(self._stage, 1)
        # An answer that is there at once needs no word about searching.
        self._progress.hide()
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self._show_progress)
        self._soon.start()
        return self._progress

    def _build_seen(self) -> QWidget:
        self._seen_box = QWidget()
        self._seen_box.hide()
        self._seen_words = plain(role="small")
        self._seen_flow = Flow()
        column = QVBoxLayout(self._seen_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(self._seen_words)
        column.addLayout(self._seen_flow)
        return self._seen_box

    def _build_notice(self) -> QWidget:
        self._notice = QFrame()
        self._notice.setObjectName("notice")
        self._notice_icon = QLabel()
        self._notice_words = plain(wrap=True, name="noticeWords")
        self._remedy = style.kind(QPushButton(self.tr("Choose a model …")), "link")
        self._remedy.setObjectName("getModel")
        self._remedy.setAccessibleDescription(self.tr("Shows the models that write answers"))
        self._remedy.clicked.connect(lambda: self._wiring.page_wanted.emit("models"))
        self._notice_row = row = QHBoxLayout(self._notice)
        row.setSpacing(style.GAP)
        row.addWidget(self._notice_icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._notice_words, 1)
        row.addWidget(self._remedy)
        self._notice.hide()
        return self._notice

    def _build_sources(self) -> QWidget:
        self._sources = QWidget()
        self._sources.hide()
        self._source_flow = Flow()
        column = QVBoxLayout(self._sources)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL + 2)
        column.addWidget(plain(self.tr("Sources"), "small"))
        column.addLayout(self._source_flow)
        return self._sources

    def _build_actions(self) -> QWidget:
        self._actions = QWidget()
        self._actions.hide()
        self._written_by = plain(role="small", name="writtenBy")
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP_SMALL)
        self._copy = _small_button("copy", self.tr("Copy answer"), "copyAnswer")
        self._copy.clicked.connect(self._copy_answer)
        self._again = _small_button("redo", self.tr("Ask again"), "askAgain")
        self._again.clicked.connect(self.again_wanted)
        for widget in (self._copy, self._again):
            row.addWidget(widget)
        row.addSpacing(style.GAP_SMALL)
        row.addWidget(self._written_by)
        row.addStretch(1)
        return self._actions

    # --- showing

    def refresh(self) -> None:
        """Shows the turn as it is now."""
        turn = self.turn
        self._stage.setText(self._stage_words())
        self._show_progress()
        numbers = frozenset(c.n for c in turn.answer.citations) if turn.answer else frozenset()
        self._answer.setVisible(bool(turn.text))
        self._answer.show_text(turn.text, numbers)
        if turn.seen != self._seen:
            self._show_seen(turn.seen)
        looking = turn.state == "asking"
        self._seen_words.setText(
            self.tr("The model is looking at") if looking else self.tr("The model looked at")
        )
        if turn.state != "asking" and not self._finished:
            self._finished = True
            self._finish()

    def set_last(self, last: bool) -> None:
        """Only the last question can be asked again: later ones build on it."""
        self._again.setVisible(last)

    def _show_progress(self) -> None:
        asking = self.turn.state == "asking"
        waited = not self._soon.isActive()
        self._progress.setVisible(asking and waited and not self.turn.text)

    def _stage_words(self) -> str:
        stage = self.turn.stage
        if match := _READING.fullmatch(stage):
            one = match[1] == "1"
            words = self.tr("Reading 1 picture") if one else self.tr("Reading {0} pictures")
            return words.format(match[1])
        known = {
            "": self.tr("Waiting for the answer before"),
            "searching": self.tr("Searching"),
            "starting the model": self.tr("Starting the model"),
            "writing": self.tr("Writing"),
        }
        return known.get(stage) or gave_up(stage) or stage

    def _finish(self) -> None:
        turn = self.turn
        if turn.problem:
            self._tell(sentences(message_of(turn.problem), hint_of(turn.problem)), failed=True)
        elif turn.state == "stopped":
            self._tell(self.tr("Stopped."))
        elif turn.answer and turn.origin.why_quoted:
            why = told(turn.origin.why_quoted)
            quoted = self.tr("Quoted from your files. {0}").format(why)
            self._tell(quoted if turn.answer.found else why)
            self._remedy.show()
        self._show_sources(turn.answer.citations if turn.answer else ())
        self._copy.setVisible(bool(turn.text))
        self._written_by.setText(self._who_wrote())
        self._actions.show()

    def _tell(self, words: str, failed: bool = False) -> None:
        """A quiet line; a failure is framed."""
        style.surface(self._notice, "banner" if failed else "")
        style.tone(self._notice, "danger" if failed else "")
        style.role(self._notice_words, "" if failed else "quiet")
        if failed:
            style.set_pixmap(self._notice_icon, "error", "danger", style.ICON_SMALL)
        else:
            style.set_pixmap(self._notice_icon, "info", "quiet", style.ICON_SMALL)
        side, top = (style.GAP_LARGE, style.GAP) if failed else (2, 0)
        self._notice_row.setContentsMargins(side, top, side, top)
        self._notice_words.setText(words)
        self._remedy.hide()
        self._notice.show()

    def _who_wrote(self) -> str:
        answer = self.turn.answer
        if answer is None:
            return ""
        seconds = f"{answer.took_ms.get('total', 0) / 1000:.1f}"
        if self.turn.origin.model:
            return self.tr("{0} · {1} s").format(self.turn.origin.model, seconds)
        return self.tr("{0} s").format(seconds)

    def _show_seen(self, seen: tuple[Seen, ...]) -> None:
        self._seen = seen
        self._seen_flow.clear()
        pictures = [SeenPicture(one, self._open) for one in seen]
        for number, picture in enumerate(pictures, start=1):
            picture.setObjectName(f"seen{number}")
            self._seen_flow.addWidget(picture)
        self._seen_box.setVisible(bool(seen))
        self._load_pictures(pictures, seen)

    def _show_sources(self, citations: Sequence[Citation]) -> None:
        cards = [CitationCard(citation, self._open) for citation in citations]
        for card in cards:
            self._source_flow.addWidget(card)
        self._sources.setVisible(bool(cards))
        self._load_pictures(cards, citations)

    def _load_pictures(self, tiles: Sequence[QWidget], cited: Sequence[Citation | Seen]) -> None:
        if tiles:
            application = self._wiring.application
            self._wiring.bridge.run(
                lambda: pictures_of(application, cited),
                lambda event: fill_pictures(tiles, *event),
            )

    # --- doing

    def _open_citation(self, number: int) -> None:
        answer = self.turn.answer
        for citation in answer.citations if answer else ():
            if citation.n == number:
                self._open(hit_of(citation))

    def _open(self, hit: Hit) -> None:
        self._wiring.hit_opened.emit(hit)

    def _copy_answer(self) -> None:
        QGuiApplication.clipboard().setText(as_plain(self.turn))
        self._wiring.message.emit(self.tr("The answer was copied."))


def _small_button(icon: str, words: str, name: str) -> QToolButton:
    button = QToolButton()
    style.set_icon(button, icon, "quiet", style.ICON_SMALL)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setToolTip(words)
    return button
