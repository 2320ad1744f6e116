"""One group of copies in the window: the best marked, each with its picture, size, place and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_mmrag.domain import Hit, Whole
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import Elided, plain
from desktop_mmrag.retrieve.groups import Copy, Group

PICTURE = QSize(88, 66)
"""Of each copy, in device-independent pixels."""
_SHOWN = 12


class DuplicatesCard(QFrame):
    """Proposes; deletes nothing."""

    shown = Signal(object)
    """A Hit to look at closely."""
    opened = Signal(object)
    """A Hit to open with the system's program."""
    folder_wanted = Signal(object)
    """A Hit whose folder is to be shown."""

    def __init__(
        self, group: Group, images: list[QImage | None], parent: QWidget | None = None
    ) -> None:
        """`images`: one of each copy, in its order."""
        super().__init__(parent)
        style.surface(self, "card")
        self.setObjectName("duplicates")
        self.setAccessibleName(self.tr("Copies of {0}").format(group.best.path.name))
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP, style.GAP_LARGE)
        column.setSpacing(style.GAP + style.GAP_SMALL)
        for copy, image in list(zip(group.copies, images, strict=True))[:_SHOWN]:
            column.addLayout(self._row(copy, image, copy is group.best))
        if (more := len(group.copies) - _SHOWN) > 0:
            column.addWidget(plain(self.tr("and {0} more").format(in_words.number(more)), "quiet"))

    def _row(self, copy: Copy, image: QImage | None, best: bool) -> QHBoxLayout:
        size = QHBoxLayout()
        size.setSpacing(style.GAP)
        size.addWidget(plain(_size(copy), "quiet"))
        if best or copy.identical:
            words = self.tr("Best") if best else self.tr("Same file")
            badge = plain(words, "badge", name="bestCopy" if best else "sameFile")
            size.addWidget(style.tone(badge, "accent" if best else ""))
        size.addStretch(1)
        words_column = QVBoxLayout()
        words_column.setSpacing(style.GAP_SMALL)
        words_column.addStretch(1)
        words_column.addWidget(Elided(copy.path.name, "heading"))
        words_column.addLayout(size)
        words_column.addWidget(
            Elided(in_words.folder(copy.path.parent), "quiet", Qt.TextElideMode.ElideMiddle)
        )
        words_column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(style.GAP_LARGE)
        row.addWidget(self._picture(copy, image))
        row.addLayout(words_column, 1)
        row.addLayout(self._buttons(copy))
        return row

    def _picture(self, copy: Copy, image: QImage | None) -> QLabel:
        label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        label.setFixedSize(PICTURE)
        if image is None:
            style.set_pixmap(label, copy.content.medium.value, "quiet", 32)
            return label
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        label.setPixmap(pixmap)
        return label

    def _buttons(self, copy: Copy) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        hit, name = hit_of(copy), copy.path.name
        for icon, said, signal, needs_file in (
            ("eye", self.tr("Look closely at {0}"), self.shown, False),
            ("open", self.tr("Open {0}"), self.opened, True),
            ("sources", self.tr("Show {0} in its folder"), self.folder_wanted, True),
        ):
            button = QToolButton()
            style.set_icon(button, icon, "quiet")
            button.setObjectName(f"copy-{icon}")
            button.setAccessibleName(said.format(name))
            button.setToolTip(said.format(name))
            button.setEnabled(copy.content.online or not needs_file)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(hit))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row


def hit_of(copy: Copy) -> Hit:
    """A copy as the other views know it."""
    content = copy.content
    return Hit(
        rank=1,
        segment_id=0,
        content_id=content.id,
        path=copy.path,
        medium=content.medium,
        locator=Whole(),
        snippet="",
        relevance=1.0,
        strong=True,
        reasons=(),
        online=content.online,
        taken_at=content.facts.taken_at,
        dated_at=content.dated_at,
    )


def _size(copy: Copy) -> str:
    facts, size = copy.content.facts, in_words.size(copy.content.size)
    return f"{facts.width} × {facts.height} · {size}" if facts.width and facts.height else size
