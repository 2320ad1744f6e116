"""Photos get everyday words from their vectors alone, findable, and never strong by those alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.application import Application
from desktop_mmrag.domain import ImageTextEncoder, Query
from desktop_mmrag.ingest.tagging import Tagger, looks_like, vocabulary
from desktop_mmrag.retrieve.candidates import Candidate, Ranking, by_words
from desktop_mmrag.retrieve.fuse import fuse
from desktop_mmrag.retrieve.relevance import share_held


def test_the_vocabulary_is_everyday_and_names_each_thing_once() -> None:
    words = vocabulary()
    assert 350 <= len(words) <= 500
    assert len(set(words)) == len(words)
    assert {"dog", "bicycle", "birthday cake", "beach", "wedding"} <= set(words)


def test_a_word_that_stands_out_is_chosen_and_others_are_not() -> None:
    random = np.random.default_rng(0)
    words = random.normal(size=(100, 64)).astype(np.float32)
    words /= np.linalg.norm(words, axis=1, keepdims=True)
    of_nothing = random.normal(size=64).astype(np.float32)
    pictures = np.stack([words[7], of_nothing / np.linalg.norm(of_nothing)])
    assert looks_like(pictures, words) == [(7,), ()]


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    """One photo kept with the encoder that comes with the program."""
    folder = tmp_path / "photos"
    folder.mkdir()
    light = np.random.default_rng(1).integers(0, 255, (5, 7, 3), dtype=np.uint8)
    Image.fromarray(light).resize((320, 240)).save(folder / "IMG_1.jpg")
    with Application(tmp_path / "library", tmp_path / "models") as application:
        application.add_folder(folder)
        for _ in application.index():
            pass
        yield application


def tagged(application: Application, words: tuple[str, ...]) -> int:
    """Says of the photo that it looks like these words; returns its content id."""
    encoder = application.models.image_text()
    assert encoder is not None
    (id,) = application.library.contents.selected(None)
    application.library.looks.put(encoder.space, "by hand", {id: words})
    return id


def test_words_are_kept_for_the_space_they_came_from(application: Application) -> None:
    encoder = application.models.image_text()
    assert encoder is not None
    library = application.library
    version = library.database.reader().execute("SELECT vocabulary FROM looks").get
    assert library.looks.missing(encoder.space, str(version), 0, 10) == []
    assert len(library.looks.missing(encoder.space, "another", 0, 10)) == 1
    # Again: nothing is asked of the encoder.
    assert list(Tagger(library).run(cast(ImageTextEncoder, _Silent(encoder)), lambda: False)) == []


class _Silent:
    """An encoder that must not be asked for words once more."""

    def __init__(self, real: ImageTextEncoder) -> None:
        self.space = real.space

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


def test_a_photo_is_found_by_a_word_but_not_strong_by_it(application: Application) -> None:
    id = tagged(application, ("dog", "beach"))
    query = Query("dogs", meaning="dogs", words=("dogs",))
    rankings = [r for r in by_words(application.library, query, None) if r.candidates]
    assert [r.guessed for r in rankings] == [True]
    segments = application.library.contents.segments(c.segment_id for c in rankings[0].candidates)
    (find,) = fuse(rankings, segments)
    assert find.content_id == id and find.words == {"dogs"}
    assert share_held(query, find) == 0.0
    named = Ranking(rankings[0].store, (Candidate(*_of(rankings[0])),))
    assert share_held(query, fuse([named], segments)[0]) == 1.0


def _of(ranking: Ranking) -> tuple[int, float, tuple[str, ...]]:
    (one,) = ranking.candidates
    return one.segment_id, one.score, one.words


def test_words_go_with_their_photo(application: Application, tmp_path: Path) -> None:
    tagged(application, ("dog",))
    (tmp_path / "photos" / "IMG_1.jpg").unlink()
    for _ in application.index():
        pass
    reader = application.library.database.reader()
    for table in ("looks", "looks_like", "fingerprint"):
        assert reader.execute(f"SELECT count(*) FROM {table}").get == 0
