"""What is known of a hit, in words: why it matched, and its facts."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.look.plain import plain
from desktop_mmrag.gui.preview.looking import Looked
from desktop_mmrag.library.contents import KeptContent

_LABEL_WIDTH = 80
translate = QCoreApplication.translate


class FactsView(QWidget):
    """Plain labels that can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facts")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.GAP)

    def show_facts(self, looked: Looked) -> None:
        """Replaces what is shown."""
        self.clear()
        if reasons := list(why(looked.hit)):
            self._add_heading(self.tr("Why it matched"))
            for title, words in reasons:
                self._add_line(title, words)
        self._add_heading(self.tr("Details"))
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(style.GAP)
        rows.setVerticalSpacing(6)
        rows.setColumnMinimumWidth(0, _LABEL_WIDTH)
        rows.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (title, value) in enumerate(facts(looked)):
            rows.addWidget(plain(title, "quiet"), row, 0, top)
            rows.addWidget(_wrapping(plain(value, wrap=True, selectable=True)), row, 1, top)
        holder = QWidget()
        holder.setLayout(rows)
        self._layout.addWidget(holder)

    def text(self) -> str:
        """All that it says."""
        return "\n".join(label.text() for label in self.findChildren(QLabel))

    def clear(self) -> None:
        """Shows nothing."""
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()

    def _add_heading(self, words: str) -> None:
        heading = style.role(QLabel(words), "heading")
        heading.setContentsMargins(0, style.GAP if self._layout.count() else 0, 0, 0)
        self._layout.addWidget(heading)

    def _add_line(self, title: str, words: str) -> None:
        self._layout.addWidget(_wrapping(plain(title, wrap=True)))
        if words:
            self._layout.addWidget(_wrapping(plain(words, "quiet", wrap=True)))


def _wrapping(label: QLabel) -> QLabel:
    # A long name without spaces must not make the pane wider.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setMinimumWidth(1)
    return label


def why(hit: Hit) -> Iterator[tuple[str, str]]:
    """Each reason as a sentence, with the words that were found."""
    for reason in hit.reasons:
        words = ", ".join(f"“{word}”" for word in reason.words)
        yield in_words.store_explained(reason.store), words


def facts(looked: Looked) -> Iterator[tuple[str, str]]:
    """Title and value of each fact there is, what a person asks first on top."""
    hit, content = looked.hit, looked.content
    f = content.facts
    yield translate("Facts", "Date"), in_words.date_and_time(content.dated_at)
    for title, value in (
        (translate("Facts", "Place"), f.place),
        (translate("Facts", "Title"), f.title),
        (translate("Facts", "Author"), f.author),
        (translate("Facts", "Description"), f.description),
        (translate("Facts", "Keywords"), ", ".join(f.keywords)),
        (translate("Facts", "Rating"), "★" * f.rating if f.rating else ""),
        (
            translate("Facts", "Looks like"),
            ", ".join(translate("Looks", word) for word in looked.looks),
        ),
        (translate("Facts", "Camera"), f.camera),
        (translate("Facts", "Size"), _size(content)),
        (translate("Facts", "Length"), in_words.length(f.duration_s) if f.duration_s else ""),
        (translate("Facts", "Pages"), in_words.number(f.pages) if f.pages else ""),
        (translate("Facts", "Folder"), in_words.folder(hit.path.parent)),
    ):
        if value:
            yield title, value
    others = [path for path in (*content.paths, *hit.also_at) if path != hit.path]
    if others:
        shown = [in_words.folder(path) for path in dict.fromkeys(others)]
        yield translate("Facts", "Also at"), "\n".join(shown[:8])


def _size(content: KeptContent) -> str:
    size = in_words.size(content.size)
    width, height = content.facts.width, content.facts.height
    return f"{width} × {height} · {size}" if width and height else size
