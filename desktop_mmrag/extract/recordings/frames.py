"""Decodes as few frames of a video as tell its scenes apart, and the one at a given second."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from PIL import Image

from desktop_mmrag.domain import Pixels
from desktop_mmrag.extract.recordings.recording import duration_of, only, start_of

# Cameras and web sites set a keyframe every one to ten seconds. Where a writer set none for longer,
# as screen recorders do, the frames between are decoded too; in a short video, which costs little,
# already where they are farther apart than scenes may be.
_WIDE_S = 12.0
_WIDE_IN_SHORT_S = 2.0
_SHORT_S = 300.0
# Decoding costs by the pixel: about 400 million a second on two busy cores. So much is spent on
# stretches without keyframes, the longest first: three minutes for an hour of film.
_MEGAPIXELS = 18_000.0
_MEGAPIXELS_A_SECOND = 16.0
_USUAL_RATE = 30.0
_LARGEST_READ_TWICE = 2_000_000_000
_SAMPLED_EVERY_S = 1.0
# Far past the longest usual distance of keyframes, so that a jump ends before the time limit does.
_MOST_DECODED = 20_000
_SHARP = int(Interpolation.AREA)


class Moments:
    """The frames worth looking at, in the order of their times. Iterate once."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container, self._stream = container, stream
        self._start_s = start_of(container)
        self.until_s = 0.0
        """Where the last packet ends; grows while frames are taken."""

    def __iter__(self) -> Iterator[tuple[float, VideoFrame]]:
        """Seconds and frames. Damaged frames are left out."""
        wide = self._wide_stretches()
        context = self._stream.codec_context
        # Keyframes are decoded one by one; more threads than two would only take memory.
        context.thread_type, context.thread_count = ("AUTO", 2) if wide else ("NONE", 1)
        inside, next_s = False, 0.0
        for packet in self._packets():
            if packet.is_keyframe:
                # MP4 lists keyframes by when they are decoded, Matroska by when they are shown.
                inside = packet.pts in wide or packet.dts in wide
            # The last packet is empty: it brings out what the decoder still holds.
            if not packet.is_keyframe and not inside and packet.size:
                continue
            for second, frame in self._frames(packet):
                if frame.key_frame or second >= next_s:
                    next_s = second + _SAMPLED_EVERY_S
                    yield second, frame

    def _packets(self) -> Iterator[av.Packet[Any]]:
        base = self._stream.time_base
        with only(self._container, self._stream):
            for packet in self._container.demux(self._stream):
                if packet.pts is not None and base is not None:
                    end = float((packet.pts + (packet.duration or 0)) * base) - self._start_s
                    self.until_s = max(self.until_s, end)
                yield packet

    def _frames(self, packet: av.Packet[Any]) -> Iterator[tuple[float, VideoFrame]]:
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            return
        for frame in frames:
            if isinstance(frame, VideoFrame) and not frame.is_corrupt and frame.time is not None:
                yield max(0.0, frame.time - self._start_s), frame

    def _wide_stretches(self) -> frozenset[int]:
        """The time stamps of keyframes after which the next is far away."""
        base = self._stream.time_base
        if base is None:
            return frozenset()
        keys = self._keys_listed() or self._keys_met()
        end_s = (duration_of(self._container) or 0.0) + self._start_s
        ends = [*keys, max(int(end_s / base), keys[-1] if keys else 0)]
        length_s = end_s - self._start_s
        wide_s = _WIDE_IN_SHORT_S if length_s <= _SHORT_S else _WIDE_S
        gaps = [(float((b - a) * base), a) for a, b in pairwise(ends)]
        return self._affordable([gap for gap in gaps if gap[0] > wide_s], length_s)

    def _affordable(self, gaps: list[tuple[float, int]], length_s: float) -> frozenset[int]:
        """The longest gaps that can be decoded in a bounded time; always the same for a file."""
        context, rate = self._stream.codec_context, self._stream.average_rate
        a_second = context.width * context.height * float(rate or _USUAL_RATE) / 1e6
        left = _MEGAPIXELS + _MEGAPIXELS_A_SECOND * length_s
        chosen = []
        for gap_s, key in sorted(gaps, reverse=True):
            left -= gap_s * a_second
            if left < 0:
                break
            chosen.append(key)
        return frozenset(chosen)

    def _keys_listed(self) -> list[int]:
        """Those that the container lists; no list where only the beginning is listed."""
        listed = [e.timestamp for e in self._stream.index_entries if e.is_keyframe]
        return sorted(listed) if len(listed) > 1 else []

    def _keys_met(self) -> list[int]:
        """Those met while reading the whole file without decoding it; none of a very large one."""
        if self._container.size > _LARGEST_READ_TWICE:
            return []
        keys = [p.pts for p in self._packets() if p.is_keyframe and p.pts is not None]
        self._container.seek(0)
        return sorted(keys)


def frame_at(container: InputContainer, stream: VideoStream, second: float) -> VideoFrame | None:
    """The frame that is on screen at a second, else the last before; None when none decodes."""
    start_s = start_of(container)
    stream.codec_context.thread_count = 2
    if stream.time_base is not None and second > 0:
        target = int((second + start_s) / stream.time_base)
        container.seek(target, backward=True, stream=stream)
    on_screen: VideoFrame | None = None
    for count, frame in enumerate(_decoded(container, stream)):
        shown_s = (frame.time or 0.0) - start_s
        # Time stamps are rounded to the container's clock.
        if on_screen is not None and shown_s > second + 0.001:
            break
        on_screen = frame
        if count >= _MOST_DECODED:
            break
    return on_screen


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            continue
        for frame in frames:
            if isinstance(frame, VideoFrame):
                yield frame


def upright(
    frame: VideoFrame, stream: VideoStream, shortest: int = 0, longest: int = 0
) -> Image.Image:
    """The frame as RGB, turned the right way up, with square pixels.

    Both sides keep at least `shortest` and `longest` pixels where they have them; 0 and 0 asks
    for full size.
    """
    width, height = shown_size(frame.width, frame.height, stream)
    scale = 1.0
    if shortest or longest:
        scale = min(1.0, max(shortest / min(width, height), longest / max(width, height)))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    converted = frame.reformat(*size, format="rgb24", interpolation=_SHARP)
    turned = np.rot90(converted.to_ndarray(), quarter_turns(frame))
    return Image.fromarray(np.ascontiguousarray(turned))


def little(frame: VideoFrame, size: tuple[int, int]) -> Pixels:
    """The frame at a very small size, not turned: uint8 [height, width, 3]."""
    small = frame.reformat(*size, format="rgb24", interpolation=_SHARP)
    return np.asarray(small.to_ndarray(), np.uint8)


def shown_size(width: int, height: int, stream: VideoStream) -> tuple[int, int]:
    """Width and height as they are shown, before the frame is turned."""
    ratio = stream.sample_aspect_ratio
    if ratio and ratio > 0 and 0.25 <= ratio <= 4:
        return max(1, round(width * ratio)), height
    return width, height


def quarter_turns(frame: VideoFrame) -> int:
    """How often the frame is to be turned by 90 degrees, against the clock."""
    return round(frame.rotation / 90) % 4
