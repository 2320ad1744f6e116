"""The window in Simplified Chinese: all of it translated, kept up to date, and no English left."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

import desktop_mmrag
from desktop_mmrag import bundled, errors, gui
from desktop_mmrag.answer.extractive import NOTHING
from desktop_mmrag.answer.tally import NOT_ADDED
from desktop_mmrag.errors import DiskFull, KnownError
from desktop_mmrag.extract import kinds
from desktop_mmrag.extract.documents import containers
from desktop_mmrag.gui.find.looks_words import LOOKS
from desktop_mmrag.gui.look.core_sentences import NOTES, SENTENCES, TITLES, WORDS
from desktop_mmrag.gui.look.core_words import FAILURES
from desktop_mmrag.gui.look.told import told
from desktop_mmrag.gui.start import load_translations
from desktop_mmrag.gui.window.main_window import MainWindow
from desktop_mmrag.ingest.tagging import vocabulary
from desktop_mmrag.models.catalogue import Catalogue

PACKAGE = Path(desktop_mmrag.__file__).parent
SOURCES = sorted(Path(gui.__file__ or "").parent.rglob("*.py"))
FOLDER = bundled.resources() / "translations"
TS = FOLDER / "desktop_mmrag_zh_CN.ts"
QM = TS.with_suffix(".qm")
_PLACEHOLDER = re.compile(r"\{\w*\}|%n|%\d")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def _messages(file: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name") or "", message


def _sources(file: Path) -> set[tuple[str, str]]:
    return {(context, message.findtext("source") or "") for context, message in _messages(file)}


def _tool(name: str) -> str:
    """A tool of Qt's that comes with PySide6, or skips."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


# --- the file of translations


def test_every_text_has_a_finished_translation() -> None:
    unfinished = [
        f"{context}: {message.findtext('source')}"
        for context, message in _messages(TS)
        if (translation := message.find("translation")) is None
        or translation.get("type")
        or not "".join(translation.itertext()).strip()
    ]
    assert not unfinished


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    differing = []
    for context, message in _messages(TS):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation] or [translation.text or ""]
        wanted = sorted(_PLACEHOLDER.findall(source))
        differing += [
            f"{context}: {source}" for form in forms if sorted(_PLACEHOLDER.findall(form)) != wanted
        ]
    assert not differing


def test_no_place_of_anyones_computer_is_in_it() -> None:
    assert "<location" not in TS.read_text(encoding="utf-8")


def test_no_text_of_the_window_is_missing(tmp_path: Path) -> None:
    fresh = tmp_path / TS.name
    command = [_tool("pyside6-lupdate"), *map(str, SOURCES), "-locations", "none"]
    subprocess.run([*command, "-ts", str(fresh)], check=True, capture_output=True)
    found = _sources(fresh)
    assert len(found) > 500
    assert not sorted(found - _sources(TS)), "run pyside6-lupdate, then translate these"


def test_the_compiled_file_is_made_from_it(tmp_path: Path) -> None:
    fresh = tmp_path / QM.name
    command = [_tool("pyside6-lrelease"), str(TS), "-qm", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)
    assert fresh.read_bytes() == QM.read_bytes(), "run pyside6-lrelease"


# --- sentences of rooms without Qt


def _failures() -> set[str]:
    """The names of all kinds of failure."""
    return {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, KnownError)
    }


