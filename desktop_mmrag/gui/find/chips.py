"""The row of chips under the box: what was understood as filters, and pictures to search by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_mmrag.domain import Box, Locator, Page, TextSpan, TimeSpan
from desktop_mmrag.gui.find.filter_words import FilterWords
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.flow import Flow
from desktop_mmrag.gui.wiring import Like

PICTURE = 28
"""Side of the picture in a chip, in device-independent pixels."""
_LONGEST_NAME = 160


class ChipRow(QWidget):
    """Takes no room while there is nothing to show."""

    text_wanted = Signal(str)
    """The typed text without the filter that was taken away."""
    all_time_wanted = Signal()
    """The time that was chosen in the timeline was taken away."""
    examples_changed = Signal(object)
    """A tuple of Likes: the pictures to search by from now on."""
    keys_left = Signal()
    """The chip that had the keys was taken away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters: list[QPushButton] = []
        self._filters_shown: tuple[tuple[FilterWords, ...], str] = ((), "")
        self._examples: list[ExampleChip] = []
        self._flow = Flow(self)
        self.setObjectName("chips")
        self.hide()

    def show_filters(self, filters: Sequence[FilterWords], time: str = "") -> None:
        """Replaces the filters; pictures stay. `time` was chosen in the timeline, not typed."""
        if (tuple(filters), time) == self._filters_shown:
            # A search is repeated while files are kept; who stands on a chip stays there.
            return
        self._filters_shown = (tuple(filters), time)
        for chip in self._filters:
            self._drop(chip)
        self._filters = [self._typed_chip(found) for found in filters]
        if time:
            chip = self._filter_chip("timeline", time)
            chip.clicked.connect(self.all_time_wanted)
            self._filters.append(chip)
        self._settle()

    def show_examples(self, likes: Sequence[Like]) -> None:
        """Replaces the pictures to search by; filters stay."""
        for chip in self._examples:
            self._drop(chip)
        self._examples = []
        for like in likes:
            chip = ExampleChip(like, self)
            chip.changed.connect(self._example_changed)
            chip.removed.connect(self._example_removed)
            self._examples.append(chip)
            self._flow.addWidget(chip)
        self._settle()

    def set_picture(self, like: Like, picture: QPixmap) -> None:
        """The small picture of an example, once it has been read."""
        for chip in self._examples:
            if chip.like.path == like.path and chip.like.part == like.part:
                chip.set_picture(picture)

    def examples(self) -> tuple[Like, ...]:
        """The pictures to search by now."""
        return tuple(chip.like for chip in self._examples)

    def _typed_chip(self, found: FilterWords) -> QPushButton:
        chip = self._filter_chip(found.icon, found.words)
        chip.clicked.connect(lambda: self.text_wanted.emit(found.without))
        return chip

    def _filter_chip(self, icon: str, words: str) -> QPushButton:
        chip = style.kind(QPushButton(f"{words}  ×", self), "chip")
        style.set_icon(chip, icon, "quiet", style.ICON_SMALL)
        chip.setObjectName("filterChip")
        chip.setAccessibleName(self.tr("Remove filter: {0}").format(words))
        chip.setToolTip(self.tr("Search without this filter"))
        self._flow.addWidget(chip)
        return chip

    def _drop(self, chip: QWidget) -> None:
        focus = self.window().focusWidget()
        had_keys = focus is not None and (focus is chip or chip.isAncestorOf(focus))
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        if had_keys:
            # Qt would hand them to whatever comes next, somewhere in the window.
            self.keys_left.emit()

    def _settle(self) -> None:
        self.setVisible(bool(self._filters or self._examples))
        self.updateGeometry()

    def _example_changed(self) -> None:
        self.examples_changed.emit(self.examples())

    def _example_removed(self, removed: QWidget) -> None:
        self.examples_changed.emit(
            tuple(chip.like for chip in self._examples if chip is not removed)
        )


class ExampleChip(QFrame):
    """ "Like this" or "not like this", with its picture."""

    changed = Signal()
    removed = Signal(object)
    """This chip."""

    def __init__(self, like: Like, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.like = like
        self.setObjectName("exampleChip")
        self._picture = QLabel()
        self._picture.setFixedSize(PICTURE, PICTURE)
        self._picture.setScaledContents(True)
        style.set_pixmap(self._picture, _icon(like.part), "quiet", PICTURE - 8)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._sign = self._button("exampleSign")
        self._sign.clicked.connect(self._turn)
        remove = self._button("exampleRemove")
        style.set_icon(remove, "close", "quiet", style.ICON_SMALL)
        remove.setAccessibleName(self.tr("Do not search by {0}").format(like.path.name))
        remove.setToolTip(self.tr("Remove"))
        remove.clicked.connect(lambda: self.removed.emit(self))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(6)
        for widget in (self._picture, self._words, self._sign, remove):
            layout.addWidget(widget)
        self._show()

    def set_picture(self, picture: QPixmap) -> None:
        """What is searched by."""
        self._picture.setPixmap(picture)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIconSize(QSize(style.ICON_SMALL, style.ICON_SMALL))
        return button

    def _turn(self) -> None:
        self.like = replace(self.like, wanted=not self.like.wanted)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        wanted = self.like.wanted
        words = self._wanted_words() if wanted else self._unwanted_words()
        where = in_words.locator(self.like.part)
        self._words.setText(words.format(self._short_name(), where))
        style.set_icon(self._sign, "minus" if wanted else "plus", "quiet", style.ICON_SMALL)
        turned = self.tr("Rather not like this") if wanted else self.tr("Rather like this")
        self._sign.setToolTip(turned)
        self._sign.setAccessibleName(turned)
        style.surface(self, "banner")
        style.tone(self, "" if wanted else "danger")

    def _wanted_words(self) -> str:
        match self.like.part:
            case Box():
                return self.tr("like this part of {0}")
            case TextSpan():
                return self.tr("like this passage of {0}")
            case Page() | TimeSpan():
                return self.tr("like {0}, {1}")
        return self.tr("like {0}")

    def _unwanted_words(self) -> str:
        match self.like.part:
            case Box():
                return self.tr("not like this part of {0}")
            case TextSpan():
                return self.tr("not like this passage of {0}")
            case Page() | TimeSpan():
                return self.tr("not like {0}, {1}")
        return self.tr("not like {0}")

    def _short_name(self) -> str:
        metrics = QFontMetrics(self._words.font())
        middle = Qt.TextElideMode.ElideMiddle
        return metrics.elidedText(self.like.path.name, middle, _LONGEST_NAME)


def _icon(part: Locator) -> str:
    match part:
        case Box():
            return "crop"
        case TextSpan():
            return "note"
        case Page():
            return "document"
    return "similar"
