"""Waiting files become findable, once each, whatever happens around them."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_mmrag.domain import Box, ExtractRequest, Part, Role, Segment, Vectors
from desktop_mmrag.errors import DiskFull
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.library.keeping import Understood
from tests.core.ingest.conftest import Home, aged
from tests.fakes import FakeEncoders, HashImageTextEncoder, HashTextEncoder


def test_a_note_and_a_photo_become_findable(home: Home) -> None:
    home.note("garden.md", "The tomatoes were sown in March.")
    home.photo("red.png", (200, 10, 10))

    told = home.bring_up_to_date()

    assert home.paths() == ["garden.md", "red.png"]
    assert home.texts() == ["The tomatoes were sown in March."]
    assert told[-1].stage == "idle"
    assert [(one.done, one.total) for one in told if one.stage == "understanding"][-1] == (2, 2)
    assert sorted(number for _, number in home.library.vectors.spaces()) == [1, 1]


def test_what_is_kept_is_not_understood_again(home: Home) -> None:
    home.note("a.md", "Only once.")
    home.bring_up_to_date()
    home.bring_up_to_date()
    assert home.extractors.understood == {"a.md": 1}
    assert home.text_encoder.embedded == 1


def test_the_same_content_in_flight_is_understood_once(home: Home) -> None:
    for n in range(20):
        home.note(f"copy-{n:02}.md", "The same words in twenty places.")
    home.bring_up_to_date()
    assert sum(home.extractors.understood.values()) == 1
    assert len(home.paths()) == 20
    assert home.texts() == ["The same words in twenty places."]


def test_renaming_moving_copying_and_touching_cost_no_extraction(home: Home) -> None:
    note, photo = home.note("a.md", "Kept through it all."), home.photo("b.png", (10, 10, 200))
    home.bring_up_to_date()

    note.rename(home.folder / "renamed.md")
    (home.folder / "far").mkdir()
    photo.rename(home.folder / "far" / "moved.png")
    shutil.copy2(home.folder / "far" / "moved.png", home.folder / "copied.png")
    aged(home.folder / "renamed.md", 30)
    home.bring_up_to_date()

    assert home.paths() == ["copied.png", "far/moved.png", "renamed.md"]
    assert sum(home.extractors.understood.values()) == 2
    assert home.image_encoder.embedded == 1


def test_a_replaced_file_gives_way_to_its_new_content(home: Home) -> None:
    home.note("a.md", "The old words.")
    home.bring_up_to_date()
    fresh = home.note("b.md.new", "The new words.", age_s=40)
    fresh.replace(home.folder / "a.md")
    home.bring_up_to_date()
    assert home.texts() == ["The new words."]
    assert home.paths() == ["a.md"]


def test_a_bad_file_is_listed_and_not_tried_until_it_changes(home: Home) -> None:
    bad = home.folder / "broken.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"nonsense" * 50)
    aged(bad, 60)
    home.note("good.md", "Sound.")

    home.bring_up_to_date()
    home.bring_up_to_date()

    (failure,) = home.library.catalog.failures()
    assert failure.path == bad and failure.message and failure.hint
    assert home.extractors.understood["broken.png"] == 1
    assert home.paths() == ["good.md"]

    bad.unlink()
    home.photo("broken.png", (1, 200, 1), age_s=30)
    home.bring_up_to_date()
    assert list(home.library.catalog.failures()) == []
    assert home.paths() == ["broken.png", "good.md"]


def test_copies_of_a_bad_file_fail_together(home: Home) -> None:
    for n in range(12):
        bad = home.folder / f"broken-{n:02}.png"
        bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"nonsense" * 50)
        aged(bad, 60)
    home.bring_up_to_date()
    failed = {failure.path.name for failure in home.library.catalog.failures()}
    assert len(failed) == 12
    assert all(f.path.name in f.message for f in home.library.catalog.failures())


def test_a_file_that_turns_bad_is_no_longer_found_by_what_it_held(home: Home) -> None:
    path = home.note("a.md", "Words that will be gone.")
    home.bring_up_to_date()
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    aged(path, 30)
    home.bring_up_to_date()
    assert home.texts() == [] and home.paths() == []


def test_an_unexpected_exception_costs_one_file(home: Home) -> None:
    home.note("a.md", "Sound.")
    home.note("b.md", "Sound too.")
    real = home.extractors.understand

    def understand(request: ExtractRequest) -> Iterator[Part]:
        if request.path.name == "a.md":
            raise RuntimeError("nobody expected this")
        return real(request)

    home.extractors.understand = understand  # type: ignore[method-assign]
    home.bring_up_to_date()
    (failure,) = home.library.catalog.failures()
    assert failure.path.name == "a.md" and "nobody expected this" in failure.message
    assert home.paths() == ["b.md"]


def test_a_picture_that_cannot_be_embedded_costs_only_its_file(home: Home) -> None:
    class Picky(HashImageTextEncoder):
        def embed_pictures(self, pixels: NDArray[np.uint8]) -> Vectors:
            if any(one[..., 0].mean() > 150 for one in pixels):
                raise ValueError("too red")
            return super().embed_pictures(pixels)

    home.encoders = FakeEncoders(home.text_encoder, Picky())
    for n in range(5):
        home.photo(f"blue-{n}.png", (n, 10, 200))
    home.photo("red.png", (220, 10, 10))
    home.bring_up_to_date()
    assert [failure.path.name for failure in home.library.catalog.failures()] == ["red.png"]
    assert len(home.paths()) == 5


def test_a_file_that_cannot_be_written_costs_its_lot_nothing(home: Home) -> None:
    for n in range(20):
        home.note(f"{n:02}.md", f"Note number {n}.")
    with home.library.database.writing() as connection:
        connection.execute(
            "CREATE TRIGGER refusal BEFORE INSERT ON segment WHEN NEW.text = 'Note number 7.'"
            " BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    home.bring_up_to_date()
    assert home.paths() == [f"{n:02}.md" for n in range(20) if n != 7]
    (failure,) = home.library.catalog.failures()
    assert failure.path.name == "07.md"


def test_a_full_disk_stops_the_run_and_loses_nothing(home: Home) -> None:
    for n in range(30):
        home.note(f"{n:02}.md", f"Note number {n}.")
    keeping, kept = home.library.keeping, 0
    real = keeping.keep

    def keep(*lot: Understood) -> None:
        nonlocal kept
        if kept < 10 <= kept + len(lot):
            kept = 30
            raise DiskFull("There is no room.")
        real(*lot)
        kept += len(lot)

    keeping.keep = keep  # type: ignore[method-assign]
    with pytest.raises(DiskFull):
        home.bring_up_to_date()
    assert len(home.paths()) < 10

    home.bring_up_to_date()
    assert len(home.paths()) == 30
    assert home.texts() == sorted(f"Note number {n}." for n in range(30))


def test_a_file_that_is_being_written_is_awaited(home: Home) -> None:
    path = home.folder / "growing.md"

    def write() -> None:
        with path.open("w") as file:
            for n in range(12):
                file.write(f"Line {n} of the whole.\n")
                file.flush()
                time.sleep(0.15)

    writer = threading.Thread(target=write)
    writer.start()
    while not (path.exists() and path.stat().st_size):
        time.sleep(0.01)
    home.bring_up_to_date()
    writer.join()
    assert home.extractors.understood == {"growing.md": 1}
    assert "Line 11" in "".join(home.texts())


def test_a_file_that_vanishes_is_forgotten_without_a_word(home: Home) -> None:
    gone = home.note("gone.md", "Here for a moment.")
    home.note("stays.md", "Here for good.")
    home.discover()
    gone.unlink()
    list(home.pipeline().run())
    assert home.paths() == ["stays.md"]
    assert list(home.library.catalog.failures()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_a_file_that_becomes_a_link_or_a_pipe_is_not_opened(home: Home) -> None:
    outside = home.folder.with_name("outside.md")
    outside.write_text("The diary of somebody else.")
    aged(outside, 60)
    link, pipe = home.note("link.md", "A note."), home.note("pipe.md", "Another note.")
    home.discover()
    link.unlink()
    link.symlink_to(outside)
    pipe.unlink()
    os.mkfifo(pipe)

    # Whoever opened the pipe would wait for its other end, and find it empty after a while.
    end = threading.Timer(8, lambda: os.close(os.open(pipe, os.O_RDWR | os.O_NONBLOCK)))
    end.start()
    list(home.pipeline().run())
    end.cancel()
    assert home.texts() == []
    failures = {failure.path.name: failure.message for failure in home.library.catalog.failures()}
    assert failures == {
        name: f"{name} is no longer an ordinary file." for name in ("link.md", "pipe.md")
    }
    home.bring_up_to_date()
    assert list(home.library.catalog.failures()) == []


def test_a_drive_that_is_unplugged_meanwhile_is_offline(home: Home) -> None:
    home.note("a.md", "First.")
    home.bring_up_to_date()
    home.note("b.md", "Second.")
    home.discover()
    aside = home.folder.with_name("unplugged")
    home.folder.rename(aside)
    list(home.pipeline().run())
    assert not home.library.catalog.folder(home.folder).online
    assert home.paths() == ["a.md"] and list(home.library.catalog.failures()) == []

    aside.rename(home.folder)
    home.bring_up_to_date()
    assert home.library.catalog.folder(home.folder).online
    assert home.paths() == ["a.md", "b.md"]


def test_too_large_and_empty_files_are_listed_unread(home: Home) -> None:
    home.settings = home.settings.replace(largest_file_mb=1)
    home.note("long.md", "x" * 1_100_000)
    home.note("empty.md", "")
    home.bring_up_to_date()
    titles = {f.path.name: f.title for f in home.library.catalog.failures()}
    assert titles == {
        "long.md": "The file is larger than the limit",
        "empty.md": "The file is empty",
    }
    assert not home.extractors.understood


def test_cancelled_work_goes_on_in_the_next_run(home: Home) -> None:
    for n in range(60):
        home.note(f"{n:02}.md", f"Note number {n}.")
    control = Control()
    real = home.extractors.understand

    def understand(request: ExtractRequest) -> Iterator[Part]:
        if sum(home.extractors.understood.values()) == 20:
            control.cancel()
        return real(request)

    home.extractors.understand = understand  # type: ignore[method-assign]
    home.discover()
    list(home.pipeline(control).run())
    assert 0 < home.library.catalog.waiting_count() < 60

    home.bring_up_to_date()
    assert home.texts() == sorted(f"Note number {n}." for n in range(60))


def test_paused_work_stands_still_until_resumed(home: Home) -> None:
    home.note("a.md", "Waiting.")
    home.discover()
    control = Control()
    control.pause()
    run = home.pipeline(control).run()
    until = time.monotonic() + 0.8
    while time.monotonic() < until:
        assert next(run).done == 0
    assert home.paths() == []
    control.resume()
    list(run)
    assert home.paths() == ["a.md"]


def test_closing_the_run_ends_its_threads(home: Home) -> None:
    for n in range(40):
        home.note(f"{n:02}.md", f"Note number {n}.")
    home.discover()
    run = home.pipeline().run()
    next(run)
    run.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("feeder")]
    home.bring_up_to_date()
    assert len(home.paths()) == 40


def test_text_in_pictures_is_read_after_everything_else_and_once(home: Home) -> None:
    home.settings = home.settings.replace(read_text_in_pictures=True)
    order: list[str] = []
    real = home.extractors.understand

    def understand(request: ExtractRequest) -> Iterator[Part]:
        order.append(f"understand {request.path.name}")
        return real(request)

    def read_text(path: Path) -> Iterator[Segment]:
        order.append(f"read {path.name}")
        if len(order) == 4:
            # Found by discovery while pictures are read: goes before the next picture.
            home.note("new.md", "Urgent.", age_s=20)
            home.discover()
            time.sleep(0.7)
        yield Segment(Role.OCR, _box(), f"words in {path.stem}")

    home.extractors.understand = understand  # type: ignore[method-assign]
    home.extractors.read_text = read_text  # type: ignore[method-assign]
    home.settings = home.settings.replace(threads=1)
    for n in range(3):
        home.photo(f"{n}.png", (10 * n, 200, 10))
    home.bring_up_to_date()
    home.bring_up_to_date()

    assert sorted(order[:3]) == [f"understand {n}.png" for n in range(3)]
    assert order[4] == "understand new.md"
    assert len(order) == 7
    assert home.texts() == ["Urgent.", "words in 0", "words in 1", "words in 2"]
    assert home.library.catalog.reading_count() == 0


def test_a_picture_whose_text_cannot_be_read_stays_findable(home: Home) -> None:
    home.settings = home.settings.replace(read_text_in_pictures=True)

    def read_text(path: Path) -> Iterator[Segment]:
        raise RuntimeError("the reader broke")

    home.extractors.read_text = read_text  # type: ignore[method-assign]
    home.photo("a.png", (10, 200, 10))
    home.bring_up_to_date()
    assert home.paths() == ["a.png"]
    (failure,) = home.library.catalog.failures()
    assert "the reader broke" in failure.message
    assert home.library.catalog.reading_count() == 0

    assert home.library.catalog.retry_failures() == 1
    assert home.library.catalog.reading_count() == 1


def test_another_model_fills_its_space_from_what_is_kept(home: Home) -> None:
    home.note("a.md", "Words that stay.")
    home.photo("b.png", (10, 200, 10))
    home.bring_up_to_date()
    text = HashTextEncoder(home.text_encoder.tokenizer_file, revision="2")
    pictures = HashImageTextEncoder(revision="2")
    home.encoders = FakeEncoders(text, pictures)

    home.bring_up_to_date()

    numbers = {space.key: number for space, number in home.library.vectors.spaces()}
    assert numbers[text.space.key] == 1 and numbers[pictures.space.key] == 1
    # The note is embedded from its stored text; only the picture is decoded once more.
    assert home.extractors.understood == {"a.md": 1, "b.png": 2}
    home.bring_up_to_date()
    assert home.extractors.understood["b.png"] == 2


def test_a_removed_folder_leaves_no_trace(home: Home) -> None:
    secret = "xylophonesecret"
    home.note(f"{secret}name.md", f"The {secret} lies under the stone.")
    home.photo(f"{secret}photo.png", (10, 200, 10))
    other = home.folder.with_name("other")
    other.mkdir()
    shutil.copy2(home.folder / f"{secret}photo.png", other / "harmless.png")
    home.library.catalog.add_folder(other)
    home.bring_up_to_date()
    assert _anywhere(home.library.folder, secret)
    previews = len(list(home.library.folder.rglob("thumbnails/*/*.jpg")))

    home.library.catalog.remove_folder(home.watched)
    home.library.keeping.sweep()
    home.library.database.shrink()

    assert not _anywhere(home.library.folder, secret)
    assert len(list(home.library.folder.rglob("thumbnails/*/*.jpg"))) == previews == 1
    assert home.number("SELECT count(*) FROM content") == 1


def test_a_name_that_is_no_text_is_listed(home: Home) -> None:
    try:
        (home.folder / os.fsdecode(b"caf\xe9.md")).write_text("Its name is in Latin 1.")
    except OSError:
        pytest.skip("this file system takes no such names")
    home.bring_up_to_date()
    (failure,) = home.library.catalog.failures()
    assert "name" in failure.title
    home.bring_up_to_date()
    assert len(list(home.library.catalog.failures())) == 1


def test_a_long_file_is_embedded_while_it_is_read(home: Home) -> None:
    batches: list[int] = []
    real = home.text_encoder.embed_passages

    def embed(texts: list[str]) -> Vectors:
        batches.append(len(texts))
        return real(texts)

    home.text_encoder.embed_passages = embed  # type: ignore[method-assign, assignment]
    sentences = (f"Sentence {n} speaks of the {n}th thing." for n in range(9000))
    home.note("long.md", "\n\n".join(sentences))
    home.bring_up_to_date()
    assert home.number("SELECT count(*) FROM segment") > 500
    assert max(batches) <= 64
    numbers = [number for space, number in home.library.vectors.spaces() if space.kind == "text"]
    assert numbers == [home.number("SELECT count(*) FROM segment")]


def _box() -> Box:
    return Box(0.1, 0.1, 0.9, 0.2)


def _anywhere(folder: Path, word: str) -> list[str]:
    """Files below the folder that hold the word, in any common encoding of text."""
    forms = (word.encode(), word.encode("utf-16-le"))
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
