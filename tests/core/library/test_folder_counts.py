"""What each source folder holds."""

from __future__ import annotations

from pathlib import Path

from desktop_mmrag.domain import Facts, Medium
from desktop_mmrag.errors import FileDamaged
from desktop_mmrag.library import catalog as module
from desktop_mmrag.library.catalog import Catalog, Changes, Stat
from desktop_mmrag.library.contents import Contents
from desktop_mmrag.library.database import FILE_NAME, Database
from desktop_mmrag.library.folder_counts import FolderCounts, folder_counts


def test_files_are_counted_by_folder_medium_and_state(tmp_path: Path) -> None:
    database = Database(tmp_path / FILE_NAME)
    catalog, contents = Catalog(database), Contents(database)
    photos, notes = (catalog.add_folder(Path(name)) for name in ("/photos", "/notes"))
    names = ("a.jpg", "b.jpg", "c.jpg", "waits.jpg", "bad.jpg")
    added = {name: Stat(1, 1, number) for number, name in enumerate(names, start=1)}
    catalog.apply(photos, Changes(added, {}, {}, frozenset()))
    ids = {path: file.id for path, file in catalog.files_of(photos).items()}
    for name in names[:3]:
        with database.writing() as connection:
            hash = name.encode().ljust(32)
            content = contents.add(
                connection, hash, 1, Medium.PHOTO, Facts(), module.datetime.now()
            )
            connection.execute(
                "UPDATE file SET state = 'kept', content_id = ? WHERE id = ?", (content, ids[name])
            )
    catalog.fail(ids["bad.jpg"], FileDamaged("Broken."))
    (first,) = (row for row in contents.count_by_medium().items())
    assert first == (Medium.PHOTO, 3)
    assert folder_counts(database) == {photos.id: FolderCounts({Medium.PHOTO: 3}, 1, 1)}
    assert notes.id not in folder_counts(database)

    # Its pictures hold text that could not be read: it is kept, and listed.
    kept = contents.by_hash(b"a.jpg".ljust(32))
    assert kept is not None
    catalog.fail_reading(kept, FileDamaged("The words were not read."))
    assert folder_counts(database)[photos.id] == FolderCounts({Medium.PHOTO: 3}, 1, 2)
    catalog.retry_failures()
    assert folder_counts(database)[photos.id] == FolderCounts({Medium.PHOTO: 3}, 2, 0)
    database.close()
