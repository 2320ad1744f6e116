"""Text of files without what a chat template, the prompt or a citation would be read from."""

from __future__ import annotations

import re

_MARKERS = re.compile(
    r"<\|[^<>|\n]{1,40}\|>|<[｜|][^<>\n]{1,40}[｜|]>"
    r"|</?(?:s|bos|eos|pad|unk|im_start|im_end|think|start_of_turn|end_of_turn|start_of_image"
    r"|end_of_image|image|img|video|audio|fake_token_around_image|global-img|__[a-z]+__)\b[^<>\n]{0,20}>"
    r"|<(?:__media__|__image__|row_\d+_col_\d+|end_of_utterance)>|\[/?INST\]|<</?SYS>>",
    re.IGNORECASE,
)
_FORGED_CITATION = re.compile(
    r"[\[【]((?:sources?\s*)?\d{1,3}(?:\s*(?:,|;|&|and|-|–)\s*(?:sources?\s*)?\d{1,3})*)[\]】]",
    re.IGNORECASE,
)
_QUOTES = re.compile(r'"{3,}')


def harmless(text: str) -> str:
    """For a prompt: without special tokens and media markers, with citations defused and
    triple quotes made single ones.
    """
    while (cleaned := _MARKERS.sub("", text)) != text:
        text = cleaned
    return _QUOTES.sub('"', defused(text))


def defused(text: str) -> str:
    """A file's own [7] reads (7): in an answer only this program's numbers are citations."""
    return _FORGED_CITATION.sub(r"(\1)", text)
