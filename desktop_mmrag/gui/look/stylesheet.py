"""The look of every widget as one Qt style sheet, made from the tokens."""

from __future__ import annotations

from pathlib import Path

from desktop_mmrag.gui.look.tokens import (
    CONTROL_HEIGHT,
    GAP,
    GAP_SMALL,
    RADIUS,
    RADIUS_SMALL,
    SCROLL_BAR,
    Tokens,
)

# Text sizes relative to the system's own, so that a person's larger text enlarges all of it.
_SIZES = {"title": 1.55, "heading": 1.15, "small": 0.9}


def stylesheet(tokens: Tokens, points: float, arrows: dict[str, Path]) -> str:
    """All rules. `points`: the system's text size; `arrows`: drawn pictures by name."""
    return "\n".join(
        (
            _text(tokens, points),
            _surfaces(tokens),
            _buttons(tokens),
            _fields(tokens, arrows),
            _lists(tokens, arrows),
            _bars(tokens),
        )
    )


def _text(t: Tokens, points: float) -> str:
    sizes = "\n".join(
        f'QLabel[role="{role}"], QLabel[size="{role}"] {{ font-size: {points * factor:.1f}pt; }}'
        for role, factor in _SIZES.items()
    )
    return f"""
* {{ outline: none; }}
QWidget {{ color: {t.text}; }}
QWidget:disabled {{ color: {t.disabled}; }}
QMainWindow, QDialog, QMessageBox {{ background: {t.window}; }}
QLabel {{ background: transparent; }}
{sizes}
QLabel[role="title"] {{ font-weight: 600; }}
QLabel[role="heading"] {{ font-weight: 600; }}
QMessageBox QLabel#qt_msgbox_label {{ font-weight: 600; min-width: 360px;
    font-size: {points * _SIZES["heading"]:.1f}pt; }}
QLabel[role="quiet"], QLabel[role="small"] {{ color: {t.quiet}; }}
QLabel[role="error"] {{ color: {t.danger}; }}
QLabel[role="success"] {{ color: {t.success}; }}
QLabel[role="warning"] {{ color: {t.warning}; }}
QLabel[role="badge"] {{ background: {t.hover}; color: {t.quiet}; border-radius: {GAP_SMALL}px;
    padding: 1px {GAP_SMALL + 2}px; font-size: {points * 0.85:.1f}pt; }}
QLabel[role="badge"][tone="accent"] {{ background: {t.accent_soft}; color: {t.text}; }}
QLabel[role="badge"][tone="warning"] {{ background: {t.warning_soft}; color: {t.warning}; }}
QLabel[role="badge"][tone="danger"] {{ background: {t.danger_soft}; color: {t.danger}; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
"""


def _surfaces(t: Tokens) -> str:
    return f"""
QFrame[surface="card"] {{ background: {t.raised}; border: 1px solid {t.border};
    border-radius: {RADIUS}px; }}
QFrame[surface="card"]:focus {{ border: 2px solid {t.focus}; }}
QFrame[surface="panel"] {{ background: {t.surface}; border: none; }}
QFrame[surface="sidebar"] {{ background: {t.surface}; border: none;
    border-right: 1px solid {t.border}; }}
QFrame[surface="details"] {{ background: {t.window}; border: none;
    border-left: 1px solid {t.border}; }}
QFrame[surface="status"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.border}; }}
QFrame[surface="banner"] {{ background: {t.accent_soft}; border: none;
    border-radius: {RADIUS}px; }}
QFrame[surface="banner"][tone="warning"] {{ background: {t.warning_soft}; }}
QFrame[surface="banner"][tone="danger"] {{ background: {t.danger_soft}; }}
QFrame#windowBanner {{ margin: {GAP}px {GAP}px 0 {GAP}px; }}
QFrame[surface="line"] {{ background: {t.border}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[surface="drop"] {{ background: {t.raised}; border: 2px dashed {t.accent};
    border-radius: {RADIUS * 2}px; }}
QScrollArea, QScrollArea > QWidget > QWidget, QStackedWidget {{ background: transparent; border: none; }}
QSplitter::handle {{ background: {t.border}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QSplitter::handle:hover {{ background: {t.accent}; }}
"""


