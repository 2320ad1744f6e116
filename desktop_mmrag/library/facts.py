"""Facts as JSON, and what becomes of a content's own facts once a side-car speaks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from desktop_mmrag.domain import Facts

_MOMENTS = frozenset({"taken_at"})
_LISTS = frozenset({"keywords"})
# A position and its name belong together, from one source.
_WHERE = ("latitude", "longitude", "place")
_NAMES = tuple(field.name for field in fields(Facts))


def to_json(facts: Facts) -> str:
    """Only what is known."""
    known = {name: getattr(facts, name) for name in _NAMES}
    data = {name: _plain(value) for name, value in known.items() if value not in (None, ())}
    return json.dumps(data, ensure_ascii=False)


def from_json(text: str) -> Facts:
    """The inverse of `to_json`; names that are not known any more are left out."""
    data = json.loads(text)
    return Facts(**{name: _value(name, data[name]) for name in _NAMES if name in data})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(name: str, plain: Any) -> Any:
    if name in _MOMENTS:
        return datetime.fromisoformat(plain)
    return tuple(plain) if name in _LISTS else plain


def merged(own: Facts, beside: Sequence[tuple[Facts, bool]]) -> Facts:
    """A content's own facts with those of side-cars; True: believed before the bytes themselves."""
    facts = own
    for said, overrides in beside:
        facts = _overlaid(facts, said) if overrides else _overlaid(said, facts)
    words = (*own.keywords, *(word for said, _ in beside for word in said.keywords))
    return replace(facts, keywords=tuple(dict.fromkeys(words)))


def _overlaid(below: Facts, above: Facts) -> Facts:
    """What `above` says, and where it is silent what `below` says."""
    known = {
        name: value
        for name in _NAMES
        if name not in _LISTS and (value := getattr(above, name)) is not None
    }
    where = above if above.latitude is not None or above.place else below
    return replace(below, **known | {name: getattr(where, name) for name in _WHERE})
