"""Questions about the library as a whole: "how many", "list all", "when was the last" of things that it keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop_mmrag.domain import Medium


class Aim(StrEnum):
    """What a question about the whole library wants."""

    COUNT = "count"
    LIST = "list"
    LATEST = "latest"
    EARLIEST = "earliest"


@dataclass(frozen=True, slots=True)
class TallyRequest:
    """What is counted, listed or dated."""

    aim: Aim
    noun: str
    """As written: "photos", "receipts"; empty for "the last time ..."."""
    media: frozenset[Medium]
    """The media that the noun names; none for receipts, files and the like."""
    named: tuple[str, ...]
    """Words that files of this kind carry: ("receipt", "invoice"); none for a medium."""
    rest: str
    """What narrows it: words, dates, places."""
    without: str = ""
    """What they must not hold: "eggs" of "recipes without eggs"."""
    certain: bool = True
    """False for a noun that is the library's only if many contents carry it."""


_MEDIUM_NOUNS = {
    Medium.PHOTO: r"photos?|photographs?|pictures?|images?|snapshots?|pics?|selfies?",
    Medium.NOTE: r"notes?",
    Medium.DOCUMENT: r"documents?|pdfs?|papers?",
    Medium.AUDIO: r"recordings?|voice memos?|voice notes?|audio files?",
    Medium.VIDEO: r"videos?|films?|clips?|movies?",
}
_ANY_NOUNS = r"files?|items?|sources?"
# What such things call themselves; a receipt says "tax invoice" or "cash sales" at least as often.
_KIND_NOUNS = {
    r"receipts?": ("receipt", "invoice", "cash bill", "cash sales"),
    r"invoices?": ("invoice",),
    r"bills?": ("bill", "invoice"),
    r"tickets?": ("ticket",),
    r"letters?": ("letter", "dear"),
    r"recipes?": ("recipe", "ingredients"),
    r"contracts?": ("contract", "agreement"),
    r"certificates?": ("certificate",),
    r"screenshots?": ("screenshot",),
    r"bank statements?": ("bank statement",),
    r"postcards?": ("postcard",),
    r"e-?mails?": ("email", "e-mail", "subject"),
    r"slides?|presentations?": ("slides", "presentation"),
    r"diary entries|journal entries": ("journal", "diary"),
}
_NOUNS = "|".join([*_MEDIUM_NOUNS.values(), _ANY_NOUNS, *_KIND_NOUNS])

_SUM = re.compile(
    rf"\b(?:sum|total|average|altogether|in total)\b.*\b(?P<noun>{_NOUNS})\b"
    rf"|\b(?:(?P<one>{_NOUNS})\b.*)?\b(?:most|least) expensive\b|\b(?P<other>{_NOUNS})\b.*\bcheapest\b",
    re.IGNORECASE,
)

