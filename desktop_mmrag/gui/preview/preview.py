"""The pane on the right: one hit looked at closely, with why it matched and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.find.hit_buttons import HitButtons
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import Elided
from desktop_mmrag.gui.preview.facts_view import FactsView
from desktop_mmrag.gui.preview.looking import Looked
from desktop_mmrag.gui.preview.similar_strip import SimilarStrip
from desktop_mmrag.gui.preview.stage import Stage
from desktop_mmrag.gui.wiring import Wiring

_NARROWEST = 280
# Holding an arrow key runs through many hits; only where it rests is looked at.
_PAUSE_MS = 60


class Preview(QFrame):
    """Shows one hit, or a hint that nothing is chosen."""

    enlarged = Signal(object)
    """A Hit to see in the full window."""
    closed = Signal()

    def __init__(self, wiring: Wiring, actions: HitActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.surface(self, "details")
        self.setObjectName("preview")
        self.setAccessibleName(self.tr("Preview"))
        self.setMinimumWidth(_NARROWEST)
        self.stage = Stage(wiring)
        self.facts = FactsView()
        self._similar = SimilarStrip(wiring)
        self._buttons = HitButtons(actions)
        self._next: Hit | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._build()
        self.stage.looked.connect(self._show_looked)
        self.stage.lost.connect(lambda _: self.facts.clear())
        self._similar.chosen.connect(self.show_hit)
        self.clear()

    # --- building

    def _build(self) -> None:
        body = QSplitter(Qt.Orientation.Vertical)
        body.setChildrenCollapsible(False)
        body.addWidget(self.stage)
        body.addWidget(self._build_below())
        body.setStretchFactor(0, 3)
        body.setStretchFactor(1, 2)
        body.setSizes([420, 320])
        shown = QWidget()
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_head())
        layout.addWidget(body, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_empty())
        self._pages.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(self._pages)

    def _build_head(self) -> QWidget:
        self._name = Elided("", "heading", Qt.TextElideMode.ElideMiddle)
        self._name.setObjectName("previewName")
        self._where = Elided("", "quiet")
        self._where.setObjectName("previewPlace")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._where)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(style.MARGIN, style.GAP, style.GAP, style.GAP)
        row.addLayout(words, 1)
        for icon, tip, act in (
            ("eye", self.tr("See it in the full window (Space)"), self._enlarge),
            ("close", self.tr("Close the preview"), self.closed.emit),
        ):
            button = QToolButton()
            button.setObjectName(f"preview-{icon}")
            style.set_icon(button, icon, "quiet")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(act)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _build_below(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(style.MARGIN, style.GAP, style.MARGIN, style.MARGIN)
        layout.setSpacing(style.GAP)
        for widget in (self._buttons, self.facts, self._similar):
            layout.addWidget(widget)
        layout.addStretch(1)
        area = QScrollArea()
        area.setObjectName("previewDetails")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        return area

    def _build_empty(self) -> QWidget:
        empty = QWidget()
        layout = QVBoxLayout(empty)
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        style.set_pixmap(picture, "eye", "quiet", 32)
        hint = style.role(QLabel(self.tr("Choose something to see it here.")), "quiet")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        layout.addStretch(1)
        layout.addWidget(picture)
        layout.addWidget(hint)
        layout.addStretch(1)
        return empty

    # --- showing

    @property
    def hit(self) -> Hit | None:
        """What is shown, or will be in a moment."""
        return self._next

    def show_hit(self, hit: Hit) -> None:
        """Shows a hit."""
        self._next = hit
        self._name.say(hit.path.name)
        kind, where = in_words.medium(hit.medium), in_words.place(hit)
        self._where.say(f"{kind} · {where}" if where else kind)
        self._buttons.set_hit(hit)
        self._pages.setCurrentIndex(1)
        self._pause.start()

    def clear(self) -> None:
        """Shows nothing."""
        self._pause.stop()
        self._next = None
        self.stage.clear()
        self.facts.clear()
        self._similar.clear()
        self._buttons.set_hit(None)
        self._pages.setCurrentIndex(0)

    def _look(self) -> None:
        if self._next is not None:
            self.stage.show_hit(self._next)

    def _show_looked(self, looked: Looked) -> None:
        self.facts.show_facts(looked)
        self._similar.show_like(looked.content.id)

    def _enlarge(self) -> None:
        if self._next is not None:
            self.enlarged.emit(self._next)
