"""How the window looks: colours for light and dark, icons, text roles; follows the system's scheme.

Widgets say what they are by properties, and the style sheet knows how that looks:

- `role(label, "title" | "heading" | "quiet" | "small" | "error" | "success" | "warning" | "badge")`
- `kind(button, "primary" | "quiet" | "danger" | "link" | "chip" | "nav")`
- `surface(frame, "card" | "panel" | "sidebar" | "details" | "status" | "banner" | "line" | "drop")`
- `tone(widget, "accent" | "warning" | "danger" | "minus")` for badges, banners and chips
- `set_icon(button, "find")`, `set_pixmap(label, "find")`; `pixmap("find")` for painters

What paints itself asks `tokens()` at every paint, and so is right after a change of scheme.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyleFactory,
    QWidget,
)

from desktop_mmrag.gui.look import icons
from desktop_mmrag.gui.look.stylesheet import stylesheet
from desktop_mmrag.gui.look.tokens import (
    CONTROL_HEIGHT,
    DARK,
    GAP,
    GAP_LARGE,
    GAP_SMALL,
    GRID,
    ICON,
    ICON_LARGE,
    ICON_SMALL,
    LIGHT,
    MARGIN,
    PAGE_MARGIN,
    RADIUS,
    RADIUS_SMALL,
    SCROLL_BAR,
    SIDEBAR_NARROW,
    SIDEBAR_WIDTH,
    Tokens,
)

__all__ = [
    "CONTROL_HEIGHT",
    "DARK",
    "GAP",
    "GAP_LARGE",
    "GAP_SMALL",
    "GRID",
    "ICON",
    "ICON_LARGE",
    "ICON_SMALL",
    "LIGHT",
    "MARGIN",
    "PAGE_MARGIN",
    "RADIUS",
    "RADIUS_SMALL",
    "SCROLL_BAR",
    "SIDEBAR_NARROW",
    "SIDEBAR_WIDTH",
    "Style",
    "Tokens",
    "dress_clear_button",
    "icon",
    "is_dark",
    "kind",
    "line",
    "pixmap",
    "role",
    "set_icon",
    "set_pixmap",
    "surface",
    "tokens",
    "tone",
]

Tone = Literal["text", "quiet", "accent", "on_accent", "success", "warning", "danger"]
_ICON_NAME, _ICON_TONE, _ICON_SIZE = "iconName", "iconTone", "iconPixels"
_Any = TypeVar("_Any", bound=QWidget)
_Label = TypeVar("_Label", bound=QLabel)
_Button = TypeVar("_Button", bound=QPushButton)
_Frame = TypeVar("_Frame", bound=QFrame)
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def is_dark() -> bool:
    """Whether the dark colours are in use."""
    # The palette was made from the tokens, so it tells which.
    return QGuiApplication.palette().window().color().name() == DARK.window


def tokens() -> Tokens:
    """The colours in use now."""
    return DARK if is_dark() else LIGHT


# --- what a widget is


def role(label: _Label, name: str) -> _Label:
    """Makes a label a title, heading, quiet, small, error, success, warning or badge."""
    return _mark(label, "role", name)


def kind(button: _Button, name: str) -> _Button:
    """Makes a button primary, quiet, danger, link, chip or nav."""
    return _mark(button, "kind", name)


def surface(frame: _Frame, name: str) -> _Frame:
    """Makes a frame a card, panel, sidebar, details, status, banner, line or drop."""
    return _mark(frame, "surface", name)


def tone(widget: _Any, name: str) -> _Any:
    """Colours a badge, banner or chip: accent, warning, danger, minus; "" for none."""
    return _mark(widget, "tone", name)


def line() -> QFrame:
    """A hairline between parts."""
    return surface(QFrame(), "line")


def _mark(widget: _Any, name: str, value: str) -> _Any:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # Rules that ask for properties are looked up when a widget is polished.
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget


# --- icons


def icon(name: str, tone: Tone = "text") -> QIcon:
    """An icon in the colours of now; `set_icon` keeps a button right when they change."""
    now = tokens()
    return _icon(name, getattr(now, tone), now.disabled)


def pixmap(name: str, size: int = ICON, tone: Tone = "text", ratio: float = 1.0) -> QPixmap:
    """An icon as pixels in the colours of now; `ratio`: the widget's `devicePixelRatioF()`."""
    return icons.picture(name, getattr(tokens(), tone), size, ratio)


def set_icon(button: QAbstractButton, name: str, tone: Tone = "text", size: int = ICON) -> None:
    """Gives a button an icon that follows the scheme."""
    button.setProperty(_ICON_NAME, name)
    button.setProperty(_ICON_TONE, tone)
    button.setIcon(icon(name, tone))
    button.setIconSize(QSize(size, size))


