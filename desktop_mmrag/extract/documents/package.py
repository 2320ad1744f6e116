"""Zip packages such as docx, odt and epub: opened within bounds, or refused with a plain reason."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote

from lxml import etree

from desktop_mmrag.errors import FileDamaged, FileLocked, FileTooLarge
from desktop_mmrag.extract.isolation.failures import explained

_MOST_MEMBERS = 20_000
_LARGEST_TOTAL = 2_000_000_000
_LARGEST_XML = 96_000_000
"""Bytes of one member that is read as a tree; a novel has 3 MB."""
_LARGEST_STREAMED = 600_000_000
"""Bytes of a sheet, which is read row by row."""
_LARGEST_PICTURE = 200_000_000
# Real sheets reach 60, runs of zeros 1,000.
_STEEPEST = 250
_SMALL = 8_000_000
_XML_SUFFIXES = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".vml")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOGUE = 4096


class Package:
    """A zip package that was checked. Members are named as they stand in it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.archive = archive
        self.names = frozenset(archive.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises KeyError when there is none, FileTooLarge, FileDamaged."""
        size = self.archive.getinfo(name).file_size
        if size > (_LARGEST_XML if name.lower().endswith(_XML_SUFFIXES) else _LARGEST_PICTURE):
            raise FileTooLarge(f"{self.path.name} holds a part that is too large to read ({name}).")
        try:
            return self.archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as problem:
            raise FileDamaged(f"A part of {self.path.name} is damaged ({name}).") from problem
        except (RuntimeError, NotImplementedError) as problem:
            raise FileLocked(f"{self.path.name} opens with a password only.") from problem

    def tree(self, name: str) -> etree._Element | None:
        """A member as XML; None when there is none. Raises FileDamaged for broken XML."""
        if name not in self.names:
            return None
        try:
            return parse(self.read(name))
        except etree.XMLSyntaxError as problem:
            raise FileDamaged(f"A part of {self.path.name} is damaged ({name}).") from problem

    def side_tree(self, name: str) -> etree._Element | None:
        """A member that the text can do without, as XML; None when it is missing or damaged."""
        try:
            return self.tree(name)
        except (FileDamaged, FileTooLarge):
            return None

    def picture(self, name: str) -> bytes | None:
        """A member's bytes; None when it is missing or damaged: a picture costs no document."""
        try:
            return self.read(name)
        except (KeyError, FileDamaged, FileTooLarge, FileLocked):
            return None

    def beside(self, member: str, target: str) -> str:
        """The name of the member that `target`, a relative address in `member`, points to."""
        target = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        parts: list[str] = [] if target.startswith("/") else list(PurePosixPath(member).parts[:-1])
        for part in PurePosixPath(target.lstrip("/")).parts:
            if part == "..":
                parts = parts[:-1]
            else:
                parts.append(part)
        return "/".join(parts)


def parse(data: bytes) -> etree._Element:
    """XML without entities, network or DTD. Raises lxml's XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    return etree.fromstring(data, parser)


@contextmanager
def opened(path: Path, doctypes: bool = False) -> Iterator[Package]:
    """A package whose members may be read. `doctypes`: whether its XML may have any.

    Raises FileDamaged, FileLocked, FileTooLarge: before anything is unpacked the declared sizes
    are checked, and zipfile never unpacks more than was declared.
    """
    with explained(path):
        try:
            archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile as problem:
            raise FileDamaged(
                f"{path.name} is cut off or damaged; its end is missing."
            ) from problem
        with archive:
            _check(path, archive)
            package = Package(path, archive)
            if not doctypes:
                _refuse_doctypes(package)
            yield package


def _check(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise FileTooLarge(f"{path.name} holds {len(members)} parts, more than any real document.")
    if sum(member.file_size for member in members) > _LARGEST_TOTAL:
        raise FileTooLarge(f"{path.name} would unpack to more than 2 GB.")
    for member in members:
        if member.file_size > max(_SMALL, _STEEPEST * max(1, member.compress_size)):
            raise FileDamaged(
                f"{path.name} unpacks to far more than any real document; it is not opened.",
                "It was probably made to harm the programs that open it; delete it.",
            )
        if member.file_size > _LARGEST_STREAMED:
            raise FileTooLarge(f"{path.name} holds a part of more than 600 MB.")


def _refuse_doctypes(package: Package) -> None:
    """Office formats know no DTD; one that is there was put there to blow up whoever reads it."""
    for name in package.names:
        if name.lower().endswith((".xml", ".rels")):
            try:
                with package.archive.open(name) as member:
                    start = _prologue(member)
            except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
                continue
            if _DOCTYPE.search(start):
                raise FileDamaged(
                    f"{package.path.name} defines entities, which no real document does.",
                    "It was probably made to harm the programs that open it; delete it.",
                )


def _prologue(member: IO[bytes]) -> bytes:
    """The first bytes as ASCII; a DTD can only stand before the first element."""
    return member.read(_PROLOGUE).replace(b"\x00", b"")
