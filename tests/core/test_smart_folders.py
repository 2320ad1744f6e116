"""Saved searches: named, made again, telling what is new; from the commands as well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_mmrag.application import Application
from desktop_mmrag.cli.run import run
from desktop_mmrag.domain import Medium, TextSpan
from desktop_mmrag.errors import (
    FileNotKept,
    QueryNotUnderstood,
    SavedSearchMissing,
    SavedSearchTaken,
)
from desktop_mmrag.examples import Given
from desktop_mmrag.library.database import set_aside


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "boiler.md").write_text("The plumber said that the new boiler costs 4,200 pounds.")
    (folder / "buns.md").write_text("Knead butter and cardamom into the dough and bake the buns.")
    return folder


@pytest.fixture
def application(tmp_path: Path, folder: Path) -> Iterator[Application]:
    with Application(tmp_path / "library", tmp_path / "models") as application:
        application.add_folder(folder)
        keep(application)
        yield application


def keep(application: Application) -> None:
    for _ in application.index():
        pass


def test_what_comes_later_is_new_until_it_was_seen(application: Application, folder: Path) -> None:
    folders = application.smart_folders
    search = folders.add("Heating", "boiler")
    news = folders.news_of(search)
    assert [hit.path.name for hit in news.hits] == ["boiler.md"] and not news.new
    (folder / "second.md").write_text("The boiler was serviced in May by the plumber.")
    keep(application)
    (news,) = folders.news()
    assert {hit.path.name for hit in news.hits} == {"boiler.md", "second.md"}
    assert [hit.path.name for hit in news.hits if hit.content_id in news.new] == ["second.md"]
    folders.mark_seen(news)
    assert not folders.news_of(search).new


def test_a_kind_alone_can_be_saved(application: Application) -> None:
    search = application.smart_folders.add("Notes", "", frozenset({Medium.NOTE}))
    assert len(application.smart_folders.hits(search)) == 2
    photos = application.smart_folders.add("Photos", "", frozenset({Medium.PHOTO}))
    assert application.smart_folders.hits(photos) == ()


def test_an_example_is_kept_by_its_content(application: Application, folder: Path) -> None:
    search = application.smart_folders.add("Like it", "", givens=[Given(folder / "boiler.md")])
    (folder / "boiler.md").rename(folder / "moved.md")
    keep(application)
    (given,) = application.smart_folders.givens(search)
    assert given.shown == folder / "moved.md"
    (folder / "moved.md").unlink()
    keep(application)
    assert application.smart_folders.hits(search) == ()


def test_saved_searches_outlive_a_lost_library(
    application: Application, folder: Path, tmp_path: Path
) -> None:
    folders = application.smart_folders
    part = TextSpan(0, 11)
    folders.add("Like it", "", givens=[Given(folder / "boiler.md", part, 0.5)])
    folders.add("Notes", "boiler", frozenset({Medium.NOTE}))
    saved = application.library.saved
    saved.remove(folders.add("Gone", "buns"))
    saved.rename(saved.named("Notes"), "Heating")
    before = [replace(search, id=0) for search in saved.all()]
    application.close()
    set_aside(application.library.database.path)
    with Application(application.folder, tmp_path / "models") as again:
        assert [replace(search, id=0) for search in again.library.saved.all()] == before
        keep(again)
        assert all(one.hits for one in again.smart_folders.news())


def test_a_list_of_searches_that_cannot_be_read_costs_no_start(tmp_path: Path) -> None:
    for written in ("{", "[1]", '[{"name": "Cut off"}]', "{}"):
        library = tmp_path / "library"
        library.mkdir(exist_ok=True)
        (library / "saved-searches.json").write_text(written)
        with Application(library, tmp_path / "models") as application:
            assert application.library.saved.all() == []


def test_what_cannot_be_saved_says_why(application: Application, tmp_path: Path) -> None:
    folders = application.smart_folders
    folders.add("Heating", "boiler")
    with pytest.raises(SavedSearchTaken):
        folders.add("heating", "radiator")
    with pytest.raises(QueryNotUnderstood):
        folders.add("Nothing", " ")
    with pytest.raises(QueryNotUnderstood):
        folders.add(" ", "boiler")
    with pytest.raises(QueryNotUnderstood):
        folders.add("When", "before:someday")
    with pytest.raises(FileNotKept):
        folders.add("Strange", "", givens=[Given(tmp_path / "elsewhere.jpg")])
    assert [search.name for search in folders.all()] == ["Heating"]


def test_renaming_and_removing(application: Application) -> None:
    saved = application.library.saved
    search = application.smart_folders.add("Heating", "boiler")
    application.smart_folders.add("Baking", "buns")
    saved.rename(search, "Warmth")
    with pytest.raises(SavedSearchTaken):
        saved.rename(search, "Baking")
    saved.remove(saved.named("warmth"))
    assert [search.name for search in saved.all()] == ["Baking"]
    with pytest.raises(SavedSearchMissing):
        saved.named("Heating")


def test_the_commands(
    application: Application,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def command(*arguments: str) -> int:
        return run(["--library", str(application.folder), *arguments], lambda *_: 0)

    assert command("saved", "add", "Heating", "boiler", "-radiator") == 0
    assert command("saved", "add", "Heating", "boiler") == 1
    assert "taken" in capsys.readouterr().err
    (folder / "second.md").write_text("The boiler was serviced in May by the plumber.")
    keep(application)
    assert command("saved", "list", "--json") == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["name"], listed["words"]) == ("Heating", "boiler -radiator")
    assert (listed["hits"], listed["new"]) == (2, 1)
    assert command("saved", "show", "heating", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [Path(hit["path"]).name for hit in shown["hits"] if hit["new"]] == ["second.md"]
    assert command("saved", "show", "heating") == 0
    assert "new" not in capsys.readouterr().out
    assert command("saved", "remove", "Heating") == 0
    assert command("saved", "show", "Heating") == 1


def test_the_duplicates_command(
    application: Application, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "again.md").write_bytes((folder / "boiler.md").read_bytes())
    keep(application)
    run(["--library", str(application.folder), "duplicates", "--json"], lambda *_: 0)
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    assert {Path(copy["path"]).name for copy in group["copies"]} == {"again.md", "boiler.md"}
    run(["--library", str(application.folder), "duplicates"], lambda *_: 0)
    assert "1 group;" in capsys.readouterr().out
