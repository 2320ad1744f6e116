"""Which kind of document a zip package, an OLE file or a marked-up text is, by its content."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

# Media types of the main part, as [Content_Types].xml names them (ECMA-376, part 1, annex A).
_OFFICE = (
    (b"wordprocessingml.document.main", "DOCX"),
    (b"wordprocessingml.template.main", "DOCX"),
    (b"ms-word.document.macroEnabled.main", "DOCX"),
    (b"ms-word.template.macroEnabledTemplate.main", "DOCX"),
    (b"presentationml.presentation.main", "PPTX"),
    (b"presentationml.slideshow.main", "PPTX"),
    (b"presentationml.template.main", "PPTX"),
    (b"ms-powerpoint.presentation.macroEnabled.main", "PPTX"),
    (b"ms-powerpoint.slideshow.macroEnabled.main", "PPTX"),
    (b"spreadsheetml.sheet.main", "XLSX"),
    (b"spreadsheetml.template.main", "XLSX"),
    (b"ms-excel.sheet.macroEnabled.main", "XLSX"),
)
# What the first member, "mimetype", says (OpenDocument 1.3 part 2, 3.3; EPUB OCF 3.3, 4.2.2.2).
_OPEN = (
    (b"application/epub+zip", "EPUB"),
    (b"application/vnd.oasis.opendocument.text", "ODT"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ODS"),
    (b"application/vnd.oasis.opendocument.presentation", "ODP"),
)
_UNREAD_PACKAGES = (
    ("Index/Document.iwa", "a Pages, Numbers or Keynote document"),
    ("Index.zip", "a Pages, Numbers or Keynote document"),
    ("xl/workbook.bin", "a binary Excel workbook"),
    ("META-INF/MANIFEST.MF", "a program"),
    ("AndroidManifest.xml", "a program"),
)
_LONGEST_LIST = 2_000_000

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in the OLE directory (MS-CFB 2.6.4), and what their presence means.
_OLE = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "an old Word document"),
    ("Workbook", "an old Excel workbook"),
    ("Book", "an old Excel workbook"),
    ("PowerPoint Document", "an old PowerPoint presentation"),
    ("__nameid_version1.0", "an Outlook message"),
)
_DIRECTORY_BYTES = 65_536

_MAIL_FIELD = re.compile(
    rb"^(from|to|cc|date|subject|received|return-path|message-id|mime-version|delivered-to|sender"
    rb"|reply-to|content-type|x-[\w-]+|dkim-signature|authentication-results|references"
    rb"|in-reply-to|thread-\w+|content-transfer-encoding|user-agent|list-[\w-]+):",
    re.IGNORECASE,
)
_MAILBOX_START = re.compile(rb"From \S+ .*\b\d\d:\d\d(:\d\d)?\b.*\b\d{4}\b")
_TELLING_FIELDS = frozenset([b"from", b"date", b"received", b"message-id", b"return-path"])


def package_kind(path: Path) -> str | None:
    """The name of the Kind that a zip file is; None when it is an archive of something else.

    Raises LookupError, saying what it is, for a package that is known and not read; BadZipFile
    for one that is cut off.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        try:
            return _by_type(archive, names)
        except (zlib.error, EOFError, RuntimeError, NotImplementedError, KeyError) as problem:
            raise zipfile.BadZipFile(str(problem)) from problem


def _by_type(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    for member, words in _UNREAD_PACKAGES:
        if member in names:
            raise LookupError(words)
    if "[Content_Types].xml" in names:
        listed = _start(archive, "[Content_Types].xml")
        return next((kind for said, kind in _OFFICE if said in listed), None)
    if "mimetype" in names:
        said = _start(archive, "mimetype").strip()
        return next((kind for start, kind in _OPEN if said.startswith(start)), None)
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        listed = _start(archive, "META-INF/manifest.xml")
        return next((kind for kind_said, kind in _OPEN if kind_said in listed), None)
    return "EPUB" if "META-INF/container.xml" in names else None


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(_LONGEST_LIST)


def begins_like_a_document(head: bytes) -> bool:
    """Whether a zip file's first member is one that documents begin with."""
    length = int.from_bytes(head[26:28], "little")
    name = head[30 : 30 + length]
    return name in (b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"docProps/app.xml")


def ole_kind(path: Path) -> str:
    """What an OLE compound file is in words, or "locked" for an encrypted document."""
    with path.open("rb") as file:
        header = file.read(512)
        sector = 1 << min(12, max(9, int.from_bytes(header[30:32], "little")))
        first = int.from_bytes(header[48:52], "little")
        file.seek((first + 1) * sector)
        directory = file.read(_DIRECTORY_BYTES)
    for name, words in _OLE:
        if f"{name}\0".encode("utf-16-le") in directory:
            return words
    return "an old office document"


def is_mailbox(head: bytes) -> bool:
    """Whether a text begins as the mbox format does (RFC 4155)."""
    first, _, rest = head.partition(b"\n")
    return bool(_MAILBOX_START.match(first)) and bool(_fields(rest))


def is_message(head: bytes, named: bool) -> bool:
    """Whether a text begins with the header of an e-mail (RFC 5322); `named` like one, one field does."""
    fields = _fields(_without_count(head))
    return bool(fields) if named else len(fields) >= 3 and len(fields & _TELLING_FIELDS) >= 2


def _without_count(head: bytes) -> bytes:
    """Apple Mail writes the length of the message on a line before it."""
    return re.sub(rb"^\d+[ \t]*\r?\n", b"", head, count=1)


def _fields(head: bytes) -> set[bytes]:
    """Names of header fields at the very beginning, in lower case."""
    found: set[bytes] = set()
    for line in head.lstrip(b"\xef\xbb\xbf").splitlines():
        match = _MAIL_FIELD.match(line)
        if match:
            found.add(match[1].lower())
        elif not re.match(rb"[ \t>]|[\w-]+:", line):
            break
    return found
