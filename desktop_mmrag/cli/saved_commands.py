"""`saved`: list, add, show and remove searches that are kept."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_mmrag.application import Application
from desktop_mmrag.cli import output
from desktop_mmrag.domain import Medium
from desktop_mmrag.examples import UNWANTED, Given
from desktop_mmrag.smart_folders import News

Arguments = argparse.Namespace


def saved(arguments: Arguments, library: Path | None) -> None:
    """`saved ACTION`"""
    with Application(library) as application:
        _ACTIONS[arguments.action](arguments, application)


def _list(arguments: Arguments, application: Application) -> None:
    news = list(application.smart_folders.news())
    if arguments.json:
        output.print_json([_news_json(one) for one in news])
        return
    for one in news:
        new = f"{len(one.new)} new" if one.new else ""
        print(f"{one.search.name:<24} {len(one.hits):>6}  {new:<8}  {one.search.words}")


def _news_json(news: News) -> dict[str, Any]:
    return {
        "name": news.search.name,
        "words": news.search.words,
        "type": sorted(news.search.media),
        "examples": [
            {"sha256": example.hash.hex(), "weight": example.weight}
            for example in news.search.examples
        ],
        "hits": len(news.hits),
        "new": len(news.new),
    }


def _add(arguments: Arguments, application: Application) -> None:
    givens = [Given(path.expanduser().absolute()) for path in arguments.like]
    givens += [Given(path.expanduser().absolute(), weight=UNWANTED) for path in arguments.unlike]
    media = frozenset(Medium(name) for name in arguments.type)
    words = " ".join(arguments.words)
    search = application.smart_folders.add(arguments.name, words, media, givens)
    if arguments.json:
        output.print_json({"name": search.name, "words": search.words})


def _show(arguments: Arguments, application: Application) -> None:
    folders = application.smart_folders
    news = folders.news_of(application.library.saved.named(arguments.name))
    folders.mark_seen(news)
    if arguments.json:
        hits = [{**output.hit_json(hit), "new": hit.content_id in news.new} for hit in news.hits]
        output.print_json({**_news_json(news), "hits": hits})
        return
    for hit in news.hits:
        print(f"{'new' if hit.content_id in news.new else '':<4}{hit.path}")


def _remove(arguments: Arguments, application: Application) -> None:
    searches = application.library.saved
    searches.remove(searches.named(arguments.name))


_ACTIONS: dict[str, Callable[[Arguments, Application], None]] = {
    "list": _list,
    "add": _add,
    "show": _show,
    "remove": _remove,
}
