"""Turns a conversation into prompt parts through the model's own chat template, keeping template and data apart."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

# A template for plain strings prints a list of typed parts instead of walking over it.
_PRINTED_LIST = re.compile(r"""["']type["']:\s*["']text["']""")


class TemplateUnusable(Exception):
    """The chat template cannot render this conversation."""


@dataclass(frozen=True, slots=True)
class TemplateText:
    """Words of the template itself; its special tokens are meant."""

    text: str


@dataclass(frozen=True, slots=True)
class DataText:
    """Words of a turn; nothing in them is ever a special token."""

    text: str


@dataclass(frozen=True, slots=True)
class PicturePlace:
    """Where the picture with this number stands, counted over the whole conversation from 0."""

    number: int


PromptPart = TemplateText | DataText | PicturePlace


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn with the numbers of its pictures, which come before its text."""

    speaker: str
    text: str
    pictures: tuple[int, ...] = ()


def prompt_parts(
    template: str, turns: Sequence[Turn], beginning: str = "", end: str = ""
) -> list[PromptPart]:
    """The prompt that asks for the assistant's next turn.

    `beginning` and `end` are the texts of the vocabulary's first and last token. The turns
    are rendered as place holders and put back afterwards, so that the template cannot
    mistake data for its own markup. Raises TemplateUnusable.
    """
    places = _Places()
    # Typed parts first: templates that know them place pictures as the model was trained.
    for shape in (_as_list, _as_text):
        for candidate in (turns, _without_system(turns)):
            messages = [shape(turn, places) for turn in candidate]
            rendered = _render(template, messages, beginning, end)
            if rendered is not None and places.all_in_order(rendered, candidate):
                return places.put_back(rendered)
    raise TemplateUnusable("its chat template cannot render this conversation")


class _Places:
    """Place holders that no template and no file can contain by chance."""

    def __init__(self) -> None:
        self._mark = f"p{secrets.token_hex(8)}x"
        self._pattern = re.compile(rf"{self._mark}(\d+)e")
        self._parts: list[DataText | PicturePlace] = []

    def hold(self, turn: Turn) -> list[str]:
        pictures = [self._hold_one(PicturePlace(number)) for number in turn.pictures]
        return [*pictures, self._hold_one(DataText(turn.text))]

    def _hold_one(self, part: DataText | PicturePlace) -> str:
        if part not in self._parts:
            self._parts.append(part)
        return f"{self._mark}{self._parts.index(part)}e"

    def all_in_order(self, rendered: str, turns: Sequence[Turn]) -> bool:
        if _PRINTED_LIST.search(rendered):
            return False
        wanted = [holder for turn in turns for holder in self.hold(turn)]
        return [match.group() for match in self._pattern.finditer(rendered)] == wanted

    def put_back(self, rendered: str) -> list[PromptPart]:
        pieces = self._pattern.split(rendered)
        # split with one group alternates: text, number, text, number, ..., text
        parts: list[PromptPart] = []
        for index, piece in enumerate(pieces):
            part = self._parts[int(piece)] if index % 2 else TemplateText(piece)
            if isinstance(part, PicturePlace) or part.text:
                parts.append(part)
        return parts


def _as_list(turn: Turn, places: _Places) -> dict[str, Any]:
    """For templates that walk over typed parts."""
    content = [{"type": "text", "text": holder} for holder in places.hold(turn)]
    return {"role": turn.speaker, "content": content}


def _as_text(turn: Turn, places: _Places) -> dict[str, Any]:
    return {"role": turn.speaker, "content": "\n".join(places.hold(turn))}


def _without_system(turns: Sequence[Turn]) -> list[Turn]:
    """For templates that know no system turn: its words open the first user turn."""
    system = "\n\n".join(turn.text for turn in turns if turn.speaker == "system")
    others = [turn for turn in turns if turn.speaker != "system"]
    if not system or not others:
        return others
    first = others[0]
    return [Turn(first.speaker, f"{system}\n\n{first.text}", first.pictures), *others[1:]]


def _render(
    template: str, messages: Sequence[Mapping[str, Any]], beginning: str, end: str
) -> str | None:
    """None when the template refuses messages of this shape."""
    # A template comes out of a downloaded file: the sandbox keeps it from reaching Python.
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols]
    )
    try:
        return environment.from_string(template).render(
            messages=messages,
            add_generation_prompt=True,
            bos_token=beginning,
            eos_token=end,
            enable_thinking=False,
            raise_exception=_refuse,
            strftime_now=_no_clock(),
        )
    except (TemplateError, TypeError, ValueError, KeyError, IndexError, AttributeError):
        return None


def _refuse(message: str) -> None:
    raise TemplateError(message)


def _no_clock() -> Callable[[str], str]:
    # A changing date at the start of the prompt would throw away the cached prefix.
    return lambda _format: ""
