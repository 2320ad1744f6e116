"""Makes text from files harmless for a vision model: data that cannot pose as the chat template's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What runtimes and model families put in a prompt where a picture belongs.
MEDIA_MARKERS = (
    "<__media__>",
    "<__image__>",
    "<image>",
    "<|image|>",
    "<|image_pad|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<start_of_image>",
    "<end_of_image>",
)
# Invisible characters say nothing to a reader; tab and newline stay.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff]")


def plain(text: str, special_tokens: Sequence[str]) -> str:
    """`text` without media markers and without any of `special_tokens`.

    Removal repeats until nothing is left to remove, since taking one token out may join
    the halves of another.
    """
    markers = {*MEDIA_MARKERS, *(token for token in special_tokens if token.strip())}
    # The longest first, so that no token leaves the rest of a longer one behind.
    pattern = re.compile("|".join(map(re.escape, sorted(markers, key=len, reverse=True))))
    text = _INVISIBLE.sub("", text)
    while (cleaned := pattern.sub("", text)) != text:
        text = cleaned
    return text
