"""The allow-list: which files are read, and how a file is recognised by its first bytes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from desktop_mmrag.domain import Medium
from desktop_mmrag.errors import FileEmpty, FileUnsupported
from desktop_mmrag.extract.encoding import looks_like_text
from desktop_mmrag.extract.failures import explained

_HEAD_BYTES = 4096
_LARGEST_UNNAMED_TEXT = 5_000_000
_STRAY_BYTES = 0.02


class Kind(StrEnum):
    """A format that can be read."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    GIF = "GIF"
    TIFF = "TIFF"
    BMP = "BMP"
    AVIF = "AVIF"
    HEIC = "HEIC"
    PDF = "PDF"
    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    ORG = "org"
    RST = "reStructuredText"

    @property
    def medium(self) -> Medium:
        """What a file of this kind is."""
        if self in _NOTES:
            return Medium.NOTE
        return Medium.DOCUMENT if self is Kind.PDF else Medium.PHOTO


_NOTES = frozenset({Kind.PLAIN, Kind.MARKDOWN, Kind.HTML, Kind.ORG, Kind.RST})

_BY_SUFFIX: dict[str, Kind] = {
    suffix: kind
    for kind, suffixes in {
        Kind.JPEG: "jpg jpeg jpe jfif",
        Kind.PNG: "png",
        Kind.WEBP: "webp",
        Kind.GIF: "gif",
        Kind.TIFF: "tif tiff",
        Kind.BMP: "bmp dib",
        Kind.AVIF: "avif",
        Kind.HEIC: "heic heif hif",
        Kind.PDF: "pdf",
        Kind.PLAIN: "txt text",
        Kind.MARKDOWN: "md markdown mdown mkd mdx",
        Kind.HTML: "html htm xhtml",
        Kind.ORG: "org",
        Kind.RST: "rst rest",
    }.items()
    for suffix in suffixes.split()
}

_SIDE_CAR = "a photo's side-car file"
_UNREAD_BY_SUFFIX: dict[str, str] = {
    suffix: words
    for words, suffixes in {
        "an SVG drawing": "svg svgz",
        "a camera's raw picture": "cr2 cr3 crw nef nrw arw srf sr2 dng orf rw2 raf pef srw x3f raw 3fr",
        "a sound recording": "mp3 wav m4a aac flac ogg oga opus wma aif aiff amr mid midi",
        "a video": "mp4 m4v mov avi mkv webm wmv flv mpg mpeg 3gp mts m2ts ogv",
        "an office document": "doc docx docm dot odt ott rtf pages xls xlsx xlsm ods numbers ppt pptx"
        " odp key",
        "an electronic book": "epub mobi azw azw3 fb2",
        "an archive": "zip 7z rar gz bz2 xz zst tar tgz iso dmg",
        "a program": "exe dll so dylib msi app bin com",
        "a database": "sqlite sqlite3 db mdb accdb",
        "a Photoshop picture": "psd psb",
        "a JPEG XL picture": "jxl",
        "a JPEG 2000 picture": "jp2 j2k jpx",
        "a table of numbers": "npy npz parquet h5 hdf5",
        "a font": "ttf otf woff woff2",
        "an icon": "ico icns",
        _SIDE_CAR: "xmp aae thm",
        "an e-mail": "eml msg mbox",
    }.items()
    for suffix in suffixes.split()
}

_UNREAD_BY_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an office document"),
    (b"\x1f\x8b", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"SQLite format 3", "a database"),
    (b"8BPS", "a Photoshop picture"),
    (b"\x93NUMPY", "a table of numbers"),
    (b"%!PS", "a PostScript document"),
)

# ISO/IEC 23008-12 annex B (heic, mif1 ...) and the AVIF specification, section 6.
_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1 mif2".split())
_AVIF_BRANDS = frozenset(b"avif avis".split())
_PICTURE_SUFFIXES = frozenset(s for s, kind in _BY_SUFFIX.items() if kind.medium is Medium.PHOTO)


def medium_of(path: Path) -> Medium | None:
    """What the file's name promises, without reading it; None when the name is not on the list.

    A file of unknown suffix may still turn out to be a note: `sniff` tells.
    """
    kind = _BY_SUFFIX.get(_suffix(path))
    return kind.medium if kind else None


