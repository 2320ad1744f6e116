"""Markdown to readable text: headings, front matter, tables, links and the pictures shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.notes.prose import Prose, ProseBuilder, local_picture
from desktop_mmrag.extract.times import parse_time

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST_FRONT_MATTER = 20_000
_OBSIDIAN_PICTURE = re.compile(r"!\[\[([^\]|#\n]+)(?:#[^\]|\n]*)?(?:\|([^\]\n]*))?\]\]")
# Addresses with spaces are no CommonMark, but people write them.
_SPACED_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^()<>\n]*\.\w{3,5})(\s+\"[^\"\n]*\")?\)")
_OBSIDIAN_LINK = re.compile(r"\[\[([^\]|\n]+)(?:\|([^\]\n]*))?\]\]")
_SIZE = re.compile(r"\d+(x\d+)?")
_TAGS_IN_TEXT = re.compile(r"(?<![\w&/#])#([A-Za-z][\w/-]{1,40})")
_HTML_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(src|alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def read(text: str) -> Prose:
    """The note's text without markup, with headings, pictures and the facts of its front matter."""
    facts, body = split_front_matter(text)
    body = _SPACED_PICTURE.sub(_bracketed, body)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    writer = _Writer()
    writer.blocks(tokens)
    return writer.builder.build(_with_title(facts, writer.builder, body))


def _bracketed(found: re.Match[str]) -> str:
    path = found[2].strip()
    return f"![{found[1]}](<{path}>{found[3] or ''})" if " " in path else found[0]


def split_front_matter(text: str) -> tuple[Facts, str]:
    """Title, author, date and keywords of a YAML block at the start, and the text after it."""
    match = _FRONT_MATTER.match(text)
    if match is None or match.end() > _LONGEST_FRONT_MATTER:
        return Facts(), text
    try:
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return Facts(), text
    return (_facts(fields), text[match.end() :]) if isinstance(fields, dict) else (Facts(), text)


def _facts(fields: dict[Any, Any]) -> Facts:
    fields = {str(key).lower(): value for key, value in fields.items()}
    written = next(
        (fields[k] for k in ("date", "created", "published", "day") if k in fields), None
    )
    names = _list(fields.get("author") or fields.get("authors"))
    tags = (
        *_list(fields.get("tags")),
        *_list(fields.get("keywords")),
        *_list(fields.get("categories")),
    )
    return Facts(
        title=str(fields["title"]).strip() or None if fields.get("title") else None,
        author=", ".join(names) or None,
        taken_at=_time(written),
        keywords=tuple(dict.fromkeys(tag.lstrip("#") for tag in tags)),
    )


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,;]", value) if part.strip()]
    if isinstance(value, list):
        return [str(part).strip() for part in value if isinstance(part, (str, int, float))]
    return []


def _time(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return parse_time(value) if isinstance(value, str) else None


def _with_title(facts: Facts, builder: ProseBuilder, body: str) -> Facts:
    from dataclasses import replace

    first = next((h.title for h in builder.headings[:1] if h.level == 1), None)
    prose_tags = _TAGS_IN_TEXT.findall(
        re.sub(r"```.*?```|`[^`]*`", "", body[:200_000], flags=re.DOTALL)
    )
    tags = tuple(dict.fromkeys((*facts.keywords, *prose_tags)))[:50]
    return replace(facts, title=facts.title or first, keywords=tags)


class _Writer:
    """Writes markdown-it's tokens as plain text."""

    def __init__(self) -> None:
        self.builder = ProseBuilder()
        self._depth = 0
        self._numbers: list[int | None] = []
        self._cell = 0

    def blocks(self, tokens: Sequence[Token]) -> None:
        """All block tokens of a document."""
        skip = -1
        for i, token in enumerate(tokens):
            if i <= skip:
                continue
            if token.type == "heading_open":
                self._heading(token, tokens[i + 1])
                skip = i + 1
            else:
                self._block(token)

    def _heading(self, token: Token, inline: Token) -> None:
        title = ProseBuilder()
        inside = _Writer()
        inside.builder = title
        inside.inline(inline.children or [])
        self.builder.heading(int(token.tag[1:]), title.build(Facts()).text)

    def _block(self, token: Token) -> None:
        builder, kind = self.builder, token.type
        if kind == "inline":
            self.inline(token.children or [])
        elif kind in ("fence", "code_block"):
            builder.line_end(2)
            builder.add(token.content.rstrip("\n"))
            builder.line_end(2)
        elif kind == "html_block":
            self._html(token.content)
            builder.line_end(2)
        elif kind.startswith(("bullet_list", "ordered_list")):
            self._list(token)
        elif kind == "list_item_open":
            self._item()
        elif kind in ("th_open", "td_open", "tr_open"):
            self._table(kind)
        elif kind == "paragraph_close":
            builder.line_end(1 if token.hidden else 2)
        elif kind in ("tr_close", "list_item_close"):
            builder.line_end()
        elif kind in ("table_close", "blockquote_close", "hr"):
            builder.line_end(2)

    def _list(self, token: Token) -> None:
        if token.nesting > 0:
            ordered = token.type.startswith("ordered")
            self._numbers.append(int(token.attrGet("start") or 1) if ordered else None)
            self.builder.line_end()
            return
        self._numbers.pop()
        self.builder.line_end(1 if self._numbers else 2)

    def _item(self) -> None:
        self.builder.line_end()
        number = self._numbers[-1] if self._numbers else None
        mark = "- " if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1
        self.builder.add("  " * (len(self._numbers) - 1) + mark)

    def _table(self, kind: str) -> None:
        if kind == "tr_open":
            self._cell = 0
            return
        self.builder.add(" | " if self._cell else "| ")
        self._cell += 1

    def inline(self, tokens: Sequence[Token]) -> None:
        """The pieces of a paragraph."""
        for token in tokens:
            if token.type == "text":
                self._text(token.content)
            elif token.type == "code_inline":
                self.builder.add(token.content)
            elif token.type in ("softbreak", "hardbreak"):
                # Markdown joins lines, people mean them: a list of numbers, a poem.
                self.builder.line_end()
            elif token.type == "image":
                self._image(token)
            elif token.type == "link_open":
                self._link(str(token.attrGet("href") or ""))
            elif token.type == "html_inline":
                self._html(token.content)

    def _image(self, token: Token) -> None:
        title = str(token.attrGet("title") or "")
        self.builder.picture(str(token.attrGet("src") or ""), f"{token.content} {title}")

    def _link(self, target: str) -> None:
        if local_picture(target):
            self.builder.picture(target, "")

    def _html(self, html: str) -> None:
        for tag in _HTML_PICTURE.findall(html):
            found = {m[0].lower(): m[1] or m[2] for m in _ATTRIBUTE.findall(tag)}
            self.builder.picture(
                found.get("src", ""), f"{found.get('alt', '')} {found.get('title', '')}"
            )
        self.builder.words(re.sub(r"<!--.*?-->|<[^>]*>", " ", html, flags=re.DOTALL))

    def _text(self, text: str) -> None:
        last = 0
        for match in _OBSIDIAN_PICTURE.finditer(text):
            self._plain(text[last : match.start()])
            shown = match[2] or ""
            self.builder.picture(match[1], "" if _SIZE.fullmatch(shown.strip()) else shown)
            last = match.end()
        self._plain(text[last:])

    def _plain(self, text: str) -> None:
        self.builder.words(_OBSIDIAN_LINK.sub(lambda link: link[2] or link[1], text))
