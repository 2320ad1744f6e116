"""Builds and wires everything once, for window and command line alike; one method per action of a person."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType

import platformdirs

from desktop_mmrag import bundled
from desktop_mmrag import settings as settings_file
from desktop_mmrag.answer.converse import Conversation
from desktop_mmrag.domain import (
    AnswerEvent,
    Failure,
    Medium,
    Progress,
    QueryVector,
    SearchResult,
    SourceFolder,
    Strategy,
)
from desktop_mmrag.errors import (
    FileNotKept,
    FolderMissing,
    FolderNotWatched,
    KnownError,
    LibraryDamaged,
    ModelUnknown,
    VisionModelUnavailable,
)
from desktop_mmrag.examples import Examples
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.describing import describe
from desktop_mmrag.ingest.discover import discover, discover_all
from desktop_mmrag.ingest.follow import follow
from desktop_mmrag.ingest.pipeline import Pipeline
from desktop_mmrag.ingest.rules import pattern_for
from desktop_mmrag.ingest.watch import Watch
from desktop_mmrag.library import folder_list, place, removal
from desktop_mmrag.library.database import damage_in, known_failure
from desktop_mmrag.library.library import Library, open_library
from desktop_mmrag.library.standing import Shown, Status
from desktop_mmrag.library.words_beside import recording_of
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.models.download import DownloadProgress, download
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.loaded import Models
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.retrieve.periods import Period
from desktop_mmrag.retrieve.serving import Serving
from desktop_mmrag.settings import Settings, default_folder
from desktop_mmrag.smart_folders import SmartFolders

_NAME = "desktop-mmrag"
_SETTING_OF = {
    "image-text": "image_text_model",
    "text-tower": "image_text_model",
    "text": "text_model",
    "vision": "vision_model",
    "speech": "speech_model",
    "audio-text": "sound_model",
    "reranker": "reranker",
}


def default_models_folder() -> Path:
    """Where downloaded models lie; one place for all libraries, for they are large."""
    chosen = os.environ.get("DESKTOP_MMRAG_MODELS")
    data = platformdirs.user_data_path(_NAME, appauthor=False)
    return Path(chosen) if chosen else data / "models"


class Application:
    """One library with everything that works on it. Use it as a context manager."""

    def __init__(self, folder: Path | None = None, models_folder: Path | None = None) -> None:
        """Opens the library. Raises what `open_library` and `settings.load` raise."""
        self.folder = (folder or default_folder()).expanduser().absolute()
        place.prepare(self.folder)
        self.settings = settings_file.load(self.folder)
        self.library: Library = open_library(self.folder)
        self.model_folder = ModelFolder(models_folder or default_models_folder(), bundled.models())

    def __enter__(self) -> Application:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        # What went wrong unexpectedly may come from a damaged file: then say so, and begin anew.
        if _may_be_damage(problem) and (damaged := damage_in(self.library.database.path)):
            raise damaged from problem

    def tells_of_damage(self, problem: BaseException) -> bool:
        """Whether a failure comes from a damaged library: it is set aside by `close_damaged`."""
        known = known_failure(problem, self.library.database.path)
        return isinstance(problem, LibraryDamaged) or isinstance(known, LibraryDamaged)

    def close_damaged(self) -> None:
        """Closes, and sets the library aside if it is damaged indeed: the next start begins anew."""
        self.close()
        damage_in(self.library.database.path)

    def close(self) -> None:
        """Ends child processes and closes the library."""
        self.renew()
        self.library.close()

    @cached_property
    def models(self) -> Models:
        """The networks in use; each is loaded when first needed."""
        return Models(self.model_folder, self.settings)

    @cached_property
    def serving(self) -> Serving:
        """The networks that the library is asked with, which change after it was embedded anew."""
        return Serving(self.library, self.models)

    @cached_property
    def extractors(self) -> Extractors:
        """The processes that decode files; each is started when first needed."""
        limits = Limits.of(self.settings)
        return Extractors(limits, self.settings.core_count())

    @cached_property
    def finder(self) -> Finder:
        """Search over this library."""
        strategy = Strategy(self.settings.search_strategy)
        return Finder(self.library, self.serving, strategy=strategy)

    @cached_property
    def examples(self) -> Examples:
        """Turns what a person shows into examples to search by."""
        return Examples(self.library, self.serving, self.extractors, self.models.speech)

    @cached_property
    def smart_folders(self) -> SmartFolders:
        """Saved searches, and what is new in them."""
        return SmartFolders(self.library, self.search, lambda: self.examples)

    def apply(self, settings: Settings) -> None:
        """Saves other settings and works by them from now on.

        Nothing may be keeping meanwhile, unless they concern the window alone. Conversations that
        began before go on with the models they have. Raises OSError.
        """
        settings_file.save(settings, self.folder)
        before, self.settings = self.settings, settings
        if not settings_file.of_the_window_alone(before, settings):
            self.renew()

    def renew(self) -> None:
        """Lets go of models and extractors; those in use are chosen anew when next needed."""
        for asking in ("examples", "finder", "serving"):
            self.__dict__.pop(asking, None)
        for part in ("models", "extractors"):
            if opened := self.__dict__.pop(part, None):
                opened.close()

    # --- keeping

    def add_folder(self, folder: Path) -> SourceFolder:
        """Watches a folder from now on; one inside a watched folder is part of it already.

        Raises FolderMissing.
        """
        path = folder.expanduser().absolute()
        if path.is_file():
            raise FolderMissing(f"{path} is a file.", "Add the folder that it lies in.")
        if not path.is_dir():
            raise FolderMissing(f"{path} is not a folder that can be reached.")
        path = path.resolve()
        folders = self.library.catalog.folders()
        if owner := next((f for f in folders if path.is_relative_to(f.path)), None):
            return owner
        added = self.library.catalog.add_folder(path)
        # What was watched alone is now part of this one; contents are known by their hash.
        for inner in folders:
            if inner.path.is_relative_to(path):
                self.library.catalog.remove_folder(inner)
        self._note_folders()
        return added

    def _note_folders(self) -> None:
        folder_list.write(self.folder, (f.path for f in self.library.catalog.folders()))

    def require_free(self) -> None:
        """Raises LibraryInUse when another program is updating the library now."""
        with place.updating(self.folder):
            return

    def remove_folder(self, folder: Path) -> None:
        """Forgets a folder and every trace of it.

        Raises FolderNotWatched, LibraryInUse, DiskFull, DriveFailed.
        """
        path = folder.expanduser().absolute()
        with place.updating(self.folder):
            removal.remove(self.library, self._folder_at(path))

    def watches(self, path: Path) -> bool:
        """Whether a path lies in a watched folder."""
        full = path.expanduser().absolute().resolve()
        return any(full.is_relative_to(f.path) for f in self.library.catalog.folders())

    def _folder_at(self, path: Path) -> SourceFolder:
        try:
            return self.library.catalog.folder(path)
        except FolderNotWatched:
            return self.library.catalog.folder(path.resolve())

    def index(
        self, paths: Sequence[Path] = (), control: Control | None = None
    ) -> Iterator[Progress]:
        """Brings the library up to date with the folders, or with these paths in them.

        Raises FolderNotWatched for a path outside, LibraryInUse, DiskFull.
        """
        with place.updating(self.folder):
            removal.finish(self.library)
            self.library.catalog.retry_failures(of_other_versions_only=True)
            if not paths:
                yield from discover_all(self.library, self.settings, control)
            for folder, under in self._to_discover(paths):
                yield from discover(self.library, folder, self.settings, under, control)
            yield from self._pipeline(control).run()

    def watch(self, control: Control | None = None) -> Iterator[Progress]:
        """Keeps the library up to date until cancelled or closed. Raises what `index` raises."""
        control = control or Control()
        with (
            place.updating(self.folder),
            Watch(self.library, self.settings) as watching,
        ):
            removal.finish(self.library)
            pipeline = self._pipeline(control)
            yield from follow(self.library, watching, pipeline, self.settings, control)

    def _pipeline(self, control: Control | None) -> Pipeline:
        return Pipeline(
            self.library,
            self.extractors,
            self.models,
            self.settings,
            control,
            self.models.speech,
            self.models.vision,
        )

    def _to_discover(self, paths: Sequence[Path]) -> Iterator[tuple[SourceFolder, str]]:
        folders = self.library.catalog.folders()
        for path in paths:
            full = path.expanduser().absolute().resolve()
            if not full.exists() and not self.watches(full):
                raise FolderMissing(f"There is nothing at {full}.")
            owners = [folder for folder in folders if full.is_relative_to(folder.path)]
            if not owners:
                raise FolderNotWatched(f"{full} lies in none of the watched folders.")
            relative = full.relative_to(owners[0].path).as_posix()
            yield owners[0], "" if relative == "." else relative

    def describe(
        self, paths: Sequence[Path] = (), control: Control | None = None
    ) -> Iterator[Progress]:
        """A sentence about each photo, or each of these, by the answering model.

        Raises VisionModelUnavailable, VisionModelDied, FileNotKept, LibraryInUse.
        """
        control = control or Control()
        if (vision := self.models.vision()) is None:
            raise VisionModelUnavailable(str(self.models.why_no_vision()))
        full = [path.expanduser().absolute().resolve() for path in paths]
        only = self.library.contents.under(full) if paths else None
        if only is not None and not only:
            raise FileNotKept(f"The library knows no file at {paths[0]}.")
        with place.updating(self.folder):
            text = self.models.text()
            yield from describe(
                self.library, self.extractors, vision, text, lambda: control.cancelled, only
            )

    def exclude(self, paths: Sequence[Path]) -> Iterator[Progress]:
        """Leaves files out of the library from now on; the files themselves stay as they are.

        Nothing may be keeping meanwhile. Raises FolderNotWatched, LibraryInUse.
        """
        patterns = [pattern_for(under) for _, under in self._to_discover(paths)]
        known = self.settings.exclude
        added = tuple(one for one in dict.fromkeys(patterns) if one not in known)
        # No need to let go of models and extractors as `apply` does: they do not read this.
        self.settings = self.settings.replace(exclude=(*known, *added))
        settings_file.save(self.settings, self.folder)
        yield from self.index(paths)

    # --- finding and asking

    def search(
        self,
        typed: str,
        limit: int | None = None,
        media: frozenset[Medium] = frozenset(),
        examples: Sequence[QueryVector] = (),
        without: Sequence[Path] = (),
        time_span: Period | None = None,
    ) -> SearchResult:
        """Ranked hits for words, examples, or both; the files of `without` are no hits."""
        wanted = limit or self.settings.hits
        result = self.finder.find(typed, wanted + len(without), media, examples, time_span)
        unwanted = {path.expanduser().resolve() for path in without}
        left = [hit for hit in result.hits if unwanted.isdisjoint((hit.path, *hit.also_at))]
        ranked = tuple(replace(hit, rank=rank) for rank, hit in enumerate(left[:wanted], start=1))
        return replace(result, hits=ranked)

    def conversation(self) -> Conversation:
        """A new conversation over this library."""
        return Conversation(
            self.finder,
            self.library,
            self.serving,
            self.extractors,
            self.models.vision,
            self.settings,
        )

    def ask(self, question: str, limit: int | None = None) -> Iterator[AnswerEvent]:
        """One question in a conversation of its own."""
        return self.conversation().ask(question, limit)

    # --- models

    def known_models(self) -> list[ModelEntry]:
        """Installed models and those on offer, the catalogue's order."""
        installed = self.model_folder.installed()
        offered = [e for e in self.model_folder.catalogue if e.offered and e not in installed]
        return installed + offered

    def in_use(self, entry: ModelEntry) -> bool:
        """Whether this model is the one chosen for its kind."""
        try:
            return self.models.chosen(entry.kind) == entry
        except KnownError:
            # The settings name a model that is not here any more.
            return False

    def install_model(self, model_id: str) -> Iterator[DownloadProgress]:
        """Downloads a model. Raises ModelUnknown, DownloadFailed, DownloadAltered, NotEnoughDisk."""
        return download(self.model_folder.entry(model_id), self.model_folder.folder)

    def use_model(self, model_id: str) -> None:
        """Chooses an installed model for its kind. Raises ModelUnknown, ModelMissing."""
        entry = self.model_folder.require(model_id)
        setting = _SETTING_OF.get(entry.kind)
        if setting is None:
            raise ModelUnknown(f"Nothing uses {entry.title} yet.")
        self.apply(self.settings.replace(**{setting: model_id}))

    # --- looking

    def show(self, path: Path) -> Shown | Failure:
        """All that is known of a file, or why it was skipped. Raises FileNotKept."""
        full = path.expanduser().absolute()
        contents = self.library.contents
        content_id = contents.by_path(full) or contents.by_path(full.resolve())
        if content_id is None and (failure := self._failure_of(full)):
            return failure
        content_id = content_id or recording_of(self.library.database, full)
        if content_id is None:
            raise FileNotKept(self._why_not_kept(full))
        content = contents.describe([content_id])[content_id]
        preview = self.library.thumbnails.path(content.hash)
        return Shown(
            content,
            tuple(contents.segments_of(content_id)),
            preview if preview.exists() else None,
        )

    def _failure_of(self, path: Path) -> Failure | None:
        failures = self.library.catalog.failures()
        return next((one for one in failures if one.path in (path, path.resolve())), None)

    def _why_not_kept(self, path: Path) -> str:
        if self.library.catalog.is_kept(path):
            return f"{path} only speaks of a file beside it, and none that is kept lies there."
        return f"{path} has not been understood."

    def status(self) -> Status:
        """Counts by medium, waiting, failed, spaces, sizes."""
        catalog = self.library.catalog
        return Status(
            folders=tuple(catalog.folders()),
            media=self.library.contents.count_by_medium(),
            waiting=catalog.waiting_count(),
            reading=catalog.reading_count(),
            failed=sum(1 for _ in catalog.failures()),
            spaces=tuple(self.library.vectors.spaces()),
            bytes=self.library.size(),
        )


def _may_be_damage(problem: BaseException | None) -> bool:
    expected = isinstance(problem, KnownError | OSError)
    return isinstance(problem, LibraryDamaged) or (isinstance(problem, Exception) and not expected)
