"""A recording as an example: a video by its scenes and words, a sound by what is said in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag.domain import Samples, Spoken
from desktop_mmrag.errors import FileUnsupported
from desktop_mmrag.extract.worker import Extractors, Limits
from desktop_mmrag.recording_example import vectors_of
from tests.fakes import fake_encoders, of_words
from tests.media import BLUE, RED, tone, with_subtitles, write_sound, write_video


class SaysGulls:
    """Satisfies SpeechModel."""

    model_id = "gulls"

    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        yield Spoken(0.0, 1.0, "the gulls will call")


@pytest.fixture(scope="module")
def extractors() -> Iterator[Extractors]:
    with Extractors(Limits(), 1) as running:
        yield running


def test_a_video_gives_what_is_seen_and_what_is_said(
    tmp_path: Path, extractors: Extractors
) -> None:
    encoders = fake_encoders(tmp_path)
    plain = write_video(tmp_path / "plain.mkv", [RED, BLUE])
    words = "1\n00:00:01,000 --> 00:00:02,000\nherring boats\n"
    film = with_subtitles(plain, tmp_path / "film.mkv", words)
    seen, said = vectors_of(film, 0.5, extractors, encoders, None)
    assert [seen.space.kind, said.space.kind] == ["image-text", "text"]
    assert seen.weight == said.weight == 0.5
    np.testing.assert_allclose(said.vector, of_words("herring boats", 64), atol=1e-6)
    assert np.linalg.norm(seen.vector) == pytest.approx(1.0)


def test_a_sound_is_listened_to(tmp_path: Path, extractors: Extractors) -> None:
    song = write_sound(tmp_path / "song.mp3", tone(3))
    (said,) = vectors_of(song, 1.0, extractors, fake_encoders(tmp_path), SaysGulls())
    np.testing.assert_allclose(said.vector, of_words("the gulls will call", 64), atol=1e-6)


def test_what_neither_shows_nor_says_anything_is_refused(
    tmp_path: Path, extractors: Extractors
) -> None:
    song = write_sound(tmp_path / "song.mp3", tone(3))
    with pytest.raises(FileUnsupported, match=r"song\.mp3 holds neither"):
        vectors_of(song, 1.0, extractors, fake_encoders(tmp_path), None)
