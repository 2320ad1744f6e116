"""What each command does: a call to the application, and its result printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_mmrag import demo as demo_run
from desktop_mmrag import doctor as doctor_run
from desktop_mmrag.application import Application
from desktop_mmrag.cli import output
from desktop_mmrag.cli.duplicate_commands import duplicates
from desktop_mmrag.cli.example_words import file_of, words_or_file
from desktop_mmrag.cli.model_commands import models
from desktop_mmrag.cli.progress import follow
from desktop_mmrag.cli.saved_commands import saved
from desktop_mmrag.cli.setting_commands import settings
from desktop_mmrag.domain import Answer, Failure, Medium, Stage
from desktop_mmrag.errors import CommandFailed, QueryNotUnderstood
from desktop_mmrag.evaluate.run import evaluate as evaluate_run
from desktop_mmrag.examples import UNWANTED, Given
from desktop_mmrag.library.standing import Shown

Arguments = argparse.Namespace


# --- keeping


def add(arguments: Arguments, library: Path | None) -> None:
    """`add FOLDER...`"""
    with Application(library) as application:
        if not arguments.no_index:
            application.require_free()
        for folder in arguments.folders:
            watched = application.add_folder(folder).path
            if watched != folder.expanduser().resolve():
                print(f"{folder} lies in {watched}, which is watched already.", file=sys.stderr)
        if not arguments.no_index:
            _index(application, arguments.folders)


def index(arguments: Arguments, library: Path | None) -> None:
    """`index [PATH...]`: a folder that is not watched yet is added first."""
    with Application(library) as application:
        for path in arguments.paths:
            if path.is_dir() and not application.watches(path):
                added = application.add_folder(path)
                print(f"{added.path} is watched from now on.", file=sys.stderr)
        if arguments.retry:
            application.library.catalog.retry_failures()
        _index(application, arguments.paths)


def _index(application: Application, paths: list[Path]) -> None:
    follow(application.index(paths))
    status = application.status()
    kept = ", ".join(_counted(medium, n) for medium, n in status.media.items()) or "nothing"
    print(f"Kept {kept}; {status.failed} skipped.", file=sys.stderr)
    if status.failed:
        print("`desktop-mmrag failures` says why.", file=sys.stderr)


def _counted(medium: Medium, number: int) -> str:
    """ "1 photo", "5 sounds"."""
    name = "sound" if medium is Medium.AUDIO else medium.value
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def remove(arguments: Arguments, library: Path | None) -> None:
    """`remove FOLDER`"""
    with Application(library) as application:
        application.remove_folder(arguments.folder)


def watch(arguments: Arguments, library: Path | None) -> None:
    """`watch`, until Ctrl-C."""
    with Application(library) as application:
        print("Watching; Ctrl-C stops.", file=sys.stderr)
        follow(application.watch())


def caption(arguments: Arguments, library: Path | None) -> None:
    """`caption [PATH...]`: stopped by Ctrl-C, it goes on where it was the next time."""
    with Application(library) as application:
        done = follow(application.describe(arguments.paths))
        count = done.done if done else 0
        print(f"Described {count} {'photo' if count == 1 else 'photos'}.", file=sys.stderr)


# --- finding and asking


def search(arguments: Arguments, library: Path | None) -> None:
    """`search`"""
    typed = " ".join(arguments.words)
    wanted = _wanted(arguments)
    if not typed and not wanted:
        raise QueryNotUnderstood(
            "There is nothing to search for.", "Give words, --image or --like."
        )
    unwanted = [words_or_file(typed, UNWANTED) for typed in arguments.minus]
    with Application(library) as application:
        _choose_strategy(application, arguments)
        example = application.examples.of_all((*wanted, *unwanted))
        for note in example.notes:
            print(note, file=sys.stderr)
        result = application.search(
            f"{typed} {example.words}".strip(),
            arguments.limit,
            frozenset(Medium(name) for name in arguments.type),
            example.vectors,
            without=[one.shown for one in unwanted if isinstance(one.shown, Path)],
        )
    if arguments.json:
        output.print_json(output.search_json(result))
    else:
        output.print_hits(result)


def _choose_strategy(application: Application, arguments: Arguments) -> None:
    """For this command alone; nothing is saved."""
    if arguments.strategy is not None:
        chosen = application.settings.replace(search_strategy=arguments.strategy)
        application.settings = chosen


def _wanted(arguments: Arguments) -> list[Given]:
    """What hits shall be like."""
    files = (*arguments.image, *arguments.audio, *arguments.like)
    return [*map(file_of, files), *map(Given, arguments.passage)]


def ask(arguments: Arguments, library: Path | None) -> None:
    """`ask QUESTION`"""
    with Application(library) as application:
        _choose_strategy(application, arguments)
        answer = None
        for event in application.ask(" ".join(arguments.question), arguments.limit):
            if isinstance(event, Stage) and sys.stderr.isatty():
                print(f"{event.words} ...", file=sys.stderr)
            if isinstance(event, Answer):
                answer = event
    if answer is None:
        raise CommandFailed("The question was not answered.")
    if arguments.json:
        output.print_json(output.answer_json(answer))
    else:
        output.print_answer(answer)


# --- looking


def show(arguments: Arguments, library: Path | None) -> None:
    """`show PATH`"""
    with Application(library) as application:
        shown = application.show(arguments.path)
        looks = () if isinstance(shown, Failure) else looks_like(application, shown)
    if isinstance(shown, Failure):
        data = {"status": "failed", **output.failure_json(shown)}
        output.print_json(data) if arguments.json else output.print_failures([shown])
    elif arguments.json:
        output.print_json({**output.show_json(shown), "looks_like": list(looks)})
    else:
        output.print_shown(shown)
        if looks:
            print(f"  looks like: {', '.join(looks)}")


def looks_like(application: Application, shown: Shown) -> tuple[str, ...]:
    """What a photo looks like to the encoder, in everyday words."""
    return application.library.looks.of([shown.content.id]).get(shown.content.id, ())


def status(arguments: Arguments, library: Path | None) -> None:
    """`status`"""
    with Application(library) as application:
        found = application.status()
    if arguments.json:
        output.print_json(output.status_json(found))
    else:
        output.print_status(found)


def failures(arguments: Arguments, library: Path | None) -> None:
    """`failures`"""
    with Application(library) as application:
        found = list(application.library.catalog.failures())
    if arguments.json:
        output.print_json([output.failure_json(failure) for failure in found])
    else:
        output.print_failures(found)


def doctor(arguments: Arguments, library: Path | None) -> None:
    """`doctor`: status 1 when a part that is needed does not work."""
    checks = []
    for check in doctor_run.examine(library):
        checks.append(check)
        if not arguments.json:
            print(check.line(), flush=True)
    if arguments.json:
        output.print_json([check.to_json() for check in checks])
    if broken := [check.name for check in checks if check.state == "broken"]:
        raise CommandFailed(f"Not working: {', '.join(broken)}.", "See the lines above.")


def evaluate(arguments: Arguments, library: Path | None) -> None:
    """`evaluate FOLDER...`: a table, or with --json the figures by strategy, by folder if several."""
    reports = (
        (folder, evaluate_run(folder, library, arguments.strategy, follow))
        for folder in arguments.folders
    )
    if not arguments.json:
        output.print_quality(reports)
        return
    each = {str(folder): {name: q.to_json() for name, q in of.items()} for folder, of in reports}
    output.print_json(each if len(each) > 1 else next(iter(each.values())))


def demo(arguments: Arguments, library: Path | None) -> None:
    """`demo`"""
    for line in demo_run.demonstrate(follow):
        print(line, flush=True)


COMMANDS: dict[str, Callable[[Arguments, Path | None], None]] = {
    command.__name__: command
    for command in (
        add, index, remove, watch, search, ask, show, status, failures, doctor, evaluate, demo,
        models, duplicates, saved, caption, settings,
    )
}  # fmt: skip
