"""Small pictures for the gallery: read and cut to size away from the Qt thread, kept in bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from threading import Event, Lock

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.find.glimpse import Glimpse, Place
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.gui.look.pictures import cut
from desktop_mmrag.library.listing import Glance, Listing

Draw = Callable[[Place, QSize, float], QImage | None]
"""Draws a place in a file in a size in device pixels with rounded corners."""

_CACHED_BYTES = 96 * 2**20
_WORDS_BYTES = 600
_BATCH = 8
_LOADERS = 2
_LONGEST_PAINT_S = 1.0


@dataclass(frozen=True, slots=True)
class Small:
    """What something looks like in the gallery: a picture cut to size, else its first words."""

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

    def __init__(
        self,
        bridge: Bridge,
        listing: Listing,
        parent: QObject | None = None,
        draw: Draw | None = None,
    ) -> None:
        """Without `draw`, places in files are not looked at."""
        super().__init__(parent)
        self._bridge, self._listing, self._draw = bridge, listing, draw
        self._kept: OrderedDict[Glimpse, Small] = OrderedDict()
        self._bytes = 0
        self._size, self._radius = QSize(1, 1), 0.0
        self._round = 0
        self._fresh: set[Glimpse] = set()
        self._lock = Lock()
        self._wanted: list[Glimpse] = []
        self._under_way: set[Glimpse] = set()
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
        self._fresh = {seen for seen in self._fresh if self._kept[seen].image is not None}

    def _renew(self) -> None:
        self._round += 1
        self._fresh = set()

    def get(self, glimpse: Glimpse) -> Small | None:
        """What there is of it now, at first the preview of the whole; None until that was read."""
        for seen in (glimpse, glimpse.whole):
            small = self._kept.get(seen)
            if small is not None and (small.image is not None or not seen.place):
                self._kept.move_to_end(seen)
                return small
        return None

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

    def want(self, glimpses: Sequence[Glimpse]) -> None:
        """What is on the screen, and then what may come next, replacing what was wanted before."""
        wanted = dict.fromkeys(glimpse.whole for glimpse in glimpses)
        if self._draw:
            # A file takes long to open, and its preview is a good answer until then.
            wanted |= dict.fromkeys(glimpse for glimpse in glimpses if glimpse.place)
        with self._lock:
            missing = [
                seen for seen in wanted if seen not in self._fresh and seen not in self._under_way
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

    def _came(self, event: tuple[int, dict[Glimpse, Small]]) -> None:
        asked_in, smalls = event
        with self._lock:
            self._under_way.difference_update(smalls)
        for seen, small in smalls.items():
            self._keep(seen, small)
            if asked_in == self._round:
                self._fresh.add(seen)
        self.arrived.emit({seen.content_id for seen in smalls})

    def _keep(self, seen: Glimpse, small: Small) -> None:
        before = self._kept.pop(seen, None)
        self._bytes += small.bytes - (before.bytes if before else 0)
        self._kept[seen] = small
        while self._bytes > _CACHED_BYTES:
            gone, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.bytes
            self._fresh.discard(gone)

    # --- away from the Qt thread

    def _load(self) -> Iterator[tuple[int, dict[Glimpse, Small]]]:
        while taken := self._take():
            asked_in, size, radius = self._round, QSize(self._size), self._radius
            glances = self._listing.glances(seen.content_id for seen in taken)
            smalls = {}
            for seen in taken:
                self._calm.wait(_LONGEST_PAINT_S)
                if seen.place and self._draw:
                    smalls[seen] = Small(self._draw(seen.place, size, radius))
                else:
                    smalls[seen] = _small(glances.get(seen.content_id), size, radius)
            yield asked_in, smalls

    def _take(self) -> list[Glimpse]:
        """Some previews, or one place in a file."""
        with self._lock:
            previews = takewhile(lambda seen: not seen.place, self._wanted[:_BATCH])
            taken = list(previews) or self._wanted[:1]
            self._wanted = self._wanted[len(taken) :]
            self._under_way.update(taken)
        return taken


def _small(glance: Glance | None, size: QSize, radius: float) -> Small:
    if glance is None:
        return Small(None)
    image = cut(glance.preview, size, radius) if glance.preview else None
    return Small(image, in_words.one_line(glance.words))
