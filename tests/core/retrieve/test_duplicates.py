"""Copies of a picture are recognised, in search and over the whole library; other pictures are not."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageDraw

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Progress
from desktop_mmrag.extract.pictures.fingerprint import fingerprint
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve.groups import Group, groups
from desktop_mmrag.retrieve.nearby import nearby


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A drawn landscape: soft light, a few things in it."""
    random = np.random.default_rng(seed)
    light = Image.fromarray(random.integers(0, 255, (5, 6, 3), dtype=np.uint8))
    picture = light.resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y = int(random.integers(0, size[0])), int(random.integers(0, size[1]))
        width, height = (int(side) for side in random.integers(20, 160, 2))
        colour = tuple(int(part) for part in random.integers(0, 255, 3))
        draw.ellipse((x, y, x + width, y + height), fill=colour)
    return picture


def receipt(total: str) -> Image.Image:
    """A sheet of paper on which little but the numbers differs from others."""
    paper = Image.new("RGB", (480, 800), "white")
    draw = ImageDraw.Draw(paper)
    for row, words in enumerate(("THE CORNER SHOP", "Bread 2.40", "Milk 1.10", total, "Thank you")):
        draw.text((120, 80 + 60 * row), words, fill="black", font_size=28)
    return paper


def saved(picture: Image.Image, quality: int) -> Image.Image:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality)
    return Image.open(data).convert("RGB")


def halved(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)


def trimmed(picture: Image.Image) -> Image.Image:
    """One part in a hundred cut off each side."""
    x, y = picture.width // 100, picture.height // 100
    return picture.crop((x, y, picture.width - x, picture.height - y))


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    with Application(tmp_path / "library", tmp_path / "models") as application:
        yield application


@pytest.fixture
def kept(application: Application, tmp_path: Path) -> Callable[[dict[str, Image.Image]], Library]:
    """Saves pictures into a folder and keeps them."""

    def keep(pictures: dict[str, Image.Image]) -> Library:
        folder = tmp_path / "photos"
        for name, picture in pictures.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            picture.save(path, quality=92)
        application.add_folder(folder)
        for _ in application.index():
            pass
        return application.library

    return keep


def found(library: Library) -> list[list[str]]:
    """The file names of each group, the best first."""
    return [
        [copy.path.name for copy in event.copies]
        for event in groups(library)
        if isinstance(event, Group)
    ]


@pytest.mark.parametrize("change", [halved, trimmed, lambda one: saved(one, 30)])
def test_a_copy_keeps_nearly_all_bits(change: Callable[[Image.Image], Image.Image]) -> None:
    for seed in range(8):
        first, again = fingerprint(scene(seed)), fingerprint(change(scene(seed)))
        other = fingerprint(scene(seed + 100))
        assert first and again and other
        assert (first.coarse ^ again.coarse).bit_count() <= 8
        assert (first.coarse ^ other.coarse).bit_count() > 8


def test_a_picture_of_one_tone_has_none() -> None:
    assert fingerprint(Image.new("RGB", (300, 200), "black")) is None


def test_groups_name_the_largest_first_and_leave_others_alone(
    kept: Callable[[dict[str, Image.Image]], Library],
) -> None:
    library = kept(
        {
            "small.jpg": halved(scene(1)),
            "large.jpg": scene(1),
            "trimmed.jpg": trimmed(scene(1)),
            "another.jpg": scene(2),
            "black.jpg": Image.new("RGB", (64, 64), "black"),
            "dark.jpg": Image.new("RGB", (65, 64), "black"),
        }
    )
    assert found(library) == [["large.jpg", "trimmed.jpg", "small.jpg"]]


