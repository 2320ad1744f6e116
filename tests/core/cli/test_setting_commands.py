"""`settings` on the command line, and options and words in any order."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_mmrag import settings
from desktop_mmrag.cli.parser import build_parser
from desktop_mmrag.cli.run import run
from desktop_mmrag.cli.setting_commands import understood
from desktop_mmrag.errors import SettingInvalid

Command = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    def call(*arguments: str) -> int:
        return run(["--library", str(tmp_path), *arguments], lambda *_: 0)

    return call


def test_a_setting_is_set_and_kept(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("settings", "search_strategy", "text") == 0
    assert settings.load(tmp_path).search_strategy == "text"
    capsys.readouterr()
    assert command("settings", "search_strategy") == 0
    said = capsys.readouterr().out
    assert 'search_strategy = "text"' in said and "text-then-picture" in said
    assert command("settings", "--json") == 0
    everything = json.loads(capsys.readouterr().out)
    assert everything["search_strategy"] == "text" and everything["describe_photos"] is False


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nonsense",), "no setting named nonsense"),
        (("search_strategy", "magic"), "must be one of"),
        (("hits", "many"), "needs a number"),
        (("hits", "0"), "at least"),
        (("describe_photos", "perhaps"), "on or off"),
    ],
)
def test_what_cannot_be_set_says_why(
    command: Command, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert command("settings", *arguments) == 1
    assert says in capsys.readouterr().err


def test_what_is_typed_becomes_the_kind_of_the_setting() -> None:
    assert understood("describe_photos", ["on"]) is True
    assert understood("hits", ["25"]) == 25
    assert understood("poll_seconds", ["2.5"]) == 2.5
    assert understood("exclude", ["*.tmp", "node_modules"]) == ("*.tmp", "node_modules")
    assert understood("exclude", [""]) == ()
    with pytest.raises(SettingInvalid):
        understood("hits", ["2.5"])


@pytest.mark.parametrize(
    "typed",
    [
        ["search", "--type", "photo", "dog", "snow"],
        ["search", "dog", "--type", "photo", "snow"],
        ["search", "dog", "snow", "--type", "photo"],
        ["saved", "add", "Dogs", "--type", "photo", "dog", "snow"],
        ["saved", "add", "Dogs", "dog", "--type", "photo", "snow"],
    ],
)
def test_words_and_options_come_in_any_order(typed: list[str]) -> None:
    read = build_parser().parse_args(typed)
    assert read.words == ["dog", "snow"] and read.type == ["photo"]


def test_a_strategy_holds_for_one_search(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("search", "boiler", "--strategy", "shared", "--json") == 0
    assert settings.load(tmp_path).search_strategy == "fused"
    with pytest.raises(SystemExit) as wrong:
        command("search", "boiler", "--strategy", "magic")
    assert wrong.value.code == 2
