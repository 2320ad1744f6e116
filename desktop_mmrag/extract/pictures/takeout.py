"""The JSON that Google Takeout puts beside each picture: when, where, who, and what was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_mmrag.domain import Beside, Facts
from desktop_mmrag.errors import FileDamaged, FileTooLarge
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.pictures.place import sound_position
from desktop_mmrag.extract.pictures.xmp import with_place_name

_LARGEST = 4_000_000
_LONGEST_DESCRIPTION = 5_000
_MOST_PEOPLE = 100


def read(path: Path) -> Beside:
    """What it says; believed where the picture itself is silent. Raises FileDamaged, FileTooLarge.

    Google's times are UTC and its own; a camera's clock in the picture is the wall clock there.
    """
    with explained(path):
        if path.stat().st_size > _LARGEST:
            raise FileTooLarge(f"{path.name} is a side-car of more than 4 MB.")
        data = path.read_bytes()
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise FileDamaged(f"{path.name} begins like a takeout's side-car but breaks off.") from (
            problem
        )
    return Beside(with_place_name(_facts(said if isinstance(said, dict) else {})), overrides=False)


def _facts(said: Mapping[str, Any]) -> Facts:
    position = _position(said.get("geoData")) or _position(said.get("geoDataExif"))
    return Facts(
        taken_at=_moment(said.get("photoTakenTime")),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        description=_text(said.get("description")),
        keywords=_people(said.get("people")),
    )


def _moment(value: Any) -> datetime | None:
    """Local time of this computer: the place is rarely known, and home is the likeliest."""
    try:
        seconds = int(value["timestamp"])
        found = datetime.fromtimestamp(seconds)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return found if seconds else None


def _position(value: Any) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(value["latitude"]), float(value["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    return sound_position(latitude, longitude)


def _people(value: Any) -> tuple[str, ...]:
    people = value if isinstance(value, list) else []
    names = (_text(one.get("name")) for one in people[:_MOST_PEOPLE] if isinstance(one, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(value[:_LONGEST_DESCRIPTION].split()) or None
