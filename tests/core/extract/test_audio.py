"""Sounds become words, facts and a preview; a speech model hears them in stretches."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.domain import SAMPLE_RATE, Medium, Role, Sound, TimeSpan, Whole
from desktop_mmrag.errors import FileDamaged, FileUnsupported
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.extract.kinds import Kind, sniff
from desktop_mmrag.extract.recordings import waveform, wholeness
from desktop_mmrag.extract.recordings.silence import MOST_S, Stretches
from tests.core.extract.conftest import Understand
from tests.media import BLUE, RED, tone, write_sound, write_video

ENDINGS = ("mp3", "m4a", "flac", "ogg", "opus", "wav", "aac")
TAGS = {"title": "Morning tide", "artist": "Ada Berg", "album": "Shore", "date": "1998"}


def jpeg(colour: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (80, 80), colour).save(drawn, "JPEG")
    return drawn.getvalue()


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_format_is_understood(ending: str, tmp_path: Path, understand: Understand) -> None:
    song = write_sound(tmp_path / f"song.{ending}", tone(5), TAGS)
    segments, summary = understand(song)
    assert summary.medium is Medium.AUDIO
    assert [(s.role, s.locator) for s in segments] == [(Role.SOUND, Whole())]
    assert summary.facts.duration_s == pytest.approx(5, abs=0.2)
    assert summary.preview is not None and summary.reading_priority is not None
    if ending != "aac":  # which has no place for tags
        facts = summary.facts
        assert (facts.title, facts.author, facts.keywords) == (
            "Morning tide",
            "Ada Berg",
            ("Shore",),
        )
        assert facts.taken_at == datetime(1998, 1, 1)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_first_bytes_tell_the_format(ending: str, tmp_path: Path) -> None:
    song = write_sound(tmp_path / f"song.{ending}", tone(1)).rename(tmp_path / "song.dat")
    wanted = Kind.OPUS if ending == "ogg" else Kind[ending.upper()]
    assert sniff(song) is wanted


def test_a_large_cover_does_not_hide_the_format(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (200, 200, 3), np.uint8)
    drawn = io.BytesIO()
    Image.fromarray(noise).save(drawn, "JPEG", quality=95)
    assert len(drawn.getvalue()) > 8192
    song = write_sound(tmp_path / "song.mp3", tone(1), TAGS, drawn.getvalue())
    assert sniff(song) is Kind.MP3


@pytest.mark.parametrize("ending", ["mp3", "flac"])
def test_the_cover_is_the_preview(
    ending: str, tmp_path: Path, understand: Understand, extractors: Extractors
) -> None:
    song = write_sound(tmp_path / f"song.{ending}", tone(2), TAGS, jpeg("orange"))
    segments, summary = understand(song)
    assert summary.medium is Medium.AUDIO and len(segments) == 1
    assert summary.preview is not None
    cover = Image.open(io.BytesIO(summary.preview))
    assert cover.size == (80, 80) and cover.getpixel((40, 40)) == pytest.approx(
        (255, 165, 0), abs=6
    )
    assert extractors.picture(song, 400).shape == (80, 80, 3)


def test_without_a_cover_its_loudness_is_drawn(
    tmp_path: Path, understand: Understand, extractors: Extractors
) -> None:
    loud_then_quiet = np.concatenate([tone(3), 0.01 * tone(3)])
    song = write_sound(tmp_path / "song.wav", loud_then_quiet)
    _, summary = understand(song)
    assert summary.preview is not None
    drawn = np.asarray(Image.open(io.BytesIO(summary.preview)).convert("L"), np.int16)
    assert drawn.shape == (256, 512)
    ink = (drawn > 120).sum(axis=0)
    assert ink[:240].sum() > 3 * ink[-240:].sum() > 0
    with pytest.raises(FileUnsupported, match="without a cover"):
        extractors.picture(song, 400)


def test_silence_is_drawn_flat() -> None:
    drawn = np.asarray(waveform.draw([0.0] * 50).convert("L"), np.int16)
    assert (drawn[:100] == drawn[0, 0]).all()


def test_silence_is_not_listened_to(tmp_path: Path, understand: Understand) -> None:
    _, summary = understand(write_sound(tmp_path / "a.wav", np.zeros(3 * SAMPLE_RATE, np.float32)))
    assert summary.reading_priority is None


def test_lyrics_in_the_tags_are_words(tmp_path: Path, understand: Understand) -> None:
    tags = {**TAGS, "lyrics": "We sail at dawn\nThe gulls will call"}
    segments, summary = understand(write_sound(tmp_path / "song.flac", tone(6), tags))
    said = segments[1]
    assert said.role is Role.SPEECH and said.text == "We sail at dawn The gulls will call"
    assert isinstance(said.locator, TimeSpan) and said.locator.start_s == 0.0
    assert said.locator.end_s == pytest.approx(6.0, abs=0.1)
    assert summary.reading_priority is None


def test_timed_lyrics_beside_the_song(tmp_path: Path, understand: Understand) -> None:
    song = write_sound(tmp_path / "song [live].mp3", tone(20))
    (tmp_path / "song [live].lrc").write_text(
        "[ti:Evening]\n[00:02.00]Stars above the mountain\n[00:09.50]Moonlight on the river\n"
    )
    segments, summary = understand(song)
    said = segments[1]
    assert [(p.start_s, p.text) for p in said.phrases] == [
        (2.0, "Stars above the mountain"),
        (9.5, "Moonlight on the river"),
    ]
    assert summary.reading_priority is None


def test_a_broken_file_of_words_costs_nothing(tmp_path: Path, understand: Understand) -> None:
    song = write_sound(tmp_path / "song.mp3", tone(2))
    (tmp_path / "song.srt").write_bytes(b"\x00\x01\x02 no subtitles")
    segments, summary = understand(song)
    assert [s.role for s in segments] == [Role.SOUND] and summary.reading_priority is not None


def test_words_beside_a_recording_belong_to_it_and_others_are_notes(tmp_path: Path) -> None:
    write_sound(tmp_path / "song.mp3", tone(1))
    for name in ("song.lrc", "song.en.srt", "alone.srt"):
        (tmp_path / name).write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    assert sniff(tmp_path / "song.lrc") is Kind.WORDS
    assert sniff(tmp_path / "song.en.srt").is_sidecar
    assert sniff(tmp_path / "alone.srt") is Kind.PLAIN


@pytest.mark.parametrize("ending", ["mp3", "m4a", "flac", "wav", "ogg"])
def test_a_cut_off_sound_is_damaged(ending: str, tmp_path: Path, understand: Understand) -> None:
    song = write_sound(tmp_path / f"song.{ending}", tone(30))
    whole = song.read_bytes()
    song.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileDamaged, match="cut off"):
        understand(song)


def test_quiet_before_the_sound_is_no_cut(tmp_path: Path, understand: Understand) -> None:
    # FFmpeg guesses the length of raw AAC from how dense its start is: here, a thousand seconds.
    noise = np.random.default_rng(0).normal(0, 0.2, 16_000 * 20).astype(np.float32)
    late = write_sound(tmp_path / "late.aac", np.concatenate([np.zeros_like(noise), noise]))
    _, summary = understand(late)
    assert summary.facts.duration_s == pytest.approx(40, abs=0.5)


def test_an_mp3_without_a_header_of_its_length_is_measured(
    tmp_path: Path, understand: Understand
) -> None:
    song = write_sound(tmp_path / "song.mp3", tone(20))
    assert wholeness.promises_length(song, Kind.MP3)
    whole = song.read_bytes()
    mark = max(whole.find(b"Xing"), whole.find(b"Info"))
    bare = tmp_path / "bare.mp3"
    bare.write_bytes(whole[whole.find(b"\xff\xf3", mark) :])
    assert not wholeness.promises_length(bare, Kind.MP3)
    _, summary = understand(bare)
    assert summary.facts.duration_s == pytest.approx(20, abs=0.3)


def test_what_is_named_like_a_sound_but_is_none(tmp_path: Path, understand: Understand) -> None:
    for ending in ENDINGS:
        path = tmp_path / f"fake.{ending}"
        path.write_bytes(np.random.default_rng(1).bytes(5000))
        with pytest.raises((FileDamaged, FileUnsupported), match=f"fake.{ending}"):
            understand(path)


# --- listening


def heard(sounds: list[Sound]) -> np.ndarray:
    return np.concatenate([sound.samples for sound in sounds])


def test_stretches_are_cut_where_it_is_quiet(tmp_path: Path, extractors: Extractors) -> None:
    quiet = np.zeros(SAMPLE_RATE, np.float32)
    speech = np.concatenate([tone(17), quiet, tone(15), quiet, tone(20)])
    sounds = list(extractors.listen(write_sound(tmp_path / "a.flac", speech)))
    assert [sound.until_s for sound in sounds] == pytest.approx([17.5, 33.5, 54.0], abs=0.3)
    assert sounds[1].start_s == pytest.approx(18.0, abs=0.3)
    assert all(len(sound.samples) <= MOST_S * SAMPLE_RATE for sound in sounds)
    assert heard(sounds).dtype == np.float32 and 0.4 < np.abs(heard(sounds)).max() <= 1.0
    assert len(heard(sounds)) / SAMPLE_RATE == pytest.approx(52, abs=2.0)


@pytest.mark.parametrize("ending", ["mp3", "m4a", "flac", "wav", "opus"])
def test_listening_goes_on_where_it_was_left(
    ending: str, tmp_path: Path, extractors: Extractors
) -> None:
    song = write_sound(tmp_path / f"a.{ending}", np.concatenate([tone(40, 300), tone(20, 900)]))
    sounds = list(extractors.listen(song, 45.0))
    assert sounds[0].start_s == pytest.approx(45.0, abs=0.1)
    assert sounds[-1].until_s == pytest.approx(60.0, abs=0.3)
    spectrum = np.abs(np.fft.rfft(sounds[0].samples[:SAMPLE_RATE]))
    assert int(spectrum.argmax()) == pytest.approx(900, abs=5)


def test_silence_is_told_without_samples() -> None:
    stretches = Stretches(0.0)
    silence = np.zeros(10 * SAMPLE_RATE, np.float32)
    told = [s for n in range(4) for s in stretches.take(10.0 * n, silence)]
    told += stretches.rest()
    assert not any(len(sound.samples) for sound in told)
    assert told[-1].until_s == 40.0


def test_a_gap_in_the_recording_keeps_the_times_right() -> None:
    stretches = Stretches(0.0)
    told = list(stretches.take(0.0, tone(5)))
    told += stretches.take(100.0, tone(5))
    told += stretches.rest()
    assert [(s.start_s, s.until_s) for s in told] == [(0.0, 5.0), (100.0, 105.0)]


def test_the_sound_of_a_video_is_heard(tmp_path: Path, extractors: Extractors) -> None:
    film = write_video(tmp_path / "film.mp4", [RED, BLUE], sound=tone(6))
    (sound,) = extractors.listen(film)
    assert sound.until_s == pytest.approx(6.0, abs=0.2)
    silent = write_video(tmp_path / "silent.mp4", [RED, BLUE])
    assert list(extractors.listen(silent)) == []


def test_real_recordings(data: Path, understand: Understand) -> None:
    for path in sorted((data / "speech").glob("*.mp3")):
        _, summary = understand(path)
        assert summary.medium is Medium.AUDIO and summary.reading_priority is not None
    for path in sorted((data / "any-to-any").glob("*/audio/*.wav")):
        _, summary = understand(path)
        assert summary.facts.duration_s is not None and summary.facts.duration_s < 4