def _buttons(t: Tokens) -> str:
    return f"""
QPushButton {{ background: {t.raised}; border: 1px solid {t.control_border};
    border-radius: {RADIUS_SMALL}px; padding: 0 {GAP + 6}px; min-height: {CONTROL_HEIGHT - 2}px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.pressed}; }}
QPushButton:disabled {{ border-color: {t.border}; color: {t.disabled}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: 0 {GAP + 5}px;
    min-height: {CONTROL_HEIGHT - 4}px; }}
QPushButton[kind="primary"], QPushButton:default {{ background: {t.accent}; color: {t.on_accent};
    border: 1px solid {t.accent}; }}
QPushButton[kind="primary"]:hover, QPushButton:default:hover {{ border-color: {t.text}; }}
QPushButton[kind="primary"]:focus, QPushButton:default:focus {{ border: 2px solid {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.hover}; color: {t.disabled};
    border-color: {t.hover}; }}
QPushButton[kind="danger"] {{ color: {t.danger}; border-color: {t.danger}; }}
QPushButton[kind="danger"]:hover {{ background: {t.danger_soft}; }}
QPushButton[kind="quiet"], QToolButton {{ background: transparent; border: 1px solid transparent;
    border-radius: {RADIUS_SMALL}px; }}
QPushButton[kind="quiet"]:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton[kind="quiet"]:pressed, QToolButton:pressed, QToolButton:checked,
QPushButton[kind="quiet"]:checked {{ background: {t.pressed}; }}
QPushButton[kind="quiet"]:focus, QToolButton:focus {{ border: 2px solid {t.focus}; }}
QPushButton[kind="quiet"]:disabled {{ border-color: transparent; }}
QToolButton {{ padding: 5px; }}
QToolButton:focus {{ padding: 4px; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; padding: 0 2px;
    color: {t.accent}; min-height: 0; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.focus}; border-radius: 3px; padding: 0 1px; }}
QPushButton[kind="chip"] {{ background: {t.accent_soft}; border: 1px solid transparent;
    border-radius: 13px; padding: 0 10px; min-height: 24px; max-height: 24px; }}
QPushButton[kind="chip"]:hover {{ border-color: {t.accent}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {t.focus}; padding: 0 9px; min-height: 22px; }}
QPushButton[kind="chip"][tone="minus"] {{ background: {t.danger_soft}; }}
QPushButton[kind="nav"] {{ background: transparent; border: 2px solid transparent; text-align: left;
    border-radius: {RADIUS}px; padding: 0 {GAP + 2}px; min-height: 36px; }}
QPushButton[kind="nav"]:hover {{ background: {t.hover}; }}
QPushButton[kind="nav"]:checked {{ background: {t.accent_soft}; font-weight: 600; }}
QPushButton[kind="nav"]:focus {{ border: 2px solid {t.focus}; padding: 0 {GAP + 2}px; min-height: 36px; }}
"""


