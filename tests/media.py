"""Draws videos and sounds for tests: coloured scenes, tones, subtitles, tags."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

# What encoders of subtitles want to know before the first line.
_STYLE = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, \
Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""

Scene = tuple[int, int, int]
RED, GREEN, BLUE, YELLOW = (200, 20, 20), (20, 180, 30), (20, 30, 200), (220, 210, 20)
SIZE = (160, 96)
_RATE = 16_000
_VIDEO_CODECS = {"webm": "libvpx", "avi": "mpeg4", "mkv": "mpeg4"}
_SOUND_CODECS = {
    "mp3": "libmp3lame",
    "flac": "flac",
    "wav": "pcm_s16le",
    "ogg": "libopus",
    "opus": "libopus",
    "webm": "libopus",
}


def picture(colour: Scene, number: int, size: tuple[int, int] = SIZE) -> NDArray[np.uint8]:
    """A coloured ground with a pattern that is each colour's own and a speck that wanders."""
    width, height = size
    drawn = np.empty((height, width, 3), np.uint8)
    drawn[:] = colour
    stripe = 5 + sum(colour) % 13
    drawn[:, ::stripe] = 255 - np.array(colour, np.uint8)
    x = number % (width - 8)
    drawn[height // 2 : height // 2 + 6, x : x + 6] = 255
    return drawn


def tone(seconds: float, hertz: float = 440.0, rate: int = _RATE) -> NDArray[np.float32]:
    """A sine at half loudness."""
    times = np.arange(int(seconds * rate)) / rate
    return np.asarray(0.5 * np.sin(2 * np.pi * hertz * times), np.float32)


def write_video(
    path: Path,
    scenes: Sequence[Scene],
    scene_s: float = 3.0,
    rate: int = 10,
    size: tuple[int, int] = SIZE,
    sound: NDArray[np.float32] | None = None,
    tags: Mapping[str, str] | None = None,
    codec: str | None = None,
    keyframe_every: int | None = None,
    rotation: int = 0,
) -> Path:
    """One scene after the other. `keyframe_every`: frames between keyframes, the codec's by default."""
    with av.open(str(path), "w") as container:
        container.metadata.update(tags or {})
        name = codec or _VIDEO_CODECS.get(path.suffix[1:], "libx264")
        stream: Any = container.add_stream(name, rate=rate, options=_options(name, keyframe_every))
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        if keyframe_every:
            stream.codec_context.gop_size = keyframe_every
        if rotation:
            stream.set_display_rotation(rotation)
        voice = _sound_stream(container, path) if sound is not None else None
        for number in range(int(len(scenes) * scene_s * rate)):
            drawn = picture(scenes[int(number / (scene_s * rate))], number, size)
            frame = av.VideoFrame.from_ndarray(drawn, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if voice is not None and sound is not None:
            _mux_sound(container, voice, sound)
    return path


def write_sound(
    path: Path,
    samples: NDArray[np.float32],
    tags: Mapping[str, str] | None = None,
    cover: bytes | None = None,
) -> Path:
    """`cover`: a JPEG; kept in MP3, M4A and FLAC."""
    format = {"aac": "adts", "m4a": "ipod"}.get(path.suffix[1:])
    with av.open(str(path), "w", format=format) as container:
        container.metadata.update(tags or {})
        stream = _sound_stream(container, path)
        if cover:
            _mux_cover(container, cover)
        _mux_sound(container, stream, samples)
    return path


def with_subtitles(source: Path, target: Path, srt: str, language: str | None = None) -> Path:
    """The same recording with embedded subtitles, in the form that the target's format takes."""
    codec = {"mp4": "mov_text", "webm": "webvtt"}.get(target.suffix[1:], "srt")
    with (
        av.open(str(source), "r") as recording,
        av.open(io.BytesIO(srt.encode()), "r", format="srt") as words,
        av.open(str(target), "w") as container,
    ):
        lines = words.streams.subtitles[0]
        texts: Any
        pairs = {s.index: container.add_stream_from_template(s) for s in recording.streams}
        if codec == "srt":
            texts = container.add_stream_from_template(lines)
        else:
            texts = container.add_stream(codec)
            texts.codec_context.subtitle_header = _STYLE
            texts.codec_context.time_base = Fraction(1, 1000)
        if language:
            texts.metadata["language"] = language
        packet: Any
        for packet in recording.demux():
            if packet.dts is not None:
                packet.stream = pairs[packet.stream.index]
                container.mux(packet)
        for packet in words.demux(lines):
            if packet.dts is not None:
                container.mux(_recoded(packet, lines, texts, codec))
    return target


def _recoded(packet: Any, lines: Any, texts: Any, codec: str) -> Any:
    start, length = packet.pts, packet.duration
    if codec != "srt":
        packet = texts.codec_context.encode_subtitle(lines.codec_context.decode2(packet))
        packet.pts = packet.dts = start
        packet.duration, packet.time_base = length, Fraction(1, 1000)
    packet.stream = texts
    return packet


def _options(codec: str, keyframe_every: int | None) -> dict[str, str]:
    if codec != "libx264":
        return {"qmin": "2"} if codec == "mpeg4" else {}
    fixed = {"sc_threshold": "0"} if keyframe_every else {}
    return {"preset": "ultrafast", **fixed}


def _sound_stream(container: Any, path: Path) -> Any:
    codec = _SOUND_CODECS.get(path.suffix[1:], "aac")
    return container.add_stream(codec, rate=48_000 if codec == "libopus" else _RATE, layout="mono")


def _mux_sound(container: Any, stream: Any, samples: NDArray[np.float32]) -> None:
    context = stream.codec_context
    resampler = av.AudioResampler(context.format, "mono", context.rate, 1024)
    for start in range(0, len(samples), _RATE):
        piece = samples[start : start + _RATE]
        frame = av.AudioFrame.from_ndarray(piece[np.newaxis], format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = _RATE, start, Fraction(1, _RATE)
        for converted in resampler.resample(frame):
            container.mux(stream.encode(converted))
    for converted in resampler.resample(None):
        container.mux(stream.encode(converted))
    container.mux(stream.encode())


def _mux_cover(container: Any, cover: bytes) -> None:
    with av.open(io.BytesIO(cover), "r", format="mjpeg") as still:
        source = still.streams.video[0]
        target = container.add_stream_from_template(source)
        target.disposition = av.stream.Disposition.attached_pic
        packet = next(still.demux(source))
        packet.stream, packet.pts, packet.dts = target, 0, 0
        container.mux(packet)
