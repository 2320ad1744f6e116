"""Parts of pictures get their vectors whenever an encoder comes, and pictures in chats their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_mmrag.domain import Role, Store
from desktop_mmrag.retrieve.captions import follow
from tests.core.extract.raw_files import write_dng
from tests.core.ingest.conftest import Home, aged

COLOURS = [(220, 30, 30), (30, 180, 60), (30, 60, 220)]


def put(path: Path, picture: Image.Image, others: list[Image.Image] | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    more = {"save_all": True, "append_images": others} if others else {}
    picture.save(path, **more)  # type: ignore[arg-type]
    aged(path, 60)
    return path


@pytest.fixture
def parted(home: Home) -> Home:
    """A panorama, a picture that moves, a TIFF of pages, a raw picture and a drawing."""
    plain = [Image.new("RGB", (120, 90), colour) for colour in COLOURS]
    put(home.folder / "wide.png", Image.effect_noise((1200, 300), 90).convert("RGB"))
    put(home.folder / "moving.gif", plain[0], plain[1:])
    put(home.folder / "pages.tif", plain[0], plain[1:])
    aged(write_dng(home.folder / "camera.dng", plain[0].resize((640, 480))), 60)
    home.note("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    return home


def test_every_part_is_embedded(parted: Home) -> None:
    parted.bring_up_to_date()
    assert list(parted.library.catalog.failures()) == []
    space = parted.image_encoder.space
    assert parted.number("SELECT count(*) FROM segment WHERE role = 'picture'") == 14
    assert list(parted.library.vectors.missing(space, (Role.PICTURE,))) == []


def test_an_encoder_that_comes_later_meets_every_part(parted: Home) -> None:
    encoder = parted.image_encoder
    parted.encoders.image_text_encoder = None
    parted.bring_up_to_date()
    parted.encoders.image_text_encoder = encoder
    assert len(list(parted.library.vectors.missing(encoder.space, (Role.PICTURE,)))) == 14
    parted.bring_up_to_date()
    assert list(parted.library.vectors.missing(encoder.space, (Role.PICTURE,))) == []


def test_a_picture_in_a_chat_is_found_by_what_was_said_of_it(home: Home) -> None:
    home.photo("WhatsApp Chat - Anna/PHOTO-1.jpg", (200, 30, 30))
    home.note(
        "WhatsApp Chat - Anna/_chat.txt",
        "[14.07.19, 14:05:40] Anna: <attached: PHOTO-1.jpg>\n"
        "[14.07.19, 14:07:30] Ben: what a lighthouse\n",
    )
    home.bring_up_to_date()
    matches = home.library.words.search(Store.WORDS, ("lighthouse",))
    segments = home.library.contents.segments(match.rowid for match in matches)
    followed = follow(home.library, segments)
    picture = home.library.contents.by_path(home.folder / "WhatsApp Chat - Anna/PHOTO-1.jpg")
    assert picture in {kept.content_id for kept in followed.values()}
