"""What a photo says of itself: EXIF, XMP and IPTC to facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PIL import Image, ImageFile, IptcImagePlugin

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.place import name_of
from desktop_mmrag.extract.times import parse_time

# Tag numbers of CIPA DC-008 (Exif 2.32).
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_MAKE, _MODEL, _DATE_TIME, _ARTIST, _DESCRIPTION = 0x010F, 0x0110, 0x0132, 0x013B, 0x010E
_ORIGINAL, _DIGITISED = 0x9003, 0x9004
_XP_TITLE, _XP_KEYWORDS = 0x9C9B, 0x9C9E
# Best first.
_XMP_DATES = ("DateTimeOriginal", "DateCreated", "CreateDate", "GPSTimeStamp")
# What cameras write into the description of every picture.
_NO_TITLE = re.compile(
    r"(?i)^(olympus digital camera|dcim\\|sony dsc|default|minolta|kodak|samsung|"
    r"digital camera|screenshot|untitled|exif_jpeg|\W*$)"
)


def facts_of(image: Image.Image, full_size: tuple[int, int]) -> Facts:
    """Facts of an opened picture. Broken metadata counts as none."""
    exif = _quiet(image.getexif, Image.Exif())
    inner = _quiet(lambda: exif.get_ifd(_EXIF_IFD), {})
    position = _position(_quiet(lambda: exif.get_ifd(_GPS_IFD), {}))
    written = _descriptive(image, exif)
    return Facts(
        taken_at=_taken_at(exif, inner, written.get("date")),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        place=_quiet(lambda: name_of(*position), None) if position else None,
        camera=camera_name(_text(exif.get(_MAKE)), _text(exif.get(_MODEL))),
        author=_text(exif.get(_ARTIST)) or written.get("author"),
        title=written.get("title"),
        keywords=written.get("keywords", ()),
        width=full_size[0],
        height=full_size[1],
    )


def camera_name(make: str | None, model: str | None) -> str | None:
    """ "Canon", "Canon EOS 80D" to "Canon EOS 80D"; "NIKON CORPORATION", "NIKON D90" to "Nikon D90"."""
    if not model:
        return _brand(make) if make else None
    if not make:
        return model
    brand = _brand(make)
    if model.lower().startswith(brand.lower()):
        return f"{brand}{model[len(brand) :]}"
    return f"{brand} {model}"


def _brand(make: str) -> str:
    words = re.sub(
        r"(?i)[,.]?\s*\b(corporation|corp|co|ltd|inc|gmbh|company|imaging|optical|electronics|"
        r"techwin|communications|mobile|digital camera)\b\.?,?",
        "",
        make,
    ).strip(" ,.")
    words = words or make
    return words.title() if words.isupper() and len(words) > 4 else words


def _taken_at(exif: Image.Exif, inner: Mapping[int, Any], written: str | None) -> datetime | None:
    candidates = (
        _text(inner.get(_ORIGINAL)),
        _text(exif.get(_ORIGINAL)),
        _text(inner.get(_DIGITISED)),
        written,
        _text(exif.get(_DATE_TIME)),
        _gps_time(_quiet(lambda: exif.get_ifd(_GPS_IFD), {})),
    )
    return next((found for text in candidates if (found := parse_time(text))), None)


def _gps_time(gps: Mapping[int, Any]) -> str | None:
    day = _text(gps.get(29))
    if not day:
        return None
    clock = _quiet(lambda: [int(float(part)) for part in gps[7]], [0, 0, 0])
    return f"{day} {clock[0]:02d}:{clock[1]:02d}:{clock[2]:02d}" if len(clock) == 3 else day


def _position(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    try:
        latitude = _degrees(gps[2]) * (-1 if _text(gps.get(1)) == "S" else 1)
        longitude = _degrees(gps[4]) * (-1 if _text(gps.get(3)) == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    # 0, 0 is what receivers without a fix write; NaN fails every comparison.
    sound = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0.0, 0.0)
    return (round(latitude, 6), round(longitude, 6)) if sound else None


def _degrees(parts: Any) -> float:
    if isinstance(parts, (int, float)):
        return float(parts)
    values = [float(part) for part in parts][:3]
    return sum((value / 60.0**power for power, value in enumerate(values)), 0.0)


def _descriptive(image: Image.Image, exif: Image.Exif) -> dict[str, Any]:
    """Title, keywords, author and date from XMP, then IPTC, then the EXIF description."""
    xmp = _quiet(lambda: _from_xmp(image), {})
    iptc = _quiet(lambda: _from_iptc(image), {})
    title = xmp.get("title") or iptc.get("title") or _windows(exif.get(_XP_TITLE))
    described = _text(exif.get(_DESCRIPTION))
    if not title and described and not _NO_TITLE.match(described):
        title = described
    windows = tuple(w.strip() for w in (_windows(exif.get(_XP_KEYWORDS)) or "").split(";"))
    keywords = (*xmp.get("keywords", ()), *iptc.get("keywords", ()), *windows)
    return {
        "title": title,
        "keywords": tuple(dict.fromkeys(word for word in keywords if word)),
        "author": xmp.get("author") or iptc.get("author"),
        "date": xmp.get("date") or iptc.get("date"),
    }


def _from_xmp(image: Image.Image) -> dict[str, Any]:
    """By pattern rather than an XML parser: entities cannot expand, and Pillow's needs defusedxml."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet)
    if "<" not in text:
        return {}
    text = text[:1_000_000]
    dates = re.findall(rf"({'|'.join(_XMP_DATES)})\s*(?:=\s*[\"']|>)\s*([^\"'<]{{8,40}})", text)
    dates.sort(key=lambda found: _XMP_DATES.index(found[0]))
    return {
        "title": next(iter(_xmp_items(text, "dc:title")), None),
        "keywords": tuple(_xmp_items(text, "dc:subject")),
        "author": ", ".join(_xmp_items(text, "dc:creator")) or None,
        "date": dates[0][1] if dates else None,
    }


