"""Pixels as encoders want them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.domain import Box, PictureInput
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.pictures.pixels import crop, load_photo, prepare, to_rgb


def bicubic(values: np.ndarray, size: int) -> np.ndarray:
    """Antialiased bicubic (a = -0.5) of the rows of [n, m] to [size, m], as PIL's C code does it."""
    length = values.shape[0]
    scale = length / size
    support = 2.0 * max(scale, 1.0)
    result = np.empty((size, values.shape[1]))
    for i in range(size):
        centre = (i + 0.5) * scale
        low, high = max(0, int(centre - support + 0.5)), min(length, int(centre + support + 0.5))
        x = np.abs((np.arange(low, high) - centre + 0.5) / max(scale, 1.0))
        weights = np.where(
            x < 1,
            1.5 * x**3 - 2.5 * x**2 + 1,
            np.where(x < 2, -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2, 0),
        )
        result[i] = (weights / weights.sum()) @ values[low:high]
    return np.clip(np.rint(result), 0, 255)


def reference(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """Columns first, then rows, each rounded to 8 bits."""
    channels = []
    for c in range(3):
        across = bicubic(picture[:, :, c].T.astype(float), width).T
        channels.append(bicubic(across, height))
    return np.stack(channels, axis=2).astype(np.uint8)


def noise(width: int, height: int) -> Image.Image:
    values = np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values)


@pytest.mark.parametrize(("width", "height"), [(500, 375), (375, 500), (300, 300), (700, 100)])
def test_shortest_side_then_centre_crop(width: int, height: int) -> None:
    size = 64
    picture = noise(width, height)
    short = min(width, height)
    w, h = int(size * width / short), int(size * height / short)
    left, top = round((w - size) / 2), round((h - size) / 2)
    whole = reference(np.asarray(picture), w, h)
    expected = whole[top : top + size, left : left + size]
    got = prepare(picture, PictureInput(size))
    assert got.shape == (size, size, 3)
    assert np.abs(got.astype(int) - expected.astype(int)).max() <= 1


def test_exact_size_ignores_the_shape() -> None:
    picture = noise(300, 200)
    got = prepare(picture, PictureInput(96, "exact"))
    assert np.abs(got.astype(int) - reference(np.asarray(picture), 96, 96).astype(int)).max() <= 1


def test_transparency_lies_on_white() -> None:
    picture = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert to_rgb(picture).getpixel((1, 1)) == (255, 255, 255)
    palette = Image.new("P", (4, 4), 3)
    palette.info["transparency"] = 3
    assert to_rgb(palette).getpixel((1, 1)) == (255, 255, 255)


def test_sixteen_bit_greys_are_scaled_not_clipped(tmp_path: Path) -> None:
    values = np.linspace(0, 65535, 256, dtype=np.uint16).reshape(1, -1).repeat(8, axis=0)
    Image.fromarray(values).save(tmp_path / "deep.png")
    got = np.asarray(load_photo(tmp_path / "deep.png", Kind.PNG, 256))[0, :, 0]
    assert np.abs(got.astype(int) - np.arange(256)).max() <= 1


def test_a_box_is_cut_in_fractions() -> None:
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste("red", (100, 50, 200, 100))
    part = crop(picture, Box(0.5, 0.5, 1, 1))
    assert part.size == (100, 50)
    assert part.getextrema() == ((255, 255), (0, 0), (0, 0))


def test_a_small_box_of_a_large_photo_is_decoded_sharp_enough(tmp_path: Path) -> None:
    noise(2000, 1500).save(tmp_path / "large.jpg", quality=90)
    part = load_photo(tmp_path / "large.jpg", Kind.JPEG, 200, Box(0.4, 0.4, 0.5, 0.5))
    assert part.size == (200, 150)
    assert max(load_photo(tmp_path / "large.jpg", Kind.JPEG, 300).size) == 300


def test_nothing_is_enlarged(tmp_path: Path) -> None:
    noise(50, 40).save(tmp_path / "small.png")
    assert load_photo(tmp_path / "small.png", Kind.PNG, 512).size == (50, 40)
