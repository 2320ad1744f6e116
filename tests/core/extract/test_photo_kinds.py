"""Raw pictures, pictures that move, drawings, panoramas, TIFFs with pages."""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from desktop_mmrag.domain import (
    Box,
    Medium,
    Page,
    PictureInput,
    Role,
    Segment,
    TimeSpan,
    Whole,
)
from desktop_mmrag.errors import (
    DecoderCrashed,
    FileDamaged,
    FileFailure,
    FileTooLarge,
    FileUnsupported,
)
from desktop_mmrag.extract.isolation.serving import Desk
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.extract.kinds import Kind, sniff
from tests.core.extract.conftest import SIZE, Understand
from tests.core.extract.raw_files import write_dng

RED, GREEN, BLUE = (220, 30, 30), (30, 180, 60), (30, 60, 220)


def pictures(segments: list[Segment]) -> list[Segment]:
    return [segment for segment in segments if segment.role is Role.PICTURE]


def colour(segment: Segment) -> tuple[int, ...]:
    assert segment.pixels is not None
    return tuple(int(value) for value in segment.pixels[SIZE // 2, SIZE // 2])


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(one, other, strict=True))


# --- raw pictures


def test_a_raw_picture_is_seen_by_its_preview(tmp_path: Path, understand: Understand) -> None:
    path = write_dng(tmp_path / "a.dng", Image.new("RGB", (640, 480), RED))
    assert sniff(path) is Kind.RAW
    (segment,), summary = understand(path)
    assert summary.medium is Medium.PHOTO and segment.locator == Whole()
    assert near(colour(segment), RED)
    assert summary.facts.camera == "Pentagon Praktica R1"
    assert summary.facts.taken_at == datetime(2021, 5, 4, 10, 11, 12)
    assert (summary.facts.width, summary.facts.height) == (64, 64), (
        "the sensor's, not the preview's"
    )
    assert summary.preview is not None


def test_without_a_preview_it_is_developed(tmp_path: Path, understand: Understand) -> None:
    (segment,), summary = understand(write_dng(tmp_path / "a.dng", None))
    assert segment.pixels is not None
    upper, lower = (segment.pixels[y].mean() for y in (SIZE // 4, 3 * SIZE // 4))
    assert upper > lower + 20, "the upper half of the sensor saw twice the light"
    assert summary.facts.camera == "Pentagon Praktica R1"


def test_what_was_written_into_a_raw_picture_is_kept(
    tmp_path: Path, understand: Understand
) -> None:
    packet = (
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description xmp:Rating='5'>"
        b"<dc:subject><rdf:Bag><rdf:li>kingfisher</rdf:li></rdf:Bag></dc:subject>"
        b"</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    tags = {700: (1, packet), 315: (2, "Ada Lovelace"), 274: (3, [6])}
    path = write_dng(tmp_path / "a.dng", Image.new("RGB", (640, 480), RED), tags)
    _, summary = understand(path)
    assert summary.facts.rating == 5 and summary.facts.keywords == ("kingfisher",)
    assert summary.facts.author == "Ada Lovelace"


def test_a_raw_picture_stands_upright(tmp_path: Path, understand: Understand) -> None:
    drawn = Image.new("RGB", (640, 480), BLUE)
    drawn.paste(RED, (0, 0, 320, 480))
    path = write_dng(tmp_path / "a.dng", drawn, {274: (3, [6])})
    _, summary = understand(path)
    preview = Image.open(io.BytesIO(summary.preview or b""))
    assert preview.width < preview.height
    top = preview.getpixel((preview.width // 2, preview.height // 8))
    assert isinstance(top, tuple) and near(top, RED)


def test_raw_formats_are_known_by_their_marks(tmp_path: Path) -> None:
    for name, head in {
        "a.jpg": b"II*\0\x10\0\0\0CR\x02\0",
        "b": b"FUJIFILMCCD-RAW 0201",
        "c.txt": b"IIU\0\x18\0\0\0",
        "d": b"IIRO\x08\0\0\0",
        "e.mov": b"\0\0\0\x18ftypcrx \0\0\0\1crx isom",
        "f.nef": b"MM\0*\0\0\0\x08",
    }.items():
        (tmp_path / name).write_bytes(head + bytes(64))
        assert sniff(tmp_path / name) is Kind.RAW, name


def test_a_tiff_under_a_cameras_suffix_is_seen_all_the_same(
    tmp_path: Path, understand: Understand
) -> None:
    Image.new("RGB", (300, 200), GREEN).save(tmp_path / "a.nef", "TIFF")
    (segment,), _ = understand(tmp_path / "a.nef")
    assert near(colour(segment), GREEN)


@pytest.mark.parametrize("kept", [12, 900, 3000])
def test_a_raw_picture_cut_off_says_so(tmp_path: Path, understand: Understand, kept: int) -> None:
    path = write_dng(tmp_path / "a.dng", Image.new("RGB", (640, 480), RED))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises((FileDamaged, FileUnsupported)) as failure:
        understand(path)
    assert "a.dng" in failure.value.message


# --- pictures that move


def moving(path: Path, colours: list[tuple[int, int, int]], each_ms: int = 400) -> Path:
    drawn = []
    for number, paint in enumerate(colours):
        frame = Image.new("RGB", (120, 90), paint)
        # A pixel that flickers: formats join frames that are equal.
        frame.putpixel((0, 0), (number, 255 - number, 128))
        drawn.append(frame)
    drawn[0].save(path, save_all=True, append_images=drawn[1:], duration=each_ms, lossless=True)
    return path


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_each_different_frame_is_found_by_its_second(
    tmp_path: Path, understand: Understand, suffix: str
) -> None:
    path = moving(tmp_path / f"a.{suffix}", [RED] * 3 + [GREEN] * 2 + [BLUE])
    segments, summary = understand(path)
    assert [segment.locator for segment in segments] == [
        TimeSpan(0.0, 1.2),
        TimeSpan(1.2, 2.0),
        TimeSpan(2.0, 2.4),
    ]
    for segment, painted in zip(segments, (RED, GREEN, BLUE), strict=True):
        assert near(colour(segment), painted)
    assert summary.medium is Medium.PHOTO and summary.preview is not None


def test_a_picture_that_hardly_moves_is_one(tmp_path: Path, understand: Understand) -> None:
    (segment,), _ = understand(moving(tmp_path / "a.gif", [RED] * 12))
    assert segment.locator == Whole()


def test_a_long_animation_gives_a_few_frames_quickly(
    tmp_path: Path, understand: Understand
) -> None:
    colours = [(int(n * 2.5), 255 - int(n * 2.5), (n * 37) % 256) for n in range(100)]
    started = time.perf_counter()
    segments, _ = understand(moving(tmp_path / "a.gif", colours, 40))
    assert 4 <= len(segments) <= 8
    starts = [s.locator.start_s for s in segments if isinstance(s.locator, TimeSpan)]
    assert starts == sorted(starts) and starts[-1] > 2.0
    assert time.perf_counter() - started < 10


def test_the_moment_of_an_animation_can_be_looked_at(
    tmp_path: Path, extractors: Extractors
) -> None:
    path = moving(tmp_path / "a.gif", [RED, GREEN, BLUE])
    seen = extractors.picture(path, 64, second=0.5)
    assert near(tuple(int(v) for v in seen[30, 40]), GREEN)


def test_an_animation_cut_off_shows_what_came_before_or_says_so(
    tmp_path: Path, understand: Understand
) -> None:
    path = moving(tmp_path / "a.gif", [RED, GREEN, BLUE] * 4)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    try:
        segments, _ = understand(path)
        assert near(colour(segments[0]), RED)
    except FileDamaged as failure:
        assert "a.gif" in failure.message


# --- drawings

_SVG = """<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<title>Wiring of the pump</title>
<rect width="{width}" height="{height}" fill="rgb(220,30,30)"/>{more}
<text x="10" y="20">Fuse <tspan>F7</tspan> &amp; relay</text></svg>"""


def draw(path: Path, more: str = "", width: int = 200, height: int = 200) -> Path:
    path.write_text(_SVG.format(more=more, width=width, height=height))
    return path


def test_a_drawing_is_seen_and_read(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(draw(tmp_path / "a.svg"))
    picture, passage = segments
    assert near(colour(picture), RED)
    assert passage.role is Role.PASSAGE and passage.locator == Whole()
    assert passage.text == "Wiring of the pump\nFuse F7 & relay"
    assert summary.medium is Medium.PHOTO
    assert summary.reading_priority is None, "its words need not be read from its pixels"


def test_a_packed_drawing_and_one_without_suffix(tmp_path: Path, understand: Understand) -> None:
    plain = draw(tmp_path / "drawing")
    (tmp_path / "a.svgz").write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, tmp_path / "a.svgz"):
        assert sniff(path) is Kind.SVG
        assert near(colour(understand(path)[0][0]), RED)


@pytest.mark.parametrize("address", ["{}", "file://{}", "&#47;{}"])
def test_a_drawing_cannot_bring_in_other_files(
    tmp_path: Path, understand: Understand, address: str
) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (200, 200), BLUE).save(secret)
    target = address.format(str(secret).lstrip("/") if "&" in address else secret)
    for attribute in ("href", "xlink:href"):
        more = f'<image {attribute}="{target}" width="200" height="200"/>'
        segments, _ = understand(draw(tmp_path / "a.svg", more))
        assert near(colour(segments[0]), RED)


def test_a_drawing_keeps_the_pictures_inside_it(tmp_path: Path, understand: Understand) -> None:
    import base64

    png = io.BytesIO()
    Image.new("RGB", (20, 20), BLUE).save(png, "PNG")
    data = f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
    segments, _ = understand(
        draw(tmp_path / "a.svg", f'<image href="{data}" width="200" height="200"/>')
    )
    assert near(colour(segments[0]), BLUE)


@pytest.mark.parametrize(
    "entity",
    [
        "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>",
        "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
        """<!ENTITY a "<image h&#114;ef='/x.png'/>">""",
    ],
)
def test_a_drawing_made_of_entities_is_refused(
    tmp_path: Path, understand: Understand, entity: str
) -> None:
    path = tmp_path / "a.svg"
    path.write_text(
        f"<!DOCTYPE svg [{entity}]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        "<text>&a;</text></svg>"
    )
    with pytest.raises(FileDamaged, match=r"a\.svg"):
        understand(path)


def test_hostile_drawings_are_listed(
    tmp_path: Path, extractors: Extractors, request_for: Callable[[Path], object]
) -> None:
    hostile = {
        "deep.svg": "<svg xmlns='http://www.w3.org/2000/svg'>" + "<g>" * 100_000,
        "huge.svg": "<svg xmlns='http://www.w3.org/2000/svg' height='1000000000'"
        " width='1' viewBox='0 0 1 1'><rect/></svg>",
        "cut.svg": _SVG[:200],
        "bomb.svgz": "",
    }
    for name, text in hostile.items():
        path = tmp_path / name
        path.write_bytes(gzip.compress(b"<svg>" + bytes(40_000_000)) if not text else text.encode())
        try:
            list(extractors.understand(request_for(path)))  # type: ignore[arg-type]
            assert name == "huge.svg"
        except FileFailure as failure:
            assert name in failure.message and type(failure) in (
                FileDamaged,
                FileTooLarge,
                DecoderCrashed,
            )


# --- long pictures


def test_a_panorama_is_found_by_its_parts(tmp_path: Path, understand: Understand) -> None:
    drawn = Image.new("RGB", (4000, 800), BLUE)
    ImageDraw.Draw(drawn).rectangle((3400, 100, 3900, 700), fill=RED)
    drawn.save(tmp_path / "a.jpg")
    segments, _ = understand(tmp_path / "a.jpg")
    assert segments[0].locator == Whole()
    boxes = [s.locator for s in segments[1:]]
    assert len(boxes) == 6
    assert all(isinstance(box, Box) for box in boxes)
    first, last = boxes[0], boxes[-1]
    assert isinstance(first, Box) and isinstance(last, Box)
    assert (first.x0, first.y0, first.y1) == (0.0, 0.0, 1.0) and last.x1 == 1.0
    reddest = [int((np.asarray(s.pixels)[..., 0] > 128).sum()) for s in segments]
    assert reddest[0] == 0 and max(reddest) == reddest[6], "only the last tile shows it"


def test_ordinary_pictures_and_screenshots_have_no_tiles(
    tmp_path: Path, understand: Understand
) -> None:
    for size in ((1600, 900), (1080, 2340)):
        Image.new("RGB", size, RED).save(tmp_path / "a.png")
        assert len(understand(tmp_path / "a.png")[0]) == 1


# --- pages


def test_each_page_of_a_tiff_is_found(tmp_path: Path, understand: Understand) -> None:
    pages = [Image.new("RGB", (300, 200), paint) for paint in (RED, GREEN, BLUE)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    segments, summary = understand(tmp_path / "a.tif")
    assert [s.locator for s in segments] == [Page(1), Page(2), Page(3)]
    assert [near(colour(s), p) for s, p in zip(segments, (RED, GREEN, BLUE), strict=True)] == [
        True
    ] * 3
    assert summary.facts.pages == 3


def test_a_moving_webp_that_is_cut_off_says_so(tmp_path: Path, understand: Understand) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (90, 60, 3), np.uint8)
    frames = [Image.fromarray(np.roll(noise, shift)) for shift in range(3)]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:])
    whole = (tmp_path / "a.webp").read_bytes()
    (tmp_path / "b.webp").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileDamaged, match=r"b\.webp begins like WebP .* may be cut off"):
        understand(tmp_path / "b.webp")


@pytest.mark.parametrize("big", [False, True])
def test_a_tiff_that_lost_its_last_pages_is_cut_off(
    tmp_path: Path, understand: Understand, big: bool
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (90, 60, 3), np.uint8)
    pages = [Image.fromarray(np.roll(noise, shift)) for shift in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], big_tiff=big)
    whole = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "b.tif").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileDamaged, match=r"b\.tif is cut off: its end is missing"):
        understand(tmp_path / "b.tif")


