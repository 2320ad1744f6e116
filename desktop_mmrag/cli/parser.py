"""Every command with its options, as a person types them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, TypeAlias

from desktop_mmrag import __version__
from desktop_mmrag.domain import Medium, Strategy


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(
        prog="desktop-mmrag",
        description="Finds and answers from your own photos, notes and documents, offline.",
        epilog="Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--library", metavar="DIR", help="where the library lies (or DESKTOP_MMRAG_LIBRARY)"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Mixed)
    window = commands.add_parser("window", help="open the window, and take in files and folders")
    window.add_argument("paths", metavar="PATH", nargs="*", type=Path)
    window.add_argument("--in-tray", action="store_true", help="start in the system's tray")
    _keeping(commands)
    _finding(commands)
    _looking(commands)
    _models(commands)
    _saved(commands)
    _settings(commands)
    return parser


class _Mixed(argparse.ArgumentParser):
    """Takes words and options in any order: `search --type photo dog`, `search dog --limit 2 snow`."""

    _again = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse, which parses twice for this and asks this very method for it."""
        if self._again or any(a.nargs == argparse.PARSER for a in self._actions):
            return super().parse_known_args(args, namespace)
        self._again = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._again = False


Commands: TypeAlias = "argparse._SubParsersAction[_Mixed]"


def _keeping(commands: Commands) -> None:
    add = commands.add_parser("add", help="watch folders and index them")
    add.add_argument("folders", metavar="FOLDER", nargs="+", type=Path)
    add.add_argument("--no-index", action="store_true", help="only watch; index later")
    remove = commands.add_parser("remove", help="forget a folder and every trace of it")
    remove.add_argument("folder", metavar="FOLDER", type=Path)
    index = commands.add_parser("index", help="bring the library up to date, then stop")
    index.add_argument("paths", metavar="PATH", nargs="*", type=Path)
    index.add_argument("--retry", action="store_true", help="try failed files once more")
    caption = commands.add_parser("caption", help="let the answering model describe photos")
    caption.add_argument("paths", metavar="PATH", nargs="*", type=Path)
    commands.add_parser("watch", help="keep the library up to date until Ctrl-C")


def _finding(commands: Commands) -> None:
    search = commands.add_parser("search", help="find by words, by example, or both")
    search.add_argument("words", metavar="WORDS", nargs="*", help="words and filters")
    for name, help in (
        ("--image", "find what looks like this; F#box=..., F#page=3 for a part"),
        ("--audio", "find what sounds like this"),
        ("--like", "find what is similar to this; F#t=12.5 for a moment, F=0.5 to weigh it"),
    ):
        search.add_argument(name, metavar="F", action="append", default=[], help=help)
    search.add_argument(
        "--passage", metavar="TEXT", action="append", default=[], help="find what says this"
    )
    search.add_argument(
        "--minus", metavar="WORDS|F", action="append", default=[], help="but not like this"
    )
    search.add_argument(
        "--type", action="append", default=[], choices=[m.value for m in Medium], metavar="KIND"
    )
    search.add_argument("--limit", metavar="N", type=_positive)
    _strategy(search)
    search.add_argument("--json", action="store_true")
    ask = commands.add_parser("ask", help="answer a question from your files, with sources")
    ask.add_argument("question", metavar="QUESTION", nargs="+")
    ask.add_argument("--limit", metavar="N", type=_positive, help="how many sources to read")
    _strategy(ask)
    ask.add_argument("--json", action="store_true")


def _strategy(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--strategy",
        metavar="S",
        choices=[strategy.value for strategy in Strategy],
        help="this once: fused, text, text-then-picture or shared",
    )


def _looking(commands: Commands) -> None:
    show = commands.add_parser("show", help="what is known of a file")
    show.add_argument("path", metavar="PATH", type=Path)
    show.add_argument("--json", action="store_true")
    for name, help in (
        ("status", "counts by medium, waiting, failed, spaces, sizes"),
        ("failures", "every skipped file with its reason"),
        ("duplicates", "files that show or hold the same, the best of each marked"),
        ("doctor", "try every part on this computer"),
    ):
        commands.add_parser(name, help=help).add_argument("--json", action="store_true")
    evaluate = commands.add_parser("evaluate", help="measure quality on a folder")
    evaluate.add_argument("folders", metavar="FOLDER", nargs="+", type=Path)
    evaluate.add_argument(
        "--strategy", metavar="S", action="append", default=[], help="one or several; all if none"
    )
    evaluate.add_argument("--json", action="store_true")
    commands.add_parser("demo", help="a small sample library: index, search, ask")


def _models(commands: Commands) -> None:
    models = commands.add_parser("models", help="list, install, import, choose, remove, verify")
    models.set_defaults(json=False)
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list").add_argument("--json", action="store_true")
    for name in ("install", "use", "remove"):
        actions.add_parser(name).add_argument("id", metavar="ID")
    actions.add_parser("verify").add_argument("id", metavar="ID", nargs="?")
    importing = actions.add_parser("import")
    importing.add_argument("files", metavar="FILE", nargs="+", type=Path)


def _saved(commands: Commands) -> None:
    saved = commands.add_parser("saved", help="list, add, show and remove saved searches")
    actions = saved.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="each with its hits, and how many are new")
    add = actions.add_parser("add", help="save a search under a name")
    add.add_argument("name", metavar="NAME")
    add.add_argument("words", metavar="WORDS", nargs="*", help="words and filters")
    for option, help in (("--like", "similar to this kept file"), ("--unlike", "but not to this")):
        add.add_argument(option, metavar="F", type=Path, action="append", default=[], help=help)
    add.add_argument(
        "--type", action="append", default=[], choices=[m.value for m in Medium], metavar="KIND"
    )
    for name, help in (("show", "what it finds now"), ("remove", "forget it")):
        actions.add_parser(name, help=help).add_argument("name", metavar="NAME")
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def _settings(commands: Commands) -> None:
    settings = commands.add_parser("settings", help="list settings, look at one, set one")
    settings.add_argument("name", metavar="NAME", nargs="?")
    settings.add_argument("values", metavar="VALUE", nargs="*")
    settings.add_argument("--json", action="store_true")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
