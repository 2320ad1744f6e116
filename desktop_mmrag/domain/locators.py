"""Where a segment lies in its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Whole:
    """The content as a whole."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Characters [start, end) of the extracted text, under a heading."""

    start: int
    end: int
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1; with characters [start, end) of its text for a passage."""

    page: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of width and height from the top left, after EXIF rotation."""

    x0: float
    y0: float
    x1: float
    y1: float
    page: int | None = None
    """The page it lies on, counted from 1; None in a photo."""

    def overlaps(self, other: Box) -> bool:
        """Whether they share some area of the same page."""
        beside = self.x1 <= other.x0 or other.x1 <= self.x0
        apart = self.y1 <= other.y0 or other.y1 <= self.y0
        return self.page == other.page and not (beside or apart)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Seconds from the start of a recording."""

    start_s: float
    end_s: float


Locator = Whole | TextSpan | Page | Box | TimeSpan


def locator_to_json(locator: Locator) -> dict[str, Any]:
    """The shape that the commands print and the library keeps."""
    match locator:
        case Whole():
            return {"kind": "whole"}
        case TextSpan(start, end, heading):
            return present({"kind": "text", "start": start, "end": end, "heading": heading})
        case Page(page, start, end):
            return present({"kind": "page", "page": page, "start": start, "end": end})
        case Box(x0, y0, x1, y1, page):
            return present({"kind": "box", "box": [x0, y0, x1, y1], "page": page})
        case TimeSpan(start_s, end_s):
            return {"kind": "time", "start_s": start_s, "end_s": end_s}


def locator_from_json(data: Mapping[str, Any]) -> Locator:
    """The inverse of `locator_to_json`. Raises ValueError for an unknown kind."""
    match data["kind"]:
        case "whole":
            return Whole()
        case "text":
            return TextSpan(data["start"], data["end"], data.get("heading"))
        case "page":
            return Page(data["page"], data.get("start"), data.get("end"))
        case "box":
            x0, y0, x1, y1 = data["box"]
            return Box(x0, y0, x1, y1, data.get("page"))
        case "time":
            return TimeSpan(data["start_s"], data["end_s"])
        case kind:
            raise ValueError(f"unknown locator kind {kind!r}")


def present(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is None."""
    return {key: value for key, value in data.items() if value is not None}
