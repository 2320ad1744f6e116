"""Speech in recordings is written down portion by portion, and becomes findable with its seconds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from desktop_mmrag.domain import SAMPLE_RATE, Role, Samples, Sound, SpeechModel, Spoken, TimeSpan
from desktop_mmrag.errors import SpeechModelDied
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.pipeline import Pipeline
from desktop_mmrag.library.contents import KeptSegment
from tests.core.ingest.conftest import CountingExtractors, Home, aged
from tests.media import BLUE, RED, tone, write_sound, write_video


class PitchModel:
    """Satisfies SpeechModel: names the pitch of each ten seconds, "a440", in place of words."""

    model_id = "pitch"

    def __init__(self) -> None:
        self.heard_s: list[float] = []

    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        self.heard_s.append(len(samples) / SAMPLE_RATE)
        for start in range(0, len(samples), 10 * SAMPLE_RATE):
            piece = samples[start : start + 10 * SAMPLE_RATE]
            hertz = np.abs(np.fft.rfft(piece)).argmax() * SAMPLE_RATE / len(piece)
            second = start / SAMPLE_RATE
            yield Spoken(second, second + len(piece) / SAMPLE_RATE, f"a{round(hertz, -1):.0f}")


class DyingModel(PitchModel):
    """Dies over everything."""

    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        raise SpeechModelDied("The process that writes down speech ended.")


class ListeningExtractors(CountingExtractors):
    """Counts from which second each file was heard."""

    def __init__(self, real: Extractors) -> None:
        super().__init__(real)
        self.listened: list[tuple[str, float]] = []

    def listen(self, path: Path, start_s: float = 0.0) -> Iterator[Sound]:
        self.listened.append((path.name, start_s))
        yield from self._real.listen(path, start_s)


def recording(home: Home, name: str, *parts: tuple[float, float]) -> Path:
    """Tones of so many seconds and hertz, one after the other."""
    path = write_sound(home.folder / name, np.concatenate([tone(s, h) for s, h in parts]))
    aged(path, 60)
    return path


def listen(
    home: Home, extractors: Extractors, speech: SpeechModel | None, control: Control | None = None
) -> ListeningExtractors:
    counting = ListeningExtractors(extractors)
    home.discover()
    pipeline = Pipeline(
        home.library, counting, home.encoders, home.settings, control, lambda: speech
    )
    list(pipeline.run())
    return counting


def said(home: Home, path: Path) -> list[KeptSegment]:
    content_id = home.library.contents.by_path(path)
    assert content_id is not None
    return home.library.contents.segments_of(content_id, Role.SPEECH)


def test_what_is_said_is_kept_with_its_seconds(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.flac", (20, 300), (20, 500), (10, 700))
    listen(home, extractors, PitchModel())
    passages = said(home, path)
    spans = [kept.segment.locator for kept in passages]
    assert all(isinstance(span, TimeSpan) and span.end_s - span.start_s <= 30 for span in spans)
    assert "a300" in passages[0].segment.text and "a700" in passages[-1].segment.text
    last = passages[-1].segment.phrases[-1]
    assert last.text == "a700" and 38 <= last.start_s < last.end_s <= 50.1
    assert home.library.catalog.reading_count() == 0
    (space,) = [space for space, _ in home.library.vectors.spaces() if space.kind == "text"]
    vectors = home.library.vectors.vectors_of(space, [kept.id for kept in passages])
    assert not np.isnan(vectors).any()


def test_a_video_is_heard_after_its_pictures_are_kept(home: Home, extractors: Extractors) -> None:
    film = write_video(home.folder / "film.mp4", [RED, BLUE], sound=tone(6, 440))
    aged(film, 60)
    listen(home, extractors, PitchModel())
    content_id = home.library.contents.by_path(film)
    assert content_id is not None
    roles = [k.segment.role for k in home.library.contents.segments_of(content_id)]
    assert roles == [Role.PICTURE, Role.PICTURE, Role.SPEECH]


def test_a_long_recording_goes_on_where_it_was_stopped(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.flac", (300, 300), (100, 500))
    control = Control()

    class Stopping(PitchModel):
        def transcribe(self, samples: Samples) -> Iterator[Spoken]:
            yield from super().transcribe(samples)
            if sum(self.heard_s) > 200:
                control.cancel()

    listen(home, extractors, Stopping(), control)
    before = said(home, path)
    assert before and home.library.catalog.reading_count() == 1
    (reading,) = home.library.catalog.readings(9)
    assert 100 < reading.heard_s < 260

    counting = listen(home, extractors, PitchModel())
    assert counting.listened == [("talk.flac", reading.heard_s)]
    phrases = [p for kept in said(home, path) for p in kept.segment.phrases]
    starts = [p.start_s for p in phrases]
    assert starts == sorted(starts) and len(set(starts)) == len(starts)
    assert phrases[-1].end_s > 399 and sum(p.end_s - p.start_s for p in phrases) > 390
    assert said(home, path)[: len(before)] == before


def test_paused_work_stands_still(home: Home, extractors: Extractors) -> None:
    recording(home, "talk.flac", (80, 300))
    control, speech = Control(), PitchModel()
    stretches: list[int] = []

    class Pausing(PitchModel):
        def transcribe(self, samples: Samples) -> Iterator[Spoken]:
            yield from speech.transcribe(samples)
            if len(speech.heard_s) == 1:
                control.pause()
                threading.Timer(1.2, lambda: stretches.append(len(speech.heard_s))).start()
                threading.Timer(1.3, control.resume).start()

    listen(home, extractors, Pausing(), control)
    assert stretches == [1] and len(speech.heard_s) > 2


def test_new_files_go_before_the_rest_of_a_recording(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.flac", (300, 300))
    order: list[str] = []

    class Interrupting(PitchModel):
        def transcribe(self, samples: Samples) -> Iterator[Spoken]:
            yield from super().transcribe(samples)
            if len(self.heard_s) == 6:
                home.note("new.md", "Came in between.")
                home.discover()
            order.append("known" if home.paths() == ["new.md", "talk.flac"] else "waiting")

    listen(home, extractors, Interrupting())
    assert home.paths() == ["new.md", "talk.flac"] and "known" in order
    assert home.library.catalog.reading_count() == 0 and said(home, path)


def test_a_model_that_dies_lists_the_recording(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.flac", (5, 300))
    listen(home, extractors, DyingModel())
    (failure,) = home.library.catalog.failures()
    assert failure.path == path and "talk.flac" in failure.message
    assert home.paths() == ["talk.flac"] and home.library.catalog.reading_count() == 0

    home.library.catalog.retry_failures()
    listen(home, extractors, PitchModel())
    assert [kept.segment.text for kept in said(home, path)] == ["a300"]


def test_hearing_again_replaces_what_was_heard(home: Home, extractors: Extractors) -> None:
    path = recording(home, "talk.flac", (12, 300))
    listen(home, extractors, PitchModel())
    (first,) = said(home, path)
    with home.library.database.writing() as connection:
        connection.execute(
            "INSERT INTO reading (content_id, priority) VALUES (?, 1)", (first.content_id,)
        )
    listen(home, extractors, PitchModel())
    (second,) = said(home, path)
    assert second.segment == first.segment and second.id != first.id
    assert home.number("SELECT count(*) FROM speech") == 1


def test_another_model_hears_again_what_the_first_wrote_down(
    home: Home, extractors: Extractors
) -> None:
    path = recording(home, "talk.flac", (12, 300))
    worded = recording(home, "song.flac", (8, 400))
    (home.folder / "song.lrc").write_text("[00:01.00]Words that came with it\n")
    listen(home, extractors, PitchModel())

    class Better(PitchModel):
        model_id = "better"

        def transcribe(self, samples: Samples) -> Iterator[Spoken]:
            yield Spoken(0.0, 1.0, "said better")

    counting = listen(home, extractors, Better())
    assert counting.listened == [("talk.flac", 0.0)]
    assert [kept.segment.text for kept in said(home, path)] == ["said better"]
    assert [kept.segment.text for kept in said(home, worded)] == ["Words that came with it"]
    assert listen(home, extractors, Better()).listened == []


def test_without_a_model_the_recording_waits(home: Home, extractors: Extractors) -> None:
    recording(home, "talk.flac", (5, 300))
    counting = listen(home, extractors, None)
    assert counting.listened == [] and home.library.catalog.reading_count() == 1
    assert home.paths() == ["talk.flac"]


def test_recordings_have_a_limit_of_their_own(home: Home, extractors: Extractors) -> None:
    recording(home, "talk.wav", (40, 300))
    home.settings = home.settings.replace(largest_file_mb=1)
    home.bring_up_to_date()
    assert home.paths() == ["talk.wav"]
    home.note("big.md", "word " * 300_000)
    recording(home, "other.wav", (41, 300))
    home.settings = home.settings.replace(largest_recording_mb=1)
    home.bring_up_to_date()
    assert home.paths() == ["talk.wav"]
