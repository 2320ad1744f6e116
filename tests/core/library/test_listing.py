"""The whole library, newest first, with what each content looks like at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_mmrag.domain import Facts, Medium, Role, Segment, Whole
from desktop_mmrag.library.catalog import Changes, Stat
from desktop_mmrag.library.library import Library, open_library

STAT = Stat(1, 2, 3)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = open_library(tmp_path / "library")
    yield library
    library.close()


def _keep(library: Library, names: list[str], folder: Path, medium: Medium = Medium.PHOTO) -> None:
    """Files of these names, the first the oldest."""
    watched = library.catalog.add_folder(folder)
    library.catalog.apply(watched, Changes(dict.fromkeys(names, STAT), {}, {}, frozenset()))
    start = datetime(2024, 1, 1)
    with library.database.writing() as connection:
        for number, name in enumerate(names):
            id = library.contents.add(
                connection, name.encode(), 1, medium, Facts(), start + timedelta(days=number)
            )
            connection.execute(
                "UPDATE file SET content_id = ?, state = 'kept' WHERE folder_id = ? AND path = ?",
                (id, watched.id, name),
            )


def test_newest_first_in_pages(library: Library, tmp_path: Path) -> None:
    _keep(library, ["a.jpg", "b.jpg", "c.jpg"], tmp_path)
    pages = list(library.listing.newest(page=2))
    assert [[listed.path.name for listed in page] for page in pages] == [
        ["c.jpg", "b.jpg"],
        ["a.jpg"],
    ]


def test_only_the_media_that_are_asked_for(library: Library, tmp_path: Path) -> None:
    _keep(library, ["a.jpg"], tmp_path)
    _keep(library, ["note.md"], tmp_path, Medium.NOTE)
    (page,) = library.listing.newest(frozenset({Medium.NOTE}))
    assert [listed.path.name for listed in page] == ["note.md"]


def test_a_content_with_several_files_is_listed_once_where_it_can_be_reached(
    library: Library, tmp_path: Path
) -> None:
    _keep(library, ["a.jpg"], tmp_path / "unplugged")
    (away,) = library.catalog.folders()
    library.catalog.set_online(away, False)
    here = library.catalog.add_folder(tmp_path / "here")
    library.catalog.apply(here, Changes({"copy.jpg": STAT}, {}, {}, frozenset()))
    with library.database.writing() as connection:
        connection.execute(
            "UPDATE file SET content_id = (SELECT id FROM content), state = 'kept'"
            " WHERE path = 'copy.jpg'"
        )
    ((listed,),) = library.listing.newest()
    assert listed.path == tmp_path / "here" / "copy.jpg"
    assert listed.online


def test_contents_of_no_file_are_not_listed(library: Library, tmp_path: Path) -> None:
    _keep(library, ["a.jpg"], tmp_path)
    library.catalog.remove_folder(library.catalog.folders()[0])
    assert list(library.listing.newest()) == []


def test_a_glance_is_the_preview_or_else_the_first_words(library: Library, tmp_path: Path) -> None:
    _keep(library, ["seen.jpg", "read.md"], tmp_path)
    seen, read = (library.contents.by_hash(name) for name in (b"seen.jpg", b"read.md"))
    assert seen is not None and read is not None
    library.thumbnails.write(b"seen.jpg", b"a picture")
    with library.database.writing() as connection:
        words = [Segment(Role.PASSAGE, Whole(), text) for text in ("The first.", "The second.")]
        library.contents.add_segments(connection, read, words)
    glances = library.listing.glances([seen, read, 999])
    assert glances[seen].preview == library.thumbnails.path(b"seen.jpg")
    assert (glances[read].preview, glances[read].words) == (None, "The first.")
    assert 999 not in glances


def test_every_file_is_listed_once(library: Library, tmp_path: Path) -> None:
    _keep(library, [f"IMG_{number:06}.jpg" for number in range(3000)], tmp_path)
    pages = [[item.content_id for item in page] for page in library.listing.newest()]
    listed = [content_id for page in pages for content_id in page]
    assert len(listed) == len(set(listed)) == 3000


def test_contents_are_listed_in_the_order_they_are_asked_for(
    library: Library, tmp_path: Path
) -> None:
    _keep(library, ["a.jpg", "b.jpg", "c.jpg"], tmp_path)
    (page,) = library.listing.newest()
    ids = {listed.path.name: listed.content_id for listed in page}
    wanted = [ids["b.jpg"], 12345, ids["c.jpg"], ids["b.jpg"]]
    assert [one.path.name for one in library.listing.listed(wanted)] == ["b.jpg", "c.jpg"]
    assert library.listing.listed([]) == []
