"""Settings are saved, read again and refused with a sentence when they cannot be."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from desktop_mmrag import settings
from desktop_mmrag.domain import Strategy
from desktop_mmrag.errors import SettingInvalid
from desktop_mmrag.settings import FILE_NAME, Settings, of_the_window_alone


def _write(folder: Path, text: str) -> None:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings().replace(
        exclude=("*.tmp", "node_modules"), hits=50, poll_seconds=2.5, hidden_files=True
    )
    settings.save(chosen, tmp_path)
    assert settings.load(tmp_path) == chosen


def test_only_what_differs_from_the_defaults_is_written(tmp_path: Path) -> None:
    settings.save(Settings().replace(hits=50), tmp_path)
    assert json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8")) == {"hits": 50}


def test_saving_leaves_no_other_file(tmp_path: Path) -> None:
    settings.save(Settings(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in another way")
def test_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    settings.save(Settings(), tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_names_of_another_version_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, '{"hits": 7, "of_a_later_version": true}')
    assert settings.load(tmp_path).hits == 7


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "null", '{"hits": "many"}', '{"hits": 0}'])
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    _write(tmp_path, text)
    with pytest.raises(SettingInvalid):
        settings.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("hits", 0, "at least 1"),
        ("hits", 1001, "at most 1000"),
        ("hits", "ten", "a whole number"),
        ("hits", True, "a whole number"),
        ("hidden_files", 1, "true or false"),
        ("poll_seconds", -0.5, "at least 0"),
        ("poll_seconds", "often", "a number"),
        ("image_text_model", 7, "text"),
        ("exclude", "*.tmp", "a list"),
        ("vision_context_tokens", 10, "at least 1024"),
    ],
)
def test_a_value_out_of_limits_is_refused_with_a_sentence(name: str, value: Any, says: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        Settings().replace(**{name: value})
    assert says in refused.value.message
    assert name in refused.value.message
    assert refused.value.message.endswith(".")


def test_a_whole_number_will_do_for_seconds() -> None:
    assert Settings().replace(poll_seconds=5).poll_seconds == 5


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(SettingInvalid, match="colour"):
        Settings().replace(colour="red")


def test_replacing_leaves_the_original_as_it_was() -> None:
    original = Settings()
    original.replace(hits=3)
    assert original == Settings()


@pytest.mark.parametrize("item", dataclasses.fields(Settings), ids=lambda item: item.name)
def test_each_setting_explains_itself(item: dataclasses.Field[Any]) -> None:
    assert item.metadata["title"][0].isupper()
    assert item.metadata["help"].endswith(".")


def test_cores_are_counted_unless_chosen() -> None:
    assert Settings().core_count() == settings.usable_cores() >= 1
    assert Settings().replace(threads=3).core_count() == 3


def test_the_strategies_are_those_of_the_domain() -> None:
    (item,) = (f for f in dataclasses.fields(Settings) if f.name == "search_strategy")
    assert item.metadata["choices"] == tuple(strategy.value for strategy in Strategy)
    assert Settings().search_strategy == Strategy.FUSED


@pytest.mark.parametrize(
    ("changes", "alone"),
    [
        ({}, True),
        ({"appearance": "dark"}, True),
        ({"gentle": False, "start_at_login": True}, True),
        ({"threads": 1}, False),
        ({"appearance": "dark", "search_strategy": "text"}, False),
    ],
)
def test_what_concerns_the_window_alone_is_known(changes: dict[str, Any], alone: bool) -> None:
    assert of_the_window_alone(Settings(), Settings().replace(**changes)) is alone
