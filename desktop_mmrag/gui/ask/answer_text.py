"""The text of an answer: plain, as high as it needs to be, its citation numbers as links."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from desktop_mmrag.gui.look import style

_MARK = re.compile(r"\[(\d{1,3})\]")
_SCHEME = "citation:"


class AnswerText(QTextBrowser):
    """Written piece by piece with a cursor: there is no markup that a file could smuggle in."""

    cited = Signal(int)
    """The number of a citation that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._text, self._numbers = "", frozenset[int]()
        super().__init__(parent)
        self.setObjectName("answer")
        self.setAccessibleName(self.tr("Answer"))
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._clicked)

    def show_text(self, text: str, numbers: frozenset[int] = frozenset()) -> None:
        """Replaces what is shown; goes on where the old text is the beginning of the new one."""
        grows = text.startswith(self._text) and numbers == self._numbers and bool(self._text)
        added = text[len(self._text) :] if grows else text
        self._text, self._numbers = text, numbers
        if not grows:
            self.clear()
        self._write(added)
        self._fit()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def _write(self, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        ordinary, end = QTextCharFormat(), 0
        for mark in _MARK.finditer(text):
            if int(mark[1]) in self._numbers:
                cursor.insertText(text[end : mark.start()], ordinary)
                cursor.insertText(mark[0], self._link(mark[1]))
                end = mark.end()
        cursor.insertText(text[end:], ordinary)

    def _link(self, number: str) -> QTextCharFormat:
        link = QTextCharFormat()
        link.setAnchor(True)
        link.setAnchorHref(f"{_SCHEME}{number}")
        link.setForeground(QColor(style.tokens().accent))
        link.setFontWeight(QFont.Weight.DemiBold)
        link.setToolTip(self.tr("Open source {0}").format(number))
        return link

    def _clicked(self, url: QUrl) -> None:
        if url.toString().startswith(_SCHEME):
            self.cited.emit(int(url.toString().removeprefix(_SCHEME)))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Colours of links are written into the text: another scheme writes it anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._text:
            text, self._text = self._text, ""
            self.show_text(text, self._numbers)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As high as the text is at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        around = self.height() - self.viewport().height()
        self.setFixedHeight(math.ceil(self.document().size().height()) + max(0, around))
