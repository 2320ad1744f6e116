"""A model on the screen: what it is good for, its size, licence and speed, and what can be done with it now."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.core_words import hint_of, message_of
from desktop_mmrag.gui.look.plain import as_markup, plain
from desktop_mmrag.gui.look.told import sentences, told
from desktop_mmrag.gui.models import model_words
from desktop_mmrag.gui.models.downloads import Download, DownloadState
from desktop_mmrag.gui.models.model_list import ModelNow
from desktop_mmrag.models.speed import measurable

_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Work:
    """Something that runs with an installed model, in words: "Measuring the speed"."""

    words: str


class ModelCard(QFrame):
    """Shows one ModelNow with its download; says what the person wants."""

    wanted = Signal(str)
    """download, resume, pause, give_up, use, remove, verify or measure."""

    def __init__(self, model: ModelNow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.surface(self, "card")
        self.setObjectName(f"model-{model.entry.id}")
        self.model = model
        self._badges = QHBoxLayout()
        self._facts = plain(role="quiet", wrap=True, name="modelFacts")
        self._told = plain(wrap=True, name="modelTold")
        self._bar = QProgressBar(textVisible=False, maximum=_STEPS)
        self._buttons: dict[str, QPushButton] = {}
        self._actions: dict[str, QAction] = {}
        self._build()

    # --- building

    def _build(self) -> None:
        entry = self.model.entry
        self.setAccessibleName(told(entry.title))
        self._badges.setSpacing(style.GAP_SMALL)
        head = QHBoxLayout()
        head.setSpacing(style.GAP)
        head.addWidget(plain(told(entry.title), "heading"))
        head.addLayout(self._badges)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(style.GAP_SMALL)
        words.addLayout(head)
        words.addWidget(plain(model_words.good_for(entry), wrap=True))
        words.addWidget(self._facts)
        for warning in model_words.warnings(entry):
            words.addLayout(_warning(warning))
        words.addWidget(self._bar)
        words.addWidget(self._told)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP_LARGE, style.GAP + 4, style.GAP + 4, style.GAP + 4)
        row.setSpacing(style.GAP_LARGE)
        row.addLayout(words, 1)
        row.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        title = told(self.model.entry.title)
        for wish, words, said in (
            ("download", self.tr("Download"), self.tr("Download {0}")),
            ("resume", self.tr("Go on"), self.tr("Go on downloading {0}")),
            ("pause", self.tr("Pause"), self.tr("Pause the download of {0}")),
            ("give_up", self.tr("Cancel"), self.tr("Cancel the download of {0}")),
            ("use", self.tr("Use"), self.tr("Use {0}")),
        ):
            button = QPushButton(words)
            button.setObjectName(wish)
            button.setAccessibleName(said.format(title))
            button.clicked.connect(lambda _, wish=wish: self.wanted.emit(wish))
            self._buttons[wish] = button
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._more = QToolButton()
        self._more.setObjectName("more")
        words = self.tr("More for {0}").format(title)
        self._more.setAccessibleName(words)
        self._more.setToolTip(as_markup(words))
        style.set_icon(self._more, "more", "quiet")
        self._more.setMenu(self._build_menu())
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _build_menu(self) -> QMenu:
        menu = QMenu(self._more)
        for wish, words in (
            ("measure", self.tr("Measure the speed on this computer")),
            ("verify", self.tr("Verify the files")),
            ("remove", self.tr("Remove …")),
        ):
            action = menu.addAction(words)
            action.setObjectName(wish)
            action.triggered.connect(lambda _, wish=wish: self.wanted.emit(wish))
            self._actions[wish] = action
        self._actions["measure"].setVisible(measurable(self.model.entry.kind))
        self._actions["remove"].setVisible(not self.model.entry.bundled)
        return menu

    # --- showing

    def show_now(
        self,
        model: ModelNow,
        download: Download | None = None,
        work: Work | None = None,
        problem: str = "",
    ) -> None:
        """How it stands: on the disk, on its way, busy, or with something that went wrong."""
        self.model = model
        self._facts.setText(model_words.facts(model))
        self._show_badges(model)
        self._show_buttons(model, download, work)
        failed = download.problem if download else None
        told, busy = self._telling(model, download, work)
        if failed:
            told = sentences(message_of(failed), hint_of(failed))
        self._told.setText(problem or told)
        style.role(self._told, "error" if problem or failed else "quiet")
        self._told.setVisible(bool(self._told.text()))
        self._show_bar(model, download, busy)

    def _show_badges(self, model: ModelNow) -> None:
        while item := self._badges.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for shown, words, tone in (
            (model.in_use, self.tr("In use"), "accent"),
            (model.entry.bundled, self.tr("Starter"), ""),
            (model.installed and not model.in_use, self.tr("Installed"), ""),
            (model.recommended, self.tr("Recommended"), "accent"),
            (not model.entry.licence.commercial, self.tr("Not for commercial use"), "warning"),
            (model.too_large and not model.installed, self.tr("Needs more memory"), "warning"),
        ):
            if shown:
                self._badges.addWidget(style.tone(plain(words, "badge"), tone))

    def _show_buttons(self, model: ModelNow, download: Download | None, work: Work | None) -> None:
        state = download.state if download else None
        under_way = state in (DownloadState.QUEUED, DownloadState.RUNNING)
        stopped = not model.installed and state in (None, DownloadState.FAILED)
        begun = bool(model.unfinished) or state is DownloadState.FAILED
        for wish, shown in (
            ("download", stopped and not begun),
            ("resume", stopped and begun),
            ("pause", under_way),
            ("give_up", under_way or (stopped and begun)),
            ("use", model.installed and not model.in_use and model.entry.offered),
        ):
            self._buttons[wish].setVisible(shown)
            self._buttons[wish].setEnabled(work is None)
        style.kind(self._buttons["download"], "primary" if model.recommended else "")
        self._more.setVisible(model.installed)
        self._more.setEnabled(work is None)

    def _telling(
        self, model: ModelNow, download: Download | None, work: Work | None
    ) -> tuple[str, bool]:
        """What is said below the bar, and whether the bar runs without an end in sight."""
        if work:
            return work.words, True
        if download is None:
            if not model.unfinished:
                return "", False
            done = model_words.size(model.unfinished)
            whole = model_words.size(model.entry.size)
            return self.tr("Paused at {0} of {1}").format(done, whole), False
        match download.state:
            case DownloadState.QUEUED:
                return self.tr("Waits for the download before"), False
            case DownloadState.STOPPING:
                return self.tr("Stopping"), True
            case DownloadState.INSTALLING:
                return self.tr("Installing"), True
            case DownloadState.FAILED:
                return "", False
        if download.progress is None:
            return self.tr("Connecting"), True
        return model_words.progress(download.progress), download.progress.total is None

    def _show_bar(self, model: ModelNow, download: Download | None, busy: bool) -> None:
        total = model.entry.size
        done = download.progress.done if download and download.progress else model.unfinished
        failed = download is not None and download.problem is not None
        self._bar.setVisible(busy or bool(done) or (download is not None and not failed))
        if busy or not total:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(round(_STEPS * min(1.0, done / total)))


def _warning(words: str) -> QHBoxLayout:
    icon = QLabel()
    style.set_pixmap(icon, "warning", "warning", style.ICON_SMALL)
    row = QHBoxLayout()
    row.setSpacing(style.GAP_SMALL + 2)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(plain(words, "warning", wrap=True), 1)
    return row
