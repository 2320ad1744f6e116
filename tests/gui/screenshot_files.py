"""The files of the screenshots: the sample library, a recording, a video with subtitles, copies, and torn ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import av
import numpy as np
from PIL import Image

from desktop_mmrag import bundled
from tests.media import with_subtitles, write_sound

SAMPLE = bundled.resources() / "sample" / "library"
_SCENES = ("red-bicycle.jpg", "concert-poster.jpg", "whiteboard.jpg")
_SIZE, _RATE, _SCENE_S = (640, 480), 5, 8
_SAID = """1
00:00:01,000 --> 00:00:06,000
The first snow, and the bicycle still stands outside.

2
00:00:09,000 --> 00:00:14,000
The harbour lights: we walked home along the quay.

3
00:00:17,000 --> 00:00:22,000
And this is what the kitchen is going to look like.
"""


def write_files(family: Path, folder: Path) -> None:
    """Copies the sample library to `family`, and writes what it lacks to `folder`."""
    if folder.exists():
        return
    shutil.copytree(SAMPLE, family, dirs_exist_ok=True)
    folder.mkdir(parents=True)
    (folder / "torn.jpg").write_bytes(b"\xff\xd8\xff" + bytes(300))
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "letter.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with Image.open(SAMPLE / "pictures" / "red-bicycle.jpg") as picture:
        picture.resize((picture.width // 2, picture.height // 2)).save(folder / "bicycle small.jpg")
    _write_video(folder)
    _write_recording(
        folder / "Interview with grandmother about the summers at the farm, part 1.mp3"
    )


def _write_video(folder: Path) -> None:
    silent = folder / "winter.mp4"
    with av.open(str(silent), "w") as container:
        stream = container.add_stream("libx264", rate=_RATE, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *_SIZE, "yuv420p"
        for name in _SCENES:
            with Image.open(SAMPLE / "pictures" / name) as picture:
                pixels = np.asarray(picture.convert("RGB").resize(_SIZE))
            for _ in range(_RATE * _SCENE_S):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    with_subtitles(silent, folder / "winter in town.mp4", _SAID)
    silent.unlink()


def _write_recording(path: Path) -> None:
    """A voice without words: it rises and falls, and pauses."""
    times = np.arange(16_000 * 30) / 16_000
    loudness = np.clip(np.sin(2 * np.pi * times / 3), 0, 1) * 0.4
    write_sound(path, (loudness * np.sin(2 * np.pi * 180 * times)).astype(np.float32))
