"""One file into or out of the library: rows, words and vectors together, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag.domain import (
    Box,
    Facts,
    Medium,
    Role,
    Segment,
    Space,
    Store,
    Summary,
    TextSpan,
    Whole,
)
from desktop_mmrag.library.catalog import Changes, Stat, WaitingFile
from desktop_mmrag.library.keeping import Embedded, Understood
from desktop_mmrag.library.library import Library, open_library
from tests.fakes import direction

TEXT = Space("text", "fake", "1", "fp32", 8)
PICTURES = Space("image-text", "fake", "1", "fp32", 8)
SEGMENTS = (
    Segment(Role.PICTURE, Whole()),
    Segment(Role.PASSAGE, TextSpan(0, 20), "the harbour at dawn"),
)
SUMMARY = Summary(Medium.PHOTO, Facts(place="Lisbon, Portugal"), b"preview", 0.5)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path / "library")
    yield opened
    opened.close()


def waiting(library: Library, *paths: str) -> list[WaitingFile]:
    """Files newly seen in /things."""
    folder = library.catalog.add_folder(Path("/things"))
    added = {path: Stat(9, 10**18 + n, n) for n, path in enumerate(paths)}
    library.catalog.apply(folder, Changes(added, {}, {}, frozenset()))
    return [file for file in library.catalog.waiting() if _name(file) in paths]


def _name(file: WaitingFile) -> str:
    return file.path.relative_to("/things").as_posix()


def vectors(*keys: str) -> np.ndarray:
    return np.stack([direction(key, 8) for key in keys])


def understood(file: WaitingFile, hash: bytes = b"h" * 32) -> Understood:
    embedded = [
        Embedded(PICTURES, [0], vectors("picture")),
        Embedded(TEXT, [1], vectors("passage")),
    ]
    return Understood(file, hash, SUMMARY, SEGMENTS, embedded)


def counts(library: Library) -> dict[str, int]:
    tables = ("content", "segment", "words", "ocr", "facts", "reading")
    reader = library.database.reader()
    found = {table: int(reader.execute(f"SELECT count(*) FROM {table}").get) for table in tables}
    return found | {space.kind: number for space, number in library.vectors.spaces()}


def found(library: Library, store: Store, word: str) -> list[int]:
    return [match.rowid for match in library.words.search(store, [word])]


def test_all_of_a_file_is_kept(library: Library) -> None:
    (file,) = waiting(library, "sea/IMG_0042.jpg")
    library.keeping.keep(understood(file))
    assert counts(library) == {
        "content": 1, "segment": 2, "words": 1, "ocr": 0, "facts": 1, "reading": 1,
        "image-text": 1, "text": 1,
    }  # fmt: skip
    assert library.thumbnails.path(b"h" * 32).read_bytes() == b"preview"
    assert library.catalog.waiting_count() == 0
    content_id = library.contents.by_hash(b"h" * 32)
    assert content_id is not None
    for word in ("sea", "0042", "lisbon"):
        assert found(library, Store.FACTS, word) == [content_id]
    ((segment_id,),) = [found(library, Store.WORDS, "harbour")]
    assert library.vectors.nearest(TEXT, vectors("passage")[0], 1)[0].segment_id == segment_id


def test_a_failure_at_any_write_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = waiting(library, "a.jpg")
    before = counts(library)
    for part, method in (
        (library.contents, "add_segments"),
        (library.words, "write"),
        (library.vectors, "write"),
        (library.words, "write_facts"),
    ):

        def fail(*_: object, **__: object) -> None:
            raise OSError("the drive is gone")

        with monkeypatch.context() as broken:
            broken.setattr(type(part), method, fail)
            with pytest.raises(OSError, match="the drive is gone"):
                library.keeping.keep(understood(file))
        assert counts(library) == before
        assert library.catalog.waiting_count() == 1
    library.keeping.keep(understood(file))
    assert counts(library)["segment"] == 2


def test_the_same_content_is_kept_once(library: Library) -> None:
    one, two = waiting(library, "one.jpg", "two.jpg")
    library.keeping.keep(understood(one))
    library.keeping.keep(understood(two))
    assert counts(library)["content"] == 1 and counts(library)["segment"] == 2
    assert found(library, Store.FACTS, "one") == found(library, Store.FACTS, "two") != []


def test_a_known_content_is_linked_and_an_unknown_one_is_not(library: Library) -> None:
    one, two = waiting(library, "one.jpg", "two.jpg")
    library.keeping.keep(understood(one))
    assert library.keeping.link(two, b"h" * 32)
    assert library.catalog.waiting_count() == 0
    (three,) = waiting(library, "three.jpg")
    assert not library.keeping.link(three, b"x" * 32)
    assert library.catalog.waiting_count() == 1


def test_a_file_that_changed_meanwhile_stays_waiting(library: Library) -> None:
    (file,) = waiting(library, "a.jpg")
    library.catalog.touch(file.id, Stat(10, 11, 12))
    library.keeping.keep(understood(file))
    assert library.catalog.waiting_count() == 1


def test_what_is_read_later_is_added(library: Library) -> None:
    (file,) = waiting(library, "a.jpg")
    library.keeping.keep(understood(file))
    content_id = library.contents.by_hash(b"h" * 32)
    assert content_id is not None
    read = Segment(Role.OCR, Box(0, 0, 1, 1), "ferry timetable")
    library.keeping.add_reading(content_id, [read], [Embedded(TEXT, [0], vectors("ferry"))])
    assert counts(library)["ocr"] == 1 and counts(library)["reading"] == 0
    assert counts(library)["text"] == 2
    assert found(library, Store.OCR, "ferry") and not found(library, Store.WORDS, "ferry")


def test_what_is_read_of_a_content_that_is_gone_is_dropped(library: Library) -> None:
    read = Segment(Role.OCR, Box(0, 0, 1, 1), "ferry timetable")
    library.keeping.add_reading(99, [read], [Embedded(TEXT, [0], vectors("ferry"))])
    assert counts(library)["segment"] == 0


def test_contents_are_found_by_the_names_their_files_have_now(library: Library) -> None:
    one, two = waiting(library, "before.jpg", "copy.jpg")
    library.keeping.keep(understood(one))
    library.keeping.link(two, b"h" * 32)
    folder = library.catalog.folder(Path("/things"))
    library.catalog.apply(folder, Changes({}, {}, {one.id: "after.jpg"}, frozenset({two.id})))
    assert library.keeping.refresh_names() == 1
    assert found(library, Store.FACTS, "after")
    assert not found(library, Store.FACTS, "before") and not found(library, Store.FACTS, "copy")
    assert library.keeping.refresh_names() == 0


def test_a_content_that_lost_its_file_to_another_is_not_found_by_its_name(
    library: Library,
) -> None:
    one, two = waiting(library, "shared-name.jpg", "other.jpg")
    library.keeping.keep(understood(one))
    library.keeping.link(two, b"h" * 32)
    library.keeping.keep(understood(one, b"n" * 32))
    library.keeping.refresh_names()
    assert found(library, Store.FACTS, "shared") == [library.contents.by_hash(b"n" * 32)]


def test_contents_without_a_file_are_swept_with_every_trace(library: Library) -> None:
    one, two = waiting(library, "one.jpg", "two.jpg")
    library.keeping.keep(understood(one))
    library.keeping.keep(understood(two, b"2" * 32))
    library.catalog.forget(one.id)
    assert library.keeping.sweep() == 1
    assert counts(library) == {
        "content": 1, "segment": 2, "words": 1, "ocr": 0, "facts": 1, "reading": 1,
        "image-text": 1, "text": 1,
    }  # fmt: skip
    assert not library.thumbnails.path(b"h" * 32).exists()
    assert library.thumbnails.path(b"2" * 32).exists()


def test_many_contents_are_swept_at_once(library: Library) -> None:
    files = waiting(library, *(f"{n}.jpg" for n in range(450)))
    for n, file in enumerate(files):
        library.keeping.keep(understood(file, n.to_bytes(32, "big")))
    library.catalog.remove_folder(library.catalog.folder(Path("/things")))
    assert library.keeping.sweep() == 450
    assert set(counts(library).values()) == {0}


def test_previews_that_a_crash_left_are_swept(library: Library) -> None:
    (file,) = waiting(library, "a.jpg")
    library.keeping.keep(understood(file))
    library.thumbnails.write(b"lost" * 8, b"nobody's")
    kept = library.thumbnails.path(b"h" * 32)
    kept.with_suffix(".new").write_bytes(b"half")
    assert library.keeping.sweep_previews() == 2
    assert [path for path in kept.parent.parent.rglob("*") if path.is_file()] == [kept]


def test_a_photo_is_dated_by_its_camera_and_else_by_its_file(library: Library) -> None:
    one, two, three = waiting(library, "one.jpg", "two.jpg", "three.jpg")
    taken = datetime(2019, 7, 14, 12, 30)
    dated = replace(SUMMARY, facts=Facts(taken_at=taken))
    library.keeping.keep(replace(understood(one), summary=dated))
    library.keeping.keep(understood(two, b"2" * 32))
    nonsense = replace(three, stat=Stat(9, 2**63 - 1, 5))
    library.keeping.keep(understood(nonsense, b"3" * 32))
    kept = library.contents.describe(library.contents.selected(None))
    dates = {content.paths[0].name: content.dated_at for content in kept.values()}
    assert dates["one.jpg"] == taken
    assert dates["two.jpg"] == datetime.fromtimestamp(10**9)
