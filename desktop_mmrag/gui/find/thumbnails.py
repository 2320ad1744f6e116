"""Small pictures for the gallery: read and cut to size away from the Qt thread, kept in bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath

from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.library.listing import Glance, Listing

_CACHED_BYTES = 96 * 2**20
_WORDS_BYTES = 600
_BATCH = 8
_LOADERS = 2
_LONGEST_PAINT_S = 1.0
# Faces are in the upper part of upright pictures, headings at the top of pages.
_UPRIGHT_FROM_TOP = 0.2


@dataclass(frozen=True, slots=True)
class Small:
    """What a content looks like in the gallery: a picture cut to size, else its first words."""

    image: QImage | None
    words: str = ""

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return self.image.sizeInBytes() if self.image else _WORDS_BYTES


class Thumbnails(QObject):
    """All methods belong to the Qt thread."""

    arrived = Signal(object)
    """A set of content ids that are there now: repaint, nothing moves."""

    def __init__(self, bridge: Bridge, listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._listing = bridge, listing
        self._kept: OrderedDict[int, Small] = OrderedDict()
        self._bytes = 0
        self._size, self._radius = QSize(1, 1), 0.0
        self._round = 0
        self._fresh: set[int] = set()
        self._lock = Lock()
        self._wanted: list[int] = []
        self._under_way: set[int] = set()
        self._loaders = 0
        self._calm = Event()
        self._calm.set()

    def cut_to(self, size: QSize, radius: float) -> None:
        """Pictures come in this size from now on, in device pixels, with rounded corners.

        Those that are there stay until their successors arrive.
        """
        if (size, radius) != (self._size, self._radius):
            self._size, self._radius = QSize(size), radius
            self._renew()

    def refresh(self) -> None:
        """The library changed: what had no picture may have one now."""
        self._fresh = {id for id in self._fresh if self._kept[id].image is not None}

    def _renew(self) -> None:
        self._round += 1
        self._fresh = set()

    def get(self, content_id: int) -> Small | None:
        """What there is of a content now; None until it has been read."""
        small = self._kept.get(content_id)
        if small is not None:
            self._kept.move_to_end(content_id)
        return small

    @contextmanager
    def painting(self) -> Iterator[None]:
        """No picture is begun meanwhile: painting gives the interpreter away at each call of Qt,
        and would wait for a loader to give it back.
        """
        self._calm.clear()
        try:
            yield
        finally:
            self._calm.set()

    def want(self, content_ids: Sequence[int]) -> None:
        """What is on the screen, and then what may come next, replacing what was wanted before."""
        with self._lock:
            missing = [
                id for id in content_ids if id not in self._fresh and id not in self._under_way
            ]
            self._wanted = missing
        if missing and self._loaders < _LOADERS:
            self._loaders += 1
            self._bridge.run(self._load, self._came, self._ended)

    def _ended(self) -> None:
        self._loaders -= 1
        with self._lock:
            left = list(self._wanted)
        if left:
            self.want(left)

    def _came(self, event: tuple[int, dict[int, Small]]) -> None:
        asked_in, smalls = event
        with self._lock:
            self._under_way.difference_update(smalls)
        for id, small in smalls.items():
            self._keep(id, small)
            if asked_in == self._round:
                self._fresh.add(id)
        self.arrived.emit(set(smalls))

    def _keep(self, id: int, small: Small) -> None:
        before = self._kept.pop(id, None)
        self._bytes += small.bytes - (before.bytes if before else 0)
        self._kept[id] = small
        while self._bytes > _CACHED_BYTES:
            gone, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.bytes
            self._fresh.discard(gone)

    # --- away from the Qt thread

    def _load(self) -> Iterator[tuple[int, dict[int, Small]]]:
        while ids := self._take():
            asked_in, size, radius = self._round, QSize(self._size), self._radius
            glances = self._listing.glances(ids)
            smalls = {}
            for id in ids:
                self._calm.wait(_LONGEST_PAINT_S)
                smalls[id] = _small(glances.get(id), size, radius)
            yield asked_in, smalls

    def _take(self) -> list[int]:
        with self._lock:
            taken, self._wanted = self._wanted[:_BATCH], self._wanted[_BATCH:]
            self._under_way.update(taken)
        return taken


def _small(glance: Glance | None, size: QSize, radius: float) -> Small:
    if glance is None:
        return Small(None)
    image = cut(glance.preview, size, radius) if glance.preview else None
    return Small(image, in_words.one_line(glance.words))


def cut(path: Path, size: QSize, radius: float) -> QImage | None:
    """The picture at `path` filling exactly `size`, its corners rounded; None when unreadable."""
    reader = QImageReader(str(path))
    full = reader.size()
    if full.isEmpty() or size.isEmpty():
        return None
    filled = full.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(filled)
    image = reader.read()
    if image.isNull():
        return None
    return rounded(image, _window(filled, size), radius)


def _window(filled: QSize, size: QSize) -> QRect:
    spare_y = filled.height() - size.height()
    top = round(spare_y * _UPRIGHT_FROM_TOP) if filled.height() > filled.width() else spare_y // 2
    return QRect((filled.width() - size.width()) // 2, top, size.width(), size.height())


def rounded(image: QImage, window: QRect, radius: float) -> QImage:
    """The part of a picture in `window` with rounded corners, ready to be painted as it is."""
    out = QImage(window.size(), QImage.Format.Format_ARGB32_Premultiplied)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(out.rect()), radius, radius)
    painter.setClipPath(path)
    painter.drawImage(0, 0, image, window.x(), window.y(), window.width(), window.height())
    painter.end()
    return out
