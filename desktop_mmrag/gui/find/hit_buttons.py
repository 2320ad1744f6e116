"""The buttons beside a hit that is looked at: open, show in folder, find similar, and the rest in a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop_mmrag.domain import Hit
from desktop_mmrag.gui.find.hit_actions import HitActions
from desktop_mmrag.gui.look import style


class HitButtons(QWidget):
    """Acts on the hit that was set last."""

    def __init__(self, actions: HitActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._hit: Hit | None = None
        self._open = QPushButton(self.tr("Open"))
        self._open.setObjectName("open")
        style.set_icon(self._open, "open", "text", style.ICON_SMALL)
        self._open.clicked.connect(self._do(lambda hit: actions.open([hit])))
        self._folder = self._tool("sources", self.tr("Show in folder"), actions.show_in_folder)
        self._similar = self._tool(
            "similar", self.tr("Find similar"), lambda hit: actions.similar([hit])
        )
        self._more = self._tool("more", self.tr("More"), self._show_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP_SMALL)
        for widget in (self._open, self._folder, self._similar, self._more):
            row.addWidget(widget)
        row.addStretch(1)

    def set_hit(self, hit: Hit | None) -> None:
        """What the buttons act on."""
        self._hit = hit
        self.setVisible(hit is not None)
        if hit:
            self._open.setEnabled(hit.online)
            self._folder.setEnabled(hit.online)

    def _tool(self, icon: str, words: str, act: Callable[[Hit], None]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(icon)
        style.set_icon(button, icon)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(self._do(act))
        return button

    def _do(self, act: Callable[[Hit], None]) -> Callable[[], None]:
        def done() -> None:
            if self._hit:
                act(self._hit)

        return done

    def _show_menu(self, hit: Hit) -> None:
        at = self._more.mapToGlobal(self._more.rect().bottomLeft())
        self._actions.show_menu([hit], at)
