"""What the feeders found, into the library: the one place of the first pass that writes."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_mmrag.domain import SourceFolder, Summary
from desktop_mmrag.errors import (
    DiskFull,
    FileFailure,
    FileNameInvalid,
    FileNotPermitted,
    FileNotUnderstood,
    FileVanished,
    KnownError,
)
from desktop_mmrag.ingest.discover import is_reachable
from desktop_mmrag.ingest.drafts import Draft, Embedding
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.understand import (
    AlreadyKnown,
    Altered,
    Begun,
    Claims,
    Event,
    Extracted,
    Failed,
    Found,
    SidecarRead,
)
from desktop_mmrag.library.catalog import WaitingFile
from desktop_mmrag.library.keeping import Understood
from desktop_mmrag.library.library import Library

_LOG = logging.getLogger(__name__)


@dataclass
class OneFile:
    """The subject of a draft in the first pass."""

    file: WaitingFile
    hash: bytes
    summary: Summary | None = None


class Keeper:
    """Takes events, embeds in batches across files, and writes each file in one transaction."""

    def __init__(
        self, library: Library, embedding: Embedding[OneFile], claims: Claims, meter: Meter
    ) -> None:
        self._library = library
        self._embedding = embedding
        self._claims = claims
        self._meter = meter
        self._drafts: dict[int, Draft[OneFile]] = {}

    def take(self, event: Event) -> None:
        """Raises DiskFull; the file then waits as before."""
        match event:
            case Begun(file, hash):
                self._drafts[file.id] = Draft(OneFile(file, hash))
                self._meter.current = file.path
            case Found(file, segments):
                self._embedding.add(self._drafts[file.id], segments)
            case Extracted(file, summary):
                draft = self._drafts[file.id]
                draft.subject.summary, draft.extracted = summary, True
                if draft.complete:
                    self._keep([draft])
            case SidecarRead(file, beside):
                self._library.keeping.describe(file, beside)
                self._meter.done += 1
            case AlreadyKnown(file, hash):
                if self._library.keeping.link(file, hash):
                    self._meter.done += 1
            case Altered(file, now):
                self._library.catalog.touch(file.id, now)
                self._drop(file)
            case Failed(file, problem):
                self._fail(file, problem)

    def embed(self, all_of_it: bool = False) -> None:
        """Embeds full batches, or everything, and keeps the files that are complete then."""
        drafts = self._embedding.embed(all_of_it)
        self._keep([draft for draft in drafts if self._is_current(draft)])

    def _is_current(self, draft: Draft[OneFile]) -> bool:
        return self._drafts.get(draft.subject.file.id) is draft

    def _keep(self, drafts: Sequence[Draft[OneFile]]) -> None:
        for draft in drafts:
            if draft.problem is not None:
                self._fail(draft.subject.file, draft.problem)
        if good := [draft for draft in drafts if draft.problem is None]:
            self._write(good)

    def _write(self, drafts: Sequence[Draft[OneFile]]) -> None:
        """In one transaction, far cheaper than one each; one each when one cannot be written."""
        try:
            with _disk_full():
                self._library.keeping.keep(*map(_understood, drafts))
        except KnownError:
            raise
        except Exception as problem:
            if len(drafts) > 1:
                for draft in drafts:
                    self._write([draft])
                return
            _LOG.exception("a file was not kept")
            file = drafts[0].subject.file
            self._fail(file, FileNotUnderstood(f"{file.path.name}: {problem!r}."))
        else:
            for draft in drafts:
                self._kept(draft.subject)

    def _kept(self, one: OneFile) -> None:
        del self._drafts[one.file.id]
        self._meter.done += 1
        for follower in self._claims.release(one.hash):
            if self._library.keeping.link(follower, one.hash):
                self._meter.done += 1

    def _fail(self, file: WaitingFile, problem: KnownError) -> None:
        followers = self._drop(file)
        folder = _folder_of(file.path, self._library.catalog.folders())
        if folder is None or not is_reachable(self._library, folder):
            if folder is not None:
                self._library.catalog.set_online(folder, False)
            return
        if isinstance(problem, FileVanished) and not _exists(file.path):
            if "\ufffd" in str(file.path):
                problem = FileNameInvalid(f"{file.path.name} cannot be opened by this name.")
            else:
                self._library.catalog.forget(file.id)
                return
        self._library.catalog.fail(file.id, problem)
        self._meter.failed += 1
        self._meter.done += 1
        if isinstance(problem, FileFailure) and not isinstance(
            problem, FileVanished | FileNotPermitted
        ):
            self._fail_followers(file, followers, problem)

    def _fail_followers(
        self, file: WaitingFile, followers: Iterable[WaitingFile], problem: FileFailure
    ) -> None:
        """The same bytes fail the same way."""
        for follower in followers:
            message = problem.message.replace(file.path.name, follower.path.name)
            self._library.catalog.fail(follower.id, type(problem)(message, problem.hint))
            self._meter.failed += 1
            self._meter.done += 1

    def _drop(self, file: WaitingFile) -> list[WaitingFile]:
        """Forgets a draft; files that waited for it stay waiting in the catalog."""
        draft = self._drafts.pop(file.id, None)
        return self._claims.release(draft.subject.hash) if draft else []


def _understood(draft: Draft[OneFile]) -> Understood:
    one = draft.subject
    assert one.summary is not None
    return Understood(one.file, one.hash, one.summary, draft.segments, draft.embedded())


def _folder_of(path: Path, folders: Iterable[SourceFolder]) -> SourceFolder | None:
    return next((folder for folder in folders if path.is_relative_to(folder.path)), None)


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


@contextmanager
def _disk_full() -> Iterator[None]:
    """Previews are written past SQLite: a full disk shows there as an OSError."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull("There is no room for preview pictures.") from problem
        raise
