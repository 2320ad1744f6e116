"""Recordings are found by what they sound like once a model that understands sounds is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_mmrag.domain import Role, Store, TimeSpan
from desktop_mmrag.examples import Examples, Given
from desktop_mmrag.retrieve.find import Finder
from tests.fakes import HashAudioTextEncoder
from tests.media import tone, write_sound

from .conftest import Home, aged


def sound(home: Home, name: str, hertz: float, seconds: float = 3) -> Path:
    path = write_sound(home.folder / name, tone(seconds, hertz))
    aged(path, 60)
    return path


@pytest.fixture
def hearing(home: Home) -> HashAudioTextEncoder:
    sound(home, "a.wav", 300)
    sound(home, "b.wav", 3000)
    # The library is made before the model comes.
    home.bring_up_to_date()
    home.encoders.audio_text_encoder = HashAudioTextEncoder()
    home.bring_up_to_date()
    return home.encoders.audio_text_encoder


def test_every_window_becomes_a_segment_with_its_seconds(
    home: Home, hearing: HashAudioTextEncoder
) -> None:
    content = home.library.contents.by_path(home.folder / "a.wav")
    assert content is not None
    kept = home.library.contents.segments_of(content, Role.SOUND)
    spans = [k.segment.locator for k in kept if isinstance(k.segment.locator, TimeSpan)]
    assert [(span.start_s, round(span.end_s)) for span in spans] == [(0.0, 2), (2.0, 3)]
    assert hearing.heard == 4


def test_nothing_is_heard_twice(home: Home, hearing: HashAudioTextEncoder) -> None:
    write_sound(home.folder / "silent.wav", tone(1) * 0)
    aged(home.folder / "silent.wav", 60)
    for _ in range(3):
        home.bring_up_to_date()
    assert hearing.heard == 4


def test_words_and_sounds_find_sounds(home: Home, hearing: HashAudioTextEncoder) -> None:
    finder = Finder(home.library, home.encoders)
    first = finder.find("high").hits[0]
    assert first.path.name == "b.wav"
    assert Store.SOUND in {reason.store for reason in first.reasons}
    examples = Examples(home.library, home.encoders, home.extractors, lambda: None)  # type: ignore
    elsewhere = write_sound(home.folder.parent / "c.wav", tone(2, 250))
    like = examples.of(Given(elsewhere))
    assert (like.words, like.notes) == ("", ())
    assert finder.find("", likes=like.vectors).hits[0].path.name == "a.wav"