def set_pixmap(label: QLabel, name: str, tone: Tone = "text", size: int = ICON) -> None:
    """Gives a label an icon that follows the scheme."""
    label.setProperty(_ICON_NAME, name)
    label.setProperty(_ICON_TONE, tone)
    label.setProperty(_ICON_SIZE, size)
    label.setPixmap(pixmap(name, size, tone, label.devicePixelRatioF()))


def dress_clear_button(field: QLineEdit) -> None:
    """Gives the cross that empties a field the look of other icons."""
    # Qt keeps this name to itself; without it the field keeps Qt's own cross.
    if clear := field.findChild(QAction, "_q_qlineeditclearaction"):
        clear.setIcon(icon("close", "quiet"))


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    return icons.drawn(name, colour, disabled)


# --- the whole program


class Style(QObject):
    """Dresses the program; one for the Qt application, which owns it."""

    changed = Signal()
    """The colours are others now; what paints into pixmaps paints anew."""

    def __init__(self, qt: QApplication) -> None:
        super().__init__(qt)
        self._qt = qt
        self._points = _points_of(qt.font())
        self._drawn = QTemporaryDir()
        self._chosen = "system"
        self._worn: Tokens | None = None
        qt.setStyle(QStyleFactory.create("Fusion"))
        self._dress()
        qt.styleHints().colorSchemeChanged.connect(self._dress)
        qt.fontChanged.connect(self._scale_text)

    def choose(self, appearance: str) -> None:
        """Light or dark whatever the system says, or as the system ("system")."""
        self._chosen = appearance
        # Title bars and the system's own dialogs follow too, where the system can.
        self._qt.styleHints().setColorScheme(_SCHEMES[appearance])
        self._dress()

    def _scale_text(self, font: QFont) -> None:
        """The system's text grew or shrank while the program runs: all sizes follow."""
        if (points := _points_of(font)) != self._points:
            self._points, self._worn = points, None
            self._dress()

    def _wanted(self) -> Tokens:
        if self._chosen != "system":
            return DARK if self._chosen == "dark" else LIGHT
        dark = self._qt.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _dress(self) -> None:
        now = self._wanted()
        if now is self._worn:
            return
        self._worn = now
        self._qt.setPalette(_palette(now))
        self._qt.setStyleSheet(stylesheet(now, self._points, self._draw_arrows(now)))
        for widget in self._qt.allWidgets():
            _follow_scheme(widget)
        self.changed.emit()

    def _draw_arrows(self, now: Tokens) -> dict[str, Path]:
        """Style sheets take pictures from files alone."""
        wanted = {
            "down": ("chevron-down", now.quiet),
            "right": ("chevron-right", now.quiet),
            "check": ("check", now.on_accent),
        }
        folder = Path(self._drawn.path())
        paths = {}
        for name, (drawing, colour) in wanted.items():
            paths[name] = folder / f"{name}-{'dark' if now.dark else 'light'}.png"
            for ratio, suffix in ((1, ""), (2, "@2x"), (3, "@3x")):
                path = paths[name].with_stem(paths[name].stem + suffix)
                icons.picture(drawing, colour, 16, ratio).save(str(path))
        return paths


def _points_of(font: QFont) -> float:
    return font.pointSizeF() if font.pointSizeF() > 0 else 10.0


def _follow_scheme(widget: QWidget) -> None:
    if isinstance(widget, QLineEdit):
        dress_clear_button(widget)
    name = widget.property(_ICON_NAME)
    if name is None:
        return
    tone = widget.property(_ICON_TONE)
    if isinstance(widget, QAbstractButton):
        widget.setIcon(icon(name, tone))
    elif isinstance(widget, QLabel):
        size = widget.property(_ICON_SIZE)
        widget.setPixmap(pixmap(name, size, tone, widget.devicePixelRatioF()))


def _palette(now: Tokens) -> QPalette:
    palette = QPalette()
    part = QPalette.ColorRole
    for role_, colour in (
        (part.Window, now.window),
        (part.WindowText, now.text),
        (part.Base, now.window),
        (part.AlternateBase, now.surface),
        (part.Text, now.text),
        (part.PlaceholderText, now.quiet),
        (part.Button, now.raised),
        (part.ButtonText, now.text),
        (part.ToolTipBase, now.raised),
        (part.ToolTipText, now.text),
        (part.Highlight, now.accent),
        (part.HighlightedText, now.on_accent),
        (part.Link, now.accent),
        (part.LinkVisited, now.accent),
        (part.Mid, now.border),
    ):
        palette.setColor(role_, QColor(colour))
    for role_ in (part.WindowText, part.Text, part.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role_, QColor(now.disabled))
    return palette
