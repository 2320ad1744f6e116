"""Dates as files write them."""

from __future__ import annotations

import re
from datetime import datetime

# The year of the oldest photograph that is kept.
_EARLIEST = 1826
_NUMERIC = re.compile(
    r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
# ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSS, everything after the year optional.
_PDF = re.compile(r"\s*(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?")
_NAMED_FORMATS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%a %b %d %Y")


def parse_time(text: str | None) -> datetime | None:
    """The wall clock in "2019:07:14 12:30:05", "2019-07-14T12:30+02:00" or a date alone."""
    match = _NUMERIC.match(text or "")
    if match is not None:
        return _sound([int(part or 0) for part in match.groups()])
    for layout in _NAMED_FORMATS:
        try:
            return datetime.strptime((text or "").strip(), layout)
        except ValueError:
            continue
    return None


def parse_pdf_time(text: str | None) -> datetime | None:
    """The wall clock in a PDF's "D:20230317171542-04'00'"."""
    match = _PDF.match(text or "")
    if match is None:
        return parse_time(text)
    defaults = (None, 1, 1, 0, 0, 0)
    return _sound([int(p) if p else d or 0 for p, d in zip(match.groups(), defaults, strict=True)])


def _sound(parts: list[int]) -> datetime | None:
    try:
        found = datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        return None
    # Clocks that were never set write year 0 or the first second of 1970.
    return found if found.year >= _EARLIEST and found != datetime(1970, 1, 1) else None
