"""HTML to readable text: headings, tables row by row, author and date, and the pictures shown."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PreformattedString, Tag

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.notes.prose import Prose, ProseBuilder
from desktop_mmrag.extract.times import parse_time

_UNREAD = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "canvas",
        "head",
        "noscript",
        "math",
        "dialog",
        "audio",
        "video",
    ]
)
_FRAME = frozenset(["nav", "aside", "footer"])
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "figure",
        "table",
        "address",
        "details",
        "summary",
        "fieldset",
        "figcaption",
        "body",
        "hgroup",
        "center",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "nav",
        "aside",
        "footer",
    ]
)
_LINES = frozenset(["li", "dt", "dd", "tr", "br"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# An <article> that holds less of the page than this is a teaser, not the text.
_MAIN_SHARE = 0.3
# What stands in a cell of a table without a header; longer ones are columns of a page.
_LONGEST_VALUE = 120
# Deeper nesting is machine-made; its text is taken without structure.
_DEEPEST = 100


def read(text: str) -> Prose:
    """The page's text without markup, with headings, pictures and facts."""
    soup = BeautifulSoup(text, "html.parser")
    facts = _facts(soup)
    builder = ProseBuilder()
    _write(_main_part(soup), builder, 0)
    return builder.build(facts)


def _main_part(soup: BeautifulSoup) -> Tag:
    body = soup.body or soup
    whole = _length(body)
    for name in ("article", "main"):
        found = soup.find_all(name)
        if len(found) == 1 and _length(found[0]) > _MAIN_SHARE * whole:
            return found[0]
    return body


def _length(tag: Tag) -> int:
    return sum(
        len(text.strip())
        for text in tag.find_all(string=True)
        if text.parent is not None and text.parent.name not in _UNREAD
    )


def _write(tag: Tag, builder: ProseBuilder, depth: int) -> None:
    for child in tag.children:
        if isinstance(child, Tag):
            _element(child, builder, depth)
        elif isinstance(child, NavigableString) and not isinstance(
            child, (Comment, PreformattedString)
        ):
            builder.words(str(child))


def _element(tag: Tag, builder: ProseBuilder, depth: int) -> None:
    name = tag.name.lower()
    if name in _UNREAD or (name in _FRAME and not tag.find("img")):
        return
    if depth > _DEEPEST:
        builder.words(tag.get_text(" "))
    elif name in _HEADINGS:
        _heading(tag, builder, _HEADINGS[name], depth)
    elif name == "img":
        _picture(tag, builder)
    elif name == "pre":
        builder.line_end(2)
        _keep_lines(tag, builder)
        builder.line_end(2)
    elif name == "br":
        builder.line_end()
    else:
        _container(tag, name, builder, depth)


def _keep_lines(tag: Tag, builder: ProseBuilder) -> None:
    for end in tag.find_all("br"):
        end.replace_with("\n")
    builder.add(tag.get_text().strip("\n"))


def _heading(tag: Tag, builder: ProseBuilder, level: int, depth: int) -> None:
    builder.heading(level, tag.get_text(" "))
    for shown in tag.find_all("img"):
        _picture(shown, builder)


def _container(tag: Tag, name: str, builder: ProseBuilder, depth: int) -> None:
    gap = 2 if name in _BLOCKS else 1 if name in _LINES else 0
    builder.line_end(gap)
    if name == "li":
        builder.add("- ")
    elif name in ("td", "th"):
        # Cells of a row stay on its line.
        _cell(tag, builder)
        return
    _write(tag, builder, depth + 1)
    builder.line_end(gap)


def _cell(tag: Tag, builder: ProseBuilder) -> None:
    begins = tag.find_previous_sibling(("td", "th")) is None
    table = tag.find_parent("table")
    if isinstance(table, Tag) and _is_data(table):
        builder.add("| " if begins else " | ")
    elif not begins:
        builder.add("  ")
    for shown in tag.find_all("img"):
        _picture(shown, builder)
    builder.words(tag.get_text(" ", strip=True))


def _is_data(table: Tag) -> bool:
    """Whether a table holds values; many a page and message is only laid out by one."""
    if table.find("table") is not None:
        return False
    rows = [row.find_all(("td", "th"), recursive=False) for row in table.find_all("tr")]
    widths = {len(cells) for cells in rows if cells}
    if len(rows) < 2 or max(widths, default=0) < 2:
        return False
    if table.find("th") is not None:
        return True
    return len(widths) == 1 and all(
        len(cell.get_text(" ", strip=True)) <= _LONGEST_VALUE for cells in rows for cell in cells
    )


def _picture(tag: Tag, builder: ProseBuilder) -> None:
    words = " ".join(dict.fromkeys((_attribute(tag, "alt"), _attribute(tag, "title")))).strip()
    target = _attribute(tag, "src")
    if target.startswith("data:"):
        # A placeholder until the page's script puts the picture there.
        target = _attribute(tag, "data-src") or target
    builder.picture(target, words)
    builder.words(" " if words else "")
    figure = tag.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    if isinstance(caption, Tag) and builder.shows(target):
        builder.describe_last(" ".join(f"{words} {caption.get_text(' ')}".split()))


def _facts(soup: BeautifulSoup) -> Facts:
    metas: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        key = (_attribute(tag, "name") or _attribute(tag, "property")).lower()
        metas.setdefault(key, _attribute(tag, "content").strip())
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    date = next((metas[k] for k in _DATES if metas.get(k)), None) or _time_tag(soup)
    author = next((metas[k] for k in _AUTHORS if metas.get(k)), None)
    words = (word.strip() for word in metas.get("keywords", "").split(","))
    return Facts(
        title=title or metas.get("og:title") or None,
        author=author if author and not author.startswith("http") else None,
        taken_at=parse_time(date),
        keywords=tuple(dict.fromkeys(word for word in words if word)),
    )


_DATES = ("article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created", "pubdate")
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "article:author")


def _time_tag(soup: BeautifulSoup) -> str | None:
    tag = soup.find("time")
    if not isinstance(tag, Tag):
        return None
    return _attribute(tag, "datetime") or tag.get_text(strip=True) or None


def _attribute(tag: Any, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else re.sub(r"\s+", " ", " ".join(value or ()))
