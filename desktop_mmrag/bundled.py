"""Where the bundled models and resources lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def models() -> Path:
    """The folder of bundled model weights, one folder a model."""
    return _folder("models")


def resources() -> Path:
    """The folder of icons, styles, translations, help pages and the sample library."""
    return _folder("resources")


def _folder(name: str) -> Path:
    inside_wheel = _PACKAGE / "_bundled" / name
    return inside_wheel if inside_wheel.is_dir() else _PACKAGE.parent / name
