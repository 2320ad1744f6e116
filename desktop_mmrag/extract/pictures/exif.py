"""What a photo says of itself: EXIF, XMP and IPTC to facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PIL import Image, ImageFile, IptcImagePlugin

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.pictures import xmp
from desktop_mmrag.extract.pictures.place import name_of, sound_position
from desktop_mmrag.extract.times import parse_time

# Tag numbers of CIPA DC-008 (Exif 2.32).
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_MAKE, _MODEL, _DATE_TIME, _ARTIST, _DESCRIPTION = 0x010F, 0x0110, 0x0132, 0x013B, 0x010E
_ORIGINAL, _DIGITISED = 0x9003, 0x9004
_XP_TITLE, _XP_KEYWORDS = 0x9C9B, 0x9C9E
_RATING, _RATING_PERCENT = 0x4746, 0x4749
# What cameras write into the description of every picture.
_NO_TITLE = re.compile(
    r"(?i)^(olympus digital camera|dcim\\|sony dsc|default|minolta|kodak|samsung|"
    r"digital camera|screenshot|untitled|exif_jpeg|\W*$)"
)


def facts_of(image: Image.Image, full_size: tuple[int, int]) -> Facts:
    """Facts of an opened picture. Broken metadata counts as none."""
    exif = _quiet(image.getexif, Image.Exif())
    return replace(facts_of_exif(exif, _written(image)), width=full_size[0], height=full_size[1])


def facts_of_exif(exif: Image.Exif, written: Facts) -> Facts:
    """Facts of the EXIF tags beside what XMP and IPTC say: `written`."""
    inner = _quiet(lambda: exif.get_ifd(_EXIF_IFD), {})
    position = _position(_quiet(lambda: exif.get_ifd(_GPS_IFD), {}))
    if position is None and written.latitude is not None and written.longitude is not None:
        position = written.latitude, written.longitude
    place = _quiet(lambda: name_of(*position), None) if position else None
    title, description = _words(exif, written)
    windows = (word.strip() for word in (_windows(exif.get(_XP_KEYWORDS)) or "").split(";"))
    return Facts(
        taken_at=_taken_at(exif, inner, written.taken_at),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        place=place or written.place,
        camera=camera_name(_text(exif.get(_MAKE)), _text(exif.get(_MODEL))),
        author=_text(exif.get(_ARTIST)) or written.author,
        title=title,
        description=description,
        keywords=tuple(dict.fromkeys(word for word in (*written.keywords, *windows) if word)),
        rating=written.rating or _rating(exif),
    )


def _words(exif: Image.Exif, written: Facts) -> tuple[str | None, str | None]:
    """Title and description; the EXIF description is either, since programs use it as both."""
    title = written.title or _windows(exif.get(_XP_TITLE))
    described = _text(exif.get(_DESCRIPTION))
    if described and _NO_TITLE.match(described):
        described = None
    title, described = title or described, written.description or described
    return title, described if described != title else None


def _rating(exif: Image.Exif) -> int | None:
    """Windows' tags: stars, else a percentage (1, 25, 50, 75 and 99 are 1 to 5 stars)."""
    stars, share = exif.get(_RATING), exif.get(_RATING_PERCENT)
    if isinstance(stars, int) and 1 <= stars <= 5:
        return stars
    return 1 + min(share, 100) // 25 if isinstance(share, int) and share > 0 else None


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


def _taken_at(
    exif: Image.Exif, inner: Mapping[int, Any], written: datetime | None
) -> datetime | None:
    made = (inner.get(_ORIGINAL), exif.get(_ORIGINAL), inner.get(_DIGITISED))
    found = next((moment for tag in made if (moment := parse_time(_text(tag)))), written)
    if found is not None:
        return found
    changed = parse_time(_text(exif.get(_DATE_TIME)))
    return changed or parse_time(_gps_time(_quiet(lambda: exif.get_ifd(_GPS_IFD), {})))


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
    return sound_position(latitude, longitude)


def _degrees(parts: Any) -> float:
    if isinstance(parts, (int, float)):
        return float(parts)
    values = [float(part) for part in parts][:3]
    return sum((value / 60.0**power for power, value in enumerate(values)), 0.0)


def _written(image: Image.Image) -> Facts:
    """What was written into the picture by XMP, and by IPTC where that is silent."""
    first: Facts = _quiet(lambda: xmp.facts_in(_packet(image)), Facts())
    second: Facts = _quiet(lambda: _from_iptc(image), Facts())
    return replace(
        first,
        taken_at=first.taken_at or second.taken_at,
        author=first.author or second.author,
        title=first.title or second.title,
        description=first.description or second.description,
        keywords=tuple(dict.fromkeys((*first.keywords, *second.keywords))),
    )


def _packet(image: Image.Image) -> bytes | str:
    found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return found if isinstance(found, bytes) else str(found)


def _from_iptc(image: Image.Image) -> Facts:
    if image.format not in ("JPEG", "TIFF", "MPO") or not isinstance(image, ImageFile.ImageFile):
        return Facts()
    iptc = IptcImagePlugin.getiptcinfo(image) or {}

    def words(number: int) -> tuple[str, ...]:
        value = iptc.get((2, number), [])
        return tuple(_bytes_text(v) for v in (value if isinstance(value, list) else [value]))

    # Record 2 of IPTC-NAA IIM 4: 5 object name, 25 keyword, 55 date created, 80 by-line, 120 caption.
    day = "".join(words(55)[:1])
    return Facts(
        taken_at=parse_time(f"{day[:4]}-{day[4:6]}-{day[6:8]}") if len(day) == 8 else None,
        author=", ".join(words(80)) or None,
        title=next(iter(words(5)), None),
        description=next((" ".join(text.split()) for text in words(120)), None) or None,
        keywords=words(25),
    )


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
