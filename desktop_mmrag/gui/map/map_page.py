"""The Map page: the library as points in the plane, what was chosen among them, and a timeline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import Hit
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.find.arrangement import Arrangement, Grouping, arrange, hit_of
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.choose_folder import choose_folder
from desktop_mmrag.gui.look.empty_state import EmptyState
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.spinner import Spinner
from desktop_mmrag.gui.map import map_colours
from desktop_mmrag.gui.map.map_bar import MapBar
from desktop_mmrag.gui.map.map_chosen import MapChosen
from desktop_mmrag.gui.map.map_colours import Colouring
from desktop_mmrag.gui.map.map_legend import MapLegend
from desktop_mmrag.gui.map.map_view import MapView
from desktop_mmrag.gui.map.timeline import Timeline, moment
from desktop_mmrag.gui.preview.preview import Preview
from desktop_mmrag.gui.preview.viewer import Viewer
from desktop_mmrag.gui.wiring import SearchRequest, Wiring
from desktop_mmrag.retrieve.maps import MEDIA, LibraryMap, Maps, Side

_CHANGED_PAUSE_MS, _LONGEST_PAUSE_MS = 2000, 60_000
_SIDE_WIDTH = 340
_ZOOM = 1.5


class MapPage(QWidget):
    """Drawn when it is first seen, and again when the library has changed while it is seen."""

    icon = "map"

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        library = wiring.application.library
        self._maps = Maps(library)
        self._wanted_side: Side | None = None
        self._map: LibraryMap | None = None
        self._drawing: Stop | None = None
        self._reading: Stop | None = None
        self._stale = True
        self.setObjectName("mapPage")
        self.acts = HitActions(wiring, self)
        pins = Thumbnails(wiring.bridge, library.listing, self)
        cards = Thumbnails(wiring.bridge, library.listing, self)
        self.view = MapView(wiring, pins)
        self.chosen = MapChosen(cards, self.acts)
        self.preview = Preview(wiring, self.acts)
        self.viewer = Viewer(wiring, self.acts, self)
        self._build()
        self._connect()

    @property
    def title(self) -> str:
        """How the page is called."""
        return self.tr("Map")

    @property
    def shown(self) -> LibraryMap | None:
        """The map that is shown; None until it has been drawn."""
        return self._map

    # --- building

    def _build(self) -> None:
        self.bar, self.legend, self.timeline = MapBar(), MapLegend(), Timeline()
        self.empty = EmptyState()
        self._again = QTimer(self, singleShot=True, interval=_CHANGED_PAUSE_MS)
        self._side = QStackedWidget()
        self._side.addWidget(self.chosen)
        self._side.addWidget(self.preview)
        self._side.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("mapSplit")
        split.addWidget(self._build_left())
        split.addWidget(self._side)
        split.setStretchFactor(0, 1)
        split.setCollapsible(0, False)
        split.setSizes([10 * _SIDE_WIDTH, _SIDE_WIDTH])
        self._states = QStackedWidget()
        for state in (self._build_busy(), split, self.empty):
            self._states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._states)

    def _build_left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(style.line())
        column.addWidget(self.view, 1)
        column.addWidget(style.line())
        column.addLayout(self._build_below())
        column.addWidget(self.timeline)
        return left

    def _build_below(self) -> QHBoxLayout:
        self._time = plain("", "small", name="mapTime")
        self._find = self._link(self.tr("Show in Find"), "mapFind", self._show_in_find)
        self._all = self._link(
            self.tr("All time"), "mapAllTime", lambda: self.timeline.choose(None)
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, style.GAP_SMALL, style.MARGIN, 0)
        row.setSpacing(style.GAP)
        row.addWidget(self.legend, 1)
        for widget in (self._time, self._find, self._all):
            widget.hide()
            row.addWidget(widget)
        return row

    def _link(self, words: str, name: str, act: Callable[[], None]) -> QPushButton:
        button = style.kind(QPushButton(words), "link")
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _build_busy(self) -> QWidget:
        busy = QWidget()
        words = plain(self.tr("Drawing the map …"), "quiet", name="mapBusy")
        column = QVBoxLayout(busy)
        column.setSpacing(style.GAP)
        column.addStretch(1)
        for widget in (Spinner(32), words):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return busy

    def _connect(self) -> None:
        w = self._wiring
        self.bar.side_chosen.connect(self.show_side)
        self.bar.colouring_chosen.connect(self._colour)
        self.bar.lasso_wanted.connect(self.view.lasso_always)
        self.bar.zoom_wanted.connect(lambda nearer: self.view.zoom(_ZOOM if nearer else 1 / _ZOOM))
        self.bar.fit_wanted.connect(self.view.fit)
        self.legend.media_chosen.connect(lambda _: self._narrow())
        self.timeline.chosen.connect(lambda _: self._narrow())
        self.view.looked_at.connect(self._look)
        self.view.opened.connect(lambda id: self._read([id], lambda a: self.acts.open(_hits(a))))
        self.view.menu_wanted.connect(self._show_menu)
        self.view.lassoed.connect(self._choose)
        self.chosen.closed.connect(self._let_go)
        self.chosen.gallery.looked_at.connect(lambda hit: self.view.mark(hit.content_id))
        self.chosen.gallery.enlarged.connect(self._enlarge)
        self.preview.enlarged.connect(self._enlarge)
        self.preview.closed.connect(self._close_preview)
        self.viewer.stepped.connect(self._step)
        self.viewer.closed.connect(self.view.setFocus)
        self.empty.folder_wanted.connect(self._add_folder)
        self.empty.models_wanted.connect(lambda: w.page_wanted.emit("models"))
        self.empty.all_wanted.connect(lambda: w.search_wanted.emit(SearchRequest()))
        self._again.timeout.connect(self._draw)
        w.library_changed.connect(self._library_changed)
        w.models_changed.connect(self._library_changed)

    # --- drawing

    def show_side(self, side: Side) -> None:
        """Shows the map of pictures or that of words, if there is one."""
        self._wanted_side = side
        self._draw()

    def _draw(self) -> None:
        if self._drawing:
            self._drawing.ask()
        self._stale = False
        wanted, maps, began = self._wanted_side, self._maps, time.monotonic()

        def work() -> Iterator[tuple[list[Side], LibraryMap] | None]:
            sides = maps.sides()
            side = wanted if wanted in sides else next(iter(sides), Side.PICTURES)
            for drawn in maps.draw(side):
                yield (sides, drawn) if drawn is not None else None

        def show(drawn: tuple[list[Side], LibraryMap] | None) -> None:
            if drawn is None:
                return
            self._show(*drawn)
            # While files are kept, drawing again shall not cost more than a tenth of the time.
            took_ms = 1000 * (time.monotonic() - began)
            self._again.setInterval(round(min(_LONGEST_PAUSE_MS, _CHANGED_PAUSE_MS + 10 * took_ms)))

        self._drawing = self._wiring.bridge.run(work, show, on_failure=self._fail)

    def _show_empty(self, drawn: LibraryMap) -> None:
        if drawn.listed:
            self.empty.show_nothing_to_map()
        elif self._wiring.keeping.at_work:
            self.empty.show_being_read()
        else:
            self.empty.show_nothing_kept()
        self._states.setCurrentIndex(2)

    def _show(self, sides: list[Side], drawn: LibraryMap) -> None:
        same = self._map is not None and self._map.side is drawn.side
        kept = self.view.chosen_ids() if same else None
        self._map = drawn
        if not len(drawn):
            self._show_empty(drawn)
            return
        self.bar.show_sides(sides, drawn.side)
        self.legend.show_kinds(np.bincount(drawn.media, minlength=len(MEDIA)).tolist())
        self.legend.show_years(*map_colours.years(drawn))
        self.timeline.show_months(drawn.months)
        self.view.show_map(drawn)
        self._narrow()
        if not same:
            self._let_go()
        elif kept is not None:
            self.view.choose(kept)
        self._states.setCurrentIndex(1)

    def _fail(self, problem: KnownError) -> None:
        self.empty.show_problem(problem)
        self._states.setCurrentIndex(2)

    def _library_changed(self) -> None:
        if not self.isVisible():
            self._stale = True
        elif not self._again.isActive():
            self._again.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Draws what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._draw()
        self.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing goes on playing behind another page."""
        self.preview.stage.player.stop()
        super().hideEvent(event)

    # --- narrowing

    def _colour(self, by: Colouring) -> None:
        self.view.colour_by(by)
        self.legend.colour_by(by)

    def _narrow(self) -> None:
        shown = self._map
        if shown is None:
            return
        media = [code for code, medium in enumerate(MEDIA) if medium in self.legend.media()]
        eligible = np.isin(shown.media, media)
        if span := self.timeline.range:
            eligible &= (shown.months >= span[0]) & (shown.months < span[1])
            self._time.setText(in_words.period(moment(span[0]), moment(span[1])))
        for widget in (self._time, self._find, self._all):
            widget.setVisible(span is not None)
        self.view.narrow(eligible)
        self._tell_count(int(eligible.sum()), len(shown))

    def _tell_count(self, some: int, all: int) -> None:
        if some == all:
            words = self.tr("1 item") if all == 1 else self.tr("{0} items")
            told = words.format(in_words.number(all))
        else:
            words = self.tr("{0} of {1} items")
            told = words.format(in_words.number(some), in_words.number(all))
        self.bar.set_count(" · ".join(part for part in (told, self._left_out()) if part))

    def _left_out(self) -> str:
        """How many contents have no place on this map."""
        shown = self._map
        if shown is None or shown.listed == len(shown):
            return ""
        pictures = shown.side is Side.PICTURES
        words = self.tr("{0} without a picture") if pictures else self.tr("{0} without words")
        return words.format(in_words.number(shown.listed - len(shown)))

    def _show_in_find(self) -> None:
        if span := self.timeline.range:
            # `before:` leaves its day out, as the end of the range does.
            first, end = moment(span[0]), moment(span[1])
            text = f"after:{first:%Y-%m-%d} before:{end:%Y-%m-%d}"
            self._wiring.search_wanted.emit(SearchRequest(text))

    # --- looking and choosing

    def _read(self, content_ids: Sequence[int], then: Callable[[Arrangement], None]) -> None:
        """Hands over what is known of contents, read in the background."""
        if self._reading:
            self._reading.ask()
        listing = self._wiring.application.library.listing

        def work() -> Iterator[Arrangement]:
            yield arrange(listing.listed(content_ids), Grouping.NONE)

        self._reading = self._wiring.bridge.run(work, then)

    def _look(self, content_id: int) -> None:
        if not content_id:
            self._let_go()
            return

        def show(found: Arrangement) -> None:
            for hit in _hits(found):
                self.preview.show_hit(hit)
                self._show_beside(self.preview)

        self._read([content_id], show)

    def _choose(self, content_ids: list[int]) -> None:
        if not content_ids:
            self._let_go()
            return
        self.view.choose(content_ids)

        def show(found: Arrangement) -> None:
            self.chosen.show_items(found)
            self._show_beside(self.chosen)

        self._read(content_ids, show)

    def _show_beside(self, widget: QWidget) -> None:
        self._side.setCurrentWidget(widget)
        self._side.show()

    def _let_go(self) -> None:
        self.view.choose(None)
        self.view.mark(0)
        self.chosen.show_items(Arrangement())
        self.preview.clear()
        self._side.hide()

    def _close_preview(self) -> None:
        self.preview.clear()
        if self.chosen.count:
            self._side.setCurrentWidget(self.chosen)
        else:
            self._let_go()

    def _show_menu(self, content_id: int, at: QPoint) -> None:
        self._read([content_id], lambda found: self.acts.show_menu(_hits(found), at))

    def _enlarge(self, hit: Hit) -> None:
        gallery = self.chosen.gallery
        row = gallery.currentIndex().row()
        inside = self._side.currentWidget() is self.chosen and row >= 0
        self.viewer.show_hit(hit, inside and row > 0, inside and row + 1 < self.chosen.count)

    def _step(self, by: int) -> None:
        if hit := self.chosen.gallery.step(by):
            self._enlarge(hit)

    def _add_folder(self) -> None:
        title = self.tr("Choose a folder to watch")
        if folder := choose_folder(self, title):
            self._wiring.add_folders([folder])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape lets go of what is chosen and goes back to the map."""
        if event.key() == Qt.Key.Key_Escape:
            self._let_go()
            self.view.setFocus()
        else:
            super().keyPressEvent(event)


def _hits(found: Arrangement) -> list[Hit]:
    return [hit_of(item) for item in found.items]
