"""What an ONNX file refers to outside itself, read without opening the model.

An ONNX file is a Protocol Buffers message and may name files that hold its tensors. A hostile
one could name any file of the computer, so the names are read before a runtime follows them.
Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

from desktop_mmrag.errors import ModelDamaged

_MESSAGES: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "entry"},
    "entry": {},
}
"""Which fields of a message hold messages, and of what type."""

_DEEPEST = 64
"""Subgraphs nested deeper are refused; real models nest two or three deep."""


def external_files(path: Path) -> set[Path]:
    """The data files beside an ONNX file that it names, resolved.

    Raises ModelDamaged when the file is no ONNX file or names a file outside its folder.
    """
    home = path.parent.resolve()
    try:
        locations = set(_locations(path))
    except (ValueError, IndexError, OSError, UnicodeDecodeError) as problem:
        raise ModelDamaged(f"{path.name} is not an ONNX file: {problem}.") from problem
    found = {(home / location).resolve() for location in locations}
    for file in found:
        if not file.is_relative_to(home):
            raise ModelDamaged(
                f"{path.name} wants to read {file}, which lies outside its folder.",
                hint="Do not use this model; it may be meant to do harm.",
            )
    return found


def _locations(path: Path) -> Iterator[str]:
    if path.stat().st_size == 0:
        raise ValueError("it is empty")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield from _walk(data, 0, len(data), "model", 0)


def _walk(data: mmap.mmap, start: int, end: int, kind: str, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise ValueError("it is nested too deeply")
    strings: dict[int, str] = {}
    for number, first, last in _fields(data, start, end):
        if kind == "entry":
            strings[number] = data[first:last].decode("utf-8")
        elif number in _MESSAGES[kind]:
            yield from _walk(data, first, last, _MESSAGES[kind][number], depth + 1)
    if strings.get(1) == "location":
        yield strings.get(2, "")


def _fields(data: mmap.mmap, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The length-delimited fields of a message: number, first and one past the last byte."""
    at = start
    while at < end:
        key, at = _varint(data, at, end)
        match key & 7:
            case 0:
                _, at = _varint(data, at, end)
            case 1:
                at += 8
            case 2:
                length, at = _varint(data, at, end)
                if length > end - at:
                    raise ValueError("it is cut short")
                yield key >> 3, at, at + length
                at += length
            case 5:
                at += 4
            case wire:
                raise ValueError(f"it has a field of unknown type {wire}")
    if at != end:
        raise ValueError("it is cut short")


def _varint(data: mmap.mmap, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise ValueError("it has a broken number")
