"""A file of words that is put beside a recording, changed or taken away is heard of at the next look."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_mmrag.domain import Store, TimeSpan
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.extract.recordings.recording_signs import WORDS_BESIDE
from desktop_mmrag.library.words_beside import ENDINGS, recording_of
from tests.core.ingest.conftest import Home, aged
from tests.core.ingest.test_listening import PitchModel, listen, recording, said
from tests.media import BLUE, RED, tone, with_subtitles, write_video

_SRT = "1\n00:00:02,000 --> 00:00:04,000\n{}\n"


def words(home: Home, name: str, text: str, age_s: float = 60.0) -> Path:
    return home.note(name, _SRT.format(text), age_s)


def spoken(home: Home, path: Path) -> list[str]:
    return [kept.segment.text for kept in said(home, path)]


def found(home: Home, word: str) -> int:
    return len(home.library.words.search(Store.SPEECH, (word,)))


def test_library_and_extraction_know_the_same_files_of_words() -> None:
    assert {f".{ending}" for ending in WORDS_BESIDE} == set(ENDINGS)


@pytest.mark.parametrize("name", ["talk.srt", "talk.en.srt", "talk.SRT"])
def test_words_that_come_later_take_the_place_of_what_was_heard(
    home: Home, extractors: Extractors, name: str
) -> None:
    path = recording(home, "talk.flac", (6, 440))
    other = recording(home, "other.flac", (6, 700))
    listen(home, extractors, PitchModel())
    assert spoken(home, path) == ["a440"]
    words(home, name, "The harbour froze over.")
    counting = listen(home, extractors, PitchModel())
    (kept,) = said(home, path)
    assert kept.segment.text == "The harbour froze over."
    assert kept.segment.locator == TimeSpan(2.0, 4.0)
    assert found(home, "harbour") == 1 and found(home, "a440") == 0
    assert spoken(home, other) == ["a700"]
    assert counting.understood[path.name] == 0 and counting.listened == []
    (space,) = [space for space, _ in home.library.vectors.spaces() if space.kind == "text"]
    assert len(home.library.vectors.vectors_of(space, [kept.id])) == 1
    assert list(home.library.catalog.failures()) == []


def test_changed_words_are_read_again_and_once_only(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.flac", (6, 440))
    words(home, "talk.srt", "The harbour froze over.")
    listen(home, extractors, None)
    embedded = home.text_encoder.embedded
    words(home, "talk.srt", "The harbour thawed.", age_s=30)
    listen(home, extractors, None)
    assert spoken(home, path) == ["The harbour thawed."]
    assert home.text_encoder.embedded == embedded + 1
    listen(home, extractors, None)
    assert home.text_encoder.embedded == embedded + 1


def test_without_its_words_a_recording_is_listened_to(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.flac", (6, 440))
    beside = words(home, "talk.srt", "The harbour froze over.")
    listen(home, extractors, PitchModel())
    assert spoken(home, path) == ["The harbour froze over."]
    beside.unlink()
    listen(home, extractors, PitchModel())
    assert spoken(home, path) == ["a440"] and found(home, "harbour") == 0


def test_then_the_words_inside_a_film_speak_for_it(home: Home, extractors: Extractors) -> None:
    plain = write_video(home.folder.parent / "plain.mkv", [RED, BLUE], sound=tone(6))
    film = with_subtitles(plain, home.folder / "film.mkv", _SRT.format("Inside."), "eng")
    aged(film, 60)
    beside = words(home, "film.srt", "Beside.")
    listen(home, extractors, PitchModel())
    assert spoken(home, film) == ["Beside."]
    beside.rename(home.folder / "another.srt")
    listen(home, extractors, PitchModel())
    assert spoken(home, film) == ["Inside."]


def test_a_folder_that_moves_changes_nothing(home: Home, extractors: Extractors) -> None:
    (home.folder / "a").mkdir()
    recording(home, "a/talk.flac", (6, 440))
    words(home, "a/talk.srt", "The harbour froze over.")
    listen(home, extractors, PitchModel())
    embedded = home.text_encoder.embedded
    (home.folder / "a").rename(home.folder / "b")
    listen(home, extractors, PitchModel())
    assert spoken(home, home.folder / "b/talk.flac") == ["The harbour froze over."]
    assert home.text_encoder.embedded == embedded


def test_a_broken_file_of_words_is_listed_and_leaves_what_was_heard(
    home: Home, extractors: Extractors
) -> None:
    path = recording(home, "talk.flac", (6, 440))
    listen(home, extractors, PitchModel())
    home.note("talk.srt", "no times in here")
    counting = listen(home, extractors, PitchModel())
    assert spoken(home, path) == ["a440"] and counting.listened == []
    (failure,) = home.library.catalog.failures()
    assert "talk.srt" in failure.message and "times" in failure.message


def test_a_file_of_words_leads_to_its_recording(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.day.flac", (6, 440))
    recording(home, "talkative.flac", (6, 700))
    beside = words(home, "talk.day.en.srt", "The harbour froze over.")
    listen(home, extractors, None)
    database = home.library.database
    assert recording_of(database, beside) == home.library.contents.by_path(path)
    assert recording_of(database, home.folder / "talk.srt") is None
    assert recording_of(database, path) is None
    assert home.library.catalog.is_kept(beside)
    assert not home.library.catalog.is_kept(home.folder / "none.srt")
