"""The words of the program as frozen values, and the protocols its rooms speak through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit-length rows, float32 [n, dimension]."""

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


class Store(StrEnum):
    """Where a hit was found; each store ranks alone and the ranks are fused."""

    IMAGE_TEXT = "image-text"
    TEXT = "text"
    WORDS = "words"
    OCR = "ocr"
    SPEECH = "speech"
    FACTS = "facts"
    SOUND = "sound"


class Strategy(StrEnum):
    """How a search finds, and from what a question is answered."""

    FUSED = "fused"
    """Every store ranks alone; the ranks are fused and the first hits read once more."""
    TEXT = "text"
    """Everything turned to text: words and passages, with captions, read text and speech."""
    TEXT_THEN_PICTURE = "text-then-picture"
    """Found by text, then answered from the original picture."""
    SHARED = "shared"
    """Found in the space that pictures and words share, and nowhere else."""


# --- locators -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whole:
    """The content as a whole."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Characters [start, end) of the extracted text, under a heading."""

    start: int
    end: int
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1; with characters [start, end) of its text for a passage."""

    page: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of width and height from the top left, after EXIF rotation."""

    x0: float
    y0: float
    x1: float
    y1: float
    page: int | None = None
    """The page it lies on, counted from 1; None in a photo."""

    def overlaps(self, other: Box) -> bool:
        """Whether they share some area of the same page."""
        beside = self.x1 <= other.x0 or other.x1 <= self.x0
        apart = self.y1 <= other.y0 or other.y1 <= self.y0
        return self.page == other.page and not (beside or apart)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Seconds from the start of a recording."""

    start_s: float
    end_s: float


Locator = Whole | TextSpan | Page | Box | TimeSpan


def locator_to_json(locator: Locator) -> dict[str, Any]:
    """The shape that the commands print and the library keeps."""
    match locator:
        case Whole():
            return {"kind": "whole"}
        case TextSpan(start, end, heading):
            return _present({"kind": "text", "start": start, "end": end, "heading": heading})
        case Page(page, start, end):
            return _present({"kind": "page", "page": page, "start": start, "end": end})
        case Box(x0, y0, x1, y1, page):
            return _present({"kind": "box", "box": [x0, y0, x1, y1], "page": page})
        case TimeSpan(start_s, end_s):
            return {"kind": "time", "start_s": start_s, "end_s": end_s}


def locator_from_json(data: Mapping[str, Any]) -> Locator:
    """The inverse of `locator_to_json`. Raises ValueError for an unknown kind."""
    match data["kind"]:
        case "whole":
            return Whole()
        case "text":
            return TextSpan(data["start"], data["end"], data.get("heading"))
        case "page":
            return Page(data["page"], data.get("start"), data.get("end"))
        case "box":
            x0, y0, x1, y1 = data["box"]
            return Box(x0, y0, x1, y1, data.get("page"))
        case "time":
            return TimeSpan(data["start_s"], data["end_s"])
        case kind:
            raise ValueError(f"unknown locator kind {kind!r}")


def _present(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


# --- keeping: what extraction gives ---------------------------------------------------


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


# --- spaces and encoders --------------------------------------------------------------

SpaceKind = Literal["image-text", "text", "audio-text"]


@dataclass(frozen=True, slots=True)
class Space:
    """One embedding space. Vectors of different spaces are never compared."""

    kind: SpaceKind
    model: str
    revision: str
    precision: str
    dimension: int

    @property
    def key(self) -> str:
        """A name that is equal exactly when two spaces are."""
        return f"{self.kind}:{self.model}:{self.revision[:12]}:{self.precision}:{self.dimension}"


class ImageTextEncoder(Protocol):
    """Puts pictures and words into one space."""

    @property
    def space(self) -> Space: ...
    @property
    def picture_input(self) -> PictureInput: ...
    @property
    def strong_from(self) -> float:
        """Deviations above the background from which on a picture is a strong match."""
        ...

    @property
    def text_space(self) -> Space | None:
        """The space of passages that lies in this one, so that pictures can be asked for passages."""
        ...

    def embed_pictures(self, pixels: NDArray[np.uint8]) -> Vectors:
        """uint8 [n, size, size, 3] to unit vectors [n, dimension]."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> Vectors: ...


class AudioTextEncoder(Protocol):
    """Puts sounds and words into one space."""

    @property
    def space(self) -> Space: ...
    @property
    def rate(self) -> int:
        """Samples a second that it hears."""
        ...

    @property
    def window_s(self) -> float:
        """The longest sound that it hears at once, in seconds."""
        ...

    def embed_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        """One channel each, at most `window_s` long, to unit vectors [n, dimension]."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> Vectors: ...


class TextEncoder(Protocol):
    """Puts passages and questions into one space."""

    @property
    def space(self) -> Space: ...
    @property
    def tokenizer_file(self) -> Path: ...
    @property
    def max_tokens(self) -> int: ...
    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...
    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...


class Reranker(Protocol):
    """Reads a question and a passage together."""

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """float32 [n], higher is better, on no particular scale."""
        ...


class SpeechModel(Protocol):
    """Writes down what is said. May be used from several threads at once."""

    @property
    def model_id(self) -> str: ...
    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        """Phrases of a stretch of at most 30 seconds, their times counted from its start.

        Raises SpeechModelDied, ModelDamaged.
        """
        ...


class Encoders(Protocol):
    """The encoders in use now; each is loaded when it is first asked for."""

    def text(self) -> TextEncoder: ...
    def image_text(self) -> ImageTextEncoder | None: ...
    def audio_text(self) -> AudioTextEncoder | None: ...
    def reranker(self) -> Reranker | None: ...


class InstalledEncoders(Encoders, Protocol):
    """Gives other encoders than those in use as well, for vectors of earlier days."""

    def text_of(self, space: Space) -> TextEncoder | None:
        """An installed encoder whose space this is, or None."""
        ...

    def image_text_of(self, space: Space) -> ImageTextEncoder | None:
        """An installed encoder whose space this is, or None."""
        ...


class PictureSource(Protocol):
    """Pixels of a photo, a page or a moment, decoded in a process that may crash."""

    def picture(
        self,
        path: Path,
        longest_side: int,
        page: int | None = None,
        box: Box | None = None,
        second: float | None = None,
    ) -> Pixels:
        """`second`: which moment of a video. Raises FileFailure."""
        ...


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One turn of a conversation with a vision model. Pictures come before the text."""

    speaker: Literal["system", "user", "assistant"]
    text: str
    pictures: tuple[Pixels, ...] = field(default=(), compare=False, repr=False)


