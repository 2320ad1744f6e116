"""What a person is told before a model is downloaded: size, server, licence, what speaks against it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.told import told
from desktop_mmrag.gui.models import model_words
from desktop_mmrag.gui.models.model_list import Computer, ModelNow, fits_disk

_WIDTH = 480


class DownloadTerms(QDialog):
    """Asks once; nothing is connected to before *Download*."""

    agreed = Signal()

    def __init__(self, model: ModelNow, computer: Computer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("downloadTerms")
        self.setWindowTitle(self.tr("Download a model"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*[style.PAGE_MARGIN] * 4)
        column.setSpacing(style.GAP + style.GAP_SMALL)
        title = self.tr("Download {0}?").format(told(model.entry.title))
        column.addWidget(plain(title, "heading", wrap=True))
        column.addWidget(plain(model_words.good_for(model.entry), wrap=True))
        column.addLayout(_table(model_words.terms(model, computer)))
        for caution in model_words.cautions(model, computer):
            column.addLayout(_caution(caution))
        column.addSpacing(style.GAP)
        column.addLayout(self._build_buttons(fits_disk(model, computer)))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """As high as its words need at this width."""
        super().showEvent(event)
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH))

    def _build_buttons(self, fits: bool) -> QHBoxLayout:
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setObjectName("cancelDownload")
        # A button with the focus would look like the one that Enter presses.
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        agree = style.kind(QPushButton(self.tr("Download")), "primary")
        agree.setObjectName("confirmDownload")
        agree.setDefault(True)
        agree.setEnabled(fits)
        agree.clicked.connect(self.agreed)
        agree.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(agree)
        return row


def _table(rows: list[tuple[str, str]]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(style.GAP_LARGE)
    form.setVerticalSpacing(style.GAP_SMALL)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    for name, words in rows:
        form.addRow(plain(name, "quiet"), plain(words, wrap=True, selectable=True))
    return form


def _caution(words: str) -> QHBoxLayout:
    icon = QLabel()
    style.set_pixmap(icon, "warning", "warning", style.ICON_SMALL)
    row = QHBoxLayout()
    row.setSpacing(style.GAP)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(plain(words, "warning", wrap=True), 1)
    return row