def is_picture_name(name: str) -> bool:
    """Whether a link's target is named like a picture."""
    return name.rpartition(".")[2].lower() in _PICTURE_SUFFIXES and "." in name


def sniff(path: Path) -> Kind:
    """The kind of a file by its first bytes; the name only tells kinds of text apart.

    Raises FileUnsupported for anything that is not on the list, FileEmpty, FileVanished,
    FileNotPermitted.
    """
    with explained(path), path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        size = file.seek(0, 2)
    if not head:
        raise FileEmpty(f"{path.name} has no content.")
    return _by_magic(head, path) or _by_text(head, size, path)


def _by_magic(head: bytes, path: Path) -> Kind | None:
    kind = _picture_magic(head)
    if kind is Kind.TIFF and _suffix(path) in _UNREAD_BY_SUFFIX:
        raise _unsupported(path, _UNREAD_BY_SUFFIX[_suffix(path)])
    if kind is None and b"%PDF-" in head[:1024]:
        # Readers accept a header anywhere in the first kilobyte (ISO 32000-1, annex H.3).
        return Kind.PDF
    return kind


def _picture_magic(head: bytes) -> Kind | None:
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    for magic, kind in (
        (b"\xff\xd8\xff", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"GIF87a", Kind.GIF),
        (b"GIF89a", Kind.GIF),
        (b"II*\x00", Kind.TIFF),
        (b"MM\x00*", Kind.TIFF),
        (b"II+\x00", Kind.TIFF),
        (b"MM\x00+", Kind.TIFF),
    ):
        if head.startswith(magic):
            return kind
    # "BM" alone also begins words; the header's size field tells (12 to 124 bytes).
    if head[:2] == b"BM" and head[14:15] in (
        b"\x0c",
        b"\x28",
        b"\x34",
        b"\x38",
        b"\x40",
        b"\x6c",
        b"\x7c",
    ):
        return Kind.BMP
    return None


def _by_brand(head: bytes) -> Kind | None:
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[i : i + 4] for i in range(16, length - 3, 4))}
    if brands & _AVIF_BRANDS:
        return Kind.AVIF
    return Kind.HEIC if brands & _HEIF_BRANDS else None


def _by_text(head: bytes, size: int, path: Path) -> Kind:
    suffix = _suffix(path)
    named = _BY_SUFFIX.get(suffix)
    if suffix in _UNREAD_BY_SUFFIX:
        raise _unsupported(path, _UNREAD_BY_SUFFIX[suffix])
    # A name that promises text is believed despite a stray byte.
    if not looks_like_text(head, _STRAY_BYTES if named in _NOTES else 0.0):
        raise _unsupported(path, _binary_kind(head))
    if named in _NOTES:
        return named
    return _unnamed_text(head, size, path)


def _unnamed_text(head: bytes, size: int, path: Path) -> Kind:
    for magic, words in _UNREAD_BY_MAGIC:
        if head.startswith(magic) and not magic.isalpha():
            raise _unsupported(path, words)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return Kind.HTML
    if re.match(
        rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg", start, re.DOTALL
    ):
        raise _unsupported(path, "an SVG drawing")
    if size >= _LARGEST_UNNAMED_TEXT:
        raise _unsupported(path, "a long text under an unknown suffix")
    return Kind.PLAIN


def _binary_kind(head: bytes) -> str:
    for magic, words in _UNREAD_BY_MAGIC:
        if head.startswith(magic):
            return words
    if head[4:8] == b"ftyp":
        return "a sound recording" if head[8:11] == b"M4A" else "a video"
    if head[:4] == b"RIFF":
        return "a sound recording" if head[8:12] == b"WAVE" else "a video"
    return "of a kind that this program does not know"


def _unsupported(path: Path, words: str) -> FileUnsupported:
    message = f"{path.name} is {words}; such files are not read."
    if words == _SIDE_CAR:
        return FileUnsupported(message, "Nothing needs to be done; the photo beside it is kept.")
    return FileUnsupported(message)


def _suffix(path: Path) -> str:
    return path.suffix[1:].lower()
