"""SVG drawings: painted by resvg with nothing but what the file itself holds, and their words."""

from __future__ import annotations

import gzip
import io
import re
from html import unescape
from pathlib import Path

import resvg_py
from PIL import Image, PngImagePlugin

from desktop_mmrag.domain import Facts
from desktop_mmrag.errors import FileDamaged, FileTooLarge
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.pictures import xmp

PAINTED_SIDE = 1536
"""Pixels of the longer side: enough to read what is written small."""

_LARGEST = 20_000_000
_GZIP = b"\x1f\x8b"
_LONGEST_WORDS = 20_000
# Anything but a place in this file or a picture inside it would be fetched from somewhere.
_REFERENCE = re.compile(r"(\bhref\s*=\s*)(\"[^\"]*\"|'[^']*')")
_INSIDE = re.compile(r"[\"']\s*(#|data:)")
_ENTITY = re.compile(r"<!ENTITY\s+[^>]*?(?:\"[^\"]*[<&][^\"]*\"|'[^']*[<&][^']*'|SYSTEM|PUBLIC)")
_ROOT = re.compile(r"<(?:\w+:)?svg\b[^>]*>")
_VIEW = re.compile(
    r"\bviewBox\s*=\s*[\"']\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)"
)
_SIDE = {
    side: re.compile(rf"\s{side}\s*=\s*[\"']\s*([\d.]+)\s*(?:px|pt|mm|cm|in|pc)?\s*[\"']")
    for side in ("width", "height")
}
_WRITTEN = re.compile(
    rf"<(?:\w+:)?(title|desc|text)\b[^>]{{0,2000}}>(.{{0,{_LONGEST_WORDS}}}?)</(?:\w+:)?\1\s*>",
    re.DOTALL,
)
_MARKUP = re.compile(r"<[^>]*>")


def paint(path: Path) -> Image.Image:
    """The drawing on white paper. Raises FileDamaged, FileTooLarge."""
    with explained(path):
        text = _read(path)
        if _ENTITY.search(text):
            raise FileDamaged(f"{path.name} is built of references that are not followed.")
        tall = _shape(text) > 1
        try:
            png = resvg_py.svg_to_bytes(
                svg_string=_alone(text),
                background="white",
                width=None if tall else PAINTED_SIDE,
                height=PAINTED_SIDE if tall else None,
            )
        except ValueError as problem:
            raise FileDamaged(f"{path.name} could not be drawn: {problem}.") from problem
        return PngImagePlugin.PngImageFile(io.BytesIO(bytes(png)))


def words_and_facts(path: Path) -> tuple[str, Facts]:
    """What is written in the drawing, line by line, and what it says of itself."""
    with explained(path):
        text = _read(path)
    lines = (
        " ".join(unescape(_MARKUP.sub(" ", found[2])).split()) for found in _WRITTEN.finditer(text)
    )
    return "\n".join(dict.fromkeys(line for line in lines if line)), xmp.facts_in(text)


def _read(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if data.startswith(_GZIP):
        with gzip.open(io.BytesIO(data)) as packed:
            data = packed.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise FileTooLarge(f"{path.name} is a drawing of more than 20 MB.")
    return decode(data)


def _alone(text: str) -> str:
    return _REFERENCE.sub(
        lambda found: found[0] if _INSIDE.match(found[2]) else f'{found[1]}""', text
    )


def _shape(text: str) -> float:
    """Height over width as the root element says; 1 where it does not say."""
    root = _ROOT.search(text)
    tag = root[0] if root else ""
    width, height = (_number(_SIDE[side].search(tag), 1) for side in ("width", "height"))
    view = _VIEW.search(tag)
    if not (width and height):
        width, height = _number(view, 1), _number(view, 2)
    return height / width if width and height else 1.0


def _number(found: re.Match[str] | None, group: int) -> float:
    try:
        return float(found[group]) if found else 0.0
    except ValueError:
        return 0.0
