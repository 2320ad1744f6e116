"""Words in pictures: drawn ones, and rows of a receipt."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop_mmrag.domain import Box, Role
from desktop_mmrag.extract.isolation.serving import Desk
from desktop_mmrag.extract.pictures.ocr import TextReader
from desktop_mmrag.extract.pictures.reading_order import Word, rows


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader(threads=1)


def receipt() -> Image.Image:
    picture = Image.new("RGB", (500, 360), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(26)
    for y, left, right in (
        (20, "GREEN GROCER LTD", ""),
        (100, "Apples", "3.40"),
        (160, "TOTAL", "80.90"),
    ):
        draw.text((40, y), left, "black", font)
        draw.text((380, y), right, "black", font)
    return picture


def test_a_row_is_one_line(reader: TextReader) -> None:
    lines = reader.read(np.asarray(receipt()))
    assert [line.text for line in lines] == ["GREEN GROCER LTD", "Apples  3.40", "TOTAL  80.90"]
    total = lines[-1].box
    assert total.x0 == pytest.approx(40 / 500, abs=0.03)
    assert total.y0 == pytest.approx(165 / 360, abs=0.05)
    assert 0.8 < total.x1 <= 1 and total.y1 < 0.56


def test_a_slanted_photo_keeps_its_rows(reader: TextReader) -> None:
    slanted = receipt().rotate(4, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    assert "TOTAL  80.90" in [line.text for line in reader.read(np.asarray(slanted))]


def test_a_segment_holds_its_lines(reader: TextReader) -> None:
    (segment,) = reader.segments(np.asarray(receipt()), page=3)
    assert segment.role is Role.OCR
    assert segment.text == "\n".join(line.text for line in segment.lines)
    assert isinstance(segment.locator, Box) and segment.locator.page == 3
    assert segment.locator.y0 == min(line.box.y0 for line in segment.lines)


def test_a_shape_is_no_sign(reader: TextReader) -> None:
    disc = Image.new("RGB", (160, 120), "white")
    ImageDraw.Draw(disc).ellipse((20, 20, 140, 100), fill="green")
    assert reader.read(np.asarray(disc)) == (), "read as ●"
    sign = Image.new("RGB", (300, 160), "white")
    ImageDraw.Draw(sign).text((40, 10), "42", "black", ImageFont.load_default(120))
    assert [line.text for line in reader.read(np.asarray(sign))] == ["42"]


def test_a_picture_without_words_gives_nothing(reader: TextReader) -> None:
    assert reader.read(np.full((200, 200, 3), 127, np.uint8)) == ()
    assert reader.read(np.zeros((4, 300, 3), np.uint8)) == ()


def word(text: str, x: float, y: float, width: float, height: float = 20) -> Word:
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return Word(text, corners)


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [word(f"left column has words {i}", 10, 30 * i, 400) for i in range(8)]
    right = [word(f"right column has words {i}", 450, 30 * i + 3, 400) for i in range(8)]
    order = [w.text for row in rows(left + right, 900) for w in row]
    assert order == [w.text for w in left + right]


def test_a_table_is_read_row_by_row() -> None:
    cells = [word(f"{x}-{y}", 200 * x, 40 * y, 60) for x in range(4) for y in range(10)]
    found = rows(cells, 900)
    assert [[w.text for w in row] for row in found] == [
        [f"{x}-{y}" for x in range(4)] for y in range(10)
    ]


def test_a_scanned_page_is_read(tmp_path: Path) -> None:
    receipt().save(tmp_path / "scan.pdf")
    segments = [s for s in Desk(250, 1).read_text(tmp_path / "scan.pdf") if s]
    assert [s.locator.page for s in segments if isinstance(s.locator, Box)] == [1]
    assert "TOTAL  80.90" in segments[0].text.splitlines()


@pytest.mark.slow
def test_real_receipts(data: Path) -> None:
    """The total, the date and the company can be read on nearly all of them."""
    desk, read = Desk(250, 1), 0
    lines = (data / "receipts" / "receipts.jsonl").read_text(encoding="utf-8").splitlines()[:8]
    for entry in map(json.loads, lines):
        path = data / "receipts" / entry["file"]
        text = _plain(" ".join(s.text for s in desk.read_text(path) if s))
        wanted = [entry["fields"][name] for name in ("total", "date", "company")]
        read += sum(_plain(value) in text for value in wanted)
    assert read >= 0.9 * 3 * len(lines)


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9.]", "", text.upper())
