"""An open library: its parts, built on one database in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_mmrag.errors import LibraryDamaged
from desktop_mmrag.library import folder_list, place, saved_list
from desktop_mmrag.library.catalog import Catalog
from desktop_mmrag.library.contents import Contents
from desktop_mmrag.library.database import FILE_NAME, Database, damage_in, known_failure
from desktop_mmrag.library.descriptions import Descriptions
from desktop_mmrag.library.fingerprints import Fingerprints
from desktop_mmrag.library.fulltext import Words
from desktop_mmrag.library.keeping import Keeping
from desktop_mmrag.library.listing import Listing
from desktop_mmrag.library.looks import Looks
from desktop_mmrag.library.pairs import Pairs
from desktop_mmrag.library.saved import SavedSearches
from desktop_mmrag.library.thumbnails import Thumbnails
from desktop_mmrag.library.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Library:
    """Everything remembered."""

    folder: Path
    database: Database
    catalog: Catalog
    contents: Contents
    vectors: Vectors
    words: Words
    thumbnails: Thumbnails
    listing: Listing
    keeping: Keeping
    pairs: Pairs
    fingerprints: Fingerprints
    saved: SavedSearches
    looks: Looks
    descriptions: Descriptions

    def size(self) -> int:
        """Bytes that the database and the previews take."""
        files = self.folder.glob(f"{FILE_NAME}*")
        return sum(item.stat().st_size for item in files) + self.thumbnails.size()

    def close(self) -> None:
        """Closes the database."""
        self.database.close()


def open_library(folder: Path) -> Library:
    """Opens the library in this folder, or begins one.

    Raises LibraryUnusable, LibraryOnNetworkDrive, LibraryTooNew, DiskFull, DriveFailed, or
    LibraryDamaged after setting the damaged file aside.
    """
    place.prepare(folder)
    database = Database(folder / FILE_NAME)
    try:
        return _joined(folder, database)
    except BaseException as problem:
        database.close()
        known = known_failure(problem, database.path)
        if isinstance(known, LibraryDamaged):
            known = damage_in(database.path) or known
        if known is not None:
            raise known from problem
        raise


def _joined(folder: Path, database: Database) -> Library:
    contents, vectors, words = Contents(database), Vectors(database), Words(database)
    thumbnails, pairs = Thumbnails(folder / "thumbnails"), Pairs(database)
    catalog = Catalog(database)
    if not catalog.folders():
        # A database that was lost is built anew from the same folders.
        for lost in folder_list.read(folder):
            catalog.add_folder(lost)
    saved = SavedSearches(database, lambda searches: saved_list.write(folder, searches))
    if not saved.all():
        saved.restore(saved_list.read(folder))
    return Library(
        folder=folder,
        database=database,
        catalog=catalog,
        contents=contents,
        vectors=vectors,
        words=words,
        thumbnails=thumbnails,
        listing=Listing(database, thumbnails, pairs),
        keeping=Keeping(database, contents, vectors, words, thumbnails),
        pairs=pairs,
        fingerprints=Fingerprints(database),
        saved=saved,
        looks=Looks(database, words),
        descriptions=Descriptions(database, contents, vectors, words),
    )
