"""What docx, pptx and xlsx have in common: relations between parts, and facts about the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.documents.package import Package
from desktop_mmrag.extract.times import parse_time

_NO_TITLE = re.compile(
    r"(?i)powerpoint[ -]pr\w+|pr[eé]sentation powerpoint|microsoft word|(?:document|workbook)?\d*|untitled"
)
_THUMBNAILS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.jpg", "docProps/thumbnail.png")


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part refers to."""

    kind: str
    """The last word of the relation's type: "image", "notesSlide"."""
    target: str
    """The member's name in the package."""


def local(element: etree._Element) -> str:
    """An element's name without its namespace: strict and transitional files differ in it alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def first(element: etree._Element, *path: str) -> etree._Element | None:
    """The first descendant along a path of children's names."""
    found: etree._Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((child for child in found if local(child) == name), None)
    return found


def relations(package: Package, member: str) -> dict[str, Relation]:
    """What a part refers to inside the package, by the reference's id."""
    folder, _, name = member.rpartition("/")
    tree = package.side_tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    found: dict[str, Relation] = {}
    for item in () if tree is None else tree:
        target = item.get("Target")
        if target and item.get("TargetMode") != "External":
            kind = (item.get("Type") or "").rpartition("/")[2]
            found[item.get("Id") or ""] = Relation(kind, package.beside(member, target))
    return found


def main_part(package: Package, usual: str) -> str:
    """The part that the package is about; `usual` is where programs put it."""
    if usual in package:
        return usual
    found = relations(package, "").values()
    return next((one.target for one in found if one.kind == "officeDocument"), usual)


def facts(package: Package, pages: int | None = None) -> Facts:
    """Title, author, date and keywords from docProps; `pages`, or the count that Word wrote."""
    said = _texts(package, "docProps/core.xml")
    told = _texts(package, "docProps/app.xml")
    words = re.split(r"[,;]", said.get("keywords", ""))
    counted = int(told["Pages"]) if told.get("Pages", "").isdigit() else None
    return Facts(
        title=_title(said.get("title", "")),
        author=said.get("creator") or None,
        taken_at=parse_time(said.get("created")),
        keywords=tuple(dict.fromkeys(word.strip() for word in words if word.strip())),
        pages=pages or counted or None,
    )


def _title(written: str) -> str | None:
    """Programs fill in their own name where the writer gave no title."""
    title = written.removeprefix("Microsoft Word - ").strip()
    return None if not title or _NO_TITLE.fullmatch(title) else title


def remark(author: str | None, text: str) -> str:
    """ "Ana Ruiz: too dear": a comment with the name of who wrote it, where that is known."""
    return f"{author}: {text}" if author and text else text


def thumbnail(package: Package) -> bytes | None:
    """The picture of the first page that some programs put into the file."""
    return next((package.picture(name) for name in _THUMBNAILS if name in package), None)


def _texts(package: Package, member: str) -> dict[str, str]:
    tree = package.side_tree(member)
    return {} if tree is None else {local(item): (item.text or "").strip() for item in tree}