def _fields(t: Tokens, arrows: dict[str, Path]) -> str:
    down, check = arrows["down"].as_posix(), arrows["check"].as_posix()
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
    background: {t.raised}; border: 1px solid {t.control_border}; border-radius: {RADIUS_SMALL}px;
    padding: 0 {GAP}px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
    placeholder-text-color: {t.quiet}; }}
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ min-height: {CONTROL_HEIGHT - 2}px; }}
QPlainTextEdit, QTextEdit {{ padding: {GAP_SMALL}px {GAP}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus {{ border: 2px solid {t.focus}; padding: 0 {GAP - 1}px; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
    min-height: {CONTROL_HEIGHT - 4}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {GAP_SMALL - 1}px {GAP - 1}px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled {{
    border-color: {t.border}; }}
QTextBrowser {{ background: transparent; border: 2px solid transparent; }}
QTextBrowser:focus {{ border: 2px solid {t.focus}; padding: {GAP_SMALL}px {GAP}px; }}
QTextBrowser#answer, QTextBrowser#answer:focus {{ padding: 0; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{down}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {{ background: {t.raised};
    border: 1px solid {t.control_border}; border-radius: 0; padding: 4px; }}
QComboBox QAbstractItemView::item {{ min-height: {CONTROL_HEIGHT - 8}px; padding: 0 {GAP_SMALL}px; }}
QComboBoxPrivateContainer {{ border: none; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button {{ width: 0; border: none; }}
QCheckBox, QRadioButton {{ spacing: {GAP}px; border: 2px solid transparent; border-radius: 4px;
    padding: 2px; background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.focus}; }}
QCheckBox[kind="bare"] {{ spacing: 0; border: none; padding: 0; }}
QCheckBox[kind="bare"]::indicator:focus {{ border: 2px solid {t.focus}; width: 14px; height: 14px; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {t.control_border};
    border-radius: 4px; background: {t.raised}; }}
QCheckBox::indicator:hover {{ border-color: {t.accent}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: url("{check}"); }}
QCheckBox::indicator:disabled {{ border-color: {t.border}; background: {t.hover}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.control_border};
    border-radius: 8px; background: {t.raised}; }}
QRadioButton::indicator:checked {{ border: 5px solid {t.accent}; width: 6px; height: 6px; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QSlider:horizontal {{ min-height: 20px; }}
QSlider::groove:horizontal {{ height: 4px; background: {t.pressed}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 16px; height: 16px; margin: -6px 0; border-radius: 8px;
    background: {t.accent}; }}
QSlider:focus {{ border: 1px solid {t.focus}; border-radius: 4px; }}
QProgressBar {{ background: {t.pressed}; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; text-align: center; color: transparent; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
"""


def _lists(t: Tokens, arrows: dict[str, Path]) -> str:
    down, right = arrows["down"].as_posix(), arrows["right"].as_posix()
    return f"""
QListView, QTreeView, QTableView {{ background: {t.window}; border: 2px solid transparent;
    border-radius: {RADIUS_SMALL}px; selection-background-color: {t.accent_soft};
    selection-color: {t.text}; alternate-background-color: {t.surface}; }}
QListView:focus, QTreeView:focus, QTableView:focus {{ border-color: transparent; }}
CellView {{ border: none; }}
QListView::item, QTreeView::item {{ border: 2px solid transparent; border-radius: 4px;
    padding: 4px; }}
QListView::item:hover, QTreeView::item:hover {{ background: {t.hover}; }}
QListView::item:selected, QTreeView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QListView::item:focus, QTreeView::item:focus {{ border-color: {t.focus}; }}
QTreeView::item {{ border-left: none; border-right: none; border-radius: 0; }}
QTreeView::branch {{ background: transparent; }}
QTreeView::branch:selected {{ background: {t.accent_soft}; }}
QTreeView::branch:has-children:open {{ image: url("{down}"); }}
QTreeView::branch:has-children:closed {{ image: url("{right}"); }}
QHeaderView::section {{ background: {t.window}; color: {t.quiet}; border: none;
    border-bottom: 1px solid {t.border}; padding: 6px 8px; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: {RADIUS}px;
    padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {t.accent_soft}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: 4px 8px; }}
"""


def _bars(t: Tokens) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {SCROLL_BAR}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {SCROLL_BAR}px; margin: 0; }}
QScrollBar::handle {{ background: {t.scroll}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 40px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; }}
QScrollBar::handle:hover {{ background: {t.control_border}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTabBar::tab {{ background: transparent; border: none; border-bottom: 2px solid transparent;
    padding: 8px 12px; color: {t.quiet}; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; font-weight: 600; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:focus {{ border: 2px solid {t.focus}; border-radius: 4px; }}
QTabWidget::pane {{ border: none; }}
"""
