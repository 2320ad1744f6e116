"""PowerPoint presentations: each slide's title, text, tables, charts, notes and pictures (ECMA-376)."""

from __future__ import annotations

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

_TITLES = frozenset(["title", "ctrTitle"])
# Numbers, dates and footers repeat on every slide.
_FURNITURE = frozenset(["sldNum", "dt", "ftr", "hdr", "sldImg"])


@contextmanager
def opened(path: Path, fits: Callable[[str], bool]) -> Iterator[Document]:
    """A leaf for each slide, in the order they are shown. Raises the file failures."""
    with package.opened(path) as parts:
        names = _slides(parts)
        titles: list[str] = []
        leaves = (_leaf(parts, name, n, fits, titles) for n, name in enumerate(names, start=1))

        def facts() -> Facts:
            said = ooxml.facts(parts, len(names))
            return replace(said, title=said.title or next(iter(titles), None))

        yield Document(leaves, facts, lambda: ooxml.thumbnail(parts), wide=True)


def _slides(parts: Package) -> list[str]:
    main = ooxml.main_part(parts, "ppt/presentation.xml")
    tree = parts.tree(main)
    if tree is None:
        raise FileDamaged(f"{parts.path.name} has no list of slides; it is no whole presentation.")
    related = ooxml.relations(parts, main)
    listed = first(tree, "sldIdLst")
    ids = [_reference(item) for item in listed] if listed is not None else []
    return [related[id].target for id in ids if id in related and related[id].target in parts]


def _reference(item: etree._Element) -> str:
    """The relation's id; "id" without a namespace is another number."""
    return next((str(v) for k, v in item.attrib.items() if str(k).endswith("}id")), "")


def _leaf(
    parts: Package, name: str, number: int, fits: Callable[[str], bool], titles: list[str]
) -> Leaf:
    writer = _Writer(parts, name, fits)
    # A broken slide among sound ones is left out, as a broken page of a PDF is.
    tree = parts.side_tree(name)
    shapes = None if tree is None else first(tree, "cSld", "spTree")
    if shapes is not None:
        writer.slide(shapes)
    notes = next((r.target for r in writer.relations.values() if r.kind == "notesSlide"), None)
    tree = parts.side_tree(notes) if notes else None
    shapes = None if tree is None else first(tree, "cSld", "spTree")
    if shapes is not None:
        writer.notes(shapes)
    leaf = writer.builder.leaf(page=number, load=parts.picture)
    titles += [heading.title for heading in leaf.prose.headings[:1]]
    return leaf


