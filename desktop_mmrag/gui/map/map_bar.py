"""The bar above the map: which map, coloured how, how many items, lasso and zoom."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.plain import Elided
from desktop_mmrag.gui.map.map_colours import Colouring
from desktop_mmrag.retrieve.maps import Side


class MapBar(QWidget):
    """All of it can be reached by Tab."""

    side_chosen = Signal(object)
    """A Side."""
    colouring_chosen = Signal(object)
    """A Colouring."""
    lasso_wanted = Signal(bool)
    zoom_wanted = Signal(bool)
    """True for nearer."""
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.MARGIN, style.MARGIN, style.MARGIN, style.GAP)
        row.setSpacing(style.GAP_SMALL)
        self._group = QButtonGroup(self)
        self._sides = {
            Side.PICTURES: self._side(
                Side.PICTURES, self.tr("Pictures"), self.tr("What looks alike lies together")
            ),
            Side.WORDS: self._side(
                Side.WORDS, self.tr("Words"), self.tr("What is about the same lies together")
            ),
        }
        for button in self._sides.values():
            row.addWidget(button)
        row.addSpacing(style.GAP)
        row.addWidget(self._build_colours())
        row.addSpacing(style.GAP)
        self._count = Elided("", "small")
        self._count.setObjectName("mapCount")
        row.addWidget(self._count, 1)
        lasso = self._tool("lasso", self.tr("Lasso (Shift and drag)"), "mapLasso")
        lasso.setCheckable(True)
        lasso.toggled.connect(self.lasso_wanted)
        out = self._tool("zoom-out", self.tr("Further (-)"), "mapZoomOut")
        out.clicked.connect(lambda: self.zoom_wanted.emit(False))
        nearer = self._tool("zoom-in", self.tr("Nearer (+)"), "mapZoomIn")
        nearer.clicked.connect(lambda: self.zoom_wanted.emit(True))
        fit = self._tool("fit", self.tr("All of the map (Home)"), "mapFit")
        fit.clicked.connect(self.fit_wanted)
        self._tools = (lasso, out, nearer, fit)
        for tool in self._tools:
            row.addWidget(tool)

    def _side(self, side: Side, words: str, tip: str) -> QPushButton:
        button = style.kind(QPushButton(words), "quiet")
        button.setCheckable(True)
        button.setObjectName(f"mapSide-{side.value}")
        button.setAccessibleName(words)
        button.setToolTip(tip)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.side_chosen.emit(side))
        self._group.addButton(button)
        return button

    def _build_colours(self) -> QComboBox:
        self._colours = QComboBox()
        self._colours.setObjectName("mapColours")
        self._colours.setAccessibleName(self.tr("Colours"))
        self._colours.setToolTip(self.tr("What the colours stand for"))
        self._colours.addItem(self.tr("Colours by kind"), Colouring.KIND)
        self._colours.addItem(self.tr("Colours by year"), Colouring.YEAR)
        self._colours.activated.connect(
            lambda at: self.colouring_chosen.emit(Colouring(self._colours.itemData(at)))
        )
        return self._colours

    def _tool(self, icon: str, words: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        style.set_icon(button, icon)
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The colours give way before words are cut; the legend says what they stand for."""
        super().resizeEvent(event)
        shown = (*self._sides.values(), self._colours, *self._tools)
        needed = sum(widget.sizeHint().width() + style.GAP for widget in shown)
        self._colours.setVisible(needed + 2 * style.MARGIN <= self.width())

    def show_sides(self, there: list[Side], shown: Side) -> None:
        """Which maps there are, and which is shown."""
        for side, button in self._sides.items():
            button.setEnabled(side in there)
        self._sides[shown].setChecked(True)

    def set_count(self, words: str) -> None:
        """How many items are shown."""
        self._count.say(words)
