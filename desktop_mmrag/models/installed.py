"""The models on this computer: which there are, whether their files are whole, adding and removing."""

from __future__ import annotations

import importlib.util
import json
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop_mmrag.errors import (
    ModelBuiltIn,
    ModelDamaged,
    ModelMissing,
    ModelUnrecognised,
    NotEnoughDisk,
)
from desktop_mmrag.models.catalogue import (
    Catalogue,
    ModelEntry,
    ModelFile,
    entry_from_json,
    entry_to_json,
)
from desktop_mmrag.models.download import UNFINISHED, discard_unfinished, install, sha256_of
from desktop_mmrag.models.recognise import Recognised, recognise

_OWN_ENTRY = "model.json"
"""Beside the files of a model that no catalogue knows: its entry."""
_VERIFIED = "verified.json"
"""In the models folder: the size and times each file had when its fingerprint was right."""


class ModelFolder:
    """Downloaded and imported models, one folder each, and the ones that came with the program."""

    def __init__(self, folder: Path, bundled: Path, catalogue: Catalogue | None = None) -> None:
        """`folder` need not exist yet; `bundled` is never written to."""
        self.folder, self._bundled = folder, bundled
        self.catalogue = catalogue or Catalogue.load()
        self._lock = threading.Lock()

    # --- what there is ----------------------------------------------------------------

    def installed(self) -> list[ModelEntry]:
        """Imported models first, then the catalogue's order, the best of each kind first."""
        known = [entry for entry in self.catalogue if self._is_here(entry)]
        return self._own_entries() + known

    def entry(self, model_id: str) -> ModelEntry:
        """A model of the catalogue or an imported one. Raises ModelUnknown."""
        for entry in self._own_entries():
            if entry.id == model_id:
                return entry
        return self.catalogue.get(model_id)

    def is_installed(self, model_id: str) -> bool:
        """Whether all its files are there. Raises ModelUnknown."""
        return self._is_here(self.entry(model_id))

    def path(self, entry: ModelEntry, role: str) -> Path:
        """A file of an installed model, its fingerprint verified.

        A file is read again only when its size or times have changed since. Raises
        ModelMissing when it is not there, ModelDamaged when its bytes are not the expected.
        """
        file = entry.file(role)
        if file is None:
            raise ModelMissing(f"{entry.title} has no file for {role}.")
        path = self.home(entry) / file.name
        if not path.is_file():
            raise ModelMissing(f"{entry.title} is not installed.")
        self._verify(path, file, again=False)
        return path

    def unfinished(self, model_id: str) -> int:
        """Bytes that a stopped download of this model left; 0 when there was none."""
        files = (self.folder / UNFINISHED / model_id).glob("*")
        return sum(file.stat().st_size for file in files if file.suffix != ".tag")

    def verify(self, model_id: str) -> None:
        """Reads all files of a model. Raises ModelMissing or ModelDamaged."""
        entry = self.require(model_id)
        for file in entry.files:
            self._verify(self.home(entry) / file.name, file, again=True)

    def require(self, model_id: str) -> ModelEntry:
        """An installed model. Raises ModelUnknown or ModelMissing."""
        entry = self.entry(model_id)
        if not self._is_here(entry):
            raise ModelMissing(
                f"{entry.title} is not installed.",
                hint=f"Install it with `desktop-mmrag models install {model_id}`.",
            )
        return entry

    # --- adding and removing ----------------------------------------------------------

    def remove(self, model_id: str) -> None:
        """Deletes a model and what a stopped download left of it.

        Raises ModelBuiltIn, ModelMissing or ModelUnknown.
        """
        entry = self.entry(model_id)
        if entry.bundled:
            raise ModelBuiltIn(f"{entry.title} is part of the program.")
        home, unfinished = self.home(entry), self.folder / UNFINISHED / entry.id
        if not home.exists() and not unfinished.exists():
            raise ModelMissing(f"{entry.title} is not installed.")
        discard_unfinished(self.folder, entry.id)
        shutil.rmtree(home, ignore_errors=True)
        self._forget(home)

    def import_files(self, paths: Sequence[Path]) -> ModelEntry:
        """Copies files that the person already has; a folder stands for the files in it.

        Raises ModelUnrecognised, or NotEnoughDisk.
        """
        found = recognise(paths, self.catalogue)
        needed = sum(path.stat().st_size for path in found.sources.values())
        staging = self.folder / UNFINISHED / found.entry.id
        discard_unfinished(self.folder, found.entry.id)
        staging.mkdir(parents=True)
        if (free := shutil.disk_usage(staging).free) < needed:
            raise NotEnoughDisk(f"It needs {needed / 1e6:,.0f} MB, {free / 1e6:,.0f} MB are free.")
        self._copy(found, staging)
        return found.entry

    def _copy(self, found: Recognised, staging: Path) -> None:
        entry, names = found.entry, [file.name for file in found.entry.files]
        try:
            for name, source in found.sources.items():
                shutil.copyfile(source, staging / name)
        except OSError as problem:
            discard_unfinished(self.folder, entry.id)
            raise ModelUnrecognised(f"The files cannot be copied: {problem}.") from problem
        if entry not in self.catalogue.entries:
            text = json.dumps(entry_to_json(entry), indent=1)
            (staging / _OWN_ENTRY).write_text(text, encoding="utf-8")
            names.append(_OWN_ENTRY)
        install(staging, self.folder / entry.id, names)

    # --- where things lie -------------------------------------------------------------

    def home(self, entry: ModelEntry) -> Path:
        """The folder of its files."""
        return (self._bundled if entry.bundled else self.folder) / entry.id

    def _is_here(self, entry: ModelEntry) -> bool:
        if entry.package is not None:
            return importlib.util.find_spec(entry.package) is not None
        return all((self.home(entry) / file.name).is_file() for file in entry.files)

    def _own_entries(self) -> list[ModelEntry]:
        found = []
        for path in sorted(self.folder.glob(f"*/{_OWN_ENTRY}")):
            try:
                entry = entry_from_json(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, KeyError, TypeError):
                continue  # Not ours, or broken: its folder then counts as not installed.
            names = [entry.id, *(file.name for file in entry.files)]
            plain = all(name == Path(name).name for name in names)
            if (
                plain
                and not entry.bundled
                and entry.id == path.parent.name
                and self._is_here(entry)
            ):
                found.append(entry)
        return found

    # --- fingerprints -----------------------------------------------------------------

    def _verify(self, path: Path, file: ModelFile, again: bool) -> None:
        status = path.stat()
        seen = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, file.sha256]
        with self._lock:
            if not again and self._verified().get(str(path)) == seen:
                return
        if sha256_of(path) != file.sha256:
            self._forget(path)
            raise ModelDamaged(f"{path.name} in {path.parent} is not the file it should be.")
        with self._lock:
            self._remember({**self._verified(), str(path): seen})

    def _verified(self) -> dict[str, Any]:
        try:
            stored = json.loads((self.folder / _VERIFIED).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}

    def _remember(self, verified: dict[str, Any]) -> None:
        # Losing this file costs one reading of the models, so a failure to write it is no failure.
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = self.folder / f"{_VERIFIED}.new"
            fresh.write_text(json.dumps(verified), encoding="utf-8")
            fresh.replace(self.folder / _VERIFIED)
        except OSError:
            return

    def _forget(self, path: Path) -> None:
        with self._lock:
            kept = {
                name: seen
                for name, seen in self._verified().items()
                if not Path(name).is_relative_to(path)
            }
            self._remember(kept)
