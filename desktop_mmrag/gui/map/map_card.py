"""The card beside a point of the map: its picture, its name, its kind and its day."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.find.arrangement import hit_of
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.pictures import cut
from desktop_mmrag.gui.look.plain import Elided, plain
from desktop_mmrag.gui.wiring import Wiring

_PICTURE = QSize(208, 156)
_WORDS = 160
_DISTANCE = 14
# The pointer runs over many points; only where it rests is read.
_PAUSE_MS = 40

_Told = tuple[Hit, QImage | None, str]


class MapCard(QFrame):
    """Lies over its parent; the mouse goes through it."""

    def __init__(self, wiring: Wiring, parent: QWidget) -> None:
        super().__init__(parent)
        self._wiring, self._over = wiring, parent
        self._content_id = 0
        self._beside = QRect()
        self._working: Stop | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        style.surface(self, "card")
        self.setObjectName("mapCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = QLabel()
        self._picture.setFixedSize(_PICTURE)
        self._words = plain("", "small", wrap=True)
        self._name = Elided("", "", Qt.TextElideMode.ElideMiddle)
        self._name.setObjectName("mapCardName")
        self._facts = Elided("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[style.GAP] * 4)
        layout.setSpacing(style.GAP_SMALL)
        for widget in (self._picture, self._words, self._name, self._facts):
            layout.addWidget(widget)
        self.setFixedWidth(_PICTURE.width() + 2 * style.GAP + 2)
        self.hide()

    @property
    def content_id(self) -> int:
        """Whose card it is, or will be in a moment; 0 for none."""
        return self._content_id

    @property
    def name(self) -> str:
        """The file's name that is shown."""
        return self._name.whole if self.isVisible() else ""

    def tell(self, content_id: int, beside: QRect) -> None:
        """Shows the card of a content beside a rectangle of the parent."""
        self._beside = beside
        if content_id == self._content_id:
            self._put()
            return
        self.leave()
        self._content_id = content_id
        self._pause.start()

    def leave(self) -> None:
        """Takes the card away."""
        self._pause.stop()
        if self._working:
            self._working.ask()
        self._content_id = 0
        self.hide()

    def _read(self) -> None:
        content_id, ratio = self._content_id, self.devicePixelRatioF()
        listing = self._wiring.application.library.listing

        def work() -> Iterator[_Told]:
            glance = listing.glances([content_id]).get(content_id)
            path = glance.preview if glance else None
            image = cut(path, _PICTURE * ratio, style.RADIUS_SMALL * ratio) if path else None
            for listed in listing.listed([content_id]):
                yield hit_of(listed), image, glance.words if glance else ""

        self._working = self._wiring.bridge.run(work, self._show)

    def _show(self, told: _Told) -> None:
        hit, image, words = told
        self._picture.setVisible(image is not None)
        if image is not None:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.setPixmap(pixmap)
        self._words.setText(" ".join(words.split())[:_WORDS])
        self._words.setVisible(image is None and bool(words))
        self._name.say(hit.path.name)
        day = in_words.date_of(hit.dated_at) if hit.dated_at else ""
        self._facts.say(" · ".join(part for part in (in_words.medium(hit.medium), day) if part))
        self.adjustSize()
        self._put()
        self.show()
        self.raise_()

    def _put(self) -> None:
        """Right of the point, or left of it, and within the parent."""
        room, beside = self._over.rect(), self._beside
        x = beside.right() + _DISTANCE
        if x + self.width() > room.right():
            x = beside.left() - _DISTANCE - self.width()
        y = min(beside.center().y() - self.height() // 2, room.bottom() - self.height() - style.GAP)
        self.move(max(x, 0), max(y, style.GAP))
