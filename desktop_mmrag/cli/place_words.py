"""Where a hit or a segment lies, as a person says it: "page 3", "at 1:02:03", "“Costs”"."""

from __future__ import annotations

from desktop_mmrag.answer.speech import clock
from desktop_mmrag.domain import Box, Locator, Page, TextSpan, TimeSpan


def place_words(locator: Locator) -> str:
    """Where a locator begins; empty for the whole of a file."""
    match locator:
        case Page(page=page):
            return f"page {page}"
        case Box(page=int(page)):
            return f"page {page}"
        case TextSpan(heading=str(heading)) if heading:
            return f"“{heading}”"
        case TimeSpan(start_s=start):
            return f"at {clock(start)}"
    return ""


def extent_words(locator: Locator) -> str:
    """What a locator covers: as `place_words`, with the end of a time span and the part of a picture."""
    match locator:
        case TimeSpan(start_s=start, end_s=end) if clock(end) != clock(start):
            return f"{clock(start)}–{clock(end)}"
        case Box(x0=x0, y0=y0, x1=x1, y1=y1, page=page):
            part = f"{x0:.0%}–{x1:.0%} across, {y0:.0%}–{y1:.0%} down"
            return f"page {page}, {part}" if page else part
    return place_words(locator)
