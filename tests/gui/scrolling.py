"""How long each frame takes while a gallery of 100,000 hits is scrolled; a script, and a function for others."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication

from desktop_mmrag.domain import Hit, Medium, Page, Reason, Store, Whole
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.find.arrangement import Grouping, arrange
from desktop_mmrag.gui.find.gallery import Gallery
from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.look.style import Style
from desktop_mmrag.library.library import Library, open_library

HITS = 100_000
_PREVIEWS = 2_000
_FRAMES = 400
_WORDS = (
    "The spare key hangs behind the woodpile, in a coffee tin. The boiler was serviced in March and"
    " the plumber says that the pump has to be changed before the winter comes."
)


@dataclass(frozen=True, slots=True)
class Frames:
    """Milliseconds that frames took, from moving the scroll bar to the end of painting."""

    median: float
    p95: float
    worst: float
    worst_at_work: float
    """Of the Qt thread's own processor time, which a busy computer does not stretch."""
    shown: int
    """Pictures that arrived meanwhile."""


def measure_scrolling(count: int = HITS, frames: int = _FRAMES, as_rows: bool = False) -> Frames:
    """Scrolls a gallery of `count` hits up and down, slowly and in leaps. Needs a QApplication."""
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder))
        _fill(library)
        bridge = Bridge()
        thumbnails = Thumbnails(bridge, library.listing)
        arrived: list[int] = []
        thumbnails.arrived.connect(lambda: arrived.append(1))
        gallery = Gallery(thumbnails)
        gallery.resize(1200, 800)
        gallery.show_as("list" if as_rows else "grid")
        gallery.show_arrangement(arrange([_hit(number) for number in range(count)], Grouping.NONE))
        gallery.show()
        frames_taken = list(_scroll(gallery, frames))
        gallery.close()
        bridge.close()
        library.close()
    taken = sorted(whole for whole, _ in frames_taken)
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    return Frames(middle, late, taken[-1], max(own for _, own in frames_taken), len(arrived))


def _scroll(gallery: Gallery, frames: int) -> Iterator[tuple[float, float]]:
    bar = gallery.verticalScrollBar()
    _wait(300)
    for number in range(frames):
        # A hundred frames of the wheel, then one leap far away, as with the scroll bar.
        step = bar.maximum() // 7 if number % 100 == 99 else 60
        started, own = time.perf_counter(), time.thread_time()
        bar.setValue((bar.value() + step) % max(1, bar.maximum()))
        QApplication.processEvents()
        yield 1000 * (time.perf_counter() - started), 1000 * (time.thread_time() - own)
        _wait(8)


def _wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _hit(number: int) -> Hit:
    photo = number % 3 != 0
    return Hit(
        rank=number + 1,
        segment_id=number + 1,
        content_id=number % _PREVIEWS + 1,
        path=Path(f"/home/ada/Pictures/{2000 + number % 25}/IMG_{number:06}.jpg"),
        medium=Medium.PHOTO if photo else Medium.DOCUMENT,
        locator=Whole() if photo else Page(1 + number % 40),
        snippet="" if photo else _WORDS,
        relevance=1 - number / HITS,
        strong=number < HITS // 2,
        reasons=(
            Reason(Store.IMAGE_TEXT, 1, 0.3),
            Reason(Store.WORDS, 1, 2.0, words=("boiler", "key")),
        ),
    )


def _fill(library: Library) -> None:
    """Contents with preview pictures as photos have them."""
    pictures = [_picture(hue) for hue in range(0, 360, 30)]
    with library.database.writing() as connection:
        for number in range(_PREVIEWS):
            hash = hashlib.sha256(str(number).encode()).digest()
            connection.execute(
                "INSERT INTO content (hash, size, medium, dated_at) VALUES (?, 1, 'photo', ?)",
                (hash, "2024-01-01T10:00:00"),
            )
            library.thumbnails.write(hash, pictures[number % len(pictures)])


def _picture(hue: int) -> bytes:
    image = QImage(512, 384, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground = QLinearGradient(0, 0, 512, 384)
    ground.setColorAt(0, QColor.fromHsv(hue, 160, 230))
    ground.setColorAt(1, QColor.fromHsv((hue + 60) % 360, 200, 90))
    painter.fillRect(image.rect(), ground)
    for number in range(40):
        painter.setBrush(QColor.fromHsv((hue + 9 * number) % 360, 120, 220))
        painter.drawEllipse((number * 97) % 512, (number * 61) % 384, 30, 30)
    painter.end()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "preview.jpg"
        image.save(str(path), quality=75)
        return path.read_bytes()


if __name__ == "__main__":
    qt = QApplication(sys.argv[:1])
    style = Style(qt)
    for rows in (False, True):
        found = measure_scrolling(as_rows=rows)
        name = "list" if rows else "grid"
        print(
            f"{name}: median {found.median:.1f} ms, 95% under {found.p95:.1f} ms,"
            f" worst {found.worst:.1f} ms ({found.worst_at_work:.1f} ms at work),"
            f" {found.shown} batches of pictures arrived"
        )
