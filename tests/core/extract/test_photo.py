"""Photos of every format: upright, with facts and a preview."""

import io
import struct
import time
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from desktop_mmrag.domain import ExtractRequest, Medium, PictureInput, Role, Summary, Whole
from desktop_mmrag.errors import FileDamaged, FileFailure, FileTooLarge
from desktop_mmrag.extract.isolation.serving import Desk
from desktop_mmrag.extract.kinds import Kind, sniff
from desktop_mmrag.extract.pictures.exif import camera_name
from desktop_mmrag.extract.pictures.photo import extract
from desktop_mmrag.extract.pictures.pixels import limit_megapixels, prepare

from .conftest import SIZE, Understand

TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT = (220, 30, 30), (30, 170, 40), (40, 40, 220)


def corners(width: int = 480, height: int = 320) -> Image.Image:
    """Red at the top left, green at the top right, blue at the bottom left, the rest white."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2, height // 2), TOP_LEFT)
    draw.rectangle((width // 2, 0, width, height // 2), TOP_RIGHT)
    draw.rectangle((0, height // 2, width // 2, height), BOTTOM_LEFT)
    return picture


def assert_upright(pixels: np.ndarray) -> None:
    height, width = pixels.shape[:2]
    places = ((0.2, 0.2), (0.2, 0.8), (0.8, 0.2))
    for (y, x), colour in zip(places, (TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT), strict=True):
        found = pixels[int(y * height), int(x * width)].astype(int)
        assert np.abs(found - colour).max() < 40, (y, x, found)


def preview_of(summary: Summary) -> np.ndarray:
    assert summary.preview is not None
    with Image.open(io.BytesIO(summary.preview)) as preview:
        assert preview.format == "JPEG"
        assert max(preview.size) <= 512
        return np.asarray(preview.convert("RGB"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF"])
def test_every_format(tmp_path: Path, understand: Understand, kind: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    path = tmp_path / f"corners.{kind.lower()}"
    corners().save(path, kind)
    (segment,), summary = understand(path)
    assert (segment.role, segment.locator) == (Role.PICTURE, Whole())
    assert segment.pixels is not None and segment.pixels.shape == (SIZE, SIZE, 3)
    assert_upright(segment.pixels)
    assert_upright(preview_of(summary))
    assert (summary.medium, summary.facts.width, summary.facts.height) == (Medium.PHOTO, 480, 320)


_STORED = {  # how the upright picture is stored under each orientation
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation(tmp_path: Path, understand: Understand, orientation: int) -> None:
    turn = _STORED[orientation]
    stored = corners() if turn is None else corners().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "turned.jpg", exif=exif, quality=95)
    (segment,), summary = understand(tmp_path / "turned.jpg")
    assert segment.pixels is not None
    assert_upright(segment.pixels)
    assert_upright(preview_of(summary))
    assert (summary.facts.width, summary.facts.height) == (480, 320)


def test_pixels_of_a_small_photo_are_exactly_the_encoders(
    tmp_path: Path, understand: Understand
) -> None:
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8))
    picture.save(tmp_path / "noise.png")
    (segment,), _ = understand(tmp_path / "noise.png")
    np.testing.assert_array_equal(segment.pixels, prepare(picture, PictureInput(SIZE)))


def test_reduced_decoding_keeps_the_picture(tmp_path: Path, understand: Understand) -> None:
    smooth = corners(60, 40).resize((4000, 2666), Image.Resampling.BICUBIC)
    smooth.save(tmp_path / "large.jpg", quality=95)
    (segment,), summary = understand(tmp_path / "large.jpg")
    assert segment.pixels is not None
    exact = prepare(smooth, PictureInput(SIZE)).astype(int)
    assert np.abs(segment.pixels.astype(int) - exact).mean() < 2
    assert (summary.facts.width, summary.facts.height) == (4000, 2666)


def test_no_encoder_no_pixels(tmp_path: Path, tokenizer_file: Path) -> None:
    corners().save(tmp_path / "a.png")
    request = ExtractRequest(tmp_path / "a.png", None, tokenizer_file, 128)
    segment, summary = extract(request, Kind.PNG)
    assert segment.pixels is None  # type: ignore[union-attr]
    assert isinstance(summary, Summary) and summary.preview


def photo_with_facts(path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "NIKON CORPORATION", "NIKON D90", "Ada"
    exif[0x0132] = "2020:01:01 00:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2019:07:14 12:30:05"
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 51.0, 31.0), 3: "E", 4: (151.0, 12.0, 51.0)})
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description>'
        b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Opera &amp; harbour</rdf:li></rdf:Alt></dc:title>'
        b"<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>boats</rdf:li></rdf:Bag></dc:subject>"
        b"</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    corners().save(path, exif=exif, xmp=xmp)


def test_facts(tmp_path: Path, understand: Understand) -> None:
    photo_with_facts(tmp_path / "a.jpg")
    facts = understand(tmp_path / "a.jpg")[1].facts
    assert facts.taken_at == datetime(2019, 7, 14, 12, 30, 5)
    assert (facts.camera, facts.author) == ("Nikon D90", "Ada")
    assert (facts.title, facts.keywords) == ("Opera & harbour", ("sea", "boats"))
    assert facts.latitude == pytest.approx(-33.858611, abs=1e-5)
    assert facts.longitude == pytest.approx(151.214167, abs=1e-5)
    assert facts.place is not None
    assert facts.place.endswith("New South Wales, Australia") and "Sydney" in facts.place


def test_a_position_without_a_fix_is_none(tmp_path: Path, understand: Understand) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)})
    corners().save(tmp_path / "a.jpg", exif=exif)
    facts = understand(tmp_path / "a.jpg")[1].facts
    assert (facts.latitude, facts.place) == (None, None)


def test_broken_metadata_does_not_cost_the_photo(tmp_path: Path, understand: Understand) -> None:
    corners().save(tmp_path / "a.jpg", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\xff" + b"\xff" * 40)
    assert understand(tmp_path / "a.jpg")[1].preview


@pytest.mark.parametrize(
    ("make", "model", "name"),
    [
        ("Canon", "Canon EOS 80D", "Canon EOS 80D"),
        ("Apple", "iPhone 12", "Apple iPhone 12"),
        ("OLYMPUS IMAGING CORP.", "E-M10", "Olympus E-M10"),
        ("SONY", "ILCE-7M3", "SONY ILCE-7M3"),
        (None, "Pixel 6", "Pixel 6"),
        (None, None, None),
    ],
)
def test_camera_names(make: str | None, model: str | None, name: str | None) -> None:
    assert camera_name(make, model) == name


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_a_cut_off_photo_fails_with_a_reason(
    tmp_path: Path, understand: Understand, kind: str
) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    whole = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8)).save(
        whole, kind
    )
    path = tmp_path / f"cut.{kind.lower()}"
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(FileDamaged) as failure:
        understand(path)
    assert path.name in failure.value.message


def png_chunk(name: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, tokenizer_file: Path) -> None:
    # A PNG that promises 60,000 x 60,000 pixels in 79 bytes.
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks))
    request = ExtractRequest(path, PictureInput(SIZE), tokenizer_file, 128)
    for megapixels in (250, 2500):
        with pytest.raises(FileTooLarge):
            list(Desk(megapixels, 1).understand(request))
    limit_megapixels(250)


def test_the_limit_of_pixels_is_the_setting(tmp_path: Path, tokenizer_file: Path) -> None:
    Image.new("L", (1200, 1000)).save(tmp_path / "a.png")
    request = ExtractRequest(tmp_path / "a.png", PictureInput(SIZE), tokenizer_file, 128)
    with pytest.raises(FileTooLarge):
        list(Desk(1, 1).understand(request))
    assert list(Desk(2, 1).understand(request))
    limit_megapixels(250)


def test_screenshots_are_read_before_holidays(tmp_path: Path, understand: Understand) -> None:
    from skimage import data

    page = Image.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(page)
    for y in range(20, 580, 20):
        draw.text((30, y), "All work and no play makes Jack a dull boy. " * 2, "black")
    page.save(tmp_path / "shot.png")
    Image.fromarray(data.astronaut()).save(tmp_path / "holiday.jpg")
    written = understand(tmp_path / "shot.png")[1].reading_priority
    holiday = understand(tmp_path / "holiday.jpg")[1].reading_priority
    assert written is not None and holiday is not None
    assert written > holiday + 0.2


def test_the_nine_orientation_photos_look_alike(data: Path, understand: Understand) -> None:
    folder = data / "formats" / "orientation"
    first = None
    for path in sorted(folder.glob("Landscape_*.jpg")):
        (segment,), _ = understand(path)
        assert segment.pixels is not None
        values = segment.pixels.astype(float)
        first = values if first is None else first
        assert np.abs(values - first).mean() < 12, path.name


@pytest.mark.slow
def test_every_file_of_the_collections_extracts_or_says_why(
    data: Path, understand: Understand
) -> None:
    for folder in ("formats", "seed-blog"):
        for path in filter(Path.is_file, (data / folder).rglob("*")):
            if path.suffix in (".xmp", ".aae"):
                continue  # A side-car speaks of another file.
            try:
                understand(path)
            except FileFailure as failure:
                assert failure.message.endswith(".") and path.name in failure.message


@pytest.mark.slow
def test_a_twelve_megapixel_jpeg_costs_little(
    tmp_path: Path, request_for: Callable[[Path], ExtractRequest]
) -> None:
    from skimage import data

    large = Image.fromarray(data.astronaut()).resize((4000, 3000), Image.Resampling.BICUBIC)
    large.save(tmp_path / "large.jpg", quality=85)
    request = request_for(tmp_path / "large.jpg")
    list(extract(request, sniff(request.path)))
    before = time.process_time()
    for _ in range(5):
        list(extract(request, Kind.JPEG))
    # 20 ms on the machine it was made on; the bound leaves room for slower ones.
    assert (time.process_time() - before) / 5 < 0.1
