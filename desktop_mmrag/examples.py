"""Turns what a person shows - words, a file, a part of one - into examples to search by."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from pathlib import Path

import numpy as np

from desktop_mmrag.domain import (
    Box,
    Encoders,
    ExtractRequest,
    Locator,
    Medium,
    Page,
    Part,
    Pixels,
    QueryVector,
    Role,
    Segment,
    SpeechModel,
    Summary,
    TimeSpan,
    Vectors,
    Whole,
)
from desktop_mmrag.errors import FileMissing, FileUnsupported, ModelMissing, SpeechModelDied
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.extract.kinds import medium_of
from desktop_mmrag.library.library import Library
from desktop_mmrag.retrieve import liking
from desktop_mmrag.retrieve.liking import Known
from desktop_mmrag.retrieve.neutral import Neutral

UNWANTED = -0.5
"""The weight of what hits shall not be like: enough to push aside, too little to lead away."""

_LOG = logging.getLogger(__name__)
_WHOLE = Whole()
# So many pieces of a file say what it is about; a talk is known by its first minutes.
_PARTS = 48
_SCENES = 16
_LISTENED_S = 90.0
_WORDS = 40
# A moment is what is seen then and said about then.
_AROUND_S = 5.0
# Words of names that say what kind of file it is, not what is in it.
_NO_SUBJECT = [
    "audio",
    "clip",
    "copy",
    "dsc",
    "file",
    "image",
    "img",
    "mov",
    "new",
    "photo",
    "pic",
    "picture",
    "pxl",
    "recording",
    "sample",
    "scan",
    "screenshot",
    "sound",
    "test",
    "untitled",
    "vid",
    "video",
    "wav",
]


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that a person shows: hits shall be like it or, of negative weight, unlike it."""

    shown: Path | str
    """A file, or words as a passage of their own."""
    part: Locator = _WHOLE
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """What is searched by: vectors, and words where no encoder understands the medium."""

    vectors: tuple[QueryVector, ...] = ()
    words: str = ""
    notes: tuple[str, ...] = ()
    """Sentences for the person: what could not be taken into account."""


