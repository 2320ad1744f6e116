"""After a change of models the library is embedded anew while the earlier vectors go on answering."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desktop_mmrag.domain import AudioTextEncoder, ImageTextEncoder, Reranker, Space, TextEncoder
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.retrieve.serving import Serving
from tests.core.ingest.conftest import Home
from tests.fakes import HashImageTextEncoder, HashTextEncoder


@dataclass
class TwoModels:
    """Satisfies InstalledEncoders: the model in use and an earlier one."""

    text_encoder: TextEncoder
    in_use: ImageTextEncoder
    earlier: ImageTextEncoder

    def text(self) -> TextEncoder:
        return self.text_encoder

    def image_text(self) -> ImageTextEncoder:
        return self.in_use

    def audio_text(self) -> AudioTextEncoder | None:
        return None

    def reranker(self) -> Reranker | None:
        return None

    def text_of(self, space: Space) -> TextEncoder | None:
        return self.text_encoder if self.text_encoder.space == space else None

    def image_text_of(self, space: Space) -> ImageTextEncoder | None:
        known = (self.in_use, self.earlier)
        return next((encoder for encoder in known if encoder.space == space), None)


@pytest.fixture
def photographed(home: Home) -> Home:
    for at, colour in enumerate([(200, 30, 30), (30, 200, 30), (30, 30, 200)]):
        home.photo(f"{at}.png", colour)
    home.bring_up_to_date()
    return home


def picture_spaces(home: Home) -> dict[str, int]:
    spaces = home.library.vectors.spaces()
    return {space.revision: held for space, held in spaces if space.kind == "image-text"}


def test_the_earlier_space_answers_until_the_new_one_is_full(photographed: Home) -> None:
    home, earlier = photographed, photographed.image_encoder
    home.encoders.image_text_encoder = newer = HashImageTextEncoder(revision="2")
    serving = Serving(home.library, TwoModels(home.text_encoder, newer, earlier))

    assert serving.image_text() is earlier
    found = Finder(home.library, serving).find("red")
    assert found.hits[0].path.name == "0.png"

    home.bring_up_to_date()

    assert serving.image_text() is newer
    assert Finder(home.library, serving).find("red").hits[0].path.name == "0.png"


def test_the_earlier_vectors_are_freed_once_the_new_space_is_full(photographed: Home) -> None:
    photographed.encoders.image_text_encoder = HashImageTextEncoder(revision="2")

    photographed.bring_up_to_date()

    assert picture_spaces(photographed) == {"2": 3}


def test_going_back_embeds_anew_and_frees_again(photographed: Home) -> None:
    earlier = photographed.image_encoder
    photographed.encoders.image_text_encoder = HashImageTextEncoder(revision="2")
    photographed.bring_up_to_date()

    photographed.encoders.image_text_encoder = earlier
    photographed.bring_up_to_date()

    assert picture_spaces(photographed) == {"1": 3}


def test_vectors_of_a_photo_that_cannot_be_read_now_are_kept(photographed: Home) -> None:
    away = photographed.folder / "2.png"
    hidden = away.rename(photographed.folder.parent / "2.png")
    photographed.encoders.image_text_encoder = HashImageTextEncoder(revision="2")

    list(photographed.pipeline().run())

    assert picture_spaces(photographed) == {"1": 1, "2": 2}
    hidden.rename(away)
    photographed.bring_up_to_date()
    assert picture_spaces(photographed) == {"2": 3}


def test_passages_are_embedded_anew_in_the_same_way(home: Home) -> None:
    home.note("boiler.txt", "The plumber says the boiler costs 900 euros.")
    home.bring_up_to_date()
    earlier = home.text_encoder
    home.encoders.text_encoder = HashTextEncoder(earlier.tokenizer_file, revision="2")

    home.bring_up_to_date()

    spaces = [space for space, _ in home.library.vectors.spaces() if space.kind == "text"]
    assert [space.revision for space in spaces] == ["2"]
