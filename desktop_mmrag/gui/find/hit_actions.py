"""What can be done with hits: open, open with, show in folder, copy, find similar, exclude."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from desktop_mmrag.domain import Box, Hit, Locator, Medium, Page, TimeSpan, Whole
from desktop_mmrag.errors import KnownError
from desktop_mmrag.examples import moment
from desktop_mmrag.gui.find import open_with
from desktop_mmrag.gui.find.hit_list import files_as_mime
from desktop_mmrag.gui.find.open_with import Program
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.pictures import as_image
from desktop_mmrag.gui.look.question import question
from desktop_mmrag.gui.wiring import Like, SearchRequest, Wiring

_OPENED_AT_ONCE = 10
_COPIED_SIDE = 4096


class HitActions(QObject):
    """One for a page; `parent` is the widget that menus and questions belong to."""

    def __init__(self, wiring: Wiring, parent: QWidget) -> None:
        super().__init__(parent)
        self._wiring, self._parent = wiring, parent

    # --- the menu

    def show_menu(self, hits: Sequence[Hit], at: QPoint) -> None:
        """Opens the menu for these hits at a point of the screen."""
        if hits:
            self.menu(hits).popup(at)

    def menu(self, hits: Sequence[Hit]) -> QMenu:
        """What can be done with these hits. It deletes itself when it closes."""
        menu = QMenu(self._parent)
        menu.setObjectName("hitMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = hits[0]
        here = all(hit.online for hit in hits[:_OPENED_AT_ONCE])
        opening = menu.addAction(style.icon("open"), self.tr("Open"), lambda: self.open(hits))
        opening.setEnabled(here)
        if len(hits) == 1:
            self._add_programs(menu, one)
        shown = menu.addAction(
            style.icon("sources"), self.tr("Show in folder"), lambda: self.show_in_folder(one)
        )
        shown.setEnabled(one.online)
        menu.addSeparator()
        copied = self.tr("Copy file") if len(hits) == 1 else self.tr("Copy {0} files")
        copying = menu.addAction(
            style.icon("copy"), copied.format(len(hits)), lambda: self.copy_files(hits)
        )
        copying.setShortcut(QKeySequence.StandardKey.Copy)
        if len(hits) == 1 and one.medium is Medium.PHOTO:
            menu.addAction(self.tr("Copy picture"), lambda: self.copy_picture(one)).setEnabled(here)
        menu.addAction(self.tr("Copy path"), lambda: self.copy_paths(hits))
        menu.addSeparator()
        menu.addAction(style.icon("similar"), self.tr("Find similar"), lambda: self.similar(hits))
        menu.addSeparator()
        menu.addAction(
            style.icon("exclude", "danger"),
            self.tr("Leave out of the library …"),
            lambda: self.exclude(hits),
        )
        return menu

    def _add_programs(self, menu: QMenu, hit: Hit) -> None:
        programs = menu.addMenu(self.tr("Open with"))
        programs.setEnabled(hit.online)
        other = programs.addAction(self.tr("Another program …"), lambda: self._pick(hit.path))

        def add(found: list[Program]) -> None:
            for program in found:
                programs.insertAction(other, _entry(programs, program, self, hit))
            if found:
                programs.insertSeparator(other)

        # The list lies on the disk.
        stop = self._wiring.bridge.run(lambda: [open_with.programs_for(hit.path)], add)
        menu.destroyed.connect(lambda: stop.ask())

    # --- acts

    def open(self, hits: Sequence[Hit]) -> None:
        """Opens files with the system's own programs."""
        for hit in hits[:_OPENED_AT_ONCE]:
            if not open_with.open_file(hit.path):
                self._say(self.tr("No program opens {0}.").format(hit.path.name))
        if len(hits) > _OPENED_AT_ONCE:
            self._say(self.tr("Opened the first {0} files.").format(_OPENED_AT_ONCE))

    def run(self, program: Program, path: Path) -> None:
        """Opens a file with one program."""
        if not open_with.open_with(path, program):
            self._say(self.tr("{0} could not be started.").format(program.name))

    def _pick(self, path: Path) -> None:
        if open_with.ask_which(path):
            return
        chosen, _ = QFileDialog.getOpenFileName(self._parent, self.tr("Choose a program"))
        if chosen:
            self.run(open_with.chosen_program(Path(chosen)), path)

    def show_in_folder(self, hit: Hit) -> None:
        """Shows the file in the system's file manager."""
        if not open_with.show_in_folder(hit.path):
            self._say(self.tr("The folder could not be opened."))

    def copy_files(self, hits: Sequence[Hit]) -> None:
        """Files onto the clipboard, as a file manager does; their names as text."""
        mime = files_as_mime(hit.path for hit in hits)
        mime.setText("\n".join(str(hit.path) for hit in hits))
        QGuiApplication.clipboard().setMimeData(mime)
        self._say(
            self.tr("Copied {0}").format(hits[0].path.name)
            if len(hits) == 1
            else self.tr("Copied {0} files").format(len(hits))
        )

    def copy_paths(self, hits: Sequence[Hit]) -> None:
        """Where the files lie, as text."""
        QGuiApplication.clipboard().setText("\n".join(str(hit.path) for hit in hits))

    def copy_picture(self, hit: Hit) -> None:
        """The picture itself onto the clipboard."""

        def work() -> list[QImage]:
            pixels = self._wiring.application.extractors.picture(hit.path, _COPIED_SIDE)
            return [as_image(pixels)]

        def copied(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self._say(self.tr("Copied the picture"))

        self._wiring.bridge.run(work, copied)

    def similar(self, hits: Sequence[Hit]) -> None:
        """Searches by these files, or by the pages, passages and moments in them that were found."""
        likes = tuple(dict.fromkeys(Like(hit.path, part=part_of(hit)) for hit in hits[:4]))
        self._wiring.search_wanted.emit(SearchRequest("", likes))

    def exclude(self, hits: Sequence[Hit]) -> None:
        """Asks, then leaves files out of the library from now on; the files stay."""
        paths = list(dict.fromkeys(hit.path for hit in hits))
        if not self._agrees(paths):
            return
        problems: list[KnownError] = []

        def ended() -> None:
            if problems:
                self._wiring.failure.emit(problems[0])
            else:
                self._excluded(paths)

        self._wiring.keeping.alone(
            lambda: self._wiring.application.exclude(paths),
            lambda _: None,
            ended,
            problems.append,
        )

    def _agrees(self, paths: Sequence[Path]) -> bool:
        asked = (
            self.tr("Leave {0} out of the library?").format(paths[0].name)
            if len(paths) == 1
            else self.tr("Leave {0} files out of the library?").format(len(paths))
        )
        told = self.tr(
            "It is no longer found or used in answers. The file itself stays where it is. "
            "Settings, “Left out”, brings it back."
        )
        title = self.tr("Leave out of the library")
        box = question(self._parent, "excludeQuestion", title, asked, told)
        agree = box.addButton(self.tr("Leave out"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is agree

    def _excluded(self, paths: Sequence[Path]) -> None:
        self._wiring.settings_changed.emit()
        self._wiring.library_changed.emit()
        self._say(
            self.tr("{0} is left out of the library.").format(paths[0].name)
            if len(paths) == 1
            else self.tr("{0} files are left out of the library.").format(len(paths))
        )

    def _say(self, words: str) -> None:
        self._wiring.message.emit(words)


def part_of(hit: Hit) -> Locator:
    """What of its file a hit stands for; a photo is seen as a whole, whatever was found in it."""
    match hit.locator:
        case _ if hit.medium is Medium.PHOTO:
            return Whole()
        case Page(page=int(page)) | Box(page=int(page)):
            return Page(page)
        case TimeSpan(start_s, end_s) if end_s <= start_s:
            return moment(start_s)
    return hit.locator


def _entry(menu: QMenu, program: Program, actions: HitActions, hit: Hit) -> QAction:
    action = QAction(program.name.replace("&", "&&"), menu)
    action.triggered.connect(lambda: actions.run(program, hit.path))
    return action
