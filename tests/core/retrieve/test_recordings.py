"""Hits in recordings: at the right second, one for each moment, few of each recording."""

from __future__ import annotations

from itertools import pairwise

import pytest

from desktop_mmrag.domain import Facts, Medium, Role, Segment, Spoken, Store, TimeSpan, Whole
from desktop_mmrag.extract.recordings.spoken import passages
from desktop_mmrag.retrieve.find import Finder
from tests.core.retrieve.conftest import Shelf

LECTURE = [
    Spoken(0.0, 4.0, "Good morning and welcome to the museum."),
    Spoken(5.0, 9.0, "The harbour opened in nineteen hundred and four."),
    Spoken(10.0, 14.0, "Fishing boats brought herring every morning."),
    Spoken(15.5, 19.0, "Later the ferries came."),
    Spoken(600.0, 604.0, "The lighthouse was moved to the island."),
    Spoken(605.0, 612.0, "It took forty men and eleven horses."),
]


def talk(shelf: Shelf, path: str, spoken: list[Spoken]) -> int:
    segments = [Segment(Role.SOUND, TimeSpan(0, 900)), *passages(spoken)]
    return shelf.keep(path, Medium.AUDIO, segments, Facts(duration_s=900))


def film(
    shelf: Shelf, path: str, scenes: dict[float, str], spoken: list[Spoken] | None = None
) -> int:
    """A video with a scene from each second on, seen as its words say."""
    starts = [*scenes, 900.0]
    frames = [Segment(Role.PICTURE, TimeSpan(a, b)) for a, b in pairwise(starts)]
    said = list(passages(spoken or []))
    content = shelf.keep(path, Medium.VIDEO, [*frames, *said], Facts(duration_s=900))
    encoder = shelf.encoders.image_text()
    assert encoder is not None
    kept = shelf.library.contents.segments_of(content, Role.PICTURE)
    vectors = encoder.embed_texts(list(scenes.values()))
    shelf.library.keeping.add_vectors(encoder.space, [k.id for k in kept], vectors)
    return content


def test_a_spoken_phrase_is_found_at_its_second(shelf: Shelf, finder: Finder) -> None:
    talk(shelf, "museum.mp3", LECTURE)
    shelf.note("boats.md", "We painted the garden fence and the shed.")
    hit = finder.find("herring every morning").hits[0]
    assert hit.path.name == "museum.mp3" and hit.strong
    assert hit.locator == TimeSpan(10.0, 14.0)
    assert Store.SPEECH in {reason.store for reason in hit.reasons}
    assert "herring" in hit.snippet
    assert finder.find("lighthouse island").hits[0].locator == TimeSpan(600.0, 604.0)


def test_a_question_over_two_phrases_begins_at_the_first(shelf: Shelf, finder: Finder) -> None:
    talk(shelf, "museum.mp3", LECTURE)
    hit = finder.find("harbour opened herring boats").hits[0]
    assert hit.locator == TimeSpan(5.0, 14.0)


def test_what_is_found_by_meaning_alone_is_the_whole_passage(shelf: Shelf, finder: Finder) -> None:
    talk(shelf, "museum.mp3", LECTURE)
    hit = finder.find("beacon for ships transported by a team of workers").hits[0]
    assert hit.locator == TimeSpan(600.0, 612.0)
    assert {reason.store for reason in hit.reasons} == {Store.TEXT}


def test_frames_of_one_event_are_one_hit(shelf: Shelf, finder: Finder) -> None:
    film(
        shelf,
        "holiday.mp4",
        {0.0: "grey street", 100.0: "red bicycle", 104.0: "red bicycle", 500.0: "red bicycle"},
    )
    hits = [hit for hit in finder.find("red bicycle").hits if hit.strong]
    # The shot at 500 s looks the same and is the video coming back to it.
    assert [hit.locator for hit in hits] == [TimeSpan(100.0, 104.0)]


def test_three_moments_of_one_recording_at_most(shelf: Shelf, finder: Finder) -> None:
    scenes = {60.0 * n: f"red bicycle number{n}" for n in range(10)}
    film(shelf, "race.mp4", scenes)
    shelf.photo("shed.jpg", "red bicycle shed")
    hits = finder.find("red bicycle").hits
    assert sum(hit.path.name == "race.mp4" for hit in hits) == 3
    assert any(hit.path.name == "shed.jpg" for hit in hits)


def test_a_picture_and_the_words_said_with_it_are_one_hit(shelf: Shelf, finder: Finder) -> None:
    scenes = {0.0: "grey street", 598.0: "white lighthouse", 700.0: "green meadow"}
    film(shelf, "museum.mp4", scenes, LECTURE)
    hits = [hit for hit in finder.find("lighthouse").hits if hit.strong]
    assert len(hits) == 1
    assert {reason.store for reason in hits[0].reasons} >= {Store.IMAGE_TEXT, Store.SPEECH}
    assert isinstance(hits[0].locator, TimeSpan) and 595 <= hits[0].locator.start_s <= 600


def test_a_recording_without_words_is_found_by_its_name(shelf: Shelf, finder: Finder) -> None:
    shelf.keep("grandmother.mp3", Medium.AUDIO, [Segment(Role.SOUND, Whole())], Facts())
    shelf.note("boats.md", "We painted the garden fence and the shed.")
    hit = finder.find("grandmother").hits[0]
    assert hit.path.name == "grandmother.mp3" and hit.locator == Whole()
    assert [reason.store for reason in hit.reasons] == [Store.FACTS]


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_kinds_narrow_to_recordings(shelf: Shelf, finder: Finder, kind: str) -> None:
    talk(shelf, "museum.mp3", LECTURE)
    film(shelf, "museum.mp4", {0.0: "grey street"}, LECTURE)
    hits = finder.find(f"herring type:{kind}").hits
    assert hits and {hit.medium for hit in hits} == {Medium(kind)}


def test_phrases_come_back_from_the_library_as_they_were_kept(shelf: Shelf) -> None:
    content = talk(shelf, "museum.mp3", LECTURE)
    kept = shelf.library.contents.segments_of(content, Role.SPEECH)
    assert [p for one in kept for p in one.segment.phrases] == LECTURE
