"""A conversation as text to keep elsewhere: Markdown with numbered sources, plain text for the clipboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop_mmrag.domain import Answer, Citation
from desktop_mmrag.gui.ask.talk import Turn
from desktop_mmrag.gui.look import in_words

translate = QCoreApplication.translate
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLOCK = re.compile(r"^(\s*(?:\d+(?=[.)]))?)([-+=.)])", re.MULTILINE)


def as_markdown(turns: Sequence[Turn]) -> str:
    """Questions as headings; below each answer its sources with links to the files.

    What comes from files is escaped: it is shown as written, never as markup.
    """
    answered = [turn for turn in turns if turn.text.strip()]
    return "\n".join(_turn(turn) for turn in answered)


def as_plain(turn: Turn) -> str:
    """One answer with its sources, for the clipboard."""
    lines = [turn.text.strip()]
    if turn.answer and turn.answer.citations:
        lines.append("")
        lines += [f"[{c.n}] {_where(c)}" for c in turn.answer.citations]
    return "\n".join(lines)


def file_name(title: str) -> str:
    """A name that every file system takes."""
    words = re.sub(r"[^\w\s-]", "", title).split()
    return ("-".join(words)[:60].strip("-") or "conversation") + ".md"


def _turn(turn: Turn) -> str:
    parts = [f"## {escaped(' '.join(turn.question.split()))}", "", _text(turn), ""]
    if turn.answer:
        if turn.answer.found or turn.origin.model:
            parts += [_written_by(turn), ""]
        if turn.answer.citations:
            parts += [_sources(turn.answer), ""]
    return "\n".join(parts)


def _text(turn: Turn) -> str:
    """Its marks [1] stay readable as they are, and point at nothing else."""
    return escaped(turn.text.strip()).replace("\n", "  \n")


def _written_by(turn: Turn) -> str:
    if turn.origin.model:
        words = translate("Export", "Answered by {0}.").format(turn.origin.model)
    else:
        words = translate("Export", "Quoted from your files.")
    return f"*{escaped(words)}*"


def _sources(answer: Answer) -> str:
    return "\n".join(_source(citation) for citation in answer.citations)


def _source(citation: Citation) -> str:
    link = f"[{escaped(citation.path.name)}](<{_address(citation.path)}>)"
    where = in_words.locator(citation.locator)
    place = f", {escaped(where)}" if where else ""
    quote = " ".join(citation.quote.split())
    said = f": “{escaped(quote)}”" if quote else ""
    return f"{citation.n}. {link}{place}{said}"


def _where(citation: Citation) -> str:
    where = in_words.locator(citation.locator)
    return f"{citation.path}{f', {where}' if where else ''}"


def _address(path: Path) -> str:
    return path.as_uri() if path.is_absolute() else path.as_posix()


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
