"""Which side-car lies beside which picture, by their names."""

import pytest

from desktop_mmrag.domain import Facts
from desktop_mmrag.library.facts import from_json, merged, to_json
from desktop_mmrag.library.sidecar_names import (
    lies_beside,
    starts_of_pictures,
    starts_of_sidecars,
)

BESIDE = [
    ("a/photo.jpg.xmp", "a/photo.jpg"),
    ("a/photo.xmp", "a/photo.jpg"),
    ("a/photo.XMP", "a/photo.CR2"),
    ("my.photo.xmp", "my.photo.jpg"),
    ("IMG_1.jpg.json", "IMG_1.jpg"),
    ("IMG_1.json", "IMG_1.jpg"),
    ("IMG_1.jpg.supplemental-metadata.json", "IMG_1.jpg"),
    ("20240105_123456_HDR~2.jpg.supplemental-metada.json", "20240105_123456_HDR~2.jpg"),
    ("PXL_20230101_101010101.PORTRAIT.jpg.supplemen.json", "PXL_20230101_101010101.PORTRAIT.jpg"),
    ("IMG_1.jpg(1).json", "IMG_1(1).jpg"),
    ("IMG_1.jpg.supplemental-metadata(2).json", "IMG_1(2).jpg"),
    ("IMG_1.jpg.json", "IMG_1-edited.jpg"),
    ("IMG_1.jpg.supplemental-metadata.json", "IMG_1-bearbeitet.jpg"),
    ("IMG_1.jpg(1).json", "IMG_1-edited(1).jpg"),
    ("IMG_1(1).jpg.json", "IMG_1(1).jpg"),
    (
        "urlhttp3A2F2Fdomain.com2Fimages2F2016-12-11.jp.json",
        "urlhttp3A2F2Fdomain.com2Fimages2F2016-12-11.jpg",
    ),
    (
        "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_.json",
        "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_P.jpg",
    ),
]
APART = [
    ("a/photo.xmp", "b/photo.jpg"),
    ("photo.xmp", "photo1.jpg"),
    ("photo1.xmp", "photo.jpg"),
    ("photo.jpg.xmp", "photo.png"),
    ("IMG_1.jpg.json", "IMG_12.jpg"),
    ("IMG_1.jpg.supplemental-metadata.json", "IMG_1(1).jpg"),
    ("IMG_1.jpg.supplemental-metadata(1).json", "IMG_1.jpg"),
    ("IMG_1.jpg(1).json", "IMG_1.jpg"),
    ("metadata.json", "IMG_1.jpg"),
]


@pytest.mark.parametrize(("sidecar", "picture"), BESIDE)
def test_they_belong_together(sidecar: str, picture: str) -> None:
    assert lies_beside(sidecar, picture)
    # Each is met in the ranges of paths that are looked through for the other.
    assert any(picture.startswith(start) for start in starts_of_pictures(sidecar))
    assert any(sidecar.startswith(start) for start in starts_of_sidecars(picture))


@pytest.mark.parametrize(("sidecar", "picture"), APART)
def test_they_do_not(sidecar: str, picture: str) -> None:
    assert not lies_beside(sidecar, picture)


def test_facts_survive_as_json() -> None:
    from datetime import datetime

    facts = Facts(datetime(2019, 7, 14, 12), 60.4, 5.3, "Bergen", keywords=("a", "b"), rating=3)
    assert from_json(to_json(facts)) == facts
    assert from_json(to_json(Facts())) == Facts()


def test_side_cars_override_or_fill_in() -> None:
    own = Facts(title="own", latitude=1.0, longitude=2.0, place="Here", keywords=("a",), width=9)
    told = Facts(title="told", latitude=3.0, longitude=4.0, author="Ada", keywords=("b", "a"))
    over = merged(own, [(told, True)])
    assert (over.title, over.latitude, over.place, over.author) == ("told", 3.0, None, "Ada")
    filled = merged(own, [(told, False)])
    assert (filled.title, filled.latitude, filled.place, filled.author) == (
        "own",
        1.0,
        "Here",
        "Ada",
    )
    assert over.keywords == filled.keywords == ("a", "b") and over.width == 9
