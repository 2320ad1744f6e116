"""Installs what the tests need and runs everything: `python3 installer/test.py [--quick] [PYTEST ARGUMENTS...]`.

`--quick` leaves out the slow tests; every other argument goes to pytest. The last line
counts pytest's tests and the checks together.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  this is what tells the owner of an older one
    sys.exit("Desktop MMRAG needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import environment

QUICK = "--quick"
CHECK_LIMIT_S = 5 * 60
# All must end within 40 minutes; pytest gets what installing and checks have left of it.
ALL_LIMIT_S = 39 * 60
PYTEST_LEAST_S = 5 * 60


@dataclass(frozen=True)
class Counts:
    """How many passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(arguments: Sequence[str]) -> int:
    """Runs all checks and tests. 0 when all passed."""
    started = time.monotonic()
    place = environment.Environment()
    try:
        environment.prepare(place, environment.TEST, environment.VISION)
    except environment.InstallationFailed as failure:
        environment.say(str(failure))
        print("0 passed, 1 failed")
        return 1
    counts = Counts()
    for title, command in checks(str(place.python)):
        counts += _check(title, command, place.checkout)
    left = ALL_LIMIT_S - (time.monotonic() - started)
    counts += _pytest(place, arguments, max(left, PYTEST_LEAST_S))
    print(f"\nChecks and tests together:\n{counts}", flush=True)
    return 1 if counts.failed else 0


def checks(python: str) -> list[tuple[str, list[str]]]:
    """What runs before pytest, each with its title."""
    lint_imports = "from importlinter.cli import lint_imports_command as run; run()"
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy strict", [python, "-m", "mypy"]),
        ("mypy strict, installer", [python, "-m", "mypy", "installer"]),
        ("import-linter", [python, "-c", lint_imports]),
    ]


def pytest_arguments(arguments: Sequence[str], report: Path) -> list[str]:
    """Pytest's arguments: all tests, or without the slow ones when `--quick` is among them."""
    wanted = [argument for argument in arguments if argument != QUICK]
    # The configuration leaves slow tests out; an empty expression takes all.
    selection = [] if QUICK in arguments else ["-m", ""]
    hang = ["-o", "faulthandler_timeout=600"]
    return [*selection, *hang, f"--junitxml={report}", *wanted]


def counts_in(report: Path) -> Counts:
    """The counts in pytest's XML report; one failure when there is none."""
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")
    except (OSError, ElementTree.ParseError):
        return Counts(failed=1)
    total = Counts()
    for suite in suites:
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Counts(max(tests - failed - skipped, 0), failed, skipped)
    return total


def _check(title: str, command: list[str], folder: Path) -> Counts:
    started = time.monotonic()
    status, output = _run(command, folder, CHECK_LIMIT_S, capture=True)
    word = "ok" if status == 0 else "FAILED"
    print(f"{title}: {word} ({time.monotonic() - started:.1f} s)", flush=True)
    if status != 0:
        print(output, flush=True)
    return Counts(passed=1) if status == 0 else Counts(failed=1)


def _pytest(place: environment.Environment, arguments: Sequence[str], limit_s: float) -> Counts:
    print("pytest:", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(place.python), "-m", "pytest", *pytest_arguments(arguments, report)]
        status, _ = _run(command, place.checkout, limit_s)
        counts = counts_in(report)
    # A crash or an empty selection ends pytest with a status and no failed test.
    return counts + Counts(failed=1) if status != 0 and not counts.failed else counts


def _run(
    command: list[str], folder: Path, limit_s: float, capture: bool = False
) -> tuple[int, str]:
    """The exit status and, if captured, the output; 124 when it took longer than the limit."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE if capture else None,
            stderr=subprocess.STDOUT if capture else None,
            text=True,
            errors="replace",
            timeout=limit_s,
        )
    except subprocess.TimeoutExpired:
        print(f"stopped after {limit_s / 60:.0f} minutes", flush=True)
        return 124, ""
    return done.returncode, done.stdout or ""


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
