"""The Duplicates page: groups of files that show or hold the same, those that take most first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import Progress
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.groups.duplicates_card import PICTURE, DuplicatesCard
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.pictures import cut
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.scrolling import scrolling
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.retrieve.groups import Group, groups

_AT_ONCE = 40

Pictured = tuple[Group, list[QImage | None]]


class DuplicatesPage(QWidget):
    """Compares when it is first seen and when asked again; never by itself while one reads."""

    icon = "copy"

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._acts = HitActions(wiring, self)
        self._groups: list[Group] = []
        self._working: Stop | None = None
        self._fresh = False
        self.setObjectName("duplicatesPage")
        self._build()
        wiring.library_changed.connect(self._library_changed)

    @property
    def title(self) -> str:
        """The page's name."""
        return self.tr("Duplicates")

    # --- building

    def _build(self) -> None:
        self._again = QPushButton(self.tr("Look again"))
        self._again.setObjectName("compareAgain")
        self._again.setAccessibleName(self._again.text())
        style.set_icon(self._again, "refresh")
        self._again.clicked.connect(self.refresh)
        head = QHBoxLayout()
        head.addWidget(plain(self.title, "title"), 1)
        head.addWidget(self._again)
        self._summary = plain("", "quiet", wrap=True, name="duplicatesSummary")
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, style.GAP, 0, 0)
        self._list.setSpacing(style.GAP + style.GAP_SMALL)
        self._more = QPushButton(self.tr("Show more"))
        self._more.setObjectName("moreDuplicates")
        self._more.setAccessibleName(self._more.text())
        self._more.clicked.connect(self._show_more)
        self._list.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._list.addStretch(1)
        self._views = QStackedWidget()
        self._views.addWidget(self._build_empty())
        self._views.addWidget(scrolling(inside))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            style.PAGE_MARGIN, style.GAP_LARGE, style.PAGE_MARGIN, style.MARGIN
        )
        layout.setSpacing(style.GAP)
        layout.addLayout(head)
        layout.addWidget(self._summary)
        layout.addWidget(self._views, 1)

    def _build_empty(self) -> QWidget:
        page, icon = QWidget(), QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        style.set_pixmap(icon, "copy", "accent", style.ICON_LARGE)
        self._heading = plain("", "title", name="noDuplicates")
        self._words = plain("", "quiet", wrap=True)
        column = QVBoxLayout(page)
        column.setSpacing(style.GAP)
        column.addStretch(2)
        column.addWidget(icon)
        for label in (self._heading, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        return page

    # --- comparing

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Compares what is new since the last time."""
        super().showEvent(event)
        if not self._fresh:
            self.refresh()

    def _library_changed(self) -> None:
        self._fresh = False

    def refresh(self) -> None:
        """Compares the whole library anew."""
        if self._working:
            self._working.ask()
        self._fresh = True
        self._clear()
        self._say(self.tr("Looking for copies …"), "")
        library = self._wiring.application.library

        def work() -> Iterator[list[Group] | None]:
            found: list[Group] = []
            for event in groups(library):
                if isinstance(event, Progress):
                    # Only so that the work can be stopped between two steps.
                    yield None
                else:
                    found.append(event)
            yield found

        self._working = self._wiring.bridge.run(work, self._show)

    def _show(self, found: list[Group] | None) -> None:
        if found is None:
            return
        self._groups = found
        if not found:
            self._say_none()
            return
        spare = sum(group.spare_bytes for group in found)
        said = (
            self.tr("One group of copies; all but the best take {0}.").format(in_words.size(spare))
            if len(found) == 1
            else self.tr("{0} groups of copies; all but the best of each take {1}.").format(
                in_words.number(len(found)), in_words.size(spare)
            )
        )
        never = self.tr("Nothing is deleted here: show a copy in its folder and decide yourself.")
        self._summary.setText(f"{said} {never}")
        self._views.setCurrentIndex(1)
        self._show_more()

    def _say_none(self) -> None:
        if self._wiring.keeping.at_work:
            self._say(
                self.tr("No duplicates so far"),
                self.tr("Your files are still being read. Come back to this page in a while."),
            )
            return
        self._say(
            self.tr("No duplicates"),
            self.tr("No photo is here twice in another size, and no file is here twice."),
        )

    def _show_more(self) -> None:
        """The next groups, with their pictures read in the background."""
        start = self._list.count() - 2
        some = list(islice(self._groups, start, start + _AT_ONCE))
        # Not twice while they are on their way.
        self._more.hide()
        thumbnails, ratio = self._wiring.application.library.thumbnails, self.devicePixelRatioF()

        def work() -> Iterator[Pictured]:
            for group in some:
                paths = [thumbnails.path(copy.content.hash) for copy in group.copies]
                yield group, [cut(path, PICTURE * ratio, 4 * ratio) for path in paths]

        self._working = self._wiring.bridge.run(work, self._add, self._added)

    def _added(self) -> None:
        self._more.setVisible(self._list.count() - 2 < len(self._groups))

    def _add(self, pictured: Pictured) -> None:
        card = DuplicatesCard(*pictured)
        card.shown.connect(self._wiring.hit_opened)
        card.opened.connect(lambda hit: self._acts.open([hit]))
        card.folder_wanted.connect(self._acts.show_in_folder)
        self._list.insertWidget(self._list.count() - 2, card)

    def _clear(self) -> None:
        self._groups = []
        self._summary.clear()
        for card in self.findChildren(DuplicatesCard):
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _say(self, heading: str, words: str) -> None:
        self._heading.setText(heading)
        self._words.setText(words)
        self._views.setCurrentIndex(0)
