"""Cuts text into sentences, and into lines as they were written, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

Place = tuple[int, int]
"""Characters [start, end) of a text."""

# A line this long was probably broken by the width of the page, not by its writer.
_WRAPPED = 40
# Of items and messages of a chat ("Jonas (18:02): ...") each begins anew.
_ITEM = re.compile(
    r"\s*(?:[-*•–—▪◦]\s|\(?\d{1,2}[.)]\s|\[[ x]\]|#|\||>|[^\n():]{1,40} \(\d\d:\d\d\): )"
)
_LONGEST_QUOTED = 600
_BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
_LEADERS = re.compile(r"(?:[.·_]\s?){8,}")
_END = re.compile(
    r"(?P<mark>[.!?…]+)[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]?[^\W_a-zß-öø-ÿ])|[。！？]+[”’」』]*"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|prof|sr|jr|vs|etc|fig|eq|no|vol|pp?|approx|ca|inc|ltd|co|corp"
    r"|sdn|bhd|dept|est|gen|col|lt|sgt|rev|hon|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
    r"|\d{1,2}|nr|bzw|usw|sra?|e\.g|i\.e|z\.b|u\.s|u\.k|[a-z])$",
    re.IGNORECASE,
)


def lines(text: str) -> Iterator[Place]:
    """Lines that hold anything, without the white space around them."""
    for match in re.finditer(r"[^\n]+", text):
        yield from _trimmed(text, match.start(), match.end())


def sentences(text: str) -> Iterator[Place]:
    """Sentences, headings, list items and short lines; lines wrapped by a page are joined."""
    for start, end in _blocks(text):
        begin = start
        for match in _END.finditer(text, start, end):
            if match["mark"] == "." and _ABBREVIATION.search(text, begin, match.start()):
                continue
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
        yield from _trimmed(text, begin, end)


def _blocks(text: str) -> Iterator[Place]:
    """Runs of lines that read on from one to the next."""
    open_since: int | None = None
    last_end = 0
    for match in re.finditer(r"[^\n]+", text):
        reads_on = open_since is not None and _reads_on(text, last_end, match)
        if open_since is not None and not reads_on:
            yield open_since, last_end
        if not reads_on:
            open_since = match.start()
        last_end = match.end()
    if open_since is not None:
        yield open_since, last_end


def _reads_on(text: str, last_end: int, line: re.Match[str]) -> bool:
    before = text[text.rfind("\n", 0, last_end) + 1 : last_end].rstrip()
    touching = line.start() - last_end == 1
    long_enough = len(before) >= _WRAPPED and not before.endswith(":")
    return touching and long_enough and not _ITEM.match(line.group())


def _trimmed(text: str, start: int, end: int) -> Iterator[Place]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def is_listing(text: str) -> bool:
    """A line of a table of contents: it says where something stands, not what."""
    return _LEADERS.search(text) is not None


def shortened(text: str) -> str:
    """A statement as an answer quotes it: without its bullet, and not without end."""
    text = _BULLET.sub("", text)
    if len(text) <= _LONGEST_QUOTED:
        return text
    return text[:_LONGEST_QUOTED].rsplit(" ", 1)[0] + " …"
