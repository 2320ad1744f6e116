"""Where one hit is looked at: its picture, page, words or recording, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import Box, Hit, Medium, TimeSpan
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.core_words import message_of
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.preview.looking import Drawn, Looked, Marked, Sight, Trouble, look, sharpen
from desktop_mmrag.gui.preview.passage_view import PassageView
from desktop_mmrag.gui.preview.picture_view import PictureView
from desktop_mmrag.gui.preview.player_view import PlayerView
from desktop_mmrag.gui.wiring import Like, SearchRequest, Wiring

_SEEN_AND_SAID = (3000, 2000)
"""How a recording and its words share the height at first."""


class Stage(QWidget):
    """Shows a hit; what is slow to read comes later and takes the place of what was there."""

    looked = Signal(object)
    """A Looked: what is known of the hit that is shown now."""
    lost = Signal(object)
    """A KnownError: the hit is not in the library any more."""

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._hit: Hit | None = None
        self._looked: Looked | None = None
        self._side = 0
        self._working: Stop | None = None
        self.picture = PictureView()
        self.passage = PassageView()
        self.player = PlayerView()
        self._build()
        self.picture.part_wanted.connect(self._search_part)
        self.picture.sharper_wanted.connect(self._sharpen)
        self.passage.moment_wanted.connect(self.player.play_from)
        self.player.moved.connect(self.passage.set_moment)
        self.player.failed.connect(lambda: self._tell(self.tr("This cannot be played here.")))

    def _build(self) -> None:
        self._spoken = QSplitter(Qt.Orientation.Vertical)
        self._spoken.addWidget(self.player)
        self._spoken.setChildrenCollapsible(False)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        for page in (self.picture, self._words, self._spoken):
            self._pages.addWidget(page)
        self._trouble = plain("", "warning", wrap=True, name="trouble")
        self._trouble.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP_SMALL)
        self._trouble.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._trouble)
        layout.addWidget(self._build_bar())

    def _build_bar(self) -> QWidget:
        self._as_page = self._tool("document", self.tr("Picture"), lambda: self._show_words(False))
        self._as_words = self._tool("note", self.tr("Its words"), lambda: self._show_words(True))
        for button in (self._as_page, self._as_words):
            button.setCheckable(True)
        before = self._tool("chevron-left", self.tr("Page before"), lambda: self.turn(-1))
        after = self._tool("chevron-right", self.tr("Next page"), lambda: self.turn(1))
        self._page = style.role(QLabel(), "small")
        self._page.setObjectName("pageNumber")
        self._turning = (before, self._page, after)
        smaller = self._tool("zoom-out", self.tr("Smaller"), lambda: self.picture.zoom_by(0.8))
        fit = self._tool("fit", self.tr("All of it"), self.picture.fit)
        larger = self._tool("zoom-in", self.tr("Larger"), lambda: self.picture.zoom_by(1.25))
        actual = QToolButton()
        actual.setText("1:1")
        actual.setObjectName("actualSize")
        actual.setToolTip(self.tr("Its own pixels"))
        actual.setAccessibleName(self.tr("Its own pixels"))
        actual.clicked.connect(lambda: self.picture.actual_size())
        self._zooming = (smaller, fit, actual, larger)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(style.GAP, 2, style.GAP, 2)
        row.setSpacing(2)
        for widget in (self._as_page, self._as_words, *self._turning):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in self._zooming:
            row.addWidget(widget)
        self._bar.hide()
        return self._bar

    def _tool(self, icon: str, words: str, act: object) -> QToolButton:
        button = QToolButton()
        style.set_icon(button, icon, "text", style.ICON_SMALL)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setObjectName(icon)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button

    # --- showing

    @property
    def hit(self) -> Hit | None:
        """What is shown."""
        return self._hit

    @property
    def main(self) -> QWidget:
        """What takes the keys of what is shown: the picture, the words, or the player."""
        shown = self._pages.currentWidget()
        if shown is self._words:
            return self.passage
        return self.player if shown is self._spoken else self.picture

    def show_hit(self, hit: Hit, page: int | None = None) -> None:
        """Shows a hit, or another page of it."""
        self._stop()
        same_file = self._hit is not None and self._hit.content_id == hit.content_id
        self._hit, self._side = hit, 0
        self._trouble.hide()
        if not same_file or page is not None:
            self.picture.clear()
        self._working = self._wiring.bridge.run(
            lambda: look(self._wiring.application, hit, page), self._take, on_failure=self._fail
        )

    def clear(self) -> None:
        """Shows nothing, and lets go of the file."""
        self._stop()
        self._hit = self._looked = None
        self.picture.clear()
        self.player.stop()
        self._pages.hide()
        self._bar.hide()
        self._trouble.hide()

    def _stop(self) -> None:
        if self._working:
            self._working.ask()

    def turn(self, pages: int) -> None:
        """Goes to the next page, or the one before for -1."""
        if self._looked is None or self._looked.page is None or self._hit is None:
            return
        wanted = self._looked.page + pages
        if 1 <= wanted <= (self._looked.content.facts.pages or 1):
            self.show_hit(self._hit, wanted)

    def _take(self, sight: Sight) -> None:
        match sight:
            case Looked():
                self._take_looked(sight)
            case Drawn():
                self._take_drawn(sight)
            case Marked(lines, words):
                known = self._looked.regions if self._looked else ()
                self.picture.set_regions(known, lines, words)
            case Trouble(problem):
                self._tell(
                    self.tr("{0} This is the small picture kept of it.").format(message_of(problem))
                )

    def _take_looked(self, looked: Looked) -> None:
        self._looked = looked
        medium, pages = looked.content.medium, looked.content.facts.pages
        self._pages.show()
        self._place_passage(medium)
        self.passage.show_passages(looked.passages)
        self.passage.setVisible(bool(looked.passages) or medium is Medium.NOTE)
        self.picture.set_regions(looked.regions)
        if medium in (Medium.AUDIO, Medium.VIDEO):
            self._show_recording(looked)
        else:
            self.player.stop()
            as_words = medium is Medium.NOTE or (medium is Medium.DOCUMENT and not pages)
            self._show(self._words if as_words else self.picture)
        self._dress_bar(looked)
        self.looked.emit(looked)

    def _show_recording(self, looked: Looked) -> None:
        where = looked.hit.locator
        start = where.start_s if isinstance(where, TimeSpan) else 0.0
        path, online = looked.content.paths[0], looked.content.online
        self.player.show_file(path, start, looked.content.facts.duration_s, online)
        self._show(self._spoken)

    def _place_passage(self, medium: Medium) -> None:
        """Below the player in a recording, else alone."""
        if medium in (Medium.AUDIO, Medium.VIDEO):
            if self._spoken.indexOf(self.passage) < 0:
                self._spoken.addWidget(self.passage)
                self._spoken.setSizes(list(_SEEN_AND_SAID))
        else:
            layout = self._words.layout()
            assert layout is not None
            layout.addWidget(self.passage)

    def _take_drawn(self, drawn: Drawn) -> None:
        if self._looked is None or drawn.side < self._side:
            return
        self._side = drawn.side
        if self._looked.content.medium in (Medium.AUDIO, Medium.VIDEO):
            self.player.show_image(drawn.image)
            return
        self.picture.show_image(drawn.image, self._full_size(drawn.image), self._looked.page)

    def _full_size(self, image: QImage) -> QSize | None:
        """How many pixels the file has, turned the way the picture is."""
        assert self._looked is not None
        facts = self._looked.content.facts
        if not facts.width or not facts.height or self._looked.page:
            return None
        full = QSize(facts.width, facts.height)
        upright = (full.width() > full.height()) == (image.width() > image.height())
        return full if upright else full.transposed()

    def _sharpen(self) -> None:
        if self._hit is None or self._looked is None or not self._looked.content.online:
            return
        hit, page, before = self._hit, self._looked.page, self._working

        def work() -> Iterator[Sight]:
            return sharpen(self._wiring.application, hit, page)

        if before is None or not before.asked():
            self._working = self._wiring.bridge.run(work, self._take)

    def _fail(self, problem: KnownError) -> None:
        self._pages.hide()
        self._bar.hide()
        self._tell(message_of(problem))
        self.lost.emit(problem)

    def _tell(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.show()

    # --- the bar

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)

    def _show_words(self, words: bool) -> None:
        self._show(self._words if words else self.picture)
        self._dress_bar(self._looked)

    def _dress_bar(self, looked: Looked | None) -> None:
        if looked is None:
            return
        pages = looked.content.facts.pages or 0
        has_page = looked.page is not None
        as_words = self._pages.currentWidget() is self._words
        photo = looked.content.medium is Medium.PHOTO
        has_both = bool(looked.passages) and (has_page or photo)
        for button, checked in ((self._as_page, not as_words), (self._as_words, as_words)):
            button.setVisible(has_both)
            button.setChecked(checked)
        for widget in self._turning:
            widget.setVisible(has_page and pages > 1)
        self._page.setText(self.tr("{0} of {1}").format(looked.page, pages))
        self._turning[0].setEnabled(bool(looked.page and looked.page > 1))
        self._turning[2].setEnabled(bool(looked.page and looked.page < pages))
        for widget in self._zooming:
            widget.setVisible(self._pages.currentWidget() is self.picture)
        self._bar.setVisible(has_both or self._pages.currentWidget() is self.picture)

    def _search_part(self, box: Box) -> None:
        if self._hit is not None:
            like = Like(self._hit.path, part=box)
            self._wiring.search_wanted.emit(SearchRequest("", (like,)))
