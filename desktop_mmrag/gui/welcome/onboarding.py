"""The first sight: what this is, which folders to watch, what runs already, and what one click adds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_mmrag import bundled
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.choose_folder import choose_folder
from desktop_mmrag.gui.models.offer_row import OfferRow
from desktop_mmrag.gui.models.starters import starters
from desktop_mmrag.gui.welcome.suggestions import Suggestion, suggestions
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.models.catalogue import ModelEntry

_WIDTH = 680
_ICON = 56
_KIND_ICONS = {"pictures": "photo", "documents": "document", "desktop": "grid", "notes": "note"}


def sample_folder() -> Path:
    """The sample library; it is watched where it lies."""
    return bundled.resources() / "sample" / "library"


class Onboarding(QScrollArea):
    """Shown in place of the results until a folder is watched."""

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("onboarding")
        self._wiring = wiring
        self._boxes: dict[Path, QCheckBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(*[style.PAGE_MARGIN] * 4)
        layout.setSpacing(style.PAGE_MARGIN)
        layout.addLayout(self._head())
        layout.addWidget(self._folder_card())
        layout.addWidget(self._model_card())
        layout.addStretch(1)
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(column)
        self.setWidget(page)
        self._look_around()

    # --- parts

    def _head(self) -> QVBoxLayout:
        icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        drawing = QIcon(str(bundled.resources() / "icons" / "desktop-mmrag.svg"))
        icon.setPixmap(drawing.pixmap(_ICON, _ICON))
        title = QLabel(self.tr("Find what you have kept"), alignment=Qt.AlignmentFlag.AlignCenter)
        style.role(title, "title")
        words = QLabel(
            self.tr(
                "Desktop MMRAG understands the photos, notes, documents, recordings and videos "
                "in your folders, finds them by what they mean, and answers questions from them. Everything happens on "
                "this computer; nothing leaves it."
            ),
            wordWrap=True,
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        words.setObjectName("whatThisIs")
        layout = QVBoxLayout()
        layout.setSpacing(style.GAP + style.GAP_SMALL)
        for widget in (icon, title, words):
            layout.addWidget(widget)
        return layout

    def _folder_card(self) -> QFrame:
        card, layout = _card(self.tr("Which folders may it read?"))
        layout.addWidget(
            style.role(QLabel(self.tr("Or drop folders anywhere in this window.")), "quiet")
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(style.GAP_SMALL)
        layout.addLayout(self._rows)
        choose = QPushButton(" " + self.tr("Another folder …"))
        choose.setObjectName("chooseFolder")
        style.set_icon(choose, "folder-plus")
        choose.clicked.connect(self._choose)
        sample = QPushButton(self.tr("Try the sample"))
        sample.setObjectName("trySample")
        sample.setToolTip(
            self.tr("Watches eighteen small files that come with the program; remove them any time")
        )
        sample.clicked.connect(lambda: self._wiring.add_folders([sample_folder()]))
        self._begin = style.kind(QPushButton(self.tr("Begin")), "primary")
        self._begin.setObjectName("begin")
        self._begin.clicked.connect(self._begin_clicked)
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addWidget(choose)
        row.addWidget(sample)
        row.addStretch(1)
        row.addWidget(self._begin)
        layout.addLayout(row)
        self._refresh()
        self.setFocusProxy(choose)
        return card

    def _model_card(self) -> QFrame:
        card, layout = _card(self.tr("What it can do"))
        self._abilities = QVBoxLayout()
        self._abilities.setSpacing(style.GAP)
        layout.addLayout(self._abilities)
        layout.addWidget(style.line())
        layout.addWidget(
            style.role(
                QLabel(
                    self.tr("One click adds more. Downloads can wait: see Models at any time."),
                    wordWrap=True,
                ),
                "quiet",
            )
        )
        self._offers = QVBoxLayout()
        self._offers.setSpacing(0)
        layout.addLayout(self._offers)
        return card

    # --- what there is on this computer

    def _look_around(self) -> None:
        def folders() -> Iterator[Suggestion]:
            yield from suggestions()

        def models() -> Iterator[tuple[set[str], list[ModelEntry]]]:
            here = self._wiring.application.model_folder.installed()
            known = self._wiring.application.known_models()
            offered = starters(entry for entry in known if entry not in here)
            yield {entry.kind for entry in here}, offered

        self._wiring.bridge.run(folders, self._suggest)
        self._wiring.bridge.run(models, self._offer)

    def _suggest(self, found: Suggestion) -> None:
        words = {
            "pictures": self.tr("Pictures"),
            "documents": self.tr("Documents"),
            "desktop": self.tr("Desktop"),
            "notes": self.tr("Notes: {0}").format(found.path.name),
        }
        self._add_row(found.path, words[found.kind], _KIND_ICONS[found.kind], checked=False)

    def _add_row(self, path: Path, name: str, icon: str, checked: bool) -> None:
        if path in self._boxes:
            self._boxes[path].setChecked(True)
            return
        box = QCheckBox(name)
        box.setObjectName(f"folder-{path.name}")
        box.setAccessibleDescription(str(path))
        box.setChecked(checked)
        box.toggled.connect(self._refresh)
        style.set_icon(box, icon, "quiet")
        place = style.role(QLabel(_short(path)), "quiet")
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addWidget(box)
        row.addStretch(1)
        row.addWidget(place)
        self._rows.addLayout(row)
        self._boxes[path] = box

    def _offer(self, found: tuple[set[str], list[ModelEntry]]) -> None:
        here, offered = found
        abilities = {
            "text": self.tr("Finds notes and documents by meaning and by word"),
            "image-text": self.tr("Finds photos by what they show"),
            "ocr": self.tr("Reads the text in photos, screenshots and scans"),
            "speech": self.tr("Finds what is said in recordings and videos"),
            "quotes": self.tr("Answers by quoting your files, with the place of each quote"),
            "vision": self.tr("Answers in full sentences, also from pictures"),
        }
        for kind, words in abilities.items():
            # Text in pictures is read, and answers quoted, without any model of the catalogue.
            if kind in here | {"ocr", "quotes"}:
                self._abilities.addLayout(_able(words))
        for entry in offered:
            better = entry.kind in here
            self._offers.addWidget(OfferRow(entry, self._wiring, better))

    # --- what a person does

    def _chosen(self) -> list[Path]:
        return [path for path, box in self._boxes.items() if box.isChecked()]

    def _refresh(self) -> None:
        self._begin.setEnabled(bool(self._chosen()))

    def _choose(self) -> None:
        title = self.tr("Choose a folder to watch")
        if chosen := choose_folder(self, title):
            self._add_row(chosen, chosen.name, "sources", checked=True)
            self._refresh()
            # The next step, for whoever goes on by key.
            self._begin.setFocus()

    def _begin_clicked(self) -> None:
        self._begin.setEnabled(False)
        self._wiring.add_folders(self._chosen())


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = style.surface(QFrame(), "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(*[style.PAGE_MARGIN] * 4)
    layout.setSpacing(style.GAP + style.GAP_SMALL)
    layout.addWidget(style.role(QLabel(title), "heading"))
    return card, layout


def _able(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(style.GAP)
    picture = QLabel()
    style.set_pixmap(picture, "check", "success", style.ICON_SMALL)
    row.addWidget(picture)
    row.addWidget(QLabel(words, wordWrap=True), 1)
    return row


def _short(path: Path) -> str:
    """A path as people write it: the home folder as ~."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
