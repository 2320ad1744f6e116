"""Other names under which a thing stands on paper: "total" for "sum", "tel" for "phone"."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_mmrag.answer.wording import words

# As stems that `words` gives.
_SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(stem for name in names.split() for stem in words(name))
    for names in (
        "total totals ttl tl sum gesamt summe suma totalt",
        "amount amt sum betrag importe",
        "price cost costs fee charge preis precio",
        "phone telephone tel mobile cell hp handphone hotline contact",
        "date dated datum fecha dato",
        "number no nr num id code",
        "invoice inv bill",
        "quantity qty",
        "address addr",
        "cashier served operator",
        "email mail",
        "departure depart departs leave leaves dep",
        "arrival arrive arrives arr",
        "start starts begin begins doors",
    )
)


def named(word: str, present: Sequence[str]) -> float:
    """1 for the word itself, 0.9 for another name of the thing, 0.8 with one letter misread."""
    if word in present:
        return 1.0
    same = [group for group in _SYNONYMS if word in group]
    if any(other in group for group in same for other in present):
        return 0.9
    return 0.8 if any(_misread(word, other) for other in present) else 0.0


def _misread(word: str, other: str) -> bool:
    if len(word) != len(other) or len(word) < 5:
        return False
    return sum(a != b for a, b in zip(word, other, strict=True)) == 1
