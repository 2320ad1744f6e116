"""What a hit's small picture shows: its content as a whole, or the page or moment that was found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Box, Locator, Medium, Page, TimeSpan
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.find.arrangement import Item
from desktop_mmrag.gui.look.pictures import as_image, filling
from desktop_mmrag.library.listing import Listed

# Read larger than it is shown: what is cut off at the sides takes pixels too.
_SPARE = 2


class Place(NamedTuple):
    """A page of a document, from 1, or a second of a video."""

    path: Path
    page: int | None = None
    second: float | None = None


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One small picture among others."""

    content_id: int
    place: Place | None = None
    """None for what the library's own preview shows: the photo, the first page, the poster."""

    @property
    def whole(self) -> Glimpse:
        """The content's own preview."""
        return Glimpse(self.content_id)


def glimpse_of(item: Item) -> Glimpse:
    """What is to be seen of an item; of a file that is away, its preview."""
    if isinstance(item, Listed) or not item.online:
        return Glimpse(item.content_id)
    return Glimpse(item.content_id, place_in(item.path, item.medium, item.locator))


def place_in(path: Path, medium: Medium, where: Locator) -> Place | None:
    """The page or moment to be drawn; None where the preview shows that very place."""
    if isinstance(where, Page | Box) and where.page and where.page > 1:
        return Place(path, page=where.page)
    if isinstance(where, TimeSpan) and medium is Medium.VIDEO and where.start_s > 0:
        return Place(path, second=where.start_s)
    return None


def draw(application: Application, place: Place, size: QSize, radius: float) -> QImage | None:
    """Away from the Qt thread: the place filling exactly `size`; None where it cannot be seen."""
    side = _SPARE * max(size.width(), size.height())
    try:
        pixels = application.extractors.picture(
            place.path, side, page=place.page, second=place.second
        )
    except KnownError:
        return None
    return filling(as_image(pixels), size, radius)
