"""The window: one box for finding and asking, results, preview, and what is being kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag.application import Application, Shown
from desktop_mmrag.domain import Answer, AnswerEvent, Failure, Hit, Piece, Progress, SearchResult
from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.bridge import Bridge, Stop
from desktop_mmrag.gui.chat import answer_html
from desktop_mmrag.gui.gallery import Gallery
from desktop_mmrag.gui.preview import Preview
from desktop_mmrag.ingest.control import Control

_TYPING_PAUSE_MS = 180


class MainWindow(QMainWindow):
    """Find, ask, add folders; keeps the library up to date while it is open."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self._application = application
        self._bridge = Bridge(self._tell_failure)
        self._control = Control()
        self._searching: Stop | None = None
        self._asking: Stop | None = None
        self._keeping: Stop | None = None
        self.setWindowTitle("Desktop MMRAG")
        self.setAcceptDrops(True)
        self.resize(1180, 760)
        self._build()
        self._restore_geometry()
        self._refresh_welcome()
        self.bring_up_to_date()

    # --- building

    def _build(self) -> None:
        self._box = QLineEdit(clearButtonEnabled=True)
        self._box.setPlaceholderText(self.tr("Find or ask …  (Ctrl+Enter asks)"))
        self._box.setObjectName("box")
        self._box.setAccessibleName(self.tr("Find or ask"))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._search)
        self._box.textChanged.connect(lambda: self._typing.start())
        self._box.returnPressed.connect(self._entered)
        self._ask_button = QPushButton(self.tr("Ask"))
        self._ask_button.clicked.connect(self._ask)
        add = QPushButton(self.tr("Add folder …"))
        add.clicked.connect(self._choose_folder)
        top = QHBoxLayout()
        for widget, stretch in ((self._box, 1), (self._ask_button, 0), (add, 0)):
            top.addWidget(widget, stretch)
        layout = QVBoxLayout()
        layout.addLayout(top)
        layout.addWidget(self._build_middle(), 1)
        page = QWidget()
        page.setLayout(layout)
        self.setCentralWidget(page)
        self._build_status()
        self._build_shortcuts()

    def _build_middle(self) -> QWidget:
        self._answer = QTextBrowser()
        self._answer.setObjectName("answer")
        self._answer.setOpenLinks(False)
        self._answer.anchorClicked.connect(lambda url: self._look_at_citation(int(url.path())))
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.hide()
        self._gallery = Gallery(self._thumbnail, self._look_at)
        self._gallery.setObjectName("results")
        self._welcome = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._welcome.setObjectName("welcome")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._gallery)
        self._pages.addWidget(self._welcome)
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self._answer)
        left.addWidget(self._pages)
        left.setStretchFactor(1, 2)
        self._preview = Preview()
        self._split = QSplitter()
        self._split.addWidget(left)
        self._split.addWidget(self._preview)
        self._split.setSizes([760, 400])
        return self._split

    def _build_status(self) -> None:
        self._progress = QLabel()
        self._progress.setObjectName("progress")
        self._pause = QPushButton(self.tr("Pause"))
        self._pause.setObjectName("pause")
        self._pause.setCheckable(True)
        self._pause.setFlat(True)
        self._pause.toggled.connect(self._pause_toggled)
        self._pause.hide()
        self.statusBar().addWidget(self._progress, 1)
        self.statusBar().addPermanentWidget(self._pause)

    def _build_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+F", self._focus_box),
            ("Ctrl+L", self._focus_box),
            ("Ctrl+Return", self._ask),
            ("Esc", self._clear),
        ):
            QShortcut(QKeySequence(keys), self, act)
        QShortcut(QKeySequence.StandardKey.Quit, self, self.close)

    # --- finding

    def _entered(self) -> None:
        if self._box.text().strip().endswith("?"):
            self._ask()
        else:
            self._search()

    def _search(self) -> None:
        typed = self._box.text().strip()
        if self._searching:
            self._searching.ask()
        if not typed:
            self._refresh_welcome()
            return

        def work() -> Iterator[SearchResult]:
            yield self._application.search(typed)

        self._searching = self._bridge.run(work, self._show_hits)

    def _show_hits(self, result: SearchResult) -> None:
        self._gallery.hits.show(result.hits)
        if result.hits:
            self._pages.setCurrentWidget(self._gallery)
            return
        self._preview.clear()
        self._say(self.tr("Nothing was found for “{0}”.").format(result.query.typed))

    def _thumbnail(self, hit: Hit) -> str | None:
        content = self._application.library.contents.describe([hit.content_id]).get(hit.content_id)
        if content is None:
            return None
        path = self._application.library.thumbnails.path(content.hash)
        return str(path) if path.exists() else None

    def _look_at(self, hit: Hit) -> None:
        self._bridge.run(
            lambda: iter([self._application.show(hit.path)]),
            lambda shown: self._show_preview(hit, shown),
        )

    def _show_preview(self, hit: Hit, shown: Shown | Failure) -> None:
        if isinstance(shown, Shown):
            self._preview.show_hit(hit, shown)

    # --- asking

    def _ask(self) -> None:
        question = self._box.text().strip()
        if not question:
            return
        if self._asking:
            self._asking.ask()
        self._typing.stop()
        self._written = ""
        self._answer.show()
        self._answer.setPlainText(self.tr("searching …"))
        self._asking = self._bridge.run(lambda: self._application.ask(question), self._show_answer)
        self._search()

    def _show_answer(self, event: AnswerEvent) -> None:
        if isinstance(event, Answer):
            self._citations = event.citations
            self._answer.setHtml(answer_html(event, self._application.models.why_no_vision()))
        elif isinstance(event, Piece):
            self._written += event.text
            self._answer.setPlainText(self._written)
        else:
            self._answer.setPlainText(f"{event.words} …")

    def _look_at_citation(self, number: int) -> None:
        cited = next(citation for citation in self._citations if citation.n == number)
        hit = Hit(
            0, 0, cited.content_id, cited.path, cited.medium, cited.locator, cited.quote, 1.0, True, ()
        )  # fmt: skip
        self._look_at(hit)

    # --- keeping

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Choose a folder to watch")):
            self.add_folders([Path(chosen)])

    def add_folders(self, folders: list[Path]) -> None:
        """Watches folders from now on and begins to understand them."""
        for folder in folders:
            self._application.add_folder(folder)
        self._refresh_welcome()
        self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """Starts keeping in the background; folders added meanwhile are seen in the next round."""
        if not self._application.library.catalog.folders():
            return
        if self._keeping:
            self._keeping.ask()
            self._control.cancel()
        self._control = Control()
        self._pause.setChecked(False)
        self._pause.show()
        control = self._control
        self._keeping = self._bridge.run(
            lambda: self._application.watch(control), self._show_progress, self._refresh_welcome
        )

    def _show_progress(self, progress: Progress) -> None:
        if progress.stage == "idle":
            self._progress.setText(self.tr("Up to date; watching for changes."))
            self._refresh_welcome()
            return
        text = f"{progress.stage} {progress.done}/{progress.total}"
        if progress.failed:
            text += f" · {progress.failed} skipped"
        if progress.per_second:
            text += f" · {progress.per_second:.1f}/s"
        if progress.seconds_left is not None:
            text += f" · {round(progress.seconds_left)} s left"
        self._progress.setText(text)

    def _pause_toggled(self, paused: bool) -> None:
        (self._control.pause if paused else self._control.resume)()
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))

    # --- the rest

    def _refresh_welcome(self) -> None:
        if self._box.text().strip():
            return
        status = self._application.status()
        kept = ", ".join(f"{n} {medium.value}s" for medium, n in status.media.items())
        if not status.folders:
            self._say(
                self.tr(
                    "Find and ask your own photos, notes and documents, on this computer alone.\n\n"
                    "Add a folder, or drop one here."
                )
            )
        else:
            kept = kept or self.tr("nothing yet")
            self._say(
                self.tr("Your library holds {0}.\nType to find, or ask a question.").format(kept)
            )

    def _say(self, text: str) -> None:
        self._welcome.setText(text)
        self._pages.setCurrentWidget(self._welcome)

    def _focus_box(self) -> None:
        self._box.setFocus()
        self._box.selectAll()

    def _clear(self) -> None:
        if self._asking:
            self._asking.ask()
        self._answer.hide()
        self._box.clear()
        self._preview.clear()

    def _tell_failure(self, problem: KnownError) -> None:
        title = getattr(problem, "title", self.tr("Something unexpected happened"))
        QMessageBox.warning(self, title, f"{problem.message}\n\n{problem.hint}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Folders may be dropped anywhere."""
        if any(Path(url.toLocalFile()).is_dir() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Dropped folders are watched."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        self.add_folders([path for path in paths if path.is_dir()])

    def _restore_geometry(self) -> None:
        if geometry := QSettings("Desktop MMRAG", "Desktop MMRAG").value("geometry"):
            self.restoreGeometry(geometry)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Stops the work; what was done is kept."""
        QSettings("Desktop MMRAG", "Desktop MMRAG").setValue("geometry", self.saveGeometry())
        self._control.cancel()
        self._bridge.close()
        event.accept()
