"""The virtual environment in the checkout: made once, filled with pip, and left alone while nothing changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import system_packages

CHECKOUT = Path(__file__).resolve().parent.parent

# What pip is asked for: the project alone, or with one of its extras.
PROJECT = "project"
VISION = "vision"
TEST = "test"

VISION_UNAVAILABLE = "vision-unavailable.txt"
"""Beside `pyvenv.cfg`: why the vision runtime is missing. `doctor` and the window read it."""

HEARTBEAT_S = 30


class InstallationFailed(Exception):
    """The program cannot be installed; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and all that it printed."""

    ok: bool
    output: str


@dataclass(frozen=True)
class Environment:
    """The virtual environment of one checkout."""

    checkout: Path = CHECKOUT

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.checkout / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        if os.name == "nt":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def vision_unavailable(self) -> Path:
        """The file that says why the vision runtime is missing; absent when it is there."""
        return self.folder / VISION_UNAVAILABLE

    def is_current(self, part: str) -> bool:
        """Whether `part` was installed from this pyproject.toml with this Python, here."""
        try:
            return self._stamp(part).read_text(encoding="ascii") == self._fingerprint()
        except OSError:
            return False

    def mark_current(self, *parts: str) -> None:
        """Remembers that `parts` are installed."""
        for part in parts:
            self._stamp(part).write_text(self._fingerprint(), encoding="ascii")

    def _stamp(self, part: str) -> Path:
        return self.folder / f"installed-{part}.txt"

    def _fingerprint(self) -> str:
        # The path belongs to it: an editable install points at the checkout it was made from.
        facts = f"{sys.version_info[:2]} {self.checkout}\n".encode()
        return hashlib.sha256(facts + (self.checkout / "pyproject.toml").read_bytes()).hexdigest()


def say(line: str) -> None:
    """One line of progress, on standard error: standard output is the program's."""
    print(line, file=sys.stderr, flush=True)


def prepare(environment: Environment, *parts: str, retry_vision: bool = False) -> None:
    """Makes the environment hold `parts`; quick when it already does.

    Raises InstallationFailed when anything but the vision runtime cannot be installed.
    """
    if retry_vision:
        environment.vision_unavailable.unlink(missing_ok=True)
    wanted = [part for part in parts if not _settled(environment, part)]
    needs = system_packages.missing(compiler=VISION in wanted)
    system_packages.provide(needs, say, install=bool(wanted))
    if not wanted:
        return
    _make(environment)
    for part in wanted:
        if part == VISION:
            _install_vision(environment)
        else:
            _install(environment, part)


def _settled(environment: Environment, part: str) -> bool:
    # A build that failed once is not tried again at each start.
    given_up = part == VISION and environment.vision_unavailable.exists()
    return given_up or environment.is_current(part)


def _make(environment: Environment) -> None:
    if _works(environment):
        return
    say("Making a virtual environment in .venv")
    made = run_quietly(
        [sys.executable, "-m", "venv", "--clear", str(environment.folder)], environment.checkout
    )
    if not made.ok:
        raise InstallationFailed(f"The virtual environment cannot be made.\n{made.output}")


def _works(environment: Environment) -> bool:
    """Whether there is an environment of this very Python version, with pip."""
    if not environment.python.exists():
        return False
    question = "import pip, sys; print(sys.version_info[:2])"
    answer = run_quietly([str(environment.python), "-c", question], environment.checkout)
    return answer.ok and answer.output.strip() == str(sys.version_info[:2])


def _install(environment: Environment, part: str) -> None:
    say("Installing the program and what it needs (some hundred megabytes, once)")
    started = time.monotonic()
    done = run_quietly(_pip(environment, part), environment.checkout)
    if not done.ok:
        raise InstallationFailed(f"pip could not install it. What it said:\n{done.output}")
    environment.mark_current(PROJECT, part)
    say(f"Installed in {time.monotonic() - started:.0f} s")


def _install_vision(environment: Environment) -> None:
    say("Installing the answering engine, llama-cpp-python")
    say("Where there is no ready build it is compiled: about 3 minutes on 2 cores, once")
    started = time.monotonic()
    done = run_quietly(_pip(environment, VISION), environment.checkout)
    if done.ok:
        done = run_quietly(
            [str(environment.python), "-c", "import llama_cpp"], environment.checkout
        )
    if done.ok:
        environment.mark_current(VISION)
        say(f"Installed in {time.monotonic() - started:.0f} s")
        return
    reason = why_no_vision(done.output)
    environment.vision_unavailable.write_text(reason, encoding="utf-8")
    say("llama-cpp-python could not be installed. Everything else works without it:")
    say("answers are quoted from your files rather than written by a model.")
    say(f"The reason is in {environment.vision_unavailable}")
    say("Once it is mended: python3 installer/run.py --retry-vision")


def why_no_vision(log: str, lines: int = 40) -> str:
    """The text of `vision-unavailable.txt`: a sentence, a remedy and the end of the log."""
    tail = "\n".join(log.strip().splitlines()[-lines:])
    return (
        "llama-cpp-python could not be installed, so no vision model can run.\n"
        f"{_remedy()} Then run: python3 installer/run.py --retry-vision\n\n"
        f"The last lines of the log:\n{tail}\n"
    )


def _remedy() -> str:
    if sys.platform == "win32":
        return 'Install the Visual Studio Build Tools with "Desktop development with C++".'
    if sys.platform == "darwin":
        return "Install the compiler with: xcode-select --install."
    needs = system_packages.missing_compiler()
    command = system_packages.install_command(needs) if needs else None
    if command:
        return f"Install the compiler with: {command}."
    return "See below what the build missed and install it."


def _pip(environment: Environment, part: str) -> list[str]:
    project = "." if part == PROJECT else f".[{part}]"
    return [
        str(environment.python),
        *("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--editable", project),
    ]


def run_quietly(command: Sequence[str], folder: Path) -> Outcome:
    """Runs `command` in `folder`, its output kept aside; says now and then that it still runs."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as kept:
        with subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=kept, stderr=subprocess.STDOUT
        ) as process:
            try:
                for _ in _beats(process):
                    say(f"  still working, {time.monotonic() - started:.0f} s")
            except BaseException:
                process.terminate()  # Who stops the installer does not want pip to go on.
                raise
        kept.seek(0)
        return Outcome(process.returncode == 0, kept.read().decode(errors="replace"))


def _beats(process: subprocess.Popen[bytes]) -> Iterable[None]:
    while True:
        try:
            process.wait(HEARTBEAT_S)
        except subprocess.TimeoutExpired:
            yield
        else:
            return
