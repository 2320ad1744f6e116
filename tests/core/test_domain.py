"""The words of the program keep their meaning when written down and read again."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import datetime

import pytest

from desktop_mmrag.domain import (
    Box,
    Filters,
    Locator,
    Medium,
    Page,
    Space,
    TextSpan,
    TimeSpan,
    Whole,
    locator_from_json,
    locator_to_json,
)

PRINTED: list[tuple[Locator, dict[str, object]]] = [
    (Whole(), {"kind": "whole"}),
    (TextSpan(0, 80, "Boiler"), {"kind": "text", "start": 0, "end": 80, "heading": "Boiler"}),
    (TextSpan(7, 9, "Ål › ✓"), {"kind": "text", "start": 7, "end": 9, "heading": "Ål › ✓"}),
    (TextSpan(0, 80), {"kind": "text", "start": 0, "end": 80}),
    (Page(5), {"kind": "page", "page": 5}),
    (Page(5, 0, 120), {"kind": "page", "page": 5, "start": 0, "end": 120}),
    (Box(0.1, 0.2, 0.3, 0.4), {"kind": "box", "box": [0.1, 0.2, 0.3, 0.4]}),
    (Box(0.0, 0.0, 1.0, 1.0, 3), {"kind": "box", "box": [0.0, 0.0, 1.0, 1.0], "page": 3}),
    (TimeSpan(12.0, 15.5), {"kind": "time", "start_s": 12.0, "end_s": 15.5}),
]


@pytest.mark.parametrize(("locator", "printed"), PRINTED)
def test_a_locator_is_printed_as_the_commands_promise(
    locator: Locator, printed: dict[str, object]
) -> None:
    assert locator_to_json(locator) == printed


@pytest.mark.parametrize("locator", [locator for locator, _ in PRINTED])
def test_a_locator_comes_back_from_json_as_it_was(locator: Locator) -> None:
    written = json.dumps(locator_to_json(locator))
    assert locator_from_json(json.loads(written)) == locator


def test_an_unknown_kind_of_locator_is_refused() -> None:
    with pytest.raises(ValueError, match="hologram"):
        locator_from_json({"kind": "hologram"})


def test_spaces_are_the_same_only_when_everything_is() -> None:
    space = Space("text", "minilm", "0123456789abcdef", "int8", 384)
    others = [
        Space("image-text", "minilm", "0123456789abcdef", "int8", 384),
        Space("text", "e5", "0123456789abcdef", "int8", 384),
        Space("text", "minilm", "fedcba9876543210", "int8", 384),
        Space("text", "minilm", "0123456789abcdef", "fp32", 384),
        Space("text", "minilm", "0123456789abcdef", "int8", 512),
    ]
    assert space.key == Space("text", "minilm", "0123456789abcdef", "int8", 384).key
    assert space.key not in {other.key for other in others}


def test_filters_print_only_what_is_set() -> None:
    assert Filters().to_json() == {}
    filters = Filters(
        media=frozenset({Medium.PHOTO, Medium.NOTE}),
        folders=("holiday",),
        before=datetime(2024, 6, 1),
    )
    assert filters.to_json() == {
        "type": ["note", "photo"],
        "in": ["holiday"],
        "before": "2024-06-01T00:00:00",
    }


def test_values_cannot_be_changed() -> None:
    page = Page(3)
    with pytest.raises(FrozenInstanceError):
        page.page = 4  # type: ignore[misc]
