"""A photo to its segments, facts and preview, decoding the file once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_mmrag.domain import ExtractRequest, Facts, Medium, Part, Role, Segment, Summary, Whole
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.pictures import photo_parts as parts
from desktop_mmrag.extract.pictures import thumbnail
from desktop_mmrag.extract.pictures.animation import clearest
from desktop_mmrag.extract.pictures.exif import facts_of
from desktop_mmrag.extract.pictures.fingerprint import fingerprint
from desktop_mmrag.extract.pictures.pixels import decode, open_picture

# Decoding larger than the encoder's input leaves its antialiasing something to average. At 1.6 a
# 12-megapixel JPEG decodes at 1/8 for an input of 224: 49 dB from the full decode, 3 ms cheaper.
_OVERSAMPLE = 1.6
_SMALLEST_WITH_WORDS = 48
_PAPER_NAMES = re.compile(
    r"(?i)screen|bildschirm|captura|capture|scan|receipt|invoice|beleg|rechnung|quittung|document|"
    r"dokument|letter|brief|whiteboard|slide|page|menu|ticket|label|recibo|factura|facture|note"
)


def extract(request: ExtractRequest, kind: Kind) -> Iterator[Part | None]:
    """Yields the picture and its parts, then the summary. None after each page of several.

    Raises the file failures.
    """
    path, wanted = request.path, request.picture_input
    sizes = round(_OVERSAMPLE * wanted.size) if wanted else 0, thumbnail.LARGE_ENOUGH
    with open_picture(path, kind) as image:
        camera_format = image.format
        numbers = parts.page_numbers(image, path) if kind is Kind.TIFF else [1]
        frames = parts.frames(image, path, kind, *sizes)
        decoded = clearest(frames).decoded if frames else decode(image, path, *sizes)
        facts = facts_of(image, decoded.full_size)
        if frames:
            yield from parts.moments(frames, path, wanted)
        elif len(numbers) > 1:
            facts = replace(facts, pages=len(numbers))
            yield from parts.pages(image, path, numbers, wanted, sizes)
        else:
            yield from parts.whole(decoded, path, wanted)
    small = thumbnail.small(decoded.image)
    grey = small.convert("L")
    priority = reading_priority(grey, facts, path.stem, camera_format)
    if kind is Kind.RAW:
        facts = _facts_of_raw(path, facts)
    elif kind is Kind.SVG:
        words, facts = _written_in_drawing(path, facts)
        yield from _passages(words, request)
        priority = None if words else priority
    # Of several pages the first says too little: forms begin alike.
    known_by = fingerprint(decoded.upright(grey)) if len(numbers) == 1 else None
    yield Summary(Medium.PHOTO, facts, thumbnail.jpeg(decoded.upright(small)), priority, known_by)


def _facts_of_raw(path: Path, preview: Facts) -> Facts:
    from desktop_mmrag.extract.pictures import raw

    return raw.facts_of(path, preview)


def _written_in_drawing(path: Path, painted: Facts) -> tuple[str, Facts]:
    from desktop_mmrag.extract.pictures import vector_drawing

    words, said = vector_drawing.words_and_facts(path)
    return words, replace(said, width=painted.width, height=painted.height)


def _passages(words: str, request: ExtractRequest) -> Iterator[Segment]:
    """What is written in a drawing; it lies where the picture lies, so that both are one hit."""
    if words:
        for span in Chunker(request.tokenizer_file, request.max_tokens).spans(words):
            yield Segment(Role.PASSAGE, Whole(), words[span.start : span.end])


def reading_priority(
    grey: Image.Image, facts: Facts, name: str, camera_format: str | None
) -> float | None:
    """How likely the picture holds words, 0 to 1; None for pictures too small to hold any.

    A ranking of what to read first, not a probability: weights were set by eye on receipts,
    screenshots and holiday photos.
    """
    if min(facts.width or 0, facts.height or 0) < _SMALLEST_WITH_WORDS:
        return None
    score = 0.1 + 0.4 * _looks_written(grey)
    if facts.camera is None:
        score += 0.1 if camera_format in ("JPEG", "HEIF", "MPO") else 0.2
    if _PAPER_NAMES.search(name):
        score += 0.3
    return round(min(score, 1.0), 3)


def _looks_written(grey: Image.Image) -> float:
    """Paper and screens are mostly one tone, cut by many sharp upright edges; 0 to 1."""
    small = grey.resize((256, 256), Image.Resampling.BOX)
    tones = np.array(small.histogram()).reshape(16, 16).sum(axis=1)
    ground = float((tones[:-1] + tones[1:]).max()) / tones.sum()
    edges = float((np.abs(np.diff(np.asarray(small, np.int16), axis=1)) > 32).mean())
    return float(np.clip((ground - 0.3) / 0.4, 0, 1) * np.clip(edges / 0.06, 0, 1))
