"""A few small pictures of what is most like the hit that is looked at."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_mmrag.domain import Hit
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.flow import Flow
from desktop_mmrag.gui.look.pictures import cut
from desktop_mmrag.gui.wiring import Wiring

_SHOWN = 6
_SIZE = QSize(88, 66)
# Stepping through hits with the arrows shall not start a search for each.
_PAUSE_MS = 350


class SimilarStrip(QWidget):
    """Hidden while there is nothing like it."""

    chosen = Signal(object)
    """A Hit to look at."""

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._content_id = 0
        self._working: Stop | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.setObjectName("similar")
        holder = QWidget()
        self._flow = Flow(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.GAP, 0, 0)
        layout.addWidget(style.role(QLabel(self.tr("More like this")), "heading"))
        layout.addWidget(holder)
        self.hide()

    def show_like(self, content_id: int) -> None:
        """Shows what is like a content, once the person stays with it."""
        if content_id == self._content_id:
            return
        self.clear()
        self._content_id = content_id
        self._pause.start()

    def clear(self) -> None:
        """Shows nothing."""
        self._pause.stop()
        if self._working:
            self._working.ask()
        self._content_id = 0
        self._flow.clear()
        self.hide()

    def _search(self) -> None:
        content_id, ratio = self._content_id, self.devicePixelRatioF()
        application = self._wiring.application

        def work() -> Iterator[tuple[Hit, QImage | None]]:
            result = application.finder.similar(content_id, _SHOWN)
            near = [hit for hit in result.hits if hit.strong]
            glances = application.library.listing.glances(hit.content_id for hit in near)
            for hit in near:
                glance = glances.get(hit.content_id)
                path = glance.preview if glance else None
                size = _SIZE * ratio
                yield hit, cut(path, size, 4 * ratio) if path else None

        self._working = self._wiring.bridge.run(work, self._add, on_failure=self._fail)

    def _add(self, found: tuple[Hit, QImage | None]) -> None:
        hit, image = found
        button = QToolButton()
        button.setObjectName("similarHit")
        button.setAccessibleName(hit.path.name)
        button.setToolTip(f"{hit.path.name}\n{in_words.folder(hit.path.parent)}")
        button.setIconSize(_SIZE)
        if image is None:
            style.set_icon(button, hit.medium.value, "quiet", 32)
            button.setFixedSize(_SIZE + QSize(12, 12))
        else:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            button.setIcon(QIcon(pixmap))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.clicked.connect(lambda: self.chosen.emit(hit))
        self._flow.addWidget(button)
        self.show()

    def _fail(self, problem: KnownError) -> None:
        """Nothing is like it that can be told: the strip stays away."""
        self.hide()
