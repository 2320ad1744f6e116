"""The overlay over the whole window that says, while something is dragged, what dropping it will do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.window.drop_plan import Act, Plan

_ICONS = {
    Act.WATCH: "folder-plus",
    Act.INDEX: "refresh",
    Act.ADD: "plus",
    Act.QUERY: "find",
    Act.INSTALL: "models",
    Act.REFUSE: "exclude",
}
_NAMED = 3


def paths_in(dropped: QMimeData) -> list[Path]:
    """The files and folders of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


class DropOverlay(QWidget):
    """Covers its parent while something is dragged over it; lets all events through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._spared: QWidget | None = None
        self.setObjectName("dropOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._card = style.surface(QFrame(), "drop")
        self._lines = QVBoxLayout(self._card)
        self._lines.setContentsMargins(40, 32, 40, 32)
        self._lines.setSpacing(style.GAP_LARGE)
        layout = QVBoxLayout(self)
        layout.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def begin(self, spared: QWidget | None = None) -> None:
        """Covers the window but a `spared` part; what will happen is not known yet."""
        self._spared = spared
        self._clear()
        self._add("plus", self.tr("Drop to add"))
        self._cover()

    def show_plan(self, plan: Plan) -> None:
        """Says what dropping will do."""
        self._clear()
        for act in (Act.QUERY, Act.WATCH, Act.INDEX, Act.ADD, Act.INSTALL):
            if paths := plan.of(act):
                self._add(_ICONS[act], self.words(act, paths))
        for thing in plan.refused[:_NAMED]:
            words = self.tr("Not taken: {0}").format(thing.why)
            self._add(_ICONS[Act.REFUSE], words, "danger")
        if len(plan.refused) > _NAMED:
            more = len(plan.refused) - _NAMED
            self._add(_ICONS[Act.REFUSE], self.tr("and {0} more").format(more), "danger")
        self._cover()

    def words(self, act: Act, paths: Sequence[Path]) -> str:
        """One sentence on what happens with these."""
        names = ", ".join(path.name or str(path) for path in paths[:_NAMED])
        if len(paths) > _NAMED:
            names = self.tr("{0} and {1} more").format(names, len(paths) - _NAMED)
        return {
            Act.QUERY: self.tr("Search for what is like {0}"),
            Act.WATCH: self.tr("Watch {0}: all files in it, now and in future"),
            Act.INDEX: self.tr("Watched already; look at {0} again now"),
            Act.ADD: self.tr("Add {0}"),
            Act.INSTALL: self.tr("Install the model {0}"),
        }[act].format(names)

    def text(self) -> str:
        """All that it says, for screen readers and tests."""
        return "\n".join(label.text() for label in self._card.findChildren(QLabel) if label.text())

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.setAccessibleName(self.text())
        self.show()
        self.raise_()

    def _add(self, icon: str, words: str, tone: style.Tone = "accent") -> None:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.GAP_LARGE)
        picture = QLabel()
        style.set_pixmap(picture, icon, tone, 28)
        label = style.role(QLabel(words, wordWrap=True), "heading")
        label.setMinimumWidth(360)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(label, 1)
        self._lines.addWidget(line)

    def _clear(self) -> None:
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Dims what lies below."""
        veil = QColor(style.tokens().window)
        veil.setAlphaF(0.82)
        painter = QPainter(self)
        if self._spared:
            place = QRect(self._spared.mapTo(self._window, QPoint()), self._spared.size())
            painter.setClipRegion(QRegion(self.rect()).subtracted(QRegion(place)))
        painter.fillRect(self.rect(), veil)
        painter.end()