def test_the_original_goes_before_a_larger_file_made_of_it(
    kept: Callable[[dict[str, Image.Image]], Library], tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    noted = Image.Exif()
    noted[ExifTags.Base.Model] = "Lumo X2"
    noted[ExifTags.Base.DateTime] = "2024:05:01 12:00:00"
    scene(1).save(tmp_path / "photos" / "IMG_1.jpg", quality=92, exif=noted)
    library = kept({"export.png": scene(1)})
    assert found(library) == [["IMG_1.jpg", "export.png"]]


def test_the_same_bytes_twice_are_a_group_whatever_they_are(
    kept: Callable[[dict[str, Image.Image]], Library], tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    for name in ("one.md", "two.md"):
        (tmp_path / "photos" / name).write_text("The key hangs behind the woodshed.")
    library = kept({"a.jpg": scene(3)})
    (group,) = (event for event in groups(library) if isinstance(event, Group))
    assert {copy.path.name for copy in group.copies} == {"one.md", "two.md"}
    assert all(copy.identical for copy in group.copies)


def test_receipts_of_one_shop_are_not_copies(
    kept: Callable[[dict[str, Image.Image]], Library],
) -> None:
    library = kept(
        {
            "monday.png": receipt("Total 3.50"),
            "friday.png": receipt("Eggs 4.15    Total 17.85"),
            "monday-again.jpg": saved(receipt("Total 3.50"), 60),
        }
    )
    assert [sorted(names) for names in found(library)] == [["monday-again.jpg", "monday.png"]]


def test_a_raw_picture_and_its_jpeg_are_no_group(
    kept: Callable[[dict[str, Image.Image]], Library],
) -> None:
    library = kept({"IMG_1.jpg": scene(4), "IMG_2.jpg": halved(scene(4))})
    assert found(library) == [["IMG_1.jpg", "IMG_2.jpg"]]
    with library.database.writing() as connection:
        connection.execute("UPDATE file SET path = 'IMG_1.dng' WHERE path = 'IMG_2.jpg'")
    assert found(library) == []


def test_search_shows_copies_as_one_hit(
    kept: Callable[[dict[str, Image.Image]], Library], application: Application
) -> None:
    kept({"beach.jpg": scene(5), "beach-small.jpg": halved(scene(5)), "beach-2.jpg": scene(6)})
    hits = application.search("beach").hits
    names = [{hit.path.name, *(path.name for path in hit.also_at)} for hit in hits]
    assert {"beach.jpg", "beach-small.jpg"} in names
    assert {"beach-2.jpg"} in names


def test_kept_photos_without_one_are_looked_at_later(
    kept: Callable[[dict[str, Image.Image]], Library], application: Application
) -> None:
    library = kept({"large.jpg": scene(7), "small.jpg": halved(scene(7))})
    with library.database.writing() as connection:
        connection.execute("DELETE FROM fingerprint")
    assert found(library) == []
    for _ in application.index():
        pass
    assert found(library) == [["large.jpg", "small.jpg"]]


def test_comparing_can_be_stopped(kept: Callable[[dict[str, Image.Image]], Library]) -> None:
    library = kept({"large.jpg": scene(8), "small.jpg": halved(scene(8))})
    assert isinstance(next(iter(groups(library))), Progress)


def test_near_numbers_are_all_found() -> None:
    random = np.random.default_rng(0)
    numbers = np.unique(random.integers(0, 1 << 63, 800, dtype=np.uint64))
    twins = numbers[:200].copy()
    for row in range(len(twins)):
        for bit in random.choice(64, 8, replace=False):
            twins[row] ^= np.uint64(1 << int(bit))
    numbers = np.unique(np.concatenate([numbers, twins]))
    by_hand = np.bitwise_count(numbers[:, np.newaxis] ^ numbers) <= 8
    expected = {(int(a), int(b)) for a, b in np.argwhere(np.triu(by_hand, 1))}
    pairs = {
        (int(a), int(b))
        for one, other in nearby(numbers, 8)
        for a, b in zip(one, other, strict=True)
    }
    assert pairs == expected
    assert len(pairs) >= 200
