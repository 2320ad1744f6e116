"""What the rooms without Qt said in a finished sentence, in the person's language."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from desktop_mmrag.gui.look.core_sentences import SENTENCES

translate = QCoreApplication.translate
_ENDS = (".", "!", "?", "。", "！", "？")
_GAP = re.compile(r"\{\d\}")
# Where a sentence holds the title of a failure or a setting, that has a context of its own.
_CONTEXTS = ("Core", "Errors", "Settings")


def told(said: str) -> str:
    """A sentence of the core translated, with what was filled into it; else as it is."""
    if (whole := _exact(said)) != said:
        return whole
    if (parts := _in_parts(said)) != said:
        return parts
    if (found := _pattern_of(said)) is None:
        return said
    sentence, (first, *others) = found
    # What comes first is the name of a file, but for settings.
    first = _exact(first) if sentence.startswith("“{0}” (") else first
    return _exact(sentence).format(first, *(told(part) for part in others))


def sentences(*parts: str) -> str:
    """One after the other, each with its full stop; empty ones are left out."""
    together = ""
    for part in filter(None, parts):
        ended = part if part.endswith(_ENDS) else translate("Core", "{0}.").format(part)
        together = translate("Core", "{0} {1}").format(together, ended) if together else ended
    return together


def _exact(words: str) -> str:
    for context in _CONTEXTS:
        if (translated := translate(context, words)) != words:
            return translated
    return words


def _in_parts(said: str) -> str:
    """Two sentences, or a title before what happened."""
    for joint in (": ", ". "):
        head, _, rest = said.partition(joint)
        ends = joint == ". "
        first = f"{head}." if ends else head
        if rest and ((known := _exact(first)) != first):
            joined = translate("Core", "{0} {1}") if ends else translate("Core", "{0}: {1}")
            return joined.format(known, told(rest))
    return said


@lru_cache(4096)
def _pattern_of(said: str) -> tuple[str, tuple[str, ...]] | None:
    for sentence, pattern in _patterns():
        if match := pattern.fullmatch(said):
            return sentence, match.groups()
    return None


@lru_cache(1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Those that say most in words of their own come first: they fit most exactly."""
    gapped = [sentence for sentence in SENTENCES if _GAP.search(sentence)]
    gapped.sort(key=lambda sentence: -len(_GAP.sub("", sentence)))
    return [(sentence, _pattern(sentence)) for sentence in gapped]


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, _GAP.split(sentence))), re.DOTALL)
