"""The views of the window in the order of the sidebar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop_mmrag.gui.ask.chat import AskPage
from desktop_mmrag.gui.find.search_page import SearchPage
from desktop_mmrag.gui.groups.duplicates_page import DuplicatesPage
from desktop_mmrag.gui.map.map_page import MapPage
from desktop_mmrag.gui.models.models_page import ModelsPage
from desktop_mmrag.gui.sources.sources import SourcesPage
from desktop_mmrag.gui.wiring import Wiring

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PageKind:
    """One view: its name within the program, how it is called, its icon, and how it is made."""

    name: str
    title: str
    icon: str
    make: Callable[[Wiring], QWidget]
    listens: bool = True
    """Whether other pages talk to it, so that it is made at the start; else when first wanted."""


def page_kinds() -> list[PageKind]:
    """All views."""
    return [
        PageKind("find", translate("Views", "Find"), "find", SearchPage),
        PageKind("ask", translate("Views", "Ask"), "ask", AskPage),
        PageKind("map", translate("Views", "Map"), "map", MapPage, False),
        PageKind("duplicates", translate("Views", "Duplicates"), "copy", DuplicatesPage, False),
        PageKind("sources", translate("Views", "Sources"), "sources", SourcesPage),
        PageKind("models", translate("Views", "Models"), "models", ModelsPage, False),
    ]
