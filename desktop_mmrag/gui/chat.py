"""How an answer looks: plain text, and its sources as links below."""

from __future__ import annotations

from html import escape

from desktop_mmrag.answer.converse import EXTRACTIVE
from desktop_mmrag.domain import Answer


def answer_html(answer: Answer, why_quoted: str | None) -> str:
    """The answer as HTML; `why_quoted` says why no model wrote it.

    Everything from files is escaped: it is data, never markup.
    """
    text = escape(answer.text).replace("\n", "<br>")
    for citation in answer.citations:
        mark = f"[{citation.n}]"
        text = text.replace(mark, f'<a href="{citation.n}">{mark}</a>')
    sources = "".join(
        f'<p><a href="{c.n}">[{c.n}]</a> {escape(c.path.name)} — {escape(c.quote[:200])}</p>'
        for c in answer.citations
    )
    quoted = ""
    if answer.engine == EXTRACTIVE and why_quoted:
        quoted = f"<p><i>Quoted from your files. {escape(why_quoted)}</i></p>"
    return f"<p>{text}</p>{sources}{quoted}"
