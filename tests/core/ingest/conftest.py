"""A source folder, a library, and extraction that counts what it is asked."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.domain import (
    Box,
    ExtractRequest,
    Fingerprint,
    Part,
    Pixels,
    Progress,
    Segment,
    Sound,
    SourceFolder,
)
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.discover import discover_all
from desktop_mmrag.ingest.pipeline import Pipeline
from desktop_mmrag.library.library import Library, open_library
from desktop_mmrag.settings import Settings
from tests.fakes import FakeEncoders, HashImageTextEncoder, HashTextEncoder, fake_encoders


class CountingExtractors:
    """The real extractors, counting by file name."""

    def __init__(self, real: Extractors) -> None:
        self._real = real
        self.understood: Counter[str] = Counter()
        self.read: Counter[str] = Counter()

    def understand(self, request: ExtractRequest) -> Iterator[Part]:
        self.understood[request.path.name] += 1
        yield from self._real.understand(request)

    def read_text(self, path: Path) -> Iterator[Segment]:
        self.read[path.name] += 1
        yield from self._real.read_text(path)

    def fingerprint(self, path: Path) -> Fingerprint | None:
        return self._real.fingerprint(path)

    def picture(
        self,
        path: Path,
        longest_side: int,
        page: int | None = None,
        box: Box | None = None,
        second: float | None = None,
    ) -> Pixels:
        return self._real.picture(path, longest_side, page, box, second)

    def listen(self, path: Path, start_s: float = 0.0) -> Iterator[Sound]:
        yield from self._real.listen(path, start_s)

    def words(self, path: Path) -> Iterator[Segment]:
        yield from self._real.words(path)

    def windows(self, path: Path, rate: int, window_s: float) -> Iterator[Sound]:
        yield from self._real.windows(path, rate, window_s)


class Home:
    """A person's folder with the library that watches it."""

    def __init__(self, place: Path, extractors: Extractors) -> None:
        self.folder = place / "things"
        self.folder.mkdir()
        self.library: Library = open_library(place / "library")
        self.extractors = CountingExtractors(extractors)
        self.encoders: FakeEncoders = fake_encoders(place)
        self.settings = Settings(read_text_in_pictures=False)
        self.watched: SourceFolder = self.library.catalog.add_folder(self.folder)

    def note(self, name: str, text: str, age_s: float = 60.0) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        aged(path, age_s)
        return path

    def photo(self, name: str, colour: tuple[int, int, int], age_s: float = 60.0) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        speckled = np.full((96, 128, 3), colour, np.uint8)
        speckled[::7, ::5] = 255 - speckled[::7, ::5]
        Image.fromarray(speckled).save(path)
        aged(path, age_s)
        return path

    def discover(self) -> None:
        for _ in discover_all(self.library, self.settings):
            pass

    def pipeline(self, control: Control | None = None) -> Pipeline:
        return Pipeline(self.library, self.extractors, self.encoders, self.settings, control)

    def bring_up_to_date(self) -> list[Progress]:
        self.discover()
        return list(self.pipeline().run())

    def paths(self) -> list[str]:
        """Findable files, relative, sorted."""
        contents = self.library.contents.describe(self.library.contents.selected(None)).values()
        found = (path for content in contents for path in content.paths)
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def texts(self) -> list[str]:
        """The text of every kept segment that has some."""
        ids = range(1, 1 + self.number("SELECT ifnull(max(id), 0) FROM segment"))
        kept = self.library.contents.segments(ids).values()
        return sorted(one.segment.text for one in kept if one.segment.text)

    def number(self, sql: str) -> int:
        return int(self.library.database.reader().execute(sql).get)

    @property
    def text_encoder(self) -> HashTextEncoder:
        assert isinstance(self.encoders.text_encoder, HashTextEncoder)
        return self.encoders.text_encoder

    @property
    def image_encoder(self) -> HashImageTextEncoder:
        assert isinstance(self.encoders.image_text_encoder, HashImageTextEncoder)
        return self.encoders.image_text_encoder


def aged(path: Path, seconds: float) -> None:
    """Files written a moment ago are waited for; these were not."""
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.fixture(scope="session")
def extractors() -> Iterator[Extractors]:
    with Extractors(Limits(), 2) as processes:
        yield processes


@pytest.fixture
def home(tmp_path: Path, extractors: Extractors) -> Iterator[Home]:
    made = Home(tmp_path, extractors)
    yield made
    made.library.close()
