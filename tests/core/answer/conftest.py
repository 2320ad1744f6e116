"""What the tests of answering share: a small library kept with the bundled encoder, and a scripted vision model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag import bundled
from desktop_mmrag.answer.converse import Conversation
from desktop_mmrag.domain import (
    AudioTextEncoder,
    Box,
    ChatTurn,
    Facts,
    ImageTextEncoder,
    Medium,
    Pixels,
    Reranker,
    Role,
    Segment,
    Summary,
    TextEncoder,
    TextLine,
    VisionChat,
    Whole,
)
from desktop_mmrag.errors import VisionModelDied
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.notes import markdown
from desktop_mmrag.extract.notes.prose import segments
from desktop_mmrag.library.catalog import Changes, Stat
from desktop_mmrag.library.keeping import Embedded, Understood
from desktop_mmrag.library.library import Library, open_library
from desktop_mmrag.models.catalogue import Catalogue
from desktop_mmrag.models.text import SentenceEncoder
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.settings import Settings

NOW = datetime(2026, 11, 20, 12)
_KEPT_AT = datetime(2026, 6, 1)

BOILER = """# The boiler

It stopped twice in January, both times at night.

## What the plumber said

Mr. Aas came on Tuesday morning and stayed for half an hour. The heat exchanger is cracked and the
part is no longer made. He said a new boiler costs 24,500 kroner with everything. He would refit
the valve for 1,900 kroner, but he would not promise that it lasts.

## What we decided

We take the new one. Jonas Aas installs it in the week after Easter.
"""

JOURNAL = """# Journal 2026

## 12 January

The chimney sweep came at eight. All is well, but the damper is stiff.

## 9 February

The cat was at the vet: Pixel weighs 5.4 kilos. From now on she gets 60 grams of food a day.

## 4 May

