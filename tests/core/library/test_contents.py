"""Contents and segments come back as they were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop_mmrag.domain import (
    Box,
    Facts,
    Filters,
    Medium,
    Page,
    Role,
    Segment,
    TextLine,
    TextSpan,
    TimeSpan,
    Whole,
)
from desktop_mmrag.library.catalog import Catalog, Changes, Stat
from desktop_mmrag.library.contents import Contents
from desktop_mmrag.library.database import FILE_NAME, Database
from desktop_mmrag.library.selection import select

FACTS = Facts(
    taken_at=datetime(2021, 5, 4, 3, 2, 1),
    latitude=48.2,
    longitude=16.37,
    place="Vienna, Austria",
    camera="Fujifilm X100V",
    author="Ann",
    title="The opera",
    keywords=("music", "Straße"),
    width=4000,
    height=3000,
    pages=None,
    duration_s=None,
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / FILE_NAME)
    yield opened
    opened.close()


@pytest.fixture
def contents(database: Database) -> Contents:
    return Contents(database)


def keep(
    database: Database,
    path: str,
    medium: Medium = Medium.PHOTO,
    facts: Facts = FACTS,
    segments: tuple[Segment, ...] = (),
    dated_at: datetime = datetime(2021, 5, 4),
    folder: str = "/things",
) -> int:
    """A kept file with a content of its own; returns the content's id."""
    catalog, contents = Catalog(database), Contents(database)
    source = catalog.add_folder(Path(folder))
    catalog.apply(source, Changes({path: Stat(1, 1, 1)}, {}, {}, frozenset()))
    with database.writing() as connection:
        hash = f"{folder}/{path}".encode().ljust(32)[:32]
        content_id = contents.add(connection, hash, 1, medium, facts, dated_at)
        contents.add_segments(connection, content_id, segments)
        connection.execute(
            "UPDATE file SET content_id = ?, state = 'kept' WHERE path = ?", (content_id, path)
        )
    return content_id


def test_facts_come_back_as_they_were(database: Database, contents: Contents) -> None:
    content_id = keep(database, "opera.jpg")
    content = contents.describe([content_id])[content_id]
    assert content.facts == FACTS and content.medium is Medium.PHOTO
    assert content.paths == (Path("/things/opera.jpg"),) and content.online
    assert contents.by_hash(content.hash) == content_id
    assert contents.by_path(Path("/things/opera.jpg")) == content_id
    assert contents.by_path(Path("/things/other.jpg")) is None
    assert contents.by_path(Path("/elsewhere/opera.jpg")) is None


def test_no_facts_come_back_as_none(database: Database, contents: Contents) -> None:
    content_id = keep(database, "a.md", Medium.NOTE, Facts())
    assert contents.describe([content_id])[content_id].facts == Facts()


def test_segments_come_back_with_every_kind_of_locator(
    database: Database, contents: Contents
) -> None:
    line = TextLine("Total 12.50 €", Box(0.1, 0.2, 0.3, 0.4, page=2))
    segments = (
        Segment(Role.PICTURE, Whole()),
        Segment(Role.PASSAGE, TextSpan(3, 9, "Grüße"), "words"),
        Segment(Role.PASSAGE, Page(4, 10, 20), "of a page"),
        Segment(Role.CAPTION, TextSpan(1, 2), "around it", about="../pic.png"),
        Segment(Role.OCR, Box(0.0, 0.0, 1.0, 1.0, page=2), line.text, lines=(line,)),
        Segment(Role.SPEECH, TimeSpan(1.5, 3.25), "spoken"),
    )
    content_id = keep(database, "a.pdf", Medium.DOCUMENT, segments=segments)
    kept = contents.segments_of(content_id)
    assert tuple(one.segment for one in kept) == segments
    assert {one.content_id for one in kept} == {content_id}
    assert [one.segment.role for one in contents.segments_of(content_id, Role.OCR)] == [Role.OCR]
    assert contents.segments([kept[2].id])[kept[2].id] == kept[2]
    assert contents.first_segments([content_id]) == {content_id: kept[0].id}


def test_reachable_files_come_first(database: Database, contents: Contents) -> None:
    content_id = keep(database, "a.jpg", folder="/usb")
    catalog = Catalog(database)
    at_home = catalog.add_folder(Path("/home"))
    catalog.apply(at_home, Changes({"copy.jpg": Stat(1, 1, 2)}, {}, {}, frozenset()))
    with database.writing() as connection:
        connection.execute("UPDATE file SET content_id = ?, state = 'kept'", (content_id,))
    catalog.set_online(catalog.folder(Path("/usb")), False)
    content = contents.describe([content_id])[content_id]
    assert content.paths == (Path("/home/copy.jpg"), Path("/usb/a.jpg")) and content.online
    catalog.set_online(at_home, False)
    assert not contents.describe([content_id])[content_id].online


def test_a_content_without_a_file_is_not_described(database: Database, contents: Contents) -> None:
    content_id = keep(database, "a.jpg")
    assert contents.count_by_medium() == {Medium.PHOTO: 1}
    with database.writing() as connection:
        connection.execute("DELETE FROM file")
    assert contents.describe([content_id]) == {}
    assert contents.count_by_medium() == {} and contents.selected(None) == []


def test_media_are_counted(database: Database, contents: Contents) -> None:
    keep(database, "a.jpg")
    keep(database, "b.jpg")
    keep(database, "c.md", Medium.NOTE)
    assert contents.count_by_medium() == {Medium.NOTE: 1, Medium.PHOTO: 2}


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(media=frozenset({Medium.NOTE})), ["note.md"]),
        (Filters(after=datetime(2021, 1, 1)), ["2021/opera.jpg"]),
        (Filters(before=datetime(2021, 1, 1)), ["note.md", "2019/100%_real.jpg"]),
        (Filters(near="vienna"), ["2021/opera.jpg"]),
        (Filters(camera="x100"), ["2021/opera.jpg"]),
        (Filters(folders=("2019",)), ["2019/100%_real.jpg"]),
        (Filters(folders=("100%_",)), ["2019/100%_real.jpg"]),
        (Filters(folders=("%",), media=frozenset({Medium.NOTE})), []),
        (Filters(), ["2021/opera.jpg", "note.md", "2019/100%_real.jpg"]),
    ],
)
def test_filters_select(
    database: Database, contents: Contents, filters: Filters, wanted: list[str]
) -> None:
    keep(database, "2021/opera.jpg")
    keep(database, "note.md", Medium.NOTE, Facts(), dated_at=datetime(2020, 1, 1))
    keep(database, "2019/100%_real.jpg", facts=Facts(), dated_at=datetime(2019, 1, 1))
    kept = contents.describe(contents.selected(None))
    found = [kept[id].paths[0] for id in contents.selected(select(filters))]
    assert [path.relative_to("/things").as_posix() for path in found] == wanted