def test_a_page_of_a_tiff_can_be_looked_at_and_read(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (600, 200), "white") for _ in range(2)]
    ImageDraw.Draw(pages[1]).text((20, 60), "Frequency 440", "black", font_size=64)
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    desk = Desk(megapixels=50, reading_threads=1)
    (seen,) = desk.prepared(tmp_path / "a.tif", PictureInput(SIZE), 2, None, None)
    assert seen.min() < 60
    read = [segment for segment in desk.read_text(tmp_path / "a.tif") if segment]
    assert "440" in read[0].text
    assert isinstance(read[0].locator, Box) and read[0].locator.page == 2


@pytest.mark.parametrize(
    ("text", "drawing"),
    [
        ("<svg/>", True),
        ("<?xml version='1.0'?>\n<!-- a > b --><svg:svg xmlns:svg='x'>", True),
        ("<!DOCTYPE svg [<!ENTITY ns 'http://x'>]>\n<svg>", True),
        ("<!DOCTYPE html><html><svg></svg>", False),
        ("<notes><svg/></notes>", False),
        ("Write <svg> to begin", False),
        ("<!-- -->" * 500, False),
        ("<!--" * 1000, False),
    ],
)
def test_a_drawing_is_known_by_its_first_element(tmp_path: Path, text: str, drawing: bool) -> None:
    (tmp_path / "some.thing").write_text(text)
    assert (sniff(tmp_path / "some.thing") is Kind.SVG) is drawing


def test_a_long_screenshot_is_read_tile_by_tile(tmp_path: Path) -> None:
    drawn = Image.new("RGB", (700, 7000), "white")
    pen = ImageDraw.Draw(drawn)
    for number in range(20):
        pen.text((40, 100 + 350 * number), f"Message {1000 + 37 * number}", "black", font_size=36)
    drawn.save(tmp_path / "a.png")
    desk = Desk(megapixels=50, reading_threads=2)
    read = [segment for segment in desk.read_text(tmp_path / "a.png") if segment]
    lines = [line for segment in read for line in segment.lines]
    assert [line.text for line in lines] == [f"Message {1000 + 37 * n}" for n in range(20)]
    for number, line in enumerate(lines):
        assert line.box.y0 * 7000 == pytest.approx(100 + 350 * number, abs=25)
