"""XMP, embedded in a picture or in a side-car beside it: rating, words, date and place.

Read by pattern rather than by an XML parser: no entity expands, and broken packets still speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from math import isfinite
from pathlib import Path

from desktop_mmrag.domain import Beside, Facts
from desktop_mmrag.errors import FileDamaged, FileTooLarge
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.pictures.place import name_of, sound_position
from desktop_mmrag.extract.times import parse_time

_LONGEST = 1_000_000
_LARGEST_SIDECAR = 16_000_000
# Best first.
_DATES = (
    "exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate", "exif:GPSTimeStamp",
)  # fmt: skip
# People marked in the picture, by the IPTC extension and by the Metadata Working Group's regions.
_PEOPLE = "Iptc4xmpExt:PersonInImage"
_REGION_NAMES = re.compile(r"mwg-rs:Name\s*(?:=\s*[\"']|>)\s*([^\"'<]{1,100})")
_HIERARCHIES = ("lr:hierarchicalSubject", "digiKam:TagsList")
_PLACE_NAMES = ("Iptc4xmpCore:Location", "photoshop:City", "photoshop:State", "photoshop:Country")
# Part 2 of the XMP specification: "60,23.5N" and "60,23,30N".
_ANGLE = re.compile(r"\s*(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])\s*$")
# MicrosoftPhoto:Rating counts in hundredths.
_PERCENT_A_STAR = 25


def read(path: Path) -> Beside:
    """What an XMP side-car says. Raises FileDamaged for a file that holds no XMP, FileTooLarge."""
    with explained(path):
        if path.stat().st_size > _LARGEST_SIDECAR:
            raise FileTooLarge(f"{path.name} is a side-car of more than 16 MB.")
        text = decode(path.read_bytes())
    if "<rdf:RDF" not in text and "<rdf:Description" not in text:
        raise FileDamaged(f"{path.name} is named like an XMP side-car but holds no XMP.")
    return Beside(with_place_name(facts_in(text)))


def facts_in(packet: bytes | str) -> Facts:
    """Facts of an XMP packet; an empty or broken one gives none."""
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else packet
    text = text[:_LONGEST]
    if "<" not in text:
        return Facts()
    position = _position(text)
    return Facts(
        taken_at=parse_time(next(filter(None, (_value(text, name) for name in _DATES)), None)),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        place=", ".join(filter(None, (_value(text, name) for name in _PLACE_NAMES))) or None,
        author=", ".join(_items(text, "dc:creator")) or None,
        title=next(iter(_items(text, "dc:title")), None),
        description=next(iter(_items(text, "dc:description")), None),
        keywords=tuple(dict.fromkeys(_keywords(text))),
        rating=_rating(text),
    )


def with_place_name(facts: Facts) -> Facts:
    """A position without a name gets that of the nearest town."""
    if facts.place or facts.latitude is None or facts.longitude is None:
        return facts
    return replace(facts, place=name_of(facts.latitude, facts.longitude))


def _keywords(text: str) -> Iterator[str]:
    flat = _items(text, "dc:subject")
    yield from flat
    if not flat:
        for name in _HIERARCHIES:
            yield from (re.split(r"[|/]", item)[-1].strip() for item in _items(text, name))
    yield from _items(text, _PEOPLE)
    yield from (_clean(name) for name in _REGION_NAMES.findall(text))


def _rating(text: str) -> int | None:
    """1 to 5 stars; 0 is none and -1 a rejected picture."""
    stars = _number(_value(text, "xmp:Rating"))
    if stars is None and (share := _number(_value(text, "MicrosoftPhoto:Rating"))):
        stars = 1 + share // _PERCENT_A_STAR
    return min(int(stars), 5) if stars is not None and stars >= 1 else None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if isfinite(number) else None


def _position(text: str) -> tuple[float, float] | None:
    latitude = _angle(_value(text, "exif:GPSLatitude"))
    longitude = _angle(_value(text, "exif:GPSLongitude"))
    if latitude is None or longitude is None:
        return None
    return sound_position(latitude, longitude)


def _angle(text: str | None) -> float | None:
    match = _ANGLE.match(text or "")
    if match is None:
        return None
    degrees = float(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return -degrees if match[4] in "SW" else degrees


def _value(text: str, name: str) -> str | None:
    """A simple property, written as an attribute or as an element."""
    found = re.search(rf"\b{name}\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)')|>([^<]*)<)", text)
    return _clean(next(filter(None, found.groups()), "")) or None if found else None


def _items(text: str, name: str) -> list[str]:
    """The members of a list, or the one value of a property that should have been a list."""
    start, end = text.find(f"<{name}"), text.find(f"</{name}>")
    if start < 0 or end < start:
        single = _value(text, name)
        return [single] if single else []
    inside = text[start:end]
    items = re.findall(r"<rdf:li[^>]*>([^<]*)</rdf:li>", inside)
    if not items and "<rdf:" not in inside:
        items = [inside.partition(">")[2]]
    return [clean for item in items if (clean := _clean(item))]


def _clean(text: str) -> str:
    return " ".join(unescape(text).split())
