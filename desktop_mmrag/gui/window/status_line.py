"""The line at the bottom: what is being kept, how fast, how long, what was skipped; pause and resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.told import told

if TYPE_CHECKING:
    # Importing it brings NumPy along, and this line is up before the library is open.
    from desktop_mmrag.domain import Progress

_MESSAGE_MS = 6000
_BAR_WIDTH = 160


class StatusLine(QFrame):
    """Told of progress by `show_progress`; never asks for anything itself."""

    pause_wanted = Signal(bool)
    failures_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.surface(self, "status")
        self.setObjectName("status")
        self._last: Progress | None = None
        self._totals = ""
        self._skipped = 0
        self._paused = False
        self._slow = ""
        self._words = plain(role="quiet")
        self._words.setObjectName("progress")
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._bar.setObjectName("progressBar")
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._failures = style.kind(QPushButton(), "link")
        self._failures.setObjectName("skipped")
        self._failures.clicked.connect(self.failures_wanted)
        self._pause = style.kind(QPushButton(), "quiet")
        self._pause.setObjectName("pause")
        self._pause.clicked.connect(lambda: self.pause_wanted.emit(not self._paused))
        self._message = plain(role="quiet")
        self._message.setObjectName("message")
        self._message_end = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._message_end.timeout.connect(self._message.clear)
        self._build()
        self._refresh()

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(style.MARGIN, 2, style.GAP, 2)
        layout.setSpacing(style.GAP + style.GAP_SMALL)
        for widget in (self._bar, self._words, self._failures):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._message)
        layout.addWidget(self._pause)
        self.setFixedHeight(40)

    # --- what it is told

    def show_progress(self, progress: Progress) -> None:
        """What keeping does now."""
        self._last = progress
        self._refresh()

    def show_totals(self, kept: int, skipped: int) -> None:
        """How many files are kept and how many were skipped, shown when nothing is to do."""
        words = self.tr("Up to date: 1 file") if kept == 1 else self.tr("Up to date: {0} files")
        self._totals = words.format(_number(kept))
        self._skipped = skipped
        self._refresh()

    def show_paused(self, paused: bool) -> None:
        """Whether keeping stands still because the person wants it."""
        self._paused = paused
        self._refresh()

    def show_slow(self, why: str) -> None:
        """Says that keeping gives way, and to what; "" when it does not."""
        self._slow = why
        self._refresh()

    def show_elsewhere(self) -> None:
        """Another program keeps this library."""
        self._last = None
        self._refresh()
        self._words.setText(self.tr("Another program is keeping this library up to date."))

    def say(self, words: str) -> None:
        """One line for a few seconds."""
        self._message.setText(words)
        self._message_end.start()

    # --- how it looks

    def _refresh(self) -> None:
        progress = self._last
        working = progress is not None and progress.stage != "idle"
        self._words.setText(self._sentence(progress) if progress else "")
        self._words.setToolTip("\n".join(map(told, progress.remarks)) if progress else "")
        self._bar.setVisible(working and not self._paused)
        if progress and working:
            # Nobody knows the total while files are still being looked for.
            known = progress.stage != "discovering" and progress.total > 0
            self._bar.setMaximum(1000 if known else 0)
            if known:
                self._bar.setValue(round(1000 * progress.done / progress.total))
        skipped = max(self._skipped, progress.failed if progress and working else 0)
        self._failures.setVisible(skipped > 0)
        self._failures.setText(self.tr("{0} skipped").format(_number(skipped)))
        self._failures.setToolTip(self.tr("Show which files were skipped and why"))
        self._pause.setVisible(progress is not None)
        self._pause.setText(self.tr("Resume") if self._paused else self.tr("Pause"))
        style.set_icon(self._pause, "play" if self._paused else "pause", "text", style.ICON_SMALL)

    def _sentence(self, progress: Progress) -> str:
        if progress.stage == "idle":
            if self._paused:
                return self.tr("Paused. Changes are not looked for.")
            words = self._totals or self.tr("Up to date; watching for changes.")
            # The whole sentence, with its folder, is the tool tip.
            late = self.tr("some changes are seen late")
            return f"{words} · {late}" if progress.remarks else words
        if self._paused:
            return self.tr("Paused at {0}").format(_counts(progress))
        parts = [f"{self._stage(progress.stage)} {_counts(progress)}".strip()]
        if progress.per_second:
            parts.append(self._speed(progress.per_second))
        if progress.seconds_left is not None and progress.stage != "discovering":
            parts.append(self._left(progress.seconds_left))
        if self._slow:
            parts.append(self._slow)
        return " · ".join(parts)

    def _stage(self, stage: str) -> str:
        return {
            "discovering": self.tr("Looking for files"),
            "understanding": self.tr("Understanding files"),
            "reading": self.tr("Reading text in pictures"),
            "listening": self.tr("Writing down speech"),
            "embedding": self.tr("Preparing for the new model"),
            "recognising": self.tr("Looking for copies"),
            "tagging": self.tr("Noting what photos look like"),
            "describing": self.tr("Describing photos"),
        }[stage]

    def _speed(self, per_second: float) -> str:
        if per_second < 1:
            return self.tr("{0} s each").format(_number(round(1 / per_second)))
        return self.tr("{0} a second").format(QLocale().toString(per_second, "f", 1))

    def _left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("less than a minute left")
        if seconds < 5400:
            return self.tr("about {0} min left").format(round(seconds / 60))
        return self.tr("about {0} h left").format(round(seconds / 3600))


def _counts(progress: Progress) -> str:
    if progress.total > progress.done:
        return f"{_number(progress.done)} / {_number(progress.total)}"
    return _number(progress.done) if progress.done else ""


def _number(count: int) -> str:
    return QLocale().toString(count)
