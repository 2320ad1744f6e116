"""Org, reStructuredText and plain text: headings and pictures by their line patterns."""

from __future__ import annotations

import re

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.notes.prose import Prose, ProseBuilder
from desktop_mmrag.extract.times import parse_time

_ORG_HEADING = re.compile(
    r"(\*+)\s+(?:(?:TODO|DONE|NEXT|WAITING)\s+)?(?:\[#\w\]\s+)?(.*?)(\s+:[\w@:]+:)?\s*$"
)
_ORG_KEYWORD = re.compile(r"#\+(\w+):\s*(.*)", re.IGNORECASE)
_ORG_LINK = re.compile(r"\[\[([^\]]+)\](?:\[([^\]]*)\])?\]")
_ORG_UNREAD = re.compile(r"\s*(#\+|# |:[A-Z_]+:|(SCHEDULED|DEADLINE|CLOSED):)", re.IGNORECASE)
_RST_LINE = re.compile(r"([=\-`:.'\"~^_*+#<>])\1{2,}\s*$")
_RST_PICTURE = re.compile(r"\s*\.\.\s+(?:\|[^|]*\|\s+)?(image|figure)::\s*(\S.*?)\s*$")
_RST_OPTION = re.compile(r"\s+:(\w+):\s*(.*)")
_RST_FIELD = re.compile(r":(\w+):\s+(.*)")
_RST_LINK = re.compile(r"`([^`<]+?)\s*<[^>`]+>`__?|:\w+:`([^`<]+?)(?:\s*<[^>`]*>)?`")


def read_plain(text: str) -> Prose:
    """Plain text as it stands, with lone trailing spaces and runs of empty lines removed."""
    lines = re.sub(r"[ \t\f]+(?=\n)", "", text.expandtabs(4) if "\t" in text else text)
    clean = re.sub(r"\n{3,}", "\n\n", lines).strip("\n").rstrip()
    return Prose(clean)


def read_org(text: str) -> Prose:
    """An org file: headings, #+KEYWORDS as facts, links to pictures."""
    builder, fields, code = ProseBuilder(), dict[str, str](), False
    for line in text.split("\n"):
        keyword = _ORG_KEYWORD.match(line)
        heading = _ORG_HEADING.match(line) if not code else None
        if re.match(r"(?i)\s*#\+(begin|end)_", line):
            code = line.strip().lower().startswith(("#+begin_src", "#+begin_example"))
        elif keyword:
            _keep_field(fields, keyword, builder)
        elif heading:
            builder.heading(len(heading[1]), _ORG_LINK.sub(lambda m: m[2] or m[1], heading[2]))
        elif code or not _ORG_UNREAD.match(line):
            _org_line(line, builder, code)
    return builder.build(_facts(fields, builder))


def _keep_field(fields: dict[str, str], keyword: re.Match[str], builder: ProseBuilder) -> None:
    name = keyword[1].lower()
    if name == "caption":
        builder.words(keyword[2])
        builder.line_end()
    else:
        fields.setdefault(name, keyword[2].strip())


def _org_line(line: str, builder: ProseBuilder, code: bool) -> None:
    if not line.strip():
        builder.line_end(2)
        return
    last = 0
    for link in [] if code else _ORG_LINK.finditer(line):
        builder.add(line[last : link.start()])
        target = re.sub(r"^(file|attachment):", "", link[1])
        builder.picture(target, link[2] or "")
        if not link[2] and not builder.shows(target):
            builder.words(link[1])
        last = link.end()
    builder.add(line[last:].rstrip())
    builder.line_end()


def read_rst(text: str) -> Prose:
    """A reStructuredText file: underlined headings, field lists as facts, image directives."""
    builder, fields, levels = ProseBuilder(), dict[str, str](), list[str]()
    lines, i = text.split("\n"), 0
    while i < len(lines):
        title = _rst_heading(lines, i, levels)
        picture = _RST_PICTURE.match(lines[i])
        field = _RST_FIELD.match(lines[i])
        if title:
            level, words, taken = title
            builder.heading(level, _rst_inline(words))
            i += taken
        elif picture:
            i = _rst_picture(lines, i, picture[2], builder)
        elif field and not builder.has_text_beyond_headings():
            fields.setdefault(field[1].lower(), field[2].strip())
            i += 1
        else:
            _rst_line(lines[i], builder)
            i += 1
    return builder.build(_facts(fields, builder))


def _rst_heading(lines: list[str], i: int, levels: list[str]) -> tuple[int, str, int] | None:
    """Level, title and lines taken. Levels are numbered in the order their marks first appear."""
    over = _RST_LINE.match(lines[i])
    if over and i + 2 < len(lines) and lines[i + 2].rstrip() == lines[i].rstrip():
        mark, words, taken = over[1] * 2, lines[i + 1].strip(), 3
    elif not over and i + 1 < len(lines) and lines[i][:1].strip():
        under = _RST_LINE.match(lines[i + 1])
        if not under or len(lines[i + 1].rstrip()) < len(lines[i].rstrip()):
            return None
        mark, words, taken = under[1], lines[i].strip(), 2
    else:
        return None
    if not words:
        return None
    if mark not in levels:
        levels.append(mark)
    return levels.index(mark) + 1, words, taken


def _rst_picture(lines: list[str], i: int, target: str, builder: ProseBuilder) -> int:
    options: dict[str, str] = {}
    i += 1
    while i < len(lines) and (option := _RST_OPTION.match(lines[i])):
        options[option[1]] = option[2]
        i += 1
    builder.line_end()
    builder.picture(target, options.get("alt", ""))
    builder.line_end()
    return i


def _rst_line(line: str, builder: ProseBuilder) -> None:
    if not line.strip():
        builder.line_end(2)
    elif re.match(r"\s*\.\.(\s|$)", line):
        # A directive or comment: what follows on the line may still be words.
        builder.words(re.sub(r"\s*\.\.\s*(?:[\w-]+::|_[^:]+:\s*\S*)?", "", line))
        builder.line_end()
    elif not _RST_LINE.match(line.strip()):
        builder.add(_rst_inline(line.rstrip()))
        builder.line_end()


def _rst_inline(text: str) -> str:
    text = _RST_LINK.sub(lambda link: link[1] or link[2], text)
    return re.sub(r"(\*\*|``)(\S(?:.*?\S)?)\1", r"\2", text)


def _facts(fields: dict[str, str], builder: ProseBuilder) -> Facts:
    tags = fields.get("filetags") or fields.get("tags") or fields.get("keywords") or ""
    first = next((h.title for h in builder.headings[:1] if h.level == 1), None)
    return Facts(
        title=fields.get("title") or first,
        author=fields.get("author") or None,
        taken_at=parse_time(fields.get("date", "").strip("<>[] ")),
        keywords=tuple(dict.fromkeys(tag for tag in re.split(r"[:,;\s]+", tags) if tag)),
    )
