"""The vision model's sentences about photos: kept, found, resumed, replaced, and only when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.cli.run import run
from desktop_mmrag.domain import ChatTurn, Role
from desktop_mmrag.ingest.describing import QUESTION, describe


class Sayings:
    """Satisfies VisionChat: says a sentence by the colour of the picture, in pieces."""

    model_id = "sayings"
    context_tokens = 2048

    def __init__(self) -> None:
        self.asked = 0

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def picture_tokens(self) -> int:
        return 16

    def stream(self, turns: Sequence[ChatTurn], max_tokens: int) -> Iterator[str]:
        self.asked += 1
        (turn,) = turns
        assert turn.text == QUESTION
        red, _, blue = turn.pictures[0].mean(axis=(0, 1))
        colour = "crimson" if red > blue else "azure"
        yield ""
        yield from (f"A {colour} kite\n", "flies over the dunes\x07", ".")

    def unload(self) -> None:
        return None


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    folder = tmp_path / "photos"
    folder.mkdir()
    Image.new("RGB", (90, 70), (200, 20, 30)).save(folder / "IMG_1.png")
    Image.new("RGB", (90, 70), (20, 30, 200)).save(folder / "IMG_2.png")
    with Application(tmp_path / "library", tmp_path / "models") as application:
        application.add_folder(folder)
        for _ in application.index():
            pass
        yield application


def sentences(application: Application) -> list[str]:
    library = application.library
    ids = library.contents.selected(None)
    return sorted(filter(None, (library.descriptions.of(id) for id in ids)))


def described(application: Application, vision: Sayings, most: int = 100) -> None:
    stopped = iter([False] * most)
    work = describe(
        application.library,
        application.extractors,
        vision,
        application.models.text(),
        lambda: next(stopped, True),
    )
    for progress in work:
        assert progress.stage == "describing"


def test_a_sentence_finds_its_photo(application: Application) -> None:
    vision = Sayings()
    described(application, vision)
    assert sentences(application) == [
        "A azure kite flies over the dunes .",
        "A crimson kite flies over the dunes .",
    ]
    first = application.search("crimson kite").hits[0]
    assert first.path.name == "IMG_1.png" and "crimson" in first.snippet
    library = application.library
    captions = [
        kept
        for id in library.contents.selected(None)
        for kept in library.contents.segments_of(id, Role.CAPTION)
    ]
    space = application.models.text().space
    vectors = library.vectors.vectors_of(space, [kept.id for kept in captions])
    assert len(captions) == 2 and not (vectors != vectors).any()


def test_what_is_described_is_not_asked_again(application: Application) -> None:
    vision = Sayings()
    described(application, vision)
    described(application, vision)
    assert vision.asked == 2


def test_stopped_in_the_middle_it_goes_on_later(application: Application) -> None:
    vision = Sayings()
    described(application, vision, most=8)
    done = len(sentences(application))
    assert done < 2
    described(application, vision)
    assert len(sentences(application)) == 2


def test_another_sentence_takes_the_place_of_the_first(application: Application) -> None:
    library, text = application.library, application.models.text()
    id = library.contents.selected(None)[0]
    for said in ("A lighthouse.", "A windmill."):
        library.descriptions.put(id, said, "m", text.space, text.embed_passages([said]))
    assert [kept.segment.text for kept in library.contents.segments_of(id, Role.CAPTION)] == [
        "A windmill."
    ]
    assert not any("lighthouse" in hit.snippet for hit in application.search("lighthouse").hits)


def test_without_a_model_the_command_says_why(
    application: Application, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESKTOP_MMRAG_MODELS", str(application.folder / "none"))
    assert run(["--library", str(application.folder), "caption"], lambda *_: 0) == 1
    assert "vision model cannot be used" in capsys.readouterr().err


def test_the_self_test_model_describes_in_its_own_process(application: Application) -> None:
    pytest.importorskip("llama_cpp")
    from desktop_mmrag.models.vision_chat import LlamaVisionChat

    home = bundled.models() / "selftest-vision"
    model, mmproj = home / "selftest-vision.gguf", home / "mmproj-selftest-vision.gguf"
    if not model.exists():
        pytest.skip("the self-test vision model is not bundled")
    vision = LlamaVisionChat(
        model_id="selftest-vision", model_path=model, mmproj_path=mmproj, context_tokens=1024,
        threads=1, idle_seconds=60,
    )  # fmt: skip
    try:
        work = describe(
            application.library,
            application.extractors,
            vision,
            application.models.text(),
            lambda: False,
        )
        last = list(work)[-1]
    finally:
        vision.unload()
    assert last.done == 2
    assert application.library.descriptions.waiting_count() == 0
    print(sentences(application))
