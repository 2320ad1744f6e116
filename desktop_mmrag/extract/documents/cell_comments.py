"""Comments on the cells of a sheet, the old kind and threads of replies (ECMA-376 18.7, MS-XLSX 2.6.204)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from desktop_mmrag.extract.documents import ooxml
from desktop_mmrag.extract.documents.ooxml import Relation, local
from desktop_mmrag.extract.documents.package import Package

# The author of the old comment that Excel leaves beside a thread, for older programs.
_STANDS_FOR_A_THREAD = "tc="


def written(parts: Package, sheet: str, people: dict[str, str]) -> Iterator[str]:
    """ "B7, Ana Ruiz: too dear", one for each comment of a sheet in the order of the file.

    `sheet`: the sheet's member in the package. `people`: names by id, as `people_in` gives them.
    """
    for relation in ooxml.relations(parts, sheet).values():
        yield from _of(parts, relation, people)


def people_in(parts: Package, workbook: str) -> dict[str, str]:
    """Who takes part in threads: names by id."""
    related = ooxml.relations(parts, workbook).values()
    trees = (parts.side_tree(r.target) for r in related if r.kind == "person")
    people = (person for tree in trees if tree is not None for person in tree)
    return {person.get("id") or "": person.get("displayName") or "" for person in people}


def _of(parts: Package, relation: Relation, people: dict[str, str]) -> Iterator[str]:
    if relation.kind not in ("comments", "threadedComment"):
        return
    tree = parts.side_tree(relation.target)
    if tree is None:
        return
    authors = [item.text or "" for item in tree.iter() if local(item) == "author"]
    for comment in tree.iter():
        match local(comment):
            case "comment":
                author = _listed(authors, comment.get("authorId") or "")
                if author.startswith(_STANDS_FOR_A_THREAD):
                    continue
            case "threadedComment":
                author = people.get(comment.get("personId") or "", "")
            case _:
                continue
        if text := _text(comment):
            where = comment.get("ref") or ""
            yield f"{where}, {author}: {text}" if author else f"{where}: {text}"


def _listed(authors: list[str], number: str) -> str:
    return authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""


def _text(comment: etree._Element) -> str:
    runs = (item.text or "" for item in comment.iter() if local(item) in ("t", "text"))
    return " ".join("".join(runs).split())
