"""The Models page: what each part of the program uses, and what can be downloaded, imported or chosen instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag import bundled
from desktop_mmrag.domain import Pixels
from desktop_mmrag.errors import KnownError, ModelUnrecognised
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.banner import Banner
from desktop_mmrag.gui.look.core_words import hint_of, message_of
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.look.question import question
from desktop_mmrag.gui.look.scrolling import scrolling
from desktop_mmrag.gui.look.told import sentences, told
from desktop_mmrag.gui.models import model_words
from desktop_mmrag.gui.models.download_terms import DownloadTerms
from desktop_mmrag.gui.models.model_card import ModelCard, Work
from desktop_mmrag.gui.models.model_list import (
    PURPOSES,
    AllModels,
    ModelNow,
    read_models,
    without_model,
)
from desktop_mmrag.gui.models.model_section import ModelSection
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.models.speed import Speed, measure

_SAMPLE_SIDE = 512


class ModelsPage(QWidget):
    """A section for each purpose; what is here first, then what is worth a download."""

    icon = "models"

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self._models: AllModels | None = None
        self._works: dict[str, Work] = {}
        self._problems: dict[str, str] = {}
        self._reading = self._stale = False
        self.downloads = wiring.downloads
        self.downloads.changed.connect(self._show_one)
        self.downloads.ended.connect(lambda _: self.refresh())
        self._build()
        wiring.models_changed.connect(self._changed)
        wiring.settings_changed.connect(self._changed)

    @property
    def title(self) -> str:
        """The page's name."""
        return self.tr("Models")

    # --- building

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        # The scroll bar takes the rest of the margin on the right.
        right = style.PAGE_MARGIN - style.SCROLL_BAR
        column.setContentsMargins(style.PAGE_MARGIN, 0, right, style.MARGIN)
        column.setSpacing(0)
        self._sections = [ModelSection(kinds) for kinds in PURPOSES]
        for section in self._sections:
            section.wanted.connect(self._do)
            column.addWidget(section)
        column.addStretch(1)
        self._banner = Banner()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.GAP_LARGE, 0, 0)
        layout.setSpacing(style.GAP)
        layout.addLayout(self._build_header())
        layout.addWidget(scrolling(inside), 1)

    def _build_header(self) -> QVBoxLayout:
        self._import = QPushButton(self.tr("Import …"))
        self._import.setObjectName("importModel")
        style.set_icon(self._import, "import")
        menu = QMenu(self._import)
        menu.addAction(self.tr("Files …"), self._choose_files)
        menu.addAction(self.tr("Folder …"), self._choose_folder)
        self._import.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(plain(self.title, "title"), 1)
        row.addWidget(self._import)
        self._disk = plain(role="quiet", wrap=True, name="disk")
        column = QVBoxLayout()
        column.setContentsMargins(style.PAGE_MARGIN, 0, style.PAGE_MARGIN, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addLayout(row)
        column.addWidget(self._disk)
        column.addWidget(self._banner)
        return column

    # --- showing

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What changed on the disk while it was not seen is read now."""
        super().showEvent(event)
        self.refresh()

    def _changed(self) -> None:
        # What is not seen is read when it is shown.
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Reads anew which models there are."""
        # What changes during a reading is seen by the next.
        self._stale = self._reading
        if self._reading:
            return
        self._reading = True
        application = self._wiring.application

        def work() -> Iterator[AllModels]:
            yield read_models(application)

        self._wiring.bridge.run(work, self._show_models, self._read)

    def _read(self) -> None:
        self._reading = False
        if self._stale:
            self.refresh()

    def _show_models(self, models: AllModels) -> None:
        self._models = models
        for section in self._sections:
            section.show_models(models.serving(section.kinds))
        for model in models.models:
            self._show_one(model.entry.id)
        used = sum(m.entry.size or 0 for m in models.models if m.installed)
        self._disk.setText(
            self.tr("Installed models take {0}; {1} are free on the disk.").format(
                model_words.size(used), model_words.size(models.computer.free_disk)
            )
        )

    def _show_one(self, model_id: str) -> None:
        for card in self._cards(model_id):
            card.show_now(
                card.model,
                self.downloads.of(model_id),
                self._works.get(model_id),
                self._problems.get(model_id, ""),
            )

    def _cards(self, model_id: str) -> list[ModelCard]:
        found = (section.card(model_id) for section in self._sections)
        return [card for card in found if card]

    # --- doing

    def _do(self, wish: str, model: ModelNow) -> None:
        model_id = model.entry.id
        self._problems.pop(model_id, None)
        actions: dict[str, Callable[[], object]] = {
            "download": lambda: self._ask_download(model),
            "resume": lambda: self.downloads.start(model.entry),
            "pause": lambda: self.downloads.pause(model_id),
            "give_up": lambda: self.downloads.give_up(model_id),
            "use": lambda: self._use(model),
            "remove": lambda: self._ask_removal(model),
            "verify": lambda: self._verify(model),
            "measure": lambda: self._measure(model),
        }
        actions[wish]()

    def _ask_download(self, model: ModelNow) -> None:
        if self._models is None:
            return
        dialog = DownloadTerms(model, self._models.computer, self)
        dialog.agreed.connect(lambda: self.downloads.start(model.entry))
        dialog.open()

    def _use(self, model: ModelNow) -> None:
        title, model_id = told(model.entry.title), model.entry.id
        done = self.tr("{0} is in use. What it needs to know of your files is made up for now.")
        self._change(
            model_id,
            self.tr("Switching"),
            lambda: self._wiring.application.use_model(model_id),
            done.format(title),
        )

    def _ask_removal(self, model: ModelNow) -> None:
        asked = self.tr("Remove {0}?").format(told(model.entry.title))
        freed = self.tr("{0} are freed on the disk.").format(model_words.size(model.entry.size))
        own = all(file.url is None for file in model.entry.files)
        back = (
            self.tr("To have it back, import its files again.")
            if own
            else self.tr("It can be downloaded again.")
        )
        title = self.tr("Remove a model")
        box = question(self, "removeModel", title, asked, f"{freed} {back}")
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        remove.setObjectName("confirmRemove")
        style.kind(remove, "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self._remove(model))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _remove(self, model: ModelNow) -> None:
        application, model_id = self._wiring.application, model.entry.id

        def change() -> None:
            # Some systems delete no file that is in use.
            application.renew()
            application.model_folder.remove(model_id)
            left = without_model(application.settings, model_id)
            if left != application.settings:
                application.apply(left)

        done = self.tr("{0} is removed.").format(told(model.entry.title))
        self._change(model_id, self.tr("Removing"), change, done)

    def _change(self, model_id: str, words: str, change: Callable[[], object], done: str) -> None:
        self._begin(model_id, words)
        failed: list[KnownError] = []

        def ended() -> None:
            self._end(model_id)
            if not failed:
                self._wiring.message.emit(done)

        def on_failure(problem: KnownError) -> None:
            failed.append(problem)
            self._fail(model_id, problem)

        self._wiring.change_models(change, ended, on_failure)

    def _verify(self, model: ModelNow) -> None:
        folder, model_id = self._wiring.application.model_folder, model.entry.id
        good = self.tr("{0}: every file is what it should be.").format(told(model.entry.title))

        def work() -> Iterator[str]:
            folder.verify(model_id)
            yield good

        self._begin(model_id, self.tr("Reading all its files"))
        self._wiring.bridge.run(
            work,
            self._wiring.message.emit,
            lambda: self._end(model_id),
            lambda problem: self._fail(model_id, problem),
        )

    def _measure(self, model: ModelNow) -> None:
        application, model_id = self._wiring.application, model.entry.id

        def picture() -> Pixels:
            sample = bundled.resources() / "sample" / "library" / "pictures" / "red-bicycle.jpg"
            return application.extractors.picture(sample, _SAMPLE_SIDE)

        def work() -> Iterator[Speed]:
            yield from measure(application.model_folder, application.settings, model.entry, picture)

        def told(speed: Speed) -> None:
            self._begin(model_id, f"{self.tr('Measuring')} · {model_words.speed(speed)}")

        def ended() -> None:
            self._end(model_id)
            self.refresh()

        def failed(problem: KnownError) -> None:
            self._fail(model_id, problem)

        self._begin(model_id, self.tr("Loading the model"))
        self._wiring.bridge.run(work, told, ended, failed)

    def _begin(self, model_id: str, words: str) -> None:
        self._works[model_id] = Work(words)
        self._show_one(model_id)

    def _end(self, model_id: str) -> None:
        self._works.pop(model_id, None)
        self._show_one(model_id)

    def _fail(self, model_id: str, problem: KnownError) -> None:
        self._problems[model_id] = sentences(message_of(problem), hint_of(problem))
        self._show_one(model_id)

    # --- importing

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Choose all files of the model"),
            "",
            self.tr("Models (*.gguf *.onnx *.json *.safetensors)"),
        )
        if chosen:
            self.import_paths([Path(path) for path in chosen])

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder of the model"))
        if chosen:
            self.import_paths([Path(chosen)])

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Recognises files that the person has already, and copies them."""
        titles: list[str] = []

        def change() -> None:
            entry = self._wiring.application.model_folder.import_files(paths)
            titles.append(told(entry.title))

        def ended() -> None:
            self._import.setEnabled(True)
            if titles:
                self._banner.say(self.tr("{0} is installed.").format(titles[0]))

        self._import.setEnabled(False)
        self._banner.say(self.tr("Reading and copying the files …"))
        self._wiring.change_models(change, ended, self._not_imported)

    def _not_imported(self, problem: KnownError) -> None:
        if problem.hint == ModelUnrecognised.hint:
            # The usual hint names a command.
            hint = self.tr("Models of this page and of the same kinds can be imported.")
            problem = type(problem)(problem.message, hint)
        self._banner.tell(problem)
