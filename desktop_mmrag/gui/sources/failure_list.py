"""Skipped files by the reason why: a list of two levels for a tree view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont

from desktop_mmrag.domain import Failure
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.gui.look.plain import as_markup
from desktop_mmrag.gui.look.told import told

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
FILE, FOLDER = range(2)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with the files that were skipped for it."""

    title: str
    files: tuple[Failure, ...]


def by_reason(failures: Iterable[Failure]) -> list[Reason]:
    """The most frequent reason first; files by their paths."""
    grouped: dict[str, list[Failure]] = {}
    for failure in failures:
        grouped.setdefault(failure.title, []).append(failure)
    reasons = [
        Reason(title, tuple(sorted(files, key=lambda failure: failure.path)))
        for title, files in grouped.items()
    ]
    return sorted(reasons, key=lambda reason: (-len(reason.files), reason.title))


class FailureList(QAbstractItemModel):
    """Reasons at the top, their files below. An index's internal id is 0 or the reason's row + 1."""

    def __init__(self) -> None:
        super().__init__()
        self._reasons: list[Reason] = []

    def show(self, reasons: Sequence[Reason]) -> None:
        """Replaces all."""
        self.beginResetModel()
        self._reasons = list(reasons)
        self.endResetModel()

    @property
    def reasons(self) -> Sequence[Reason]:
        """What is shown."""
        return self._reasons

    def failures_at(self, index: Index) -> tuple[Failure, ...]:
        """The file of a row, or all files of a reason."""
        if not index.isValid():
            return ()
        if not index.internalId():
            return self._reasons[index.row()].files
        return (self._reasons[index.internalId() - 1].files[index.row()],)

    def find(self, path: Path) -> QModelIndex:
        """Where a file stands; an invalid index when it is not listed."""
        for row, reason in enumerate(self._reasons):
            for number, failure in enumerate(reason.files):
                if failure.path == path:
                    return self.createIndex(number, FILE, row + 1)
        return QModelIndex()

    # --- what a tree view asks

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        """A row of a parent."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NONE) -> QModelIndex:  # type: ignore[override]
        """The reason of a file."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, FILE, 0)

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802
        """How many rows a parent has."""
        if not parent.isValid():
            return len(self._reasons)
        if parent.internalId() or parent.column():
            return 0
        return len(self._reasons[parent.row()].files)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802
        """File and folder."""
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the eye, and for screen readers; tool tips have all of them."""
        if not index.internalId():
            return self._of_reason(self._reasons[index.row()], index.column(), role)
        (failure,) = self.failures_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return failure.path.name if index.column() == FILE else _folder(failure)
        if role == Qt.ItemDataRole.ToolTipRole:
            # A tool tip guesses whether it is markup; a name must not be.
            return as_markup(f"{failure.path}\n{told(failure.message)}")
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == FILE:
            return f"{failure.path.name}, {told(failure.message)}"
        return None

    def _of_reason(self, reason: Reason, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and column == FILE:
            title = QCoreApplication.translate("Errors", reason.title)
            return f"{title} ({in_words.number(len(reason.files))})"
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns hold."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self.tr("Reason and file") if section == FILE else self.tr("Folder")


def _folder(failure: Failure) -> str:
    return in_words.folder(failure.path.parent)
