"""Whether a recording is all there: what its container promises against what the file holds."""

from __future__ import annotations

from pathlib import Path

from desktop_mmrag.errors import FileDamaged
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.recordings.recording_signs import ID3_HEADER, id3_length

# A header's length is rounded, and encoders add a few frames of silence.
_MISSING_SHARE = 0.1
_MISSING_S = 1.0
_REMEDY = "Copy it again from where it came, or restore it from a backup."

_RIFF = frozenset({Kind.WAV, Kind.AVI})
# What writers put who did not know the length when they began.
_UNKNOWN_LENGTHS = frozenset({0, 0xFFFFFFFF, 0x7FFFFFFF})
_FORGIVEN_BYTES = 4096
_OGG = frozenset({Kind.OGG, Kind.OPUS})
# RFC 3533, section 6: 27 bytes, up to 255 lengths, and as many segments of up to 255 bytes.
_OGG_HEADER = 27
_LARGEST_PAGE = 65_307
# The longest frame of layer III is 1441 bytes; some writers pad the tag before it.
_FIRST_FRAME = 4096
_MP3_MARKS = (b"Xing", b"Info", b"VBRI")


def check_bytes(path: Path, kind: Kind) -> None:
    """Raises FileDamaged when the file is shorter than its own structure says; for WAV, AVI and Ogg.

    Of the others FFmpeg tells the length that was promised: see `check_length`.
    """
    if kind in _RIFF and _riff_is_cut(path):
        raise FileDamaged(f"{path.name} is cut off: its end is missing.", _REMEDY)
    if kind in _OGG and _ogg_is_cut(path):
        raise FileDamaged(f"{path.name} is cut off: it ends within a page.", _REMEDY)


def check_length(path: Path, promised_s: float | None, met_s: float) -> None:
    """Raises FileDamaged when a recording ends long before its header says."""
    if promised_s is None:
        return
    missing = promised_s - met_s
    if missing > max(_MISSING_S, _MISSING_SHARE * promised_s):
        raise FileDamaged(
            f"{path.name} is cut off: {met_s:.0f} of {promised_s:.0f} seconds can be read.", _REMEDY
        )


def promises_length(path: Path, kind: Kind) -> bool:
    """Whether a length stands in the file; else FFmpeg guesses one from how dense its start is.

    Raw AAC and MP3 without a Xing, Info or VBRI header promise nothing; cut off, they are shorter.
    """
    if kind is Kind.MP3:
        with path.open("rb") as file:
            file.seek(id3_length(file.read(ID3_HEADER)))
            first_frame = file.read(_FIRST_FRAME)
        return any(mark in first_frame for mark in _MP3_MARKS)
    return kind is not Kind.AAC


def _riff_is_cut(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(8)
        size = file.seek(0, 2)
    promised = int.from_bytes(head[4:8], "little")
    known = head[:4] == b"RIFF" and promised not in _UNKNOWN_LENGTHS
    return known and promised + 8 > size + _FORGIVEN_BYTES


def _ogg_is_cut(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LARGEST_PAGE))
        tail = file.read()
    at = tail.rfind(b"OggS")
    if at < 0:
        return False
    lengths = tail[at + _OGG_HEADER : at + _OGG_HEADER + _count(tail, at)]
    return at + _OGG_HEADER + _count(tail, at) + sum(lengths) > len(tail)


def _count(tail: bytes, at: int) -> int:
    """How many segments the page at this place has."""
    return tail[at + _OGG_HEADER - 1] if at + _OGG_HEADER <= len(tail) else _LARGEST_PAGE
