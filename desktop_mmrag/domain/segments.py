"""What a file is understood to be: its segments, facts and preview, and what is asked of extraction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.domain.locators import Box, Locator

Pixels = NDArray[np.uint8]
"""An upright RGB picture, uint8 [height, width, 3]."""

Samples = NDArray[np.float32]
"""Sound in one channel, float32 [n] between -1 and 1, 16,000 a second."""

SAMPLE_RATE = 16_000
"""Samples a second of `Samples`; what speech models were trained on."""


class Medium(StrEnum):
    """What kind of thing a content is."""

    PHOTO = "photo"
    NOTE = "note"
    DOCUMENT = "document"
    AUDIO = "audio"
    VIDEO = "video"


RECORDINGS = frozenset({Medium.AUDIO, Medium.VIDEO})
"""What has a length in seconds."""

LISTENING_PRIORITY = 0.05
"""Writing down speech takes longest, so it comes after everything else that is read."""


class Role(StrEnum):
    """What a segment is within its content."""

    PICTURE = "picture"
    """Pixels: a whole photo, a page, a keyframe."""
    PASSAGE = "passage"
    """Words written in a note or on a page."""
    CAPTION = "caption"
    """The words in a note around a picture that the note shows."""
    OCR = "ocr"
    """Words read in a picture or a scanned page."""
    SPEECH = "speech"
    """Words spoken."""
    SOUND = "sound"
    """A recording as it sounds."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text read in a picture, with its place."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Spoken:
    """A phrase with the seconds at which it is said."""

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of a recording as a speech model hears it."""

    start_s: float
    samples: Samples = field(compare=False, repr=False)
    """Empty where nothing is to be heard up to `until_s`."""
    until_s: float
    """Everything before this second has been given."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The unit that is found. `text` is empty for pure pixels."""

    role: Role
    locator: Locator
    text: str = ""
    about: str | None = None
    """For a CAPTION: the path of the picture as the note writes it, relative to the note."""
    lines: tuple[TextLine, ...] = ()
    """For OCR: the lines that `text` was joined from, in reading order."""
    phrases: tuple[Spoken, ...] = ()
    """For SPEECH: the phrases that `text` was joined from."""
    pixels: Pixels | None = field(default=None, compare=False, repr=False)
    """For a PICTURE: prepared for the encoder, uint8 [size, size, 3]. Never stored."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a content says of itself. Times are the wall clock where it was made."""

    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    place: str | None = None
    """City, region and country, nearest first, separated by commas."""
    camera: str | None = None
    author: str | None = None
    title: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    rating: int | None = None
    """Stars, 1 to 5; None when nobody gave any."""
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a photo looks like in a few bits: copies in other sizes and formats differ in few."""

    coarse: int
    """64 bits, unsigned."""
    fine: bytes
    """256 bits, for making sure."""
    plain: bool
    """Whether most of it is of one tone, so that others on the same paper look much alike."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The last thing that the extraction of a file yields."""

    medium: Medium
    facts: Facts
    preview: bytes | None = None
    """A JPEG picture of at most 512 pixels a side, upright."""
    reading_priority: float | None = None
    """How likely a second pass finds text in pictures, 0 to 1; None when there is nothing to read."""
    fingerprint: Fingerprint | None = None
    """Of a photo; None for other media, and for pictures of one tone or several pages."""


@dataclass(frozen=True, slots=True)
class Beside:
    """All that the extraction of a side-car yields: what it says of the picture beside it."""

    facts: Facts
    overrides: bool = True
    """Whether it is believed before what the picture says of itself."""


Part = Segment | Summary | Beside
"""What extraction yields: segments as they are found, then one summary; or what lies beside."""


@dataclass(frozen=True, slots=True)
class PictureInput:
    """How an encoder wants pixels prepared before mean and deviation are applied.

    `shortest`: the shortest side to `size`, then the centre cropped. `exact`: both sides
    to `size`, the shape of the picture not kept. Always PIL's antialiased bicubic.
    """

    size: int
    resize: Literal["shortest", "exact"] = "shortest"


@dataclass(frozen=True, slots=True)
class ExtractRequest:
    """One file to extract, and how its segments shall be cut for the encoders in use."""

    path: Path
    picture_input: PictureInput | None
    """None when no image encoder is installed: pictures then carry no pixels."""
    tokenizer_file: Path
    max_tokens: int
    """The longest passage, in tokens of `tokenizer_file`."""