_COUNT = re.compile(
    r"^\W*(?:(?:so|and|but|then)\s+)?(?:how many(?:\s+of)?|count(?:\s+all)?(?:\s+of)?"
    r"|(?:what(?:'s|’s|\s+is)\s+)?the\s+(?:total\s+)?number of)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^\W*(?:please\s+)?(?:(?:can|could)\s+you\s+)?(?:"
    r"(?:list|show(?:\s+me)?|give\s+me|find(?:\s+me)?|name)\s+(?:all|every|each)(?:\s+of)?"
    r"|list|(?:which|what)(?!\s+(?:is|was|are|were)\b)"
    r"|(?:which|what)\s+are(?:\s+all)?)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_LATEST = r"last|latest|newest|most\s+recent"
_EARLIEST = r"first|earliest|oldest"
_WHEN = re.compile(
    rf"^\W*(?:and\s+)?(?:when\s+(?:was|were|is)\s+(?:the|my|our)\s+(?P<which>{_LATEST}|{_EARLIEST})"
    rf"|when\s+did\s+(?:i|we)\s+(?P<did>last|first)"
    rf"|(?:what|which)\s+(?:is|was|are|were)\s+(?:the|my|our)\s+(?P<what>{_LATEST}|{_EARLIEST}))"
    r"\s+(?P<time>time\s+(?:that\s+)?)?(?P<rest>.+)$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:(?:the|my|our|all|different|of)\s+)+", re.IGNORECASE)
_NOUN = re.compile(
    rf"^(?P<before>(?:[\w'’-]+\s+){{0,2}}?)(?P<noun>{_NOUNS})\b(?P<after>.*)$", re.IGNORECASE
)
_NO_ADJECTIVE = re.compile(
    r"\b(?:is|are|was|were|be|in|on|of|at|by|to|for|from|with|the|a|did|do|does|has|have|had)\b",
    re.IGNORECASE,
)
# "How many tickets were sold" asks a fact of the world, "how many tickets are from 2019" the library.
_ABOUT_LIBRARY = re.compile(
    r"^\s*(?:$|[?.!,]"
    r"|(?:do|did|have|had|can)\s+(?:i|we|you)\b|(?:i|we)\s|(?:are|were|is)\s+there\b"
    r"|(?:(?:that|which|who)\s+)?(?:(?:are|were|is|was)\s+)?"
    r"(?:from|of|with|in|about|on|at|by|before|after|since|between|during|for|to|taken|made|dated"
    r"|showing|mentioning|containing|named|called|near|where|scanned|written|tagged)\b"
    r"|(?:that\s+|which\s+)?(?:(?:do|does|did)\s*(?:not|n['’]t)\s+)?"
    r"(?:mention|show|contain|hold|say|include|have|talk|use|need)s?\b|(?:that\s+|which\s+)?has\s+no\b"
    r"|without\b|not\s+\w+ing\b"
    r"|(?:last|this|yesterday|today)\b|\d{4})",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_OWNED = re.compile(
    r"\b(?:do|have|did)\s+(?:i|we)\s+(?:have|get|got|keep|kept|save|saved|receive|received|write"
    r"|written|scan|scanned|own)\b|\bin\s+(?:my|the|our)\s+(?:library|files|folders?|collection)\b",
    re.IGNORECASE,
)
# Talk about having and showing, which no file needs to hold.
_TALK = re.compile(
    r"\b(?:(?:do|did|have|had|can|are|were)\s+(?:i|we|you|there)\s*"
    r"(?:have|got|take|taken|make|made|keep|kept|save|saved|find|get|receive|received|write|written"
    r"|scan|scanned|own)?"
    r"|in\s+(?:my|the|our)\s+(?:library|files|folders?|collection)|(?:that|which)\b"
    r"|mention(?:s|ing)?|show(?:s|ing)?|contain(?:s|ing)?|hold(?:s|ing)?|include(?:s|ing)?"
    r"|talk(?:s|ing)?\s+about|taken|dated|about|altogether|in\s+total|i|we|my|our|me|us)\b",
    re.IGNORECASE,
)
_HOLDING = r"(?:contain|show|mention|include|hold|use|have|need|say)"
_WITHOUT = re.compile(
    rf"\b(?:without(?:\s+any)?|(?:{_HOLDING}s?|has|with|containing|using|showing)\s+no"
    rf"|(?:do|does|did)\s*(?:not|n['’]t)\s+{_HOLDING}(?:\s+any)?"
    rf"|not\s+(?:containing|showing|mentioning|including|using))\s+"
    # Days and places after it narrow what is counted.
    r"(?P<what>[^?.!]+?)(?=\s*[?.!]|\s*$|\s+(?:from|in|near|at|on|since|before|after|between|during)\b)",
    re.IGNORECASE,
)


def read_request(question: str) -> TallyRequest | None:
    """None for a question that is not about the library as a whole."""
    when = _WHEN.match(question)
    if when:
        return _dated(when, question)
    for aim, pattern in ((Aim.COUNT, _COUNT), (Aim.LIST, _LIST)):
        match = pattern.match(question)
        if match:
            return _of_noun(aim, match["rest"]) or _of_free_noun(aim, match["rest"])
    return None


def _dated(when: re.Match[str], question: str) -> TallyRequest | None:
    which = when["which"] or when["did"] or when["what"]
    aim = Aim.LATEST if re.fullmatch(_LATEST, which, re.IGNORECASE) else Aim.EARLIEST
    request = _of_noun(aim, when["rest"])
    if request:
        return request
    # "When was the last time the Broncos won" asks a fact of the world, unless "we" were there.
    if when["what"] or not (when["time"] or when["did"] or _MINE.search(question)):
        return None
    if not _MINE.search(question):
        return TallyRequest(aim, "", frozenset(), (), _narrowing(when["rest"]), certain=False)
    return TallyRequest(aim, "", frozenset(), (), _narrowing(when["rest"]))


def _of_noun(aim: Aim, text: str) -> TallyRequest | None:
    match = _NOUN.match(_LEADING.sub("", text))
    if not match or _NO_ADJECTIVE.search(match["before"]):
        return None
    if not _ABOUT_LIBRARY.match(match["after"]):
        return None
    noun = match["noun"].lower()
    without = _WITHOUT.search(match["after"])
    after = _WITHOUT.sub(" ", match["after"])
    rest = _narrowing(f"{match['before']} {after}")
    media = frozenset(m for m, names in _MEDIUM_NOUNS.items() if re.fullmatch(names, noun))
    named = next((words for names, words in _KIND_NOUNS.items() if re.fullmatch(names, noun)), ())
    return TallyRequest(aim, noun, media, named, rest, without["what"] if without else "")


def _of_free_noun(aim: Aim, text: str) -> TallyRequest | None:
    """ "How many warranties do I have": a kind of file if enough files carry the word."""
    owned = _OWNED.search(text)
    if not owned:
        return None
    noun = _LEADING.sub("", text[: owned.start()]).strip().lower()
    if not noun or len(noun.split()) > 2 or _NO_ADJECTIVE.search(noun):
        return None
    rest = _narrowing(text[owned.end() :])
    return TallyRequest(aim, noun, frozenset(), (noun,), rest, certain=False)


def _narrowing(text: str) -> str:
    return " ".join(_TALK.sub(" ", text).split()).strip(" ?.!,")


def compares_amounts(question: str) -> bool:
    """Whether amounts of many files would have to be added up or compared."""
    match = _SUM.search(question)
    return match is not None and (match["noun"] is None or match["noun"].lower().endswith("s"))
