"""Skipped files on the screen: why, what helps, and another try."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag import __version__
from desktop_mmrag.domain import Failure
from desktop_mmrag.gui.find.open_with import show_in_folder
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.told import told
from desktop_mmrag.gui.sources.failure_list import FOLDER, FailureList, Reason, by_reason
from desktop_mmrag.gui.wiring import Wiring

_FOLDER_WIDTH = 280


class FailuresView(QWidget):
    """Reasons and files above, the chosen one's details below."""

    count_changed = Signal(int)

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self.list = FailureList()
        self._loading = self._stale = False
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_empty())
        self._pages.addWidget(self._build_filled())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._describe()

    # --- building

    def _build_empty(self) -> QWidget:
        page, icon = QWidget(), QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        style.set_pixmap(icon, "done", "success", style.ICON_LARGE)
        words = plain(self.tr("Nothing was skipped."), "quiet", name="noFailures")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(page)
        column.addStretch(2)
        column.addWidget(icon)
        column.addWidget(words)
        column.addStretch(3)
        return page

    def _build_filled(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        column.addWidget(self._build_tree(), 1)
        column.addWidget(self._build_details())
        return page

    def _build_tree(self) -> QTreeView:
        self._tree = tree = QTreeView()
        tree.setObjectName("failures")
        tree.setAccessibleName(self.tr("Skipped files"))
        tree.setModel(self.list)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setAllColumnsShowFocus(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(FOLDER, QHeaderView.ResizeMode.Interactive)
        tree.header().setStretchLastSection(False)
        tree.header().resizeSection(FOLDER, _FOLDER_WIDTH)
        tree.selectionModel().selectionChanged.connect(self._selected)
        return tree

    def _build_details(self) -> QFrame:
        box = style.surface(QFrame(), "card")
        self._title = plain(role="heading", name="failureTitle", wrap=True)
        self._message = plain(wrap=True, selectable=True, name="failureMessage")
        self._hint = plain(role="quiet", wrap=True, name="failureHint")
        self._again = style.kind(QPushButton(self.tr("Try again")), "primary")
        self._copy = QPushButton(self.tr("Copy details"))
        self._show = QPushButton(self.tr("Show in folder"))
        self._all = QPushButton(self.tr("Try all again"))
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        for button, name, icon, act in (
            (self._again, "tryAgain", "", self._try_chosen),
            (self._copy, "copyFailure", "copy", self._copy_chosen),
            (self._show, "showFailure", "open", self._show_chosen),
            (self._all, "tryAllAgain", "redo", self.try_all),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
            if icon:
                style.set_icon(button, icon, "text", style.ICON_SMALL)
            if button is self._all:
                row.addStretch(1)
            row.addWidget(button)
        column = QVBoxLayout(box)
        column.setContentsMargins(*[style.GAP_LARGE] * 4)
        column.setSpacing(style.GAP_SMALL)
        for label in (self._title, self._message, self._hint):
            column.addWidget(label)
        column.addSpacing(style.GAP)
        column.addLayout(row)
        return box

    # --- showing

    def refresh(self) -> None:
        """Reads the list anew; what was open and chosen stays so."""
        # What changes during a reading is seen by the next.
        self._stale = self._loading
        if self._loading:
            return
        self._loading = True

        def work() -> Iterator[list[Reason]]:
            yield by_reason(self._wiring.application.library.catalog.failures())

        self._wiring.bridge.run(work, self._show_reasons, self._loaded)

    def _loaded(self) -> None:
        self._loading = False
        if self._stale:
            self.refresh()

    def _show_reasons(self, reasons: list[Reason]) -> None:
        if reasons == list(self.list.reasons):
            return
        first = not self.list.reasons
        closed = {
            self.list.reasons[row].title
            for row in range(self.list.rowCount())
            if not self._tree.isExpanded(self.list.index(row, 0))
        }
        chosen, place = self.chosen(), self._tree.verticalScrollBar().value()
        self.list.show(reasons)
        for row, reason in enumerate(reasons):
            self._tree.setFirstColumnSpanned(row, QModelIndex(), True)
            self._tree.setExpanded(self.list.index(row, 0), first or reason.title not in closed)
        if len(chosen) == 1:
            self._tree.setCurrentIndex(self.list.find(chosen[0].path))
        self._tree.verticalScrollBar().setValue(place)
        self._pages.setCurrentIndex(1 if reasons else 0)
        self._describe()
        self.count_changed.emit(sum(len(reason.files) for reason in reasons))

    def _selected(self, *_: QItemSelection) -> None:
        self._describe()

    def chosen(self) -> tuple[Failure, ...]:
        """The chosen files; choosing a reason chooses all its files."""
        found: dict[Path, Failure] = {}
        for index in self._tree.selectionModel().selectedRows():
            found |= {failure.path: failure for failure in self.list.failures_at(index)}
        return tuple(found.values())

    def _describe(self) -> None:
        chosen = self.chosen()
        titles = {failure.title for failure in chosen}
        hints = {failure.hint for failure in chosen}
        title, message = self.tr("Choose a file to see why it was skipped."), ""
        if len(titles) == 1:
            title = told(titles.pop())
        elif titles:
            title = self.tr("Several reasons")
        # Of one reason, too, files may need different remedies.
        hint = told(hints.pop()) if len(hints) == 1 else ""
        if len(chosen) == 1:
            message = f"{chosen[0].path}\n{told(chosen[0].message)}"
        elif chosen:
            message = self.tr("{0} files").format(in_words.number(len(chosen)))
        for label, words in ((self._title, title), (self._message, message), (self._hint, hint)):
            label.setText(words)
            label.setVisible(bool(words))
        self._again.setEnabled(bool(chosen))
        self._copy.setEnabled(bool(chosen))
        self._show.setEnabled(len(chosen) == 1)

    # --- doing

    def try_all(self) -> None:
        """Every skipped file is read once more."""
        self._try(None)

    def _try_chosen(self) -> None:
        self._try([failure.path for failure in self.chosen()])

    def _try(self, only: Sequence[Path] | None) -> None:
        catalog = self._wiring.application.library.catalog

        def work() -> Iterator[int]:
            yield catalog.retry_failures(only=only)

        # Keeping begins anew afterwards and so meets them at once.
        self._wiring.keeping.alone(work, self._told)

    def _told(self, count: int) -> None:
        one = self.tr("1 file is tried again.")
        many = self.tr("{0} files are tried again.").format(in_words.number(count))
        self._wiring.message.emit(one if count == 1 else many)
        self.refresh()

    def _copy_chosen(self) -> None:
        text = "\n\n".join(details(failure) for failure in self.chosen())
        QGuiApplication.clipboard().setText(text)
        self._wiring.message.emit(self.tr("The details were copied."))

    def _show_chosen(self) -> None:
        for failure in self.chosen()[:1]:
            show_in_folder(failure.path)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for button in (self._again, self._copy, self._show):
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        menu.popup(self._tree.viewport().mapToGlobal(place))


def details(failure: Failure) -> str:
    """All that is known of a failure, to be sent to someone who can help."""
    return "\n".join(
        (
            str(failure.path),
            failure.title,
            failure.message,
            failure.hint,
            f"{failure.failed_at:%Y-%m-%d %H:%M:%S}, Desktop MMRAG {__version__}",
        )
    )
