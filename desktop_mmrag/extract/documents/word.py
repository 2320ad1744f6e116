"""Word documents: paragraphs, headings, tables, footnotes, comments and pictures in reading order (ECMA-376)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lxml import etree

from desktop_mmrag.domain import Facts
from desktop_mmrag.errors import FileDamaged
from desktop_mmrag.extract.documents import ooxml, package
from desktop_mmrag.extract.documents.body import BodyBuilder, Document, Leaf
from desktop_mmrag.extract.documents.ooxml import Relation, attribute, first, local
from desktop_mmrag.extract.documents.package import Package

_HEADING = re.compile(r"(?i)heading\s*([1-9])")
_UNREAD = frozenset(
    ["del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr", "tblPr"]
)
_BLOCKS = frozenset(["p", "tbl"])
# Deeper tables are layout; their cells are read as running text.
_DEEPEST = 40
_LONGEST_CELL = 600
# As many as Word itself allows is 63.
_MOST_COLUMNS = 64
# A table of contents repeats the headings.
_CONTENTS = -1


@contextmanager
def opened(path: Path, fits: Callable[[str], bool]) -> Iterator[Document]:
    """The document as one leaf. Raises the file failures."""
    with package.opened(path) as parts:
        main = ooxml.main_part(parts, "word/document.xml")
        tree = parts.tree(main)
        body = None if tree is None else first(tree, "body")
        if body is None:
            raise FileDamaged(f"{path.name} has no text part; it is no whole Word document.")
        writer = _Writer(parts, main, fits)
        writer.blocks(body, 0)
        leaf = writer.builder.leaf(load=parts.picture)
        yield Document([leaf], lambda: _facts(parts, leaf), lambda: ooxml.thumbnail(parts))


def _facts(parts: Package, leaf: Leaf) -> Facts:
    facts = ooxml.facts(parts)
    top = next((h.title for h in leaf.prose.headings[:1] if h.level <= 1), None)
    return replace(facts, title=facts.title or top)


class _Writer:
    """Walks through the body and writes its text."""

    def __init__(self, parts: Package, main: str, fits: Callable[[str], bool]) -> None:
        self.builder = BodyBuilder(fits)
        self._relations: dict[str, Relation] = ooxml.relations(parts, main)
        styles = parts.side_tree(self._beside("styles", "word/styles.xml"))
        self._levels = _heading_levels(styles)
        self._lists = _list_styles(styles)
        self._notes = {
            kind: _notes(parts.side_tree(self._beside(f"{kind}s", f"word/{kind}s.xml")))
            for kind in ("footnote", "endnote", "comment")
        }
        self._after: list[str] = []
        self._boxes: list[etree._Element] = []

    def _beside(self, kind: str, usual: str) -> str:
        found = (r.target for r in self._relations.values() if r.kind == kind)
        return next(found, usual)

    def blocks(self, element: etree._Element, depth: int) -> None:
        """Paragraphs and tables among the children, however they are wrapped."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child, depth)
            elif name not in _UNREAD and depth < _DEEPEST:
                self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element) -> None:
        level = self._level(paragraph)
        if level == _CONTENTS:
            return
        if level is not None:
            title = " ".join("".join(self._texts(paragraph)).split())
            self.builder.heading(level, title)
        else:
            self._plain(paragraph)
        self._rest()

    def _plain(self, paragraph: etree._Element) -> None:
        style = first(paragraph, "pPr", "pStyle")
        named = style is not None and attribute(style, "val") in self._lists
        listed = named or first(paragraph, "pPr", "numPr") is not None
        self.builder.line_end()
        if listed:
            self.builder.add("- ")
        for piece in self._texts(paragraph):
            self._write(piece)
        self.builder.line_end(1 if listed else 2)

    def _write(self, piece: str) -> None:
        if piece == "\n":
            self.builder.line_end()
        else:
            self.builder.words(piece)

    def _rest(self) -> None:
        """Footnotes, comments and text boxes that the paragraph carried."""
        notes, self._after = self._after, []
        for note in notes:
            self.builder.words(note)
            self.builder.line_end(2)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, 1)

    def _texts(self, element: etree._Element) -> Iterator[str]:
        """The pieces of a paragraph; pictures go to the builder as they come."""
        for child in element:
            name = local(child)
            if name == "t":
                yield child.text or ""
            elif name in ("br", "cr"):
                yield "\n"
            elif name in ("tab", "ptab"):
                yield " "
            elif name in ("noBreakHyphen", "softHyphen"):
                yield "-" if name == "noBreakHyphen" else ""
            elif name in ("footnoteReference", "endnoteReference", "commentReference"):
                note = self._notes[name.removesuffix("Reference")].get(attribute(child, "id") or "")
                self._after += [note] if note else []
            elif name in ("drawing", "pict", "object"):
                self._drawing(child)
            elif name not in _UNREAD:
                yield from self._texts(child)

    def _drawing(self, drawing: etree._Element) -> None:
        words = ""
        for item in drawing.iter():
            name = local(item)
            if name == "docPr":
                words = " ".join(filter(None, (item.get("descr"), item.get("title"))))
            elif name in ("blip", "imagedata"):
                relation = self._relations.get(
                    attribute(item, "embed") or attribute(item, "id") or ""
                )
                if relation is not None and relation.kind == "image":
                    self.builder.embedded(relation.target, words or item.get("title") or "")
            elif name == "txbxContent" and not any(
                local(up) == "Fallback" for up in item.iterancestors()
            ):
                self._boxes.append(item)

    def _level(self, paragraph: etree._Element) -> int | None:
        properties = first(paragraph, "pPr")
        if properties is None:
            return None
        outline = first(properties, "outlineLvl")
        if outline is not None:
            value = attribute(outline, "val") or "9"
            return int(value) + 1 if value.isdigit() and int(value) < 9 else None
        style = first(properties, "pStyle")
        return None if style is None else self._levels.get(attribute(style, "val") or "")

    # --- tables

    def _table(self, table: etree._Element, depth: int) -> None:
        rows = [[*self._cells(row)] for row in table if local(row) == "tr"]
        for wrapper in table:
            if local(wrapper) == "sdt":
                rows += [[*self._cells(row)] for row in wrapper.iter() if local(row) == "tr"]
        if not any(len(row) > 1 for row in rows) or depth >= _DEEPEST:
            for cell in (cell for row in rows for cell, _ in row):
                self.blocks(cell, depth + 1)
            return
        written: list[list[str]] = []
        for row in rows:
            cells: list[str] = []
            for cell, span in row[:_MOST_COLUMNS]:
                text = self._cell(cell)
                if not text and _goes_on(cell) and written and len(cells) < len(written[-1]):
                    text = written[-1][len(cells)]
                cells += [text, *[""] * (span - 1)]
            written.append(cells)
        if any(len(text) > _LONGEST_CELL for cells in written for text in cells):
            self._as_text(written)
        else:
            self.builder.table(enumerate(written, start=1))
        self._rest()

    def _as_text(self, rows: list[list[str]]) -> None:
        """A table that only lays out a page."""
        for text in (text for row in rows for text in row if text):
            self.builder.words(text)
            self.builder.line_end(2)

    def _cells(self, row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
        for item in row:
            if local(item) == "tc":
                span = first(item, "tcPr", "gridSpan")
                width = (attribute(span, "val") or "1") if span is not None else "1"
                yield item, min(64, max(1, int(width))) if width.isdigit() else 1
            elif local(item) == "sdt":
                content = first(item, "sdtContent")
                yield from self._cells(content) if content is not None else ()

    def _cell(self, cell: etree._Element) -> str:
        lines = ["".join(self._texts(item)).strip() for item in cell.iter() if local(item) == "p"]
        return " ".join(line for line in lines if line)


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell is the lower part of a merged one."""
    merge = first(cell, "tcPr", "vMerge")
    return merge is not None and attribute(merge, "val") in (None, "continue")


def _heading_levels(styles: etree._Element | None) -> dict[str, int]:
    """Levels of the paragraph styles that are headings, by the style's id."""
    found: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in () if styles is None else styles:
        if local(style) != "style":
            continue
        id = attribute(style, "styleId") or ""
        name = first(style, "name")
        named = (attribute(name, "val") or "") if name is not None else ""
        outline = first(style, "pPr", "outlineLvl")
        level = (attribute(outline, "val") or "") if outline is not None else ""
        above = first(style, "basedOn")
        based[id] = (attribute(above, "val") or "") if above is not None else ""
        if match := _HEADING.fullmatch(named):
            found[id] = int(match[1])
        elif named.lower().startswith("toc "):
            found[id] = _CONTENTS
        elif named.lower() == "title":
            found[id] = 0
        elif level.isdigit() and int(level) < 9:
            found[id] = int(level) + 1
    for id, above_id in based.items():
        if id not in found and above_id in found:
            found[id] = found[above_id]
    return found


def _list_styles(styles: etree._Element | None) -> frozenset[str]:
    """Ids of the paragraph styles that set a bullet or a number before the text."""
    return frozenset(
        attribute(style, "styleId") or ""
        for style in (() if styles is None else styles)
        if local(style) == "style" and first(style, "pPr", "numPr") is not None
    )


def _notes(tree: etree._Element | None) -> dict[str, str]:
    """Footnotes or comments by their id; a comment begins with the name of its writer."""
    found: dict[str, str] = {}
    for note in () if tree is None else tree:
        if attribute(note, "type") in (None, "normal"):
            lines = (
                "".join(t.text or "" for t in line.iter() if local(t) == "t")
                for line in note.iter()
                if local(line) == "p"
            )
            text = " ".join(" ".join(lines).split())
            found[attribute(note, "id") or ""] = ooxml.remark(attribute(note, "author"), text)
    return found
