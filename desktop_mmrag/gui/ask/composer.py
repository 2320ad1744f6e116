"""The field a question is written in: grows with it, sends on Enter, stops on Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from desktop_mmrag.gui.look import style

_MOST_LINES = 6


class Composer(QFrame):
    """Field and button; the button stops while a question is being answered."""

    asked = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self.field = _Field()
        self.field.entered.connect(self._send)
        self.field.left.connect(self.stopped)
        self.field.textChanged.connect(self._refresh)
        self._button = style.kind(QPushButton(), "primary")
        self._button.setObjectName("send")
        self._button.clicked.connect(self._clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP)
        row.addWidget(self.field, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignBottom)
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        """Whether the button stops or sends."""
        self._busy = self.field.busy = busy
        self._refresh()

    def _refresh(self) -> None:
        words = self.tr("Stop") if self._busy else self.tr("Ask")
        style.set_icon(self._button, "stop" if self._busy else "send", "on_accent")
        self._button.setText(words)
        self._button.setAccessibleName(words)
        self._button.setEnabled(self._busy or bool(self.field.toPlainText().strip()))

    def _clicked(self) -> None:
        if self._busy:
            self.stopped.emit()
        else:
            self._send()

    def _send(self) -> None:
        question = self.field.toPlainText().strip()
        if question:
            self.field.clear()
            self.asked.emit(question)


class _Field(QPlainTextEdit):
    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.busy = False
        self.setObjectName("questionField")
        self.setAccessibleName(self.tr("Your question"))
        self.setPlaceholderText(self.tr("Ask about your files"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter sends, Shift+Enter begins a line, Esc stops an answer."""
        plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.busy:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A narrower field breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A plain text document measures its height in lines.
        lines = max(1, min(_MOST_LINES, int(self.document().size().height())))
        margins = 2 * (style.GAP_SMALL + 2 + int(self.document().documentMargin()))
        height = round(lines * QFontMetricsF(self.font()).lineSpacing()) + margins
        full = lines == _MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if full else policy.ScrollBarAlwaysOff
        )
        if height != self.height():
            self.setFixedHeight(height)
