"""The pictures and files that are searched by: dropped, pasted or picked, and their chips."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog

from desktop_mmrag.domain import Box, Locator, Page, TimeSpan, Whole
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.find.chips import PICTURE, ChipRow
from desktop_mmrag.gui.look.pictures import as_image, filling
from desktop_mmrag.gui.wiring import Like, Wiring

_READ_SIDE = 160


class Examples(QObject):
    """Keeps pasted pictures in a folder of its own until it ends."""

    changed = Signal(object)
    """A tuple of Likes: search by these."""

    def __init__(self, wiring: Wiring, chips: ChipRow) -> None:
        super().__init__(chips)
        self._wiring, self._chips = wiring, chips
        self._pasted = tempfile.TemporaryDirectory(prefix="desktop-mmrag-")
        self._count = 0
        chips.examples_changed.connect(self.give)

    def show(self, likes: Sequence[Like]) -> None:
        """Shows chips without searching."""
        if tuple(likes) != self._chips.examples():
            self._chips.show_examples(likes)
        for like in likes:
            self._load_picture(like)

    def give(self, likes: Sequence[Like]) -> None:
        """Shows chips and searches by them."""
        self.show(likes)
        self.changed.emit(tuple(likes))

    def add(self, paths: Sequence[Path]) -> None:
        """Searches by these files as well."""
        there = self._chips.examples()
        known = {like.path for like in there if like.part == Whole()}
        self.give((*there, *(Like(path) for path in paths if path not in known)))

    def add_picture(self, image: QImage) -> None:
        """Searches by a picture from the clipboard as well."""
        self._count += 1
        name = self.tr("pasted picture {0}").format(self._count)
        path = Path(self._pasted.name) / f"{name}.png"

        def work() -> Iterator[Path]:
            if image.save(str(path)):
                yield path

        self._wiring.bridge.run(work, lambda saved: self.add([saved]))

    def pick(self) -> None:
        """Lets the person pick files to search by."""
        title = self.tr("Search by a picture")
        chosen, _ = QFileDialog.getOpenFileNames(self._chips.window(), title)
        if chosen:
            self.add([Path(name) for name in chosen])

    def _load_picture(self, like: Like) -> None:
        ratio = self._chips.devicePixelRatioF()
        side = round(PICTURE * ratio)
        application = self._wiring.application

        def work() -> Iterator[QImage]:
            pixels = application.extractors.picture(like.path, _READ_SIDE, *_seen_at(like.part))
            yield filling(as_image(pixels), QSize(side, side), 4 * ratio)

        def came(image: QImage) -> None:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self._chips.set_picture(like, pixmap)

        # What is no picture keeps its icon; the search itself says what is wrong with a file.
        self._wiring.bridge.run(work, came, on_failure=_without_picture)


def _seen_at(part: Locator) -> tuple[int | None, Box | None, float | None]:
    """The page, the box and the second at which a part is seen."""
    return (
        part.page if isinstance(part, Page | Box) else None,
        part if isinstance(part, Box) else None,
        part.start_s if isinstance(part, TimeSpan) else None,
    )


def _without_picture(problem: KnownError) -> None:
    return None
