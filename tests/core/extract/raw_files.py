"""Writes raw pictures as cameras do: a DNG with a JPEG preview and a mosaic of sensor values."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Tags = Mapping[int, tuple[int, Any]]
"""Tag number to TIFF type and value: 1 byte, 2 text, 3 short, 4 long, 5 and 10 fractions."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 10: 8}
_CODES = {1: "B", 3: "H", 4: "I", 7: "B"}


def write_dng(
    path: Path, preview: Image.Image | None, tags: Tags | None = None, side: int = 64
) -> Path:
    """A DNG of `side` squared sensor values; without a preview it has to be developed."""
    mosaic = np.full((side, side), 20_000, "<u2")
    mosaic[: side // 2] = 40_000
    jpeg = io.BytesIO()
    if preview is not None:
        preview.save(jpeg, "JPEG", quality=92)
    camera = {
        271: (2, "Pentagon"),
        272: (2, "Praktica R1"),
        274: (3, [1]),
        306: (2, "2021:05:04 10:11:12"),
        50706: (1, [1, 4, 0, 0]),
        50708: (2, "Pentagon Praktica R1"),
        50721: (10, [(1, 1), (0, 1), (0, 1), (0, 1), (1, 1), (0, 1), (0, 1), (0, 1), (1, 1)]),
        50728: (5, [(1, 1), (1, 1), (1, 1)]),
    }
    sensor = {
        254: (4, [0]),
        256: (4, [side]),
        257: (4, [side]),
        258: (3, [16]),
        259: (3, [1]),
        262: (3, [32803]),
        277: (3, [1]),
        278: (4, [side]),
        33421: (3, [2, 2]),
        33422: (1, [0, 1, 1, 2]),
        50717: (4, [65535]),
    }
    path.write_bytes(_tiff(camera | dict(tags or {}), sensor, jpeg.getvalue(), preview, mosaic))
    return path


def _tiff(
    camera: dict[int, tuple[int, Any]],
    sensor: dict[int, tuple[int, Any]],
    jpeg: bytes,
    preview: Image.Image | None,
    mosaic: np.ndarray[Any, Any],
) -> bytes:
    """Header, then the two blocks of pixels, then the directories that point at them."""
    data = mosaic.tobytes()
    at_data, at_jpeg = 8, 8 + len(data)
    body = data + jpeg + b"\0" * (len(jpeg) % 2)
    at_sensor = 8 + len(body)
    second = _directory(sensor | {273: (4, [at_data]), 279: (4, [len(data)])}, at_sensor)
    at_first = at_sensor + len(second)
    first = camera | {330: (4, [at_sensor])}
    if preview is not None:
        first |= {
            254: (4, [1]),
            256: (4, [preview.width]),
            257: (4, [preview.height]),
            258: (3, [8, 8, 8]),
            259: (3, [7]),
            262: (3, [6]),
            273: (4, [at_jpeg]),
            277: (3, [3]),
            278: (4, [preview.height]),
            279: (4, [len(jpeg)]),
        }
    return b"II*\0" + struct.pack("<I", at_first) + body + second + _directory(first, at_first)


def _directory(tags: dict[int, tuple[int, Any]], at: int) -> bytes:
    entries, behind = b"", b""
    start = at + 2 + 12 * len(tags) + 4
    for number, (kind, value) in sorted(tags.items()):
        packed = _packed(kind, value)
        count = len(packed) // _SIZES[kind]
        if len(packed) > 4:
            where = struct.pack("<I", start + len(behind))
            behind += packed + b"\0" * (len(packed) % 2)
        else:
            where = packed.ljust(4, b"\0")
        entries += struct.pack("<HHI", number, kind, count) + where
    return struct.pack("<H", len(tags)) + entries + b"\0\0\0\0" + behind


def _packed(kind: int, value: Any) -> bytes:
    if kind == 2:
        return str(value).encode() + b"\0"
    if kind in (5, 10):
        return b"".join(struct.pack("<iI" if kind == 10 else "<II", *pair) for pair in value)
    if kind in (1, 7):
        return bytes(value)
    return struct.pack(f"<{len(value)}{_CODES[kind]}", *value)
