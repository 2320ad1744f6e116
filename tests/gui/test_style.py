"""Colours can be read, icons are there and sharp, and all follows the scheme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_mmrag import bundled
from desktop_mmrag.gui.look import style
from desktop_mmrag.gui.look.style import DARK, LIGHT, Style, role
from desktop_mmrag.gui.look.tokens import Tokens, contrast

_GUI = Path(style.__file__).parent


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "hover"])
@pytest.mark.parametrize("words", ["text", "quiet", "accent", "success", "warning", "danger"])
def test_text_can_be_read(tokens: Tokens, ground: str, words: str) -> None:
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("on_accent", "accent"),
        ("text", "accent_soft"),
        ("quiet", "accent_soft"),
        ("text", "pressed"),
        ("quiet", "pressed"),
        ("on_mark", "mark"),
        ("warning", "warning_soft"),
        ("danger", "danger_soft"),
        ("text", "warning_soft"),
        ("text", "danger_soft"),
    ],
)
def test_text_on_colours_can_be_read(tokens: Tokens, words: str, ground: str) -> None:
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
@pytest.mark.parametrize("line", ["focus", "control_border"])
def test_lines_that_matter_can_be_seen(tokens: Tokens, ground: str, line: str) -> None:
    assert contrast(getattr(tokens, line), getattr(tokens, ground)) >= 3.0


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_icon_that_is_named_is_there() -> None:
    folder = bundled.resources() / "icons" / "ui"
    there = {path.stem for path in folder.glob("*.svg")}
    wanted = re.compile(
        r"""(?:set_icon|set_pixmap)\(\s*[^,()]+,\s*"([a-z-]+)"|\bpixmap\("([a-z-]+)"""
    )
    for source in _GUI.rglob("*.py"):
        for match in wanted.finditer(source.read_text(encoding="utf-8")):
            name = match.group(1) or match.group(2)
            assert name in there, f"{source.name} wants {name}"


def test_icons_and_colours_follow_the_scheme(style_: Style, qtbot: QtBot) -> None:
    button, label = QToolButton(), QLabel()
    qtbot.addWidget(button)
    qtbot.addWidget(label)
    style.set_icon(button, "find")
    style.set_pixmap(label, "find")

    def shown() -> tuple[str, str]:
        pixels = button.icon().pixmap(20).toImage(), label.pixmap().toImage()
        return tuple(  # type: ignore[return-value]
            max(
                (image.pixelColor(x, y) for x in range(20) for y in range(20)),
                key=lambda colour: colour.alpha(),
            ).name()
            for image in pixels
        )

    assert shown() == (LIGHT.text, LIGHT.text)
    style_.choose("dark")
    assert shown() == (DARK.text, DARK.text)
    style_.choose("light")
    assert not style.is_dark()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("field", [QLineEdit, QPlainTextEdit])
def test_what_stands_in_an_empty_field_can_be_read(
    style_: Style, qtbot: QtBot, scheme: str, field: type[QLineEdit | QPlainTextEdit]
) -> None:
    style_.choose(scheme)
    widget = field()
    qtbot.addWidget(widget)
    widget.setPlaceholderText("██████")
    widget.resize(200, 60)
    widget.show()
    image = widget.grab().toImage()
    place = ((x, y) for x in range(14, 40) for y in range(5, 55))
    found = {image.pixelColor(*at).name() for at in place}
    style_.choose("light")
    ground = (DARK if scheme == "dark" else LIGHT).raised
    assert max(contrast(colour, ground) for colour in found) >= 4.5


def test_text_grows_with_the_systems(qapp: QApplication, qtbot: QtBot) -> None:
    from desktop_mmrag.gui.look.stylesheet import stylesheet

    arrows = {name: Path(f"{name}.png") for name in ("down", "right", "check")}
    assert "15.5pt" in stylesheet(LIGHT, 10.0, arrows)
    assert "31.0pt" in stylesheet(LIGHT, 20.0, arrows)


@pytest.fixture
def style_(request: pytest.FixtureRequest) -> Style:
    """The fixture, where this file needs the name for the module."""
    look = request.getfixturevalue("style")
    assert isinstance(look, Style)
    return look


def test_all_text_grows_with_that_of_the_system(style: Style, qtbot: QtBot) -> None:
    title, words = role(QLabel("A title"), "title"), QLabel("words")
    for label in (title, words):
        qtbot.addWidget(label)
        label.show()
    before = QApplication.font()
    sizes = [label.fontInfo().pointSizeF() for label in (title, words)]
    larger = QApplication.font()
    larger.setPointSizeF(1.5 * before.pointSizeF())
    try:
        QApplication.setFont(larger)
        grown = [label.fontInfo().pointSizeF() for label in (title, words)]
        assert grown == pytest.approx([1.5 * size for size in sizes], rel=0.06)
    finally:
        QApplication.setFont(before)
    assert title.fontInfo().pointSizeF() == sizes[0]


def test_lists_to_choose_from_open_below_in_the_colours_of_the_rest(
    style: Style, qtbot: QtBot
) -> None:
    """Not over the field, as a menu of another desktop with its own colours."""
    style.choose("light")
    window = QWidget()
    qtbot.addWidget(window)
    box = QComboBox(window)
    box.addItems(["By day", "By month"])
    box.setCurrentIndex(1)
    window.resize(200, 300)
    window.show()
    box.showPopup()
    rows = box.view()
    qtbot.waitUntil(rows.isVisible)
    assert rows.mapToGlobal(rows.rect().topLeft()).y() >= box.mapToGlobal(box.rect().center()).y()
    colours = rows.grab().toImage()
    chosen = rows.visualRect(rows.currentIndex())
    ground = QColor(colours.pixel(chosen.right() - 6, chosen.center().y()))
    assert ground == QColor(LIGHT.accent_soft)
    box.hidePopup()
