"""The name of the place at a position, from the list inside the `reverse_geocode` package."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

# Farther from the nearest town than this, its name says more wrong than right.
_TOWN_KM = 40.0
_COUNTRY_KM = 150.0
_EARTH_RADIUS_KM = 6371.0088  # mean radius R1, IUGG


def sound_position(latitude: float, longitude: float) -> tuple[float, float] | None:
    """Degrees to six places; None for what lies on no globe, and for 0, 0.

    Receivers without a fix write 0, 0.
    """
    # NaN fails every comparison.
    sound = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0.0, 0.0)
    return (round(latitude, 6), round(longitude, 6)) if sound else None


def name_of(latitude: float, longitude: float) -> str | None:
    """City, region and country, nearest first, by commas; None on the open sea."""
    import reverse_geocode

    found = reverse_geocode.get((latitude, longitude))
    distance = _distance_km(latitude, longitude, found["latitude"], found["longitude"])
    if distance > _COUNTRY_KM:
        return None
    near = [found.get("city"), found.get("county")] if distance <= _TOWN_KM else []
    names = [*near, found.get("state"), found.get("country")]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance by the haversine formula."""
    phi_a, phi_b = radians(lat_a), radians(lat_b)
    half = (
        sin((phi_b - phi_a) / 2) ** 2
        + cos(phi_a) * cos(phi_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
