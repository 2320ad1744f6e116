"""A sound to its words, facts and preview; and to stretches that a speech model can hear."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray
from PIL import Image

from desktop_mmrag.domain import (
    LISTENING_PRIORITY,
    SAMPLE_RATE,
    ExtractRequest,
    Facts,
    Medium,
    Part,
    Role,
    Samples,
    Segment,
    Sound,
    Summary,
    Whole,
)
from desktop_mmrag.errors import FileDamaged, FileUnsupported
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.pictures import thumbnail
from desktop_mmrag.extract.pictures.pixels import to_rgb
from desktop_mmrag.extract.recordings import subtitles, waveform
from desktop_mmrag.extract.recordings.recording import (
    cover_picture,
    duration_of,
    only,
    opened,
    require_decoder,
    sound_of,
    start_of,
)
from desktop_mmrag.extract.recordings.silence import Stretches
from desktop_mmrag.extract.recordings.spoken import passages
from desktop_mmrag.extract.recordings.tags import facts_of
from desktop_mmrag.extract.recordings.wholeness import check_length, promises_length

# Loudness is seen, not heard: few samples are enough.
_COARSE_RATE = 8_000
_PEAKS_A_SECOND = 10
_MINUTE_S = 60.0
# Quieter than this from beginning to end there is nothing to write down (-46 dB).
_AUDIBLE = 0.005


def extract(request: ExtractRequest, kind: Kind) -> Iterator[Part | None]:
    """The sound as a whole, the words that came with it, None now and then; the summary.

    Raises FileDamaged and the other file failures.
    """
    with opened(request.path, kind) as container, explained(request.path):
        yield from extract_opened(request, kind, container)


def extract_opened(
    request: ExtractRequest, kind: Kind, container: InputContainer
) -> Iterator[Part | None]:
    """The same of an opened container."""
    path, stream = request.path, sound_of(container)
    if stream is None:
        raise FileDamaged(f"{path.name} holds neither sound nor moving pictures.")
    require_decoder(stream, path)
    tags = {**stream.metadata, **container.metadata}
    promised = duration_of(container) if promises_length(path, kind) else None
    cover = cover_of(container)
    words = subtitles.coming_with(path, container, tags, promised)
    yield Segment(Role.SOUND, Whole())
    yield from passages(words)
    peaks: list[float] = []
    for peak in _peaks(container, stream):
        peaks.append(peak)
        if len(peaks) % (_PEAKS_A_SECOND * _MINUTE_S) == 0:
            yield None
    length = len(peaks) / _PEAKS_A_SECOND
    if not peaks:
        raise FileDamaged(f"No sound of {path.name} can be decoded.")
    check_length(path, promised, length)
    facts: Facts = facts_of(tags, promised or length)
    picture = thumbnail.small(cover) if cover else waveform.draw(peaks)
    audible = max(peaks) > _AUDIBLE
    listening = LISTENING_PRIORITY if audible and not words else None
    yield Summary(Medium.AUDIO, facts, thumbnail.jpeg(picture), listening)


def words(path: Path, kind: Kind) -> Iterator[Segment | None]:
    """The words that come with a recording, nothing else of it; none where it has to be heard."""
    with opened(path, kind) as container, explained(path):
        stream = sound_of(container)
        tags = {**(stream.metadata if stream else {}), **container.metadata}
        yield from passages(subtitles.coming_with(path, container, tags, duration_of(container)))


# --- covers ---------------------------------------------------------------------------


def cover_of(container: InputContainer) -> Image.Image | None:
    """The cover picture as RGB; None when there is none or it cannot be decoded."""
    stream = cover_picture(container)
    if stream is None:
        return None
    with suppress(av.error.FFmpegError, OSError, ValueError):
        for packet in container.demux(stream):
            if packet.size:
                container.seek(0)
                return _picture(bytes(packet))
    container.seek(0)
    return None


def require_cover(container: InputContainer, path: Path) -> Image.Image:
    """The cover picture. Raises FileUnsupported when there is none."""
    cover = cover_of(container)
    if cover is None:
        raise FileUnsupported(f"{path.name} is a sound without a cover picture.")
    return cover


def _picture(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "BMP", "GIF")) as image:
        image.load()
        return to_rgb(image)


# --- sound ----------------------------------------------------------------------------


def listen(path: Path, kind: Kind, start_s: float) -> Iterator[Sound | None]:
    """What can be heard from a second on, in stretches of at most 30 seconds; None now and then.

    Stretches are cut where it is quiet. Raises FileDamaged and the other file failures.
    """
    with opened(path, kind) as container, explained(path):
        stream = sound_of(container)
        if stream is None:
            return
        require_decoder(stream, path)
        stretches = Stretches(start_s)
        for second, samples in _samples(container, stream, SAMPLE_RATE, start_s):
            for sound in stretches.take(second, samples):
                yield sound
                yield None
        yield from stretches.rest()


def windows(path: Path, kind: Kind, rate: int, window_s: float) -> Iterator[Sound | None]:
    """What can be heard, `rate` samples a second, in windows of one length; silent ones left out.

    The last may be shorter. None now and then. Raises FileDamaged and the other file failures.
    """
    with opened(path, kind) as container, explained(path):
        stream = sound_of(container)
        if stream is None:
            return
        require_decoder(stream, path)
        size, start_s = round(rate * window_s), 0.0
        waiting: list[Samples] = []
        held = 0
        for _, samples in _samples(container, stream, rate):
            waiting.append(samples)
            held += len(samples)
            while held >= size:
                joined = np.concatenate(waiting)
                if np.abs(joined[:size]).max() > _AUDIBLE:
                    yield Sound(start_s, joined[:size], start_s + window_s)
                yield None
                start_s += window_s
                waiting, held = [joined[size:]], held - size
        rest = np.concatenate(waiting) if waiting else np.empty(0, np.float32)
        if np.abs(rest).max(initial=0.0) > _AUDIBLE:
            yield Sound(start_s, rest, start_s + len(rest) / rate)


def _peaks(container: InputContainer, stream: AudioStream) -> Iterator[float]:
    """The loudest sample of each tenth of a second, 0 to 1."""
    step = _COARSE_RATE // _PEAKS_A_SECOND
    waiting: list[NDArray[np.float32]] = []
    held = 0
    for _, samples in _samples(container, stream, _COARSE_RATE):
        waiting.append(samples)
        held += len(samples)
        if held >= _COARSE_RATE:
            joined = np.concatenate(waiting)
            whole = len(joined) // step * step
            yield from np.abs(joined[:whole]).reshape(-1, step).max(axis=1).tolist()
            waiting, held = [joined[whole:]], len(joined) - whole
    if held:
        yield float(np.abs(np.concatenate(waiting)).max(initial=0))


def _samples(
    container: InputContainer, stream: AudioStream, rate: int, start_s: float = 0.0
) -> Iterator[tuple[float, Samples]]:
    """Seconds and sound in one channel; what cannot be decoded is left out."""
    begin = start_of(container)
    if start_s > 0 and stream.time_base is not None:
        container.seek(int((start_s + begin) / stream.time_base), backward=True, stream=stream)
    resampler = AudioResampler("flt", "mono", rate)
    with only(container, stream):
        for frame in chain(_decoded(container, stream), (None,)):
            for converted in resampler.resample(frame):
                second = (converted.time or 0.0) - begin
                yield second, np.clip(converted.to_ndarray()[0], -1, 1)


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    for packet in container.demux(stream):
        with suppress(av.error.FFmpegError):
            yield from (frame for frame in packet.decode() if isinstance(frame, AudioFrame))
