"""What is left out of the library: the person's patterns, and what is never kept."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.settings.settings_dialog import SettingRow
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.settings import Settings

_SHOWN = ("exclude", "include_only", "hidden_files", "largest_file_mb")


class LeftOut(QWidget):
    """The settings that decide which files are kept, edited where the folders are."""

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._rows: dict[str, SettingRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.GAP, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        for item in dataclasses.fields(Settings):
            if item.name in _SHOWN:
                row = SettingRow(item, getattr(wiring.application.settings, item.name))
                row.changed.connect(self._refresh)
                self._rows[item.name] = row
                column.addWidget(row)
        never = self.tr(
            "Never kept, whatever stands here: keys and passwords, caches and temporary files, "
            "folders of programs such as node_modules and .git."
        )
        column.addWidget(plain(never, "quiet", wrap=True))
        column.addSpacing(style.GAP)
        column.addLayout(self._build_buttons())
        column.addStretch(1)
        wiring.settings_changed.connect(self._show_saved)
        self._refresh()

    def _build_buttons(self) -> QHBoxLayout:
        self._save = style.kind(QPushButton(self.tr("Apply")), "primary")
        self._save.setObjectName("applyLeftOut")
        self._save.clicked.connect(self._apply)
        self._revert = QPushButton(self.tr("Revert"))
        self._revert.setObjectName("revertLeftOut")
        self._revert.clicked.connect(self._show_saved)
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addStretch(1)
        row.addWidget(self._revert)
        row.addWidget(self._save)
        return row

    def _refresh(self) -> None:
        now = self._wiring.application.settings
        changed = any(row.value() != getattr(now, name) for name, row in self._rows.items())
        self._revert.setEnabled(changed)
        self._save.setEnabled(changed and not any(row.problem for row in self._rows.values()))

    def _apply(self) -> None:
        chosen = {name: row.value() for name, row in self._rows.items()}
        self._wiring.apply_settings(self._wiring.application.settings.replace(**chosen))
        self._wiring.message.emit(self.tr("The folders are looked through again."))

    def _show_saved(self) -> None:
        for name, row in self._rows.items():
            row.editor.show_value(getattr(self._wiring.application.settings, name))
        self._refresh()
