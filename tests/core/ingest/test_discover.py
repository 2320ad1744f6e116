"""What changed in a folder is seen without opening a file."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from desktop_mmrag.ingest.compare import compare
from desktop_mmrag.ingest.discover import discover, discover_all
from desktop_mmrag.ingest.walk import Seen
from desktop_mmrag.library.catalog import Changes, KnownFile, Stat
from tests.core.ingest.conftest import Home, aged


def found(home: Home, under: str | list[str] = "") -> Changes:
    """Runs one discovery to its end and gives what was different."""
    run = discover(home.library, home.watched, home.settings, under)
    while True:
        try:
            next(run)
        except StopIteration as end:
            changes: Changes = end.value
            return changes


def known(home: Home) -> list[str]:
    return sorted(home.library.catalog.files_of(home.watched))


def test_new_files_wait(home: Home) -> None:
    home.note("a.md", "one")
    home.note("deep/er/b.md", "two")
    assert sorted(found(home).added) == ["a.md", "deep/er/b.md"]
    assert home.library.catalog.waiting_count() == 2


def test_nothing_changed_is_nothing_to_do(home: Home) -> None:
    home.note("a.md", "one")
    found(home)
    assert not found(home)


def test_a_changed_file_waits_again(home: Home) -> None:
    path = home.note("a.md", "one")
    home.bring_up_to_date()
    path.write_text("two")
    aged(path, 10)
    assert len(found(home).changed) == 1
    assert home.library.catalog.waiting_count() == 1


def test_a_renamed_file_keeps_its_row(home: Home) -> None:
    path = home.note("a.md", "one")
    found(home)
    path.rename(home.folder / "b.md")
    changes = found(home)
    assert list(changes.moved.values()) == ["b.md"]
    assert not changes.added and not changes.vanished
    assert known(home) == ["b.md"]


def test_a_change_of_case_alone_is_a_rename(home: Home) -> None:
    home.note("photo.md", "one").rename(home.folder / "tmp.md")
    found(home)
    (home.folder / "tmp.md").rename(home.folder / "Tmp.md")
    assert list(found(home).moved.values()) == ["Tmp.md"]
    assert known(home) == ["Tmp.md"]


def test_two_files_that_swap_their_names_swap_their_rows(home: Home) -> None:
    one, two = home.note("one.md", "alpha", age_s=60), home.note("two.md", "omega", age_s=60)
    os.utime(two, ns=(one.stat().st_mtime_ns, one.stat().st_mtime_ns))
    home.bring_up_to_date()
    one.rename(home.folder / "aside")
    two.rename(one)
    (home.folder / "aside").rename(two)
    changes = found(home)
    assert sorted(changes.moved.values()) == ["one.md", "two.md"]
    assert not changes.changed and home.library.catalog.waiting_count() == 0


def test_a_file_moved_over_another_leaves_one_row(home: Home) -> None:
    one, two = home.note("one.md", "alpha"), home.note("two.md", "omega", age_s=90)
    found(home)
    two.replace(one)
    changes = found(home)
    assert list(changes.moved.values()) == ["one.md"] and len(changes.vanished) == 1
    assert known(home) == ["one.md"]


def test_a_name_taken_anew_after_a_rename_is_a_new_file(home: Home) -> None:
    home.note("a.md", "first").rename(home.folder / "b.md")
    (home.folder / "b.md").rename(home.folder / "a.md")
    found(home)
    (home.folder / "a.md").rename(home.folder / "b.md")
    home.note("a.md", "second", age_s=5)
    changes = found(home)
    assert list(changes.moved.values()) == ["b.md"] and list(changes.added) == ["a.md"]


def test_only_what_is_asked_for_is_looked_at(home: Home) -> None:
    home.note("here/a.md", "one")
    home.note("there/b.md", "two")
    assert list(found(home, "here").added) == ["here/a.md"]
    (home.folder / "here" / "a.md").unlink()
    assert not found(home, "there/b.md").vanished
    assert len(found(home, ["here", "there"]).vanished) == 1
    assert known(home) == ["there/b.md"]


def test_a_file_moved_between_two_places_that_are_looked_at_keeps_its_row(home: Home) -> None:
    path = home.note("here/a.md", "one")
    found(home)
    (home.folder / "there").mkdir()
    path.rename(home.folder / "there" / "a.md")
    assert list(found(home, ["here/a.md", "there/a.md"]).moved.values()) == ["there/a.md"]


def test_keys_secrets_hidden_files_and_junk_are_left_out(home: Home) -> None:
    for name in (
        ".ssh/config", ".hidden.md", ".config/a.md", "server.pem", "Server.KEY", "id_rsa",
        "id_ed25519.pub", "safe.kdbx", "prod.env", "node_modules/readme.md", "Thumbs.db",
        "desktop.ini", "sub/.git/description", "~$draft.md", "__pycache__/x.md", "film.mp4.part",
    ):  # fmt: skip
        home.note(name, "nothing to see")
    home.note("seen.md", "seen")
    assert list(found(home).added) == ["seen.md"]

    home.settings = home.settings.replace(hidden_files=True)
    assert sorted(found(home).added) == [".config/a.md", ".hidden.md"]


def test_the_persons_own_rules(home: Home) -> None:
    home.note("Drafts/a.md", "one")
    home.note("b.log", "two")
    home.note("2020/old/c.md", "three")
    home.note("d.md", "four")
    home.note("e.txt", "five")
    home.settings = home.settings.replace(exclude=("drafts/", "*.LOG", "2020/old"))
    assert sorted(found(home).added) == ["d.md", "e.txt"]
    home.settings = home.settings.replace(include_only=("*.txt",))
    found(home)
    assert known(home) == ["e.txt"]


def test_the_library_is_not_looked_into(home: Home) -> None:
    above = home.library.catalog.add_folder(home.folder.parent)
    home.note("a.md", "one")
    list(discover(home.library, above, home.settings))
    paths = home.library.catalog.files_of(above)
    assert "things/a.md" in paths and not [path for path in paths if path.startswith("library/")]


@pytest.mark.skipif(sys.platform == "win32", reason="made with POSIX calls")
def test_links_pipes_and_sockets_are_skipped(home: Home, tmp_path: Path) -> None:
    home.note("a.md", "one")
    (home.folder / "loop").symlink_to(home.folder, target_is_directory=True)
    (home.folder / "link.md").symlink_to(home.folder / "a.md")
    os.mkfifo(home.folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(home.folder)
        try:
            listening.bind("socket.md")
            assert list(found(home).added) == ["a.md"]
        finally:
            os.chdir(tmp_path)


def test_a_subfolder_that_cannot_be_listed_keeps_its_files(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.note("open/a.md", "one")
    home.note("shut/deep/b.md", "two")
    home.bring_up_to_date()
    (home.folder / "open" / "a.md").unlink()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found(home)
    assert known(home) == ["shut/deep/b.md"]


def test_a_folder_that_is_gone_is_offline_and_still_found(home: Home) -> None:
    home.note("a.md", "one")
    home.bring_up_to_date()
    home.folder.rename(home.folder.with_name("elsewhere"))
    home.bring_up_to_date()
    (content,) = home.library.contents.describe(home.library.contents.selected(None)).values()
    assert not content.online and home.texts() == ["one"]

    home.folder.with_name("elsewhere").rename(home.folder)
    home.bring_up_to_date()
    assert home.library.catalog.folder(home.folder).online
    assert sum(home.extractors.understood.values()) == 1


def test_an_empty_mount_point_is_offline(home: Home) -> None:
    home.note("a.md", "one")
    home.bring_up_to_date()
    home.folder.rename(home.folder.with_name("drive"))
    home.folder.mkdir()
    home.bring_up_to_date()
    assert not home.library.catalog.folder(home.folder).online
    assert known(home) == ["a.md"]


def test_a_folder_that_was_emptied_is_empty(home: Home) -> None:
    home.note("a.md", "one")
    home.bring_up_to_date()
    (home.folder / "a.md").unlink()
    home.bring_up_to_date()
    assert home.library.catalog.folder(home.folder).online
    assert known(home) == [] and home.texts() == []


def test_a_paused_folder_is_left_alone(home: Home) -> None:
    home.library.catalog.set_paused(home.watched, True)
    home.note("a.md", "one")
    list(discover_all(home.library, home.settings))
    assert known(home) == []


def test_a_drive_that_numbers_its_files_anew_costs_nothing() -> None:
    before = {f"{n}.jpg": KnownFile(n, Stat(1000 + n, 5, 100 + n)) for n in range(20)}
    seen = Seen({f"{n}.jpg": Stat(1000 + n, 5, 700 + n) for n in range(20)})
    changes = compare(before, seen)
    assert not changes.changed and len(changes.renumbered) == 20


def test_one_replaced_file_of_the_same_size_and_time_is_seen() -> None:
    before = {f"{n}.jpg": KnownFile(n, Stat(1000, 5, 100 + n)) for n in range(20)}
    files = {path: file.stat for path, file in before.items()}
    files["3.jpg"] = Stat(1000, 5, 999)
    changes = compare(before, Seen(files))
    assert list(changes.changed) == [3] and not changes.renumbered
