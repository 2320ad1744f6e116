"""Reads the words in a picture with RapidOCR, whose networks come inside its package."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from desktop_mmrag.domain import Box, Pixels, Role, Segment, TextLine
from desktop_mmrag.extract.pictures.reading_order import Word, rows

# Measured on 40 receipts: 1280 reads 114 of 120 fields, 1600 reads 116; a photo without words
# costs 0.4 s and 1.1 s of one core.
LONGEST_SIDE = 1440
# Pages hold smaller letters: of a dense one 78 % of the words at 1280, 87 % at 1600.
PAGE_SIDE = 1800
_WORDS_A_REGION = 150
# Below this confidence the networks mostly see words in grass and brick.
_LEAST_CONFIDENCE = 0.6
_SMALLEST_SIDE = 16
# Of the picture's height; a single sign is rarely written so large.
_LARGEST_SIGN = 0.5


class TextReader:
    """Holds the networks; loading takes about a second. Not for several threads at once."""

    def __init__(self, threads: int) -> None:
        import cv2
        from rapidocr import RapidOCR

        cv2.setNumThreads(threads)
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": PAGE_SIDE,
                "Global.text_score": _LEAST_CONFIDENCE,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def read(self, pixels: Pixels, page: int | None = None) -> tuple[TextLine, ...]:
        """The lines of an upright RGB picture in reading order, uint8 [height, width, 3].

        What stands side by side, as in a table, is one line with two spaces between cells.
        """
        height, width = pixels.shape[:2]
        if min(height, width) < _SMALLEST_SIDE:
            return ()
        # The networks were trained on OpenCV's order of channels.
        found = self._engine(np.ascontiguousarray(pixels[:, :, ::-1]))
        if found.boxes is None or found.txts is None:
            return ()
        words = [
            Word(text.strip(), tuple((float(x), float(y)) for x, y in corners))
            for text, corners in zip(found.txts, found.boxes, strict=True)
            if text.strip() and not _is_shape(text, corners, height)
        ]
        return tuple(_line(row, width, height, page) for row in rows(words, width))

    def segments(self, pixels: Pixels, page: int | None = None) -> Iterator[Segment]:
        """The same as OCR segments of about 150 words each."""
        return as_segments(self.read(pixels, page))


def as_segments(lines: Sequence[TextLine]) -> Iterator[Segment]:
    """Lines in reading order as OCR segments of about 150 words each."""
    for region in _regions(lines):
        box = _union([line.box for line in region])
        text = "\n".join(line.text for line in region)
        yield Segment(Role.OCR, box, text, lines=tuple(region))


def _is_shape(text: str, corners: Any, height: int) -> bool:
    """Whether the networks took a disc for "●", or a dog for "上": one sign that fills the picture."""
    y = [float(point[1]) for point in corners]
    return len(text.strip()) == 1 and max(y) - min(y) > _LARGEST_SIGN * height


def _line(row: list[Word], width: int, height: int, page: int | None) -> TextLine:
    x = [point[0] for word in row for point in word.corners]
    y = [point[1] for word in row for point in word.corners]
    box = Box(
        _fraction(min(x), width),
        _fraction(min(y), height),
        _fraction(max(x), width),
        _fraction(max(y), height),
        page,
    )
    return TextLine("  ".join(word.text for word in row), box)


def _fraction(value: float, whole: int) -> float:
    return round(min(1.0, max(0.0, value / whole)), 5)


def _regions(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    region: list[TextLine] = []
    words = 0
    for line in lines:
        count = len(line.text.split())
        if region and words + count > _WORDS_A_REGION:
            yield region
            region, words = [], 0
        region.append(line)
        words += count
    if region:
        yield region


def _union(boxes: list[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
        boxes[0].page,
    )
