"""What a recording's container says of it, as facts: title, artist, album, date, place, camera."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from desktop_mmrag.domain import Facts
from desktop_mmrag.extract.pictures.place import name_of

# ISO 6709, as Apple and Android write it: +60.3913+005.3221+012.000/
_PLACE = re.compile(r"^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
_YEAR = re.compile(r"^(\d{4})(?:[-:/](\d{1,2}))?(?:[-:/](\d{1,2}))?")
# QuickTime counts from 1904; writers without a clock leave that, or the start of Unix time.
_EARLIEST_CLOCK = 1971
_AUTHORS = ("artist", "album_artist", "author", "composer", "performer")
_PLACES = ("location", "com.apple.quicktime.location.iso6709", "location-eng")
_MOMENTS = ("com.apple.quicktime.creationdate", "creation_time", "date_recorded", "date")
_LONGEST = 500


def facts_of(
    tags: Mapping[str, str],
    duration_s: float | None,
    size: tuple[int, int] | None = None,
) -> Facts:
    """`size`: upright width and height. A song's date is the day or year of its publication."""
    said = {key.lower(): value.strip()[:_LONGEST] for key, value in tags.items() if value.strip()}
    place = _place(said)
    return Facts(
        taken_at=_taken_at(said),
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        place=name_of(*place) if place else None,
        camera=_camera(said),
        author=_first(said, _AUTHORS),
        title=said.get("title"),
        keywords=_keywords(said),
        width=size[0] if size else None,
        height=size[1] if size else None,
        duration_s=duration_s,
    )


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((said[name] for name in names if name in said), None)


def _keywords(said: Mapping[str, str]) -> tuple[str, ...]:
    """Album, genre and keywords: what a person may look for besides title and artist."""
    words = [said.get("album", ""), said.get("genre", ""), said.get("show", "")]
    words += re.split(r"[;,]", said.get("keywords", ""))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _camera(said: Mapping[str, str]) -> str | None:
    make = said.get("com.apple.quicktime.make") or said.get("com.android.manufacturer")
    model = said.get("com.apple.quicktime.model") or said.get("com.android.model")
    make, model = make or said.get("make"), model or said.get("model")
    if model and make and not model.lower().startswith(make.lower()):
        return f"{make} {model}"
    return model or make


def _place(said: Mapping[str, str]) -> tuple[float, float] | None:
    found = _PLACE.match(_first(said, _PLACES) or "")
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    inside = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if inside and (latitude or longitude) else None


def _taken_at(said: Mapping[str, str]) -> datetime | None:
    for name in _MOMENTS:
        moment = _moment(said.get(name, ""))
        if moment is not None:
            return moment
    return _published(said.get("date") or said.get("year") or "")


def _moment(text: str) -> datetime | None:
    """A date with an hour, as the wall clock where it was taken; UTC becomes this computer's time."""
    if not re.search(r"\d[T ]\d{1,2}:", text):
        return None
    try:
        # "Z" and "+0200" in all spellings are understood since Python 3.11.
        moment = datetime.fromisoformat(text.replace(" UTC", "Z"))
    except ValueError:
        return None
    if moment.year < _EARLIEST_CLOCK:
        return None
    if moment.tzinfo is not None and moment.utcoffset() == UTC.utcoffset(None):
        moment = moment.astimezone()
    return moment.replace(tzinfo=None, microsecond=0)


def _published(text: str) -> datetime | None:
    found = _YEAR.match(text)
    if found is None:
        return None
    try:
        return datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
