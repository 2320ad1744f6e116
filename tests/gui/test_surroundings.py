"""What the window knows of the computer: suggestions, models that fit, battery and load, login, log."""

from __future__ import annotations

import logging
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.models.starters import starters
from desktop_mmrag.gui.welcome.suggestions import vaults
from desktop_mmrag.gui.window import login
from desktop_mmrag.gui.window.gentle import Computer, Gentle, Reason, Turns
from desktop_mmrag.gui.window.log_file import describe, start_log
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.models.catalogue import Catalogue

_GB = 1_000_000_000


# --- suggestions


def test_vaults_of_obsidian_and_logseq_are_found(tmp_path: Path) -> None:
    for inside in ("docs/Brain/.obsidian", "graph/logseq", "photos/2024", ".cache/x/.obsidian"):
        (tmp_path / inside).mkdir(parents=True)
    assert vaults([tmp_path]) == [tmp_path / "docs" / "Brain", tmp_path / "graph"]


def test_vaults_are_not_looked_for_deep_down(tmp_path: Path) -> None:
    (tmp_path / "a" / "b" / "c" / "d" / ".obsidian").mkdir(parents=True)
    assert vaults([tmp_path]) == []


@pytest.mark.parametrize(
    ("gigabytes", "answers"), [(4, "smolvlm2-500m"), (8, "qwen3-vl-2b"), (32, "qwen3-vl-4b")]
)
def test_the_answering_model_fits_the_memory(gigabytes: int, answers: str) -> None:
    offered = starters(Catalogue.load(), gigabytes * _GB)
    assert answers in [entry.id for entry in offered]


def test_every_starter_may_be_used_for_anything_and_says_its_size() -> None:
    for gigabytes in (4, 8, 32):
        for entry in starters(Catalogue.load(), gigabytes * _GB):
            assert entry.licence.commercial
            assert entry.size


# --- giving way


class _Told:
    """Surroundings as a test wants them."""

    def __init__(self) -> None:
        self.now = Reason.NONE

    def reason(self) -> Reason:
        return self.now


def test_keeping_rests_in_turns_on_battery(wiring: Wiring, qtbot: QtBot) -> None:
    rests: list[bool] = []
    told = _Told()
    gentle = Gentle(wiring.keeping, wiring.bridge, told, turns=Turns(20, 40, 40))
    wiring.keeping.rest = rests.append  # type: ignore[assignment,method-assign]
    gentle.set_wanted(True)
    told.now = Reason.BATTERY
    with qtbot.waitSignal(gentle.changed, timeout=10_000) as changed:
        pass
    assert changed.args == [Reason.BATTERY]
    assert rests == [True]
    qtbot.waitUntil(lambda: rests[-1] is False, timeout=10_000)
    gentle.set_wanted(False)
    assert rests[-1] is False


def test_the_computer_can_be_asked() -> None:
    computer = Computer()
    sum(number * number for number in range(300_000))
    # Own work is no reason; what others do here is not known.
    assert computer.reason() in Reason


# --- login


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG autostart")
def test_the_entry_for_login_comes_and_goes(tmp_path: Path) -> None:
    library = tmp_path / "my $library"
    login.set_start_at_login(True, library)
    entry = login.entry_path().read_text(encoding="utf-8")
    assert entry.startswith("[Desktop Entry]\n")
    (line,) = [line for line in entry.splitlines() if line.startswith("Exec=")]
    # One level of escapes belongs to the entry, the other to the command line.
    plain = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%%", "%")
    spoken = subprocess.run(["sh", "-c", f"printf '%s\\n' {plain}"], capture_output=True, text=True)
    assert spoken.stdout.splitlines() == login.command(library)
    login.set_start_at_login(False, library)
    assert not login.entry_path().exists()
    login.set_start_at_login(False, library)


def test_the_launch_agent_runs_the_command() -> None:
    agent = plistlib.loads(login.launch_agent(["program", "--library", "/x y"]))
    assert agent["ProgramArguments"] == ["program", "--library", "/x y"]
    assert agent["RunAtLoad"] is True


# --- log


def test_the_log_holds_no_query(tmp_path: Path) -> None:
    path = start_log(tmp_path)
    query = "where is" + " my ring"
    try:
        raise ValueError(f"fts5: syntax error near '{query}' in column")
    except ValueError as problem:
        logging.getLogger("desktop_mmrag.test").exception("Unexpected failure")
        told = describe(problem)
    finally:
        handler = logging.getLogger().handlers[-1]
        logging.getLogger().removeHandler(handler)
        handler.close()
    written = path.read_text(encoding="utf-8")
    for text in (written, told):
        assert "ValueError: fts5: syntax error near" in text
        assert query not in text


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_the_log_is_for_the_person_alone(tmp_path: Path) -> None:
    path = start_log(tmp_path)
    logging.getLogger("desktop_mmrag.test").warning("something")
    handler = logging.getLogger().handlers[-1]
    logging.getLogger().removeHandler(handler)
    handler.close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_log_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way", encoding="utf-8")
    before = list(logging.getLogger().handlers)
    start_log(tmp_path)
    assert logging.getLogger().handlers == before
