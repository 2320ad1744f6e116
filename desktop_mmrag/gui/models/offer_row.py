"""One model on offer: what it gives, its size and licence, and a click that downloads it."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.core_words import hint_of, message_of, title_of
from desktop_mmrag.gui.look.told import sentences, told
from desktop_mmrag.gui.models.downloads import DownloadState
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.models.catalogue import ModelEntry

_ICONS = {"image-text": "photo", "vision": "sparkle", "speech": "audio"}


class OfferRow(QWidget):
    """Downloads when asked to; goes on where it stopped."""

    def __init__(
        self,
        entry: ModelEntry,
        wiring: Wiring,
        better: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`better`: another model does this already, not as well."""
        super().__init__(parent)
        self._entry, self._wiring, self._better = entry, wiring, better
        self._icon = QLabel()
        style.set_pixmap(self._icon, _ICONS.get(entry.kind, "models"), "accent", 24)
        name = style.role(QLabel(self._purpose()), "heading")
        self._about = style.role(QLabel(self._facts(), wordWrap=True), "quiet")
        self._about.setObjectName("offerFacts")
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._bar.setAccessibleName(self.tr("Download of {0}").format(told(entry.title)))
        self._bar.hide()
        self._button = QPushButton(self.tr("Download"))
        self._button.setObjectName(f"offer-{entry.id}")
        self._button.setAccessibleName(self.tr("Download {0}").format(told(entry.title)))
        self._button.clicked.connect(self._clicked)
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (name, self._about, self._bar):
            words.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, style.GAP, 0, style.GAP)
        layout.setSpacing(style.GAP_LARGE)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(self._button)
        for signal in (wiring.downloads.changed, wiring.downloads.ended):
            signal.connect(self._refresh)
        wiring.downloads.installed.connect(self._installed)

    def _purpose(self) -> str:
        if self._better and self._entry.kind == "image-text":
            return self.tr("Find photos better, in over a hundred languages")
        return {
            "image-text": self.tr("Find photos by what is in them"),
            "vision": self.tr("Answers in full sentences, also from pictures"),
            "speech": self.tr("Find what is said in recordings"),
        }.get(self._entry.kind, told(self._entry.title))

    def _facts(self) -> str:
        entry = self._entry
        si = QLocale.DataSizeFormat.DataSizeSIFormat
        size = QLocale().formattedDataSize(entry.size, 1, si) if entry.size else ""
        size = size or self.tr("size unknown")
        return f"{told(entry.title)} · {size} · {entry.licence.spdx}"

    def _clicked(self) -> None:
        downloads, model_id = self._wiring.downloads, self._entry.id
        under_way = downloads.of(model_id)
        if under_way and under_way.state is not DownloadState.FAILED:
            downloads.pause(model_id)
        else:
            downloads.start(self._entry)

    def _refresh(self, model_id: str) -> None:
        """How its download stands, wherever it was started."""
        if model_id != self._entry.id:
            return
        download = self._wiring.downloads.of(model_id)
        problem = download.problem if download else None
        style.role(self._about, "error" if problem else "quiet")
        told = problem and sentences(title_of(problem), message_of(problem), hint_of(problem))
        self._about.setText(told or self._facts())
        under_way = download is not None and problem is None
        self._bar.setVisible(under_way)
        self._button.setText(self.tr("Stop") if under_way else self.tr("Go on"))
        progress = download.progress if download else None
        if progress and progress.total:
            self._bar.setMaximum(1000)
            self._bar.setValue(round(1000 * progress.done / progress.total))
        else:
            self._bar.setMaximum(0)

    def _installed(self, model_id: str) -> None:
        if model_id == self._entry.id:
            self._button.setText(self.tr("Installed"))
            self._button.setEnabled(False)
