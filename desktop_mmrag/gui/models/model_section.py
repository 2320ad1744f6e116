"""The models that serve one purpose: those that are here, the best offers, and the rest on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.models import model_words
from desktop_mmrag.gui.models.model_card import ModelCard
from desktop_mmrag.gui.models.model_list import ModelNow
from desktop_mmrag.models.catalogue import ModelKind

_OFFERS = 2


class ModelSection(QWidget):
    """Hidden where there is no model for its purpose at all."""

    wanted = Signal(str, object)
    """What is wanted (see `ModelCard.wanted`), and the ModelNow."""

    def __init__(self, kinds: Sequence[ModelKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = kinds
        self._cards: dict[str, ModelCard] = {}
        self._order: list[ModelNow] = []
        self._all = False
        heading, about, icon = model_words.purpose(kinds)
        picture = QLabel()
        style.set_pixmap(picture, icon, "accent", 24)
        head = QHBoxLayout()
        head.setSpacing(style.GAP)
        head.addWidget(picture)
        head.addWidget(plain(heading, "heading"), 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(style.GAP)
        self._more = style.kind(QPushButton(), "link")
        self._more.setObjectName(f"all-{kinds[0]}")
        self._more.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.GAP_LARGE, 0, style.GAP)
        column.setSpacing(style.GAP)
        column.addLayout(head)
        column.addWidget(plain(about, "quiet", wrap=True))
        column.addLayout(self._list)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def card(self, model_id: str) -> ModelCard | None:
        """The card of a model, if it serves this purpose."""
        return self._cards.get(model_id)

    def show_models(self, models: Sequence[ModelNow]) -> None:
        """In this order, the most useful first."""
        self._order = list(models)
        ids = [model.entry.id for model in models]
        for gone in self._cards.keys() - set(ids):
            card = self._cards.pop(gone)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for position, model in enumerate(models):
            card = self._cards.get(model.entry.id) or self._add(model)
            card.model = model
            if self._list.indexOf(card) != position:
                self._list.insertWidget(position, card)
        self.setVisible(bool(models))
        self._show_some()

    def _add(self, model: ModelNow) -> ModelCard:
        card = ModelCard(model)
        card.wanted.connect(lambda wish: self.wanted.emit(wish, card.model))
        self._cards[model.entry.id] = card
        return card

    def _toggle(self) -> None:
        self._all = not self._all
        self._show_some()

    def _show_some(self) -> None:
        offers = 0
        for model in self._order:
            here = model.installed or bool(model.unfinished)
            offers += not here
            self._cards[model.entry.id].setVisible(here or self._all or offers <= _OFFERS)
        hidden = offers - _OFFERS
        self._more.setVisible(hidden > 0)
        more = self.tr("Show {0} more").format(in_words.number(hidden))
        self._more.setText(self.tr("Show fewer") if self._all else more)
        heading, _, _ = model_words.purpose(self.kinds)
        self._more.setAccessibleName(f"{heading}: {self._more.text()}")
