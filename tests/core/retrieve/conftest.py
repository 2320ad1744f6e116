"""A small library that tests fill by hand, with the bundled sentence encoder and pictures made of words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag import bundled
from desktop_mmrag.domain import (
    Box,
    Facts,
    Medium,
    Page,
    PictureInput,
    Role,
    Segment,
    Space,
    Summary,
    TextLine,
    TextSpan,
    Vectors,
    Whole,
)
from desktop_mmrag.library.catalog import Changes, Stat
from desktop_mmrag.library.keeping import Embedded, Understood
from desktop_mmrag.library.library import Library, open_library
from desktop_mmrag.models.catalogue import Catalogue
from desktop_mmrag.models.text import SentenceEncoder
from desktop_mmrag.retrieve.find import Finder
from tests.fakes import FakeEncoders, of_words

NOW = datetime(2026, 7, 15, 12, 30)
FOLDER = Path("/things").absolute()


class WordPictures:
    """Satisfies ImageTextEncoder for pictures that are described by words: shared words, near vectors."""

    space = Space("image-text", "words", "1", "fp32", 256)
    picture_input = PictureInput(32)
    strong_from = 4.0
    text_space: Space | None = None

    def embed_pictures(self, pixels: object) -> Vectors:
        raise AssertionError("pictures are kept by hand")

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        return np.stack([of_words(text.removeprefix("a photo of "), 256) for text in texts])


@dataclass
class Shelf:
    """Puts things into a library, one call a file."""

    library: Library
    encoders: FakeEncoders
    _count: int = field(default=0)

    def note(self, path: str, *passages: str, facts: Facts | None = None, gap: int = 100) -> int:
        """A note whose passages lie `gap` characters apart. Returns the content id."""
        segments, at = [], 0
        for text in passages:
            segments.append(Segment(Role.PASSAGE, TextSpan(at, at + len(text)), text))
            at += len(text) + gap
        return self.keep(path, Medium.NOTE, segments, facts or Facts())

    def document(self, path: str, *pages: Sequence[str]) -> int:
        """A PDF with the passages of each page."""
        segments: list[Segment] = []
        for number, passages in enumerate(pages, start=1):
            segments.append(Segment(Role.PICTURE, Page(number)))
            segments += [
                Segment(Role.PASSAGE, Page(number, 10 * n, 10 * n + len(text)), text)
                for n, text in enumerate(passages)
            ]
        return self.keep(path, Medium.DOCUMENT, segments, Facts(pages=len(pages)))

    def photo(
        self, path: str, seen: str, facts: Facts | None = None, lines: Sequence[str] = ()
    ) -> int:
        """A photo of what `seen` says, with lines of text in it from top to bottom."""
        segments = [Segment(Role.PICTURE, Whole())]
        if lines:
            read = tuple(
                TextLine(text, Box(0.1, n / 10, 0.9, (n + 0.8) / 10))
                for n, text in enumerate(lines)
            )
            segments.append(
                Segment(Role.OCR, Box(0.1, 0.0, 0.9, 1.0), "\n".join(lines), lines=read)
            )
        return self.keep(path, Medium.PHOTO, segments, facts or Facts(), seen)

    def keep(
        self,
        path: str,
        medium: Medium,
        segments: Sequence[Segment],
        facts: Facts,
        seen: str = "",
        content: bytes | None = None,
    ) -> int:
        """Files of equal `content` are one content."""
        self._count += 1
        folder = self.library.catalog.add_folder(FOLDER)
        # Files without a date of their own are of long ago, in the order they came.
        stat = Stat(9, (10**9 + self._count) * 10**9, self._count)
        self.library.catalog.apply(folder, Changes({path: stat}, {}, {}, frozenset()))
        (waiting,) = self.library.catalog.waiting()
        hash = hashlib.sha256(content or path.encode()).digest()
        embedded = [*self._text(segments), *self._pictures(segments, seen)]
        summary = Summary(medium, facts)
        self.library.keeping.keep(Understood(waiting, hash, summary, segments, embedded))
        found = self.library.contents.by_hash(hash)
        assert found is not None
        return found

    def _text(self, segments: Sequence[Segment]) -> Iterator[Embedded]:
        having = [n for n, segment in enumerate(segments) if segment.text]
        if having:
            encoder = self.encoders.text()
            vectors = encoder.embed_passages([segments[n].text for n in having])
            yield Embedded(encoder.space, having, vectors)

    def _pictures(self, segments: Sequence[Segment], seen: str) -> Iterator[Embedded]:
        if seen:
            encoder = self.encoders.image_text()
            assert encoder is not None
            yield Embedded(encoder.space, [0], encoder.embed_texts([seen]))


@pytest.fixture(scope="session")
def sentences() -> SentenceEncoder:
    """The sentence encoder that comes with the program."""
    entry = Catalogue.load().get("all-minilm-l6-v2")
    home = bundled.models() / entry.id
    return SentenceEncoder(entry, home / "model.onnx", home / "tokenizer.json", 1)


@pytest.fixture
def shelf(tmp_path: Path, sentences: SentenceEncoder) -> Iterator[Shelf]:
    library = open_library(tmp_path / "library")
    yield Shelf(library, FakeEncoders(sentences, WordPictures()))
    library.close()


@pytest.fixture
def finder(shelf: Shelf) -> Finder:
    return Finder(shelf.library, shelf.encoders, lambda: NOW)


PASSAGES = {
    "boiler.md": "The plumber said that the new boiler costs 4,200 pounds with fitting and tax.",
    "bicycle.md": "I bought the red bicycle second-hand from Henrik; the frame number is WTU 204.",
    "buns.md": "Knead butter, sugar and cardamom into the dough and bake the buns for twelve minutes.",
    "cabin.md": "The key of the cabin hangs behind the woodshed; turn the water off before leaving.",
    "kitchen.md": "In the meeting we chose oak worktops and white tiles for the new kitchen.",
    "teeth.md": "Appointment with the dentist on Tuesday because of the broken molar.",
    "garden.md": "Sow the carrots in rows and water them every evening while it is dry.",
    "concert.md": "The orchestra played the fifth symphony and the hall was full.",
    "taxes.md": "The tax return must be handed in by the end of May, with all receipts.",
    "dog.md": "Our dog Bella had her vaccination against rabies at the vet.",
}


@pytest.fixture
def notes(shelf: Shelf) -> Shelf:
    """A shelf with ten notes of one passage each."""
    for path, text in PASSAGES.items():
        shelf.note(path, text)
    return shelf
