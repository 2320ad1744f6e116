"""The colours, distances and text sizes of the window, for light and dark."""

from __future__ import annotations

from dataclasses import dataclass

GRID = 8
"""All distances are multiples of this, or half of it, in device-independent pixels."""
GAP_SMALL, GAP, GAP_LARGE = 4, 8, 16
MARGIN, PAGE_MARGIN = 16, 24
RADIUS, RADIUS_SMALL = 8, 6
CONTROL_HEIGHT = 32
ICON, ICON_SMALL, ICON_LARGE = 20, 16, 48
SIDEBAR_WIDTH, SIDEBAR_NARROW = 192, 56
SCROLL_BAR = 12


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they are for, as #rrggbb.

    Each text colour has a contrast of at least 4.5 to 1 on `window`, `surface` and `raised`
    (WCAG 2.2, 1.4.3); `focus` and `control_border` at least 3 to 1 (1.4.11).
    """

    dark: bool
    window: str
    """Behind everything."""
    surface: str
    """Sidebar and status bar."""
    raised: str
    """Cards, boxes, menus."""
    hover: str
    pressed: str
    border: str
    """Hairlines between parts; carries no meaning."""
    control_border: str
    """Around what can be typed in or ticked."""
    scroll: str
    """The handle of a scroll bar at rest; under the pointer it is `control_border`."""
    text: str
    quiet: str
    """Second lines, hints."""
    disabled: str
    accent: str
    """Links and what is chosen; readable as text."""
    on_accent: str
    accent_soft: str
    """Behind what is chosen; `text` is readable on it."""
    focus: str
    mark: str
    """Behind words that matched; `on_mark` is readable on it."""
    on_mark: str
    region: str
    """Frames around regions in pictures."""
    success: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    media: tuple[tuple[str, str], ...]
    """Colours by medium, for maps, badges and placeholders."""

    def medium(self, name: str) -> str:
        """The colour of a medium, by its value ("photo")."""
        return dict(self.media).get(name, self.quiet)


LIGHT = Tokens(
    dark=False,
    window="#ffffff",
    surface="#f4f6f8",
    raised="#ffffff",
    hover="#e9eef2",
    pressed="#dde5eb",
    border="#dfe4e8",
    control_border="#848e96",
    scroll="#b1bac1",
    text="#1a2026",
    quiet="#56616b",
    disabled="#98a2aa",
    accent="#146291",
    on_accent="#ffffff",
    accent_soft="#dcecf6",
    focus="#1f7fb8",
    mark="#ffe08a",
    on_mark="#1a2026",
    region="#e08a00",
    success="#1f7a4d",
    warning="#8a5a00",
    warning_soft="#fff4d9",
    danger="#b3261e",
    danger_soft="#fdeceb",
    media=(
        ("photo", "#146291"),
        ("note", "#8a5a00"),
        ("document", "#b3261e"),
        ("audio", "#6b4aa8"),
        ("video", "#1f7a4d"),
    ),
)

DARK = Tokens(
    dark=True,
    window="#14181c",
    surface="#1a1f24",
    raised="#20262c",
    hover="#29313a",
    pressed="#323c46",
    border="#2b333b",
    control_border="#78848e",
    scroll="#4b5762",
    text="#e8ecef",
    quiet="#a3afb9",
    disabled="#66717b",
    accent="#74bfe8",
    on_accent="#0c1b26",
    accent_soft="#17384d",
    focus="#5ab2e3",
    mark="#f6c453",
    on_mark="#14181c",
    region="#f6c453",
    success="#6fcf97",
    warning="#f0c060",
    warning_soft="#3a2f16",
    danger="#ff9a92",
    danger_soft="#44211f",
    media=(
        ("photo", "#74bfe8"),
        ("note", "#f0c060"),
        ("document", "#ff9a92"),
        ("audio", "#c4a6ff"),
        ("video", "#6fcf97"),
    ),
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