def _as_sentence(node: ast.expr) -> str | None:
    """What is written there, with {0}, {1} for what is filled in; None for a variable."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    sentence, gaps = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            sentence += str(part.value)
        else:
            sentence, gaps = f"{sentence}{{{gaps}}}", gaps + 1
    return sentence


def _written(path: Path) -> Iterator[str]:
    """The messages and hints that a file gives its failures."""
    failures = _failures()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in failures:
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            yield from (words for part in given if (words := _as_sentence(part)))


def _shown_in_the_window(path: Path) -> bool:
    return not {"cli", "evaluate"} & set(path.relative_to(PACKAGE).parts)


def test_every_message_of_a_failure_can_be_translated() -> None:
    written = {
        words
        for path in PACKAGE.rglob("*.py")
        if _shown_in_the_window(path)
        for words in _written(path)
        if _LATIN.search(words)
    }
    assert len(written) > 150
    assert not sorted(written - set(SENTENCES) - set(FAILURES)), "add them to core_sentences.py"


def test_every_kind_of_file_can_be_translated() -> None:
    named = {str(kind) for kind in kinds.Kind} | set(kinds._UNREAD_BY_SUFFIX.values())
    for table in (kinds._UNREAD_BY_MAGIC, containers._OLE, containers._UNREAD_PACKAGES):
        named |= {str(row[1]) for row in table}
    # PNG is PNG everywhere.
    sentences = {words for words in named if " " in words}
    assert not sorted(sentences - set(WORDS))
    assert not sorted(set(kinds._SAVE_AS.values()) - set(SENTENCES))


def test_what_answers_that_are_none_say_can_be_translated() -> None:
    assert {NOTHING, NOT_ADDED} <= set(SENTENCES)


def test_what_photos_look_like_can_be_translated() -> None:
    assert vocabulary() == LOOKS


def test_what_is_said_beside_licences_can_be_translated() -> None:
    noted = {entry.licence.note for entry in Catalogue.load() if " " in entry.licence.note}
    assert noted == set(NOTES)


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    """The program in Simplified Chinese, as the setting puts it."""
    before = QLocale()
    installed = load_translations(qapp, "zh_CN")
    assert QCoreApplication.translate("Views", "Find") == "查找"
    yield
    for translator in installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.mark.usefixtures("chinese")
def test_a_filled_in_sentence_of_the_core_is_told_in_chinese() -> None:
    assert told("tax.pdf opens with a password only.") == "tax.pdf 需要密码才能打开。"
    assert told("a.doc is an old Word document; such files are not read.") == (
        "a.doc 是旧版 Word 文档；此类文件不会被读取。"
    )
    assert told("There is not enough space on the disk: It needs 9 MB, 5 MB are free.") == (
        "磁盘空间不足：需要 9 MB，可用空间为 5 MB。"
    )


@pytest.mark.usefixtures("chinese")
def test_names_of_files_stay_as_they_are() -> None:
    assert told("Results is damaged.") == "Results 已损坏。"
    assert told("What nobody foresaw") == "What nobody foresaw"


def test_english_sentences_stay_as_they_are() -> None:
    said = "“Hits” (limit) must be at least 1."
    assert told(said) == said


# --- the window


def _texts(widget: QWidget) -> Iterator[str]:
    """All that one widget says to the eye, to the pointer and to a screen reader."""
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    for action in widget.actions():
        yield from _texts_of(action)


def _texts_of(action: QAction) -> Iterator[str]:
    yield action.text()
    yield action.toolTip()


def _said(root: QWidget) -> set[str]:
    widgets = [root, *root.findChildren(QWidget)]
    return {words.strip() for widget in widgets for words in _texts(widget) if words.strip()}


_MARKUP = re.compile(r"<style.*?</style>|<[^>]*>|&\w+;", re.DOTALL)
_PATH = re.compile(r"(?:~|[A-Z]:)?(?:[/\\][\w.-]+){2,}")
_KEYS = re.compile(r"(Ctrl|Shift|Alt|Meta|Esc|Enter|Return|Space|Home|End|Del|Backspace|PgUp|PgDown"
                   r"|Left|Right|Up|Down|Tab|F\d+|Page|Ins|Num)")  # fmt: skip
_NAMES = {
    "Desktop", "MMRAG", "English", "cabin", "garden", "sample", "library", "files", "md", "txt",
    "GB", "MB", "kB", "KB", "GiB", "MiB", "PDF", "qt", "spinbox", "lineedit", "scrollarea",
}  # fmt: skip


def _names() -> set[str]:
    """Words that are the same in every language: models, their makers and licences."""
    told = (
        f"{entry.title.partition(' (')[0]} {entry.id} {entry.licence.spdx}"
        for entry in Catalogue.load()
        if entry.title not in TITLES
    )
    return _NAMES | set(_LATIN.findall(" ".join(told)))


def _english(said: set[str], names: set[str]) -> list[str]:
    """What of these is neither Chinese nor a name, a key or a number."""
    left = []
    for words in said:
        plain = _KEYS.sub("", _PATH.sub(" ", _MARKUP.sub(" ", words)))
        if not _CHINESE.search(plain) and set(_LATIN.findall(plain)) - names:
            left.append(words)
    return sorted(left)


@pytest.fixture
def chinese_window(
    chinese: None, open_window: Callable[[], MainWindow], files: Path, qtbot: QtBot
) -> MainWindow:
    """The window over three files that it has understood and one that it could not."""
    (files / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    window = open_window()
    window.take([files])
    progress = window.findChild(QLabel, "progress")
    assert progress is not None
    qtbot.waitUntil(lambda: progress.text() == "已是最新：2 个文件", timeout=60_000)
    return window


_CONTENTS = "The spare key hangs behind the woodpile, in a coffee tin. The tomatoes stand along the south wall and need water. Where is it?"
PAGES = ("find", "ask", "map", "sources", "models", "duplicates")


def test_no_english_is_left_on_any_page(chinese_window: MainWindow, qtbot: QtBot) -> None:
    library = chinese_window.library
    assert library is not None
    left: dict[str, list[str]] = {}
    for name in PAGES:
        library.show_page(name)
        qtbot.wait(700)
        page = library.page(name)
        assert page is not None
        left[name] = _english(_said(page), _names())
    left["window"] = _english(_said(chinese_window), _names())
    assert not {name: words for name, words in left.items() if words}


def test_no_english_is_left_in_the_dialogs(chinese_window: MainWindow, qtbot: QtBot) -> None:
    library = chinese_window.library
    assert library is not None
    library.show_settings()
    library.show_shortcuts()
    library.wiring.failures_wanted.emit()
    library.wiring.failure.emit(DiskFull("There is no room for preview pictures."))
    qtbot.wait(700)
    # What is typed into the box is the same in every language.
    signs = {"OR", "type", "photo", "in", "before", "near", "camera", "rating"}
    assert not _english(_said(chinese_window), _names() | signs)


def _is_shown(window: MainWindow, name: str) -> bool:
    button = window.findChild(QAbstractButton, name)
    return button is not None and not button.isHidden()


def test_no_english_is_left_beside_a_search_and_an_answer(
    chinese_window: MainWindow, qtbot: QtBot
) -> None:
    library = chinese_window.library
    assert library is not None
    box = chinese_window.findChild(QLineEdit, "box")
    assert box is not None
    box.setText("type:note tomatoes before:2031")
    qtbot.wait(1500)
    library.wiring.question_asked.emit("Where is the spare key?")
    qtbot.waitUntil(lambda: _is_shown(chinese_window, "copyAnswer"), timeout=60_000)
    names = _names() | set(_LATIN.findall(_CONTENTS))
    assert not _english(_said(chinese_window), names)


def test_no_english_is_left_at_the_first_sight(
    chinese: None, open_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    qtbot.wait(700)
    assert not _english(_said(window), _names())


def test_english_left_behind_would_be_found(qtbot: QtBot) -> None:
    left = QLabel("Choose a folder")
    qtbot.addWidget(left)
    assert _english(_said(left), _names()) == ["Choose a folder"]


def test_no_question_is_suggested_that_would_not_be_understood(
    chinese_window: MainWindow, qtbot: QtBot
) -> None:
    """Without an answering model, questions are understood in English only."""
    library = chinese_window.library
    assert library is not None
    library.show_page("ask")
    page = library.page("ask")
    assert page is not None
    qtbot.waitUntil(
        lambda: any("目前的回答直接引用你的文件" in words for words in _said(page)), timeout=60_000
    )
    suggestion = page.findChild(QAbstractButton, "suggestion1")
    assert suggestion is not None
    assert not suggestion.isVisible()
