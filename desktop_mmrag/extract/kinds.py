"""The allow-list: which files are read, and how a file is recognised by its first bytes."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from desktop_mmrag.domain import Medium
from desktop_mmrag.errors import FileDamaged, FileEmpty, FileLocked, FileUnsupported
from desktop_mmrag.extract import signs
from desktop_mmrag.extract.documents import containers
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.notes.encoding import looks_like_text
from desktop_mmrag.extract.recordings import recording_signs

_HEAD_BYTES = 4096
_LARGEST_UNNAMED_TEXT = 5_000_000
_STRAY_BYTES = 0.02
# What Apple's Photos did to the picture beside it; nothing to find.
_EDITS_SUFFIX = "aae"


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
    DOCX = "a Word document"
    PPTX = "a PowerPoint presentation"
    XLSX = "an Excel workbook"
    ODT = "an OpenDocument text"
    ODS = "an OpenDocument spreadsheet"
    ODP = "an OpenDocument presentation"
    EPUB = "an EPUB book"
    RTF = "a rich text document"
    EML = "an e-mail"
    MBOX = "a mailbox"
    CSV = "a table of values"
    RAW = "a camera's raw picture"
    SVG = "an SVG drawing"
    WHATSAPP = "a WhatsApp chat"
    TELEGRAM = "a Telegram chat"
    XMP = "an XMP side-car"
    TAKEOUT = "a takeout's side-car"
    EDITS = "a list of edits"
    WORDS = "the words of a recording"
    MP3 = "MP3 sound"
    M4A = "MPEG-4 sound"
    AAC = "AAC sound"
    FLAC = "FLAC sound"
    OGG = "Ogg sound"
    OPUS = "Opus sound"
    WAV = "WAV sound"
    MP4 = "MPEG-4 video"
    MOV = "QuickTime video"
    MKV = "Matroska video"
    WEBM = "WebM video"
    AVI = "AVI video"

    @property
    def medium(self) -> Medium:
        """What a file of this kind is."""
        if self in _NOTES:
            return Medium.NOTE
        if self in RECORDINGS:
            return Medium.AUDIO if self in _SOUNDS else Medium.VIDEO
        return Medium.DOCUMENT if self is Kind.PDF or self in OFFICE else Medium.PHOTO

    @property
    def is_sidecar(self) -> bool:
        """Whether a file of this kind only says something of the picture beside it."""
        return self in _SIDECARS

    @property
    def is_chat(self) -> bool:
        """Whether a file of this kind holds the messages of exported chats."""
        return self in _CHATS


_CHATS = frozenset({Kind.WHATSAPP, Kind.TELEGRAM})
_NOTES = frozenset({Kind.PLAIN, Kind.MARKDOWN, Kind.HTML, Kind.ORG, Kind.RST}) | _CHATS
_SIDECARS = frozenset({Kind.XMP, Kind.TAKEOUT, Kind.EDITS, Kind.WORDS})
_SOUNDS = frozenset({Kind.MP3, Kind.M4A, Kind.AAC, Kind.FLAC, Kind.OGG, Kind.OPUS, Kind.WAV})
RECORDINGS = _SOUNDS | {Kind.MP4, Kind.MOV, Kind.MKV, Kind.WEBM, Kind.AVI}
"""Sounds and videos; `extract.recording` opens them. One without pictures turns out a sound."""
_PACKAGES = frozenset({Kind.DOCX, Kind.PPTX, Kind.XLSX, Kind.ODT, Kind.ODS, Kind.ODP, Kind.EPUB})
_MARKED_TEXTS = frozenset({Kind.RTF, Kind.EML, Kind.MBOX, Kind.CSV})
OFFICE = _PACKAGES | _MARKED_TEXTS
"""Documents other than PDF; `extract.office` reads them."""

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
        Kind.DOCX: "docx docm dotx dotm",
        Kind.PPTX: "pptx pptm ppsx ppsm potx",
        Kind.XLSX: "xlsx xlsm xltx xltm",
        Kind.ODT: "odt ott",
        Kind.ODS: "ods ots",
        Kind.ODP: "odp otp",
        Kind.EPUB: "epub",
        Kind.RTF: "rtf",
        Kind.EML: "eml emlx",
        Kind.MBOX: "mbox mbx",
        Kind.CSV: "csv tsv tab",
        Kind.RAW: "3fr arw cr2 cr3 crw dcr dng erf fff iiq kdc mef mos mrw nef nrw orf pef raf raw rw2"
        " rwl sr2 srf srw x3f",
        Kind.SVG: "svg svgz",
        **{Kind[name]: endings for name, endings in recording_signs.ENDINGS.items()},
    }.items()
    for suffix in suffixes.split()
}

_THUMBNAIL = "a camera's thumbnail file"
_OTHER_SOUND, _OTHER_VIDEO = "a sound in another format", "a video in another format"
_OLD_OFFICE = "an old office document"
_UNKNOWN = "of a kind that this program does not know"
_MISNAMED = "Give it the ending of what it is, or restore it from a backup."
_SAVE_AS = {
    _OLD_OFFICE: "Save it as .docx, .xlsx or .pptx if it should be found.",
    "an old Word document": "Open it and save it as .docx if it should be found.",
    "an old Excel workbook": "Open it and save it as .xlsx if it should be found.",
    "a binary Excel workbook": "Open it and save it as .xlsx if it should be found.",
    "an old PowerPoint presentation": "Open it and save it as .pptx if it should be found.",
    "an Outlook message": "Save it from Outlook as an .eml file if it should be found.",
    "a Pages, Numbers or Keynote document": "Export it as Word, Excel, PowerPoint or PDF.",
    "an archive": "Unpack it into a watched folder if what is in it should be found.",
    "a program": "Nothing needs to be done; a program holds nothing to find.",
    "an electronic book": "Convert it to EPUB if it should be found.",
    _THUMBNAIL: "Nothing needs to be done; the photo beside it is kept.",
    _OTHER_SOUND: "Convert it to MP3, M4A, FLAC, Ogg, Opus or WAV if it should be found.",
    _OTHER_VIDEO: "Convert it to MP4, MOV, MKV, WebM or AVI if it should be found.",
}
_UNREAD_BY_SUFFIX: dict[str, str] = {
    suffix: words
    for words, suffixes in {
        _OTHER_SOUND: "wma aif aiff amr mid midi ape wv",
        _OTHER_VIDEO: "wmv asf flv mpg mpeg vob mts m2ts",
        _OLD_OFFICE: "doc dot xls xlt ppt pps",
        "a Pages, Numbers or Keynote document": "pages numbers key",
        "a binary Excel workbook": "xlsb",
        "an electronic book": "mobi azw azw3 fb2",
        "an archive": "zip 7z rar gz bz2 xz zst tar tgz iso dmg",
        "a program": "exe dll so dylib msi app bin com",
        "a database": "sqlite sqlite3 db mdb accdb",
        "a Photoshop picture": "psd psb",
        "a JPEG XL picture": "jxl",
        "a JPEG 2000 picture": "jp2 j2k jpx",
        "a table of numbers": "npy npz parquet h5 hdf5",
        "a font": "ttf otf woff woff2",
        "an icon": "ico icns",
        _THUMBNAIL: "thm",
        "an Outlook message": "msg",
    }.items()
    for suffix in suffixes.split()
}

_UNREAD_BY_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an archive"),
    (b"PK\x05\x06", "an empty archive"),
    (b"\x1f\x8b", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
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
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(head, path)
    if head.startswith(containers.OLE_MAGIC):
        raise _old_office(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return Kind.RTF
    if signs.is_camera_raw(head, _BY_SUFFIX.get(_suffix(path)) is Kind.RAW):
        return Kind.RAW
    if _suffix(path) == "svgz" and head.startswith(b"\x1f\x8b"):
        return Kind.SVG
    with explained(path):
        recording = recording_signs.recording_kind(head, path)
    if recording:
        return Kind[recording]
    kind = picture_kind(head)
    if kind is Kind.TIFF and _suffix(path) in _UNREAD_BY_SUFFIX:
        raise _unsupported(path, _UNREAD_BY_SUFFIX[_suffix(path)])
    if kind is None and b"%PDF-" in head[:1024]:
        # Readers accept a header anywhere in the first kilobyte (ISO 32000-1, annex H.3).
        return Kind.PDF
    return kind


def _package(head: bytes, path: Path) -> Kind:
    with explained(path):
        try:
            kind = containers.package_kind(path)
        except LookupError as known:
            raise _unsupported(path, str(known)) from known
        except zipfile.BadZipFile as problem:
            if _BY_SUFFIX.get(_suffix(path)) in _PACKAGES or containers.begins_like_a_document(
                head
            ):
                raise FileDamaged(
                    f"{path.name} is cut off or damaged; its end is missing."
                ) from problem
            raise _unsupported(path, "an archive") from problem
    if kind is not None:
        return Kind[kind]
    named = _BY_SUFFIX.get(_suffix(path))
    if named in _PACKAGES:
        raise FileDamaged(f"{path.name} is named like {named} but lacks its parts.", _MISNAMED)
    raise _unsupported(path, _UNREAD_BY_SUFFIX.get(_suffix(path), "an archive"))


def _old_office(path: Path) -> FileLocked | FileUnsupported:
    with explained(path):
        words = containers.ole_kind(path)
    if words == "locked":
        return FileLocked(f"{path.name} opens with a password only.")
    return _unsupported(path, words)


def picture_kind(head: bytes) -> Kind | None:
    """The kind of a picture by its first bytes; None when it is none that is read."""
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
    # Banks and shops call a page or a table of values "statement.xls".
    if suffix in _UNREAD_BY_SUFFIX and _UNREAD_BY_SUFFIX[suffix] != _OLD_OFFICE:
        raise _unsupported(path, _UNREAD_BY_SUFFIX[suffix])
    if named in _PACKAGES or named in RECORDINGS:
        raise FileDamaged(f"{path.name} is named like {named} but is none.", _MISNAMED)
    if suffix == _EDITS_SUFFIX:
        return Kind.EDITS
    if recording_signs.words_of_recording(path):
        return Kind.WORDS
    # A name that promises text is believed despite a stray byte.
    if not looks_like_text(head, _STRAY_BYTES if named in _NOTES | _MARKED_TEXTS else 0.0):
        words = _UNREAD_BY_SUFFIX.get(suffix) or _binary_kind(head)
        if words is None and named:
            raise FileDamaged(f"{path.name} is named like {named} but is none.", _MISNAMED)
        raise _unsupported(path, words or _UNKNOWN)
    if told := _structured_text(head, path):
        return told
    if named in _NOTES:
        return named
    return _marked_text(head, named) or _unnamed_text(head, size, path)


def _structured_text(head: bytes, path: Path) -> Kind | None:
    """Texts that programs write about pictures and chats."""
    if signs.is_takeout(head):
        return Kind.TAKEOUT
    if signs.is_telegram(head):
        return Kind.TELEGRAM
    if signs.is_xmp(head, _suffix(path)):
        return Kind.XMP
    if signs.is_svg(head):
        return Kind.SVG
    return Kind.WHATSAPP if signs.is_whatsapp(head, path.name) else None


def _marked_text(head: bytes, named: Kind | None) -> Kind | None:
    if containers.is_mailbox(head):
        return Kind.MBOX
    if containers.is_message(head, named is Kind.EML):
        return Kind.EML
    return Kind.CSV if named is Kind.CSV else None


def _unnamed_text(head: bytes, size: int, path: Path) -> Kind:
    for magic, words in _UNREAD_BY_MAGIC:
        if head.startswith(magic) and not magic.isalpha():
            raise _unsupported(path, words)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return Kind.HTML
    if _suffix(path) in _UNREAD_BY_SUFFIX and head.count(b"\t") >= head.count(b"\n") > 0:
        return Kind.CSV
    if size >= _LARGEST_UNNAMED_TEXT:
        raise _unsupported(path, "a long text under an unknown suffix")
    return Kind.PLAIN


def _binary_kind(head: bytes) -> str | None:
    return next((words for magic, words in _UNREAD_BY_MAGIC if head.startswith(magic)), None)


def _unsupported(path: Path, words: str) -> FileUnsupported:
    message = f"{path.name} is {words}; such files are not read."
    return FileUnsupported(message, _SAVE_AS.get(words))


def _suffix(path: Path) -> str:
    return path.suffix[1:].lower()
