"""Words as answering compares them: folded, stemmed, and without those that carry no meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop_mmrag.retrieve import stopwords

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Chinese, Japanese kana and Hangul are written without spaces between words.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def fold(text: str) -> str:
    """Lower case without accents: "Café" and "CAFE" are the same word."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Stems in order, stop words included. Unspaced scripts give overlapping pairs of characters."""
    return [stem for match in _WORD.finditer(fold(text)) for stem in _stems(match.group())]


def content_words(text: str) -> tuple[str, ...]:
    """The words of `text` as they are written, without stop words; none when all are."""
    written = [match.group() for match in _WORD.finditer(text)]
    left = stopwords.informative(written)
    # Stop words alone are given back whole there; here they are nothing.
    return () if left == tuple(written) and _all_common(written) else left


def informative(text: str) -> tuple[str, ...]:
    """Stems without stop words, each once, in order."""
    return tuple(dict.fromkeys(stem for word in content_words(text) for stem in words(word)))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cuts English endings of verbs and plurals; crude, but the same on both sides compared."""
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word[: len(word) - len(ending)]) + replacement
    return word


def _stems(word: str) -> list[str]:
    if _UNSPACED.fullmatch(word):
        return [word[i : i + 2] for i in range(max(1, len(word) - 1))]
    return [stem(re.sub(r"['’]s?$|['’]", "", word))]


def _all_common(written: list[str]) -> bool:
    # A rare word beside them shows whether they are stop words or merely all informative.
    return stopwords.informative([*written, "zyzzyva"]) == ("zyzzyva",)


def _undoubled(word: str) -> str:
    """ "stopp" (of "stopped") becomes "stop"; "call" and "miss" are left."""
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word


_ENDINGS = (
    ("ations", "at"),
    ("ation", "at"),
    ("ies", "y"),
    ("ied", "y"),
    ("ings", ""),
    ("ing", ""),
    ("ers", ""),
    ("ed", ""),
    ("er", ""),
    ("sses", "ss"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)