def _xmp_items(text: str, name: str) -> list[str]:
    from html import unescape

    start, end = text.find(f"<{name}"), text.find(f"</{name}>")
    if start < 0 or end < start:
        return []
    items = re.findall(r"<rdf:li[^>]*>([^<]*)</rdf:li>", text[start:end])
    return [clean for item in items if (clean := " ".join(unescape(item).split()))]


def _from_iptc(image: Image.Image) -> dict[str, Any]:
    if image.format not in ("JPEG", "TIFF", "MPO") or not isinstance(image, ImageFile.ImageFile):
        return {}
    iptc = IptcImagePlugin.getiptcinfo(image) or {}

    # Record 2 of IPTC-NAA IIM 4: 5 object name, 25 keyword, 55 date created, 80 by-line.
    def words(number: int) -> tuple[str, ...]:
        value = iptc.get((2, number), [])
        return tuple(_bytes_text(v) for v in (value if isinstance(value, list) else [value]))

    day = "".join(words(55)[:1])
    return {
        "title": next(iter(words(5)), None),
        "keywords": words(25),
        "author": ", ".join(words(80)) or None,
        "date": f"{day[:4]}-{day[4:6]}-{day[6:8]}" if len(day) == 8 else None,
    }


def _windows(value: Any) -> str | None:
    """Windows Explorer writes its fields in UTF-16."""
    if isinstance(value, tuple):
        value = bytes(value)
    if not isinstance(value, bytes):
        return None
    return value.decode("utf-16-le", "ignore").strip("\x00 ") or None


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        value = _bytes_text(value)
    if not isinstance(value, str):
        return None
    return " ".join(value.replace("\x00", " ").split()) or None


def _bytes_text(value: bytes) -> str:
    try:
        return value.decode("utf-8").strip("\x00 ")
    except UnicodeDecodeError:
        return value.decode("latin-1").strip("\x00 ")


def _quiet(read: Any, otherwise: Any) -> Any:
    """Metadata of strangers breaks in every way; no such break may cost the picture."""
    try:
        return read()
    except Exception:
        return otherwise
