"""Downloads of models under way: one at a time, each paused, resumed and given up on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Stop
from desktop_mmrag.gui.look.told import told
from desktop_mmrag.models.catalogue import ModelEntry
from desktop_mmrag.models.download import DownloadProgress, discard_unfinished

if TYPE_CHECKING:
    from desktop_mmrag.gui.wiring import Wiring


class DownloadState(Enum):
    """How a download stands."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    INSTALLING = "installing"
    FAILED = "failed"


@dataclass(slots=True)
class Download:
    """One download of this session; a paused one is none: it lies on the disk and can be resumed."""

    entry: ModelEntry
    state: DownloadState = DownloadState.QUEUED
    progress: DownloadProgress | None = None
    problem: KnownError | None = None
    discard: bool = False


class Downloads(QObject):
    """One for the window: two that write the same file would spoil it. For the Qt thread alone."""

    changed = Signal(str)
    """The id of a model whose download stands otherwise now."""
    ended = Signal(str)
    """The id of a model that was installed, paused, given up or failed."""
    installed = Signal(str)
    """The id of a model that is whole and in its place."""

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._wiring = wiring
        self._downloads: dict[str, Download] = {}
        self._stop: Stop | None = None

    def of(self, model_id: str) -> Download | None:
        """The download of a model, if there is one."""
        return self._downloads.get(model_id)

    def start(self, entry: ModelEntry) -> None:
        """Begins, or goes on where it stopped; waits while another is running."""
        known = self._downloads.get(entry.id)
        if known is None or known.state is DownloadState.FAILED:
            self._downloads.pop(entry.id, None)
            self._downloads[entry.id] = Download(entry)
            self.changed.emit(entry.id)
            self._begin_next()

    def pause(self, model_id: str) -> None:
        """What arrived stays for the next start."""
        self._halt(model_id, discard=False)

    def give_up(self, model_id: str) -> None:
        """Deletes what arrived."""
        if model_id in self._downloads:
            self._halt(model_id, discard=True)
        else:
            self._discard(model_id)

    def _halt(self, model_id: str, discard: bool) -> None:
        download = self._downloads[model_id]
        if download.state in (DownloadState.RUNNING, DownloadState.STOPPING):
            download.state, download.discard = DownloadState.STOPPING, discard
            if self._stop:
                self._stop.ask()
            self.changed.emit(model_id)
        elif download.state is not DownloadState.INSTALLING:
            del self._downloads[model_id]
            if discard:
                self._discard(model_id)
            else:
                self.ended.emit(model_id)

    def _begin_next(self) -> None:
        waiting = (d for d in self._downloads.values() if d.state is DownloadState.QUEUED)
        if self._stop is None and (download := next(waiting, None)):
            self._begin(download)

    def _begin(self, download: Download) -> None:
        download.state, model_id, whole = DownloadState.RUNNING, download.entry.id, []

        def work() -> Iterator[DownloadProgress]:
            yield from self._wiring.application.install_model(model_id)
            whole.append(True)

        self._stop = self._wiring.bridge.run(
            work,
            lambda progress: self._told(download, progress),
            lambda: self._over(download, bool(whole)),
            lambda problem: self._failed(download, problem),
        )
        self.changed.emit(model_id)

    def _told(self, download: Download, progress: DownloadProgress) -> None:
        download.progress = progress
        self.changed.emit(download.entry.id)

    def _failed(self, download: Download, problem: KnownError) -> None:
        download.state, download.problem = DownloadState.FAILED, problem

    def _over(self, download: Download, whole: bool) -> None:
        self._stop = None
        model_id = download.entry.id
        if whole:
            download.state = DownloadState.INSTALLING
            self.changed.emit(model_id)
            # Models see it from now on; what files lack in its eyes is made up for.
            self._wiring.change_models(lambda: None, lambda: self._installed(download))
        elif download.state is DownloadState.FAILED:
            self.changed.emit(model_id)
            self.ended.emit(model_id)
        else:
            del self._downloads[model_id]
            if download.discard:
                self._discard(model_id)
            else:
                self.ended.emit(model_id)
        self._begin_next()

    def _installed(self, download: Download) -> None:
        self._downloads.pop(download.entry.id, None)
        self._wiring.message.emit(self.tr("{0} is installed.").format(told(download.entry.title)))
        self.ended.emit(download.entry.id)
        self.installed.emit(download.entry.id)

    def _discard(self, model_id: str) -> None:
        folder = self._wiring.application.model_folder.folder

        def work() -> Iterator[None]:
            discard_unfinished(folder, model_id)
            yield

        self._wiring.bridge.run(work, lambda _: None, lambda: self.ended.emit(model_id))
