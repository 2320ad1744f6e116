"""The virtual environment in the checkout: made once, filled with pip, and left alone while nothing changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
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

# llama.cpp's code for Intel's AMX tiles dies of an illegal instruction when a recent compiler has
# optimised it (ggml-org/llama.cpp pull request 26954). Nothing needs it: AVX-512 serves as well.
_WITHOUT_TILES = "-U__AMX_INT8__"
# Of that file the engine is asked for one word: compiled is not yet running.
_TRIAL_MODEL = Path("models", "selftest-vision", "selftest-vision.gguf")
_TRIAL = (
    "import sys, llama_cpp;"
    " llama_cpp.Llama(sys.argv[1], n_ctx=256, verbose=False)('a word ' * 40, max_tokens=1)"
)


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

    def forget_vision(self) -> None:
        """Whatever is known of the vision runtime: it is tried, and built where it must be."""
        self.vision_unavailable.unlink(missing_ok=True)
        self._stamp(VISION).unlink(missing_ok=True)

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
        environment.forget_vision()
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
    done = _build_and_try(environment)
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


def _build_and_try(environment: Environment) -> Outcome:
    """Builds the engine; once more, for any processor, when it does not run on this one.

    pip keeps what it built, perhaps years ago and on a computer of before.
    """
    done = run_quietly(_pip(environment, VISION), environment.checkout, _flags())
    if not done.ok or _answers(environment).ok:
        return done
    say("It does not run on this processor and is compiled anew")
    done = run_quietly(_pip_anew(environment), environment.checkout, _flags(portable=True))
    return _answers(environment) if done.ok else done


def _answers(environment: Environment) -> Outcome:
    trial = [str(environment.python), "-c", _TRIAL, str(_TRIAL_MODEL)]
    return run_quietly(trial, environment.checkout)


def _flags(portable: bool = False) -> dict[str, str]:
    """What the compiler is told, with what the owner of this computer tells it anyway.

    `portable`: for any processor with AVX2 instead of for this very one.
    """
    added = {"CMAKE_ARGS": "-DGGML_NATIVE=OFF"} if portable else {}
    if sys.platform == "linux":
        added |= {"CFLAGS": _WITHOUT_TILES, "CXXFLAGS": _WITHOUT_TILES}
    return {name: f"{os.environ.get(name, '')} {value}".strip() for name, value in added.items()}


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
    return [*_pip_install(environment), "--editable", project]


def _pip_install(environment: Environment) -> list[str]:
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    return [str(environment.python), "-m", "pip", "install", *quiet]


def _pip_anew(environment: Environment) -> list[str]:
    anew = ("--no-cache-dir", "--force-reinstall", "--no-deps")
    return [*_pip_install(environment), *anew, "llama-cpp-python"]


def run_quietly(
    command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None
) -> Outcome:
    """Runs `command` in `folder`, its output kept aside; says now and then that it still runs.

    `variables`: of its environment, besides those of this process.
    """
    started = time.monotonic()
    with tempfile.TemporaryFile() as kept:
        with subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=kept,
            stderr=subprocess.STDOUT,
        ) as process:
            try:
                for _ in _beats(process):
                    say(f"  still working, {time.monotonic() - started:.0f} s")
            except BaseException:
                process.terminate()  # Who stops the installer does not want pip to go on.
                raise
        kept.seek(0)
        output = kept.read().decode(errors="replace")
    if process.returncode < 0:
        output += f"\nIt was ended by signal {-process.returncode}."
    return Outcome(process.returncode == 0, output)


def _beats(process: subprocess.Popen[bytes]) -> Iterable[None]:
    while True:
        try:
            process.wait(HEARTBEAT_S)
        except subprocess.TimeoutExpired:
            yield
        else:
            return
