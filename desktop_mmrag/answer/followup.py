"""Makes a follow-up question stand on its own: "and who installed it?" takes its subject from the question before."""

from __future__ import annotations

import re

from desktop_mmrag.answer.question import understand
from desktop_mmrag.answer.wording import content_words, words

# Words that point back. "There" and "that" do so only at an end: "is there a ..." does not.
_POINTS_BACK = re.compile(
    r"\b(?:it|its|he|him|his|she|her|hers|they|them|their|theirs|this|these|those|one|ones|same"
    r"|former|latter)\b|\b(?:there|that|then)\s*[?.!]*$|\b(?:that|this|the same)\s+(?:one|time|day)\b",
    re.IGNORECASE,
)
# "How many receipts are there?" asks of the whole library, whatever came before.
_OF_ALL = re.compile(
    r"^\W*(?:how\s+many|which|what|list)\b.*\b(?:(?:is|are|was|were)\s+there|do\s+(?:i|we)\s+have)"
    r"\s*[?.!]*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\W*(?:and|but|so|then|also|or|why|how come)\b", re.IGNORECASE)
_INSTEAD = re.compile(
    r"^\W*(?:and|but|ok|okay|so)?\W*(?:what|how)\s+about\s+(?P<rest>.+)$"
    r"|^\W*(?:and|or)\s+(?P<other>(?:in|on|at|from|for|with|by|of|to|near|during)\s.+)$",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:in|on|at|from|for|with|by|of|to|near|during|before|after|since)"
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
# Shorter than this, a question without a verb of its own hardly names a subject.
_FEW_WORDS = 1


def standalone(question: str, before: str | None) -> str:
    """The question with what it leaves out, given the question before as it stood alone.

    A question that names its own subject comes back unchanged.
    """
    if not before:
        return question
    instead = _INSTEAD.match(question)
    if instead:
        return _with_replaced(before, (instead["rest"] or instead["other"]).strip(" ?.!"))
    if not _leans_back(question):
        return question
    said = set(words(question))
    subject = [word for word in _subject(before) if not set(words(word)) <= said]
    return f"{question} ({' '.join(subject)})" if subject else question


def _leans_back(question: str) -> bool:
    whole = question.rstrip(" ?.!").removesuffix("there")
    if _OF_ALL.search(question) and not _POINTS_BACK.search(whole):
        return False
    short = len(content_words(question)) <= _FEW_WORDS
    return bool(_POINTS_BACK.search(question) or _GOES_ON.match(question) or short)


def _subject(question: str) -> list[str]:
    """What a question is about, as written; the value it asked for is not part of that."""
    asked = understand(question)
    wanted = set(asked.subject) or set(asked.words)
    bare = [token.strip("?!,;:()\"“”'") for token in question.split()]
    return [token for token in bare if set(words(token)) & wanted or token.lower() == "dated"]


def _with_replaced(before: str, fragment: str) -> str:
    """The question before, about `fragment` instead: in place of a year, month, or phrase like it."""
    plain = before.rstrip(" ?.!")
    for pattern in (_YEAR, _MONTH):
        if pattern.search(fragment) and pattern.search(plain):
            # "May" and "in May" both stand for the month alone.
            return pattern.sub(pattern.search(fragment)[0], plain) + "?"  # type: ignore[index]
    preposition = re.match(rf"{_PREPOSITION}\b", fragment, re.IGNORECASE)
    if preposition:
        phrase = re.compile(
            rf"\b{re.escape(preposition[0])}\s+(?:(?!\b{_PREPOSITION}\b).)+$", re.IGNORECASE
        )
        if phrase.search(plain):
            return f"{phrase.sub(lambda _: fragment, plain)}?"
        return f"{plain} {fragment}?"
    return _about_another(plain, fragment)


def _about_another(plain: str, fragment: str) -> str:
    """A new noun: asked for instead ("the address"), or asked about ("Oslo")."""
    own = re.match(r"(?:the|its|his|her|their)\s+(?P<noun>.+)", fragment, re.IGNORECASE)
    if own and understand(f"What is {fragment}?").kind is not None:
        return f"What is the {own['noun']} of {' '.join(_subject(plain))}?"
    names = re.compile(r"(?:\s[A-Z][\w’'-]*)+$")
    if fragment[:1].isupper() and names.search(plain):
        return f"{names.sub(' ' + fragment, plain)}?"
    return f"{plain} {fragment}?"