Pixel was at the vet again and has lost half a kilo.
"""

RECEIPT = """BLUE FJORD HARDWARE
NO. 14, HARBOUR STREET,
5003 BERGEN
TEL : 55 31 22 10
DATE : 12/03/2018  14:22
PAINT BRUSH  2 X 45.00  90.00
SUBTOTAL  90.00
TOTAL EXCL. OF VAT  72.00
ROUNDING  -0.10
TOTAL (INCLUSIVE OF VAT)  89.90
CASH  100.00
CHANGE  10.10"""


@dataclass
class BundledEncoders:
    """Satisfies Encoders with the sentence encoder alone."""

    sentence: TextEncoder

    def text(self) -> TextEncoder:
        return self.sentence

    def image_text(self) -> ImageTextEncoder | None:
        return None

    def audio_text(self) -> AudioTextEncoder | None:
        return None

    def reranker(self) -> Reranker | None:
        return None


@dataclass
class DrawnPictures:
    """Satisfies PictureSource; notes what was asked for."""

    asked: list[tuple[Path, int]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    def picture(
        self,
        path: Path,
        longest_side: int,
        page: int | None = None,
        box: Box | None = None,
        second: float | None = None,
    ) -> Pixels:
        self.asked.append((path, longest_side))
        if second is not None:
            self.moments.append(second)
        return np.zeros((8, 8, 3), np.uint8)


@dataclass
class ScriptedVision:
    """Satisfies VisionChat with pieces that are given; remembers what it was asked."""

    pieces: Sequence[str] = ()
    dies_after: int | None = None
    context_tokens: int = 2048
    model_id: str = "scripted"
    tokens_a_picture: int = 200
    turns: Sequence[ChatTurn] = ()
    closed: bool = False

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def picture_tokens(self) -> int:
        return self.tokens_a_picture

    def stream(self, turns: Sequence[ChatTurn], max_tokens: int) -> Iterator[str]:
        self.turns = turns
        try:
            for position, piece in enumerate(self.pieces):
                if position == self.dies_after:
                    raise VisionModelDied("It ended with status 9.")
                yield piece
        finally:
            self.closed = True

    def unload(self) -> None:
        pass

    @property
    def prompt(self) -> str:
        """All text of the last turns."""
        return "\n".join(turn.text for turn in self.turns)


@pytest.fixture(scope="session")
def encoders() -> BundledEncoders:
    entry = next(entry for entry in Catalogue.load().of_kind("text") if entry.bundled)
    folder = bundled.models() / entry.id
    return BundledEncoders(
        SentenceEncoder(entry, folder / "model.onnx", folder / "tokenizer.json", threads=2)
    )


class Shelf:
    """A library to put things into."""

    def __init__(self, folder: Path, encoder: TextEncoder) -> None:
        self.library: Library = open_library(folder)
        self._encoder = encoder
        self.chunker = Chunker(encoder.tokenizer_file, encoder.max_tokens)
        self._source = self.library.catalog.add_folder(Path("/home/ada"))

    def note(self, name: str, text: str) -> None:
        """Keeps a Markdown note as extraction reads it."""
        prose = markdown.read(text)
        self._keep(name, Summary(Medium.NOTE, prose.facts), list(segments(prose, self.chunker)))

    def photo(self, name: str, text: str = "", facts: Facts | None = None) -> None:
        """Keeps a photo with the lines that were read in it, from top to bottom."""
        rows = [line for line in text.split("\n") if line]
        lines = tuple(
            TextLine(row, Box(0.1, i / len(rows), 0.9, (i + 0.8) / len(rows)))
            for i, row in enumerate(rows)
        )
        kept = [Segment(Role.PICTURE, Whole())]
        if lines:
            kept.append(Segment(Role.OCR, Box(0.1, 0.0, 0.9, 1.0), "\n".join(rows), lines=lines))
        self._keep(name, Summary(Medium.PHOTO, facts or Facts()), kept)

    def _keep(self, name: str, summary: Summary, kept: list[Segment]) -> None:
        stat = Stat(1, int(_KEPT_AT.timestamp() * 1e9), 0)
        catalog = self.library.catalog
        catalog.apply(self._source, Changes({name: stat}, {}, {}, frozenset()))
        with_text = [i for i, segment in enumerate(kept) if segment.text]
        vectors = self._encoder.embed_passages([kept[i].text for i in with_text])
        embedded = [Embedded(self._encoder.space, with_text, vectors)] if with_text else []
        digest = hashlib.sha256(name.encode()).digest()
        (file,) = catalog.waiting()
        self.library.keeping.keep(Understood(file, digest, summary, kept, embedded))


@pytest.fixture
def shelf(tmp_path: Path, encoders: BundledEncoders) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "library", encoders.text())
    yield shelf
    shelf.library.close()


@pytest.fixture
def home(shelf: Shelf) -> Shelf:
    """A few notes, receipts and photos."""
    shelf.note("notes/boiler.md", BOILER)
    shelf.note("notes/journal.md", JOURNAL)
    shelf.note("notes/cake.md", "# Lemon cake\n\nBeat four eggs with sugar. Bake for 35 minutes.")
    shelf.photo("receipts/brush.jpg", RECEIPT)
    shelf.photo("receipts/coffee.jpg", "KAFFE BAR\nRECEIPT\nDATE : 2/4/2019\nTOTAL  64.00")
    shelf.photo(
        "photos/quay.jpg", facts=Facts(taken_at=datetime(2019, 7, 3, 10), place="Bergen, Norway")
    )
    shelf.photo(
        "photos/tram.jpg", facts=Facts(taken_at=datetime(2019, 9, 8, 18), place="Oslo, Norway")
    )
    return shelf


Converse = Callable[..., Conversation]


@pytest.fixture
def converse(home: Shelf, encoders: BundledEncoders) -> Converse:
    """Makes a conversation, with a vision model if one is given."""

    def make(
        vision: VisionChat | None = None, pictures: DrawnPictures | None = None
    ) -> Conversation:
        finder = Finder(home.library, encoders, lambda: NOW)
        return Conversation(
            finder,
            home.library,
            encoders,
            pictures or DrawnPictures(),
            lambda: vision,
            Settings(),
            now=lambda: NOW,
        )

    return make


@pytest.fixture
def drawn_pictures() -> DrawnPictures:
    return DrawnPictures()


@pytest.fixture
def vision_saying() -> Callable[..., ScriptedVision]:
    """A vision model that says the pieces given."""

    def make(*pieces: str, dies_after: int | None = None) -> ScriptedVision:
        return ScriptedVision(pieces, dies_after)

    return make
