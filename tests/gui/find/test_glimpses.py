"""Small pictures show what was found: the moment of a video, the page of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Box, Hit, Locator, Medium, Page, TimeSpan, Whole
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.find.glimpse import Glimpse, Place, draw, glimpse_of
from desktop_mmrag.gui.find.thumbnails import Thumbnails
from desktop_mmrag.gui.preview.looking import Drawn, Trouble, look
from desktop_mmrag.library.listing import Listed
from tests.media import BLUE, RED, write_video

_SIZE = QSize(80, 60)
_WAIT_MS = 20_000


def _hit(path: Path, medium: Medium, locator: Locator, online: bool = True) -> Hit:
    return Hit(1, 1, 1, path, medium, locator, "", 1.0, True, (), online=online)


@pytest.mark.parametrize(
    ("medium", "locator", "place"),
    [
        (Medium.DOCUMENT, Page(7), Place(Path("/f"), page=7)),
        (Medium.DOCUMENT, Box(0, 0, 1, 1, page=3), Place(Path("/f"), page=3)),
        (Medium.VIDEO, TimeSpan(12.0, 15.0), Place(Path("/f"), second=12.0)),
        # The preview shows these already, or there is nothing to be seen.
        (Medium.DOCUMENT, Page(1), None),
        (Medium.VIDEO, TimeSpan(0.0, 4.0), None),
        (Medium.AUDIO, TimeSpan(12.0, 15.0), None),
        (Medium.PHOTO, Whole(), None),
    ],
)
def test_what_is_found_is_what_is_seen(
    medium: Medium, locator: Locator, place: Place | None
) -> None:
    assert glimpse_of(_hit(Path("/f"), medium, locator)) == Glimpse(1, place)


def test_of_a_drive_that_is_away_only_the_preview_is_seen() -> None:
    hit = _hit(Path("/f"), Medium.VIDEO, TimeSpan(12.0, 15.0), online=False)
    assert glimpse_of(hit) == Glimpse(1)


@pytest.fixture
def film(tmp_path: Path, application: Application) -> Path:
    """Three seconds of red, then three of blue; kept."""
    folder = tmp_path / "films"
    folder.mkdir()
    path = write_video(folder / "film.mp4", [RED, BLUE])
    application.add_folder(folder)
    for _ in application.index():
        pass
    return path


@pytest.fixture
def thumbnails(application: Application, qtbot: QtBot) -> Iterator[Thumbnails]:
    bridge = Bridge()
    thumbnails = Thumbnails(bridge, application.library.listing, draw=partial(draw, application))
    thumbnails.cut_to(_SIZE, 4)
    yield thumbnails
    bridge.close()


def _listed(application: Application, path: Path) -> Listed:
    pages = application.library.listing.newest()
    return next(one for page in pages for one in page if one.path == path)


def _reddish(image: QImage) -> bool:
    colour = QColor(image.scaled(1, 1).pixelColor(0, 0))
    return colour.red() > colour.blue()


def test_the_poster_comes_first_and_then_the_moment(
    application: Application, film: Path, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    listed = _listed(application, film)
    moment = Glimpse(listed.content_id, Place(film, second=4.0))
    seen: list[bool] = []

    def look() -> None:
        small = thumbnails.get(moment)
        if small and small.image:
            seen.append(_reddish(small.image))

    thumbnails.arrived.connect(look)
    thumbnails.want([moment])
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=_WAIT_MS)

    assert seen == [True, False]


def test_a_moment_that_cannot_be_read_keeps_the_poster(
    application: Application, film: Path, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    listed = _listed(application, film)
    film.unlink()
    moment = Glimpse(listed.content_id, Place(film, second=4.0))
    rounds: list[object] = []
    thumbnails.arrived.connect(rounds.append)

    thumbnails.want([moment])
    qtbot.waitUntil(lambda: len(rounds) == 2, timeout=_WAIT_MS)

    small = thumbnails.get(moment)
    assert small and small.image and _reddish(small.image)


def test_a_change_of_settings_meanwhile_leaves_the_preview(
    application: Application, film: Path
) -> None:
    listed = _listed(application, film)
    hit = replace(_hit(film, Medium.VIDEO, TimeSpan(4.0, 6.0)), content_id=listed.content_id)
    # What `renew` does to processes that are at work.
    application.extractors.close()

    sights = list(look(application, hit))

    assert any(isinstance(sight, Drawn) for sight in sights)
    assert not any(isinstance(sight, Trouble) for sight in sights)
    assert draw(application, Place(film, second=4.0), _SIZE, 4) is None
