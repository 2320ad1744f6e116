"""A photo to its segment, facts and preview, decoding the file once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_mmrag.domain import (
    ExtractRequest,
    Facts,
    Medium,
    Part,
    PictureInput,
    Pixels,
    Role,
    Segment,
    Summary,
    Whole,
)
from desktop_mmrag.extract import thumbnail
from desktop_mmrag.extract.exif import facts_of
from desktop_mmrag.extract.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.pixels import Decoded, decode, open_picture, prepare

# Decoding larger than the encoder's input leaves its antialiasing something to average. At 1.6 a
# 12-megapixel JPEG decodes at 1/8 for an input of 224: 49 dB from the full decode, 3 ms cheaper.
_OVERSAMPLE = 1.6
_SMALLEST_WITH_WORDS = 48
_PAPER_NAMES = re.compile(
    r"(?i)screen|bildschirm|captura|capture|scan|receipt|invoice|beleg|rechnung|quittung|document|"
    r"dokument|letter|brief|whiteboard|slide|page|menu|ticket|label|recibo|factura|facture|note"
)


def extract(request: ExtractRequest, kind: Kind) -> Iterator[Part]:
    """Yields the picture, then the summary. Raises the file failures."""
    path, wanted = request.path, request.picture_input
    with open_picture(path, kind) as image:
        shortest = round(_OVERSAMPLE * wanted.size) if wanted else 0
        camera_format = image.format
        decoded = decode(image, path, shortest, thumbnail.LARGE_ENOUGH)
        facts = facts_of(image, decoded.full_size)
    yield picture_segment(decoded, path, wanted)
    small = thumbnail.small(decoded.image)
    priority = reading_priority(small, facts, path.stem, camera_format)
    yield Summary(Medium.PHOTO, facts, thumbnail.jpeg(decoded.upright(small)), priority)


def picture_segment(decoded: Decoded, path: Path, wanted: PictureInput | None) -> Segment:
    """The whole photo, with pixels for the encoder when there is one."""
    if wanted is None:
        return Segment(Role.PICTURE, Whole())
    with explained(path):
        return Segment(Role.PICTURE, Whole(), pixels=prepare_upright(decoded, wanted))


def prepare_upright(decoded: Decoded, wanted: PictureInput) -> Pixels:
    """Pixels for the encoder from a picture as decoded."""
    return prepare(decoded.upright(decoded.image), wanted)


def reading_priority(
    small: Image.Image, facts: Facts, name: str, camera_format: str | None
) -> float | None:
    """How likely the picture holds words, 0 to 1; None for pictures too small to hold any.

    A ranking of what to read first, not a probability: weights were set by eye on receipts,
    screenshots and holiday photos.
    """
    if min(facts.width or 0, facts.height or 0) < _SMALLEST_WITH_WORDS:
        return None
    score = 0.1 + 0.4 * _looks_written(small)
    if facts.camera is None:
        score += 0.1 if camera_format in ("JPEG", "HEIF", "MPO") else 0.2
    if _PAPER_NAMES.search(name):
        score += 0.3
    return round(min(score, 1.0), 3)


def _looks_written(small: Image.Image) -> float:
    """Paper and screens are mostly one tone, cut by many sharp upright edges; 0 to 1."""
    grey = np.asarray(small.convert("L").resize((256, 256), Image.Resampling.BOX), np.int16)
    tones = np.bincount((grey >> 4).ravel(), minlength=17).astype(float)
    ground = max(tones[i] + tones[i + 1] for i in range(16)) / grey.size
    edges = float((np.abs(np.diff(grey, axis=1)) > 32).mean())
    return float(np.clip((ground - 0.3) / 0.4, 0, 1) * np.clip(edges / 0.06, 0, 1))
