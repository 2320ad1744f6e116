"""What a person shows becomes examples: words, files, parts of files, and what the library knows of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.domain import Box, Encoders, Page, Samples, Spoken, Store, TextSpan
from desktop_mmrag.errors import FileMissing, FileUnsupported, ModelMissing
from desktop_mmrag.examples import UNWANTED, Examples, Given, moment, subject_of
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.ingest.discover import discover_all
from desktop_mmrag.ingest.pipeline import Pipeline
from desktop_mmrag.library.library import Library, open_library
from desktop_mmrag.retrieve.neutral import Neutral
from desktop_mmrag.settings import Settings
from tests.core.extract.test_document import write_pdf
from tests.fakes import FakeEncoders, HashImageTextEncoder, fake_encoders, of_words
from tests.media import BLUE, RED, tone, with_subtitles, write_sound, write_video


class SaysGulls:
    """Satisfies SpeechModel."""

    model_id = "gulls"

    def transcribe(self, samples: Samples) -> Iterator[Spoken]:
        yield Spoken(0.0, 1.0, "the gulls will call")


@pytest.fixture(scope="module")
def extractors() -> Iterator[Extractors]:
    with Extractors(Limits(), 1) as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def encoders(tmp_path: Path) -> FakeEncoders:
    return fake_encoders(tmp_path)


@pytest.fixture
def examples(library: Library, encoders: FakeEncoders, extractors: Extractors) -> Examples:
    return Examples(library, encoders, extractors, lambda: None)


def two_pages(path: Path) -> Path:
    written = b"BT /F1 24 Tf 20 300 Td (%s) Tj ET"
    write_pdf(path, [written % b"boiler repair", written % b"herring boats"])
    return path


def test_words_ask_passages_and_pictures(examples: Examples, encoders: FakeEncoders) -> None:
    said, pictured = sorted(
        examples.of(Given("red bicycle", weight=0.5)).vectors, key=lambda v: v.across
    )
    assert (said.space.kind, said.weight, said.across) == ("text", 0.5, False)
    assert (pictured.space.kind, pictured.across) == ("image-text", True)
    typed = Neutral(encoders).typed(Store.IMAGE_TEXT, "red bicycle")
    np.testing.assert_allclose(pictured.vector, typed, atol=1e-6)


def test_a_picture_asks_passages_where_they_share_a_space(
    tmp_path: Path, library: Library, encoders: FakeEncoders, extractors: Extractors
) -> None:
    picture = tmp_path / "red.png"
    Image.new("RGB", (64, 64), "red").save(picture)
    alone = Examples(library, encoders, extractors, lambda: None).of(Given(picture)).vectors
    assert [one.space.kind for one in alone] == ["image-text"]

    shared = replace(
        encoders, image_text_encoder=HashImageTextEncoder(text_space=encoders.text().space)
    )
    seen, asked = Examples(library, shared, extractors, lambda: None).of(Given(picture)).vectors
    assert (seen.across, asked.across) == (False, True)
    assert asked.space == encoders.text().space
    np.testing.assert_array_equal(seen.vector, asked.vector)


def test_a_part_of_a_picture(tmp_path: Path, examples: Examples) -> None:
    picture = Image.new("RGB", (64, 64), "red")
    picture.paste("blue", (32, 0, 64, 64))
    picture.save(tmp_path / "flag.png")
    Image.new("RGB", (32, 64), "blue").save(tmp_path / "blue.png")
    (right,) = examples.of(Given(tmp_path / "flag.png", Box(0.5, 0, 1, 1))).vectors
    (blue,) = examples.of(Given(tmp_path / "blue.png")).vectors
    np.testing.assert_allclose(right.vector, blue.vector, atol=1e-6)


def test_a_page_is_what_it_says(tmp_path: Path, examples: Examples) -> None:
    paper = two_pages(tmp_path / "paper.pdf")
    said = examples.of(Given(paper, Page(2))).vectors[0]
    np.testing.assert_allclose(said.vector, of_words("herring boats", 64), atol=1e-6)
    with pytest.raises(FileUnsupported, match="no such part"):
        examples.of(Given(paper, Page(9)))


def test_a_passage_of_a_note(tmp_path: Path, examples: Examples) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Boat\n\nherring boats\n\n# Heating\n\nboiler repair\n")
    said = examples.of(Given(note, TextSpan(30, 60))).vectors[0]
    assert float(said.vector @ of_words("boiler repair", 64)) > 0.5


def test_a_video_gives_what_is_seen_and_what_is_said(tmp_path: Path, examples: Examples) -> None:
    plain = write_video(tmp_path / "plain.mkv", [RED, BLUE])
    words = "1\n00:00:01,000 --> 00:00:02,000\nherring boats\n"
    film = with_subtitles(plain, tmp_path / "film.mkv", words)
    seen, said = examples.of(Given(film, weight=0.5)).vectors
    assert [seen.space.kind, said.space.kind] == ["image-text", "text"]
    assert seen.weight == said.weight == 0.5
    np.testing.assert_allclose(said.vector, of_words("herring boats", 64), atol=1e-6)
    assert np.linalg.norm(seen.vector) == pytest.approx(1.0)


def test_a_moment_of_a_video_is_the_scene_of_then(tmp_path: Path, examples: Examples) -> None:
    film = write_video(tmp_path / "film.mkv", [RED, BLUE])
    (early,) = examples.of(Given(film, moment(0.0, 0.1))).vectors
    (whole,) = examples.of(Given(film)).vectors
    assert float(early.vector @ whole.vector) < 0.95


def test_a_sound_is_what_is_said_in_it_and_what_it_is_called(
    tmp_path: Path, library: Library, encoders: Encoders, extractors: Extractors
) -> None:
    song = write_sound(tmp_path / "sea gulls 03.mp3", tone(3))
    found = Examples(library, encoders, extractors, SaysGulls).of(Given(song))
    np.testing.assert_allclose(
        found.vectors[0].vector, of_words("the gulls will call", 64), atol=1e-6
    )
    assert found.words == "sea gulls"
    assert "No model that understands sounds" in found.notes[0]


def test_what_neither_shows_nor_says_anything_is_refused(
    tmp_path: Path, examples: Examples
) -> None:
    with pytest.raises(FileUnsupported, match=r"03\.mp3 holds neither"):
        examples.of(Given(write_sound(tmp_path / "03.mp3", tone(3))))
    with pytest.raises(FileMissing):
        examples.of(Given(tmp_path / "nowhere.jpg"))


def test_without_an_encoder_the_words_in_a_picture_are_searched(
    tmp_path: Path, library: Library, extractors: Extractors
) -> None:
    blank = tmp_path / "blank.png"
    Image.new("RGB", (64, 64), "white").save(blank)
    examples = Examples(library, fake_encoders(tmp_path, pictures=False), extractors, lambda: None)
    with pytest.raises(ModelMissing, match="understands pictures"):
        examples.of(Given(blank))


def test_several_with_weights_and_signs(tmp_path: Path, examples: Examples) -> None:
    given = [Given("snow"), Given("red bicycle", weight=0.5), Given("people", weight=UNWANTED)]
    weights = [v.weight for v in examples.of_all(given).vectors if v.space.kind == "text"]
    assert weights == [1.0, 0.5, UNWANTED]


def test_names_say_what_may_be_in_them() -> None:
    assert subject_of(Path("dog_audio.wav")) == ["dog"]
    assert subject_of(Path("IMG_20240107.jpg")) == []


def test_what_the_library_knows_needs_no_file(
    tmp_path: Path, library: Library, encoders: FakeEncoders, extractors: Extractors
) -> None:
    folder = tmp_path / "away"
    folder.mkdir()
    Image.new("RGB", (64, 64), "red").save(folder / "red.png")
    two_pages(folder / "paper.pdf")
    (folder / "note.md").write_text("herring boats\n")
    settings = Settings(threads=1, read_text_in_pictures=False)
    library.catalog.add_folder(folder)
    list(discover_all(library, settings))
    list(Pipeline(library, extractors, encoders, settings).run())
    examples = Examples(library, encoders, extractors, lambda: None)
    here = examples.of(Given(folder / "red.png")).vectors[0].vector
    shutil.rmtree(folder)
    np.testing.assert_array_equal(examples.of(Given(folder / "red.png")).vectors[0].vector, here)
    pictured = examples.of(Given(folder / "note.md")).vectors
    assert [(one.space.kind, one.across) for one in pictured] == [
        ("image-text", True),
        ("text", False),
    ]
    page = examples.of(Given(folder / "paper.pdf", Page(2))).vectors[-1]
    assert float(page.vector @ of_words("herring boats", 64)) == pytest.approx(1, abs=1e-3)
