"""OpenDocument texts, spreadsheets and presentations (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from lxml import etree

from desktop_mmrag.domain import Facts
from desktop_mmrag.errors import FileDamaged, FileLocked
from desktop_mmrag.extract.documents import package
from desktop_mmrag.extract.documents.body import BodyBuilder, Document, Leaf
from desktop_mmrag.extract.documents.ooxml import attribute, first, local
from desktop_mmrag.extract.documents.package import Package
from desktop_mmrag.extract.documents.workbook import MOST_COLUMNS, MOST_ROWS, sheet_table, written
from desktop_mmrag.extract.times import parse_time

Fits = Callable[[str], bool]

_UNREAD = frozenset(
    ["tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "settings",
     "table-of-content", "alphabetical-index", "variable-decls", "note-citation", "shapes"]
)  # fmt: skip
_DEEPEST = 40
_MOST_SPACES = 20


@contextmanager
def opened(path: Path, fits: Fits) -> Iterator[Document]:
    """A text as one leaf, a leaf for each sheet or slide. Raises the file failures."""
    with package.opened(path, doctypes=True) as parts:
        _refuse_encrypted(parts)
        tree = parts.tree("content.xml")
        body = None if tree is None else first(tree, "body")
        if body is None:
            raise FileDamaged(f"{path.name} has no content; it is no whole document.")
        content = next((child for child in body if isinstance(child.tag, str)), None)
        if content is None:
            raise FileDamaged(f"{path.name} has no content; it is no whole document.")
        kind = local(content)
        units = [c for c in content if local(c) == {"spreadsheet": "table"}.get(kind, "page")]
        read = _sheet if kind == "spreadsheet" else _slide
        leaves = (
            (read(parts, unit, number, fits) for number, unit in enumerate(units, start=1))
            if kind in ("spreadsheet", "presentation", "drawing")
            else iter([_text(parts, content, fits)])
        )
        yield Document(
            leaves,
            lambda: _facts(parts, len(units)),
            lambda: _thumbnail(parts),
            wide=kind in ("presentation", "drawing"),
        )


def _refuse_encrypted(parts: Package) -> None:
    manifest = parts.side_tree("META-INF/manifest.xml")
    if manifest is not None and any(local(item) == "encryption-data" for item in manifest.iter()):
        raise FileLocked(f"{parts.path.name} opens with a password only.")


def _thumbnail(parts: Package) -> bytes | None:
    name = "Thumbnails/thumbnail.png"
    return parts.picture(name) if name in parts else None


def _text(parts: Package, content: etree._Element, fits: Fits) -> Leaf:
    writer = _Writer(fits)
    writer.blocks(content, 0)
    return writer.builder.leaf(load=parts.picture)


def _slide(parts: Package, page: etree._Element, number: int, fits: Fits) -> Leaf:
    writer = _Writer(fits)
    frames = [item for item in page if local(item) != "notes"]
    title = next((f for f in frames if attribute(f, "class") == "title"), None)
    if title is not None:
        writer.builder.heading(1, " ".join(_plain(title).split()))
    for frame in frames:
        if frame is not title:
            writer.blocks([frame], 1)
    notes = first(page, "notes")
    text = " ".join(_plain(notes).split()) if notes is not None else ""
    if text:
        writer.builder.line_end(2)
        writer.builder.add(f"Notes: {text}")
    return writer.builder.leaf(page=number, load=parts.picture)


def _sheet(parts: Package, table: etree._Element, number: int, fits: Fits) -> Leaf:
    writer = _Writer(fits)
    title = attribute(table, "name") or f"Sheet {number}"
    writer.builder.silent_heading(1, title)
    sheet_table(writer.builder, title, enumerate(_rows(table), start=1))
    for image in (item for item in table.iter() if local(item) == "image"):
        writer.picture(image)
    return writer.builder.leaf(load=parts.picture)


def _facts(parts: Package, units: int) -> Facts:
    tree = parts.side_tree("meta.xml")
    said: dict[str, str] = {}
    keywords: list[str] = []
    pages = units
    for item in () if tree is None else tree.iter():
        text = (item.text or "").strip()
        if local(item) == "keyword" and text:
            keywords += [word.strip() for word in text.split(",")]
        elif local(item) == "document-statistic" and not units:
            count = attribute(item, "page-count") or ""
            pages = int(count) if count.isdigit() else 0
        elif text:
            said.setdefault(local(item), text)
    return Facts(
        title=said.get("title"),
        author=said.get("initial-creator") or said.get("creator"),
        taken_at=parse_time(said.get("creation-date") or said.get("date")),
        keywords=tuple(dict.fromkeys(keywords)),
        pages=pages or None,
    )


class _Writer:
    """Walks through paragraphs, lists, tables and frames."""

    def __init__(self, fits: Fits) -> None:
        self.builder = BodyBuilder(fits)
        self._notes: list[str] = []

    def blocks(self, elements: list[etree._Element] | etree._Element, depth: int) -> None:
        """Blocks in their order, however they are wrapped."""
        for item in elements:
            name = local(item)
            if name == "h":
                level = attribute(item, "outline-level") or "1"
                title = " ".join("".join(self._pieces(item)).split())
                self.builder.heading(int(level) if level.isdigit() else 1, title)
                self._rest()
            elif name == "p":
                self._paragraph(item)
            elif name == "list":
                self._list(item, depth)
            elif name == "table" and depth < _DEEPEST:
                self._table(item, depth)
            elif name == "image":
                self.picture(item)
            elif name not in _UNREAD and depth < _DEEPEST:
                self.blocks(item, depth + 1)

    def picture(self, image: etree._Element) -> None:
        """A picture with what its frame says of it."""
        target = (attribute(image, "href") or "").removeprefix("./")
        frame = image.getparent()
        said = (
            [c.text or "" for c in frame if local(c) in ("title", "desc")]
            if frame is not None
            else []
        )
        if target:
            self.builder.embedded(target, " ".join(said))

    def _paragraph(self, item: etree._Element, end: int = 2) -> None:
        self.builder.line_end()
        for piece in self._pieces(item):
            if piece == "\n":
                self.builder.line_end()
            else:
                self.builder.words(piece)
        self.builder.line_end(end)
        self._rest()

    def _rest(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            self.builder.words(note)
            self.builder.line_end(2)

    def _list(self, items: etree._Element, depth: int) -> None:
        for item in items:
            for block in item:
                if local(block) == "p":
                    self.builder.line_end()
                    self.builder.add("- ")
                    for piece in self._pieces(block):
                        self.builder.words(piece.replace("\n", " "))
                    self.builder.line_end()
                elif depth < _DEEPEST:
                    self.blocks([block], depth + 1)
        self._rest()

    def _table(self, item: etree._Element, depth: int) -> None:
        rows = list(_rows(item))
        if max((len(row) for row in rows), default=0) > 1:
            self.builder.table(enumerate(rows, start=1))
            for image in (inner for inner in item.iter() if local(inner) == "image"):
                self.picture(image)
        else:
            for cell in (inner for inner in item.iter() if local(inner) == "table-cell"):
                self.blocks(cell, depth + 1)

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        """The text of a paragraph; pictures go to the builder, footnotes wait for its end."""
        yield element.text or ""
        for child in element:
            name = local(child)
            if name == "s":
                count = attribute(child, "c") or "1"
                yield " " * min(_MOST_SPACES, int(count) if count.isdigit() else 1)
            elif name in ("tab", "line-break"):
                yield " " if name == "tab" else "\n"
            elif name == "note":
                body = first(child, "note-body")
                self._notes += [" ".join(_plain(body).split())] if body is not None else []
            elif name == "image":
                self.picture(child)
            elif name in ("frame", "text-box") or (
                name not in _UNREAD and name not in ("title", "desc")
            ):
                yield from self._pieces(child)
            yield child.tail or ""


def _rows(table: etree._Element) -> Iterator[list[str]]:
    """Rows with their cells; what is repeated to the end of the sheet is left out."""
    given = 0
    for row in _elements(table, "table-row", "table-header-rows", "table-rows", "table-row-group"):
        cells: list[str] = []
        for cell in row:
            if len(cells) < MOST_COLUMNS and local(cell) in ("table-cell", "covered-table-cell"):
                count = _repeated(cell, "number-columns-repeated")
                text = _cell(cell)
                cells += [text] * (min(count, MOST_COLUMNS) if text else min(count, 64))
        while cells and not cells[-1]:
            cells.pop()
        times = _repeated(row, "number-rows-repeated")
        for _ in range(min(times, 200) if cells else 1):
            yield cells[:MOST_COLUMNS]
            given += 1
            if given > MOST_ROWS:
                return


def _elements(parent: etree._Element, wanted: str, *wrappers: str) -> Iterator[etree._Element]:
    for child in parent:
        if local(child) == wanted:
            yield child
        elif local(child) in wrappers:
            yield from _elements(child, wanted, *wrappers)


def _repeated(element: etree._Element, name: str) -> int:
    count = attribute(element, name) or "1"
    return max(1, int(count)) if count.isdigit() and len(count) < 9 else 1


def _cell(cell: etree._Element) -> str:
    """The text that the cell shows; a date in words."""
    day = attribute(cell, "date-value")
    if day:
        try:
            moment = datetime.fromisoformat(day)
            return written(moment if "T" in day else date.fromisoformat(day))
        except ValueError:
            pass
    lines = (_plain(item) for item in cell if local(item) in ("p", "h", "list"))
    return " ".join(" ".join(lines).split())


def _plain(element: etree._Element) -> str:
    """All text below an element, paragraphs divided by spaces."""
    return " ".join(map(str, element.itertext()))
