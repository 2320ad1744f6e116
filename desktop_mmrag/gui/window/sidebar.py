"""The list of views at the left, with the settings at its foot; narrow or wide."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop_mmrag.gui.look import style


class Sidebar(QFrame):
    """One button for each view."""

    chosen = Signal(str)
    """The name of the view that a person wants."""
    settings_wanted = Signal()
    toggled = Signal(bool)
    """Whether it is narrow now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.surface(self, "sidebar")
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Views"))
        self._narrow = False
        self._titles: dict[QPushButton, str] = {}
        self._views: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.GAP, style.GAP_LARGE, style.GAP, style.GAP)
        layout.setSpacing(style.GAP_SMALL)
        self._places = QVBoxLayout()
        self._places.setSpacing(style.GAP_SMALL)
        layout.addLayout(self._places)
        layout.addStretch(1)
        self._settings = self._button(self.tr("Settings"), "settings", "Ctrl+,")
        self._settings.setObjectName("openSettings")
        self._settings.clicked.connect(self.settings_wanted)
        self._fold = self._button(self.tr("Hide names"), "sidebar", "Ctrl+B")
        self._fold.setObjectName("foldSidebar")
        self._fold.clicked.connect(lambda: self.set_narrow(not self._narrow))
        layout.addWidget(self._settings)
        layout.addWidget(self._fold)
        self.set_narrow(False)

    def add(self, name: str, title: str, icon: str) -> None:
        """Adds a view below the others."""
        button = self._button(title, icon, f"Ctrl+{len(self._views) + 1}")
        button.setObjectName(f"view-{name}")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._views[name] = button
        self._places.addWidget(button)
        self.order()

    def put_under(self, name: str, widget: QWidget) -> None:
        """Puts something of its own below a view."""
        self._places.insertWidget(self._places.indexOf(self._views[name]) + 1, widget)

    def order(self) -> None:
        """Tab goes from top to bottom, whenever a button was made."""
        stops: list[QPushButton] = []
        for at in range(self._places.count()):
            item = self._places.itemAt(at)
            widget = item.widget() if item else None
            if isinstance(widget, QPushButton):
                stops.append(widget)
            elif widget is not None:
                stops += widget.findChildren(QPushButton)
        for before, after in pairwise([*stops, self._settings, self._fold]):
            self.setTabOrder(before, after)

    def clear(self) -> None:
        """Takes all views away."""
        for button in self._views.values():
            self._group.removeButton(button)
            self._titles.pop(button)
            button.deleteLater()
        self._views.clear()

    def names(self) -> list[str]:
        """The views, from top to bottom."""
        return list(self._views)

    def mark(self, name: str) -> None:
        """Shows which view is in front."""
        if button := self._views.get(name):
            button.setChecked(True)

    @property
    def narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Shows icons alone, or icons with names."""
        changed = narrow != self._narrow
        self._narrow = narrow
        self.setFixedWidth(style.SIDEBAR_NARROW if narrow else style.SIDEBAR_WIDTH)
        for button, title in self._titles.items():
            button.setText("" if narrow else f" {title}")
        if changed:
            self.toggled.emit(narrow)

    def _button(self, title: str, icon: str, keys: str) -> QPushButton:
        button = style.kind(QPushButton("" if self._narrow else f" {title}"), "nav")
        style.set_icon(button, icon)
        button.setAccessibleName(title)
        button.setToolTip(f"{title} ({keys})")
        self._titles[button] = title
        return button
