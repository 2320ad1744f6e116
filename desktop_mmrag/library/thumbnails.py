"""The folder of preview pictures, named by the hash of the content they show."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path

# Windows would turn line ends about.
_BINARY = getattr(os, "O_BINARY", 0)


class Thumbnails:
    """JPEG files of at most 512 pixels a side."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, hash: bytes) -> Path:
        """Where the preview of a content lies, if it has one."""
        name = hash.hex()
        return self._folder / name[:2] / f"{name[2:]}.jpg"

    def write(self, hash: bytes, preview: bytes) -> None:
        """Stores a preview; a half-written one is never seen."""
        path = self.path(hash)
        temporary = path.with_suffix(".new")
        try:
            _write(temporary, preview)
        except FileNotFoundError:
            # Folders above the last are not made by its mode.
            for folder in (self._folder, path.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(temporary, preview)
        temporary.replace(path)

    def remove(self, hash: bytes) -> None:
        """Deletes the preview of a content, if it has one."""
        self.path(hash).unlink(missing_ok=True)

    def remove_others(self, hashes: Container[bytes]) -> int:
        """Deletes previews of contents that are not among these; returns how many.

        A crash leaves a preview behind when it strikes before the row is written.
        """
        removed = 0
        for path in self._folder.glob("??/*"):
            hash = _hash_in(path)
            if path.suffix != ".jpg" or hash is None or hash not in hashes:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def size(self) -> int:
        """Bytes that all previews take."""
        return sum(item.stat().st_size for item in self._folder.rglob("*.jpg"))


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def _hash_in(path: Path) -> bytes | None:
    try:
        return bytes.fromhex(path.parent.name + path.stem)
    except ValueError:
        return None
