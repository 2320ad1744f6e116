"""What stands where there are no results: why, and what helps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_mmrag.errors import KnownError, ModelMissing
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.core_words import hint_of, message_of
from desktop_mmrag.gui.look.plain import plain


class EmptyState(QWidget):
    """A picture, a sentence, a hint, and at most two buttons."""

    folder_wanted = Signal()
    all_wanted = Signal()
    asked = Signal()
    models_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty")
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = plain("", "title", wrap=True, name="emptyTitle")
        self._hint = plain("", "quiet", wrap=True, name="emptyHint")
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._folder = self._button(self.tr("Add a folder …"), "primary", self.folder_wanted.emit)
        self._all = self._button(self.tr("Show everything"), "", self.all_wanted.emit)
        self._ask = self._button(self.tr("Ask instead"), "", self.asked.emit)
        self._models = self._button(self.tr("See models"), "primary", self.models_wanted.emit)
        for button, name in (
            (self._folder, "emptyFolder"),
            (self._all, "emptyAll"),
            (self._ask, "emptyAsk"),
            (self._models, "emptyModels"),
        ):
            button.setObjectName(name)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self._folder, self._models, self._ask, self._all):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(style.GAP)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addLayout(self._column())
        layout.addSpacing(style.GAP)
        layout.addLayout(buttons)
        layout.addStretch(3)

    def _column(self) -> QHBoxLayout:
        """Words in the middle; a layout of their own wraps them at any width."""
        words = QVBoxLayout()
        words.setSpacing(style.GAP)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(words, 4)
        middle.addStretch(1)
        return middle

    def _button(self, words: str, kind: str, act: object) -> QPushButton:
        button = QPushButton(words)
        if kind:
            style.kind(button, kind)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button

    def show_nothing_kept(self) -> None:
        """The library is empty."""
        self._show(
            "sources",
            self.tr("Nothing is kept yet"),
            self.tr("Add a folder, or drop one here. It is searched as it fills."),
            (self._folder,),
        )

    def show_being_read(self) -> None:
        """The library is empty still, and the first files are on their way."""
        self._show(
            "sources",
            self.tr("Your files are being read"),
            self.tr("The first of them show here in a moment. You need not wait for the rest."),
            (),
        )

    def show_none_of_kind(self, kind: str) -> None:
        """The library holds none of a kind."""
        self._show(
            "filter",
            self.tr("No {0} in the library").format(kind),
            self.tr("They show here as soon as a watched folder holds some."),
            (self._all,),
        )

    def show_none_of_time(self, time: str) -> None:
        """Nothing is dated in a time that was chosen."""
        self._show(
            "calendar",
            self.tr("Nothing from {0}").format(time),
            self.tr("Another time in the timeline may hold some."),
            (self._all,),
        )

    def show_nothing_to_map(self) -> None:
        """The library holds files, but nothing says yet which are alike."""
        self._show(
            "map",
            self.tr("Nothing to map yet"),
            self.tr("Files appear here as soon as a model has seen or read them."),
            (self._models,),
        )

    def show_nothing_found(self, typed: str) -> None:
        """A search found nothing."""
        title = (
            self.tr("Nothing was found for “{0}”").format(typed)
            if typed
            else self.tr("Nothing is like this")
        )
        hint = self.tr("Fewer or other words may find it; a filter may leave out too much.")
        self._show("find", title, hint, (self._ask, self._all) if typed else (self._all,))

    def show_problem(self, problem: KnownError) -> None:
        """The search could not be done."""
        if isinstance(problem, ModelMissing):
            hint = self.tr("A model that sees pictures finds them by what they show.")
            self._show("models", message_of(problem), hint, (self._models, self._all))
            return
        self._show("warning", message_of(problem), hint_of(problem), (self._all,))

    def text(self) -> str:
        """What it says."""
        return f"{self._title.text()}\n{self._hint.text()}"

    def _show(self, icon: str, title: str, hint: str, buttons: tuple[QPushButton, ...]) -> None:
        style.set_pixmap(self._picture, icon, "accent", style.ICON_LARGE)
        self._title.setText(title)
        self._hint.setText(hint)
        for button in (self._folder, self._models, self._ask, self._all):
            button.setVisible(button in buttons)
