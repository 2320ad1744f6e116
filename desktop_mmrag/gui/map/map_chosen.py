"""The strip beside the map with what a lasso chose."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_mmrag.gui.find.arrangement import Arrangement
from desktop_mmrag.gui.find.gallery import Gallery
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import Elided

_CARD_WIDTH = 132
_NARROWEST = 280


class MapChosen(QFrame):
    """A small gallery; everything that works in the large one works here."""

    closed = Signal()

    def __init__(
        self, thumbnails: Thumbnails, actions: HitActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        style.surface(self, "details")
        self.setObjectName("mapChosen")
        self.setMinimumWidth(_NARROWEST)
        self.gallery = Gallery(thumbnails)
        self.gallery.setObjectName("mapResults")
        self.gallery.set_card_width(_CARD_WIDTH)
        self.gallery.opened.connect(lambda hit: actions.open([hit]))
        self.gallery.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.gallery.customContextMenuRequested.connect(
            lambda at: actions.show_menu(
                self.gallery.chosen(), self.gallery.viewport().mapToGlobal(at)
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._build_head())
        layout.addWidget(self.gallery, 1)

    def _build_head(self) -> QHBoxLayout:
        self._title = Elided("", "heading")
        self._title.setObjectName("mapChosenTitle")
        close = QToolButton()
        close.setObjectName("mapChosenClose")
        style.set_icon(close, "close", "quiet")
        close.setToolTip(self.tr("Let go of what is chosen (Esc)"))
        close.setAccessibleName(self.tr("Let go of what is chosen"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(style.MARGIN, style.MARGIN, style.GAP, style.GAP_SMALL)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        return head

    @property
    def count(self) -> int:
        """How many items are shown."""
        return self.gallery.hits.rowCount()

    def show_items(self, chosen: Arrangement) -> None:
        """Shows what was chosen; nothing lets go."""
        self.gallery.show_arrangement(chosen)
        words = self.tr("{0} chosen").format(in_words.number(len(chosen.items)))
        self._title.say(words)
        self.gallery.setAccessibleName(words)
