"""Source folders, their files, failures and the work still to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_mmrag import __version__
from desktop_mmrag.domain import Facts, Medium, SourceFolder
from desktop_mmrag.errors import FileDamaged, FolderNotWatched
from desktop_mmrag.library import catalog as module
from desktop_mmrag.library.catalog import Catalog, Changes, Stat
from desktop_mmrag.library.contents import Contents
from desktop_mmrag.library.database import FILE_NAME, Database

ONE, TWO, THREE = Stat(1, 10, 100), Stat(2, 20, 200), Stat(3, 30, 300)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / FILE_NAME)
    yield opened
    opened.close()


@pytest.fixture
def catalog(database: Database) -> Catalog:
    return Catalog(database)


@pytest.fixture
def folder(catalog: Catalog) -> SourceFolder:
    return catalog.add_folder(Path("/photos"))


def changes(
    added: dict[str, Stat] | None = None,
    changed: dict[int, Stat] | None = None,
    moved: dict[int, str] | None = None,
    vanished: set[int] | None = None,
) -> Changes:
    return Changes(added or {}, changed or {}, moved or {}, frozenset(vanished or ()))


def ids(catalog: Catalog, folder: SourceFolder) -> dict[str, int]:
    return {path: file.id for path, file in catalog.files_of(folder).items()}


def keep_all(database: Database) -> list[int]:
    """Gives every file a content of its own; returns the contents' ids."""
    contents, made = Contents(database), []
    with database.writing() as connection:
        for (id,) in connection.execute("SELECT id FROM file ORDER BY id").fetchall():
            content = contents.add(
                connection, bytes([int(id)]) * 32, 1, Medium.PHOTO, Facts(), module.datetime.now()
            )
            connection.execute(
                "UPDATE file SET state = 'kept', content_id = ? WHERE id = ?", (content, id)
            )
            connection.execute(
                "INSERT INTO reading (content_id, priority) VALUES (?, ?)", (content, content / 10)
            )
            made.append(content)
    return made


def test_a_folder_is_added_once(catalog: Catalog) -> None:
    first = catalog.add_folder(Path("/photos"))
    assert catalog.add_folder(Path("/photos")) == first
    assert catalog.folders() == [first]
    assert first.online and not first.paused


def test_a_folder_that_is_not_watched_is_told(catalog: Catalog) -> None:
    with pytest.raises(FolderNotWatched):
        catalog.folder(Path("/elsewhere"))


def test_changes_are_applied(catalog: Catalog, folder: SourceFolder) -> None:
    catalog.apply(folder, changes(added={"a.jpg": ONE, "b/c.jpg": TWO, "d.jpg": THREE}))
    of = ids(catalog, folder)
    catalog.apply(
        folder,
        changes(
            added={"e.jpg": ONE},
            changed={of["a.jpg"]: TWO},
            moved={of["b/c.jpg"]: "c.jpg"},
            vanished={of["d.jpg"]},
        ),
    )
    after = catalog.files_of(folder)
    assert set(after) == {"a.jpg", "c.jpg", "e.jpg"}
    assert after["a.jpg"].stat == TWO and after["c.jpg"].id == of["b/c.jpg"]


