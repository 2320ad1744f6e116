"""The words of a note, a document or a recording, with what matched marked and scrolled to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop_mmrag.gui.look import in_words, style
from desktop_mmrag.gui.preview.looking import Passage

_HERE = "here"
_ABOVE = 48
# Headings above a passage stand within so many characters of its beginning.
_NEAR = 200
# Wider lines are hard to read, in device-independent pixels.
_WIDEST, _MARGIN = 720, 4
_TAG = re.compile(r"<[^>]*>")


class PassageView(QTextBrowser):
    """Text from files is data: it is shown as it is, never as markup."""

    moment_wanted = Signal(float)
    """A second that was clicked in a transcript."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passages: tuple[Passage, ...] = ()
        self.setObjectName("passage")
        self.setAccessibleName(self.tr("Words in the file"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.anchorClicked.connect(self._clicked)

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Shows text and scrolls to the first match in the passage that was found."""
        self._passages = tuple(passages)
        self._fill()
        self._scroll_to_match()

    def _fill(self) -> None:
        self.document().setDefaultStyleSheet(_sheet())
        self.setHtml("".join(_html(self._passages)))
        self._centre()

    def _scroll_to_match(self) -> None:
        anchored = [p for p in self._passages if p.here]
        if not anchored:
            self.verticalScrollBar().setValue(0)
            return
        self.scrollToAnchor(_HERE)
        bar = self.verticalScrollBar()
        bar.setValue(max(0, bar.value() - _ABOVE))

    def _clicked(self, url: QUrl) -> None:
        if url.scheme() == "second":
            self.moment_wanted.emit(float(url.path()))

    def set_moment(self, second: float) -> None:
        """Marks what is said at this second, by the cursor that screen readers follow."""
        said = [p for p in self._passages if p.start_s is not None and p.start_s <= second]
        if not said:
            return
        found = self.document().find(said[-1].text[:40])
        if not found.isNull():
            found.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            self.setTextCursor(found)
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A column in the middle of a wide window."""
        super().resizeEvent(event)
        self._centre()

    def _centre(self) -> None:
        spare = max(_MARGIN, (self.viewport().width() - _WIDEST) // 2)
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        if shape.leftMargin() != spare:
            shape.setLeftMargin(spare)
            shape.setRightMargin(spare)
            frame.setFrameFormat(shape)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Marks keep to the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._passages:
            place = self.verticalScrollBar().value()
            self._fill()
            self.verticalScrollBar().setValue(place)


def _sheet() -> str:
    t = style.tokens()
    return (
        f"h3 {{ color: {t.text}; margin-top: 18px; margin-bottom: 6px; }}"
        f"p {{ color: {t.text}; margin-top: 0; margin-bottom: 8px; line-height: 135%; }}"
        f"p.here {{ background-color: {t.accent_soft}; }}"
        f"a {{ color: {t.accent}; text-decoration: none; }}"
        f"span.mark {{ background-color: {t.mark}; color: {t.on_mark}; }}"
    )


def _html(passages: Sequence[Passage]) -> Iterator[str]:
    """Passages tile the text; a heading is shown where the text itself does not hold it."""
    heading: str | None = None
    anchored = False
    for passage in passages:
        titles = frozenset((passage.heading or "").split(" › "))
        if passage.heading and passage.heading != heading:
            heading = passage.heading
            if not titles & set(passage.text[:_NEAR].split("\n")):
                yield f"<h3>{escape(heading)}</h3>"
        anchor = f'<a name="{_HERE}"></a>' if passage.here and not anchored else ""
        anchored |= passage.here
        yield _passage(passage, anchor, titles)


def _passage(passage: Passage, anchor: str, titles: frozenset[str]) -> str:
    begin = anchor
    if passage.start_s is not None:
        clock = in_words.clock(passage.start_s)
        begin += f'<a href="second:{passage.start_s}">{clock}</a>&nbsp; '
    paragraphs = re.split(r"\n\s*\n", _marked(passage).strip("\n"))
    shown = [part.strip("\n") for part in paragraphs if part.strip()]
    if passage.here:
        # One block: the tint of several would have gaps.
        inside = "".join(_joined(part, titles) for part in shown).removesuffix("<br><br>")
        return f'<p class="here">{begin}{inside}</p>'
    first, *rest = shown or [""]
    return "".join(_paragraph(part, titles) for part in (begin + first, *rest))


def _joined(part: str, titles: frozenset[str]) -> str:
    """A paragraph with the room below it; none below a title."""
    room = "<br>" if _is_title(part, titles) else "<br><br>"
    return f"{_lines(part, titles)}{room}"


def _paragraph(part: str, titles: frozenset[str]) -> str:
    return f"<h3>{part}</h3>" if _is_title(part, titles) else f"<p>{_lines(part, titles)}</p>"


def _lines(part: str, titles: frozenset[str]) -> str:
    lines = part.split("\n")
    return "<br>".join(f"<b>{line}</b>" if _is_title(line, titles) else line for line in lines)


def _is_title(line: str, titles: frozenset[str]) -> bool:
    return unescape(_TAG.sub("", line)).strip() in titles - {""}


def _marked(passage: Passage) -> str:
    """Escaped text with the matches marked."""
    pieces, end = [], 0
    for start, stop in passage.marks:
        pieces.append(escape(passage.text[end:start]))
        pieces.append(f'<span class="mark">{escape(passage.text[start:stop])}</span>')
        end = stop
    pieces.append(escape(passage.text[end:]))
    return "".join(pieces)
