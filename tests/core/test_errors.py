"""Every failure a person may see says what happened and what helps, also across processes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from desktop_mmrag import errors
from desktop_mmrag.errors import FileFailure, KnownError


def _all_kinds(kind: type[KnownError] = KnownError) -> Iterator[type[KnownError]]:
    for child in kind.__subclasses__():
        # Other rooms may build on a failure; what is listed here is what errors.py names.
        if child.__module__ == errors.__name__:
            yield child
            yield from _all_kinds(child)


SHOWN = [kind for kind in _all_kinds() if kind is not FileFailure]


def test_there_are_failures_to_check() -> None:
    assert len(SHOWN) > 20


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_has_a_title_and_a_hint_in_whole_sentences(kind: type[KnownError]) -> None:
    assert kind.title[0].isupper() and not kind.title.endswith(".")
    assert kind.hint.endswith(".")


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_survives_pickling_with_its_own_hint(kind: type[KnownError]) -> None:
    there = pickle.loads(pickle.dumps(kind("What exactly.", "What helps here.")))
    assert type(there) is kind
    assert (there.message, there.hint) == ("What exactly.", "What helps here.")
    assert str(there) == "What exactly."


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_survives_pickling_with_the_kinds_hint(kind: type[KnownError]) -> None:
    there = pickle.loads(pickle.dumps(kind("What exactly.")))
    assert there.hint == kind.hint


def test_titles_tell_failures_apart() -> None:
    titles = [kind.title for kind in SHOWN]
    assert len(set(titles)) == len(titles)


def test_a_hint_of_one_failure_does_not_change_its_kind() -> None:
    errors.DiskFull("No space on /data.", "Empty the bin.")
    assert errors.DiskFull("No space on /data.").hint != "Empty the bin."
