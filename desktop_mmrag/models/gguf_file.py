"""What a GGUF file says of itself: its architecture and name, read from its first bytes.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, BinaryIO

from desktop_mmrag.errors import ModelUnrecognised

GgufValue = str | int | float | bool | None
"""None stands for arrays, which are skipped."""

_NUMBERS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9
_MOST_PAIRS = 10_000
_LONGEST_STRING = 1 << 24
"""Bytes; the longest that real files hold are chat templates of some thousand."""
_DEEPEST = 4


def read_header(path: Path) -> dict[str, GgufValue]:
    """Keys and values of versions 2 and 3, arrays left out.

    Raises ModelUnrecognised when the file is not GGUF or its header is broken.
    """
    try:
        with path.open("rb") as file:
            return _header(file, path.stat().st_size)
    except (OSError, ValueError, struct.error, UnicodeDecodeError) as problem:
        raise ModelUnrecognised(f"{path.name} is not a GGUF file: {problem}.") from problem


def is_picture_part(header: dict[str, GgufValue]) -> bool:
    """Whether it is the "mmproj" file, which turns pictures into tokens."""
    return header.get("general.architecture") == "clip" or header.get("general.type") == "mmproj"


def _header(file: BinaryIO, size: int) -> dict[str, GgufValue]:
    magic, version = _read(file, "4sI")
    if magic != b"GGUF":
        raise ValueError("it does not begin with GGUF")
    if version not in (2, 3):
        raise ValueError(f"version {version} is not known")
    _tensors, pairs = _read(file, "QQ")
    if pairs > _MOST_PAIRS:
        raise ValueError("it has too many entries")
    found: dict[str, GgufValue] = {}
    for _ in range(pairs):
        key = _string(file)
        found[key] = _value(file, _read(file, "I")[0], size, 0)
    return found


def _value(file: BinaryIO, kind: int, size: int, depth: int) -> GgufValue:
    if kind == _STRING:
        return _string(file)
    if kind == _ARRAY:
        _skip_array(file, size, depth)
        return None
    if kind not in _NUMBERS:
        raise ValueError(f"it has a value of unknown type {kind}")
    (number,) = _read(file, _NUMBERS[kind])
    return number  # type: ignore[no-any-return]


def _skip_array(file: BinaryIO, size: int, depth: int) -> None:
    kind, count = _read(file, "IQ")
    if depth > _DEEPEST or count > size:
        raise ValueError("it has an array that is longer than the file")
    if kind in _NUMBERS:
        file.seek(count * struct.calcsize(f"<{_NUMBERS[kind]}"), 1)
        return
    for _ in range(count):
        _value(file, kind, size, depth + 1)


def _string(file: BinaryIO) -> str:
    (length,) = _read(file, "Q")
    if length > _LONGEST_STRING:
        raise ValueError("it has a text that is too long")
    data = file.read(length)
    if len(data) < length:
        raise ValueError("it is cut short")
    return data.decode("utf-8")


def _read(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    length = struct.calcsize(f"<{layout}")
    return struct.unpack(f"<{layout}", file.read(length))
