"""Takes in what was dropped or picked: folders are watched, files added, models installed, pictures searched by."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_mmrag.errors import CommandFailed, KnownError
from desktop_mmrag.gui.look.question import question
from desktop_mmrag.gui.look.told import told
from desktop_mmrag.gui.window.drop_plan import Act, Plan, plan_drop
from desktop_mmrag.gui.wiring import Like, SearchRequest, Wiring

_NAMED = 3


def folder_for_copies() -> Path:
    """Where single files are copied to: a folder of the person, easy to find again."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / "Desktop MMRAG"


def copy_into(files: Sequence[Path], folder: Path) -> list[Path]:
    """Copies files without overwriting any. Returns the copies. Raises CommandFailed."""
    copies = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            copy = _free_name(folder, file.name)
            shutil.copy2(file, copy)
            copies.append(copy)
    except OSError as problem:
        raise CommandFailed(
            f"The files cannot be copied to {folder}: {problem.strerror}.",
            "Watch the folder they lie in instead.",
        ) from problem
    return copies


def _free_name(folder: Path, name: str) -> Path:
    wanted = folder / name
    number = 2
    while wanted.exists():
        wanted = folder / f"{Path(name).stem} {number}{Path(name).suffix}"
        number += 1
    return wanted


class Intake(QObject):
    """Carries out plans of drops for one window."""

    planned = Signal(object)
    """The Plan that is carried out now."""

    def __init__(self, wiring: Wiring, window: QWidget) -> None:
        super().__init__(window)
        self._wiring, self._window = wiring, window

    def take(self, paths: Sequence[Path], on_box: bool = False) -> None:
        """Finds out what they are and takes them in."""
        dropped = list(paths)

        def work() -> Iterator[Plan]:
            yield plan_drop(self._wiring.application, dropped, on_box)

        self._wiring.bridge.run(work, self.carry_out)

    def carry_out(self, plan: Plan) -> None:
        """Does what the plan says; what is refused is told with its reason."""
        self.planned.emit(plan)
        if queries := plan.of(Act.QUERY):
            examples = tuple(Like(path) for path in queries)
            self._wiring.search_wanted.emit(SearchRequest(examples=examples))
        if folders := plan.of(Act.WATCH):
            self._wiring.add_folders(folders)
            self._say(self.tr("Watched now: {0}"), folders)
        if known := plan.of(Act.INDEX):
            self._look_again(known)
        if files := plan.of(Act.ADD):
            self._add_files(files)
        if models := plan.of(Act.INSTALL):
            self._install(models)
        self._tell_refused(plan)

    # --- each act

    def _look_again(self, paths: Sequence[Path]) -> None:
        def work() -> Iterator[object]:
            yield from self._wiring.application.index(paths)

        keeping = self._wiring.keeping
        keeping.alone(work, keeping.progressed.emit)
        self._say(self.tr("Looked at again: {0}"), paths)

    def _add_files(self, files: Sequence[Path]) -> None:
        box = self._question(files)
        watch = box.addButton(self.tr("Watch the folder"), QMessageBox.ButtonRole.AcceptRole)
        copy = box.addButton(self.tr("Copy the files"), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(watch)
        box.setEscapeButton(cancel)
        watch.clicked.connect(lambda: self._watch_parents(files))
        copy.clicked.connect(lambda: self._copy(files))
        # Not exec: drops are events, and a loop within an event would stall the dragging program.
        box.open()

    def _question(self, files: Sequence[Path]) -> QMessageBox:
        parents = sorted({file.parent for file in files})
        said = self.tr(
            "Watch its folder {0}, and everything in it is found from now on. Or copy only "
            "what you dropped to {1}, which is watched then."
        ).format(_names(parents, full=True), folder_for_copies())
        return question(
            self._window,
            "addFiles",
            self.tr("Add files"),
            self.tr("{0} lies outside of the watched folders.").format(_names(files)),
            said,
        )

    def _watch_parents(self, files: Sequence[Path]) -> None:
        self._wiring.add_folders(sorted({file.parent for file in files}))

    def _copy(self, files: Sequence[Path]) -> None:
        folder = folder_for_copies()

        def work() -> Iterator[list[Path]]:
            copy_into(files, folder)
            self._wiring.application.add_folder(folder)
            yield [folder]

        def ended() -> None:
            self._wiring.library_changed.emit()
            self._wiring.keeping.start()

        self._wiring.bridge.run(work, lambda _: None, ended)

    def _install(self, paths: Sequence[Path]) -> None:
        titles: list[str] = []

        def change() -> None:
            entry = self._wiring.application.model_folder.import_files(paths)
            titles.append(told(entry.title))

        def ended() -> None:
            if titles:
                self._wiring.message.emit(self.tr("{0} is installed.").format(titles[0]))

        self._wiring.message.emit(self.tr("Installing the model …"))
        self._wiring.change_models(change, ended, self._failed)

    def _failed(self, problem: KnownError) -> None:
        self._wiring.failure.emit(problem)

    def _tell_refused(self, plan: Plan) -> None:
        if not plan.refused:
            return
        first = plan.refused[0]
        name = first.path.name
        message = first.why if name in first.why else f"{name}: {first.why}"
        if (others := len(plan.refused) - 1) == 1:
            message += " " + self.tr("1 more was not taken.")
        elif others:
            message += " " + self.tr("{0} more were not taken.").format(others)
        self._wiring.failure.emit(NotTaken(message))

    def _say(self, words: str, paths: Sequence[Path]) -> None:
        self._wiring.message.emit(words.format(_names(paths)))


class NotTaken(KnownError):
    """Something that was dropped is of no use here."""

    title = str(QT_TRANSLATE_NOOP("Errors", "Not added"))
    hint = ""


def _names(paths: Sequence[Path], full: bool = False) -> str:
    names = ", ".join(str(path) if full else path.name for path in paths[:_NAMED])
    return f"{names} …" if len(paths) > _NAMED else names
