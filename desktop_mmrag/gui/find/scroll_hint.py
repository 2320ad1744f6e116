"""Says beside the scroll bar, while it is dragged, which section is passing by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel

from desktop_mmrag.gui.look import style


class ScrollHint(QLabel):
    """Hidden while nobody drags the bar, and where there are no headings."""

    def __init__(self, area: QAbstractScrollArea, title: Callable[[], str]) -> None:
        """`title` gives the heading of what is at the top now."""
        super().__init__(area)
        self._area, self._title = area, title
        self.setObjectName("scrollHint")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        bar = area.verticalScrollBar()
        bar.sliderMoved.connect(self._follow)
        bar.sliderReleased.connect(self.hide)

    def _follow(self) -> None:
        words = self._title()
        if not words:
            self.hide()
            return
        now, bar = style.tokens(), self._area.verticalScrollBar()
        self.setText(words)
        self.setStyleSheet(
            f"background: {now.text}; color: {now.window}; padding: 4px 10px; border-radius: 6px;"
        )
        self.adjustSize()
        share = bar.value() / max(1, bar.maximum())
        room = self._area.height() - self.height()
        self.move(self._area.width() - self.width() - bar.width() - style.GAP, round(share * room))
        self.show()
        self.raise_()
