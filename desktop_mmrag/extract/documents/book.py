"""EPUB books: chapters in the order of the spine, their pictures and the cover (EPUB 3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from desktop_mmrag.domain import Facts
from desktop_mmrag.errors import FileDamaged, FileLocked
from desktop_mmrag.extract.documents import package
from desktop_mmrag.extract.documents.body import Document, Leaf
from desktop_mmrag.extract.documents.ooxml import attribute, first, local
from desktop_mmrag.extract.documents.package import Package
from desktop_mmrag.extract.notes import webpage
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.notes.prose import Heading, Prose
from desktop_mmrag.extract.times import parse_time

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Chapters this long are data in the shape of a book; parsing them takes minutes.
_LONGEST_CHAPTER = 8_000_000


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    media_type: str
    properties: str


@dataclass(frozen=True, slots=True)
class _Contents:
    """What the package document lists."""

    items: dict[str, _Item]
    spine: tuple[str, ...]
    """Names of members in reading order."""
    facts: Facts
    cover: str | None


@contextmanager
def opened(path: Path, fits: Callable[[str], bool]) -> Iterator[Document]:
    """A leaf for each chapter file. Raises FileLocked for books with rights management."""
    with package.opened(path, doctypes=True) as parts:
        contents = _contents(parts)
        _refuse_encrypted(parts, contents)
        titles = _titles(parts, contents)
        leaves = (_leaf(parts, name, titles.get(name)) for name in contents.spine if name in parts)
        cover = contents.cover
        yield Document(
            leaves,
            lambda: contents.facts,
            lambda: parts.picture(cover) if cover in parts.names and cover else None,
        )


def _contents(parts: Package) -> _Contents:
    container = parts.tree(_CONTAINER)
    root = None
    for item in () if container is None else container.iter():
        if local(item) == "rootfile":
            root = root or item.get("full-path")
    tree = parts.tree(root) if root else None
    if tree is None or root is None:
        raise FileDamaged(f"{parts.path.name} does not say what it holds; it is no whole book.")
    manifest, spine, metadata = (
        first(tree, "manifest"),
        first(tree, "spine"),
        first(tree, "metadata"),
    )
    items = {
        item.get("id") or "": _Item(
            parts.beside(root, item.get("href") or ""),
            item.get("media-type") or "",
            item.get("properties") or "",
        )
        for item in (() if manifest is None else manifest)
        if local(item) == "item"
    }
    order = [item.get("idref") or "" for item in (() if spine is None else spine)]
    names = tuple(items[id].name for id in order if id in items)
    return _Contents(items, names, _facts(metadata), _cover(items, metadata))


def _facts(metadata: etree._Element | None) -> Facts:
    said: dict[str, list[str]] = {}
    for item in () if metadata is None else metadata:
        if (item.text or "").strip():
            said.setdefault(local(item), []).append(" ".join((item.text or "").split()))
    return Facts(
        title=next(iter(said.get("title", [])), None),
        author=", ".join(dict.fromkeys(said.get("creator", []))) or None,
        taken_at=parse_time(next(iter(said.get("date", [])), None)),
        keywords=tuple(dict.fromkeys(said.get("subject", []))),
    )


def _cover(items: dict[str, _Item], metadata: etree._Element | None) -> str | None:
    named = {
        item.get("name"): item.get("content") for item in (() if metadata is None else metadata)
    }
    for id, item in items.items():
        if "cover-image" in item.properties.split() or id == named.get("cover"):
            return item.name
    pictures = [i.name for i in items.values() if i.media_type.startswith("image/")]
    return next((name for name in pictures if "cover" in name.lower()), None)


def _refuse_encrypted(parts: Package, contents: _Contents) -> None:
    """Fonts are often disguised; chapters are encrypted only by rights management."""
    tree = parts.side_tree(_ENCRYPTION)
    hidden = {
        (attribute(item, "URI") or "")
        for item in (() if tree is None else tree.iter())
        if local(item) == "CipherReference"
    }
    if hidden & set(contents.spine):
        raise FileLocked(
            f"{parts.path.name} is protected by its seller and opens in certain readers only.",
            "A copy without the protection would be found.",
        )


def _titles(parts: Package, contents: _Contents) -> dict[str, str]:
    """What the table of contents calls each file, of the first entry that points into it."""
    found: dict[str, str] = {}
    for item in contents.items.values():
        is_ncx = item.media_type == "application/x-dtbncx+xml"
        if (is_ncx or "nav" in item.properties.split()) and item.name in parts:
            try:
                tree = package.parse(parts.read(item.name))
            except (etree.XMLSyntaxError, FileDamaged):
                continue
            for name, title in _points(tree) if is_ncx else _links(tree):
                if title:
                    found.setdefault(parts.beside(item.name, name), title)
    return found


def _points(ncx: etree._Element) -> Iterator[tuple[str, str]]:
    for point in (item for item in ncx.iter() if local(item) == "navPoint"):
        label, content = first(point, "navLabel", "text"), first(point, "content")
        if label is not None and content is not None:
            yield content.get("src") or "", " ".join((label.text or "").split())


def _links(nav: etree._Element) -> Iterator[tuple[str, str]]:
    for link in (item for item in nav.iter() if local(item) == "a"):
        yield link.get("href") or "", " ".join("".join(map(str, link.itertext())).split())


def _leaf(parts: Package, name: str, title: str | None) -> Leaf:
    try:
        data = parts.read(name)
    except (FileDamaged, KeyError):
        # One broken chapter among sound ones is left out, as a broken page of a PDF is.
        return Leaf(Prose(""))
    prose = webpage.read(decode(data[:_LONGEST_CHAPTER], html=True))
    if title and prose.text and not any(h.start == 0 for h in prose.headings):
        prose = replace(prose, headings=(Heading(0, 0, title), *prose.headings))
    return Leaf(prose, load=lambda target: _picture(parts, name, target))


def _picture(parts: Package, chapter: str, target: str) -> bytes | None:
    found = parts.beside(chapter, target)
    return parts.picture(found) if found in parts else None