def test_names_are_swapped_and_taken_over_in_one_step(
    catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a": ONE, "b": TWO, "c": THREE}))
    of = ids(catalog, folder)
    catalog.apply(
        folder, changes(moved={of["a"]: "b", of["b"]: "a"}, vanished={of["c"]}, added={"c": ONE})
    )
    after = ids(catalog, folder)
    assert after["b"] == of["a"] and after["a"] == of["b"] and after["c"] != of["c"]


def test_a_change_that_cannot_be_applied_changes_nothing(
    catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a": ONE, "b": TWO}))
    of = ids(catalog, folder)
    with pytest.raises(Exception, match="UNIQUE"):
        catalog.apply(folder, changes(added={"new": THREE}, moved={of["a"]: "b"}))
    assert ids(catalog, folder) == of


def test_a_subfolder_is_told_from_its_neighbours(catalog: Catalog, folder: SourceFolder) -> None:
    paths = ("in/a", "in/deep/b", "in", "inn/c", "in-b/d", "in.txt", "on/in/e", "in0")
    catalog.apply(folder, changes(added=dict.fromkeys(paths, ONE)))
    assert set(catalog.files_of(folder, "in")) == {"in", "in/a", "in/deep/b"}
    assert set(catalog.files_of(folder, "in/a")) == {"in/a"}
    assert set(catalog.files_of(folder)) == set(paths)


def test_files_wait_in_order_and_by_the_page(catalog: Catalog, folder: SourceFolder) -> None:
    catalog.apply(folder, changes(added={f"{n}": ONE for n in range(5)}))
    first = catalog.waiting(limit=2)
    rest = catalog.waiting(after=first[-1].id)
    assert [file.path.name for file in (*first, *rest)] == ["0", "1", "2", "3", "4"]
    assert first[0].path == Path("/photos/0") and first[0].stat == ONE
    assert catalog.waiting_count() == 5


def test_work_in_folders_that_are_away_or_paused_does_not_wait(
    database: Database, catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a": ONE}))
    keep_all(database)
    catalog.apply(folder, changes(added={"b": ONE}))
    assert (catalog.waiting_count(), catalog.reading_count()) == (1, 1)
    catalog.set_online(folder, False)
    assert (catalog.waiting_count(), catalog.reading_count()) == (0, 0)
    assert catalog.waiting() == [] and catalog.readings(9) == []
    catalog.set_online(folder, True)
    catalog.set_paused(folder, True)
    assert (catalog.waiting_count(), catalog.reading_count()) == (0, 0)


def test_the_likeliest_readings_come_first(
    database: Database, catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a": ONE, "b": TWO, "c": THREE}))
    low, middle, high = keep_all(database)
    readings = catalog.readings(2)
    assert [reading.content_id for reading in readings] == [high, middle]
    assert readings[0].path == Path("/photos/c") and readings[0].stat == THREE
    assert [one.content_id for one in catalog.readings(9, without=[high])] == [middle, low]


def test_a_content_with_two_files_is_read_once(
    database: Database, catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a": ONE, "b": TWO}))
    first, _ = keep_all(database)
    with database.writing() as connection:
        connection.execute("UPDATE file SET content_id = ?", (first,))
    (reading,) = catalog.readings(9)
    assert reading.path == Path("/photos/a") and reading.stat == ONE
    assert catalog.reading_count() == 1
    assert catalog.reachable_files_of(first) == [(Path("/photos/a"), ONE), (Path("/photos/b"), TWO)]


def test_a_file_that_has_changed_is_not_read_for_its_former_content(
    database: Database, catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a": ONE}))
    keep_all(database)
    catalog.touch(ids(catalog, folder)["a"], TWO)
    assert catalog.readings(9) == [] and catalog.waiting_count() == 1


def test_a_failure_is_listed_until_the_file_changes(catalog: Catalog, folder: SourceFolder) -> None:
    catalog.apply(folder, changes(added={"a.jpg": ONE, "b.jpg": TWO}))
    of = ids(catalog, folder)
    catalog.fail(of["a.jpg"], FileDamaged("a.jpg is broken.", "Try another."))
    (failure,) = catalog.failures()
    assert failure.path == Path("/photos/a.jpg")
    assert (failure.title, failure.message, failure.hint) == (
        "The file is damaged",
        "a.jpg is broken.",
        "Try another.",
    )
    assert [file.path.name for file in catalog.waiting()] == ["b.jpg"]
    catalog.apply(folder, changes(changed={of["a.jpg"]: THREE}))
    assert list(catalog.failures()) == [] and catalog.waiting_count() == 2


def test_a_failed_file_that_is_renamed_is_tried_again(
    catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"notes.bin": ONE}))
    of = ids(catalog, folder)
    catalog.fail(of["notes.bin"], FileDamaged("Unknown."))
    catalog.apply(folder, changes(moved={of["notes.bin"]: "notes.md"}))
    assert catalog.waiting_count() == 1


def test_failures_are_retried_by_another_version(
    catalog: Catalog, folder: SourceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.apply(folder, changes(added={"a.jpg": ONE, "b.jpg": TWO}))
    of = ids(catalog, folder)
    catalog.fail(of["a.jpg"], FileDamaged("Broken."))
    assert catalog.retry_failures(of_other_versions_only=True) == 0
    monkeypatch.setattr(module, "__version__", f"{__version__}.next")
    catalog.fail(of["b.jpg"], FileDamaged("Broken."))
    assert catalog.retry_failures(of_other_versions_only=True) == 1
    assert [file.path.name for file in catalog.waiting()] == ["a.jpg"]
    assert catalog.retry_failures() == 1


def test_one_failure_is_retried_and_the_others_stay(catalog: Catalog, folder: SourceFolder) -> None:
    catalog.apply(folder, changes(added={"a.jpg": ONE, "b.jpg": TWO}))
    for id in ids(catalog, folder).values():
        catalog.fail(id, FileDamaged("Broken."))
    assert catalog.retry_failures(only=[Path("/photos/b.jpg")]) == 1
    assert [file.path.name for file in catalog.waiting()] == ["b.jpg"]
    assert [failure.path.name for failure in catalog.failures()] == ["a.jpg"]
    assert catalog.retry_failures(only=[]) == 0


def test_a_reading_that_fails_is_listed_and_can_be_retried(
    database: Database, catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a.jpg": ONE}))
    (content,) = keep_all(database)
    catalog.fail_reading(content, FileDamaged("The words were not read."))
    assert catalog.reading_count() == 0 and catalog.waiting_count() == 0
    assert [failure.message for failure in catalog.failures()] == ["The words were not read."]
    assert catalog.retry_failures() == 1
    assert catalog.reading_count() == 1 and list(catalog.failures()) == []


def test_a_file_that_fails_lets_go_of_its_content(
    database: Database, catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a.jpg": ONE}))
    (content,) = keep_all(database)
    catalog.fail(ids(catalog, folder)["a.jpg"], FileDamaged("Broken."))
    assert catalog.reachable_files_of(content) == []


def test_a_removed_folder_takes_its_files_along(catalog: Catalog, folder: SourceFolder) -> None:
    catalog.apply(folder, changes(added={"a.jpg": ONE}))
    catalog.fail(ids(catalog, folder)["a.jpg"], FileDamaged("Broken."))
    catalog.remove_folder(folder)
    assert catalog.folders() == [] and list(catalog.failures()) == []


def test_ids_are_never_given_twice(catalog: Catalog, folder: SourceFolder) -> None:
    catalog.apply(folder, changes(added={"a": ONE}))
    former = ids(catalog, folder)["a"]
    catalog.forget(former)
    catalog.apply(folder, changes(added={"b": ONE}))
    assert ids(catalog, folder)["b"] > former


def test_the_folders_own_inode_is_remembered(catalog: Catalog, folder: SourceFolder) -> None:
    assert catalog.inode_of(folder) == 0
    catalog.set_inode(folder, 77)
    assert catalog.inode_of(folder) == 77


def test_a_drive_that_renumbers_its_files_makes_none_wait(
    database: Database, catalog: Catalog, folder: SourceFolder
) -> None:
    catalog.apply(folder, changes(added={"a": ONE}))
    keep_all(database)
    id = ids(catalog, folder)["a"]
    catalog.apply(folder, Changes({}, {}, {}, frozenset(), {id: 555}))
    assert catalog.waiting_count() == 0
    assert catalog.files_of(folder)["a"].stat == Stat(1, 10, 555)
