"""Answers who wrote a note or a document from what the file says of its author."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_mmrag.answer.draft import Claim, evidence_of
from desktop_mmrag.answer.sources import Source, Statement
from desktop_mmrag.answer.wording import informative, words
from desktop_mmrag.domain import Whole

_KINDS = (
    r"notes?|documents?|files?|pdfs?|reports?|papers?|articles?|letters?|texts?|pages?"
    r"|notiz|dokument|datei|bericht|brief"
)
# "Who wrote Hamlet?" asks nothing of a file; "who wrote the note on Hamlet?" does.
_ASKED = re.compile(
    rf"\b(?:who\s+(?:wrote|has\s+written|is\s+the\s+(?:author|writer)\s+of)|author\s+of"
    rf"|wer\s+(?:hat|schrieb)|autor(?:in)?\s+(?:von|der|des))\b.*\b(?:{_KINDS})\b"
    rf"|\bwho\s+was\b.*\b(?:{_KINDS})\b.*\bwritten\s+by\b",
    re.I,
)
_ASKING = re.compile(
    rf"\b(?:who|wrote|written|author(?:in)?|autor(?:in)?|writer|wer|hat|schrieb|geschrieben|{_KINDS})\b",
    re.I,
)
# So much of what it is said to be about stands in the file.
_ABOUT = 0.6


def author_of(question: str, sources: Sequence[Source]) -> Claim | None:
    """The author of the best source that the question is about; None when nobody is named.

    A source that fits better but names nobody stands in the way: another's author wrote another.
    """
    if not _ASKED.search(question):
        return None
    subject = informative(_ASKING.sub(" ", question))
    fits = [(_fit(subject, source), -rank, source) for rank, source in enumerate(sources)]
    best = max(fits, key=lambda fit: fit[:2], default=None)
    if best is None or best[0] < _ABOUT or not best[2].facts.author:
        return None
    source, author = best[2], str(best[2].facts.author)
    known = Statement(f"{source.path.name}: written by {author}", Whole())
    return Claim(author, (evidence_of(source, known),))


def _fit(subject: Sequence[str], source: Source) -> float:
    """The share of the subject in the file's text, name and title; nothing when none is named."""
    held = set(words(f"{source.text}\n{source.path.stem}\n{source.facts.title or ''}"))
    return sum(word in held for word in subject) / len(subject) if subject else 0.0
