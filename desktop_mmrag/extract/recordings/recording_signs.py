"""Recognises sound and video containers by their first bytes."""

from __future__ import annotations

from pathlib import Path

ENDINGS = {
    "MP3": "mp3",
    "M4A": "m4a m4b",
    "AAC": "aac",
    "FLAC": "flac",
    "OGG": "ogg oga ogv",
    "OPUS": "opus",
    "WAV": "wav wave",
    "MP4": "mp4 m4v 3gp 3g2",
    "MOV": "mov qt",
    "MKV": "mkv mka",
    "WEBM": "webm",
    "AVI": "avi",
}
"""By the names of `kinds.Kind`."""

WORDS_BESIDE = {"srt": "srt", "vtt": "webvtt", "lrc": "lrc"}
"""Endings of files beside a recording that hold its words, with FFmpeg's names of the formats."""

# ISO/IEC 14496-12 and the registry at https://mp4ra.org/registered-types/brands: what begins a
# film, apart from pictures and camera raws that share the container.
_SOUND_BRANDS = (b"M4A", b"M4B", b"M4P", b"F4A")
_FILM_BRANDS = (b"iso", b"mp4", b"avc1", b"M4V", b"3g", b"dash", b"MSNV", b"f4v", b"mmp4", b"XAVC")
# QuickTime before 2001 began with any of its atoms.
_OLD_ATOMS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_OLD_ENDINGS = ("mov", "qt", "mp4", "m4v", "m4a")
_EBML = b"\x1aE\xdf\xa3"
ID3_HEADER = 10


def recording_kind(head: bytes, path: Path) -> str | None:
    """The name of a `Kind`, or None. Looks behind an ID3 tag, which may hold a large picture."""
    return (
        _by_box(head, path)
        or _by_chunk(head)
        or _by_page(head)
        or _by_tag(head, path)
        or _by_frame(head)
    )


def words_of_recording(path: Path) -> bool:
    """Whether a file of words lies beside the recording it was written for: film.en.srt, film.mp4."""
    if path.suffix[1:].lower() not in WORDS_BESIDE:
        return False
    stems = {path.stem, path.stem.rpartition(".")[0]} - {""}
    endings = " ".join(ENDINGS.values()).split()
    return any((path.parent / f"{s}.{ending}").is_file() for s in stems for ending in endings)


def _by_box(head: bytes, path: Path) -> str | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand == b"qt  ":
            return "MOV"
        if brand.startswith(_SOUND_BRANDS):
            return "M4A"
        return "MP4" if brand.startswith(_FILM_BRANDS) else None
    old = head[4:8] in _OLD_ATOMS and path.suffix[1:].lower() in _OLD_ENDINGS
    return "MOV" if old else None


def _by_chunk(head: bytes) -> str | None:
    if head.startswith(_EBML):
        return "WEBM" if b"webm" in head[:128] else "MKV"
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "WAV"
    return "AVI" if head[:4] == b"RIFF" and head[8:12] == b"AVI " else None


def _by_page(head: bytes) -> str | None:
    if head.startswith(b"OggS"):
        return "OPUS" if b"OpusHead" in head[:128] else "OGG"
    return "FLAC" if head.startswith(b"fLaC") else None


def _by_tag(head: bytes, path: Path) -> str | None:
    """What follows an ID3v2 tag."""
    length = id3_length(head)
    if not length:
        return None
    with path.open("rb") as file:
        file.seek(length)
        behind = file.read(16)
    if behind.startswith(b"fLaC"):
        return "FLAC"
    return "AAC" if _is_adts(behind) else "MP3"


def id3_length(head: bytes) -> int:
    """Bytes of the ID3v2 tag that a file begins with, 0 without one; written in sevens of bits."""
    if not head.startswith(b"ID3") or len(head) < ID3_HEADER:
        return 0
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte & 0x7F
    return ID3_HEADER + length


def _by_frame(head: bytes) -> str | None:
    """Sounds without a container: two frames must follow one another."""
    if _is_adts(head):
        length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        return "AAC" if _is_adts(head[length:]) or length >= len(head) else None
    length = _mp3_length(head)
    if not length:
        return None
    return "MP3" if length + 4 > len(head) or _mp3_length(head[length:]) else None


def _is_adts(data: bytes) -> bool:
    """ISO/IEC 14496-3, 1.A.2.2: twelve bits set, layer 0."""
    return len(data) >= 7 and data[0] == 0xFF and data[1] & 0xF6 == 0xF0


# ISO/IEC 11172-3, 2.4.2.3: kilobits a second of layer III, and samples a second.
_KILOBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = (44_100, 48_000, 32_000)


def _mp3_length(data: bytes) -> int:
    """Bytes of the layer III frame that begins here; 0 when none does."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE6 != 0xE2:
        return 0
    version, kilobits, rate = data[1] >> 3 & 3, data[2] >> 4, data[2] >> 2 & 3
    if version == 1 or kilobits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    bits = (_KILOBITS_1 if first else _KILOBITS_2)[kilobits] * 1000
    samples = _RATES[rate] // (1 if first else 2 if version == 2 else 4)
    return (144 if first else 72) * bits // samples + (data[2] >> 1 & 1)
