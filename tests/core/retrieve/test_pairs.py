"""A live photo, a raw picture with its JPEG, and a moving picture are one hit each."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_mmrag.domain import Facts, Medium, Role, Segment, TimeSpan
from desktop_mmrag.library.catalog import Changes
from desktop_mmrag.library.pairs import is_pair
from desktop_mmrag.retrieve.find import Finder
from tests.core.retrieve.conftest import FOLDER, Shelf


def film(shelf: Shelf, path: str, seen: str, seconds: float, spoken: str = "") -> int:
    segments = [Segment(Role.PICTURE, TimeSpan(0.0, seconds))]
    if spoken:
        segments.append(Segment(Role.SPEECH, TimeSpan(0.5, seconds), spoken))
    return shelf.keep(path, Medium.VIDEO, segments, Facts(duration_s=seconds), seen)


def names(finder: Finder, typed: str) -> list[tuple[str, list[str]]]:
    hits = finder.find(typed).hits
    return [
        (hit.path.name, sorted(path.name for path in hit.also_at)) for hit in hits if hit.strong
    ]


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("a/IMG_1.HEIC", "a/IMG_1.MOV", True),
        ("IMG_1.CR3", "IMG_1.JPG", True),
        ("PXL_1.RAW-01.COVER.jpg", "PXL_1.RAW-02.ORIGINAL.dng", True),
        ("a/IMG_1.HEIC", "b/IMG_1.MOV", False),
        ("IMG_1.HEIC", "IMG_12.MOV", False),
        ("IMG_1.HEIC", "IMG_1.JPG", False),
        ("IMG_1.CR3", "IMG_1.MOV", False),
        ("IMG_1.HEIC", "IMG_1.txt", False),
    ],
)
def test_names_make_a_pair(one: str, other: str, pair: bool) -> None:
    assert is_pair(one, other) is is_pair(other, one) is pair


def test_a_live_photo_is_one_hit_shown_by_its_still(shelf: Shelf, finder: Finder) -> None:
    film(shelf, "IMG_1.MOV", "red bicycle", 2.8)
    shelf.photo("IMG_1.HEIC", "red bicycle")
    assert names(finder, "red bicycle") == [("IMG_1.HEIC", ["IMG_1.MOV"])]


def test_whichever_matched_the_other_is_named(shelf: Shelf, finder: Finder) -> None:
    film(shelf, "IMG_1.MOV", "grey stone", 2.8, spoken="happy birthday dear Ada")
    shelf.photo("IMG_1.HEIC", "green door")
    assert names(finder, "happy birthday Ada") == [("IMG_1.MOV", ["IMG_1.HEIC"])]
    assert names(finder, "green door") == [("IMG_1.HEIC", ["IMG_1.MOV"])]


def test_a_raw_picture_and_its_jpeg_are_one_hit(shelf: Shelf, finder: Finder) -> None:
    shelf.photo("DSC_7.NEF", "red bicycle")
    shelf.photo("DSC_7.JPG", "red bicycle")
    shelf.photo("DSC_8.JPG", "old boat")
    assert names(finder, "red bicycle") == [("DSC_7.JPG", ["DSC_7.NEF"])]


def test_without_its_other_half_each_is_found_alone(shelf: Shelf, finder: Finder) -> None:
    film(shelf, "IMG_1.MOV", "red bicycle", 2.8)
    shelf.photo("IMG_1.HEIC", "red bicycle")
    folder = shelf.library.catalog.add_folder(FOLDER)
    known = shelf.library.catalog.files_of(folder)
    gone = frozenset({known["IMG_1.HEIC"].id})
    shelf.library.catalog.apply(folder, Changes({}, {}, {}, gone))
    assert names(finder, "red bicycle") == [("IMG_1.MOV", [])]
    moved = {known["IMG_1.MOV"].id: "elsewhere/IMG_1.MOV"}
    shelf.library.catalog.apply(folder, Changes({}, {}, moved, frozenset()))
    assert names(finder, "red bicycle") == [("IMG_1.MOV", [])]


def test_a_long_film_of_the_same_name_stands_for_itself(shelf: Shelf, finder: Finder) -> None:
    film(shelf, "party.mp4", "red bicycle", 95.0)
    shelf.photo("party.jpg", "old boat")
    assert names(finder, "red bicycle") == [("party.mp4", [])]
    assert names(finder, "old boat") == [("party.jpg", [])]


def test_the_newest_are_listed_as_pairs_too(shelf: Shelf, finder: Finder) -> None:
    film(shelf, "IMG_1.MOV", "red bicycle", 2.8)
    shelf.photo("IMG_1.HEIC", "red bicycle")
    hits = finder.find("type:photo,video").hits
    assert [(hit.path.name, hit.also_at) for hit in hits] == [
        ("IMG_1.HEIC", (Path(FOLDER, "IMG_1.MOV"),))
    ]


def test_frames_of_a_moving_picture_are_one_hit(shelf: Shelf, finder: Finder) -> None:
    encoder = shelf.encoders.image_text()
    assert encoder is not None
    spans = [TimeSpan(0.0, 1.0), TimeSpan(1.0, 2.0)]
    content_id = shelf.keep(
        "wave.gif",
        Medium.PHOTO,
        [Segment(Role.PICTURE, span) for span in spans],
        Facts(),
        "red bicycle",
    )
    second = shelf.library.contents.segments_of(content_id)[1].id
    vectors = encoder.embed_texts(["red bicycle race"])
    shelf.library.keeping.add_vectors(encoder.space, [second], vectors)
    (hit,) = [hit for hit in finder.find("red bicycle").hits if hit.content_id == content_id]
    assert hit.locator in spans and hit.also_at == ()


def test_the_list_of_everything_shows_a_pair_once(shelf: Shelf) -> None:
    shelf.photo("DSC_7.NEF", "red bicycle")
    shelf.photo("DSC_7.JPG", "red bicycle")
    shelf.photo("DSC_9.NEF", "red bicycle")
    film(shelf, "IMG_1.MOV", "red bicycle", 2.8)
    shelf.photo("IMG_1.HEIC", "red bicycle")

    def listed(*media: Medium) -> list[str]:
        pages = shelf.library.listing.newest(frozenset(media))
        return sorted(row.relative for page in pages for row in page)

    assert listed() == listed(Medium.PHOTO) == ["DSC_7.JPG", "DSC_9.NEF", "IMG_1.HEIC"]
    assert listed(Medium.VIDEO) == ["IMG_1.MOV"]


def test_neither_half_is_similar_to_the_other(shelf: Shelf, finder: Finder) -> None:
    halves = [shelf.photo(f"DSC_7.{suffix}", "red bicycle") for suffix in ("NEF", "JPG")]
    other = shelf.photo("DSC_8.JPG", "red bicycle race")
    for half in halves:
        assert [hit.content_id for hit in finder.similar(half).hits] == [other]
