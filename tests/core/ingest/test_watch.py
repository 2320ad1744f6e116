"""Changes are noticed by themselves, once they have come to rest."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from desktop_mmrag.domain import Progress
from desktop_mmrag.ingest import watch as watching
from desktop_mmrag.ingest import watch_limit
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.follow import follow
from desktop_mmrag.ingest.watch import Changed, Pace, Watch
from tests.core.ingest.conftest import Home

QUICK = Pace(quiet=0.3, longest=20, rescan=3600, poll=0.4, look=0.2, burst=50)


@contextmanager
def watched(home: Home, pace: Pace = QUICK) -> Iterator[Watch]:
    """A watch whose first look at everything has been taken."""
    with Watch(home.library, home.settings, pace) as watch:
        assert [one.under for one in watch.pending()] == [{""}]
        yield watch


def after(watch: Watch, seconds: float = 5.0) -> list[Changed]:
    """What the watch says until it has been silent for a second."""
    said: list[Changed] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if fresh := list(watch.pending()):
            said += fresh
            until = min(until, time.monotonic() + 1.0)
        time.sleep(0.05)
    return said


def paths(said: list[Changed]) -> set[str]:
    return {path for one in said for path in one.under}


def test_creating_modifying_moving_and_deleting_are_noticed(home: Home) -> None:
    with watched(home) as watch:
        path = home.note("a.md", "one")
        assert paths(after(watch)) == {"a.md"}
        path.write_text("two")
        assert paths(after(watch)) == {"a.md"}
        path.rename(home.folder / "b.md")
        assert paths(after(watch)) == {"a.md", "b.md"}
        (home.folder / "b.md").unlink()
        assert paths(after(watch)) == {"b.md"}


def test_reading_a_file_is_no_change(home: Home) -> None:
    path = home.note("a.md", "one")
    with watched(home) as watch:
        path.read_text()
        assert after(watch, 1.0) == []


def test_an_atomic_save_gives_one_update(home: Home) -> None:
    home.note("a.md", "one")
    with watched(home) as watch:
        home.note("a.md~", "two").replace(home.folder / "a.md")
        said = after(watch)
        assert len(said) == 1 and said[0].under == {"a.md"}


def test_a_file_is_not_told_of_before_its_writer_rests(home: Home) -> None:
    with watched(home) as watch:
        with (home.folder / "a.md").open("w") as file:
            for _ in range(10):
                file.write("more\n")
                file.flush()
                time.sleep(0.1)
                assert list(watch.pending()) == []
        assert paths(after(watch)) == {"a.md"}


def test_a_burst_is_answered_by_looking_at_everything(home: Home) -> None:
    with watched(home) as watch:
        for n in range(300):
            home.note(f"{n}.md", "many")
        said = after(watch)
        assert paths(said) == {""} and len(said) <= 2


def test_what_is_left_out_is_not_told_of(home: Home) -> None:
    with watched(home) as watch:
        home.note(".hidden/a.md", "one")
        home.note("node_modules/b.md", "two")
        home.note("id_rsa", "three")
        assert after(watch, 1.0) == []


def test_everything_is_looked_at_now_and_then(home: Home) -> None:
    pace = Pace(quiet=0.3, rescan=0.5, look=0.2)
    with watched(home, pace) as watch:
        assert {""} in [one.under for one in after(watch, 1.5)]


def test_where_the_system_gives_no_events_everything_is_looked_at(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Exhausted:
        def schedule(self, *_: object, **__: object) -> None: ...
        def stop(self) -> None: ...
        def start(self) -> None:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", Exhausted)
    with watched(home) as watch:
        assert "watch limit" in watch.messages()[0]
        assert {""} in [one.under for one in after(watch, 1.5)]


def test_where_a_program_may_watch_nothing_more_everything_is_looked_at(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    monkeypatch.setattr(watching, "Observer", refused)
    with watched(home) as watch:
        assert "instance limit" in watch.messages()[0]
        assert {""} in [one.under for one in after(watch, 1.5)]


def test_subfolders_that_find_no_room_are_looked_at(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(home) as watch:
        assert after(watch, 1.0) == [] and watch.messages() == []
        monkeypatch.setattr(watch_limit, "reached", lambda: "inotify watch limit reached")
        assert {""} in [one.under for one in after(watch, 1.5)]
        assert "watch limit" in watch.messages()[0]


_TOO_MANY = """
import sys
from pathlib import Path
from desktop_mmrag.ingest.watch import Pace, Watch
from desktop_mmrag.library.library import open_library
from desktop_mmrag.settings import Settings

place = Path(sys.argv[1])
for n in range(20):
    (place / "things" / f"{n}").mkdir(parents=True)
