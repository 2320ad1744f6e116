"""What the window shows while the library is being opened, and when it cannot be."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.core_words import hint_of, message_of, title_of
from desktop_mmrag.gui.look.plain import plain

# A library that opens at once shows nothing in between, so that nothing flickers.
_PATIENCE_MS = 400
_WIDTH = 520


class OpeningView(QWidget):
    """Empty for a moment, then a line; or a failure with its remedies."""

    again_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = style.role(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "title")
        self._title.setObjectName("openingTitle")
        self._words = plain(wrap=True, name="openingWords")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setFixedWidth(_WIDTH)
        self._buttons = self._build_buttons()
        layout = QVBoxLayout(self)
        layout.setSpacing(style.GAP_LARGE)
        layout.addStretch(1)
        layout.addWidget(self._icon)
        layout.addWidget(self._title)
        layout.addLayout(self._column())
        layout.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(
            lambda: self._words.setText(self.tr("Opening the library …"))
        )
        self.begin()

    def _column(self) -> QHBoxLayout:
        """The words in the middle; only a row of their own gives them the height they wrap to."""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._words)
        row.addStretch(1)
        return row

    def _build_buttons(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setSpacing(style.GAP)
        self._again = again = style.kind(QPushButton(self.tr("Try again")), "primary")
        again.setObjectName("openAgain")
        again.clicked.connect(self.again_wanted)
        leave = QPushButton(self.tr("Quit"))
        leave.setObjectName("quitAtOpening")
        leave.clicked.connect(self.quit_wanted)
        layout.addWidget(leave)
        layout.addWidget(again)
        return row

    def begin(self) -> None:
        """Opening begins."""
        for part in (self._icon, self._title, self._buttons):
            part.hide()
        self._words.clear()
        self._patience.start()
        # Else the first button at the side would be ringed, which does nothing yet.
        self.setFocus()

    @property
    def waiting(self) -> bool:
        """Whether nothing was told since opening began."""
        return self._title.isHidden()

    def tell(self, problem: KnownError) -> None:
        """Opening failed."""
        self._patience.stop()
        style.set_pixmap(self._icon, "error", "danger", style.ICON_LARGE)
        self._title.setText(title_of(problem))
        self._words.setText(f"{message_of(problem)}\n\n{hint_of(problem)}")
        for part in (self._icon, self._title, self._buttons):
            part.show()
        self._again.setFocus()
