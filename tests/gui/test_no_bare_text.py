"""No text reaches the window without going through Qt's translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_mmrag import gui

_SOURCES = sorted(Path(gui.__file__ or "").parent.rglob("*.py"))
_WIDGETS = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QAction", "QGroupBox",
    "QLineEdit", "QDockWidget", "QMenu", "plain",
}  # fmt: skip
_METHODS = {
    "setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName",
    "setAccessibleDescription", "addItem", "addAction", "addTab", "addMenu", "setTitle",
    "setInformativeText", "setStatusTip", "say", "setItemText", "setHeaderLabels", "addButton",
}  # fmt: skip
_SAME_EVERYWHERE = {"Desktop MMRAG", "1:1"}
_WORD = re.compile(r"[A-Za-z]{2,}")


def _shown(tree: ast.AST) -> Iterator[ast.expr]:
    """What is handed to widgets as text."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name in _WIDGETS | _METHODS:
            yield from node.args


def _bare_words(shown: ast.expr) -> Iterator[str]:
    if isinstance(shown, ast.Constant) and isinstance(shown.value, str):
        yield shown.value
    elif isinstance(shown, ast.JoinedStr):
        for part in shown.values:
            if isinstance(part, ast.Constant):
                yield str(part.value)
    elif isinstance(shown, ast.BinOp):
        yield from _bare_words(shown.left)
        yield from _bare_words(shown.right)
    elif isinstance(shown, ast.IfExp):
        yield from _bare_words(shown.body)
        yield from _bare_words(shown.orelse)


def _untranslated(source: str) -> list[str]:
    return [
        f"line {shown.lineno}: {words!r}"
        for shown in _shown(ast.parse(source))
        for words in _bare_words(shown)
        # Styles and names of icons are one lower-case word; people read sentences.
        if _WORD.search(words)
        and words.strip() not in _SAME_EVERYWHERE
        and not re.fullmatch(r"[a-z][a-zA-Z-]*", words)
    ]


def test_bare_text_would_be_found() -> None:
    assert _untranslated('QLabel("Hello there")') == ["line 1: 'Hello there'"]
    assert _untranslated('box.setToolTip(f"{count} Files")')
    assert not _untranslated('QLabel(self.tr("Hello there"))')


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: path.name)
def test_all_text_goes_through_translation(path: Path) -> None:
    assert not _untranslated(path.read_text(encoding="utf-8"))
