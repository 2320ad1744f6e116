"""Labels that show what they are given as it is: names and words from files are never markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from desktop_mmrag.gui.look import style


def plain(
    text: str = "",
    role: str = "",
    *,
    wrap: bool = False,
    selectable: bool = False,
    name: str = "",
) -> QLabel:
    """A label of plain text. `role`: see `style.role`; `name`: its object name."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setObjectName(name)
    if role:
        style.role(label, role)
    if selectable:
        # Without the keyboard flag: it would make every line of text a stop for Tab.
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def as_markup(text: str) -> str:
    """Plain text for tool tips and boxes, which guess whether they are given markup."""
    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>" if text else ""


def name_clear_button(field: QLineEdit) -> None:
    """Gives the button that empties a field a name for screen readers; Qt leaves it nameless."""
    for action in field.findChildren(QAction):
        if action.objectName() == "_q_qlineeditclearaction":
            action.setText(QCoreApplication.translate("Look", "Empty the field"))


class Elided(QLabel):
    """One line that gives way in the middle or at its end when there is no room for it."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._whole, self._mode = "", mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            style.role(self, role)
        self.say(text)

    def say(self, text: str) -> None:
        """Shows another text; the tool tip has all of it where it is cut."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    @property
    def whole(self) -> str:
        """The text before it was cut."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cuts anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(as_markup(self._whole) if shown != self._whole else "")
