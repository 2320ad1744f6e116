"""The bar above the results: kinds to choose from, how many there are, and how they are shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from desktop_mmrag.domain import Medium
from desktop_mmrag.gui.find.arrangement import Grouping
from desktop_mmrag.gui.find.gallery import CARD_WIDTHS, USUAL_WIDTH
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import plain

_SLIDER_WIDTH = 88
_MOST_GIVEN_UP = 4
_BARE_WIDTH = 44
# As Qt names the lack of a limit in its headers.
QWIDGETSIZE_MAX = (1 << 24) - 1


class ResultBar(QWidget):
    """All of it can be reached by Tab; the kinds work like a row of radio buttons."""

    kind_chosen = Signal(object)
    """A Medium, or None for all."""
    grouping_chosen = Signal(object)
    """A Grouping."""
    rows_wanted = Signal(bool)
    """True for the list, False for the grid."""
    width_wanted = Signal(int)
    preview_wanted = Signal(bool)
    timeline_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultBar")
        self._kinds = QButtonGroup(self)
        # It gives up what does not fit instead of making the page wider.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(style.MARGIN, style.GAP_SMALL, style.MARGIN, style.GAP_SMALL)
        row.setSpacing(style.GAP_SMALL)
        self._add_kinds(row)
        row.addStretch(1)
        self._count = plain("", "small", name="count")
        row.addWidget(self._count)
        row.addSpacing(style.GAP)
        self._add_grouping(row)
        self._add_ways(row)
        self._timeline = self._tool("timeline", self.tr("Timeline"), "timeline-toggle")
        self._timeline.setCheckable(True)
        self._timeline.toggled.connect(self.timeline_wanted)
        row.addWidget(self._timeline)
        self._preview = self._tool("sidebar", self.tr("Preview"), "preview-toggle")
        self._preview.setCheckable(True)
        self._preview.setChecked(True)
        self._preview.toggled.connect(self.preview_wanted)
        row.addWidget(self._preview)

    def _add_kinds(self, row: QHBoxLayout) -> None:
        every: list[Medium | None] = [None, *Medium]
        for medium in every:
            words = self.tr("All") if medium is None else in_words.media(medium)
            button = style.kind(QPushButton(words), "quiet")
            button.setCheckable(True)
            button.setObjectName(f"kind-{medium.value if medium else 'all'}")
            button.setAccessibleName(words)
            button.setToolTip(words)
            if medium:
                style.set_icon(button, medium.value, size=0)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _, medium=medium: self.kind_chosen.emit(medium))
            self._kinds.addButton(button)
            row.addWidget(button)
        self._kinds.buttons()[0].setChecked(True)

    def _add_grouping(self, row: QHBoxLayout) -> None:
        self._grouping = QComboBox()
        self._grouping.setObjectName("grouping")
        self._grouping.setAccessibleName(self.tr("Group by"))
        self._grouping.setToolTip(self.tr("Group by"))
        self._grouping.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for words, grouping in (
            ("", Grouping.NONE),
            (self.tr("By day"), Grouping.DAY),
            (self.tr("By month"), Grouping.MONTH),
            (self.tr("By folder"), Grouping.FOLDER),
            (self.tr("By kind"), Grouping.KIND),
        ):
            self._grouping.addItem(words, grouping)
        self._grouping.activated.connect(
            lambda at: self.grouping_chosen.emit(self._grouping.itemData(at))
        )
        self._grouping.setItemText(0, self.tr("Newest first"))
        row.addWidget(self._grouping)

    def _add_ways(self, row: QHBoxLayout) -> None:
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("cardWidth")
        self._slider.setAccessibleName(self.tr("Size of the pictures"))
        self._slider.setToolTip(self.tr("Size of the pictures"))
        self._slider.setRange(*CARD_WIDTHS)
        self._slider.setValue(USUAL_WIDTH)
        self._slider.setPageStep(32)
        self._slider.setFixedWidth(_SLIDER_WIDTH)
        self._slider.valueChanged.connect(self.width_wanted)
        row.addWidget(self._slider)
        ways = QButtonGroup(self)
        self._as_grid = self._tool("grid", self.tr("Grid"), "asGrid")
        self._as_rows = self._tool("list", self.tr("List"), "asList")
        for button in (self._as_grid, self._as_rows):
            button.setCheckable(True)
            ways.addButton(button)
            row.addWidget(button)
        self._as_grid.setChecked(True)
        self._as_rows.toggled.connect(self._way_changed)

    def _way_changed(self, rows: bool) -> None:
        self._fit()
        self.rows_wanted.emit(rows)

    def _tool(self, icon: str, words: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        style.set_icon(button, icon)
        button.setIconSize(QSize(style.ICON, style.ICON))
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    # --- where there is little room

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Gives up what is least needed until the rest fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for given_up in range(_MOST_GIVEN_UP + 1):
            self._give_up(given_up)
            if self.sizeHint().width() <= self.width():
                return

    def _give_up(self, much: int) -> None:
        """First the words of the kinds, then the slider, the count, the grouping."""
        for button in self._kinds.buttons():
            bare = much >= 1 and bool(button.property("iconName"))
            button.setText("" if bare else button.accessibleName())
            button.setMaximumWidth(_BARE_WIDTH if bare else QWIDGETSIZE_MAX)
            if button.property("iconName"):
                button.setIconSize(QSize(style.ICON, style.ICON) if bare else QSize(0, 0))
        self._slider.setVisible(much < 2 and self._as_grid.isChecked())
        self._count.setVisible(much < 3)
        self._grouping.setVisible(much < _MOST_GIVEN_UP)

    # --- what it shows

    def set_count(self, words: str) -> None:
        """How many there are, in words."""
        self._count.setText(words)
        self._fit()

    def set_kind(self, medium: Medium | None) -> None:
        """Checks a kind without saying so."""
        at = 0 if medium is None else 1 + list(Medium).index(medium)
        self._kinds.buttons()[at].setChecked(True)

    def groupings(self) -> list[Grouping]:
        """What can be chosen, in its order."""
        return [self._grouping.itemData(at) for at in range(self._grouping.count())]

    def set_grouping(self, by: Grouping, ranked: bool) -> None:
        """Shows the grouping in use; without one a search is in the order of its ranking."""
        plain_order = self.tr("Best first") if ranked else self.tr("Newest first")
        self._grouping.setItemText(0, plain_order)
        self._grouping.setCurrentIndex(self._grouping.findData(by))

    def set_rows(self, rows: bool) -> None:
        """The list, or the grid."""
        (self._as_rows if rows else self._as_grid).setChecked(True)

    def set_width(self, width: int) -> None:
        """The width of cards."""
        self._slider.setValue(width)

    def set_preview(self, shown: bool) -> None:
        """Whether there is a preview."""
        self._preview.setChecked(shown)

    def offer_preview(self, room: bool) -> None:
        """Where there is no room for a preview its button is gone: it would do nothing."""
        self._preview.setVisible(room)
        self._fit()

    def set_timeline(self, shown: bool) -> None:
        """Whether there is a timeline."""
        self._timeline.setChecked(shown)

    @property
    def wants_timeline(self) -> bool:
        """Whether the person wants a timeline."""
        return self._timeline.isChecked()

    @property
    def wants_preview(self) -> bool:
        """Whether the person wants a preview."""
        return self._preview.isChecked()

    def grow(self, by: int) -> None:
        """Larger or smaller cards."""
        self._slider.setValue(self._slider.value() + by)
