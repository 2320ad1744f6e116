"""One hit over the whole window, stepped with the arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.find.hit_buttons import HitButtons
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.core_words import message_of
from desktop_mmrag.gui.look.enter import pressed_by_enter
from desktop_mmrag.gui.look.plain import Elided
from desktop_mmrag.gui.preview.facts_view import FactsView
from desktop_mmrag.gui.preview.stage import Stage
from desktop_mmrag.gui.wiring import Wiring

_FACTS_WIDTH = 320
_MESSAGE_MS = 6000


class Viewer(QWidget):
    """Covers the window that its host lies in until Escape or Space."""

    stepped = Signal(int)
    """1 for the next hit, -1 for the one before."""
    closed = Signal()
    """Its host lies open again. Over another page the keys go back to where they were."""

    def __init__(self, wiring: Wiring, actions: HitActions, host: QWidget) -> None:
        super().__init__(host)
        self._host, self._actions = host, actions
        self._window: QWidget | None = None
        self._came_from: QWidget | None = None
        self._on_content = True
        self.stage = Stage(wiring)
        self.facts = FactsView()
        self._buttons = HitButtons(actions)
        self.setObjectName("viewer")
        self.setAccessibleName(self.tr("Viewer"))
        self._build()
        self._build_keys()
        wiring.message.connect(self._say)
        wiring.failure.connect(lambda problem: self._say(message_of(problem)))
        self.stage.looked.connect(self.facts.show_facts)
        self.stage.looked.connect(lambda _: self._focus_content())
        self.hide()

    def _build(self) -> None:
        self._name = Elided("", "heading", Qt.TextElideMode.ElideMiddle)
        self._name.setObjectName("viewerName")
        self._where = Elided("", "quiet")
        self._where.setObjectName("viewerPlace")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._where)
        # The line of the window that says such things is covered.
        self._message = Elided("", "quiet")
        self._message.setObjectName("viewerMessage")
        self._message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._message.hide()
        self._message_end = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._message_end.timeout.connect(lambda: self._say(""))
        self._before = self._tool("chevron-left", self.tr("Before (Left)"), lambda: self._step(-1))
        self._after = self._tool("chevron-right", self.tr("Next (Right)"), lambda: self._step(1))
        self._info = self._tool("info", self.tr("Details (I)"), self._toggle_facts)
        self._info.setCheckable(True)
        head = QHBoxLayout()
        head.setContentsMargins(style.GAP, style.GAP, style.GAP, style.GAP)
        head.setSpacing(style.GAP_SMALL)
        head.addWidget(self._tool("arrow-left", self.tr("Back (Esc)"), self.leave))
        head.addSpacing(style.GAP_SMALL)
        head.addLayout(words, 1)
        head.addWidget(self._message, 1)
        head.addSpacing(style.GAP)
        for widget in (self._buttons, self._before, self._after, self._info):
            head.addWidget(widget)
        self._details = QScrollArea()
        self._details.setWidgetResizable(True)
        self._details.setFixedWidth(_FACTS_WIDTH)
        self._details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(style.MARGIN, style.GAP, style.MARGIN, style.MARGIN)
        inside.addWidget(self.facts)
        inside.addStretch(1)
        self._details.setWidget(holder)
        self._details.hide()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.stage, 1)
        body.addWidget(self._details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def _build_keys(self) -> None:
        keys = Qt.Key
        for key, act in (
            (keys.Key_Escape, self.leave),
            (keys.Key_Left, lambda: self._step(-1)),
            (keys.Key_Right, lambda: self._step(1)),
            (keys.Key_I, self._info.click),
            (keys.Key_PageDown, lambda: self.stage.turn(1)),
            (keys.Key_PageUp, lambda: self.stage.turn(-1)),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _tool(self, icon: str, words: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"viewer-{icon}")
        style.set_icon(button, icon)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space goes back and Enter opens, unless they press a button."""
        if pressed_by_enter(event):
            return
        if event.key() == Qt.Key.Key_Space:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    # --- showing

    def show_hit(self, hit: Hit, more_before: bool, more_after: bool) -> None:
        """Covers the window with a hit; `more_*`: whether there is one to step to."""
        self._name.say(hit.path.name)
        kind, where = in_words.medium(hit.medium), in_words.place(hit)
        self._where.say(f"{kind} · {where}" if where else kind)
        self._buttons.set_hit(hit)
        self._before.setEnabled(more_before)
        self._after.setEnabled(more_after)
        # When what was seen gives way, its keys go to some button beside it.
        focus = QApplication.focusWidget()
        self._on_content = focus is None or not isinstance(focus, QAbstractButton)
        self._on_content |= focus is self.stage.main
        self.stage.show_hit(hit)
        if not self.isVisible():
            self._cover()

    def _cover(self) -> None:
        self._window = self._host.window()
        self._came_from = QApplication.focusWidget()
        self.setParent(self._window)
        self._window.installEventFilter(self)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.stage.main.setFocus()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_focus)

    def leave(self) -> None:
        """Uncovers the window."""
        if not self.isVisible():
            return
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self._keep_focus)
        if self._window:
            self._window.removeEventFilter(self)
        self.stage.clear()
        self._say("")
        self.hide()
        if self._host.isVisible():
            self.closed.emit()
        elif self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus()

    def _keep_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Tab goes round in here, not to what lies below."""
        if new is None or new.window() is not self._window:
            return
        if new is not self and not self.isAncestorOf(new):
            self._stops()[0].setFocus()

    def _focus_content(self) -> None:
        """What is looked at has the keys, also when the arrows lead to another kind of file."""
        if self.isVisible() and self._on_content:
            self._on_content = False
            self.stage.main.setFocus()

    def _stops(self) -> list[QWidget]:
        """Where Tab stops, in the order of reading."""
        tab = Qt.FocusPolicy.TabFocus
        found = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            inside = self.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled()
            if inside and widget.focusPolicy() & tab == tab and widget.focusProxy() is None:
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found or [self]

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802
        """Tab goes round in here, through every button, not to what lies below."""
        stops, focus = self._stops(), QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else -1 if next else 0
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stays as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            assert self._window is not None
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Nothing of the window shines through."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.tokens().window))
        painter.end()

    # --- acts

    def _say(self, words: str) -> None:
        self._message.say(words)
        # Without words the name has the room.
        self._message.setVisible(bool(words))
        if words:
            self._message_end.start()

    def _step(self, by: int) -> None:
        if (self._before if by < 0 else self._after).isEnabled():
            self.stepped.emit(by)

    def _toggle_facts(self) -> None:
        self._details.setVisible(self._info.isChecked())

    def _open(self) -> None:
        if self.stage.hit:
            self._actions.open([self.stage.hit])
