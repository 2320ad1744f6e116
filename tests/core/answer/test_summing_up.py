"""Questions about recordings: summed up as a whole, quoted by the second, seen in several moments."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop_mmrag.answer.converse import Conversation
from desktop_mmrag.answer.sources import gather
from desktop_mmrag.answer.speech import clock, spread, statements_in_speech, when_said
from desktop_mmrag.answer.whole_files import WholeFiles
from desktop_mmrag.domain import (
    Answer,
    Facts,
    Medium,
    Role,
    Segment,
    Spoken,
    Stage,
    Summary,
    TimeSpan,
    VisionChat,
)
from desktop_mmrag.extract.recordings.spoken import passages
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.settings import Settings
from tests.core.answer.conftest import BundledEncoders, DrawnPictures, ScriptedVision, Shelf

MUSEUM = [
    Spoken(0.0, 4.0, "Good morning and welcome to the museum of our harbour town."),
    Spoken(5.0, 9.0, "The harbour opened in nineteen hundred and four with a brass band."),
    Spoken(10.0, 14.0, "Fishing boats brought herring into the harbour every morning."),
    Spoken(40.0, 44.0, "My cousin once ate eleven waffles in an hour."),
    Spoken(60.0, 64.0, "The lighthouse of the harbour was moved to the island in 1931."),
    Spoken(65.0, 69.0, "It took forty men and eleven horses to move the lighthouse."),
    Spoken(120.0, 124.0, "Today the warehouses of the harbour are small museums and cafes."),
]


def recording(
    shelf: Shelf, name: str, said: Sequence[Spoken], scenes: Sequence[float] = ()
) -> None:
    """A video when there are scenes, else a sound."""
    ends = [*scenes[1:], 130.0]
    segments = [
        Segment(Role.PICTURE, TimeSpan(a, b)) for a, b in zip(scenes, ends, strict=bool(scenes))
    ]
    medium = Medium.VIDEO if scenes else Medium.AUDIO
    segments = segments or [Segment(Role.SOUND, TimeSpan(0, 130))]
    summary = Summary(medium, Facts(duration_s=130.0))
    shelf._keep(name, summary, [*segments, *passages(said)])


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    recording(
        shelf,
        "harbour museum.mp4",
        MUSEUM,
        [0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 110.0, 120.0, 125.0],
    )
    recording(shelf, "waves.mp4", [], [0.0, 50.0])
    recording(shelf, "rain.mp3", [])
    shelf.note("waffles.md", "# Waffles\n\nWaffles need butter, sugar and four eggs.\n")
    return shelf


def talk(shelf: Shelf, encoders: BundledEncoders, vision: VisionChat | None = None) -> Conversation:
    finder = Finder(shelf.library, encoders)
    pictures = DrawnPictures()
    return Conversation(finder, shelf.library, encoders, pictures, lambda: vision, Settings())


def answer(conversation: Conversation, question: str) -> Answer:
    *_, last = conversation.ask(question)
    assert isinstance(last, Answer)
    return last


@pytest.mark.parametrize(
    "question",
    [
        "summarise harbour museum.mp4",
        "Please summarize the video harbour museum.mp4",
        "What happens in the video about the harbour museum?",
        "Give me a summary of the harbour video",
    ],
)
def test_a_named_video_is_summed_up_from_what_is_said(
    question: str, filled: Shelf, encoders: BundledEncoders
) -> None:
    told = answer(talk(filled, encoders), question)
    assert told.found and told.engine == "extractive"
    assert told.text.startswith("harbour museum.mp4 (2:10):")
    assert {c.path.name for c in told.citations} == {"harbour museum.mp4"}
    starts = [c.locator.start_s for c in told.citations if isinstance(c.locator, TimeSpan)]
    assert len(starts) == 5 and starts == sorted(starts)
    assert "waffles" not in told.text and "1931" in told.text
    exact = next(c for c in told.citations if "1931" in c.quote)
    assert exact.locator == TimeSpan(60.0, 64.0)


def test_this_video_is_the_one_spoken_of(filled: Shelf, encoders: BundledEncoders) -> None:
    conversation = talk(filled, encoders)
    first = answer(conversation, "When was the lighthouse moved to the island?")
    assert "1931" in first.text
    assert first.citations[0].locator == TimeSpan(60.0, 64.0)
    assert answer(conversation, "summarise this video").text.startswith("harbour museum.mp4")


def test_without_words_its_scenes_are_told(filled: Shelf, encoders: BundledEncoders) -> None:
    told = answer(talk(filled, encoders), "what happens in waves.mp4?")
    assert told.found and "No words are known of waves.mp4" in told.text
    assert [c.locator for c in told.citations] == [TimeSpan(0, 0), TimeSpan(50, 50)]
    silent = answer(talk(filled, encoders), "summarise rain.mp3")
    assert not silent.found and "rain.mp3" in silent.text


@pytest.mark.parametrize(
    "question",
    [
        "What do waffles need?",
        "What does the waffles note say about eggs?",
        "Tell me about waffles.md",
        "Which video shows the lighthouse?",
        "summarise lost.mp4",
    ],
)
def test_other_questions_are_not_about_one_recording(
    question: str, filled: Shelf, encoders: BundledEncoders
) -> None:
    recordings = WholeFiles(filled.library, Finder(filled.library, encoders))
    assert recordings.meant(question) is None


def test_a_model_sees_moments_over_the_whole_and_reads_the_words_with_times(
    filled: Shelf, encoders: BundledEncoders
) -> None:
    vision = ScriptedVision(
        ["The harbour opened in 1904 [1]. The lighthouse was moved in 1931 [1]."],
        context_tokens=6000,
    )
    conversation = talk(filled, encoders, vision)
    events = list(conversation.ask("summarise harbour museum.mp4"))
    told = events[-1]
    assert isinstance(told, Answer) and told.engine == "scripted"
    seconds = [seen.second for seen in told.seen if seen.second is not None]
    assert len(seconds) == 8 and seconds == sorted(seconds) and seconds[0] == 0.0
    assert seconds[-1] == 125.0
    assert Stage("reading 8 pictures", told.seen) in events
    assert "shown in picture 2 at 0:20" in vision.prompt
    assert "(1:00) The lighthouse of the harbour" in vision.prompt
    moved = next(c for c in told.citations if "lighthouse" in c.quote)
    assert moved.locator == TimeSpan(60.0, 64.0)


def test_a_small_context_gets_passages_over_the_whole(
    filled: Shelf, encoders: BundledEncoders
) -> None:
    vision = ScriptedVision(["It is about a harbour [1]."], context_tokens=450, tokens_a_picture=10)
    answer(talk(filled, encoders, vision), "summarise harbour museum.mp4")
    assert "(0:00)" in vision.prompt and "Good morning" in vision.prompt
    assert "(2:00)" in vision.prompt and "waffles" not in vision.prompt
    assert len(vision.prompt.split()) < 450


def test_hits_in_a_video_are_one_source_that_is_seen_at_their_moments(
    filled: Shelf, encoders: BundledEncoders
) -> None:
    hits = Finder(filled.library, encoders).find("lighthouse herring").hits
    source = next(
        s for s in gather(hits, filled.library.contents) if s.path.name == "harbour museum.mp4"
    )
    assert source.pictured and source.seconds and all(s in (10.0, 60.0) for s in source.seconds[:1])
    statements = {s.text: s.locator for s in source.sentences}
    assert statements[MUSEUM[2].text] == TimeSpan(10.0, 14.0)


def test_words_without_full_stops_are_quoted_from_pause_to_pause() -> None:
    spoken = [Spoken(2.0 * n, 2.0 * n + 1.8, f"these are five words {n}") for n in range(8)]
    (passage,) = passages(spoken)
    places = list(statements_in_speech(passage))
    assert [passage.text[a:b].count("words") for a, b in places] == [3, 3, 2]
    assert when_said(passage, *places[1]) == TimeSpan(6.0, 11.8)


def test_clocks_and_spreading() -> None:
    assert [clock(s) for s in (0.4, 65, 3605)] == ["0:00", "1:05", "1:00:05"]
    assert spread(range(10), 4) == [0, 3, 6, 9]
    assert spread([1, 2], 5) == [1, 2] and spread([1, 2, 3], 1) == [1]


LETTER = """# The new roof

Dear neighbours, the roof of our house has to be renewed before the winter.

Three roofers looked at the roof and sent us offers. The cheapest offer for the roof is 48,000 crowns.

My aunt sends her regards from the seaside.

The work on the roof takes two weeks and begins on the fourth of May.
"""


def test_a_letter_is_summed_up_by_what_it_is_about(shelf: Shelf, encoders: BundledEncoders) -> None:
    shelf.note("letters/roof.md", LETTER)
    shelf.note("waffles.md", "# Waffles\n\nWaffles need butter, sugar and four eggs.\n")
    for question in ("Summarise roof.md", "sum up the letter about the roof"):
        told = answer(talk(shelf, encoders), question)
        assert told.found and told.text.startswith("roof.md:")
        assert "48,000 crowns" in told.text and "aunt" not in told.text.splitlines()[1]
        assert {citation.path.name for citation in told.citations} == {"roof.md"}
