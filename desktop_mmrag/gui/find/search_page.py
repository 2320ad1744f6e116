"""The Find page: the box, what was understood, the results, and the one that is looked at."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.domain import Hit, Medium
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.find.arrangement import Grouping
from desktop_mmrag.gui.find.chips import ChipRow
from desktop_mmrag.gui.find.examples import Examples
from desktop_mmrag.gui.find.finding import Found, Wanted, find
from desktop_mmrag.gui.find.found_words import count_of, notes_of
from desktop_mmrag.gui.find.gallery import Gallery
from desktop_mmrag.gui.find.glimpse import draw
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.find.kept_look import KeptLook
from desktop_mmrag.gui.find.recent import Recent
from desktop_mmrag.gui.find.result_bar import ResultBar
from desktop_mmrag.gui.find.save_search import SaveSearch
from desktop_mmrag.gui.find.search_box import HEIGHT, SearchBox
from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.find.time_span import Months, in_plain_words
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.choose_folder import choose_folder
from desktop_mmrag.gui.look.empty_state import EmptyState
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.map.timeline import Timeline
from desktop_mmrag.gui.preview.preview import Preview
from desktop_mmrag.gui.preview.viewer import Viewer
from desktop_mmrag.gui.wiring import SearchRequest, Wiring

_TIMELINE_HEIGHT = 56
_CHANGED_PAUSE_MS, _LONGEST_PAUSE_MS = 1500, 60_000
_AT_REST_MS = 600
_PREVIEW_WIDTH, _ROOM_FOR_PREVIEW = 380, 780
_SMALLEST = QSize(440, 360)
_WIDTH_STEP = 32


class SearchPage(QWidget):
    """Finds as one types; without words it shows the whole library, newest first."""

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._wanted = Wanted()
        self._found: Found | None = None
        self._searching: Stop | None = None
        self.setObjectName("searchPage")
        self.acts = HitActions(wiring, self)
        application = wiring.application
        self._thumbnails = Thumbnails(
            wiring.bridge, application.library.listing, self, partial(draw, application)
        )
        self._build()
        self._examples = Examples(wiring, self.chips)
        self._recent = Recent(wiring, self.box)
        self._connect()
        self._build_keys()
        self._kept_look = KeptLook(wiring.application.folder, self.bar, self._split)
        self._search()

    @property
    def title(self) -> str:
        """How the page is called."""
        return self.tr("Find")

    icon = "find"

    @property
    def shown(self) -> Found | None:
        """What is shown now; None until it has been found, and after a failure."""
        return self._found

    # --- building

    def _build(self) -> None:
        self.box = SearchBox()
        self.chips = ChipRow()
        self.bar = ResultBar()
        self.timeline = Timeline(height=_TIMELINE_HEIGHT)
        self.timeline.hide()
        self.gallery = Gallery(self._thumbnails)
        self.preview = Preview(self._wiring, self.acts)
        self.viewer = Viewer(self._wiring, self.acts, self)
        self.empty = EmptyState()
        self._notice = plain("", "quiet", wrap=True, name="notice")
        self._notice.hide()
        self._results = QStackedWidget()
        for page in (self.gallery, self.empty):
            self._results.addWidget(page)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("searchSplit")
        self._split.addWidget(self._build_left())
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 1)
        self._split.setCollapsible(0, False)
        self._split.setSizes([10 * _PREVIEW_WIDTH, _PREVIEW_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self._split)
        self._again = QTimer(self, singleShot=True, interval=_CHANGED_PAUSE_MS)

    def _build_left(self) -> QWidget:
        ask = style.kind(QPushButton(self.tr("Ask")), "primary")
        ask.setObjectName("ask")
        style.set_icon(ask, "sparkle", "on_accent", style.ICON_SMALL)
        ask.setFixedHeight(HEIGHT)
        ask.setToolTip(self.tr("Answer this from your files (Ctrl+Enter)"))
        ask.clicked.connect(self.box.ask)
        top = QHBoxLayout()
        top.setContentsMargins(style.MARGIN, style.MARGIN, style.MARGIN, 0)
        top.setSpacing(style.GAP)
        top.addWidget(self.box, 1)
        top.addWidget(SaveSearch(self._wiring, lambda: self._wanted, self))
        top.addWidget(ask)
        under = QVBoxLayout()
        under.setContentsMargins(style.MARGIN, style.GAP_SMALL, style.MARGIN, 0)
        under.addWidget(self.chips)
        under.addWidget(self._notice)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addLayout(top)
        column.addLayout(under)
        column.addWidget(self.bar)
        column.addWidget(self.timeline)
        column.addWidget(self._results, 1)
        return left

    def _connect(self) -> None:
        w = self._wiring
        self.box.searched.connect(self._typed)
        self.box.asked.connect(w.question_asked)
        # Whoever comes back from the answer finds what the words in the box lead to.
        self.box.asked.connect(self._typed)
        self.box.examples_given.connect(self._examples.add)
        self.box.picture_pasted.connect(self._examples.add_picture)
        self.box.picture_wanted.connect(self._examples.pick)
        self.box.left_downwards.connect(self.gallery.setFocus)
        self.chips.text_wanted.connect(self._put)
        self.chips.keys_left.connect(self.box.setFocus)
        self._examples.changed.connect(lambda likes: self._want(likes=likes))
        self.bar.kind_chosen.connect(self._choose_kind)
        self.bar.grouping_chosen.connect(self._choose_grouping)
        self.bar.rows_wanted.connect(lambda rows: self.gallery.show_as("list" if rows else "grid"))
        self.bar.width_wanted.connect(self.gallery.set_card_width)
        self.bar.preview_wanted.connect(lambda _: self._place_preview())
        self.bar.timeline_wanted.connect(self._show_timeline)
        self.timeline.chosen.connect(self._choose_time)
        self.chips.all_time_wanted.connect(lambda: self.timeline.choose(None))
        self.gallery.looked_at.connect(self._looked_at)
        self.gallery.enlarged.connect(self._enlarge)
        self.gallery.opened.connect(lambda hit: self.acts.open([hit]))
        self.gallery.typed.connect(self._type_on)
        self.gallery.width_wanted.connect(self.bar.set_width)
        self.gallery.end_reached.connect(self._find_more)
        self.gallery.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.gallery.customContextMenuRequested.connect(self._show_menu)
        self.preview.enlarged.connect(self._enlarge)
        self.preview.closed.connect(lambda: self.bar.set_preview(False))
        self.viewer.stepped.connect(self._step)
        self.viewer.closed.connect(self.gallery.setFocus)
        self.empty.all_wanted.connect(self.show_everything)
        self.empty.asked.connect(self.box.ask)
        self.empty.models_wanted.connect(lambda: w.page_wanted.emit("models"))
        self.empty.folder_wanted.connect(self._add_folder)
        self._again.timeout.connect(lambda: self._search(keep_place=True))
        self.gallery.verticalScrollBar().valueChanged.connect(self._scrolled)
        w.library_changed.connect(self._library_changed)
        w.models_changed.connect(lambda: self._search(keep_place=True))
        w.search_wanted.connect(self.search_for)
        w.hit_opened.connect(self.show_hit)

    def _build_keys(self) -> None:
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.gallery)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)
        for keys, by in (
            ("Ctrl++", _WIDTH_STEP),
            ("Ctrl+=", _WIDTH_STEP),
            ("Ctrl+-", -_WIDTH_STEP),
        ):
            larger = QShortcut(QKeySequence(keys), self)
            larger.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            larger.activated.connect(lambda by=by: self.bar.grow(by))

    # --- what others ask of it

    def focus_box(self) -> None:
        """Puts the cursor into the box, ready to type over what is there."""
        self.viewer.leave()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def search_for(self, request: SearchRequest) -> None:
        """Searches for what another page wants."""
        self.viewer.leave()
        self.box.put(request.text)
        self.bar.set_kind(None)
        self._examples.show(request.examples)
        self._wanted = Wanted(
            request.text.strip(),
            request.examples,
            grouping=self._wanted.grouping,
            counted=self._wanted.counted,
        )
        self.timeline.choose(None)
        self.preview.clear()
        self._search()

    def show_hit(self, hit: Hit) -> None:
        """Looks closely at a hit of another page, such as a citation, over that page.

        What was read there stays, and Escape goes back to it.
        """
        self.viewer.show_hit(hit, more_before=False, more_after=False)

    def show_everything(self) -> None:
        """The whole library, newest first."""
        self.search_for(SearchRequest())

    # --- searching

    def _typed(self, text: str) -> None:
        if text != self._wanted.text:
            self._want(text=text)

    def _put(self, text: str) -> None:
        self.box.put(text)
        self._want(text=text)

    def _choose_kind(self, medium: Medium | None) -> None:
        self._want(media=frozenset({medium} if medium else ()))

    def _choose_grouping(self, by: Grouping) -> None:
        if self._wanted.is_search:
            self._wanted = replace(self._wanted, grouping=by)
        else:
            self._wanted = replace(self._wanted, listed_by=by)
        self._search(keep_place=True)

    def _show_timeline(self, shown: bool) -> None:
        self.timeline.setVisible(shown)
        if shown != self._wanted.counted:
            self._want(counted=shown)

    def _choose_time(self, span: Months | None) -> None:
        if span != self._wanted.span:
            self._want(span=span)

    def _want(self, **changes: object) -> None:
        """Another search; it begins with the first hits again."""
        limit = Wanted().limit
        self._wanted = replace(self._wanted, **{"limit": limit, **changes})  # type: ignore[arg-type]
        # What it marks and why it matched belong to the search before.
        self.preview.clear()
        self._search()

    def _find_more(self) -> None:
        """The end is on the screen: as many again, and nothing that is seen moves."""
        done = self._found is not None and self._found.wanted == self._wanted
        if not done or self._found is None or self._found.complete or not self._wanted.is_search:
            return
        if (limit := self._wanted.more()) is not None:
            self._wanted = replace(self._wanted, limit=limit)
            self._search(keep_place=True)

    def _search(self, keep_place: bool = False) -> None:
        if self._searching:
            self._searching.ask()
        wanted = self._wanted
        began = time.monotonic()
        seen: list[Found] = []

        def show(found: Found) -> None:
            if keep_place and not found.complete and not found.wanted.is_search:
                # A beginning alone would move what is looked at further down.
                return
            self._show(found, keep_place or bool(seen))
            seen.append(found)
            # While files are kept, looking again shall not cost more than a tenth of the time.
            took_ms = 1000 * (time.monotonic() - began)
            self._again.setInterval(round(min(_LONGEST_PAUSE_MS, _CHANGED_PAUSE_MS + 10 * took_ms)))

        self._searching = self._wiring.bridge.run(
            lambda: find(self._wiring.application, wanted), show, on_failure=self._fail
        )

    def _show(self, found: Found, keep_place: bool) -> None:
        self._found = found
        span = found.wanted.span
        self.chips.show_filters(found.filters, in_plain_words(span) if span else "")
        if found.months is not None:
            self.timeline.show_months(found.months)
        notes = notes_of(found)
        self._notice.setText(notes)
        self._notice.setVisible(bool(notes))
        self.gallery.show_arrangement(found.arrangement, keep_place)
        self.bar.set_count(count_of(found))
        self.bar.set_grouping(found.wanted.by(), found.wanted.is_search)
        if found.arrangement.items:
            self._results.setCurrentWidget(self.gallery)
            return
        self.preview.clear()
        self._show_empty(found.wanted)
        self._results.setCurrentWidget(self.empty)

    def _show_empty(self, wanted: Wanted) -> None:
        if wanted.is_search:
            self.empty.show_nothing_found(wanted.text)
        elif wanted.span:
            self.empty.show_none_of_time(in_plain_words(wanted.span))
        elif wanted.media:
            self.empty.show_none_of_kind(in_words.media(next(iter(wanted.media))))
        elif self._wiring.keeping.at_work:
            self.empty.show_being_read()
        else:
            self.empty.show_nothing_kept()

    def _fail(self, problem: KnownError) -> None:
        self._found = None
        self.bar.set_count("")
        self.chips.show_filters(())
        self._notice.hide()
        self.preview.clear()
        self.empty.show_problem(problem)
        self._results.setCurrentWidget(self.empty)

    def _library_changed(self) -> None:
        self._thumbnails.refresh()
        if self._found is not None and not self._found.arrangement.items:
            self._show_empty(self._found.wanted)
        if not self._again.isActive():
            self._again.start()

    def _scrolled(self) -> None:
        """Nothing is listed anew under the person's hand: it costs frames, and may move things."""
        if self._again.isActive() and self._again.remainingTime() < _AT_REST_MS:
            self._again.start(_AT_REST_MS)

    # --- looking

    def _looked_at(self, hit: Hit) -> None:
        if self.preview.isVisible():
            self.preview.show_hit(hit)

    def _enlarge(self, hit: Hit) -> None:
        row = self.gallery.currentIndex().row()
        inside = row >= 0 and self.gallery.hits.hit(row) == hit
        before = inside and row > 0
        self.viewer.show_hit(hit, before, inside and row + 1 < self.gallery.hits.rowCount())

    def _step(self, by: int) -> None:
        if hit := self.gallery.step(by):
            self._enlarge(hit)

    def _show_menu(self, at: QPoint) -> None:
        self.acts.show_menu(self.gallery.chosen(), self.gallery.viewport().mapToGlobal(at))

    def _copy(self) -> None:
        if hits := self.gallery.chosen():
            self.acts.copy_files(hits)

    def _type_on(self, letters: str) -> None:
        self.box.setFocus()
        self.box.end(False)
        self.box.insert(letters)

    def _add_folder(self) -> None:
        title = self.tr("Choose a folder to watch")
        if chosen := choose_folder(self, title):
            self._wiring.add_folders([chosen])

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Without the preview, which gives way in a narrow window."""
        return _SMALLEST

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In a narrow window the results come first."""
        super().resizeEvent(event)
        self._place_preview()

    def _place_preview(self) -> None:
        room = self.width() >= _ROOM_FOR_PREVIEW
        self.bar.offer_preview(room)
        self.preview.setVisible(self.bar.wants_preview and room)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape goes from the results back to the box."""
        if event.key() == Qt.Key.Key_Escape and not self.box.hasFocus():
            self.focus_box()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing goes on playing behind another page."""
        self.preview.stage.player.stop()
        super().hideEvent(event)