class Examples:
    """Makes examples with the encoders in use. What the library knows needs no file."""

    def __init__(
        self,
        library: Library,
        encoders: Encoders,
        extractors: Extractors,
        speech: Callable[[], SpeechModel | None],
    ) -> None:
        self._library, self._encoders = library, encoders
        self._neutral = Neutral(encoders)
        self._extractors, self._speech = extractors, speech

    def of_all(self, givens: Iterable[Given]) -> Example:
        """Several as one. Raises what `of` raises."""
        made = [(given, self.of(given)) for given in givens]
        return Example(
            tuple(vector for _, example in made for vector in example.vectors),
            # Words have no sign, so those of an unwanted file are left out.
            " ".join(e.words for given, e in made if e.words and given.weight > 0),
            tuple(dict.fromkeys(note for _, example in made for note in example.notes)),
        )

    def of(self, given: Given) -> Example:
        """One example.

        Raises FileMissing when it is neither in the library nor there, ModelMissing when nothing
        installed understands it, or the FileFailure that reading it meets.
        """
        if isinstance(given.shown, str):
            return Example(
                tuple(liking.in_words(self._encoders, self._neutral, given.shown, given.weight))
            )
        path = given.shown.expanduser().absolute()
        medium = medium_of(path)
        known = self._kept(path, given.part) or self._read(path, given.part, medium)
        found = Example(tuple(liking.vectors(self._encoders, known, given.weight)))
        if medium is Medium.AUDIO and self._encoders.audio_text() is None:
            found = _with_its_name(found, path)
        if found.vectors or found.words:
            return found
        return self._by_words_inside(path, given.part)

    def _kept(self, path: Path, part: Locator) -> Known | None:
        """By stored vectors; None where there are none. A part of a picture is looked at anew."""
        contents = self._library.contents
        content_id = contents.by_path(path) or contents.by_path(path.resolve())
        if content_id is None or isinstance(part, Box):
            return None
        known = liking.of_content(self._library, self._encoders, content_id, part)
        has_any = any(
            rows is not None and len(rows) for rows in (known.looks, known.passages, known.sounds)
        )
        return known if has_any or not path.is_file() else None

    # --- reading a file

    def _read(self, path: Path, part: Locator, medium: Medium | None) -> Known:
        if not path.is_file():
            raise FileMissing(f"There is no file {path}.")
        if isinstance(part, Box) or medium is Medium.PHOTO:
            return Known(self._looks([self._picture(path, part)]), seen=True)
        parts = list(islice(self._understood(path), _PARTS if _is_whole(part) else None))
        segments = list(liking.parts_in((p for p in parts if isinstance(p, Segment)), part))
        scenes = [one.pixels for one in segments if one.pixels is not None][:_SCENES]
        texts = [one.text for one in segments if one.text.strip()][:_PARTS]
        recorded = medium in (Medium.AUDIO, Medium.VIDEO)
        if recorded:
            texts = texts or self._heard(path, part)
        elif texts:
            # A page is what it says.
            scenes = []
        elif not scenes and not _is_whole(part):
            raise FileUnsupported(f"{path.name} has no such part.", "Look at it with `show`.")
        return Known(
            self._looks(scenes),
            self._encoders.text().embed_passages(texts) if texts else None,
            tuple(texts),
            self._sounds(path, part) if recorded else None,
            _named(parts),
        )

    def _understood(self, path: Path) -> Iterator[Part]:
        pictures, text = self._encoders.image_text(), self._encoders.text()
        wanted = pictures.picture_input if pictures else None
        request = ExtractRequest(path, wanted, text.tokenizer_file, text.max_tokens)
        return self._extractors.understand(request)

    def _picture(self, path: Path, part: Locator) -> Pixels | None:
        encoder = self._encoders.image_text()
        if encoder is None:
            return None
        page = part.page if isinstance(part, Page | Box) else None
        box = part if isinstance(part, Box) else None
        return self._extractors.prepared(path, encoder.picture_input, page, box)

    def _looks(self, pixels: Sequence[Pixels | None]) -> Vectors | None:
        encoder = self._encoders.image_text()
        scenes = [one for one in pixels if one is not None]
        return encoder.embed_pictures(np.stack(scenes)) if encoder and scenes else None

    def _sounds(self, path: Path, part: Locator) -> Vectors | None:
        encoder = self._encoders.audio_text()
        if encoder is None:
            return None
        windows = self._extractors.windows(path, encoder.rate, encoder.window_s)
        inside = (
            sound.samples
            for sound in windows
            if liking.lies_in(TimeSpan(sound.start_s, sound.until_s), part)
        )
        heard = list(islice(inside, _SCENES))
        return encoder.embed_sounds(heard) if heard else None

    def _heard(self, path: Path, part: Locator) -> list[str]:
        """What is said, as one text."""
        speech = self._speech()
        if speech is None:
            return []
        start = part.start_s if isinstance(part, TimeSpan) else 0.0
        until = part.end_s if isinstance(part, TimeSpan) else _LISTENED_S
        heard = self._extractors.listen(path, start)
        early = (s for s in takewhile(lambda s: s.start_s < until, heard) if len(s.samples))
        said: list[str] = []
        try:
            for sound in early:
                said += [one.text for one in speech.transcribe(sound.samples)]
        except SpeechModelDied as problem:
            # What else is known of the recording still finds something.
            # Not its name, nor a message that may hold it: a log keeps no searches.
            _LOG.warning("a recording to search by was not heard: %s", problem.title)
        return [" ".join(said)] if said else []

    def _by_words_inside(self, path: Path, part: Locator) -> Example:
        """Without an encoder for it, the words in a picture still say what it is."""
        if medium_of(path) not in (Medium.PHOTO, Medium.DOCUMENT):
            raise FileUnsupported(
                f"{path.name} holds neither scenes nor words to search by.",
                "A sound is searched by what is said in it and by its name.",
            )
        words = _words_in(part, self._extractors.read_text(path))
        if not words:
            raise ModelMissing(
                "No model that understands pictures is installed, and no text is in this one.",
                "`desktop-mmrag models list` shows the models for pictures and their sizes.",
            )
        return Example((), " ".join(words[:_WORDS]))


def moment(second: float, until_s: float | None = None) -> TimeSpan:
    """A second of a recording with what is seen and said about it, or a stretch of it."""
    if until_s is not None:
        return TimeSpan(second, until_s)
    return TimeSpan(max(0.0, second - _AROUND_S), second + _AROUND_S)


def _with_its_name(example: Example, path: Path) -> Example:
    """A sound that no model understands is what is said in it, and what it is called."""
    note = (
        "No model that understands sounds is installed: this one is searched by what is said in"
        " it and by its name."
    )
    return replace(example, words=" ".join(subject_of(path)), notes=(note,))


def subject_of(path: Path) -> list[str]:
    """The words of a file's name that may say what is in it."""
    words = re.findall(r"[^\W\d_]{2,}", path.stem.lower())
    return [word for word in words if word not in _NO_SUBJECT]


def _named(parts: Iterable[Part]) -> str:
    return next((liking.named_by(p.facts) for p in parts if isinstance(p, Summary)), "")


def _is_whole(part: Locator) -> bool:
    return isinstance(part, Whole)


def _words_in(part: Locator, segments: Iterable[Segment]) -> list[str]:
    """Words read in a picture; in the part of it where there is one."""
    box = part if isinstance(part, Box) else None
    lines = (
        line
        for segment in segments
        if segment.role is Role.OCR and (box or liking.lies_in(segment.locator, part))
        for line in segment.lines
    )
    return " ".join(line.text for line in lines if box is None or line.box.overlaps(box)).split()
