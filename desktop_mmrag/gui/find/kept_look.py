"""Remembers how the results were shown last: cards or rows, their size, the preview and its width."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings
from PySide6.QtWidgets import QSplitter

from desktop_mmrag.gui.find.gallery import USUAL_WIDTH
from desktop_mmrag.gui.find.result_bar import ResultBar


class KeptLook(QObject):
    """In the file of the library's folder that remembers the window."""

    def __init__(self, folder: Path, bar: ResultBar, split: QSplitter) -> None:
        super().__init__(bar)
        self._kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat, self)
        self._kept.beginGroup("find")
        bar.set_rows(bool(self._kept.value("rows", False, bool)))
        width = self._kept.value("width", USUAL_WIDTH, int)
        bar.set_width(width if isinstance(width, int) else USUAL_WIDTH)
        bar.set_preview(bool(self._kept.value("preview", True, bool)))
        bar.set_timeline(bool(self._kept.value("timeline", False, bool)))
        if isinstance(sizes := self._kept.value("split"), QByteArray):
            split.restoreState(sizes)
        bar.rows_wanted.connect(lambda rows: self._kept.setValue("rows", rows))
        bar.width_wanted.connect(lambda wide: self._kept.setValue("width", wide))
        bar.preview_wanted.connect(lambda shown: self._kept.setValue("preview", shown))
        bar.timeline_wanted.connect(lambda shown: self._kept.setValue("timeline", shown))
        split.splitterMoved.connect(lambda *_: self._kept.setValue("split", split.saveState()))
