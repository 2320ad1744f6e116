"""Videos become scenes, words, facts and a poster; a moment of one can be looked at."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.domain import (
    ExtractRequest,
    Medium,
    PictureInput,
    Role,
    Segment,
    Summary,
    TimeSpan,
)
from desktop_mmrag.errors import FileDamaged, FileTooLarge, FileUnsupported
from desktop_mmrag.extract.isolation.serving import Desk
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.extract.recordings.scenes import SceneChanges, difference, look_at
from tests.core.extract.conftest import Understand
from tests.media import (
    BLUE,
    GREEN,
    RED,
    YELLOW,
    picture,
    tone,
    with_subtitles,
    write_sound,
    write_video,
)

CONTAINERS = ("mp4", "mov", "mkv", "webm", "avi")
COLOURS = [RED, GREEN, BLUE, YELLOW]
SRT = """1
00:00:01,000 --> 00:00:03,000
The harbour <i>opened</i> in 1904.

2
00:00:03,500 --> 00:00:05,500
♪ ♪

3
00:00:06,000 --> 00:00:09,000
Herring boats came
every morning.
"""


def scenes(segments: list[Segment]) -> list[tuple[float, float]]:
    return [
        (s.locator.start_s, s.locator.end_s)
        for s in segments
        if s.role is Role.PICTURE and isinstance(s.locator, TimeSpan)
    ]


@pytest.mark.parametrize("ending", CONTAINERS)
def test_each_container_gives_its_scenes_with_their_times(
    ending: str, tmp_path: Path, understand: Understand
) -> None:
    film = write_video(tmp_path / f"film.{ending}", COLOURS, sound=tone(12))
    segments, summary = understand(film)
    assert summary.medium is Medium.VIDEO
    assert scenes(segments)[0][0] == 0.0
    starts = [start for start, _ in scenes(segments)]
    assert starts == pytest.approx([0, 3, 6, 9], abs=0.15)
    for segment, colour in zip(segments, COLOURS, strict=True):
        assert segment.pixels is not None and segment.pixels.shape == (224, 224, 3)
        middle = np.median(segment.pixels.reshape(-1, 3), axis=0)
        assert middle == pytest.approx(colour, abs=25)
    assert summary.facts.duration_s == pytest.approx(12, abs=0.3)
    assert (summary.facts.width, summary.facts.height) == (160, 96)
    assert summary.preview is not None
    assert Image.open(io.BytesIO(summary.preview)).size == (160, 96)
    assert summary.reading_priority is not None


@pytest.mark.parametrize("ending", CONTAINERS)
def test_the_name_does_not_decide(ending: str, tmp_path: Path, understand: Understand) -> None:
    film = write_video(tmp_path / f"film.{ending}", [RED, BLUE])
    hidden = film.rename(tmp_path / "photo.jpg")
    segments, summary = understand(hidden)
    assert summary.medium is Medium.VIDEO and len(scenes(segments)) == 2


def test_what_the_container_says_becomes_facts(tmp_path: Path, understand: Understand) -> None:
    tags = {
        "title": "Crossing",
        "artist": "Ada",
        "creation_time": "2021-05-06T07:08:09Z",
        "location": "+60.3913+005.3221/",
    }
    _, summary = understand(write_video(tmp_path / "film.mkv", [RED], tags=tags))
    facts = summary.facts
    assert (facts.title, facts.author) == ("Crossing", "Ada")
    # Kept in UTC; told by the clock of this computer.
    taken = datetime(2021, 5, 6, 7, 8, 9, tzinfo=UTC).astimezone()
    assert facts.taken_at == taken.replace(tzinfo=None)
    assert (facts.latitude, facts.longitude) == (60.3913, 5.3221)
    assert facts.place is not None and facts.place.startswith("Bergen")


def test_a_portrait_video_stands_upright(tmp_path: Path, understand: Understand) -> None:
    film = write_video(tmp_path / "film.mp4", [RED, BLUE], rotation=90)
    _, summary = understand(film)
    assert (summary.facts.width, summary.facts.height) == (96, 160)
    assert summary.preview is not None
    assert Image.open(io.BytesIO(summary.preview)).size == (96, 160)


def test_turned_pixels_land_where_a_player_shows_them(
    tmp_path: Path, extractors: Extractors
) -> None:
    film = tmp_path / "turned.mp4"
    with av.open(str(film), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.set_display_rotation(90)
        drawn = np.zeros((96, 160, 3), np.uint8)
        drawn[:, :40] = (250, 30, 30)
        for _ in range(20):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(drawn, format="rgb24")))
        container.mux(stream.encode())
    shown = extractors.picture(film, 400, second=0.5)
    assert shown.shape == (160, 96, 3)
    # A quarter turn against the clock puts the left edge at the bottom.
    assert shown[-10, 48, 0] > 150 and shown[10, 48, 0] < 60


@pytest.mark.parametrize("ending", ["mp4", "mkv", "webm"])
def test_embedded_subtitles_are_what_is_said(
    ending: str, tmp_path: Path, understand: Understand
) -> None:
    plain = write_video(tmp_path / f"plain.{ending}", COLOURS, sound=tone(12))
    film = with_subtitles(plain, tmp_path / f"film.{ending}", SRT)
    segments, summary = understand(film)
    (said,) = [segment for segment in segments if segment.role is Role.SPEECH]
    assert said.text == "The harbour opened in 1904. Herring boats came every morning."
    assert [p.text for p in said.phrases] == [
        "The harbour opened in 1904.",
        "Herring boats came every morning.",
    ]
    assert said.phrases[1].start_s == pytest.approx(6.0, abs=0.1)
    assert isinstance(said.locator, TimeSpan)
    assert said.locator.end_s == pytest.approx(9.0, abs=0.1)
    assert summary.reading_priority is None


def test_words_beside_the_film_are_taken_before_those_inside(
    tmp_path: Path, understand: Understand
) -> None:
    plain = write_video(tmp_path / "plain.mkv", COLOURS)
    film = with_subtitles(plain, tmp_path / "film.mkv", SRT)
    words = "WEBVTT\n\n00:02.000 --> 00:04.000\n<v Ada>Grüße aus Bergen\n"
    (tmp_path / "film.de.vtt").write_text(words, encoding="utf-8")
    segments, _ = understand(film)
    (said,) = [segment for segment in segments if segment.role is Role.SPEECH]
    assert said.text == "Grüße aus Bergen" and said.locator == TimeSpan(2.0, 4.0)


def test_captions_that_scroll_are_said_once(tmp_path: Path, understand: Understand) -> None:
    # As video sites write them: each line is shown again above the next.
    cues = ["so today<00:00:00.500><c> we</c>", "so today we", "so today we\na cake", "a cake"]
    cues += ["a cake\nof almonds", "a cake\nof almonds\nis baked"]
    times = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n" for n, cue in enumerate(cues)]
    film = write_video(tmp_path / "film.mp4", [RED, BLUE])
    (tmp_path / "film.vtt").write_text("\n".join(["WEBVTT\n", *times]))
    segments, _ = understand(film)
    (said,) = [segment for segment in segments if segment.role is Role.SPEECH]
    assert said.text == "so today we a cake of almonds is baked"
    assert [one.start_s for one in said.phrases] == [0.0, 2.0, 4.0, 5.0]


def test_a_screen_recording_with_one_keyframe_shows_its_scenes(
    tmp_path: Path, understand: Understand
) -> None:
    film = write_video(tmp_path / "film.mp4", COLOURS, scene_s=8, keyframe_every=10_000)
    with av.open(str(film)) as container:
        assert sum(p.is_keyframe for p in container.demux(video=0)) == 1
    segments, _ = understand(film)
    assert [s for s, _ in scenes(segments)] == pytest.approx([0, 8, 16, 24], abs=1.1)


def test_one_shot_is_one_scene_and_a_long_film_has_a_budget(
    tmp_path: Path, understand: Understand
) -> None:
    steady, _ = understand(write_video(tmp_path / "steady.mp4", [GREEN], scene_s=20))
    assert scenes(steady) == [(0.0, 20.0)]
    flicker = write_video(tmp_path / "flicker.mp4", COLOURS * 30, scene_s=2, rate=5)
    segments, _ = understand(flicker)
    assert 20 < len(scenes(segments)) <= 12 + 240 / 10 + 1


def test_who_comes_into_a_long_shot_is_seen() -> None:
    street = np.full((18, 32, 3), 110, np.uint8)
    street[9:] = 60
    visited = street.copy()
    visited[3:14, 4:11] = (230, 200, 20)
    apart = difference(look_at(street), look_at(visited))
    assert 0.1 < apart < 0.3, "too little to be a cut"
    changes = SceneChanges()
    shown = [(float(s), visited if 300 <= s < 420 else street) for s in range(0, 900, 5)]
    assert [s for s, look in shown if changes.begins(s, look_at(look))] == [0, 300, 420]


def test_black_before_the_film_is_no_scene(tmp_path: Path, understand: Understand) -> None:
    film = tmp_path / "film.mkv"
    with av.open(str(film), "w") as container:
        stream = container.add_stream("mpeg4", rate=10, options={"qmin": "2"})
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for number in range(40):
            drawn = np.zeros((96, 160, 3), np.uint8)
            if number >= 10:
                drawn[:, ::3] = (200, 120, 10)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(drawn, format="rgb24")))
        container.mux(stream.encode())
    segments, summary = understand(film)
    assert scenes(segments) == [(0.0, 4.0)]
    assert summary.preview is not None
    assert np.asarray(Image.open(io.BytesIO(summary.preview))).mean() > 20


def test_the_picture_at_a_second(tmp_path: Path, extractors: Extractors) -> None:
    film = write_video(tmp_path / "film.mp4", COLOURS, keyframe_every=1000)
    for second, colour in ((0.0, RED), (2.9, RED), (3.1, GREEN), (11.9, YELLOW), (99.0, YELLOW)):
        shown = extractors.picture(film, 80, second=second)
        assert shown.shape == (48, 80, 3)
        assert np.median(shown.reshape(-1, 3), axis=0) == pytest.approx(colour, abs=25), second
    assert extractors.picture(film, 80).shape == (48, 80, 3)
    assert extractors.prepared(film, PictureInput(64), second=4.0).shape == (64, 64, 3)


def test_a_scene_looks_at_its_start_as_it_was_embedded(
    tmp_path: Path, understand: Understand, extractors: Extractors
) -> None:
    film = tmp_path / "film.mp4"
    with av.open(str(film), "w") as container:
        stream: Any = container.add_stream("libx264", rate=Fraction(24_000, 1001))
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for number in range(200):
            drawn = picture(COLOURS[number // 50], number)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(drawn, format="rgb24")))
        container.mux(stream.encode())
    segments, _ = understand(film)
    assert len(segments) == 4
    for segment, colour in zip(segments, COLOURS, strict=True):
        assert isinstance(segment.locator, TimeSpan)
        shown = extractors.picture(film, 160, second=segment.locator.start_s)
        assert np.median(shown.reshape(-1, 3), axis=0) == pytest.approx(colour, abs=25)


def test_a_video_without_pictures_is_a_sound(tmp_path: Path, understand: Understand) -> None:
    write_sound(tmp_path / "voice.m4a", tone(3)).rename(tmp_path / "voice.mp4")
    segments, summary = understand(tmp_path / "voice.mp4")
    assert summary.medium is Medium.AUDIO and [s.role for s in segments] == [Role.SOUND]


@pytest.mark.parametrize("ending", CONTAINERS)
def test_a_cut_off_video_is_damaged(ending: str, tmp_path: Path, understand: Understand) -> None:
    film = write_video(tmp_path / f"film.{ending}", COLOURS, sound=tone(12))
    whole = film.read_bytes()
    film.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileDamaged, match="cut off") as failure:
        understand(film)
    assert film.name in failure.value.message


def test_what_is_named_like_a_video_but_is_none(tmp_path: Path, understand: Understand) -> None:
    (tmp_path / "film.mp4").write_text("Not a film at all.")
    with pytest.raises(FileDamaged, match="named like MPEG-4 video"):
        understand(tmp_path / "film.mp4")
    (tmp_path / "film.mkv").write_bytes(b"\x1aE\xdf\xa3" + bytes(range(256)) * 20)
    with pytest.raises(FileDamaged, match="Matroska"):
        understand(tmp_path / "film.mkv")
    (tmp_path / "old.wmv").write_bytes(b"0&\xb2u\x8ef\xcf\x11" + bytes(range(256)))
    with pytest.raises(FileUnsupported, match="another format") as failure:
        understand(tmp_path / "old.wmv")
    assert "Convert" in failure.value.hint


def test_a_playlist_is_not_followed(tmp_path: Path, understand: Understand) -> None:
    write_video(tmp_path / "secret.mkv", [RED])
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXTINF:3,\nsecret.mkv\n#EXT-X-ENDLIST\n")
    with pytest.raises(FileDamaged):
        understand(tmp_path / "list.mp4")


def test_more_pixels_than_the_limit_are_refused(
    tmp_path: Path, request_for: Callable[[Path], ExtractRequest]
) -> None:
    film = write_video(tmp_path / "film.mkv", [RED], size=(1280, 960))
    with pytest.raises(FileTooLarge):
        list(Desk(megapixels=1, reading_threads=1).understand(request_for(film)))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_memory_does_not_grow_with_the_film(
    tmp_path: Path, extractors: Extractors, request_for: Callable[[Path], ExtractRequest]
) -> None:
    film = write_video(tmp_path / "film.mp4", COLOURS * 20, scene_s=2, rate=10, size=(640, 384))
    parts = list(extractors.understand(request_for(film)))
    assert isinstance(parts[-1], Summary) and len(parts) > 20
    process, *_ = extractors.process_ids()
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    most = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    assert most < 400_000


def test_real_clips(data: Path, understand: Understand) -> None:
    clips = sorted((data / "any-to-any" / "source" / "video").glob("*.mp4"))
    assert len(clips) == 6
    for clip in clips:
        segments, summary = understand(clip)
        assert summary.medium is Medium.VIDEO and summary.facts.taken_at is not None
        assert 1 <= len(scenes(segments)) <= 3, clip.name
        # Stored with pixels that are wider than high.
        assert (summary.facts.width, summary.facts.height) == (853, 480)
