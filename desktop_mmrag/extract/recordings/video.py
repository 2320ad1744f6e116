"""A video to its scenes, its subtitles, facts and poster; and the picture at a second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from desktop_mmrag.domain import (
    LISTENING_PRIORITY,
    Box,
    ExtractRequest,
    Medium,
    Part,
    PictureInput,
    Role,
    Segment,
    Summary,
    TimeSpan,
)
from desktop_mmrag.errors import FileDamaged, FileTooLarge
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind
from desktop_mmrag.extract.pictures import thumbnail
from desktop_mmrag.extract.pictures.pixels import crop, prepare, shrink
from desktop_mmrag.extract.recordings import audio, subtitles
from desktop_mmrag.extract.recordings.frames import (
    Moments,
    frame_at,
    little,
    quarter_turns,
    shown_size,
    upright,
)
from desktop_mmrag.extract.recordings.recording import (
    cover_picture,
    duration_of,
    moving_picture,
    opened,
    require_decoder,
    sound_of,
)
from desktop_mmrag.extract.recordings.scenes import SMALL, Look, SceneChanges, look_at
from desktop_mmrag.extract.recordings.spoken import passages
from desktop_mmrag.extract.recordings.tags import facts_of
from desktop_mmrag.extract.recordings.wholeness import check_length

# As for photos: the encoder's antialiasing needs something to average.
_OVERSAMPLE = 1.6
# Each time so many frames were looked at, the time limit of the file starts anew.
_FRAMES_A_PAGE = 10


@dataclass(slots=True)
class _Scene:
    """A scene that has begun; its end is known when the next one begins."""

    start_s: float
    look: Look
    segment: Segment


def extract(request: ExtractRequest, kind: Kind, megapixels: int) -> Iterator[Part | None]:
    """A picture for each scene, the words that came with it, None now and then; the summary.

    Raises FileDamaged, FileTooLarge and the other file failures. What holds no moving picture
    is understood as sound.
    """
    path = request.path
    with opened(path, kind) as container, explained(path):
        stream = moving_picture(container)
        if stream is None:
            yield from audio.extract_opened(request, kind, container)
            return
        require_decoder(stream, path)
        _limit(stream, path, megapixels)
        tags = {**stream.metadata, **container.metadata}
        words = subtitles.coming_with(path, container, tags, duration_of(container))
        yield None
        reel = _Reel(container, stream, request.picture_input)
        # Scenes come first: the first segment stands for the whole.
        yield from reel.scenes()
        yield from passages(words)
        duration = duration_of(container) or reel.until_s or None
        check_length(path, duration, reel.until_s)
        if reel.first is None:
            raise FileDamaged(f"No picture of {path.name} can be decoded.")
        sound = sound_of(container)
        facts = facts_of(tags, duration, reel.size)
    listening = None if words or sound is None else LISTENING_PRIORITY
    yield Summary(Medium.VIDEO, facts, _poster(path, kind, reel), listening)


def _limit(stream: VideoStream, path: Path, megapixels: int) -> None:
    context = stream.codec_context
    if context.width * context.height > megapixels * 1_000_000:
        raise FileTooLarge(f"{path.name} has more pixels than the limit allows.")


class _Reel:
    """Goes through a video once."""

    def __init__(
        self, container: InputContainer, stream: VideoStream, wanted: PictureInput | None
    ) -> None:
        self._moments = Moments(container, stream)
        self._stream = stream
        self._wanted = wanted
        self.first: Image.Image | None = None
        self.poster: Image.Image | None = None
        """The first picture that shows something."""
        self.size = (0, 0)

    @property
    def until_s(self) -> float:
        """Where what was read ends."""
        return self._moments.until_s

    def scenes(self) -> Iterator[Segment | None]:
        """A PICTURE segment for each scene, from where it begins to where the next one does."""
        changes = SceneChanges()
        last: _Scene | None = None
        for count, (second, frame) in enumerate(self._moments, start=1):
            look = look_at(little(frame, SMALL))
            if changes.begins(second, look):
                scene = self._scene(second, look, frame)
                if last is None or (last.look.black and last.start_s == 0.0):
                    # The black before a film begins belongs to its first picture.
                    scene.start_s = 0.0
                else:
                    yield _ended(last, second)
                last = scene
            if count % _FRAMES_A_PAGE == 0:
                yield None
        if last is not None:
            yield _ended(last, max(self.until_s, last.start_s))

    def _scene(self, second: float, look: Look, frame: VideoFrame) -> _Scene:
        shortest = round(_OVERSAMPLE * self._wanted.size) if self._wanted else 0
        picture = upright(frame, self._stream, shortest, thumbnail.LONGEST_SIDE)
        pixels = prepare(picture, self._wanted) if self._wanted else None
        if self.first is None:
            self.first, self.size = picture, _upright_size(frame, self._stream)
        if self.poster is None and not look.black:
            self.poster = picture
        return _Scene(second, look, Segment(Role.PICTURE, TimeSpan(second, second), pixels=pixels))


def _ended(scene: _Scene, end_s: float) -> Segment:
    # Milliseconds: rounded further, the frame on screen at that second would be the one before.
    span = TimeSpan(round(scene.start_s, 3), round(end_s, 3))
    return replace(scene.segment, locator=span)


def _upright_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    width, height = shown_size(frame.width, frame.height, stream)
    return (height, width) if quarter_turns(frame) % 2 else (width, height)


def _poster(path: Path, kind: Kind, reel: _Reel) -> bytes | None:
    picture = _cover(path, kind) or reel.poster or reel.first
    return thumbnail.jpeg(thumbnail.small(picture)) if picture else None


def _cover(path: Path, kind: Kind) -> Image.Image | None:
    with opened(path, kind) as container:
        stream = cover_picture(container)
        return audio.cover_of(container) if stream is not None else None


def load_frame(
    path: Path, kind: Kind, second: float | None, longest_side: int, box: Box | None
) -> Image.Image:
    """The picture at a second of a video, or the part in `box`, upright RGB.

    Without a second, the cover or the first picture; of a sound, its cover. Raises FileDamaged,
    FileUnsupported and the other file failures.
    """
    with opened(path, kind) as container, explained(path):
        stream = moving_picture(container)
        if stream is None:
            return shrink(crop(audio.require_cover(container, path), box), longest_side)
        require_decoder(stream, path)
        frame = frame_at(container, stream, second or 0.0)
        if frame is None:
            raise FileDamaged(f"No picture of {path.name} can be decoded at that second.")
        part = max(box.x1 - box.x0, box.y1 - box.y0, 0.01) if box else 1.0
        whole = upright(frame, stream, longest=int(longest_side / part))
        return shrink(crop(whole, box), longest_side)
