"""`settings`: list what can be chosen, look at one, choose another value."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop_mmrag.application import Application
from desktop_mmrag.cli import output
from desktop_mmrag.errors import SettingInvalid
from desktop_mmrag.settings import Settings

_YES, _NO = ("true", "on", "yes"), ("false", "off", "no")


def settings(arguments: argparse.Namespace, library: Path | None) -> None:
    """`settings [NAME [VALUE...]]`: all of them, one with its help, or one set anew."""
    shown = [arguments.name] if arguments.name else _names()
    _check_known(shown)
    with Application(library) as application:
        if arguments.values:
            value = understood(arguments.name, arguments.values)
            application.apply(application.settings.replace(**{arguments.name: value}))
        values = {name: getattr(application.settings, name) for name in shown}
    if arguments.json:
        output.print_json(values)
        return
    for name, value in values.items():
        print(f"{name} = {json.dumps(value, ensure_ascii=False)}")
        if arguments.name:
            _explain(name)


def understood(name: str, typed: Sequence[str]) -> Any:
    """What was typed, as the kind of value that the setting has; "" empties a list.

    Raises SettingInvalid.
    """
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        return tuple(word for word in typed if word)
    text = " ".join(typed)
    if isinstance(default, bool):
        if text.lower() in (*_YES, *_NO):
            return text.lower() in _YES
        raise SettingInvalid(f"{name} is on or off, not {text!r}.")
    if isinstance(default, str):
        return text
    try:
        return type(default)(text)
    except ValueError as problem:
        raise SettingInvalid(f"{name} needs a number, not {text!r}.") from problem


def _names() -> list[str]:
    return [item.name for item in dataclasses.fields(Settings)]


def _check_known(names: Sequence[str]) -> None:
    for name in names:
        if name not in _names():
            raise SettingInvalid(f"There is no setting named {name}.")


def _explain(name: str) -> None:
    (item,) = (item for item in dataclasses.fields(Settings) if item.name == name)
    print(f"  {item.metadata['title']}. {item.metadata['help']}")
    for limit in ("choices", "minimum", "maximum"):
        if limit in item.metadata:
            said = item.metadata[limit]
            print(f"  {limit}: {', '.join(said) if limit == 'choices' else said}")
