"""Failures and settings are named where Qt's translation tools find them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from desktop_mmrag import errors
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.look import core_words
from desktop_mmrag.settings import Settings


def _kinds(kind: type[KnownError]) -> Iterator[type[KnownError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def test_every_failure_can_be_translated() -> None:
    words = {
        getattr(kind, name)
        for kind in _kinds(KnownError)
        if kind.__module__ == errors.__name__
        for name in ("title", "hint")
        if getattr(kind, name, None)
    }
    assert words == set(core_words.FAILURES)


def test_every_setting_can_be_translated() -> None:
    words = {
        item.metadata[name]
        for item in dataclasses.fields(Settings)
        for name in ("section", "title", "help")
        if item.metadata.get(name)
    }
    assert words == set(core_words.SETTINGS)
