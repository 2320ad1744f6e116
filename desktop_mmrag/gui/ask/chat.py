"""The Ask page: a conversation about the library, and those of this session to come back to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QStandardPaths,
    Qt,
)
from PySide6.QtGui import QAction, QActionGroup, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.errors import CommandFailed
from desktop_mmrag.gui.ask.composer import Composer
from desktop_mmrag.gui.ask.export import as_markdown, file_name
from desktop_mmrag.gui.ask.talk import Talk, Turn
from desktop_mmrag.gui.ask.turns import TurnView
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.column import Column
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.scrolling import scrolling
from desktop_mmrag.gui.look.told import told
from desktop_mmrag.gui.wiring import Wiring

_TITLE_LENGTH = 60
_NEAR_END = 48
_SUGGESTIONS = (
    QT_TRANSLATE_NOOP("AskPage", "How many photos do I have?"),
    QT_TRANSLATE_NOOP("AskPage", "What was the total on the last receipt?"),
    QT_TRANSLATE_NOOP("AskPage", "When does my train leave?"),
)


class AskPage(QWidget):
    """Questions at the bottom, turns above, conversations in a menu."""

    icon = "ask"

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._talks: list[Talk] = []
        self._views: list[TurnView] = []
        self._at_end = True
        self._looking: Stop | None = None
        self._build()
        self.new_conversation()
        wiring.question_asked.connect(self.ask_anew)
        wiring.models_changed.connect(self._look_around)
        wiring.settings_changed.connect(self._look_around)
        wiring.library_changed.connect(self._look_around)

    @property
    def title(self) -> str:
        """The page's name."""
        return self.tr("Ask")

    # --- building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.GAP_LARGE)
        layout.setSpacing(style.GAP)
        layout.addLayout(self._build_header())
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_welcome())
        self._pages.addWidget(self._build_turns())
        layout.addWidget(self._pages, 1)
        self._composer = Composer()
        self._composer.asked.connect(self.ask)
        self._composer.stopped.connect(self._stop)
        self._bottom = Column(self._composer)
        layout.addWidget(self._bottom)

    def _build_header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(style.PAGE_MARGIN, style.GAP_LARGE, style.PAGE_MARGIN, 0)
        row.addWidget(plain(self.title, "title"), 1)
        self._history = QToolButton()
        self._menu = QMenu(self._history)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._history.setMenu(self._menu)
        self._history.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._export = QToolButton()
        self._export.clicked.connect(self._choose_export)
        self._new = QToolButton()
        self._new.clicked.connect(self.new_conversation)
        for button, icon, name, words in (
            (self._history, "history", "conversations", self.tr("Conversations")),
            (self._export, "export", "export", self.tr("Export as Markdown …")),
            (self._new, "plus", "newConversation", self.tr("New conversation")),
        ):
            style.set_icon(button, icon)
            button.setObjectName(name)
            button.setAccessibleName(words)
            button.setToolTip(words)
            row.addWidget(button)
        return row

    def _build_welcome(self) -> QWidget:
        page, icon = QWidget(), QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        style.set_pixmap(icon, "ask", "accent", style.ICON_LARGE)
        self._welcome_words = words = plain(role="quiet", wrap=True, name="askWelcome")
        self._no_model = plain(role="quiet", wrap=True, name="noModel")
        self._no_model_button = style.kind(QPushButton(self.tr("Choose a model …")), "link")
        self._no_model_button.setObjectName("chooseModel")
        self._no_model_button.clicked.connect(lambda: self._wiring.page_wanted.emit("models"))
        column = QVBoxLayout(page)
        column.setSpacing(style.GAP)
        column.addStretch(2)
        column.addWidget(icon)
        heading = plain(self.tr("What would you like to know?"), "title")
        for label in (heading, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(style.GAP_LARGE)
        column.addWidget(self._build_suggestions(), 0, Qt.AlignmentFlag.AlignHCenter)
        self._add_folders = style.kind(QPushButton(self.tr("Choose folders …")), "primary")
        self._add_folders.setObjectName("chooseFolders")
        self._add_folders.clicked.connect(lambda: self._wiring.page_wanted.emit("sources"))
        self._add_folders.hide()
        column.addWidget(self._add_folders, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._no_model.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._no_model)
        column.addWidget(self._no_model_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._no_model.hide()
        self._no_model_button.hide()
        return page

    def _build_suggestions(self) -> QWidget:
        self._suggestions = QWidget()
        self._translated = False
        column = QVBoxLayout(self._suggestions)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        for number, source in enumerate(_SUGGESTIONS, start=1):
            button = self._suggestion(number, str(source))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return self._suggestions

    def _suggestion(self, number: int, source: str) -> QPushButton:
        words = QCoreApplication.translate("AskPage", source)
        self._translated |= words != source
        button = QPushButton(words)
        button.setObjectName(f"suggestion{number}")
        button.clicked.connect(lambda: self.ask(words))
        return button

    def _build_turns(self) -> QWidget:
        self._turns = QWidget()
        self._list = QVBoxLayout(self._turns)
        self._list.setContentsMargins(0, style.GAP, 0, 0)
        self._list.setSpacing(style.GAP)
        self._list.addStretch(1)
        self._scroll = scrolling(Column(self._turns))
        self._scroll.setObjectName("turns")
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(self._grown)
        bar.valueChanged.connect(self._scrolled)
        return self._scroll

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """One comes here to type; folders may have been added meanwhile."""
        super().showEvent(event)
        self._composer.field.setFocus()
        self._look_around()

    # --- asking

    @property
    def talk(self) -> Talk:
        """The conversation on the screen."""
        return self._talk

    def ask(self, question: str) -> None:
        """Asks in the conversation on the screen."""
        if not self._talk.turns:
            self._talks.insert(0, self._talk)
        self._at_end = True
        self._talk.ask(question)

    def ask_anew(self, question: str) -> None:
        """Asks in a conversation of its own: a question from the box builds on none before."""
        self.new_conversation()
        self.ask(question)

    def new_conversation(self) -> None:
        """Begins anew; what was said stays in the menu."""
        talk = Talk(self._wiring, self)
        talk.added.connect(self._added)
        talk.changed.connect(self._changed)
        talk.taken_back.connect(self._taken_back)
        self._show(talk)
        self._composer.field.setFocus()

    def _stop(self) -> None:
        self._talk.stop()

    # --- showing

    def _show(self, talk: Talk) -> None:
        self._talk = talk
        for view in self._views:
            view.hide()
            view.deleteLater()
        self._views = []
        for turn in talk.turns:
            self._add_view(turn)
        self._refresh()
        self._look_around()

    def _add_view(self, turn: Turn) -> None:
        view = TurnView(self._wiring, turn)
        view.again_wanted.connect(self._ask_again)
        self._views.append(view)
        self._list.insertWidget(self._list.count() - 1, view)

    def _added(self, turn: Turn) -> None:
        if turn in self._talk.turns:
            self._add_view(turn)
            self._refresh()

    def _changed(self, turn: Turn) -> None:
        for view in self._views:
            if view.turn is turn:
                view.refresh()
        self._composer.set_busy(self._talk.busy)

    def _taken_back(self, turn: Turn) -> None:
        for view in [view for view in self._views if view.turn is turn]:
            self._views.remove(view)
            view.hide()
            view.deleteLater()

    def _ask_again(self) -> None:
        self._at_end = True
        self._talk.ask_again()

    def _refresh(self) -> None:
        for view in self._views:
            view.set_last(view is self._views[-1])
        self._pages.setCurrentIndex(1 if self._views else 0)
        self._export.setEnabled(bool(self._views))
        self._new.setEnabled(bool(self._views))
        self._history.setEnabled(bool(self._talks))
        self._composer.set_busy(self._talk.busy)

    def _grown(self, _: int, end: int) -> None:
        bar = self._scroll.verticalScrollBar()
        self._bottom.leave_free(bar.sizeHint().width() if end else 0)
        if self._at_end:
            bar.setValue(end)

    def _scrolled(self, value: int) -> None:
        # Whoever scrolls up to read is left there while the answer grows.
        self._at_end = value >= self._scroll.verticalScrollBar().maximum() - _NEAR_END

    def _look_around(self) -> None:
        """What the welcome says depends on what there is."""
        application = self._wiring.application

        def work() -> Iterator[tuple[bool, str]]:
            kept = application.library.contents.count_by_medium()
            yield any(kept.values()), application.models.why_no_vision() or ""

        # Nobody sees the welcome while a conversation or another page is shown.
        if self.isVisible() and self._looking is None and not self._views:
            self._looking = self._wiring.bridge.run(work, self._show_welcome, self._looked)

    def _looked(self) -> None:
        self._looking = None

    def _show_welcome(self, found: tuple[bool, str]) -> None:
        anything, why = found
        self._welcome_words.setText(
            self.tr("Answers rest on your own files and say where each statement comes from.")
            if anything
            else self.tr("Answers rest on your own files. There are none in the library yet.")
        )
        # Without a model, questions are understood in English only.
        self._suggestions.setVisible(anything and not (why and self._translated))
        self._add_folders.setVisible(not anything)
        words = self.tr("Answers are quoted from your files for now. {0}").format(told(why))
        self._no_model.setText(words)
        for widget in (self._no_model, self._no_model_button):
            widget.setVisible(bool(why) and anything)

    # --- other conversations

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for talk in self._talks:
            # In menus an ampersand marks a key.
            title = talk.title.replace("\n", " ").replace("&", "&&")
            short = title if len(title) <= _TITLE_LENGTH else f"{title[:_TITLE_LENGTH]} …"
            action = QAction(short, self._menu, checkable=True, checked=talk is self._talk)
            action.triggered.connect(lambda _, talk=talk: self._show(talk))
            group.addAction(action)
            self._menu.addAction(action)

    # --- export

    def _choose_export(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents) or Path.home())
        proposed = str(folder / file_name(self._talk.title))
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export conversation"), proposed, self.tr("Markdown (*.md)")
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Writes the conversation on the screen as Markdown."""
        text = as_markdown(self._talk.turns)

        def work() -> Iterator[None]:
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as problem:
                raise CommandFailed(
                    f"{path} cannot be written: {problem.strerror}.", "Choose another folder."
                ) from problem
            yield None

        done = self.tr("Exported to {0}").format(path)
        self._wiring.bridge.run(work, lambda _: self._wiring.message.emit(done))
