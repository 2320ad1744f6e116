"""A field for each type of setting: tick, number, text, list, choice, installed model."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.gui.look.told import told
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.models.loaded import OFF

_NUMBER_WIDTH, _CHOICE_WIDTH, _LIST_HEIGHT = 96, 240, 72
translate = QCoreApplication.translate


class Editor(QWidget):
    """Holds one value. `value` gives what was typed; whoever asks has it checked."""

    changed = Signal()
    below = False
    """Whether it stands under its title rather than beside it."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self.field = field
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field)
        self.setFocusProxy(field)

    def value(self) -> Any:
        """What the setting would be; of another type where what was typed makes no sense."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Shows a value."""
        raise NotImplementedError


class Tick(Editor):
    """True or false."""

    def __init__(self) -> None:
        self._box = QCheckBox()
        # No wider than its tick, so that it ends where the fields end.
        self._box.setProperty("kind", "bare")
        self._box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        super().__init__(self._box)
        self._box.toggled.connect(self.changed)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self._box.isChecked()

    def show_value(self, value: Any) -> None:
        """Ticks it or not."""
        self._box.setChecked(value)


class Number(Editor):
    """A whole number, or one with decimals. Typed freely: the reason for a refusal is shown."""

    def __init__(self, decimals: bool) -> None:
        self._line, self._decimals = QLineEdit(), decimals
        super().__init__(self._line)
        self._line.setFixedWidth(_NUMBER_WIDTH)
        self._line.textChanged.connect(self.changed)

    def value(self) -> int | float | str:
        """The number, or the text that is none."""
        text = self._line.text().strip()
        try:
            return float(text.replace(",", ".")) if self._decimals else int(text)
        except ValueError:
            return text

    def show_value(self, value: Any) -> None:
        """Without a needless .0."""
        self._line.setText(f"{value:g}" if self._decimals else str(value))


class Text(Editor):
    """One line."""

    def __init__(self) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._line.setFixedWidth(_CHOICE_WIDTH)
        self._line.textChanged.connect(self.changed)

    def value(self) -> str:
        """What stands in it."""
        return self._line.text().strip()

    def show_value(self, value: Any) -> None:
        """Replaces what stands in it."""
        self._line.setText(value)


class Lines(Editor):
    """A list, one entry a line."""

    below = True

    def __init__(self) -> None:
        self._lines = QPlainTextEdit()
        super().__init__(self._lines)
        self._lines.setTabChangesFocus(True)
        self._lines.setFixedHeight(_LIST_HEIGHT)
        self._lines.setPlaceholderText(translate("SettingEditors", "One pattern on each line"))
        self._lines.textChanged.connect(self.changed)

    def value(self) -> tuple[str, ...]:
        """The lines that hold something."""
        return tuple(
            line.strip() for line in self._lines.toPlainText().splitlines() if line.strip()
        )

    def show_value(self, value: Any) -> None:
        """One line each."""
        self._lines.setPlainText("\n".join(value))


class Choice(Editor):
    """One of a few values, each with the words shown for it."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        self._box = QComboBox()
        super().__init__(self._box)
        self._box.setFixedWidth(_CHOICE_WIDTH)
        self.offer(choices)
        self._box.currentIndexChanged.connect(lambda _: self.changed.emit())

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replaces the values to choose from; the chosen one stays if it is among them."""
        chosen = self.value()
        self._box.blockSignals(True)
        self._box.clear()
        for value, words in choices:
            self._box.addItem(words, value)
        self._box.blockSignals(False)
        self.show_value(chosen)

    def value(self) -> str:
        """The value, not its words."""
        return str(self._box.currentData() or "")

    def show_value(self, value: Any) -> None:
        """Chooses it; one that is not offered is added as it is."""
        position = self._box.findData(value)
        if position < 0 and value:
            self._box.addItem(value, value)
            position = self._box.count() - 1
        self._box.setCurrentIndex(max(position, 0))


def editor_for(item: dataclasses.Field[Any], installed: Sequence[ModelEntry]) -> Editor:
    """The field for a setting. `installed`: models to choose from."""
    if kinds := item.metadata.get("models"):
        return Choice(model_choices(item, kinds, installed))
    if choices := item.metadata.get("choices"):
        return Choice([(choice, _words(choice)) for choice in choices])
    default = default_of(item)
    if isinstance(default, bool):
        return Tick()
    if isinstance(default, int | float):
        return Number(isinstance(default, float))
    return Lines() if isinstance(default, tuple) else Text()


def default_of(item: dataclasses.Field[Any]) -> Any:
    """What a setting is when nobody chose."""
    if item.default_factory is not dataclasses.MISSING:
        return item.default_factory()
    return item.default


def model_choices(
    item: dataclasses.Field[Any], kinds: Sequence[str], installed: Sequence[ModelEntry]
) -> list[tuple[str, str]]:
    """Ids and titles; first what is chosen without an id."""
    best = ("", translate("SettingEditors", "The best one installed"))
    off = (OFF, translate("SettingEditors", "None"))
    first = {"reranker": [off], "text": [best]}.get(kinds[0], [best, off])
    return [*first, *((entry.id, told(entry.title)) for entry in installed if entry.kind in kinds)]


def _words(choice: str) -> str:
    known = {
        "system": translate("SettingEditors", "As the system"),
        "light": translate("SettingEditors", "Light"),
        "dark": translate("SettingEditors", "Dark"),
        "fused": translate("SettingEditors", "Fused"),
        "text": translate("SettingEditors", "Text"),
        "text-then-picture": translate("SettingEditors", "Text, then picture"),
        "shared": translate("SettingEditors", "Shared space"),
        "en": "English",
        "zh_CN": "简体中文",
    }
    return known.get(choice, choice)
