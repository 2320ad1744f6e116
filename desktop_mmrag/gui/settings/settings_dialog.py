"""The settings, made from their one declaration: found by a word, explained, checked where they are typed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_mmrag.errors import KnownError, SettingInvalid
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.banner import Banner
from desktop_mmrag.gui.look.core_words import message_of
from desktop_mmrag.gui.look.plain import name_clear_button, plain
from desktop_mmrag.gui.look.scrolling import scrolling
from desktop_mmrag.gui.settings.setting_editors import Choice, default_of, editor_for, model_choices
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.settings import Settings

_SIZE = (680, 680)


class SettingsDialog(QDialog):
    """Nothing changes before *Save*."""

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._opened = wiring.application.settings
        self.setObjectName("settings")
        self.setWindowTitle(self.tr("Settings"))
        self.resize(*_SIZE)
        self._rows: dict[str, SettingRow] = {}
        self._sections: list[tuple[QWidget, list[SettingRow]]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.MARGIN, 0, style.MARGIN)
        layout.setSpacing(style.GAP + style.GAP_SMALL)
        layout.addLayout(_inset(self._build_search()))
        self._banner = Banner()
        layout.addLayout(_inset(self._banner))
        layout.addWidget(self._build_rows(), 1)
        layout.addWidget(style.line())
        layout.addLayout(self._build_footer())
        self._refresh()
        self._search.setFocus()
        wiring.bridge.run(self._find_models, self._offer_models)

    # --- building

    def _build_search(self) -> QLineEdit:
        self._search = _SearchField()
        self._search.setObjectName("settingsSearch")
        self._search.setAccessibleName(self.tr("Search the settings"))
        self._search.setPlaceholderText(self.tr("Search the settings"))
        self._search.setClearButtonEnabled(True)
        name_clear_button(self._search)
        style.dress_clear_button(self._search)
        self._search.textChanged.connect(self._filter)
        return self._search

    def _build_rows(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(style.PAGE_MARGIN, 0, style.PAGE_MARGIN, 0)
        column.setSpacing(0)
        for item in dataclasses.fields(Settings):
            if section := item.metadata.get("section"):
                heading = plain(QCoreApplication.translate("Settings", section), "heading")
                heading.setContentsMargins(0, style.GAP_LARGE, 0, style.GAP_SMALL)
                column.addWidget(heading)
                self._sections.append((heading, []))
            row = SettingRow(item, getattr(self._opened, item.name))
            row.changed.connect(self._refresh)
            self._rows[item.name] = row
            if self._sections:
                self._sections[-1][1].append(row)
            column.addWidget(row)
        self._nothing = plain(self.tr("No setting matches these words."), "quiet", name="noSetting")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column.addWidget(self._nothing)
        column.addStretch(1)
        return scrolling(inside)

    def _build_footer(self) -> QHBoxLayout:
        self._restore = style.kind(QPushButton(self.tr("Restore defaults")), "quiet")
        self._restore.setObjectName("restoreAll")
        self._restore.clicked.connect(self._restore_all)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setObjectName("cancelSettings")
        # A button with the focus would look like the one that Enter presses.
        cancel.setAutoDefault(False)
        self._restore.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._save_button = style.kind(QPushButton(self.tr("Save")), "primary")
        self._save_button.setObjectName("saveSettings")
        self._save_button.setDefault(True)
        self._save_button.clicked.connect(self._save)
        row = QHBoxLayout()
        row.setContentsMargins(style.PAGE_MARGIN, 0, style.PAGE_MARGIN, 0)
        row.addWidget(self._restore)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._save_button)
        return row

    # --- models to choose from

    def _find_models(self) -> Iterator[list[ModelEntry]]:
        yield self._wiring.application.model_folder.installed()

    def _offer_models(self, installed: list[ModelEntry]) -> None:
        # The dialog may have been closed meanwhile.
        for row in self._rows.values() if isValid(self) else ():
            row.offer_models(installed)

    # --- searching

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for row in self._rows.values():
            row.setVisible(row.matches(words))
        for heading, rows in self._sections:
            heading.setVisible(any(not row.isHidden() for row in rows))
        self._nothing.setVisible(all(row.isHidden() for row in self._rows.values()))

    # --- saving

    def _changes(self) -> dict[str, Any]:
        values = {name: row.value() for name, row in self._rows.items()}
        return {n: value for n, value in values.items() if value != getattr(self._opened, n)}

    def _refresh(self) -> None:
        wrong = any(row.problem for row in self._rows.values())
        self._save_button.setEnabled(not wrong and bool(self._changes()))
        self._restore.setEnabled(any(not row.is_default for row in self._rows.values()))

    def _restore_all(self) -> None:
        for row in self._rows.values():
            row.restore()

    def _save(self) -> None:
        # Only what was changed here: another page may have chosen a model meanwhile.
        settings = self._wiring.application.settings.replace(**self._changes())
        self.setEnabled(False)
        self._wiring.settings_changed.connect(self.accept)
        self._wiring.apply_settings(settings, self._failed)

    def _failed(self, problem: KnownError) -> None:
        if not isValid(self):
            self._wiring.failure.emit(problem)
            return
        self._wiring.settings_changed.disconnect(self.accept)
        self.setEnabled(True)
        self._banner.tell(problem)


class SettingRow(QWidget):
    """One setting: title and help, its field, its way back to the default, what is wrong with it."""

    changed = Signal()

    def __init__(self, item: dataclasses.Field[Any], value: Any) -> None:
        super().__init__()
        self._item = item
        self.problem = ""
        title = QCoreApplication.translate("Settings", item.metadata["title"])
        help_ = QCoreApplication.translate("Settings", item.metadata["help"])
        self._words = f"{title} {help_} {item.name}".lower()
        self.editor = editor_for(item, ())
        self.editor.field.setObjectName(item.name)
        self.editor.field.setAccessibleName(title)
        self.editor.field.setAccessibleDescription(help_)
        self.editor.show_value(value)
        self._back = QToolButton()
        self._wrong = plain(role="error", wrap=True, name=f"{item.name}Problem")
        self._wrong.hide()
        self._build(title, help_)
        self.editor.changed.connect(self._check)
        self._check()

    def _build(self, title: str, help_: str) -> None:
        style.set_icon(self._back, "redo", "quiet", style.ICON_SMALL)
        self._back.setObjectName(f"{self._item.name}Default")
        self._back.setAccessibleName(self.tr("Restore the default of {0}").format(title))
        self._back.setToolTip(self.tr("Restore the default"))
        self._back.clicked.connect(self.restore)
        # Its place stays free while it is hidden, so that nothing moves.
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(policy)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (plain(title), plain(help_, "quiet", wrap=True), self._wrong):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addLayout(words, 1)
        row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.GAP, 0, style.GAP)
        column.addLayout(row)
        if self.editor.below:
            column.addWidget(self.editor)
        else:
            row.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def is_default(self) -> bool:
        """Whether it is as it was delivered."""
        return bool(self.value() == default_of(self._item))

    def value(self) -> Any:
        """What was typed or chosen."""
        return self.editor.value()

    def matches(self, words: list[str]) -> bool:
        """Whether all words occur in its title, help or name."""
        return all(word in self._words for word in words)

    def restore(self) -> None:
        """As it was delivered."""
        self.editor.show_value(default_of(self._item))

    def offer_models(self, installed: list[ModelEntry]) -> None:
        """The models there are to choose from."""
        kinds = self._item.metadata.get("models")
        if kinds and isinstance(self.editor, Choice):
            self.editor.offer(model_choices(self._item, kinds, installed))

    def _check(self) -> None:
        try:
            Settings().replace(**{self._item.name: self.value()})
            self.problem = ""
        except SettingInvalid as problem:
            self.problem = message_of(problem)
        self._wrong.setText(self.problem)
        self._wrong.setVisible(bool(self.problem))
        self._back.setVisible(not self.is_default)
        self.changed.emit()


class _SearchField(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self._icon = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._icon.setIcon(style.icon("find", "quiet"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The icon follows the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._icon.setIcon(style.icon("find", "quiet"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to what was found; in a dialog it would save."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


def _inset(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(style.PAGE_MARGIN, 0, style.PAGE_MARGIN, 0)
    row.addWidget(widget)
    return row
