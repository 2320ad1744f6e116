"""What is said above the results: how many there are, and what could not be taken as it was meant."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_mmrag.gui.find.finding import Found
from desktop_mmrag.gui.look import in_words
from desktop_mmrag.gui.look.told import sentences, told

translate = QCoreApplication.translate


def count_of(found: Found) -> str:
    """How many items there are; of a search, how many strong ones so far."""
    items = found.arrangement.items
    if not found.wanted.is_search:
        if len(items) == 1:
            return translate("SearchPage", "1 item")
        return translate("SearchPage", "{0} items").format(in_words.number(len(items)))
    strong = sum(not section.weaker and section.count for section in found.arrangement.sections)
    more = "+" if not found.complete and strong == len(items) else ""
    return translate("SearchPage", "{0} found").format(f"{in_words.number(strong)}{more}")


def notes_of(found: Found) -> str:
    """What examples lack, and plain words that looked like filters; mostly nothing."""
    notes = [told(note) for note in found.notes]
    if dropped := found.result.dropped if found.result else ():
        words = ", ".join(f"“{phrase}”" for phrase in dropped)
        notes.append(translate("SearchPage", "Searched for {0} as words.").format(words))
    return sentences(*notes)
