"""The list behind the gallery: hits in the order they are shown, with words for screen readers and files for drags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, overload

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.find.arrangement import Arrangement, Item, Key, Section, hit_of
from desktop_mmrag.gui.look import in_words

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole
_NO_PARENT = QModelIndex()
translate = QCoreApplication.translate


class HitList(QAbstractListModel):
    """What the gallery shows. Rows are made into hits when they are asked for."""

    def __init__(self, arrangement: Arrangement | None = None) -> None:
        super().__init__()
        self._arrangement = arrangement or Arrangement()

    def show(self, arrangement: Arrangement) -> None:
        """Replaces what is shown."""
        self.beginResetModel()
        self._arrangement = arrangement
        self.endResetModel()

    @property
    def sections(self) -> Sequence[Section]:
        """How the rows fall into sections."""
        return self._arrangement.sections

    def item(self, row: int) -> Item:
        """What stands in a row, as it came."""
        return self._arrangement.items[row]

    def hit(self, row: int) -> Hit:
        """What stands in a row."""
        return hit_of(self._arrangement.items[row])

    def content_id(self, row: int) -> int:
        """The content of a row, without making a hit of it."""
        return self._arrangement.items[row].content_id

    def rows_of(self, wanted: Iterable[Key]) -> list[int]:
        """Rows of those that are still there."""
        rows = self._arrangement.rows
        return [rows[key] for key in wanted if key in rows]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802
        """Hits have no children."""
        return 0 if parent.isValid() else len(self._arrangement.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The hit itself, and words for screen readers and tool tips."""
        if not 0 <= index.row() < len(self._arrangement.items):
            return None
        if role == HIT:
            return self.hit(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(self.hit(index.row()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return _told(self.hit(index.row()))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be chosen and dragged out."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """The files of these rows, for other programs."""
        return files_as_mime(self.hit(index.row()).path for index in indexes)


class HitsOfRows(Sequence[Hit]):
    """The hits of some rows, each made when it is asked for."""

    def __init__(self, hits: HitList, rows: Sequence[int]) -> None:
        self._hits, self._rows = hits, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        if isinstance(at, slice):
            return [self._hits.hit(row) for row in self._rows[at]]
        return self._hits.hit(self._rows[at])


def files_as_mime(paths: Iterable[Path]) -> QMimeData:
    """Files as the clipboard and drags carry them; each once."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in dict.fromkeys(paths)])
    return mime


def _spoken(hit: Hit) -> str:
    parts = [hit.path.name, in_words.medium(hit.medium), in_words.place(hit)]
    parts += [in_words.store(reason.store) for reason in hit.reasons]
    if not hit.strong:
        parts.append(translate("HitList", "weaker match"))
    return ", ".join(part for part in parts if part)


def _told(hit: Hit) -> str:
    lines = [in_words.folder(hit.path.parent), hit.path.name]
    if not hit.online:
        lines.append(translate("HitList", "Its drive is not connected."))
    if hit.also_at:
        lines.append(translate("HitList", "Also in {0} other place(s)").format(len(hit.also_at)))
    return "\n".join(lines)