library = open_library(place / "library")
library.catalog.add_folder(place / "things")
with Watch(library, Settings(), Pace(look=0.1)) as watch:
    list(watch.pending())
    print(watch.messages())
library.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
@pytest.mark.parametrize(
    ("limit", "said"),
    [("watches", "watch limit"), ("instances", "instance limit")],
)
def test_the_systems_own_limits_are_told(tmp_path: Path, limit: str, said: str) -> None:
    setting = f"/proc/sys/user/max_inotify_{limit}"
    few = "10" if limit == "watches" else "0"
    inside = ["unshare", "--user", "--map-root-user", "sh", "-c"]
    tried = f"echo {few} > {setting}"
    if not shutil.which("unshare") or subprocess.run([*inside, tried], check=False).returncode:
        pytest.skip("no limits of its own can be set here")
    run = subprocess.run(
        [*inside, f'{tried}; exec "$0" -c "$1" "$2"', sys.executable, _TOO_MANY, tmp_path],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
        check=False,
    )
    assert said in run.stdout, run.stderr


def test_polling_when_the_person_wants_it(home: Home) -> None:
    home.settings = home.settings.replace(poll_seconds=0.4)
    with watched(home) as watch:
        assert {""} in [one.under for one in after(watch, 1.5)]
        assert watch.messages() == []


def test_a_drive_that_comes_back_is_watched_again(home: Home) -> None:
    with watched(home) as watch:
        aside = home.folder.with_name("unplugged")
        home.folder.rename(aside)
        assert "" in paths(after(watch))
        aside.rename(home.folder)
        assert "" in paths(after(watch))
        home.note("a.md", "one")
        assert "a.md" in paths(after(watch))


def test_folders_that_are_added_and_removed_are_noticed(home: Home) -> None:
    with watched(home) as watch:
        other = home.folder.with_name("other")
        other.mkdir()
        added = home.library.catalog.add_folder(other)
        assert [one.folder.path for one in after(watch)] == [other]
        home.library.catalog.remove_folder(added)
        time.sleep(0.3)
        assert list(watch.pending()) == []
        (other / "a.md").write_text("unseen")
        assert after(watch, 1.0) == []


def test_waiting_for_changes_can_be_stopped(home: Home) -> None:
    with Watch(home.library, home.settings, QUICK) as watch:
        threading.Timer(0.5, watch.stop).start()
        assert [one.under for one in watch.changes()] == [{""}]


@contextmanager
def following(home: Home) -> Iterator[Callable[[Callable[[], bool]], bool]]:
    """Keeps the home's library up to date in a thread; gives a way to wait until something holds."""
    control, told = Control(), list[Progress]()
    with Watch(home.library, home.settings, QUICK) as watch:
        run = follow(home.library, watch, home.pipeline(control), home.settings, control)
        thread = threading.Thread(target=lambda: told.extend(run))
        thread.start()

        def until(holds: Callable[[], bool]) -> bool:
            deadline = time.monotonic() + 20
            while not holds() and time.monotonic() < deadline:
                time.sleep(0.05)
            return holds()

        try:
            yield until
        finally:
            control.cancel()
            thread.join(10)
    assert not thread.is_alive()


def test_the_library_follows_the_folder(home: Home) -> None:
    home.note("a.md", "Here from the start.")
    with following(home) as until:
        assert until(lambda: home.paths() == ["a.md"])
        home.note("sub/b.md", "Came later.")
        assert until(lambda: home.paths() == ["a.md", "sub/b.md"])
        (home.folder / "sub").rename(home.folder / "moved")
        assert until(lambda: home.paths() == ["a.md", "moved/b.md"])
        (home.folder / "a.md").unlink()
        assert until(lambda: home.paths() == ["moved/b.md"])
    assert home.extractors.understood == {"a.md": 1, "b.md": 1}


def test_what_is_looked_at_now_and_then_is_told_to_the_person(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_limit, "reached", lambda: "inotify watch limit reached")
    control = Control()
    with Watch(home.library, home.settings, QUICK) as watch:
        run = follow(home.library, watch, home.pipeline(control), home.settings, control)
        told = next(filter(None, (progress.remarks for progress in islice(run, 500))))
        run.close()  # type: ignore[attr-defined]
    assert "watch limit" in told[0]


@pytest.mark.slow
def test_a_burst_of_20000_events_ends_in_the_right_state(home: Home) -> None:
    with following(home) as until:
        for n in range(4000):
            path = home.folder / f"{n:04}.md"
            path.write_text(f"burst {n % 5}")
            path.write_text(f"burst {n % 7}")
            path.rename(path.with_suffix(".txt"))
            if n % 10:
                path.with_suffix(".txt").unlink()
        wanted = sorted(f"{n:04}.txt" for n in range(0, 4000, 10))
        assert until(lambda: home.paths() == wanted)
    assert len(home.texts()) == 7
