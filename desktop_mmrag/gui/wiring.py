"""What every page is handed: the application, the bridge to background threads, and the words pages say to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Locator, Whole
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Bridge
from desktop_mmrag.gui.models.downloads import Downloads
from desktop_mmrag.gui.window.keeping import Keeping
from desktop_mmrag.settings import Settings, of_the_window_alone

_WHOLE = Whole()


@dataclass(frozen=True, slots=True)
class Like:
    """A file to search by: wanted or unwanted, all of it or a page, a passage, a moment, a box."""

    path: Path
    wanted: bool = True
    part: Locator = _WHOLE


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a page asks the box to search for."""

    text: str = ""
    examples: tuple[Like, ...] = ()


class Wiring(QObject):
    """One for each window; lives as long as it. Its application is open."""

    library_changed = Signal()
    """Files were kept, changed or forgotten; at most once a second while indexing."""
    models_changed = Signal()
    """A model was installed, removed or chosen; searches see it from now on."""
    saved_changed = Signal()
    """A search was saved, renamed or removed."""
    settings_changed = Signal()
    """`application.settings` is another object now."""
    hit_opened = Signal(object)
    """A domain.Hit to look at closely, over the page that is in front."""
    search_wanted = Signal(object)
    """A SearchRequest; the Find page is brought to the front and searches."""
    question_asked = Signal(str)
    """A question; the Ask page is brought to the front and answers."""
    message = Signal(str)
    """One line for the status bar, shown for a few seconds."""
    failure = Signal(object)
    """A KnownError without a better place: a banner at the top of the window."""
    page_wanted = Signal(str)
    """Brings a page to the front: find, ask, map, sources, models, or settings."""
    failures_wanted = Signal()
    """Brings Sources to the front with its list of skipped files."""
    dropped = Signal(object)
    """A list of Paths that were dropped or picked: folders, files or models, to be taken in."""

    def __init__(
        self, application: Application, bridge: Bridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.application = application
        self.bridge = bridge
        self.keeping = Keeping(application, bridge, self)
        self.keeping.library_changed.connect(self.library_changed)
        self.downloads = Downloads(self)
        bridge.failed.connect(self.failure)

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Watches folders from now on; they are understood in the background."""
        paths = list(folders)

        def work() -> list[object]:
            return [self.application.add_folder(path) for path in paths]

        self.bridge.run(work, lambda _: None, self._folders_added)

    def apply_settings(
        self, settings: Settings, on_failure: Callable[[KnownError], None] | None = None
    ) -> None:
        """Saves settings and works by them; keeping stops for a moment where they concern it."""

        def work() -> Iterator[None]:
            self.application.apply(settings)
            yield

        at_once = of_the_window_alone(self.application.settings, settings)
        run = self.bridge.run if at_once else self.keeping.alone
        run(work, lambda _: None, self.settings_changed.emit, on_failure)

    def change_models(
        self,
        change: Callable[[], object],
        on_end: Callable[[], None] = lambda: None,
        on_failure: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Runs a change (install done, import, use, remove) while nothing keeps, then tells all.

        What files lack in the eyes of a new model is made up for afterwards.
        """

        def work() -> Iterator[None]:
            change()
            self.application.renew()
            yield

        def ended() -> None:
            on_end()
            self.settings_changed.emit()
            self.models_changed.emit()

        self.keeping.alone(work, lambda _: None, ended, on_failure)

    def _folders_added(self) -> None:
        # In this order: who is told of the change may ask whether files are being read.
        self.keeping.start()
        self.library_changed.emit()