class VisionChat(Protocol):
    """A language model that sees pictures, in a process of its own."""

    @property
    def model_id(self) -> str: ...
    @property
    def context_tokens(self) -> int: ...
    def count_tokens(self, text: str) -> int: ...
    def picture_tokens(self) -> int:
        """How much of the context one picture takes, at most."""
        ...

    def stream(self, turns: Sequence[ChatTurn], max_tokens: int) -> Iterator[str]:
        """Pieces of the answer as they are made. Closing the iterator stops the model."""
        ...

    def unload(self) -> None:
        """Gives all its memory back; the next `stream` loads again."""
        ...


# --- the library ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder the person asked to watch."""

    id: int
    path: Path
    online: bool = True
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A skipped file with its reason."""

    path: Path
    title: str
    message: str
    hint: str
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of what long work is doing, yielded now and then."""

    stage: Literal[
        "discovering",
        "understanding",
        "reading",
        "listening",
        "embedding",
        "recognising",
        "tagging",
        "describing",
        "idle",
    ]
    done: int
    total: int
    failed: int = 0
    per_second: float = 0.0
    seconds_left: float | None = None
    current: Path | None = None


# --- finding --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; each is shown to the person and can be taken away."""

    media: frozenset[Medium] = frozenset()
    folders: tuple[str, ...] = ()
    """`in:` words; each must occur in the path."""
    after: datetime | None = None
    """Inclusive."""
    before: datetime | None = None
    """Exclusive."""
    near: str | None = None
    camera: str | None = None
    rating: int | None = None
    """At least so many stars."""

    def to_json(self) -> dict[str, Any]:
        """Only what is set, as the search command prints it."""
        return _present(
            {
                "type": sorted(self.media) or None,
                "in": list(self.folders) or None,
                "after": self.after.isoformat() if self.after else None,
                "before": self.before.isoformat() if self.before else None,
                "near": self.near,
                "camera": self.camera,
                "rating": self.rating,
            }
        )


@dataclass(frozen=True, slots=True)
class Query:
    """What the person typed, understood."""

    typed: str
    meaning: str = ""
    """The words left for the encoders once filters and signs are taken out."""
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Filters = Filters()
    guesses: tuple[str, ...] = ()
    """Plain words that were read as filters ("last summer"), as they were typed."""
    printable: bool = False
    """Whether a guess may as well be words on a page ("25/12/2018", "in Bergen")."""


@dataclass(frozen=True, slots=True)
class QueryVector:
    """An example to search by: a prepared vector of one space, with a sign and a weight."""

    space: Space
    vector: Vectors
    """float32 [dimension]."""
    weight: float = 1.0
    across: bool = False
    """Of another kind than the item itself: what its words look like, what its looks would say."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit matched, in one store. `score` is on that store's own scale."""

    store: Store
    rank: int
    score: float
    words: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment with its rank, its relevance and the reasons it matched."""

    rank: int
    segment_id: int
    content_id: int
    path: Path
    medium: Medium
    locator: Locator
    snippet: str
    relevance: float
    """0 to 1, comparable within one result only."""
    strong: bool
    reasons: tuple[Reason, ...]
    online: bool = True
    taken_at: datetime | None = None
    dated_at: datetime | None = None
    """`taken_at`, else the file's own time."""
    also_at: tuple[Path, ...] = ()
    """Other files of the same content, the other half of a pair, near-duplicates folded into it."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked hits and how the query was understood."""

    query: Query
    hits: tuple[Hit, ...]
    took_ms: float
    dropped: tuple[str, ...] = ()
    """Plain words that looked like filters and were searched as words, since they left too little."""


# --- asking ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer from an answer to a hit's locator."""

    n: int
    path: Path
    medium: Medium
    locator: Locator
    quote: str
    content_id: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo, a page or a moment whose pixels an answering model was shown."""

    path: Path
    medium: Medium
    content_id: int
    page: int | None = None
    """Counted from 1; None for a photo."""
    second: float | None = None
    """Which moment of a video."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got. `engine` is "extractive" or a model's id."""

    question: str
    text: str
    found: bool
    engine: str
    citations: tuple[Citation, ...] = ()
    took_ms: Mapping[str, float] = field(default_factory=dict)
    seen: tuple[Seen, ...] = ()
    """Pictures that the model had before it when it answered."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What answering is doing now: "searching", "reading 4 pictures", "writing"."""

    words: str
    seen: tuple[Seen, ...] = ()
    """The pictures that are being read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer's text as it is made."""

    text: str


AnswerEvent = Stage | Piece | Answer
"""What asking yields: stages and pieces, then one answer."""