class _Writer:
    """Walks through the shapes of a slide."""

    def __init__(self, parts: Package, name: str, fits: Callable[[str], bool]) -> None:
        self.builder = BodyBuilder(fits)
        self.relations: dict[str, Relation] = ooxml.relations(parts, name)
        self._parts = parts

    def slide(self, shapes: etree._Element) -> None:
        """The title first, wherever it stands, then the shapes in their order."""
        title = next((s for s in shapes.iter() if local(s) == "sp" and _role(s) in _TITLES), None)
        if title is not None:
            self.builder.heading(1, " ".join(" ".join(_paragraphs(title)).split()))
        for shape in _flat(shapes):
            if shape is not title:
                self._shape(shape)

    def notes(self, shapes: etree._Element) -> None:
        """What the speaker wrote below the slide."""
        lines = [
            line for s in _flat(shapes) if _role(s) not in _FURNITURE for line in _paragraphs(s)
        ]
        if any(lines):
            self.builder.line_end(2)
            self.builder.add("Notes: ")
            self._lines(lines)

    def _shape(self, shape: etree._Element) -> None:
        name = local(shape)
        if name == "pic":
            self._picture(shape)
        elif name == "graphicFrame":
            self._frame(shape)
        elif name == "sp" and _role(shape) not in _FURNITURE:
            self._lines(_paragraphs(shape))
            if first(shape, "spPr", "blipFill") is not None:
                self._picture(shape)

    def _lines(self, lines: list[str]) -> None:
        for line in lines:
            self.builder.words(line)
            self.builder.line_end()
        self.builder.line_end(2)

    def _picture(self, shape: etree._Element) -> None:
        named = next((item for item in shape.iter() if local(item) == "cNvPr"), None)
        words = (named.get("descr") or named.get("title") or "") if named is not None else ""
        for item in shape.iter():
            relation = (
                self.relations.get(attribute(item, "embed") or "")
                if local(item) == "blip"
                else None
            )
            if relation is not None:
                self.builder.embedded(relation.target, words)

    def _frame(self, frame: etree._Element) -> None:
        for item in frame.iter():
            name = local(item)
            if name == "tbl":
                rows = [
                    [_cell(c) for c in row if local(c) == "tc"]
                    for row in item
                    if local(row) == "tr"
                ]
                self.builder.table(enumerate(rows, start=1))
            elif name == "chart":
                self._chart(_reference(item))
            elif name == "relIds":
                self._diagram(attribute(item, "dm") or "")

    def _chart(self, id: str) -> None:
        """The figures of a chart, which lie beside it as they were last drawn."""
        relation = self.relations.get(id)
        tree = self._parts.side_tree(relation.target) if relation else None
        series = [s for s in tree.iter() if local(s) == "ser"] if tree is not None else []
        if not series:
            return
        labels = _values(series[0], "cat", "xVal")
        figures = [_values(one, "val", "yVal") for one in series]
        rows = [["", *(" ".join(_values(one, "tx").values()) for one in series)]]
        for at in sorted({at for of in (labels, *figures) for at in of}):
            rows.append([labels.get(at, ""), *(of.get(at, "") for of in figures)])
        self.builder.table(enumerate(rows, start=1))

    def _diagram(self, id: str) -> None:
        relation = self.relations.get(id)
        tree = self._parts.side_tree(relation.target) if relation else None
        if tree is not None:
            self._lines(
                [line for item in tree.iter() if local(item) == "pt" for line in _paragraphs(item)]
            )


def _flat(shapes: etree._Element) -> Iterator[etree._Element]:
    """Shapes in their order, those in groups too."""
    for shape in shapes:
        name = local(shape)
        if name in ("grpSp", "AlternateContent", "Choice"):
            yield from _flat(shape)
        elif name in ("sp", "pic", "graphicFrame"):
            yield shape


def _role(shape: etree._Element) -> str:
    """What a placeholder is for; "" for other shapes."""
    for above in ("nvSpPr", "nvPicPr", "nvGraphicFramePr"):
        place = first(shape, above, "nvPr", "ph")
        if place is not None:
            return place.get("type") or "body"
    return ""


def _paragraphs(shape: etree._Element) -> list[str]:
    """Lines of text: DrawingML's paragraphs, with a dash before those set deeper."""
    found = []
    for paragraph in shape.iter():
        if local(paragraph) != "p":
            continue
        pieces = [_piece(item) for item in paragraph.iter()]
        text = "".join(pieces).strip()
        properties = first(paragraph, "pPr")
        deep = properties is not None and (properties.get("lvl") or "0") != "0"
        found += [
            f"- {line.strip()}" if deep else line.strip()
            for line in text.split("\n")
            if line.strip()
        ]
    return found


def _piece(item: etree._Element) -> str:
    name = local(item)
    if name == "t":
        return item.text or ""
    return "\n" if name == "br" else ""


def _cell(cell: etree._Element) -> str:
    return " ".join(_paragraphs(cell))


def _values(series: etree._Element, *names: str) -> dict[int, str]:
    """The cached points of one part of a chart's series, by their place."""
    element = next((child for child in series if local(child) in names), None)
    found: dict[int, str] = {}
    for point in () if element is None else element.iter():
        if local(point) == "pt":
            value = first(point, "v")
            place = point.get("idx") or ""
            if value is not None and value.text and place.isdigit():
                found[int(place)] = value.text.strip()
        elif local(point) == "v" and not found:
            found[0] = (point.text or "").strip()
    return found
