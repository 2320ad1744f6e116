"""The words of an e-mail that its writer wrote: replies that it quotes and signatures are left out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup

from desktop_mmrag.extract.documents.body import BodyBuilder
from desktop_mmrag.extract.notes import webpage

# "On 3 May 2024 at 10:12, Ada wrote:" in the languages that mail programs write it in most.
_INTRODUCTION = re.compile(
    r"(?:on|am|le|el|op|den|il|em)\b.{6,180}?"
    r"(?:wrote|schrieb.{0,80}|a écrit|escribió|schreef.{0,80}|skrev.{0,80}|ha scritto|escreveu)\s?:",
    re.IGNORECASE | re.DOTALL,
)
_DIVIDER = re.compile(
    r"-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|oorspronkelijk bericht|opprinnelig melding)\s*-{2,}|_{20,}",
    re.IGNORECASE,
)
_HEADER_BLOCK = re.compile(
    r"(?:from|von|de|fra|van):[^\n]+\n(?:[^\n]{0,200}\n){0,2}?(?:sent|gesendet|envoyé|date|sendt|datum|verzonden|enviado):",
    re.IGNORECASE,
)
_QUOTED_PARTS = (
    'blockquote[type="cite"], .gmail_quote, .moz-cite-prefix, #divRplyFwdMsg, .yahoo_quoted,'
    " #appendonsend, .protonmail_quote, .tutanota_quote"
)
_FORWARDED = re.compile(
    r"(?im)^\W*(?:begin )?forwarded message|^\W*weitergeleitete nachricht|\bfwd?:"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a message, plain or as a page."""

    text: str
    is_page: bool


def name_of(content_id: str) -> str:
    """The file name under which a page's picture of this Content-ID is known."""
    return f"{hashlib.sha256(content_id.encode('utf-8', 'replace')).hexdigest()[:16]}.png"


def write(body: Body, builder: BodyBuilder) -> None:
    """Writes the writer's own words; for a page with its tables and pictures."""
    if not body.is_page:
        for line in own_words(body.text).split("\n"):
            builder.add(line.rstrip())
            builder.line_end(1 if line.strip() else 2)
        return
    soup = BeautifulSoup(body.text, "html.parser")
    if not _FORWARDED.search(soup.get_text("\n")[:4000]):
        for part in soup.select(_QUOTED_PARTS):
            part.decompose()
    for shown in soup.find_all("img"):
        source = str(shown.get("src") or "")
        if source.lower().startswith("cid:"):
            shown["src"] = name_of(source[4:])
    builder.append(webpage.read(str(soup)))


def own_words(text: str) -> str:
    """A plain text without what it quotes and without the signature; all of it when nothing is left."""
    if _FORWARDED.search(text[:4000]):
        return text
    kept = text
    for mark in (_DIVIDER, _INTRODUCTION, _HEADER_BLOCK):
        for match in mark.finditer(kept):
            before = kept.rfind("\n", 0, match.start()) + 1
            at_line_start = not kept[before : match.start()].strip(" \t>*")
            if at_line_start and _is_quotation(mark, kept, match):
                kept = kept[:before] + (
                    "" if mark is not _INTRODUCTION else _unquoted(kept[match.end() :])
                )
                break
    kept = "\n".join(line for line in kept.split("\n") if not line.startswith(">"))
    kept = re.split(r"(?m)^-- ?$", kept, maxsplit=1)[0]
    return kept.strip() or text.strip()


def _is_quotation(mark: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    """An introduction counts only with quoted lines below it."""
    if mark is not _INTRODUCTION:
        return True
    return text[match.end() :].lstrip().startswith(">") or not text[match.end() :].strip()


def _unquoted(text: str) -> str:
    """What the writer put below or between the lines of a quotation."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
