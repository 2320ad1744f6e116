"""A line across a page that says what went wrong or what helps, where it matters, with its remedies as buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.core_words import hint_of, message_of, title_of
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.told import sentences

_ICONS = {"accent": "info", "warning": "warning", "danger": "error"}


class Banner(QFrame):
    """Hidden until it has something to say; can be closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.surface(self, "banner")
        self.setObjectName("banner")
        self._icon = QLabel()
        self._words = plain(wrap=True)
        self._words.setObjectName("bannerWords")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(style.GAP)
        close = QToolButton()
        close.setObjectName("bannerClose")
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close this message"))
        style.set_icon(close, "close", "quiet", style.ICON_SMALL)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(style.GAP_LARGE, style.GAP, style.GAP, style.GAP)
        layout.setSpacing(style.GAP + style.GAP_SMALL)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        layout.addLayout(self._actions)
        layout.addWidget(close)
        self.hide()

    def say(self, words: str, tone: str = "accent") -> None:
        """Shows a sentence; `tone`: accent, warning or danger."""
        self.clear_actions()
        style.tone(self, tone)
        colour: style.Tone = "danger" if tone == "danger" else "text"
        style.set_pixmap(self._icon, _ICONS[tone], colour)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()

    def tell(self, problem: KnownError) -> None:
        """Shows what happened and what helps."""
        self.say(sentences(title_of(problem), message_of(problem), hint_of(problem)), "danger")

    def offer(self, words: str, act: Callable[[], object]) -> QPushButton:
        """Adds a remedy as a button; the banner closes when it is taken."""
        button = QPushButton(words)
        button.setObjectName("bannerAction")
        button.clicked.connect(self.hide)
        button.clicked.connect(lambda: act())
        self._actions.addWidget(button)
        return button

    def clear_actions(self) -> None:
        """Takes all remedies away."""
        while item := self._actions.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
