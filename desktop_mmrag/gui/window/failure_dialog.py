"""The one dialog for failures nobody foresaw: what happened, where the log lies, and the details to copy."""

from __future__ import annotations

import platform
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag import __version__
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.window.log_file import describe


def details_of(problem: BaseException) -> str:
    """What a developer needs to know; nothing of what the person searched for."""
    about = (
        f"Desktop MMRAG {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )
    return f"{about}\n{describe(problem)}"


class FailureDialog(QDialog):
    """Shown once at a time; further failures are added to it."""

    def __init__(self, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("failure")
        self.setWindowTitle(self.tr("Something unexpected happened"))
        self._log = log
        title = style.role(QLabel(self.tr("Something unexpected happened")), "title")
        words = QLabel(
            self.tr(
                "The program goes on, and your files are untouched. If it happens again, please "
                "report it with these details. They hold no text of your files and no searches."
            ),
            wordWrap=True,
        )
        self._details = QPlainTextEdit(readOnly=True)
        self._details.setObjectName("details")
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._details.setMinimumSize(640, 240)
        place = style.role(QLabel(self.tr("Log: {0}").format(log), wordWrap=True), "quiet")
        place.setObjectName("logPlace")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[style.PAGE_MARGIN] * 4)
        layout.setSpacing(style.GAP_LARGE)
        for widget in (title, words, self._details, place):
            layout.addWidget(widget)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        copy = QPushButton(self.tr("Copy details"))
        copy.setObjectName("copyDetails")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details()))
        show = QPushButton(self.tr("Show the log"))
        show.setObjectName("showLog")
        show.clicked.connect(self._show_log)
        close = style.kind(QPushButton(self.tr("Close")), "primary")
        close.setObjectName("closeFailure")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        for button in (copy, show):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def add(self, problem: BaseException) -> None:
        """Adds a failure and shows the dialog."""
        if not self.isVisible():
            self._details.clear()
        self._details.appendPlainText(details_of(problem))
        self.show()
        self.raise_()

    def details(self) -> str:
        """What `copy details` copies."""
        return self._details.toPlainText()

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))


class Unforeseen(QObject):
    """Catches exceptions that no one caught, in any thread, and brings them to the Qt thread."""

    happened = Signal(object)

    def begin(self) -> None:
        """From now on; what Python printed before is still printed."""
        before, before_in_threads = sys.excepthook, threading.excepthook

        def told(kind: type[BaseException], problem: BaseException, trace: object) -> None:
            before(kind, problem, trace)  # type: ignore[arg-type]
            if not issubclass(kind, KeyboardInterrupt):
                self.happened.emit(problem)

        def told_in_thread(arguments: threading.ExceptHookArgs) -> None:
            before_in_threads(arguments)
            if arguments.exc_value is not None:
                self.happened.emit(arguments.exc_value)

        sys.excepthook = told
        threading.excepthook = told_in_thread
