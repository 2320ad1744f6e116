"""Taking a source folder out without a trace, also when that is broken off half-way."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from desktop_mmrag.domain import SourceFolder
from desktop_mmrag.errors import DiskFull
from desktop_mmrag.library import folder_list
from desktop_mmrag.library.library import Library

_MARK = "removing"


def remove(library: Library, folder: SourceFolder) -> None:
    """Forgets a folder and everything that was known of it alone. Raises DiskFull, DriveFailed.

    Nothing else may update the library meanwhile. Broken off, `finish` does what is left.
    """
    _mark(library).touch(mode=0o600)
    # The list goes first: what it still holds is taken for lost, and would come back.
    others = (one.path for one in library.catalog.folders() if one.id != folder.id)
    folder_list.write(library.folder, others)
    library.catalog.remove_folder(folder)
    _erase(library)


def finish(library: Library) -> None:
    """Erases what a removal left that was broken off; does nothing where none was.

    On a full disk, which gives no room to rebuild the library, it is left for the next time.
    """
    if _mark(library).exists():
        with suppress(DiskFull):
            _erase(library)


def _erase(library: Library) -> None:
    library.keeping.sweep()
    library.keeping.erase()
    _mark(library).unlink(missing_ok=True)


def _mark(library: Library) -> Path:
    return library.folder / _MARK
