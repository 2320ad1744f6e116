"""Opens a recording through PyAV: one container format, one open file, nothing else reached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Discard, Disposition, Stream
from av.video.stream import VideoStream

from desktop_mmrag.errors import FileDamaged, FileUnsupported
from desktop_mmrag.extract.isolation.failures import ActionRefused, explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.recordings.wholeness import check_bytes

FORMATS = {
    Kind.MP3: "mp3",
    Kind.M4A: "mov",
    Kind.AAC: "aac",
    Kind.FLAC: "flac",
    Kind.OGG: "ogg",
    Kind.OPUS: "ogg",
    Kind.WAV: "wav",
    Kind.MP4: "mov",
    Kind.MOV: "mov",
    Kind.MKV: "matroska",
    Kind.WEBM: "matroska",
    Kind.AVI: "avi",
}
"""FFmpeg's name of the one demuxer that may read each kind; none of them follows a link."""

_BUFFER = 1 << 18
_MICROSECONDS = 1_000_000


@contextmanager
def opened(path: Path, kind: Kind) -> Iterator[InputContainer]:
    """The container, read through a file that Python opened.

    Raises FileDamaged for what cannot be read, FileUnsupported for encrypted and unknown codecs,
    and the other file failures.
    """
    with explained(path), path.open("rb") as file:
        check_bytes(path, kind)
        try:
            container: InputContainer = av.open(
                file,
                "r",
                format=FORMATS[kind],
                buffer_size=_BUFFER,
                io_open=_refuse,
                metadata_errors="replace",
            )
        except (av.error.InvalidDataError, av.error.EOFError, EOFError) as problem:
            raise FileDamaged(
                f"{path.name} begins like {kind} but cannot be opened; it may be cut off."
            ) from problem
        try:
            yield container
        finally:
            container.close()


def _refuse(url: str, flags: int, options: dict[str, Any]) -> Any:
    raise ActionRefused(f"opening {url!r}")


def moving_picture(container: InputContainer) -> VideoStream | None:
    """The video stream, if there is one that is no cover picture."""
    moving = [s for s in container.streams.video if not s.disposition & _COVER]
    return moving[0] if moving else None


def cover_picture(container: InputContainer) -> VideoStream | None:
    """The stream that holds the cover of a song or a film."""
    still = [s for s in container.streams.video if s.disposition & _COVER]
    return still[0] if still else None


def sound_of(container: InputContainer) -> AudioStream | None:
    """The sound that a player would choose."""
    streams = list(container.streams.audio)
    default = [s for s in streams if s.disposition & Disposition.default]
    return next(iter((*default, *streams)), None)


@contextmanager
def only(container: InputContainer, stream: Stream) -> Iterator[None]:
    """Within, packets of the other streams are left out where the format can do so cheaply."""
    others = [other for other in container.streams if other.index != stream.index]
    for other in others:
        other.discard = Discard.all
    try:
        yield
    finally:
        for other in others:
            other.discard = Discard.default


def duration_of(container: InputContainer) -> float | None:
    """Seconds, as the container says."""
    if container.duration is None or container.duration <= 0:
        return None
    return float(container.duration / _MICROSECONDS)


def start_of(container: InputContainer) -> float:
    """The time stamp of the first moment; players count from there."""
    return (container.start_time or 0) / _MICROSECONDS


def require_decoder(stream: VideoStream | AudioStream, path: Path) -> None:
    """Raises FileUnsupported when nothing here can decode the stream."""
    if stream.codec_context is None:
        raise FileUnsupported(
            f"{path.name} holds a codec that cannot be decoded here.",
            "Convert it to MP4 (H.264, AAC) if it should be found.",
        )


_COVER = Disposition.attached_pic
